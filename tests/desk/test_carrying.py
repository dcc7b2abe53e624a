"""A three-way merge of documents, claim by claim."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.serializers import ListSerializer

from desk.carrying import Carried, Divergence, carry, put
from desk.documents import schema_of
from desk.types import desk_type
from events.document import EventDocument
from tests import world
from tests.desk.generated import documents, pool

TYPES = ["term", "source", "place", "actor", "event", "proposal"]
MANY = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def filled(kept):
    return kept(pool)


@pytest.fixture
def event(full):
    return world.document(full.event)


def merged(base: Any, mine: Any, theirs: Any) -> Carried:
    return carry(EventDocument, base, mine, theirs)


@pytest.mark.parametrize("name", TYPES)
def test_what_one_alone_changed_comes_out_as_they_have_it(name, filled):
    declaration = desk_type(name).declaration
    made = documents(name, filled, "X1")

    @MANY
    @given(made, made)
    def check(base: Any, changed: Any) -> None:
        mine = carry(declaration, base, changed, base)
        theirs = carry(declaration, base, base, changed)
        both = carry(declaration, base, changed, changed)
        assert mine.document == theirs.document == both.document == changed
        assert (mine.conflicts, mine.taken) == ([], [])
        assert (theirs.conflicts, theirs.kept) == ([], [])
        assert both == Carried(changed, [], [], [])

    check()


@pytest.mark.parametrize("name", ["place", "event", "proposal"])
def test_every_claim_is_either_ones_whatever_both_did(name, filled):
    """No value comes from nowhere, no added row is lost, and the same inputs give the same."""
    declaration = desk_type(name).declaration
    made = documents(name, filled, "X1")

    @MANY
    @given(made, made, made)
    def check(base: Any, mine: Any, theirs: Any) -> None:
        carried = carry(declaration, base, mine, theirs)
        assert carried == carry(declaration, *copy.deepcopy((base, mine, theirs)))
        seen: list[Any] = [carried.document]
        for member, value in carried.document.items():
            if not isinstance(schema_of(declaration).fields[member], ListSerializer):
                assert value in (mine[member], theirs[member])
                continue
            had = {row["key"] for row in base[member] if "key" in row}
            added = {row["key"] for side in (mine, theirs) for row in side[member] if "key" in row}
            assert added - had <= {row.get("key") for row in value}
        # Each choice can be made either way, and going back to theirs is going back.
        for divergence in carried.conflicts:
            seen.append(put(declaration, seen[-1], divergence.path, divergence.mine))
        settled = seen[-1]
        for divergence in carried.conflicts:
            settled = put(declaration, settled, divergence.path, divergence.theirs)
        assert carry(declaration, settled, settled, carried.document).conflicts == []

    check()


@MANY
@given(st.permutations(["title", "summary", "date", "place", "editor_note"]))
def test_different_claims_never_stand_against_one_another(names):
    base: dict[str, Any] = {"quantities": [], "participants": [], "title": "A", "summary": "B"}
    mine, theirs = dict(base), dict(base)
    for place, name in enumerate(names):
        (mine if place % 2 else theirs)[name] = f"new {name}"

    carried = merged(base, mine, theirs)

    assert carried.conflicts == []
    assert {name: carried.document[name] for name in names} == {
        name: f"new {name}" for name in names
    }


def test_of_two_parts_each_takes_out_one_and_none_is_left(event):
    first = event["participants"][0] | {"key": "p1"}
    base = event | {"participants": [first, first | {"key": "p2"}]}
    mine = base | {"participants": base["participants"][:1]}
    theirs = base | {"participants": base["participants"][1:]}

    carried = merged(base, mine, theirs)

    assert (carried.document["participants"], carried.conflicts) == ([], [])


def test_parts_and_citations_added_by_either_are_all_there(event):
    part, citation = event["participants"][0], event["citations"][0]
    mine, theirs = copy.deepcopy(event), copy.deepcopy(event)
    mine["participants"].insert(1, part | {"key": "p90"})
    mine["citations"].append(citation | {"key": "c90"})
    theirs["participants"].append(part | {"key": "p91"})
    theirs["citations"].insert(0, citation | {"key": "c91"})

    carried = merged(event, mine, theirs)

    first, second = (row["key"] for row in event["participants"])
    assert [row["key"] for row in carried.document["participants"]] == [
        first,
        "p90",
        second,
        "p91",
    ]
    keys = [row["key"] for row in event["citations"]]
    assert [row["key"] for row in carried.document["citations"]] == ["c91", *keys, "c90"]
    assert carried.conflicts == []
    assert [each.path for each in carried.kept] == [("citations", "c90"), ("participants", "p90")]
    assert [each.path for each in carried.taken] == [("citations", "c91"), ("participants", "p91")]


def test_two_fields_of_one_part_come_from_two_people(event):
    mine, theirs = copy.deepcopy(event), copy.deepcopy(event)
    mine["quantities"][0]["what"] = "chairs"
    theirs["quantities"][0]["unit"] = "rows"

    carried = merged(event, mine, theirs)

    assert carried.document["quantities"][0] == event["quantities"][0] | {
        "what": "chairs",
        "unit": "rows",
    }
    assert carried.conflicts == []


def test_the_same_claim_changed_by_both_is_theirs_and_a_conflict(event):
    carried = merged(event, event | {"title": "Mine"}, event | {"title": "Theirs"})

    assert carried == Carried(
        event | {"title": "Theirs"},
        [Divergence(("title",), event["title"], "Mine", "Theirs")],
        [],
        [],
    )


def test_a_part_removed_by_one_and_changed_by_the_other_is_a_conflict(event):
    changed, removed = copy.deepcopy(event), copy.deepcopy(event)
    row = changed["quantities"][0]
    row["what"] = "chairs"
    old = removed["quantities"].pop(0)
    path = ("quantities", row["key"])

    i_removed = merged(event, removed, changed)
    assert i_removed.document == changed
    assert i_removed.conflicts == [Divergence(path, old, None, row)]
    assert i_removed.conflicts[0].where == f"quantities {row['key']}"
    they_removed = merged(event, changed, removed)
    assert they_removed.document == removed
    assert they_removed.conflicts == [Divergence(path, old, row, None)]
    assert put(EventDocument, removed, path, row)["quantities"] == [
        *removed["quantities"],
        row,
    ]


def test_rows_moved_by_both_in_different_ways_are_a_conflict():
    rows = [{"key": f"p{number}"} for number in range(1, 4)]
    one, two, three = rows
    base = {"quantities": rows}
    mine, theirs = {"quantities": [two, one, three]}, {"quantities": [three, one, two]}

    def keys(carried: Carried) -> list[str]:
        return [row["key"] for row in carried.document["quantities"]]

    assert keys(merged(base, mine, base)) == ["p2", "p1", "p3"]
    assert keys(merged(base, mine, mine)) == ["p2", "p1", "p3"]
    both = merged(base, mine, theirs)
    assert keys(both) == ["p3", "p1", "p2"]
    assert both.conflicts == [
        Divergence(("quantities",), ["p1", "p2", "p3"], ["p2", "p1", "p3"], ["p3", "p1", "p2"])
    ]
    settled = put(EventDocument, both.document, ("quantities",), ["p2", "p1", "p3"])
    assert [row["key"] for row in settled["quantities"]] == ["p2", "p1", "p3"]


def test_identifiers_and_waivers_stay_in_the_order_of_documents(event):
    mine = event | {"identifiers": [{"scheme": "b", "value": "1"}, {"scheme": "c", "value": "1"}]}
    theirs = event | {"identifiers": [{"scheme": "a", "value": "1"}, {"scheme": "c", "value": "2"}]}
    base = event | {"identifiers": []}

    carried = merged(base, mine, theirs)

    assert [(row["scheme"], row["value"]) for row in carried.document["identifiers"]] == [
        ("a", "1"),
        ("b", "1"),
        ("c", "1"),
        ("c", "2"),
    ]
    assert carried.conflicts == []
