"""Reading the record as it stood at each edition (invariant 9)."""

import datetime

import orjson
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.canonical import selector_digest
from record.models import Check, Version
from record.reading import (
    Gone,
    Moved,
    NotInRecord,
    Record,
    Reference,
    document_of,
    part_keys,
    targets_of,
)
from sources.models import SourceText
from tests import world

pytestmark = pytest.mark.django_db


def statements(call) -> int:
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def state_of(record: Record) -> dict[str, object]:
    """All that can be read, in the order in which it is given."""
    versions = list(record.versions())
    return {
        "documents": [version.document for version in versions],
        "links": sorted(record.links().values_list("public_id", "predicate", "target", "part")),
        "references": record.references({version.public_id for version in versions}),
        "by slug": [record.get(version.type, version.slug).pk for version in versions],
    }


# As of -----------------------------------------------------------------------------------------


def test_each_edition_is_read_for_ever_as_it_was_when_it_was_new(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    kind = world.term("Talks", by=people["by"])
    first = world.event("First", date="1997-07-02", kind=kind, by=people["by"])
    second = world.event("Second", date="1997-07-03", kind=kind, by=people["by"])
    seen = {0: state_of(Record.current())}

    def edition(call) -> None:
        number = call().number
        assert Record.current().number == number
        seen[number] = state_of(Record.current())

    edition(lambda: world.publish_all(first, second, **people))
    world.change(first, by=people["by"], title="The first", slug="the-first")
    edition(lambda: world.publish_all(first, **people))
    world.change(second, by=people["by"], place=lake, date=world.PartialDate("1997-07-01"))
    world.cite(second, by=people["by"], claims=["place"])
    world.change(second, by=people["by"])
    edition(lambda: world.publish_all(second, **people))
    edition(
        lambda: withdraw(
            [first.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No."
        )
    )
    world.change(lake, by=people["by"], names=[{"text": "The Great Lake", "preferred": True}])
    world.change(lake, by=people["by"], citations=[{}])
    edition(lambda: world.publish_all(lake, **people))
    edition(lambda: world.publish_only(first, reason="Again.", **people))

    assert sorted(seen) == list(range(7))
    assert {number: state_of(Record(number)) for number in seen} == seen
    assert len({str(state) for state in seen.values()}) == 7


def test_the_record_before_the_first_edition_is_empty():
    assert Record.current().number == 0
    assert Record(0).edition is None
    assert list(Record(0).versions()) == []
    with pytest.raises(NotInRecord):
        Record(0).get("event", "E1")


def test_a_number_beyond_the_newest_edition_reads_like_the_newest(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)

    assert state_of(Record(99)) == state_of(Record(1))
    assert Record(99).edition is None


def test_days_end_at_midnight_in_utc(people):
    event = world.event(by=people["by"])
    world.publish_all(world.event("Another"), **people)
    with time_machine.travel(datetime.datetime(2030, 5, 1, 23, 59, 59, tzinfo=datetime.UTC)):
        world.publish_all(event, **people)
    with time_machine.travel(datetime.datetime(2030, 5, 2, 0, 0, 1, tzinfo=datetime.UTC)):
        world.change(event, by=people["by"], title="Another title")
        world.publish_all(event, **people)

    days = {
        datetime.date(2000, 1, 1): 0,
        datetime.date(2030, 4, 30): 1,
        datetime.date(2030, 5, 1): 2,
        datetime.date(2030, 5, 2): 3,
        datetime.date(9999, 12, 31): 3,
    }
    assert {day: Record.on(day).number for day in days} == days


def test_versions_come_in_the_order_of_their_dates(people):
    dates = ["1997-07-02", "1997", None, "1997-07", "../1998", "1997-07-02/1997-07-03", "1990/.."]
    events = [
        world.event(f"Event {number}", date=date, by=people["by"])
        for number, date in enumerate(dates)
    ]
    world.publish_all(*events, **people)

    ordered = [orjson.loads(version.document)["date"] for version in Record(1).versions("event")]
    assert [date and date["edtf"] for date in ordered] == [
        "1990/..",
        "1997",
        "1997-07",
        "1997-07-02",
        "1997-07-02/1997-07-03",
        "../1998",
        None,
    ]


# One entry -------------------------------------------------------------------------------------


def test_get_finds_by_id_and_by_slug(people):
    event = world.event("The talks", by=people["by"])
    world.publish_all(event, **people)
    version = Version.objects.get(public_id=event.public_id)

    assert Record(1).get("event", event.public_id) == version
    assert Record(1).get("event", "the-talks") == version
    assert statements(lambda: Record(1).get("event", "the-talks")) == 1


def test_get_says_what_is_not_in_the_record(people):
    world.publish_all(world.event(by=people["by"]), **people)

    for name in [
        "E99",
        "e1",
        "nothing",
        "",
        "\x00",
        "a\x00b",
        "\ud800",
        "x" * 5000,
        "E1 ",
        "' OR 1",
    ]:
        with pytest.raises(NotInRecord):
            Record(1).get("event", name)


def test_get_does_not_find_an_entry_of_another_type(people):
    event = world.event("The talks", by=people["by"])
    world.publish_all(event, **people)

    for name in (event.public_id, "the-talks"):
        with pytest.raises(NotInRecord):
            Record(1).get("actor", name)


def test_get_does_not_find_what_is_published_later(people):
    first, second = world.event("First", by=people["by"]), world.event("Second", by=people["by"])
    world.publish_all(first, **people)
    world.publish_all(second, **people)

    for name in (second.public_id, "second"):
        with pytest.raises(NotInRecord):
            Record(1).get("event", name)
        assert Record(2).get("event", name).public_id == second.public_id


def test_old_slugs_lead_to_the_entry_in_every_edition_that_knows_them(people):
    event = world.event("The talks", by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], slug="the-first-talks")
    world.publish_all(event, **people)
    new = Version.objects.get(public_id=event.public_id, superseded_in=None)

    with pytest.raises(Moved) as moved:
        Record(2).get("event", "the-talks")
    assert (moved.value.version, moved.value.tombstone) == (new, None)
    with CaptureQueriesContext(connection) as queries, pytest.raises(Moved):
        Record(2).get("event", "the-talks")
    assert len(queries) == 2
    assert Record(1).get("event", "the-talks").superseded_in_id == 2
    with pytest.raises(Moved) as back:
        Record(1).get("event", "the-first-talks")
    assert back.value.version.slug == "the-talks"


def test_withdrawn_entries_are_gone_by_id_and_by_every_slug(people, chief_editor):
    event = world.event("The talks", by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], slug="the-first-talks")
    world.publish_all(event, **people)
    withdraw([event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    for name in (event.public_id, "the-talks", "the-first-talks"):
        with pytest.raises(Gone) as gone:
            Record(3).get("event", name)
        assert document_of(gone.value.version)["state"] == "withdrawn"
    assert Record(2).get("event", "the-first-talks").public_id == event.public_id
    assert Record(3).references({event.public_id}) == {}


def test_merged_entries_lead_to_where_they_went(people):
    """Merging itself is not written yet: its tombstones are published by hand."""
    first, second, third = (world.event(name, by=people["by"]) for name in ("One", "Two", "Three"))
    world.publish_all(first, second, third, **people)
    world.merge_by_hand(first, second, keys={}, **people)
    world.merge_by_hand(second, third, keys={}, **people)

    for name in (first.public_id, "one"):
        with pytest.raises(Moved) as moved:
            Record(3).get("event", name)
        assert moved.value.version.public_id == third.public_id
        assert moved.value.tombstone is not None
        assert moved.value.tombstone.public_id == first.public_id
        with pytest.raises(Moved) as moved:
            Record(2).get("event", name)
        assert moved.value.version.public_id == second.public_id


def test_merged_entries_are_gone_with_what_they_went_into(people, chief_editor):
    first, second = (world.event(name, by=people["by"]) for name in ("One", "Two"))
    world.publish_all(first, second, **people)
    world.merge_by_hand(first, second, keys={}, **people)
    withdraw([second.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    for name in (first.public_id, "one"):
        with pytest.raises(Gone) as gone:
            Record(3).get("event", name)
        assert (gone.value.version.public_id, gone.value.version.state) == ("E1", "merged")
        assert gone.value.into is not None
        assert (gone.value.into.public_id, gone.value.into.state) == ("E2", "withdrawn")


def test_merged_entries_are_gone_with_what_was_redacted(people, chief_editor):
    first, second = (world.event(name, by=people["by"]) for name in ("One", "Two"))
    world.publish_all(first, second, **people)
    world.merge_by_hand(first, second, keys={}, **people)
    asked = {"by": chief_editor, "approved_by": people["approved_by"], "reason": "Law."}
    redact(second.public_id, editions=[1], then=Then.TOMBSTONE, **asked)

    with pytest.raises(Gone) as gone:
        Record(3).get("event", first.public_id)
    assert gone.value.version.public_id == first.public_id
    assert gone.value.into is not None
    assert gone.value.into.public_id == second.public_id


# References, checks ----------------------------------------------------------------------------


def test_references_are_named_as_in_the_edition_read(people):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(by=people["by"], place=lake)
    world.publish_all(event, **people)
    world.change(
        lake,
        by=people["by"],
        slug="great-lake",
        names=[{"text": "The Great Lake", "preferred": True}],
        citations=[{}],
    )
    world.publish_all(lake, **people)
    wanted = {lake.public_id, "L99", "nonsense"}

    assert Record(1).references(wanted) == {
        lake.public_id: Reference("L1", "place", "The Lake", "the-lake", "/places/the-lake/")
    }
    assert Record(2).references(wanted)[lake.public_id].name == "The Great Lake"
    assert statements(lambda: Record(2).references([lake.public_id])) == 1
    assert statements(lambda: Record(2).references(wanted)) == 2  # was it redacted since?
    assert statements(lambda: Record(2).references([])) == 0
    assert Record(2).references(wanted)["L1"] == Reference(
        "L1", "place", "The Great Lake", "great-lake", "/places/great-lake/"
    )


def test_references_of_versions_are_all_that_their_documents_name(people):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(by=people["by"], place=lake)
    world.publish_all(event, **people)
    record = Record(1)
    versions = list(record.versions())
    keys = [version.pk for version in versions]

    assert set(record.references_of(keys)) == {
        target for version in versions for target in targets_of(version)
    }
    assert statements(lambda: record.references_of(keys)) == 2


def test_checks_are_the_newest_of_the_very_selector(people):
    source = world.source(by=people["by"])
    world.hold_text(source, "They met by the lake.")
    event = world.event(by=people["by"], citations=[{"source": source, "start": "by the lake"}])
    world.publish_all(event, **people)
    document = document_of(Record(1).get("event", event.public_id))
    selector = document["citations"][0]["selector"]
    [first] = Check.objects.all()

    assert (first.selector, first.state) == (selector_digest(selector), "exact")
    assert Record(1).checks([document]) == {f"{event.public_id}/c1": first}

    SourceText.objects.create(source=source, text="They met at the lake, by the lake.", headings=[])
    world.change(event, by=people["by"], title="Another title")
    world.publish_all(event, **people)
    newest = Check.objects.order_by("id").last()

    assert newest != first
    assert Record(2).checks([document]) == {f"{event.public_id}/c1": newest}
    other = {**document, "citations": [{**document["citations"][0]}]}
    other["citations"][0]["selector"] = {**selector, "start": "They met"}
    assert Record(2).checks([other]) == {}
    assert Record(2).checks([{"id": "L1"}]) == {}
    assert statements(lambda: Record(2).checks([document])) == 1


def test_a_check_is_logged_anew_when_it_says_something_else_on_the_same_day(people):
    """The newest check is what is shown, so an older one that was right again is not enough."""
    source = world.source(by=people["by"])
    right = world.hold_text(source, "They met by the lake.")
    event = world.event(by=people["by"], citations=[{"source": source, "start": "by the lake"}])
    world.publish_all(event, **people)
    world.hold_text(source, "They met by the lake, by the lake: by the lake.")
    event.waivers.create(claim="entry", reason="Known.")
    event.waivers.create(claim="date", reason="Known.")
    world.change(event, by=people["by"])
    world.publish_all(event, **people)
    right.delete()
    world.hold_text(source, "They met by the lake.")
    for title in ("Another title", "A third title"):
        world.change(event, by=people["by"], title=title)
        world.publish_all(event, **people)

    assert list(Check.objects.values_list("state", flat=True)) == ["exact", "ambiguous", "exact"]
    document = document_of(Record(4).get("event", event.public_id))
    assert Record(4).checks([document])[f"{event.public_id}/c1"].state == "exact"


def test_part_keys_are_those_of_parts_alone(people):
    event = world.event(by=people["by"], quantities=[{"what": "flags", "best": 1}])

    assert part_keys(world.document(event)) == {"p1"}
