"""Gathering entries in a submission, and describing it."""

from datetime import date

import pytest

from desk.gathering import add_entries, describe, description_of, remove_entries
from desk.models import Submission
from desk.submissions import approve, request_changes, resubmit, submission_checksum, submit
from desk.withdrawal import request_withdrawal
from record.models import Change
from tests import world
from tests.conftest import member
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(contributor):
    """A draft by the contributor that holds one new term, T1."""
    term = world.term("Summit", by=contributor)
    return submit(
        [term.public_id], by=contributor, reason="New.", change=Change.CLARIFICATION, as_draft=True
    )


def told(submission: Submission, **changed):
    """What `describe` is given, as it stands but for what is given here."""
    names = ("title", "reason", "change", "reviewer", "due_on")
    return {name: getattr(submission, name) for name in names} | changed


def ids(submission: Submission) -> list[tuple[str, str]]:
    return list(submission.items.order_by("public_id").values_list("public_id", "change"))


def test_entries_are_added_and_removed_while_it_is_a_draft(contributor, editor, draft):
    known = world.term("Visit", by=contributor)
    world.publish_only(known, by=contributor, approved_by=editor)
    world.change(known, by=contributor, editor_note="More.")

    add_entries(draft, [known.public_id, "T1"], by=contributor)
    assert ids(draft) == [("T1", "new"), ("T2", "clarification")]

    remove_entries(draft, ["T1", "T77"], by=contributor)
    assert ids(draft) == [("T2", "clarification")]
    # What was taken out is free for another submission.
    assert ids(submit(["T1"], by=contributor, reason="Apart.")) == [("T1", "new")]


def test_entries_change_again_once_changes_are_requested(contributor, editor, draft):
    visit = world.term("Visit", by=contributor)
    submission = submit([visit.public_id], by=contributor, reason="New.")
    refused = [
        (
            f"{submission} is submitted; only one that is a draft or waiting for changes can be "
            "given other entries."
        )
    ]
    assert refusal(lambda: add_entries(submission, ["T1"], by=contributor)) == refused
    assert refusal(lambda: remove_entries(submission, ["T2"], by=contributor)) == refused
    request_changes(submission, by=editor, text="Without the visit.")
    remove_entries(draft, ["T1"], by=contributor)

    add_entries(submission, ["T1"], by=contributor)
    remove_entries(submission, ["T2"], by=contributor)
    resubmit(submission, by=contributor)

    assert (submission.state, ids(submission)) == ("submitted", [("T1", "new")])


def test_a_submission_without_entries_is_not_resubmitted(contributor, editor):
    term = world.term("Visit", by=contributor)
    submission = world.submitted(term, by=contributor)
    request_changes(submission, by=editor, text="Not this one.")
    remove_entries(submission, [term.public_id], by=contributor)

    assert refusal(lambda: resubmit(submission, by=contributor)) == [
        "Add at least one entry: there is nothing to review in it."
    ]


def test_what_cannot_be_added_is_named_and_nothing_is_added(contributor, draft):
    other = world.submitted(world.term("Visit", by=contributor), by=contributor)
    world.term("Talk", by=contributor)

    assert refusal(lambda: add_entries(draft, ["T2", "T3"], by=contributor)) == [
        f"T2 is already in submission {other.pk}."
    ]
    assert refusal(lambda: add_entries(draft, ["T1"], by=contributor)) == [
        f"All of these are in {draft} already."
    ]
    assert refusal(lambda: add_entries(draft, ["T9"], by=contributor)) == ["T9 is not at the desk."]
    assert ids(draft) == [("T1", "new")]


def test_a_withdrawal_takes_no_other_entries_and_stays_one(
    contributor, editor, chief_editor, draft
):
    known = world.term("Visit", by=contributor)
    world.publish_only(known, by=contributor, approved_by=editor)
    submission = request_withdrawal([known.public_id], by=chief_editor, reason="No word.")
    assert submission.change == "withdrawal"
    request_changes(submission, by=editor, text="Why?")

    assert refusal(lambda: add_entries(submission, ["T1"], by=chief_editor)) == [
        f"{submission} takes no other entries; begin another submission for them."
    ]
    anew = told(submission, change=Change.CORRECTION)
    assert refusal(lambda: describe(submission, by=chief_editor, **anew)) == [
        "A withdrawal cannot become a correction."
    ]


def test_a_draft_is_gathered_by_who_made_it_and_by_editors(contributor, editor, draft):
    another = member("contributor", "another")
    world.term("Visit", by=another)
    missing = ["another may not do this: it is for whoever made it, and for editors."]

    assert refusal(lambda: add_entries(draft, ["T2"], by=another)) == missing
    assert refusal(lambda: remove_entries(draft, ["T1"], by=another)) == missing
    assert refusal(lambda: describe(draft, by=another, **told(draft, title="Mine"))) == missing
    add_entries(draft, ["T2"], by=editor)
    assert ids(draft) == [("T1", "new"), ("T2", "new")]


def test_description_changes_until_it_is_approved(contributor, editor, draft):
    known = world.term("Visit", by=contributor)
    world.publish_only(known, by=contributor, approved_by=editor)
    world.change(known, by=contributor, editor_note="More.")
    add_entries(draft, [known.public_id], by=contributor)
    due = date(2027, 3, 1)
    before = submission_checksum(draft)

    describe(
        draft,
        by=contributor,
        title=" June\r\n terms ",
        reason=" Two\r\nterms. ",
        change=Change.NEW_EVIDENCE,
        reviewer=editor,
        due_on=due,
    )

    assert told(draft) == {
        "title": "June terms",
        "reason": "Two\nterms.",
        "change": "new evidence",
        "reviewer": editor,
        "due_on": due,
    }
    assert ids(draft) == [("T1", "new"), ("T2", "new evidence")]
    assert submission_checksum(draft) != before
    submission = world.submitted(world.term("Talk", by=contributor), by=contributor)
    approve(submission, by=editor, checksum=submission_checksum(submission))
    assert refusal(lambda: describe(submission, by=contributor, **told(submission))) == [
        (
            f"{submission} is approved; only one that is a draft, submitted or waiting for changes "
            "can be described anew."
        )
    ]


def test_description_needs_a_reason_and_a_reviewer_who_may_approve(contributor, editor, draft):
    assert refusal(lambda: describe(draft, by=contributor, **told(draft, reason=" "))) == [
        "Say why: a submission needs a reason."
    ]
    another = member("contributor", "another")
    no_reviewer = ["another may not approve submissions, so they cannot review this one."]
    assert refusal(lambda: describe(draft, by=contributor, **told(draft, reviewer=another))) == (
        no_reviewer
    )
    term = world.term("Visit", by=contributor)
    assert (
        refusal(lambda: submit([term.public_id], by=contributor, reason="x", reviewer=another))
        == no_reviewer
    )


def test_what_somebody_else_described_meanwhile_is_not_overwritten_unseen(
    contributor, editor, draft
):
    seen = description_of(draft)
    describe(draft, by=editor, **told(draft, title="June", due_on=date(2027, 3, 1)), seen=seen)

    mine = told(draft, title="May")
    assert refusal(lambda: describe(draft, by=contributor, **mine, seen=seen)) == [
        (
            "Somebody has described it anew since you opened this form. It says now: title “June”; "
            "reason “New.”; clarification; reviewer nobody; due on 1 March 2027. Save again to put "
            "what you typed in its place."
        )
    ]
    draft.refresh_from_db()
    assert draft.title == "June"
