"""Invariant 5: nobody approves changes of their own."""

from datetime import date

import pytest
from django.contrib.auth.models import User

from desk.gathering import describe
from desk.models import Submission
from desk.publishing import publish, withdraw
from desk.refusals import Refused
from desk.submissions import approve, retract, submission_checksum
from desk.withdrawal import request_withdrawal
from record.models import Change, Edition
from tests import world
from tests.authorship import authors_of
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


def approving(submission: Submission, by: User) -> list[str]:
    authors_of(submission)  # whether lists agree on it
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


def test_who_words_a_submission_is_an_author_of_it(contributor, editor, chief_editor):
    """Its reason and kind of change are published as much as the entries are."""
    event = world.event(by=contributor)
    submission = world.submitted(event, by=editor)

    assert authors_of(submission) == {contributor.pk, editor.pk}
    assert approving(submission, editor) == OWN
    assert approving(submission, chief_editor) == []


@pytest.mark.parametrize(
    ("changed", "is_author"),
    [
        ({"reason": "Another reason."}, True),
        ({"change": Change.CLARIFICATION}, True),
        ({"title": "Another title"}, False),
        ({"due_on": date(2027, 1, 1)}, False),
    ],
)
def test_who_changes_what_is_published_of_it_is_an_author(
    changed, is_author, contributor, editor, published
):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    told = {"title": "", "reason": submission.reason, "change": Change.CORRECTION}

    describe(submission, by=editor, **told | {"reviewer": None, "due_on": None} | changed)

    assert (editor.pk in authors_of(submission)) is is_author
    assert approving(submission, editor) == (OWN if is_author else [])


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


def test_bringing_back_what_was_withdrawn_is_a_change_of_whoever_asks(
    contributor, editor, chief_editor, administrator, published
):
    world.change(published, by=editor, title="The second title")
    world.publish_all(published, by=editor, approved_by=chief_editor)
    withdraw([published.public_id], by=chief_editor, approved_by=administrator, reason="Not so.")
    submission = world.submitted(published, by=contributor)

    assert authors_of(submission) == {contributor.pk}
    assert approving(submission, editor) == []


def test_changes_before_a_withdrawal_that_were_never_published_count(
    contributor, editor, chief_editor, administrator, published
):
    world.change(published, by=editor, title="The second title")
    withdraw([published.public_id], by=chief_editor, approved_by=administrator, reason="Not so.")
    submission = world.submitted(published, by=contributor)

    assert authors_of(submission) == {contributor.pk, editor.pk}


def test_a_withdrawal_that_was_taken_back_is_no_change_of_the_entry(
    contributor, chief_editor, published
):
    retract(request_withdrawal([published.public_id], by=chief_editor, reason="?"), by=chief_editor)
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)

    assert authors_of(submission) == {contributor.pk}


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
