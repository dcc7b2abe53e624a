"""Whatever fails between two statements of publishing, there is the old edition or the new one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import count
from typing import Any

import pytest
from django.core import mail
from django.db import connection, connections

from desk.models import OPEN_STATES, Merger, Submission, WorkingCopy
from record.models import EditionCounter, Version
from record.verification import verify
from tests import world
from tests.desk.acts import ACTS
from tests.faults import COMMIT, Interrupted, failing_at, kill_at, steps_of
from tests.kept import contents
from tests.refusals import refusal
from tests.threads import editions

pytestmark = pytest.mark.django_db(transaction=True)

RETRIED = 8  # how many steps there are between two retries: each takes as long as three failures
# Of one moment until it ends, without keeping anybody from writing.
SNAPSHOT = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ"}


def unfit() -> list[str]:
    """What is wrong with the record, and where the desk does not say what stands in it."""
    wrong = list(verify().faults)
    numbers = editions()
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(f"The editions are {numbers}.")
    counters = list(EditionCounter.objects.values_list("value", flat=True))
    if counters != numbers[-1:]:
        wrong.append(f"The counter stands at {counters}.")
    for submission in Submission.objects.prefetch_related("items__revision"):
        wrong += unfit_submission(submission)
    standing = dict(
        Version.objects.filter(superseded_in=None, state="published").values_list(
            "public_id", "document"
        )
    )
    for copy in WorkingCopy.objects.select_related("published", "revision"):
        public = copy.published.document if copy.published else None
        if public != standing.get(copy.public_id):
            wrong.append(f"The desk takes something else of {copy} to be public.")
        if copy.published and copy.changed != (copy.published.document != copy.revision.document):
            wrong.append(f"The desk does not know whether {copy} has changed.")
    return wrong


def searched() -> dict[str, list[Any]]:
    """The rows of the search, which no model is of; on SQLite those of the tables behind it."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        held = {}
        for table in connection.introspection.table_names(cursor):
            if table.startswith("record_search_") if sqlite else table == "record_search":
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 (names of ours)
                held[table] = cursor.fetchall()
    return held


def unfit_submission(submission: Submission) -> list[str]:
    is_open = submission.state in OPEN_STATES
    wrong = []
    # What only refers to an entry that is merged is held by nobody.
    held = [item for item in submission.items.all() if item.public_id in held_by(submission)]
    if any(item.is_open != is_open for item in held):
        wrong.append(f"{submission} is {submission.state}, and its entries are not.")
    if (submission.state == "published") != (submission.edition is not None):
        wrong.append(f"{submission} is {submission.state}, in {submission.edition}.")
    if submission.edition is not None:
        versions = submission.edition.versions.all()
        redacted = {version.public_id for version in versions if version.redacted_in_id}
        published = {
            (version.public_id, version.change, version.document)
            for version in versions
            if version.public_id not in redacted
        }
        items = {
            (item.public_id, item.change, item.revision.document)
            for item in submission.items.all()
            if item.public_id not in redacted
        }
        if published != items:
            wrong.append(f"{submission.edition} is not what {submission} holds.")
    return wrong


def held_by(submission: Submission) -> set[str]:
    merger = Merger.objects.filter(submission=submission).first()
    if merger is None:
        return {item.public_id for item in submission.items.all()}
    return {merger.loser, merger.winner}


@contextmanager
def reading_meanwhile() -> Iterator[Callable[[], list[int]]]:
    """A reader that began before: what it sees, of one moment, whoever writes or dies."""
    reader = connections.create_connection("default")
    try:
        with reader.cursor() as cursor:

            def numbers() -> list[int]:
                cursor.execute("SELECT number FROM record_edition ORDER BY number")
                return [number for (number,) in cursor.fetchall()]

            cursor.execute(SNAPSHOT[connection.vendor])
            numbers()
            yield numbers
            cursor.execute("COMMIT")
    finally:
        reader.close()


@pytest.mark.parametrize("name", ACTS)
def test_a_statement_that_fails_leaves_the_old_edition_and_can_be_tried_again(cast, name):
    """Each statement in turn, and the commit; of the two longest acts, each second or fifth.

    What verifies with these very rows need not be verified again at each: that it reads nothing
    else is seen where it is tried again.
    """
    act = ACTS[name]
    given = act.prepare(cast)
    mail.outbox.clear()
    before, found, old = contents(), searched(), editions()
    assert unfit() == []
    assert any(found.values())

    for step in count(1, act.every):
        try:
            with failing_at(step) as done:
                act.publish(**given)
            break
        except Interrupted:
            assert COMMIT not in done
            assert contents() == before, done[-1:]
            assert mail.outbox == []
            assert searched() == found, done[-1:]
            if step % RETRIED == 0:
                assert steps_of(name, given, then=unfit) + 2 > step

    # What fails after the commit, like a letter, makes nothing undone.
    assert done.count(COMMIT) == 1
    assert editions() == [*old, old[-1] + 1]
    assert unfit() == []


@pytest.mark.parametrize(
    ("name", "kills", "has_reader"),
    [
        ("approve and publish", 9, False),
        ("approve and publish", 4, True),
        ("publish a correction", 3, False),
        ("publish a merger", 3, False),
        ("redact", 3, False),
    ],
)
def test_a_process_that_is_killed_leaves_the_old_edition_or_the_new_one(
    threads, cast, name, kills, has_reader
):
    given = ACTS[name].prepare(cast)
    before, old = contents(), editions()
    last = steps_of(name, given) - 2

    with reading_meanwhile() if has_reader else nullcontext(lambda: old) as seen:
        for step in [1 + kill * (last - 1) // (kills - 1) for kill in range(kills)]:
            # Whoever opens the database next finds what the dead process left.
            connection.close()
            kill_at(step, name, given)
            assert contents() == before, step
            assert unfit() == [], step
        kill_at(COMMIT, name, given)
        assert contents() == before
        kill_at(None, name, given)
        assert editions() == [*old, old[-1] + 1]
        assert unfit() == []
        assert seen() == old

    # Nobody knows whether it was published who was killed: trying again says so.
    done = Submission.objects.get(pk=given["submission"])
    assert refusal(lambda: ACTS[name].publish(**given)) == [
        f"{done} is published; only one that is submitted can be approved."
    ]
    assert world.publish_all(
        world.event("Next", by=cast.contributor), by=cast.contributor, approved_by=cast.editor
    ).number == len(editions())
    assert unfit() == []
