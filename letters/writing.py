"""The doors of letters: a reader sends one, an editor answers."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from chronicle import localised
from desk.bases import normalised
from desk.models import Submission, SubmissionState
from desk.refusals import Refused
from desk.roles import not_for
from desk.texts import checked_text
from letters.models import LONGEST_SOURCE, LONGEST_TEXT, Letter, State
from record.canonical import digest
from record.models import Version

LONGEST_ANSWER = 2000
# Of submissions that a letter can be taken up in: those that may still become public, or have.
WITH_HOPE = [state for state in SubmissionState if state != SubmissionState.WITHDRAWN]


def send(version: Version, claim: str, *, text: str, source: str) -> tuple[Letter, str]:
    """Keep what a reader writes; the secret of its address is told here and never again."""
    text = _kept(text, LONGEST_TEXT, gettext("Say what is wrong."))
    source = _kept(source, LONGEST_SOURCE, gettext("Say where it can be checked."))
    secret = secrets.token_urlsafe(16)
    with transaction.atomic():
        letter = Letter.objects.create(
            public_id=version.public_id,
            claim=claim,
            edition=version.edition_id,
            text=text,
            source=source,
            secret=digest(secret),
        )
    return letter, secret


def letter_of(secret: str) -> Letter | None:
    """One query."""
    letters = Letter.objects.filter(secret=digest(secret)).select_related("submission")
    return letters.first()


def answer(
    letter: Letter, *, by: Any, state: str, text: str, submission: Submission | None = None
) -> None:
    """Say what comes of a letter; the writer reads it under their address.

    ``Refused`` where somebody else has answered it since it was read, and where it is taken up in
    no submission that holds its entry.
    """
    if not (by.is_active and by.has_perm("letters.change_letter")):
        raise Refused(not_for(by, "change_letter"))
    text = _kept(text, LONGEST_ANSWER, "Answer in a sentence: the reader sees it.")
    if state == State.TAKEN_UP and submission is None:
        raise Refused("Say in which submission it is taken up.")
    if state != State.TAKEN_UP:
        submission = None
    if submission is not None and not submissions_for(letter).filter(pk=submission.pk).exists():
        raise Refused(f"{submission} does not hold {letter.public_id}.")
    answered = Letter.objects.filter(
        pk=letter.pk, state=letter.state, answered_at=letter.answered_at
    ).update(
        state=state,
        answer=text,
        answered_by=by,
        answered_at=timezone.now(),
        submission=submission,
    )
    if not answered:
        raise Refused("Somebody else has just answered this letter; their answer stands below.")


def submissions_for(letter: Letter) -> Any:
    """Those that it can be taken up in, newest first."""
    found = Submission.objects.filter(items__public_id=letter.public_id, state__in=WITH_HOPE)
    return found.distinct().order_by("-pk")


def _kept(text: str, longest: int, missing: str) -> str:
    text = normalised(text).strip()
    if not text:
        raise Refused(missing)
    if len(text) > longest:
        message = gettext("This has %(number)s characters; at most %(most)s are kept.")
        number, most = localised.number(len(text)), localised.number(longest)
        raise Refused(message % {"number": number, "most": most})
    return checked_text(text)
