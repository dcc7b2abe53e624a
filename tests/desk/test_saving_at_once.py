"""Several editors at one instant, on SQLite and on PostgreSQL alike."""

import threading
import time

import orjson
import pytest
from django.db import connection, transaction

from desk.history import attributed
from desk.keys import next_key, next_public_id, reserve_public_id
from desk.models import WorkingCopy
from desk.publishing import publish
from desk.revisions import save_revision
from events.models import Event
from record.models import Edition
from tests import world
from tests.threads import approved, at_once, outcome

pytestmark = pytest.mark.django_db(transaction=True)


def test_ids_and_keys_taken_at_one_instant_are_different(threads, people):
    def take() -> list[str]:
        with transaction.atomic():
            return [next_public_id("E"), next_key("E500", "p"), next_key("E500", "c")]

    results = at_once(*[take] * 6)

    assert outcome(results) == [list] * 6
    assert sorted(row[0] for row in results) == [f"E{number}" for number in range(1, 7)]
    assert sorted(row[1] for row in results) == [f"p{number}" for number in range(1, 7)]
    assert sorted(row[2] for row in results) == [f"c{number}" for number in range(1, 7)]


def test_an_id_reserved_while_others_are_taken_is_not_given_out(threads, people):
    results = at_once(
        lambda: reserve_public_id("E3"),
        *[lambda: next_public_id("E")] * 3,
        lambda: reserve_public_id("E2"),
    )

    taken = [result for result in results if isinstance(result, str)]
    assert outcome(results).count(str) == 3
    assert len(set(taken)) == 3
    assert next_public_id("E") not in {*taken, "E2", "E3"}


def test_two_editors_adding_entries_and_parts_at_one_instant_get_their_own(threads, people):
    kind = world.term(by=people["by"])
    event = world.event(by=people["by"], kind=kind)

    def add(name: str) -> tuple[str, str]:
        with transaction.atomic(), attributed(by=people["by"], reason="x"):
            made = Event.objects.create(title=name, slug=name, kind=kind)
            part = event.quantities.create(what=name, best=1)
            return made.public_id, part.key

    results = at_once(*(lambda name=f"added-{number}": add(name) for number in range(4)))

    assert outcome(results) == [tuple] * 4
    assert {public_id for public_id, _ in results} == {"E2", "E3", "E4", "E5"}
    assert {key for _, key in results} == {"p1", "p2", "p3", "p4"}


def test_two_editors_saving_one_entry_at_one_instant_both_stand_in_the_newest_revision(
    threads, people
):
    """The second waits until the first is done, and then sees what the first one did."""
    event = world.event(by=people["by"])
    first_saved = threading.Event()

    def save(what: str, *, first: bool) -> int:
        if not first:
            first_saved.wait(timeout=30)
        with transaction.atomic(), attributed(by=people["by"], reason=what):
            event.quantities.model.objects.create(entry=event, what=what, best=1)
            revision = save_revision(Event.objects.get(pk=event.pk), by=people["by"], reason=what)
            if first:
                first_saved.set()
                time.sleep(0.3)
            return revision.number

    results = at_once(lambda: save("flags", first=True), lambda: save("chairs", first=False))

    assert outcome(results) == [int, int]
    assert results == [2, 3]
    copy = WorkingCopy.objects.select_related("revision").get(public_id=event.public_id)
    document = orjson.loads(copy.revision.document)
    assert document == world.document(event)
    assert {row["what"] for row in document["quantities"]} == {"flags", "chairs"}


def test_a_save_during_publication_stands_as_an_unpublished_change(threads, people):
    event = world.event("First", by=people["by"])
    world.publish_all(event, **people)
    for round_ in range(3):
        world.change(event, by=people["by"], title=f"Submitted {round_}")
        submission = approved(event, **people)

        results = at_once(
            lambda submission=submission: publish(submission, by=people["approved_by"]),
            lambda round_=round_: world.change(
                Event.objects.get(pk=event.pk), by=people["by"], title=f"Later {round_}"
            ),
        )

        assert outcome(results) == [Edition, Event]
        copy = WorkingCopy.objects.select_related("revision", "published").get(
            public_id=event.public_id
        )
        assert orjson.loads(copy.revision.document)["title"] == f"Later {round_}"
        assert orjson.loads(copy.published.document)["title"] == f"Submitted {round_}"
        assert copy.changed is True
        event.refresh_from_db()


def test_the_first_revisions_of_an_entry_at_one_instant_have_their_own_numbers(threads, people):
    with attributed(by=people["by"], reason="x"):
        event = Event.objects.create(title="Bare", slug="bare", kind=world.term())

    def save(title: str) -> int:
        with transaction.atomic():
            held = Event.objects.get(pk=event.pk)
            held.title = title
            held.save()
            return save_revision(held, by=people["by"], reason="x").number

    results = at_once(*(lambda title=f"Title {n}": save(title) for n in range(3)))

    assert outcome(results) == [int] * 3
    assert sorted(results) == [1, 2, 3]


@pytest.mark.postgres
def test_these_tests_ran_on_postgresql_with_connections_of_their_own(threads, people):
    """Or else the others prove nothing about it."""
    assert connection.vendor == "postgresql"

    def backend() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    assert len({backend(), *at_once(backend, backend, backend)}) >= 3
