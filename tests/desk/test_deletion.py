"""Only what was never published is deleted, whichever way it is asked for."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from desk.models import Revision, SubmissionItem, WorkingCopy
from desk.publishing import withdraw
from desk.refusals import Refused
from desk.submissions import retract
from desk.unpublished import unpublished_ids
from tests import world
from vocabulary.models import Term


@pytest.fixture
def term(cast):
    return world.term(by=cast.contributor)


@pytest.fixture
def published(cast, term):
    world.publish_only(term, by=cast.contributor, approved_by=cast.editor)
    return term


WAYS = {
    "instance": lambda term: term.delete(),
    "queryset": lambda term: Term.objects.filter(pk=term.pk).delete(),
    "all": lambda term: Term.objects.all().delete(),
}


@pytest.mark.parametrize("way", WAYS)
def test_published_entry_is_not_deleted(way, published):
    other = world.term("Never published")

    with pytest.raises(Refused) as refused, transaction.atomic():
        WAYS[way](published)

    assert refused.value.messages == [
        "T1 has been published, so it is not deleted. Withdraw it instead."
    ]
    assert list(Term.objects.order_by("pk")) == [published, other]
    assert published.labels.count() == 1


def test_withdrawn_entry_is_not_deleted_either(cast, published):
    withdraw(["T1"], by=cast.chief_editor, reason="Gone.", approved_by=cast.editor)

    with pytest.raises(Refused), transaction.atomic():
        published.delete()


@pytest.mark.parametrize("name", ["term", "source", "place", "actor", "event", "proposal"])
def test_entries_of_every_type_are_guarded(name, cast):
    entry = getattr(world, name)("Referred to by nobody", by=cast.contributor)
    world.publish_all(entry, by=cast.contributor, approved_by=cast.editor)

    with pytest.raises(Refused), transaction.atomic():
        type(entry).objects.filter(pk=entry.pk).delete()
    assert type(entry).objects.filter(pk=entry.pk).count() == 1


def test_draft_goes_with_its_working_copy_and_its_revisions_stay(term):
    world.change(term, editor_note="Second.")

    term.delete()

    assert WorkingCopy.objects.count() == 0
    numbers = Revision.objects.filter(public_id="T1").values_list("number", flat=True)
    assert list(numbers) == [2, 1]
    assert world.term("Next").public_id == "T2"


def test_entry_in_review_is_not_deleted_until_it_is_taken_back(cast, term):
    submission = world.submitted(term, by=cast.contributor)

    with pytest.raises(Refused) as refused, transaction.atomic():
        term.delete()
    assert refused.value.messages == [f"T1 is in submission {submission.pk}. Take that back first."]

    retract(submission, by=cast.contributor)
    term.delete()
    assert (Term.objects.count(), SubmissionItem.objects.count()) == (0, 1)


def test_deleted_entry_is_not_published_with_the_rest(term):
    assert unpublished_ids() == ["T1"]

    term.delete()

    assert unpublished_ids() == []


def test_entry_that_others_at_the_desk_refer_to_is_not_deleted(cast):
    bridge = world.place("The Bridge", by=cast.contributor)
    world.event(place=bridge, by=cast.contributor)

    with pytest.raises(ProtectedError), transaction.atomic():
        bridge.delete()
    assert type(bridge).objects.filter(pk=bridge.pk).exists()
