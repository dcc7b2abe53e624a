"""What can be done with a submission: one table, and the one statement that moves it."""

from dataclasses import dataclass
from typing import Any

from desk.models import OPEN_STATES, Submission, SubmissionState
from desk.refusals import Refused
from desk.roles import may, require

DRAFT = SubmissionState.DRAFT
SUBMITTED = SubmissionState.SUBMITTED
CHANGES_REQUESTED = SubmissionState.CHANGES_REQUESTED
APPROVED = SubmissionState.APPROVED
PUBLISHED = SubmissionState.PUBLISHED
WITHDRAWN = SubmissionState.WITHDRAWN


@dataclass(frozen=True)
class Move:
    """From which states to which; ``to`` is ``None`` where it stays where it is.

    ``permission`` is what anybody needs for it; ``own`` what suffices for who made it. ``done``
    is the end of the sentence "it cannot be …".
    """

    origins: tuple[SubmissionState, ...]
    to: SubmissionState | None
    done: str
    permission: str
    own: str = ""


EDITOR, CONTRIBUTOR = "approve_submission", "submit_entry"
MOVES: dict[str, Move] = {
    "submit": Move((DRAFT,), SUBMITTED, "submitted", EDITOR, CONTRIBUTOR),
    "request_changes": Move(
        (SUBMITTED, APPROVED), CHANGES_REQUESTED, "sent back for changes", EDITOR
    ),
    "resubmit": Move(
        (SUBMITTED, CHANGES_REQUESTED, APPROVED), SUBMITTED, "resubmitted", CONTRIBUTOR
    ),
    "retract": Move(tuple(OPEN_STATES), WITHDRAWN, "taken back", EDITOR, CONTRIBUTOR),
    "approve": Move((SUBMITTED,), APPROVED, "approved", EDITOR),
    "publish": Move((APPROVED,), PUBLISHED, "published", EDITOR),
    # These move nothing, and are allowed in the same way.
    "gather": Move((DRAFT, CHANGES_REQUESTED), None, "given other entries", EDITOR, CONTRIBUTOR),
    "describe": Move(
        (DRAFT, SUBMITTED, CHANGES_REQUESTED), None, "described anew", EDITOR, CONTRIBUTOR
    ),
    "note": Move(tuple(OPEN_STATES), None, "commented on", CONTRIBUTOR),
}
IN_WORDS = {
    DRAFT: "a draft",
    SUBMITTED: "submitted",
    CHANGES_REQUESTED: "waiting for changes",
    APPROVED: "approved",
    PUBLISHED: "published",
    WITHDRAWN: "taken back",
}
NOT_APPROVED: dict[str, Any] = {"approved_by": None, "approved_at": None, "approved_checksum": ""}


def move(submission: Submission, name: str, *, by: Any, **values: Any) -> None:
    """Change the state, and ``values`` with it, in one conditional statement.

    So two people cannot both win: ``Refused`` to whoever comes second, and to whoever may not.
    An approval is void in every state but those that rest on it.
    """
    row = MOVES[name]
    check_permission(submission, name, by=by)
    if row.to not in (APPROVED, PUBLISHED):
        values |= NOT_APPROVED
    waiting = Submission.objects.filter(pk=submission.pk, state__in=row.origins)
    moved = waiting.update(state=row.to, **values)
    submission.refresh_from_db()
    if not moved:
        raise Refused(_not_from_here(submission, row))


def hold(submission: Submission, name: str, *, by: Any) -> Submission:
    """The submission as it stands, locked until the transaction ends, if this may be done to it."""
    check_permission(submission, name, by=by)
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state not in MOVES[name].origins:
        raise Refused(_not_from_here(held, MOVES[name]))
    return held


def check_permission(submission: Submission, name: str, *, by: Any) -> None:
    """``Refused`` to those who may not do this to it, whatever its state."""
    needed = _needed(submission, name, by)
    if MOVES[name].own and needed == EDITOR and not may(by, needed):
        raise Refused(f"{by} may not do this: it is for whoever made it, and for editors.")
    require(by, needed)


def moves_for(submission: Submission, user: Any) -> set[str]:
    """The names of what this user could do with it now; four eyes are not looked at."""
    return {
        name
        for name, row in MOVES.items()
        if submission.state in row.origins and may(user, _needed(submission, name, user))
    }


def _needed(submission: Submission, name: str, user: Any) -> str:
    row = MOVES[name]
    return row.own if row.own and submission.created_by_id == user.pk else row.permission


def _not_from_here(submission: Submission, row: Move) -> str:
    *more, last = (IN_WORDS[origin] for origin in row.origins)
    allowed = f"{', '.join(more)} or {last}" if more else last
    state = IN_WORDS[SubmissionState(submission.state)]
    return f"{submission} is {state}; only one that is {allowed} can be {row.done}."
