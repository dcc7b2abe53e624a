"""Reading while others publish: no list is torn."""

import threading
import time

import orjson
import pytest

from desk.models import Revision, WorkingCopy
from desk.publishing import publish
from desk.submissions import approve, open_submission, submission_checksum
from record.models import Change
from record.reading import Record
from tests import world
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_read_during_publications_is_of_one_edition(threads, people):
    """Every edition changes every event; a list with two of them is torn."""
    events = [world.event(f"Edition 1, event {number}", by=people["by"]) for number in range(5)]
    world.publish_all(*events, **people)
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
