"""Notices by e-mail: who is told what has become of a submission, once it has.

A notice says what happened and where to look, and of the submission its title alone: mail stays
in boxes and on servers that nobody here keeps, where no redaction reaches, so what drafts and
notes say is read at the desk, after signing in. Sent after the transaction, and about nothing
that has moved on by then. A mail server that fails is written to the log; what was done stays
done.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse

from desk.models import Submission, SubmissionNote, SubmissionState

log = logging.getLogger(__name__)


def submitted(submission: Submission, *, by: Any, authors: Iterable[int]) -> None:
    """To the reviewer; without one, to all who may approve it. ``authors`` may not."""
    if submission.reviewer is not None:
        to = [submission.reviewer]
    else:
        not_to = set(authors) if settings.FOUR_EYES else set()
        to = [user for user in approvers() if user.pk not in not_to]
    _tell(submission, f"{by} has submitted it for review.", to, by=by)


def assigned(submission: Submission, *, by: Any) -> None:
    """To whoever became its reviewer."""
    _tell(submission, f"{by} has asked you to review it.", [submission.reviewer], by=by)


def changes_requested(submission: Submission, *, by: Any) -> None:
    """To who made it, as the notices that follow."""
    _tell(submission, f"{by} has asked for changes.", [submission.created_by], by=by)


def given_back(submission: Submission, *, edition: int) -> None:
    """To who made it, when a correction has been published of an entry in it."""
    happened = f"Edition {edition} corrects an entry in it, so it has come back to you."
    _tell(submission, happened, [submission.created_by], by=None)


def approved(submission: Submission, *, by: Any) -> None:
    _tell(submission, f"{by} has approved it.", [submission.created_by], by=by)


def published(submission: Submission, *, by: Any) -> None:
    happened = f"It has been published as edition {submission.edition_id}."
    _tell(submission, happened, [submission.created_by], by=by)


def noted(note: SubmissionNote) -> None:
    """To the other side: who made the submission, its reviewer, who else has written on it."""
    submission = note.submission
    others = SubmissionNote.objects.filter(submission=submission).select_related("by")
    to = [submission.created_by, submission.reviewer, *(other.by for other in others)]
    _tell(submission, f"{note.by} has written a note on it.", to, by=note.by)


def approvers() -> Any:
    """Everybody who may approve, those who have no e-mail address among them. One query."""
    (backend,) = settings.AUTHENTICATION_BACKENDS
    users: Any = get_user_model().objects
    return users.with_perm("desk.approve_submission", backend=backend).filter(is_staff=True)


def _tell(submission: Submission, happened: str, to: Iterable[Any], *, by: Any) -> None:
    """After the transaction, everybody in ``to`` who has an address, but not ``by``."""
    addresses = sorted(
        {user.email for user in to if user and user.is_active and user.email and user != by}
    )
    pk, state = submission.pk, SubmissionState(submission.state)

    # No `partial`: Django logs what goes wrong by the name of the function.
    def send() -> None:
        _send(pk, state, happened, addresses)

    if addresses:
        transaction.on_commit(send, robust=True)


def _send(pk: int, state: SubmissionState, happened: str, addresses: list[str]) -> None:
    """One message each, so that nobody sees who else was told."""
    submission = Submission.objects.filter(pk=pk, state=state).first()
    if submission is None:
        return  # it moved on within the same transaction, and that is what is told
    title = " ".join(str(submission).split())
    url = settings.SITE_URL + reverse("admin:desk_submission_change", args=[pk])
    text = f"{title}\n\n{happened}\n\n{url}\n"
    messages = [EmailMessage(f"[Chronicle] {title}", text, to=[to]) for to in addresses]
    try:
        get_connection().send_messages(messages)
    except OSError:  # of the network, and all of smtplib's own
        log.exception("No notice was sent about submission %s: %s", pk, happened)
