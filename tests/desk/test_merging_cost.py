"""What a merger costs in queries, with one entry that refers to the loser and with three."""

import pytest

from desk.merging import request_merger
from desk.publishing import approve_and_publish
from desk.submissions import submission_checksum
from tests import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("referrers", "publishing"), [(1, 152), (3, 152 + 2 * 30)])
def test_asking_costs_the_same_and_publishing_applies_a_document_to_each(
    referrers, publishing, people, chief_editor, editor, django_assert_num_queries
):
    loser, winner = (world.actor(name, by=people["by"]) for name in ("Realm", "The Realm"))
    events = [
        world.event(
            f"Event {number}",
            participants=[world.participant(loser, by=people["by"])],
            by=people["by"],
        )
        for number in range(referrers)
    ]
    world.publish_all(winner, *events, **people)
    ids = loser.public_id, winner.public_id

    with django_assert_num_queries(63):
        submission = request_merger(*ids, by=chief_editor, reason="Entered twice.")

    checksum = submission_checksum(submission)
    with django_assert_num_queries(publishing):
        approve_and_publish(submission, by=editor, checksum=checksum)
