"""Who held an office, and on which day."""

import pytest

from actors.holders import holders_of
from chronicle.dates import PartialDate
from record.days import read_day
from record.reading import Record
from tests import world
from tests.answers import answer, refusal
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

HELD = {
    "Early": "1990/1995-06",
    "Between": "1995/1997-02-01",
    "Open": "1997/..",
    "Unended": "1996/",
    "Once": "1996-05",
    "That day": "1996-05-02",
    "Undated": "",
}


@pytest.fixture
def chair(cast):
    body = world.actor("The Council", offices=[{"title": "Chair"}])
    office = body.offices.get()
    holders = [
        world.actor(
            name,
            kind="person",
            tenures=[{"office": office, "held": PartialDate(held) if held else None}],
            citations=[{"source": world.source(f"On {name}")}],
        )
        for name, held in HELD.items()
    ]
    world.publish_all(body, *holders, by=cast.contributor, approved_by=cast.editor)
    return office


ON_DAYS = {
    "1992-01-01": (["Early"], []),
    "1990-03-01": ([], ["Early"]),
    "1995-06-30": ([], ["Between", "Early"]),
    "1996-05-02": (["Between", "That day"], ["Once", "Unended"]),
    "1997-02-01": (["Between"], ["Open", "Unended"]),
    "2020": (["Open"], ["Unended"]),
    "1989": ([], []),
}


def test_holders_of_a_day_are_certain_or_possible(chair):
    holders = holders_of(Record.current(), chair.entry.public_id, chair.key)
    for day, (certainly, possibly) in ON_DAYS.items():
        named = {
            holds: sorted(each.version.label for each in holders.on(read_day(day).day, holds))
            for holds in ("certainly", "possibly", "unknown")
        }
        # A moment tells nothing of other days; a from-to does.
        once = [] if day == "1996-05-02" else ["Once", "That day"]
        assert named == {
            "certainly": certainly,
            "possibly": possibly,
            "unknown": [*once, "Undated"],
        }, day


def test_holders_are_given_with_their_citations(reader, chair):
    public_id, key = chair.entry.public_id, chair.key
    found = answer(reader, f"actors/{public_id}/offices/{key}/holders/", on="1992")
    assert (found["on"], found["more"]) == ("1992-12-31", False)
    assert found["office"] == {
        "organisation": public_id,
        "key": key,
        "title": "Chair",
        "single_holder": chair.single_holder,
    }
    holds = {found["references"][row["actor"]]["name"]: row for row in found["results"]}
    assert {name: row["holds"] for name, row in holds.items()} == {
        "Early": "certainly",
        **dict.fromkeys(["Once", "That day", "Undated"], "unknown"),
    }
    [citation] = holds["Early"]["citations"]
    assert holds["Early"]["tenure"].partition("/")[2] in citation["claims"]
    assert found["references"][citation["source"]]["name"] == "On Early"
    # Without a day, all of them, in the order of time.
    all_of_them = answer(reader, f"actors/{public_id}/offices/{key}/holders/")
    names = {public_id: named["name"] for public_id, named in all_of_them["references"].items()}
    assert [names[row["actor"]] for row in all_of_them["results"]] == [
        "Early",
        "Between",
        "Unended",
        "Once",
        "That day",
        "Open",
        "Undated",
    ]
    assert {row["holds"] for row in all_of_them["results"]} == {None}


def test_page_says_of_whom_no_time_is_known(reader, chair):
    page = page_at(reader, f"/actors/{chair.entry.slug}/offices/{chair.key}/")
    said = [each.text.partition(" evidence")[0] for each in page.with_class("linked-item")]
    assert said[-1] == "undated Undated"
    assert [each for each in said if each.startswith("undated")] == said[-1:]


def test_holders_refuse_what_is_no_day_and_no_office(reader, chair):
    at = f"actors/{chair.entry.slug}/offices"
    refused = refusal(reader, f"{at}/{chair.key}/holders/", 400, on="soon")
    assert [error["parameter"] for error in refused["errors"]] == ["on"]
    assert "“soon” is no day to look at" in refused["errors"][0]["detail"]
    for address in (f"{at}/p99/holders/", f"actors/nobody/offices/{chair.key}/holders/"):
        assert refusal(reader, address, 404)["status"] == 404


@pytest.mark.parametrize("number", [1, 3])
def test_holders_cost_the_same_for_1_and_3(reader, cast, number, django_assert_num_queries):
    body = world.actor("The Body", offices=[{"title": "Chair"}])
    holders = [
        world.actor(f"Holder {one}", tenures=[{"office": body.offices.get()}])
        for one in range(number)
    ]
    world.publish_all(body, *holders, by=cast.contributor, approved_by=cast.editor)
    with django_assert_num_queries(7):
        found = answer(reader, f"actors/{body.public_id}/offices/{body.offices.get().key}/holders/")
    assert len(found["results"]) == number
