"""What is done with a submission from its page: moves, description, entries, notes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from desk import drafts
from desk.admin_actions import page_context, submission_url
from desk.gathering import describe, remove_entries
from desk.merging import resubmit_merger
from desk.models import Submission, SubmissionNote
from desk.moves import check_permission
from desk.notes import add_note, claims_in, reopen_note, resolve_note
from desk.refusals import Refused
from desk.submission_forms import DescriptionForm, NoteForm
from desk.submissions import request_changes, resubmit, retract, submit_draft


def resubmit_any(submission: Submission, *, by: Any) -> Submission:
    return (resubmit_merger if hasattr(submission, "merger") else resubmit)(submission, by=by)


# What is done at once, and what is said of it. The buttons stand on the submission's page.
VERBS: dict[str, tuple[Callable[..., Any], str]] = {
    "submit": (submit_draft, "{} is up for review."),
    "resubmit": (resubmit_any, "{} holds the newest revisions now."),
    "retract": (retract, "{} has been taken back."),
}
SETTLE: dict[str, tuple[Callable[..., Any], str]] = {
    "resolve": (resolve_note, "The note is resolved."),
    "reopen": (reopen_note, "The note is open again."),
}


def urls(model_admin: Any) -> list[URLPattern]:
    """Addresses below a submission's own, each named ``desk_submission_…``."""
    at = [(name, f"{name}/", model_admin.posted(_verb(model_admin, name))) for name in VERBS]
    at += [("remove", "remove/", model_admin.posted(_view(model_admin, remove)))]
    at += [
        (name, f"notes/<int:note_id>/{name}/", model_admin.posted(_settle(model_admin, name)))
        for name in SETTLE
    ]
    pages = {"describe": describe_page, "note": note_page, "request_changes": changes_page}
    at += [
        (name, f"{name.replace('_', '-')}/", model_admin.admin_site.admin_view(view))
        for name, view in ((name, _view(model_admin, page)) for name, page in pages.items())
    ]
    return [
        path(f"<int:object_id>/{route}", view, name=f"desk_submission_{name}")
        for name, route, view in at
    ]


def _view(model_admin: Any, page: Callable[..., HttpResponse]) -> Any:
    """The page, given the submission where the user may see it."""

    def view(request: HttpRequest, object_id: int, **kwargs: Any) -> HttpResponse:
        submission = model_admin.get_visible(request, str(object_id))
        return page(model_admin, request, submission, **kwargs)

    return view


def _verb(model_admin: Any, name: str) -> Any:
    do, done = VERBS[name]

    def act(_: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
        try:
            do(submission, by=request.user)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, done.format(submission))
        return HttpResponseRedirect(submission_url(submission))

    return _view(model_admin, act)


def _settle(model_admin: Any, name: str) -> Any:
    do, done = SETTLE[name]

    def act(_: Any, request: HttpRequest, submission: Submission, note_id: int) -> HttpResponse:
        note = SubmissionNote.objects.filter(pk=note_id, submission=submission).first()
        if note is None:
            raise Http404
        try:
            do(note, by=request.user)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, done)
        return HttpResponseRedirect(f"{submission_url(submission)}#note-{note_id}")

    return _view(model_admin, act)


def remove(model_admin: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
    """Take the entries posted as ``entry`` out of it."""
    ids = request.POST.getlist("entry")
    try:
        if not ids:
            raise Refused("Choose the entries that are to be taken out.")
        remove_entries(submission, ids, by=request.user)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, f"{', '.join(ids)}: taken out of {submission}.")
    return HttpResponseRedirect(submission_url(submission))


def describe_page(model_admin: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
    """Title, reason, kind of change, reviewer and day, until it is approved."""
    _check_may(submission, "describe", request)
    form = DescriptionForm(drafts.typed(request), given=submission)
    if form.is_valid():
        try:
            describe(
                submission, by=request.user, seen=form.cleaned_data["seen"], **form.description
            )
        except Refused as refused:
            submission.refresh_from_db()
            form.see(submission)
            form.add_error(None, refused)
        else:
            messages.success(request, f"{submission} has been saved.")
            return HttpResponseRedirect(submission_url(submission))
    context = page_context(model_admin, request, f"Describe {submission}") | {
        "form": form,
        "submission": submission,
    }
    return TemplateResponse(request, "desk/describe.html", context)


def note_page(model_admin: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
    """A note on the submission, an ``entry`` of it or a ``claim``, or an answer to one."""
    _check_may(submission, "note", request)
    typed = drafts.typed(request, about=("entry", "parent"))
    told = request.GET if typed is None else typed
    parent = _parent(submission, told.get("parent", ""))
    public_id = "" if parent else told.get("entry", "")
    try:
        claims = claims_in(submission, public_id) if public_id else []
    except Refused as refused:
        raise Http404 from refused

    def write(form: NoteForm) -> str:
        note = add_note(
            submission,
            by=request.user,
            text=form.cleaned_data["text"],
            public_id=public_id,
            claim=form.cleaned_data.get("claim", ""),
            parent=parent,
        )
        return f"{submission_url(submission)}#note-{note.pk}"

    context = page_context(model_admin, request, "Answer a note" if parent else "Write a note") | {
        "form": NoteForm(typed, claims=claims, claim=told.get("claim", "")),
        "subject": public_id or submission,
        "hidden": {"entry": public_id, "parent": parent.pk if parent else ""},
        "parent": parent,
        "button": "Save the note",
    }
    return _write_page(request, submission, write, context)


def changes_page(model_admin: Any, request: HttpRequest, submission: Submission) -> HttpResponse:
    """Send it back, with a note that says what has to change."""
    _check_may(submission, "request_changes", request)

    def write(form: NoteForm) -> str:
        request_changes(submission, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, f"Changes of {submission} have been requested.")
        return submission_url(submission)

    context = page_context(model_admin, request, "Request changes") | {
        "form": NoteForm(drafts.typed(request)),
        "subject": submission,
        "hidden": {},
        "parent": None,
        "button": "Request changes",
    }
    return _write_page(request, submission, write, context)


def _write_page(
    request: HttpRequest,
    submission: Submission,
    write: Callable[[NoteForm], str],
    context: dict[str, Any],
) -> HttpResponse:
    """A form for a note; ``write`` says where to go on. What is refused stays as it was typed."""
    form = context["form"]
    if form.is_valid():
        try:
            return HttpResponseRedirect(write(form))
        except Refused as refused:
            form.add_error(None, refused)
    return TemplateResponse(request, "desk/note.html", context | {"submission": submission})


def tell(request: HttpRequest, refused: Refused, first: str = "") -> None:
    for sentence in filter(None, [first, *refused.messages]):
        messages.error(request, sentence)


def _check_may(submission: Submission, name: str, request: HttpRequest) -> None:
    try:
        check_permission(submission, name, by=request.user)
    except Refused as refused:
        raise PermissionDenied from refused


def _parent(submission: Submission, given: str) -> SubmissionNote | None:
    if not given:
        return None
    if given.isdecimal() and len(given) < 19:
        notes = SubmissionNote.objects.select_related("by", "parent")
        found = notes.filter(pk=int(given), submission=submission).first()
        if found is not None:
            return found
    raise Http404
