"""Submissions: what can be put up for review, and who can let it through."""

import pytest
from django.db import IntegrityError, transaction

from desk.models import Revision, Submission, SubmissionItem
from desk.publishing import publish
from desk.submissions import approve, resubmit, retract, submission_checksum, submit
from desk.withdrawal import request_withdrawal
from record.models import Change
from tests import world
from tests.conftest import member
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def items_of(submission: Submission) -> list[tuple[str, int, str]]:
    return list(
        submission.items.order_by("public_id").values_list(
            "public_id", "revision__number", "change"
        )
    )


def published_event(cast):
    """An event in the first edition, by the contributor."""
    event = world.event(by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    return event


@pytest.fixture
def published(kept):
    return kept(published_event)


def test_submit_takes_the_newest_revisions(contributor, published):
    world.change(published, by=contributor, title="The second title")
    world.change(published, by=contributor, title="The third title")
    new = world.place("The Bridge", by=contributor)

    submission = submit(
        [new.public_id, published.public_id, published.public_id],
        by=contributor,
        reason=" Two\r\nchanges. ",
        change=Change.CLARIFICATION,
        title="June",
    )

    assert items_of(submission) == [
        (published.public_id, 3, "clarification"),
        (new.public_id, 1, "new"),
    ]
    assert (submission.state, submission.reason, submission.created_by, submission.title) == (
        "submitted",
        "Two\nchanges.",
        contributor,
        "June",
    )


def test_submit_names_everything_that_stands_against_it(contributor, published):
    world.place("The Bridge", by=contributor)

    assert refusal(
        lambda: submit(["E77", published.public_id, "L1"], by=contributor, reason="x")
    ) == [
        "E77 is not at the desk.",
        f"{published.public_id} has no changes to publish.",
    ]
    assert refusal(lambda: submit([], by=contributor, reason="x")) == ["Choose at least one entry."]
    assert refusal(lambda: submit(["L1"], by=contributor, reason=" \r\n ")) == [
        "Say why: a submission needs a reason."
    ]
    assert not Submission.objects.filter(state="submitted").exists()


@pytest.mark.parametrize("change", ["new", "withdrawal", "merge", "redaction"])
def test_submit_takes_no_kind_of_change_that_says_something_else(contributor, published, change):
    world.change(published, by=contributor, title="The second title")

    assert refusal(
        lambda: submit([published.public_id], by=contributor, reason="x", change=Change(change))
    ) == [f"Entries are not submitted as a {change}."]


def test_submit_refuses_an_entry_that_is_in_another_submission(contributor, published):
    world.change(published, by=contributor, title="The second title")
    bridge = world.place("The Bridge", by=contributor)
    first = world.submitted(published, by=contributor)

    assert refusal(lambda: world.submitted(published, bridge, by=contributor)) == [
        f"{published.public_id} is already in submission {first.pk}."
    ]
    assert list(Submission.objects.filter(state="submitted")) == [first]
    # The database says so too, whoever writes to it.
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionItem.objects.create(
            submission=Submission.objects.create(reason="x", created_by=contributor),
            public_id=published.public_id,
            type="event",
            revision=first.items.get().revision,
            change="correction",
        )


def test_entries_of_a_submission_taken_back_are_free_for_another(contributor, published):
    world.change(published, by=contributor, title="The second title")
    first = world.submitted(published, by=contributor)

    retract(first, by=contributor)
    second = world.submitted(published, by=contributor)

    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "submitted")
    assert refusal(lambda: retract(first, by=contributor)) == [
        (
            f"Submission {first.pk} is taken back; only one that is a draft, submitted, waiting "
            "for changes or approved can be taken back."
        )
    ]


def test_retract_is_for_who_made_it_and_who_may_approve(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    another = member("contributor", "another")

    assert refusal(lambda: retract(submission, by=another)) == [
        "another may not do this: it is for whoever made it, and for editors."
    ]
    assert retract(submission, by=editor).state == "withdrawn"


def test_what_was_published_is_not_taken_back(contributor, editor, published):
    submission = Submission.objects.get(edition__number=1)

    for verb, may_be in (
        (retract, "a draft, submitted, waiting for changes or approved can be taken back"),
        (resubmit, "submitted, waiting for changes or approved can be resubmitted"),
    ):
        assert refusal(lambda verb=verb: verb(submission, by=contributor)) == [
            f"Submission {submission.pk} is published; only one that is {may_be}."
        ]


def test_later_saves_enter_only_by_resubmitting(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    seen = submission_checksum(submission)
    world.change(published, by=contributor, title="The third title")

    assert items_of(submission) == [(published.public_id, 2, "correction")]
    assert submission_checksum(submission) == seen

    resubmit(submission, by=contributor)

    assert items_of(submission) == [(published.public_id, 3, "correction")]
    assert submission_checksum(submission) != seen


def test_resubmitting_voids_the_approval(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    approve(submission, by=editor, checksum=submission_checksum(submission))

    resubmit(submission, by=contributor)

    assert (submission.state, submission.approved_by, submission.approved_checksum) == (
        "submitted",
        None,
        "",
    )
    assert refusal(lambda: publish(submission, by=editor)) == [
        "Only an approved submission is published; this one is submitted."
    ]


def test_resubmitting_leaves_withdrawals_alone(contributor, editor, chief_editor, published):
    submission = request_withdrawal([published.public_id], by=chief_editor, reason="Not so.")
    before = items_of(submission)
    world.change(published, by=contributor, title="The second title")

    resubmit(submission, by=chief_editor)

    assert items_of(submission) == before == [(published.public_id, 2, "withdrawal")]


def test_the_checksum_is_of_all_that_would_be_written(contributor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    seen = {submission_checksum(submission)}

    for change in (
        lambda: Submission.objects.filter(pk=submission.pk).update(reason="Another reason."),
        lambda: submission.items.update(change="clarification"),
        lambda: submission.items.update(
            revision=Revision.objects.get(public_id=published.public_id, number=1)
        ),
        lambda: submission.items.all().delete(),
    ):
        change()
        seen.add(submission_checksum(Submission.objects.get(pk=submission.pk)))

    assert len(seen) == 5


def test_approve_refuses_what_moved_since_it_was_shown(contributor, editor, published):
    """Invariant 6."""
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    shown = submission_checksum(submission)
    world.change(published, by=contributor, title="The third title")
    resubmit(submission, by=contributor)

    assert refusal(lambda: approve(submission, by=editor, checksum=shown)) == [
        "The submission has changed since it was shown; look at it again."
    ]
    # Neither in the database nor in the caller's hands does it look approved.
    assert (submission.state, submission.approved_by) == ("submitted", None)
    assert Submission.objects.get(pk=submission.pk).state == "submitted"


def test_approve_is_done_once(contributor, editor, chief_editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    checksum = submission_checksum(submission)
    approve(submission, by=editor, checksum=checksum)

    assert refusal(lambda: approve(submission, by=chief_editor, checksum=checksum)) == [
        f"Submission {submission.pk} is approved; only one that is submitted can be approved."
    ]
    assert Submission.objects.get(pk=submission.pk).approved_by == editor
