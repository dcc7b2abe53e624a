"""Who made what a submission contains, and so does not approve it where four eyes are asked."""

from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from desk.models import Revision, Submission, SubmissionItem, SubmissionState, WorkingCopy
from record.models import Change

BATCH = 2000  # rows read at a time
# Kinds of change that are made from what is published, not from working copies.
FROM_PUBLISHED = (Change.WITHDRAWAL, Change.MERGE)
# What was published of working copies.
PUBLISHED_WHOLE = SubmissionItem.objects.filter(
    submission__state=SubmissionState.PUBLISHED, is_correction=False
).exclude(change__in=FROM_PUBLISHED)


def authors_of(submission: Submission) -> set[int]:
    """Ids of the users who made changes it contains since each last published version.

    Five queries. The reason and the kind of change stand in the edition, so whoever worded them
    is among the authors. A withdrawal contains nothing but itself, and so does bringing an
    entry back: whoever asks for either makes a change. A correction contains what was saved for
    it, and nothing of the working copy.
    """
    worded = Submission.worded_by.through.objects.filter(submission=submission.pk)
    wording = set(worded.values_list("user", flat=True))
    if submission.is_correction:
        saved = Revision.objects.filter(
            public_id__in=submission.items.values("public_id"),
            starts_from__isnull=False,
            saved_by__isnull=False,
            saved_at__gte=submission.created_at,
        )
        return wording | set(saved.values_list("saved_by", flat=True))
    items = SubmissionItem.objects.filter(submission=submission)
    contents = items.exclude(change__in=FROM_PUBLISHED)
    last = dict(contents.values_list("public_id", "revision__number"))
    inside = contents.order_by().values("public_id")
    since = _last_published(inside) if last else {}
    rows = (
        Revision.objects.filter(public_id__in=inside, saved_by__isnull=False, starts_from=None)
        .exclude(items__change__in=FROM_PUBLISHED)
        .order_by()
        .values_list("public_id", "number", "saved_by")
    )
    authors = {
        author
        for public_id, number, author in (rows.iterator(chunk_size=BATCH) if last else ())
        if since.get(public_id, 0) < number <= last[public_id]
    }
    authors |= set(
        items.filter(change__in=FROM_PUBLISHED).values_list("revision__saved_by", flat=True)
    )
    authors |= wording
    gone = WorkingCopy.objects.filter(public_id__in=inside, published=None)
    if since and any(each in since for each in gone.values_list("public_id", flat=True)):
        authors.add(submission.created_by_id)
    return {author for author in authors if author is not None}


def with_author(user_id: int) -> Q:
    """Submissions of which ``authors_of`` would name this user. No query of its own.

    For open ones: of each, it looks at the revisions of its entries.
    """
    own = Revision.objects.filter(saved_by=user_id)
    items = SubmissionItem.objects.filter(submission=OuterRef("pk")).order_by()
    contents = items.exclude(change__in=FROM_PUBLISHED).annotate(since=_published_before())
    changed = own.filter(
        public_id=OuterRef("public_id"),
        starts_from=None,
        number__gt=OuterRef("since"),
        number__lte=OuterRef("revision__number"),
    ).exclude(items__change__in=FROM_PUBLISHED)
    corrected = own.filter(
        public_id=OuterRef("public_id"),
        starts_from__isnull=False,
        saved_at__gte=OuterRef("submission__created_at"),
    )
    asked = items.filter(change__in=FROM_PUBLISHED, revision__saved_by=user_id)
    gone = WorkingCopy.objects.filter(public_id=OuterRef("public_id"), published=None)
    brought_back = contents.filter(Exists(gone), since__gt=0)
    worded = Submission.worded_by.through.objects.filter(submission=OuterRef("pk"), user=user_id)
    of_a_correction = Q(Exists(items.filter(Exists(corrected))), is_correction=True)
    of_others = Q(Exists(contents.filter(Exists(changed)))) | Q(Exists(asked))
    of_others |= Q(Exists(brought_back), created_by=user_id)
    return Q(Exists(worded)) | of_a_correction | of_others & Q(is_correction=False)


def _published_before() -> Coalesce:
    """As `_last_published`, of the entry of an item; 0 for none."""
    published = PUBLISHED_WHOLE.filter(public_id=OuterRef("public_id")).order_by()
    newest = published.values("public_id").annotate(newest=Max("revision__number"))
    return Coalesce(Subquery(newest.values("newest")), 0)


def _last_published(public_ids: Any) -> dict[str, int]:
    """Number of the revision of the working copy that each entry was last published with.

    ``public_ids``: a query for them. One query. A correction publishes nothing of what was saved
    before it.
    """
    published = PUBLISHED_WHOLE.filter(public_id__in=public_ids)
    rows = published.order_by().values("public_id").annotate(newest=Max("revision__number"))
    return {row["public_id"]: row["newest"] for row in rows}
