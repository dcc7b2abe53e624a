"""What was typed into a form of the desk and could not be taken, since nobody was signed in.

Kept in the browser's session, which the server holds, and shown again to the user whose form it
was, and to nobody else: each form says, signed, whose it is and of which page. Without that sign
nothing is kept, so that no stranger fills the sessions. Files, passwords and the sign against
forgery are left out.

Every page of the desk with a form to write in does the same: the form carries ``form_of``, which
``DeskSite.each_context`` gives, and is filled in from `typed`; the site keeps and forgets.
"""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.views.csrf import csrf_failure as refused_as_forged

FIELD = "form_of"  # in the form
FORGET = "_forget"  # the button
SALT = "desk.drafts"
SESSION_KEY = "desk.drafts"
LONGEST = 4 * 1024**2  # characters of one draft, as a browser sends it: a book in English
MOST = 3  # drafts in a browser
KEPT_FOR = 24 * 60 * 60  # seconds
OPEN_FOR = 30 * 24 * 60 * 60  # seconds that a form can have been open
NOT_SAVED_YET = (
    "You were no longer signed in when you sent this form. It stands here as you filled it in; "
    "look at it and save it again."
)
NOT_THEIRS = ("csrfmiddlewaretoken", FIELD)


class Draft(QueryDict):
    """What was typed and not taken. A `TypedForm` that is filled in from it is refused."""


def sign(request: HttpRequest, path: str = "") -> str:
    """What a form carries that is sent to ``path``, or to this page: whose it is. Once sent, it
    carries what it did."""
    if request.user.pk is None:
        return ""
    if _owner(request) == request.user.pk:
        return request.POST[FIELD]
    return signing.dumps([request.user.pk, path or request.path], salt=SALT)


def keep(request: HttpRequest) -> bool:
    """Keep what was posted for whoever had the form; whether there was something to keep.

    Of what is too long only that it was, so that they are told (`was_too_long`).
    """
    owner = _owner(request)
    if owner is None or (request.user.is_authenticated and request.user.pk != owner):
        return False
    typed = request.POST.copy()
    for name in list(typed):
        if name in NOT_THEIRS or "password" in name.lower():
            typed.pop(name)
    data = typed.urlencode()
    too_long = len(data) > LONGEST
    others = [
        each for each in _all(request) if [each["user"], each["path"]] != [owner, request.path]
    ]
    draft = {
        "user": owner,
        "path": request.path,
        "data": "" if too_long else data,
        "too_long": too_long,
        "at": timezone.now().timestamp(),
    }
    request.session[SESSION_KEY] = [*others, draft][-MOST:]
    request.keeps_draft = True  # type: ignore[attr-defined]
    return not too_long


def draft_for(request: HttpRequest, path: str = "") -> Draft | None:
    """What this user sent to ``path``, or to this page, and could not save, within a day."""
    kept = _kept(request, path or request.path)
    return Draft(kept["data"], mutable=True) if kept and not kept.get("too_long") else None


def was_too_long(request: HttpRequest) -> bool:
    """Whether what this user sent to this page last was too long to be kept."""
    kept = _kept(request, request.path)
    return bool(kept and kept.get("too_long"))


def typed(request: HttpRequest, *, about: Collection[str] = ()) -> QueryDict | None:
    """What the form of this page holds: what was posted, or a draft; ``None`` for an empty one.

    ``about``: parameters that say what the form is about; no draft about something else counts.
    """
    if request.method == "POST":
        return request.POST
    draft = draft_for(request)
    for name in about:
        if draft is not None and name in request.GET:
            draft = draft if draft.getlist(name) == request.GET.getlist(name) else None
    request.as_typed = draft is not None  # type: ignore[attr-defined]
    return draft


def as_posted(request: HttpRequest, draft: Draft) -> None:
    """For a form of Django's admin, which is filled in from what is posted alone. The form has
    to be refused, so that nothing is saved before somebody has looked at it."""
    request._load_post_and_files()  # or files would, over it
    request.method, request.POST = "POST", draft  # type: ignore[assignment]
    request.as_typed = True  # type: ignore[attr-defined]


def was_taken(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether what a form of this page held has been saved, so that no draft of it is needed."""
    is_done = response.status_code == HTTPStatus.FOUND and _owner(request) == request.user.pk
    return is_done and not getattr(request, "keeps_draft", False)


def forget(request: HttpRequest) -> None:
    """It has been saved, or is not wanted."""
    left = [
        each
        for each in _all(request)
        if [each["user"], each["path"]] != [request.user.pk, request.path]
    ]
    if len(left) < len(request.session.get(SESSION_KEY, [])):
        request.session[SESSION_KEY] = left


def forget_everywhere(addresses: Collection[str], public_id: str) -> None:
    """In every browser, what was typed on pages below these addresses, or on others about the
    entry. Reads every session."""
    for session in Session.objects.iterator():
        data = session.get_decoded()
        drafts = data.get(SESSION_KEY, [])
        left = [
            each
            for each in drafts
            if not each["path"].startswith(tuple(addresses))
            and public_id not in _values(QueryDict(each["data"]))
        ]
        if len(left) < len(drafts):
            text = SessionStore().encode(data | {SESSION_KEY: left})
            Session.objects.filter(pk=session.pk).update(session_data=text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page that says so; or, for a form of the desk, back to it as it was filled in.

    Signing in again gives a browser another sign, so a form opened before carries the old one.
    Nothing is done with what was posted, but to show it to whoever had the form.
    """
    if keep(request):
        return HttpResponseRedirect(request.get_full_path())
    return refused_as_forged(request, reason=reason)


def _owner(request: HttpRequest) -> int | None:
    """Whose form was posted, if it was of this page and opened within a month."""
    try:
        user, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user if path == request.path else None


def _values(draft: QueryDict) -> set[str]:
    return {value for _, values in draft.lists() for value in values}


def _kept(request: HttpRequest, path: str) -> dict[str, Any] | None:
    own = [request.user.pk, path]
    return next((each for each in _all(request) if [each["user"], each["path"]] == own), None)


def _all(request: HttpRequest) -> list[dict[str, Any]]:
    """The drafts of this browser that are not too old."""
    since = timezone.now().timestamp() - KEPT_FOR
    return [each for each in request.session.get(SESSION_KEY, []) if each["at"] > since]
