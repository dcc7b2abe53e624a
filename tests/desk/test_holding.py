"""One order in which everybody waits for entries, their keys and their working copies."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.holding import hold_copies, hold_entries
from desk.merging import request_merger
from desk.models import Submission
from desk.publishing import publish
from desk.refusals import Refused
from desk.submissions import approve, submission_checksum
from exchange.exporting import export
from exchange.importing import carry_out
from exchange.planning import plan
from record.models import Edition
from tests import world
from tests.exchange.files import read
from tests.threads import at_once, outcome


@pytest.mark.django_db
def test_entries_are_held_type_by_type_in_the_order_of_their_rows(contributor):
    events = [world.event(f"Event {number}", by=contributor) for number in range(11)]
    actor = world.actor(by=contributor)
    ids = [actor.public_id, *(event.public_id for event in reversed(events))]

    with CaptureQueriesContext(connection) as queries:
        held = hold_entries(ids)
        hold_copies(ids)

    assert list(held) == [actor.public_id, *(event.public_id for event in events)]
    orders = [query["sql"].partition("ORDER BY ")[2] for query in queries]
    assert [order.split()[0] for order in orders] == [
        '"actors_actor"."id"',
        '"events_event"."id"',
        '"desk_workingcopy"."public_id"',
    ]


@pytest.mark.django_db(transaction=True)
def test_an_import_and_a_merger_of_the_same_entries_wait_for_one_another(
    threads: None, people: Any, chief_editor: Any
):
    """E10 comes before E9 in a file, and after it in a merger."""
    by = people["by"]
    for round_ in range(2):
        loser, winner = (world.actor(f"{name} {round_}", by=by) for name in ("One", "Other"))
        events = [
            world.event(f"Event {number}", participants=[world.participant(loser, by=by)], by=by)
            for number in range(10)
        ]
        world.publish_all(winner, *events, **people)
        merger = request_merger(loser.public_id, winner.public_id, by=chief_editor, reason="Twice.")
        approve(merger, by=people["approved_by"], checksum=submission_checksum(merger))
        tables = export(sorted((event.public_id for event in events), reverse=True))
        note = tables["events"][0].index("editor_note")
        for row in tables["events"][1:]:
            row[note] = "Changed."
        found = plan(read({"events": tables["events"]}))

        results = at_once(
            lambda merger=merger: publish(merger, by=people["approved_by"]),
            lambda found=found: carry_out(found, by=by, reason="From a spreadsheet."),
        )

        # Whoever comes second may find that the desk has moved; nobody is told of a deadlock.
        assert outcome(results) in ([Edition, Refused], [Edition, Submission])
