"""Editions: numbered without gaps, a chain that verifies, written whole or not at all."""

import datetime

import pytest
import time_machine
from django.db import DatabaseError, connection

from desk.models import Submission, WorkingCopy
from desk.publishing import publish
from desk.submissions import approve, submission_checksum
from record.canonical import edition_checksum
from record.models import Check, Edition, EditionCounter, Link, Version
from record.reading import Record
from record.verification import verify
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def standing(entry) -> Version:
    return Version.objects.get(public_id=entry.public_id, superseded_in=None)


def faults() -> list[str]:
    return list(verify().faults)


def test_editions_make_a_chain_that_anyone_can_verify(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Another title")
    second = world.publish_all(event, reason="A better title.", **people)
    [version] = second.versions.all()

    assert second.checksum == edition_checksum(
        number=2,
        published_at=second.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        reason="A better title.",
        by="editor",
        approved_by="editor",
        four_eyes=True,
        versions=[
            {"id": event.public_id, "change": "correction", "checksum": version.checksum},
        ],
        previous=Edition.objects.get(number=1).checksum,
    )
    assert faults() == []


def test_editions_name_roles_and_no_persons(cast):
    event = world.event(by=cast.contributor)
    edition = world.publish_all(event, by=cast.contributor, approved_by=cast.administrator)

    assert (edition.by, edition.approved_by) == ("administrator", "administrator")


def test_time_never_goes_back_between_editions(people):
    event = world.event(by=people["by"])
    with time_machine.travel(datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC), tick=False):
        first = world.publish_all(event, **people)
    with time_machine.travel(datetime.datetime(2030, 4, 1, 12, tzinfo=datetime.UTC), tick=False):
        world.change(event, by=people["by"], title="Another title")
        second = world.publish_all(event, **people)

    assert first.published_at == datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC)
    assert second.published_at == first.published_at


def test_refused_publications_leave_no_gap(people):
    """Invariant 2."""
    good = world.event("Good", by=people["by"])
    bad = world.event("Bad", by=people["by"], citations=[])
    world.publish_all(good, **people)
    for _ in range(3):
        assert refusal(lambda: world.publish_all(bad, **people))
        Submission.objects.filter(state="approved").delete()
    world.change(good, by=people["by"], title="Better")
    world.publish_all(good, **people)

    assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert EditionCounter.objects.get().value == 2
    assert faults() == []


def test_counting_starts_past_the_editions_that_are_there(people):
    """As in a record that was loaded from somewhere else."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    EditionCounter.objects.all().delete()
    world.change(event, by=people["by"], title="Another title")

    assert world.publish_all(event, **people).number == 2


class Interrupted(DatabaseError):
    pass


def test_publishing_that_is_cut_off_anywhere_leaves_the_record_as_it_was(people):
    """Each statement in turn fails; what was there before is there, whole, and nothing else."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Another title")
    place = world.place("The Bridge", by=people["by"])
    submission = world.submitted(event, place, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    def contents():
        return [
            list(model.objects.order_by("pk").values_list())
            for model in (Edition, Version, Link, Check, EditionCounter, WorkingCopy, Submission)
        ]

    before, cut = contents(), 0
    while True:
        statements = 0

        def interrupt(execute, sql, params, many, context, at=cut):
            nonlocal statements
            statements += 1
            if statements == at + 1:
                raise Interrupted(sql)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(interrupt):
                publish(submission, by=people["approved_by"])
        except Interrupted:
            cut += 1
            assert contents() == before
            continue
        break

    assert cut > 20
    assert Record.current().number == 2
    assert [version.label for version in Record.current().versions("event")] == ["Another title"]
    assert faults() == []


def test_publishing_asks_no_more_for_thirty_entries_than_for_three(people):
    counts = []
    for number in (3, 30):
        places = [world.place(f"Place {number} {index}") for index in range(number)]
        world.Source.objects.get()  # one source for all, already there
        submission = world.submitted(
            *world.with_what_they_need(places), by=people["by"], reason="Places."
        )
        approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
        queries = []

        def count(execute, sql, params, many, context, queries=queries):
            queries.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            publish(submission, by=people["approved_by"])
        counts.append(len(queries))

    # The first submission also brought the source, which has evidence of another kind.
    assert counts[1] <= counts[0]
