"""Submissions: what can be put up for review, and who can let it through."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from desk.models import Revision, Submission, SubmissionItem, SubmissionState
from desk.publishing import publish, withdraw
from desk.refusals import Refused
from desk.submissions import approve, authors_of, resubmit, retract, submission_checksum, submit
from desk.withdrawal import request_withdrawal
from record.models import Change, Edition
from tests import world
from tests.conftest import member

pytestmark = pytest.mark.django_db


def refusal(call) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.messages


def items_of(submission: Submission) -> list[tuple[str, int, str]]:
    return list(
        submission.items.order_by("public_id").values_list(
            "public_id", "revision__number", "change"
        )
    )


@pytest.fixture
def published(contributor, editor):
    """An event in the first edition, by the contributor."""
    event = world.event(by=contributor)
    world.publish_all(event, by=contributor, approved_by=editor)
    return event


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
        "This cannot be done to a submission that is withdrawn."
    ]


def test_retract_is_for_who_made_it_and_who_may_approve(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    another = member("contributor", "another")

    assert refusal(lambda: retract(submission, by=another)) == [
        "another may not do this: the permission “approve_submission” is missing."
    ]
    assert retract(submission, by=editor).state == "withdrawn"


def test_what_was_published_is_not_taken_back(contributor, editor, published):
    submission = Submission.objects.get(edition__number=1)

    for verb in (retract, resubmit):
        assert refusal(lambda verb=verb: verb(submission, by=contributor)) == [
            "This cannot be done to a submission that is published."
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
        "This cannot be done to a submission that is approved."
    ]
    assert Submission.objects.get(pk=submission.pk).approved_by == editor


# Invariant 5: four eyes ------------------------------------------------------------------------


def approving(submission: Submission, by: User) -> list[str]:
    try:
        approve(submission, by=by, checksum=submission_checksum(submission))
    except Refused as refused:
        return refused.messages
    return []


OWN = ["You made changes in this submission; somebody else has to approve it."]


def test_nobody_approves_their_own_changes(editor, chief_editor, administrator):
    for person in (editor, chief_editor, administrator):
        event = world.event(f"Event of {person}", by=person)
        submission = world.submitted(event, by=person)

        assert approving(submission, person) == OWN
        assert Submission.objects.get(pk=submission.pk).state == "submitted"


def test_who_submits_without_having_changed_anything_may_approve(contributor, editor):
    event = world.event(by=contributor)
    submission = world.submitted(event, by=editor)

    assert approving(submission, editor) == []


def test_a_change_hidden_between_two_of_somebody_else_counts(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    world.change(published, by=editor, title="The third title")
    world.change(published, by=contributor, title="The fourth title")
    submission = world.submitted(published, by=contributor)

    assert authors_of(submission) == {contributor.pk, editor.pk}
    assert approving(submission, editor) == OWN


def test_a_change_that_was_undone_again_counts(contributor, editor, published):
    world.change(published, by=editor, title="The second title")
    world.change(published, by=contributor, title="A first meeting")
    world.change(published, by=contributor, summary="Something else.")
    submission = world.submitted(published, by=contributor)

    assert approving(submission, editor) == OWN


def test_changes_before_the_last_publication_do_not_count(
    contributor, editor, chief_editor, published
):
    world.change(published, by=editor, title="The second title")
    world.publish_all(published, by=editor, approved_by=chief_editor)
    world.change(published, by=contributor, title="The third title")
    submission = world.submitted(published, by=contributor)

    assert authors_of(submission) == {contributor.pk}
    assert approving(submission, editor) == []


def test_changes_after_the_submitted_revision_do_not_count(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    world.change(published, by=editor, title="The third title")

    assert approving(submission, editor) == []


def test_one_entry_among_many_is_enough(contributor, editor):
    events = [world.event(f"Event {number}", by=contributor) for number in range(3)]
    own = world.place("The Bridge", by=editor)
    submission = world.submitted(*events, own, by=contributor)

    assert approving(submission, editor) == OWN


def test_who_asks_for_a_withdrawal_does_not_approve_it(editor, chief_editor, published):
    submission = request_withdrawal([published.public_id], by=chief_editor, reason="Not so.")

    assert approving(submission, chief_editor) == OWN


def test_a_withdrawal_contains_no_change_of_the_working_copy(editor, chief_editor, published):
    """The editor's unpublished changes go nowhere, so they may approve the withdrawal."""
    world.change(published, by=editor, title="The second title")
    submission = request_withdrawal([published.public_id], by=chief_editor, reason="Not so.")

    assert authors_of(submission) == {chief_editor.pk}
    assert approving(submission, editor) == []


def test_four_eyes_are_asked_for_again_when_publishing(contributor, editor, settings, published):
    settings.FOUR_EYES = False
    world.change(published, by=editor, title="The second title")
    submission = world.submitted(published, by=editor)
    assert approving(submission, editor) == []
    settings.FOUR_EYES = True

    assert refusal(lambda: publish(submission, by=editor)) == [
        "Whoever approved made changes in it; somebody else has to approve it."
    ]
    assert Edition.objects.count() == 1


def test_a_desk_of_one_says_so_in_each_edition(contributor, editor, settings, published):
    settings.FOUR_EYES = False
    world.change(published, by=editor, title="The second title")
    alone = world.publish_only(published, by=editor, approved_by=editor)
    world.change(published, by=contributor, title="The third title")
    together = world.publish_only(published, by=contributor, approved_by=editor)

    assert (alone.four_eyes, together.four_eyes) == (False, True)
    assert (alone.by, alone.approved_by) == ("editor", "editor")


# Who may do what -------------------------------------------------------------------------------


def test_each_verb_needs_its_permission(cast, published):
    nobody = User.objects.create_user("nobody")
    world.change(published, by=cast.contributor, title="The second title")
    submission = world.submitted(published, by=cast.contributor)
    checksum = submission_checksum(submission)

    def missing(permission: str, who: User) -> list[str]:
        return [f"{who} may not do this: the permission “{permission}” is missing."]

    assert refusal(lambda: submit(["E1"], by=nobody, reason="x")) == missing("submit_entry", nobody)
    assert refusal(lambda: resubmit(submission, by=nobody)) == missing("submit_entry", nobody)
    for who in (nobody, cast.contributor):
        assert refusal(lambda who=who: approve(submission, by=who, checksum=checksum)) == missing(
            "approve_submission", who
        )
    approve(submission, by=cast.editor, checksum=checksum)
    for who in (nobody, cast.contributor):
        assert refusal(lambda who=who: publish(submission, by=who)) == missing(
            "approve_submission", who
        )
    for who in (nobody, cast.contributor, cast.editor):
        assert refusal(
            lambda who=who: withdraw(
                [published.public_id], by=who, approved_by=cast.chief_editor, reason="x"
            )
        ) == missing("withdraw_entry", who)
    assert Edition.objects.count() == 1


def test_somebody_who_left_does_nothing_more(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    editor.is_active = False
    editor.save()

    assert refusal(
        lambda: approve(submission, by=editor, checksum=submission_checksum(submission))
    ) == ["editor may not do this: the permission “approve_submission” is missing."]


def test_states_that_make_no_sense_are_refused_by_the_database(contributor):
    for state in (SubmissionState.APPROVED, SubmissionState.PUBLISHED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.create(reason="x", state=state, created_by=contributor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(reason="", created_by=contributor)
