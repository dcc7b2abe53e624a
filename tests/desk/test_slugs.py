"""Invariant 8: a published slug stays with its entry for good."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from desk.gates import problems_of
from desk.publishing import withdraw
from desk.slugs import slug_problems
from record.models import Version
from record.reading import Moved, Record
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["e14", "E14", "t1", "a0", "z999999999"])
def test_a_slug_never_looks_like_an_id(people, slug):
    event = world.event(by=people["by"], slug=slug)

    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert refused.value.message_dict == {
        "slug": [f"The slug “{slug}” looks like a public id; add a word to it."]
    }
    # Whoever went round the form does not get past publication.
    assert refusal(lambda: world.publish_all(event, **people)) == [
        f"E1: The slug “{slug}” looks like a public id; add a word to it."
    ]


def test_a_slug_may_come_close(people):
    slugs = ["e14-talks", "14", "ev14", "e", "e1x", "-"]
    world.publish_all(
        *(world.event(f"Event {slug}", by=people["by"], slug=slug) for slug in slugs), **people
    )

    assert {slug: Record.current().get("event", slug).slug for slug in slugs} == {
        slug: slug for slug in slugs
    }


def test_a_published_slug_never_passes_to_another_entry_of_its_type(people):
    first = world.event("The talks", by=people["by"])
    world.publish_all(first, **people)
    world.change(first, by=people["by"], slug="the-first-talks")
    world.publish_all(first, **people)
    second = world.event("The talks", by=people["by"], slug="the-talks")

    message = (
        f"The slug “the-talks” has been the public address of {first.public_id}, and stays with it."
    )
    with pytest.raises(ValidationError) as refused:
        second.clean()
    assert refused.value.message_dict == {"slug": [message]}
    assert refusal(lambda: world.publish_all(second, **people)) == [
        f"{second.public_id}: {message}"
    ]
    # The old address still leads to the entry that had it.
    with pytest.raises(Moved) as moved:
        Record.current().get("event", "the-talks")
    assert moved.value.version.public_id == first.public_id


def test_a_slug_stays_with_an_entry_that_was_withdrawn(people, chief_editor):
    first = world.event("The talks", by=people["by"])
    world.publish_all(first, **people)
    withdraw([first.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")
    world.change(first, by=people["by"], slug="never-mind")
    second = world.event("The talks", by=people["by"], slug="the-talks")

    assert refusal(lambda: world.publish_all(second, **people))


def test_an_entry_takes_its_own_old_slug_back(people):
    event = world.event("The talks", by=people["by"])
    world.publish_all(event, **people)
    for slug in ("the-first-talks", "the-talks"):
        world.change(event, by=people["by"], slug=slug)
        event.clean()
        world.publish_all(event, **people)

    assert Record.current().get("event", "the-talks").public_id == event.public_id


def test_entries_of_two_types_may_share_a_slug(people):
    event = world.event("The lake", by=people["by"])
    place = world.place("The lake", by=people["by"])
    world.publish_all(event, place, **people)

    assert event.slug == place.slug
    assert Record.current().get("place", "the-lake").public_id == place.public_id


def test_two_entries_of_one_submission_do_not_share_a_slug(people):
    """The desk has no two at a time, but revisions are of different times."""
    first = world.event("The talks", by=people["by"])
    submission_revision = first.slug
    world.submitted(first, by=people["by"])
    world.change(first, by=people["by"], slug="the-first-talks")
    second = world.event("The talks", by=people["by"], slug=submission_revision)
    documents = [world.document(second), world.document(second) | {"id": first.public_id}]

    problems, _ = problems_of({document["id"]: document for document in documents})
    assert f"{second.public_id} and {first.public_id} have the same slug." in [
        problem.message for problem in problems
    ]


def test_the_desk_has_no_slug_twice(people):
    world.event("The talks", by=people["by"])

    with pytest.raises(IntegrityError), transaction.atomic():
        world.event("The talks", by=people["by"], slug="the-talks")


def test_slugs_are_looked_up_together(people):
    events = [world.event(f"Event {number}", by=people["by"]) for number in range(3)]
    world.publish_all(*events, **people)
    wanted = {("event", version.slug): "E99" for version in Version.objects.filter(type="event")}
    wanted |= {("place", "event-1"): "L99", ("event", "free"): "E98"}

    with CaptureQueriesContext(connection) as queries:
        problems = slug_problems(wanted)

    assert len(queries) == 1
    assert set(problems) == {"E99"}
