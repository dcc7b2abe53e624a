"""Several people at one instant, on SQLite and on PostgreSQL alike."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection, transaction

from desk.history import attributed
from desk.keys import next_key, next_public_id, reserve_public_id
from desk.models import Revision, Submission, WorkingCopy
from desk.publishing import approve_and_publish, publish, withdraw
from desk.refusals import Refused
from desk.revisions import save_revision
from desk.submissions import approve, open_submission, resubmit, submission_checksum, submit
from desk.unpublished import publish_unpublished
from events.models import Event
from record.models import Change, Edition, Version
from record.reading import Record
from record.verification import verify
from tests import world
from tests.threads import at_once, database_for_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None, tmp_path: Path, request: Any) -> Iterator[dict[str, Any]]:
    with database_for_threads(tmp_path):
        cast = request.getfixturevalue("cast")
        yield {"by": cast.contributor, "approved_by": cast.editor, "chief": cast.chief_editor}


def pair(people: dict[str, Any]) -> dict[str, Any]:
    return {"by": people["by"], "approved_by": people["approved_by"]}


def approved(*entries: Any, people: dict[str, Any]) -> Submission:
    submission = world.submitted(*entries, by=people["by"])
    return approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))


def numbers() -> list[int]:
    return list(Edition.objects.order_by("number").values_list("number", flat=True))


def outcome(results: list[Any]) -> list[type]:
    """The kinds of what came of it; anything but a refusal is an error of ours."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refused):
            raise result
    return sorted((type(result) for result in results), key=lambda kind: kind.__name__)


# Publishing ------------------------------------------------------------------------------------


def test_publications_at_one_instant_follow_one_another(people):
    world.publish_all(world.event("First", by=people["by"]), **pair(people))
    submissions = [
        approved(world.event(f"Event {number}", by=people["by"]), people=people)
        for number in range(4)
    ]

    results = at_once(
        *(
            lambda submission=submission: publish(submission, by=people["approved_by"])
            for submission in submissions
        )
    )

    assert outcome(results) == [Edition] * 4
    assert numbers() == [1, 2, 3, 4, 5]
    assert verify().faults == []


def test_the_very_first_editions_at_one_instant_follow_one_another(people):
    submissions = [
        approved(world.term(f"Term {number}", by=people["by"]), people=people)
        for number in range(3)
    ]

    results = at_once(
        *(
            lambda submission=submission: publish(submission, by=people["approved_by"])
            for submission in submissions
        )
    )

    assert outcome(results) == [Edition] * 3
    assert numbers() == [1, 2, 3]
    assert verify().faults == []


def test_a_refused_publication_beside_a_good_one_leaves_no_gap(people):
    world.publish_all(world.event("First", by=people["by"]), **pair(people))
    good = approved(world.event("Good", by=people["by"]), people=people)
    bad = approved(world.event("Bad", by=people["by"], citations=[]), people=people)

    results = at_once(
        lambda: publish(bad, by=people["approved_by"]),
        lambda: publish(good, by=people["approved_by"]),
    )

    assert outcome(results) == [Edition, Refused]
    assert numbers() == [1, 2]
    assert verify().faults == []


def test_one_submission_published_twice_at_one_instant_makes_one_edition(people):
    world.publish_all(world.event("First", by=people["by"]), **pair(people))
    submission = approved(world.event("Second", by=people["by"]), people=people)

    results = at_once(*[lambda: publish(submission, by=people["approved_by"])] * 3)

    assert outcome(results) == [Edition, Refused, Refused]
    assert numbers() == [1, 2]


def test_two_approvals_at_one_instant_make_one_edition(people):
    world.publish_all(world.event("First", by=people["by"]), **pair(people))
    event = world.event("Second", by=people["by"])
    pk = world.submitted(event, by=people["by"]).pk
    checksum = submission_checksum(Submission.objects.get(pk=pk))

    results = at_once(
        *(
            lambda who=who: approve_and_publish(
                Submission.objects.get(pk=pk), by=who, checksum=checksum
            )
            for who in (people["approved_by"], people["chief"])
        )
    )

    assert outcome(results) == [Edition, Refused]
    assert numbers() == [1, 2]
    assert verify().faults == []


def test_everything_published_twice_at_one_instant_makes_one_edition(people):
    world.event("First", by=people["by"])

    results = at_once(*[lambda: publish_unpublished(reason="June.", **pair(people))] * 2)

    assert outcome(results) == [Edition, Refused]
    assert numbers() == [1]


def test_a_reference_and_the_withdrawal_of_what_it_leads_to_do_not_both_pass(people):
    """Whoever comes first wins; the record never holds a reference that leads nowhere."""
    lake = world.place("The Lake", by=people["by"])
    world.publish_all(lake, world.event("First", by=people["by"]), **pair(people))
    for round_ in range(3):
        event = world.event(f"By the lake {round_}", place=lake, by=people["by"])
        submission = approved(event, people=people)

        results = at_once(
            lambda submission=submission: publish(submission, by=people["approved_by"]),
            lambda: withdraw(
                [lake.public_id],
                by=people["chief"],
                approved_by=people["approved_by"],
                reason="There is no lake.",
            ),
        )

        assert verify().faults == []
        assert outcome(results) == [Edition, Refused]
        if not isinstance(results[1], Refused):
            break


def test_an_entry_withdrawn_twice_at_one_instant_goes_once(people):
    event = world.event("First", by=people["by"])
    world.publish_all(event, **pair(people))

    results = at_once(
        *[
            lambda: withdraw(
                [event.public_id],
                by=people["chief"],
                approved_by=people["approved_by"],
                reason="Not so.",
            )
        ]
        * 2
    )

    assert outcome(results) == [Edition, Refused]
    assert numbers() == [1, 2]
    assert verify().faults == []


def test_a_slug_is_published_for_one_of_two_entries(people):
    first = world.event("The talks", by=people["by"])
    one = approved(*world._with_what_they_need([first]), people=people)
    world.change(first, by=people["by"], slug="the-first-talks")
    second = world.event("The talks", by=people["by"], slug="the-talks", citations=[])
    second.waivers.create(claim="entry", reason="Known.")
    second.waivers.create(claim="date", reason="Known.")
    world.change(second, by=people["by"], kind=first.kind)
    other = approved(second, people=people)

    results = at_once(
        lambda: publish(one, by=people["approved_by"]),
        lambda: publish(other, by=people["approved_by"]),
    )

    # The second also needs the first one's term, so that only one order can pass.
    assert outcome(results) == [Edition, Refused]
    assert Version.objects.filter(slug="the-talks").count() == 1
    assert verify().faults == []


def test_what_was_reviewed_is_published_whatever_is_resubmitted_meanwhile(people):
    """Invariant 6, at one instant."""
    event = world.event("First", by=people["by"])
    world.publish_all(event, **pair(people))
    for round_ in range(3):
        world.change(event, by=people["by"], title=f"Reviewed {round_}")
        submission = world.submitted(event, by=people["by"])
        checksum = submission_checksum(submission)
        world.change(event, by=people["by"], title=f"Not reviewed {round_}")

        results = at_once(
            lambda pk=submission.pk, checksum=checksum: approve_and_publish(
                Submission.objects.get(pk=pk), by=people["approved_by"], checksum=checksum
            ),
            lambda pk=submission.pk: resubmit(Submission.objects.get(pk=pk), by=people["by"]),
        )

        assert len(outcome(results)) == 2
        label = Version.objects.get(public_id=event.public_id, superseded_in=None).label
        if isinstance(results[0], Refused):
            assert label != f"Reviewed {round_}"
            Submission.objects.get(pk=submission.pk).items.update(is_open=False)
        else:
            assert label == f"Reviewed {round_}"
        assert not label.startswith("Not reviewed")


def test_an_entry_submitted_twice_at_one_instant_is_in_one_submission(people):
    events = [world.event(f"Event {number}", by=people["by"]) for number in range(3)]
    ids = [event.public_id for event in events]

    results = at_once(
        lambda: submit(ids, by=people["by"], reason="One."),
        lambda: submit(ids[::-1], by=people["by"], reason="Other."),
    )

    assert outcome(results) == [Refused, Submission]
    assert Submission.objects.count() == 1


# Reading while others publish ------------------------------------------------------------------


def test_a_list_read_during_publications_is_of_one_edition(people):
    """Every edition changes every event; a list with two of them is torn."""
    events = [world.event(f"Edition 1, event {number}", by=people["by"]) for number in range(5)]
    world.publish_all(*events, **pair(people))
    submissions = []
    for edition in (2, 3, 4):
        for number, event in enumerate(events):
            world.change(event, by=people["by"], title=f"Edition {edition}, event {number}")
        newest = WorkingCopy.objects.filter(type="event").values("revision")
        submissions.append(list(Revision.objects.filter(pk__in=newest)))
    done = threading.Event()
    seen: list[tuple[int, list[str], int, set[str]]] = []

    def read() -> None:
        while not done.is_set() or not seen:
            record = Record.current()
            versions = list(record.versions("event"))
            labels = [orjson.loads(version.document)["title"] for version in versions]
            time.sleep(0.005)
            links = record.links().filter(type="event", predicate="kind").count()
            names = record.references([version.public_id for version in versions])
            seen.append((record.number, labels, links, {one.name for one in names.values()}))

    def write() -> None:
        try:
            for revisions in submissions:
                submission = open_submission(
                    [(revision, Change.CORRECTION) for revision in revisions],
                    by=people["by"],
                    reason="Again.",
                )
                approve(
                    submission,
                    by=people["approved_by"],
                    checksum=submission_checksum(submission),
                )
                number = publish(submission, by=people["approved_by"]).number
                deadline = time.monotonic() + 20
                while time.monotonic() < deadline and all(row[0] != number for row in seen):
                    time.sleep(0.005)
        finally:
            done.set()

    results = at_once(write, read, read)

    assert results == [None, None, None]
    assert {number for number, *_ in seen} | {1} == {1, 2, 3, 4}
    for number, labels, links, names in seen:
        expected = [f"Edition {number}, event {index}" for index in range(5)]
        assert sorted(labels) == expected
        assert links == 5
        assert names == set(expected)


# The desk --------------------------------------------------------------------------------------


def test_ids_and_keys_taken_at_one_instant_are_different(people):
    def take() -> list[str]:
        with transaction.atomic():
            return [next_public_id("E"), next_key("E500", "p"), next_key("E500", "c")]

    results = at_once(*[take] * 6)

    assert outcome(results) == [list] * 6
    assert sorted(row[0] for row in results) == [f"E{number}" for number in range(1, 7)]
    assert sorted(row[1] for row in results) == [f"p{number}" for number in range(1, 7)]
    assert sorted(row[2] for row in results) == [f"c{number}" for number in range(1, 7)]


def test_an_id_reserved_while_others_are_taken_is_not_given_out(people):
    results = at_once(
        lambda: reserve_public_id("E3"),
        *[lambda: next_public_id("E")] * 3,
        lambda: reserve_public_id("E2"),
    )

    taken = [result for result in results if isinstance(result, str)]
    assert outcome(results).count(str) == 3
    assert len(set(taken)) == 3
    assert next_public_id("E") not in {*taken, "E2", "E3"}


def test_two_editors_adding_entries_and_parts_at_one_instant_get_their_own(people):
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


def test_two_editors_saving_one_entry_at_one_instant_both_stand_in_the_newest_revision(people):
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


def test_a_save_during_publication_stands_as_an_unpublished_change(people):
    event = world.event("First", by=people["by"])
    world.publish_all(event, **pair(people))
    for round_ in range(3):
        world.change(event, by=people["by"], title=f"Submitted {round_}")
        submission = approved(event, people=people)

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


def test_the_first_revisions_of_an_entry_at_one_instant_have_their_own_numbers(people):
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
def test_these_tests_ran_on_postgresql_with_connections_of_their_own(people):
    """Or else the others prove nothing about it."""
    assert connection.vendor == "postgresql"

    def backend() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    assert len({backend(), *at_once(backend, backend, backend)}) >= 3
