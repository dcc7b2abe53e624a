"""Who stands together in a filtered list."""

import pytest

from record.together.counting import Pair
from record.together.drawing import ROW, arcs_of, near_each_other
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

TOGETHER = "/together/events/"


@pytest.fixture
def talks(cast):
    """Ada and Ben met twice, Ben and Cem once; Dan was alone, and one event names nobody."""
    ada, ben, cem, dan = (world.actor(name) for name in ("Ada", "Ben", "Cem", "Dan"))
    met = {"Talks": [ada, ben], "More talks": [ada, ben], "A visit": [ben, cem], "A speech": [dan]}
    events = [
        world.event(
            title, date=f"199{number}", participants=[world.participant(who) for who in them]
        )
        for number, (title, them) in enumerate(met.items())
    ]
    world.publish_all(*events, world.event("A storm"), by=cast.contributor, approved_by=cast.editor)
    return {actor.names.get().text: actor for actor in (ada, ben, cem, dan)}


def pairs(page):
    rows = [element.text for element in page.all("tr")][1:]
    return [row.split(" in which")[0] for row in rows]


def names(page):
    return [element.text for element in page.with_class("together-row")]


def test_pairs_are_counted_and_the_most_frequent_come_first(reader, talks):
    page = page_at(reader, TOGETHER)
    assert pairs(page) == ["Ada Ben 2", "Ben Cem 1"]
    assert sorted(names(page)) == ["Ada 2", "Ben 3", "Cem 1", "Dan 1"]
    assert len(page.with_class("together-arc")) == 2


def test_filters_leave_the_pairs_of_what_they_leave(reader, talks):
    assert pairs(page_at(reader, f"{TOGETHER}?to=1990")) == ["Ada Ben 1"]
    assert sorted(names(page_at(reader, f"{TOGETHER}?actor=cem"))) == ["Ben 1", "Cem 1"]
    assert "None of these names anybody." in page_at(reader, f"{TOGETHER}?q=storm").text


def test_pair_leads_to_the_entries_that_name_both(reader, talks):
    both = f"both={talks['Ada'].public_id},{talks['Ben'].public_id}"
    page = page_at(reader, TOGETHER)
    [link] = {each.get("href") for each in page.all("a") if "Ada and Ben" in each.text}
    assert link == f"{TOGETHER}?{both}#both"
    page = page_at(reader, f"{TOGETHER}?{both}")
    titles = [each.text for each in page.with_class("entry-row-title")]
    assert titles == ["Talks", "More talks"]
    assert "Talks" not in [
        each.text
        for each in page_at(reader, f"{TOGETHER}?{both}&from=1991").with_class("entry-row-title")
    ]


@pytest.mark.parametrize("both", ["A1", "A1,A999", "x", "A1,A2,A3"])
def test_what_is_no_pair_is_said(reader, talks, both):
    page = page_at(reader, f"{TOGETHER}?both={both}")
    assert "“both” takes two ids of this edition, with a comma between them: A1,A2." in page.text
    assert pairs(page) == ["Ada Ben 2", "Ben Cem 1"]


def test_lists_without_such_names_have_no_such_page(reader, talks):
    assert reader.get("/together/places/").status_code == 404
    assert reader.get("/together/nothing/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, cast, number, django_assert_num_queries):
    actors = [world.actor(f"Actor {one}") for one in range(number + 1)]
    events = [
        world.event(f"Talks {one}", participants=[*map(world.participant, actors)])
        for one in range(number)
    ]
    world.publish_all(*events, by=cast.contributor, approved_by=cast.editor)
    both = f"{actors[0].public_id},{actors[1].public_id}"
    with django_assert_num_queries(11):
        page = page_at(reader, f"{TOGETHER}?both={both}")
    assert len(page.with_class("entry-row")) == number


def test_rows_stand_beside_whom_they_share_most_with():
    found = [Pair("A", "D", 9), Pair("B", "C", 5), Pair("D", "C", 3), Pair("A", "B", 1)]
    assert near_each_other(["A", "B", "C", "D"], found) == ["A", "D", "C", "B"]
    assert near_each_other(["A", "B"], []) == ["A", "B"]


def test_arcs_lead_from_row_to_row_and_are_as_wide_as_their_number():
    arcs = arcs_of(["A", "B", "C"], [Pair("A", "B", 8), Pair("A", "C", 2)])
    assert arcs.order == ["B", "A", "C"]
    assert arcs.view_box == f"0 0 90 {3 * ROW}"
    assert [(arc.first, arc.second, arc.width) for arc in arcs.arcs] == [
        ("A", "B", "8.0"),
        ("A", "C", "2.0"),
    ]
    assert arcs.arcs[0].path.startswith("M90 14A")
    assert arcs.arcs[0].path.endswith("90 42")


def test_where_no_two_stand_together_is_no_table(reader, cast):
    alone = world.event("A speech", participants=[world.participant(world.actor("Dan"))])
    world.publish_all(alone, by=cast.contributor, approved_by=cast.editor)
    page = page_at(reader, TOGETHER)
    assert names(page) == ["Dan 1"]
    assert page.all("table") == []
    assert "No two of them stand in the same one." in page.text
