"""Saving an entry and putting it up for review in one go: the button of a form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from desk.admin_actions import may_see_type, submission_url
from desk.admin_prefilling import came_from
from desk.models import Submission
from desk.standing import Standing, unpublished_needs
from desk.submissions import submit

BUTTON = "_submit"


def may_submit_at_once(request: HttpRequest, standing: Standing | None) -> bool:
    """Entries that were never published, in no submission yet: there is nothing else to say.

    Of a published one somebody says which kind of change it is, on a page of its own.
    """
    is_new = standing is None or not (
        standing.published or standing.submission or standing.merged_into
    )
    return is_new and request.user.has_perm("desk.submit_entry")


def submit_at_once(request: HttpRequest, entry: Any, *, reason: str) -> None:
    """Where the button was pressed: the entry, just saved, with what it refers to and what is
    neither published nor in review. ``Refused`` as ``desk.submissions.submit``.

    One query for each step of the way from entry to entry, and those of submitting.
    """
    if BUTTON not in request.POST:
        return
    needs = [
        copy.public_id
        for copy in unpublished_needs([entry.public_id])
        if may_see_type(request, copy.type)
    ]
    made = submit([entry.public_id, *needs], by=request.user, reason=reason)
    request.submitted = made, needs  # type: ignore[attr-defined]


def where_submitted(request: HttpRequest, entry: Any) -> HttpResponse | None:
    """To the submission that this request has made, if it has, saying what is in it."""
    submitted: tuple[Submission, list[str]] | None = getattr(request, "submitted", None)
    if submitted is None:
        return None
    submission, needs = submitted
    along = f", with what it refers to and is not published yet: {', '.join(needs)}"
    messages.success(
        request,
        f"{entry.public_id} is saved and up for review in submission {submission.pk}"
        f"{along if needs else ''}.",
    )
    return HttpResponseRedirect(came_from(request) or submission_url(submission))
