"""What the desk forgets of an entry when published versions of it are redacted.

No program can tell which rows hold the words that have to go. So all goes that was saved before
the document that stands afterwards, but for what versions say that stay; of an entry of which
nothing stands, everything.
"""

from typing import Any

import orjson
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, ProtectedError, Q
from django.dispatch import Signal
from django.urls import reverse

from desk import drafts
from desk.findings import forget_findings
from desk.models import Revision, Submission, SubmissionItem, SubmissionNote, WorkingCopy
from desk.refusals import Refused
from desk.timeline import tables_of
from desk.types import desk_type, entry_with_id
from record.canonical import canonical, digest
from record.models import Edition, State, Version

# Sent with ``public_id``: rooms forget what they themselves keep of the entry.
forgotten = Signal()
NOTHING: dict[str, Any] = {
    "merged_into": None,
    "slug": "",
    "state": State.REDACTED.value,
    "keys": {},
}


def forget(item: SubmissionItem, *, edition: Edition) -> None:
    """Called by ``desk.publishing``, in its transaction, when the record has been redacted.

    A handful of statements, and one a table of the entry. ``Refused`` where other working copies
    still need the entry, another submission holds a revision of it, or a version of it has been
    published since the redaction was asked for, so that nobody has looked whether it has to go.
    """
    others = SubmissionItem.objects.filter(public_id=item.public_id, is_open=True)
    if other := others.exclude(pk=item.pk).first():
        raise Refused(
            f"{item.public_id} is in submission {other.submission_id} too. Take that back first."
        )
    asked_at = item.submission.created_at
    past = Version.objects.filter(public_id=item.public_id, superseded_in=edition)
    if past.filter(edition__published_at__gt=asked_at).exists():
        raise Refused(
            f"{item.public_id} has been published anew since this redaction was asked for. Take it "
            "back and ask again."
        )
    model: Any = desk_type(item.type).model
    # Of an entry whose history has gone before, there is the entry itself.
    known = model.history.filter(public_id=item.public_id).values_list("id", flat=True)
    own = model.objects.filter(public_id=item.public_id).values_list("pk", flat=True)
    rows = [*{*known, *own}]
    goes_whole = "state" in orjson.loads(item.revision.document)
    _forget_notes(item, f"Redacted in edition {edition.number}.")
    _forget_revisions(item, goes_whole=goes_whole)
    if goes_whole:
        _forget_entry(item.public_id)
    _forget_history(model, rows, None if goes_whole else item.revision)
    WorkingCopy.objects.filter(public_id=item.public_id).update(conflicts=[])
    forget_findings([item.public_id])
    _forget_drafts(item.public_id, model, rows)
    forgotten.send(sender=model, public_id=item.public_id)
    content_type = ContentType.objects.get_for_model(model)
    LogEntry.objects.filter(content_type=content_type, object_id__in=map(str, rows)).update(
        object_repr=item.public_id, change_message=""
    )


def _forget_drafts(public_id: str, model: Any, rows: list[int]) -> None:
    """What was typed about it, and about submissions that hold or held it, and not saved."""
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    pages = [reverse(f"{names}_change", args=[row]) for row in rows]
    of_it = Submission.objects.filter(items__public_id=public_id).order_by().distinct()
    pages += [
        reverse("admin:desk_submission_change", args=[pk])
        for pk in of_it.values_list("pk", flat=True)
    ]
    drafts.forget_everywhere([page.removesuffix("change/") for page in pages], public_id)


def _forget_entry(public_id: str) -> None:
    entry: Any = entry_with_id(public_id)
    if entry is None:
        return
    try:
        entry.delete()
    except ProtectedError as error:
        users = ", ".join(sorted({str(user) for user in error.protected_objects}))
        raise Refused(f"{public_id} cannot go from the desk: {users} names it.") from error


def _forget_revisions(item: SubmissionItem, *, goes_whole: bool) -> None:
    """Revisions keep number, day and author; their documents and reasons go."""
    stay = Version.objects.filter(public_id=item.public_id, redacted_in=None).values("edition")
    published = SubmissionItem.objects.filter(
        public_id=item.public_id, submission__edition__in=stay
    )
    gone = Revision.objects.filter(public_id=item.public_id).exclude(
        Q(pk=item.revision_id) | Q(pk__in=published.values("revision"))
    )
    if not goes_whole:
        working = WorkingCopy.objects.filter(public_id=item.public_id).values("revision")
        # What waits to be joined to another may have been typed over the words that go.
        later = Q(number__gt=item.revision.number, kept_beside="")
        gone = gone.exclude(later | Q(pk__in=working))
    text = canonical({"id": item.public_id, "type": item.type, **NOTHING})
    # As a list, since what is updated is asked for in the question.
    pks = list(gone.values_list("pk", flat=True))
    Revision.objects.filter(pk__in=pks).update(document=text, checksum=digest(text), reason="")


def _forget_history(model: Any, rows: list[int], until: Revision | None) -> None:
    """History rows of the entry and all its parts, those of deleted parts among them."""
    for table in tables_of(model):
        own = {"id__in": rows} if table is model else {"entry_id__in": rows}
        gone = table.history.filter(**own)
        if until is not None:
            gone = gone.filter(history_date__lte=until.saved_at)
        for name in getattr(table, "_history_m2m_fields", ()):
            several = getattr(table.history.model, name).model.objects
            several.filter(history_id__in=gone.values("history_id")).delete()
        gone.delete()


def _forget_notes(item: SubmissionItem, instead: str) -> None:
    """What was said about the entry, and about submissions of nothing else; titles of those."""
    alone = list(
        Submission.objects.filter(items__public_id=item.public_id)
        .exclude(pk=item.submission_id)
        .values_list("pk", flat=True)
    )
    alone = list(
        Submission.objects.filter(pk__in=alone)
        .annotate(number=Count("items"))
        .filter(number=1)
        .order_by()
        .values_list("pk", flat=True)
    )
    about = Q(public_id=item.public_id) | Q(parent__public_id=item.public_id)
    notes = SubmissionNote.objects.filter(about | Q(submission__in=alone))
    SubmissionNote.objects.filter(pk__in=list(notes.values_list("pk", flat=True))).update(
        text=instead
    )
    Submission.objects.filter(pk__in=alone).update(title="")
