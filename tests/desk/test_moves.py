"""The table of moves: from where, to where, and by whom."""

import pytest
from django.contrib.auth.models import User

from desk.models import Submission, SubmissionState
from desk.moves import MOVES, moves_for
from desk.publishing import publish
from desk.submissions import (
    approve,
    request_changes,
    resubmit,
    retract,
    submission_checksum,
    submit,
    submit_draft,
)
from tests import world
from tests.conftest import member
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

VERBS = {
    "submit": submit_draft,
    "request_changes": lambda submission, by: request_changes(submission, by=by, text="The date?"),
    "resubmit": resubmit,
    "retract": retract,
    "approve": lambda submission, by: approve(
        submission, by=by, checksum=submission_checksum(submission)
    ),
    "publish": publish,
}


def in_state(state: SubmissionState, by: User, approver: User) -> Submission:
    """A submission of one term that has come to this state by the verbs alone."""
    term = world.term(f"Term {state}", by=by)
    drafted = state == SubmissionState.DRAFT
    submission = submit([term.public_id], by=by, reason="New.", as_draft=drafted)
    if state in ("approved", "published"):
        VERBS["approve"](submission, approver)
    if state == "published":
        publish(submission, by=approver)
    if state == "changes requested":
        VERBS["request_changes"](submission, approver)
    if state == "withdrawn":
        retract(submission, by=by)
    submission.refresh_from_db()
    assert submission.state == state
    return submission


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("state", SubmissionState.values)
def test_each_move_leads_from_its_states_and_from_no_other(name, state, contributor, editor):
    submission = in_state(SubmissionState(state), contributor, editor)
    move = MOVES[name]
    who = contributor if move.own else editor

    if state in move.origins:
        assert name in moves_for(submission, who)
        VERBS[name](submission, by=who)
        submission.refresh_from_db()
        assert submission.state == move.to
        assert bool(submission.approved_checksum) is (move.to in ("approved", "published"))
    else:
        assert name not in moves_for(submission, who)
        assert refusal(lambda: VERBS[name](submission, by=who)) != []
        submission.refresh_from_db()
        assert submission.state == state


# Who may: the maker (a contributor), another contributor, an editor, somebody without a role.
WHO = {
    "submit": "maker editor",
    "request_changes": "editor",
    "resubmit": "maker another editor",
    "retract": "maker editor",
    "approve": "editor",
    "publish": "editor",
}


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("who", ["maker", "another", "editor", "nobody"])
def test_each_move_is_for_those_whom_the_table_names(name, who, contributor, editor):
    submission = in_state(MOVES[name].origins[0], contributor, editor)
    people = {
        "maker": contributor,
        "another": member("contributor", "another"),
        "editor": editor,
        "nobody": User.objects.create_user("nobody"),
    }
    allowed = who in WHO[name].split()

    assert (name in moves_for(submission, people[who])) is allowed
    if allowed:
        VERBS[name](submission, by=people[who])
        return
    (sentence,) = refusal(lambda: VERBS[name](submission, by=people[who]))
    assert f"{people[who]} may not do this: it is for " in sentence


def test_every_state_but_the_last_two_leads_on():
    ends = set(SubmissionState) - {origin for move in MOVES.values() for origin in move.origins}
    reached = {move.to for move in MOVES.values() if move.to}

    assert ends == {SubmissionState.PUBLISHED, SubmissionState.WITHDRAWN}
    assert reached == set(SubmissionState) - {SubmissionState.DRAFT}


def test_changes_are_asked_for_with_a_note_that_says_which(contributor, editor):
    submission = in_state(SubmissionState.SUBMITTED, contributor, editor)

    assert refusal(lambda: request_changes(submission, by=editor, text=" \n")) == [
        "Write something: a note cannot be empty."
    ]
    submission.refresh_from_db()
    assert (submission.state, submission.notes.count()) == ("submitted", 0)

    request_changes(submission, by=editor, text="The date is\r\nanother.")

    note = submission.notes.get()
    assert (note.text, note.by, note.resolved_at) == ("The date is\nanother.", editor, None)


def test_a_draft_is_submitted_with_the_newest_revisions(contributor, editor):
    term = world.term(by=contributor)
    submission = submit([term.public_id], by=contributor, reason="New.", as_draft=True)
    world.change(term, by=contributor, editor_note="Later.")

    submit_draft(submission, by=contributor)

    assert submission.items.get().revision.number == 2


def test_a_draft_without_entries_is_not_submitted(contributor):
    term = world.term(by=contributor)
    submission = submit([term.public_id], by=contributor, reason="New.", as_draft=True)
    submission.items.all().delete()

    assert refusal(lambda: submit_draft(submission, by=contributor)) == [
        "Choose at least one entry."
    ]
