"""Who may submit, approve, publish and withdraw."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from desk.models import Submission, SubmissionState
from desk.publishing import publish, withdraw
from desk.submissions import approve, resubmit, submission_checksum, submit
from record.models import Edition
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


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


def test_each_verb_needs_its_permission(cast, published):
    nobody = User.objects.create_user("nobody")
    world.change(published, by=cast.contributor, title="The second title")
    submission = world.submitted(published, by=cast.contributor)
    checksum = submission_checksum(submission)

    def missing(role: str, who: User) -> list[str]:
        return [f"{who} may not do this: it is for {role}."]

    assert refusal(lambda: submit(["E1"], by=nobody, reason="x")) == missing("contributors", nobody)
    assert refusal(lambda: resubmit(submission, by=nobody)) == missing("contributors", nobody)
    for who in (nobody, cast.contributor):
        assert refusal(lambda who=who: approve(submission, by=who, checksum=checksum)) == missing(
            "editors", who
        )
    approve(submission, by=cast.editor, checksum=checksum)
    for who in (nobody, cast.contributor):
        assert refusal(lambda who=who: publish(submission, by=who)) == missing("editors", who)
    for who in (nobody, cast.contributor, cast.editor):
        assert refusal(
            lambda who=who: withdraw(
                [published.public_id], by=who, approved_by=cast.chief_editor, reason="x"
            )
        ) == missing("chief editors", who)
    assert Edition.objects.count() == 1


def test_somebody_who_left_does_nothing_more(contributor, editor, published):
    world.change(published, by=contributor, title="The second title")
    submission = world.submitted(published, by=contributor)
    editor.is_active = False
    editor.save()

    assert refusal(
        lambda: approve(submission, by=editor, checksum=submission_checksum(submission))
    ) == ["editor may do nothing here any more: the account is inactive."]


def test_states_that_make_no_sense_are_refused_by_the_database(contributor):
    for state in (SubmissionState.APPROVED, SubmissionState.PUBLISHED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.create(reason="x", state=state, created_by=contributor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(reason="", created_by=contributor)
