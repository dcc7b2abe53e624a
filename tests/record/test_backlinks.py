"""What refers to an entry: told whole, or as the first of so many with the list of all."""

import pytest

from actors.reading import BACKLINKS as OF_ACTORS
from events.reading import BACKLINKS as OF_EVENTS
from places.reading import BACKLINKS as OF_PLACES
from proposals.reading import BACKLINKS as OF_PROPOSALS
from record.backlinks import linked_back
from record.reading import Record
from tests import world
from tests.answers import API
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

BACKLINKS = [
    *(("actor", backlink) for backlink in OF_ACTORS),
    *(("event", backlink) for backlink in OF_EVENTS),
    *(("place", backlink) for backlink in OF_PLACES),
    *(("proposal", backlink) for backlink in OF_PROPOSALS),
]


@pytest.fixture
def full(cast, full):
    body = world.Actor.objects.get(slug="conference-of-states")
    adviser = world.actor("An adviser", tenures=[{"role": "Adviser", "organisation": body}])
    next_day = world.event("Next day", follows=[full.event], part_of=full.event)
    world.publish_all(adviser, next_day, by=cast.contributor, approved_by=cast.editor)
    return full


@pytest.mark.parametrize(
    ("type_name", "backlink"), BACKLINKS, ids=[f"{name} {link.name}" for name, link in BACKLINKS]
)
def test_list_of_all_has_as_many_as_a_cut_list_says(reader, full, monkeypatch, type_name, backlink):
    record = Record.current()
    whole = {
        version: linked_back(record, version, [backlink])[backlink.name]
        for version in record.versions(type_name)
    }
    assert {linked.cut for linked in whole.values()} == {None}
    monkeypatch.setattr("record.backlinks.MOST", 0)
    referred_to = [version for version, linked in whole.items() if linked.entries]
    assert referred_to
    for version in referred_to:
        cut = linked_back(record, version, [backlink])[backlink.name].cut
        assert (cut.shown, cut.total) == (0, len(whole[version].entries))
        title = page_at(reader, cut.url).at("results-title").text
        assert title.split()[0] == str(cut.total)
        answered = reader.get(f"{API}{cut.url}").json()["results"]
        assert [result["id"] for result in answered] == [
            linking.document["id"] for linking in whole[version].entries
        ]


@pytest.mark.parametrize("number", [3, 5])
def test_cut_list_costs_one_query_more_however_much_is_cut(
    cast, monkeypatch, django_assert_num_queries, number
):
    monkeypatch.setattr("record.backlinks.MOST", 2)
    body = world.actor("The Body")
    guests = [
        world.event(f"Event {n}", participants=[world.participant(body)]) for n in range(number)
    ]
    world.publish_all(*guests, by=cast.contributor, approved_by=cast.editor)
    (backlink,) = [backlink for backlink in OF_ACTORS if backlink.name == "events"]
    record = Record.current()
    version = record.get("actor", body.public_id)
    with django_assert_num_queries(2):
        linked = linked_back(record, version, [backlink])[backlink.name]
    assert len(linked.entries) == 2
    assert linked.cut.total == number
