"""The form of an entry, filled from and saved as another document than the working copy.

The form machinery works on rows, so the rows are made to say what that document says, and are
put back afterwards (`desk.aside`). What comes of it is a document.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from desk.admin_joining import join_url
from desk.admin_saving import Refusals, SaveRefused
from desk.aside import working_rows_as
from desk.documents import field_names
from desk.models import KeptBeside, Revision
from desk.naming import document_of
from desk.refusals import Refused
from desk.revisions import add_revision
from desk.types import desk_type_of
from record.canonical import canonical
from record.types import Document

MEANWHILE = (
    "The database does not take this beside what it holds by now; perhaps somebody else has just "
    "saved something like it."
)


@dataclass
class Aside:
    """``document``: what the form starts from; ``seen``: what it calls it. ``made``: what it made
    of it, once it was sent and is valid; ``note``: the desk note, as it was and as it was typed.
    """

    document: Document
    seen: int
    made: Document | None = None
    note: tuple[str, str] | None = None

    def made_of(self, entry: Any, form: Any) -> None:
        self.made = desk_type_of(entry).build(entry)
        if "desk_note" in form.changed_data:
            was = form["desk_note"].field.clean(
                form.data.get(form.add_initial_prefix("desk_note"), "")
            )
            self.note = was, form.cleaned_data["desk_note"]


def aside_of(request: HttpRequest) -> Aside | None:
    return getattr(request, "aside", None)


def form_over(
    model_admin: Any, request: HttpRequest, entry: Any, aside: Aside, context: dict[str, Any]
) -> HttpResponse:
    """The form, over the rows of ``aside``'s document; once valid, ``aside.made`` is there.

    For transactions that hold the entry. ``Refused`` where the document cannot be applied.
    """
    request.aside = aside  # type: ignore[attr-defined]
    try:
        return _form_over(model_admin, request, entry, aside, context)
    except SaveRefused as refused:
        request.refusals = refused.refusals  # type: ignore[attr-defined]
    except IntegrityError:
        request.refusals = Refusals([MEANWHILE])  # type: ignore[attr-defined]
    return _form_over(model_admin, request, entry, aside, context)


def _form_over(
    model_admin: Any, request: HttpRequest, entry: Any, aside: Aside, context: dict[str, Any]
) -> HttpResponse:
    with working_rows_as(aside.document, model_admin.get_object(request, str(entry.pk))):
        response: Any = model_admin.form_page(request, entry, context)
        if hasattr(response, "render"):
            response.render()  # while the rows say what it shows
    found: HttpResponse = response
    return found


def save_beside(
    model_admin: Any, request: HttpRequest, entry: Any, reason: str
) -> HttpResponse | None:
    """Where the form was opened at an earlier revision than the newest: keep what it makes of
    that one, and lead to where both are brought together. ``None`` where it was not.

    For transactions that hold the entry.
    """
    start = _opened_at(request, entry)
    if start is None:
        return None
    if not model_admin.has_change_permission(request, entry):
        raise PermissionDenied
    aside = Aside(document_of(start), start.number)
    try:
        response = form_over(model_admin, request, entry, aside, {})
    except Refused as refused:
        raise SaveRefused(Refusals(refused.messages)) from refused
    finally:
        request.aside = None  # type: ignore[attr-defined]
    if aside.made is None:
        return response
    save_what_no_document_holds(model_admin, request, entry.pk, aside)
    if aside.made == aside.document:
        messages.info(request, "You had changed nothing, so there was nothing to save.")
        return HttpResponseRedirect(model_admin.change_url(entry))
    kept = keep_beside(
        aside.made, start, by=request.user, reason=reason, beside=KeptBeside.WORKING_COPY
    )
    return HttpResponseRedirect(join_url(entry, kept))


def keep_beside(
    made: Document, start: Revision, *, by: Any, reason: str, beside: KeptBeside
) -> Revision:
    """Keep what was made of ``start``, which somebody else has changed meanwhile too."""
    return add_revision(
        start.public_id,
        start.type,
        canonical(made),
        by=by,
        reason=reason,
        starts_from=start,
        kept_beside=beside,
    )


def _opened_at(request: HttpRequest, entry: Any) -> Revision | None:
    """The earlier revision of the working copy that the form was opened at. One query or none."""
    seen = request.POST.get("seen", "")
    newest = entry.revision_number if entry is not None else None
    if newest is None or not (seen.isdecimal() and seen.isascii() and len(seen) < 9):
        return None
    if int(seen) >= newest:
        return None
    found = Revision.objects.filter(
        public_id=entry.public_id, number=int(seen), starts_from=None
    ).first()
    return None if found is None or "state" in document_of(found) else found


def save_what_no_document_holds(
    model_admin: Any, request: HttpRequest, pk: Any, aside: Aside
) -> None:
    """The desk note, and rows that are the desk's own book-keeping, are saved as they are.

    A note that somebody else has written meanwhile stays, above the one typed.
    """
    entry = model_admin.get_object(request, str(pk))
    if aside.note is not None:
        was, typed = aside.note
        now = entry.desk_note
        entry.desk_note = typed if now in (was, typed) else f"{now}\n\n{typed}".strip()
        entry.save()
    documented = set(field_names(desk_type_of(entry).declaration))
    formsets, _ = model_admin._create_formsets(request, entry, change=True)
    for formset in formsets:
        if formset.prefix not in documented and formset.is_valid():
            formset.save()
