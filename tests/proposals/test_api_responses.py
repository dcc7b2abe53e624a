"""Who answered how, from the API."""

import pytest

from tests import world
from tests.answers import answer, refusal, wrong_parameters
from tests.proposals.plans import answered_plan, answered_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(people):
    return lambda *entries: world.publish_all(*entries, **people)


@pytest.fixture
def plans(publish):
    found = answered_plan(), world.proposal("A later plan", presented="1999")
    publish(*found)
    return [each.public_id for each in found]


def names_of(body, ids):
    return [body["references"][public_id]["name"] for public_id in ids]


def states(body):
    return [[cell["state"] for cell in row["cells"]] for row in body["results"]]


def stances(body):
    return [
        [[(each["stance"], each["certain"]) for each in cell["answers"]] for cell in row["cells"]]
        for row in body["results"]
    ]


def test_answers_stand_with_their_citations(reader, plans):
    body = answer(reader, "responses/")
    assert list(body) == [
        *("edition", "next", "previous", "on", "before", "after", "last", "actors", "results"),
        *("citations", "remarks", "references", "checks"),
    ]
    assert names_of(body, body["actors"]) == ["The Kingdom", "The Union"]
    assert [(row["proposal"], row["provision"], row["topic"]) for row in body["results"]] == [
        (public_id, None, None) for public_id in plans
    ]
    assert states(body) == [["answered", "answered"], ["not researched", "not researched"]]
    kingdom, union = body["results"][0]["cells"]
    document = answer(reader, f"proposals/{plans[0]}/")["result"]
    rows = {row["key"]: row for row in document["responses"]}
    (accepts,), (none_found,) = kingdom["answers"], union["answers"]
    assert accepts["date"]["edtf"] == "1998-11-03"
    assert names_of(body, [accepts["event"]]) == ["The autumn talks"]
    assert accepts["citations"] == none_found["citations"] == [f"{plans[0]}/c1"]
    assert (accepts["stance"], accepts["certain"]) == ("accepts with reservations", True)
    assert (none_found["stance"], none_found["looked_in"]) == ("none found", "The journal.")
    assert none_found["date"] == rows[none_found["key"]]["date"]
    assert body["citations"] == {f"{plans[0]}/c1": document["citations"][0]}
    assert document["citations"][0]["source"] in body["references"]
    assert (body["on"], body["before"], body["after"], body["last"]) == (
        *(None, "1997-09-30", None, "1998-11-03"),
    )


@pytest.mark.parametrize(
    ("on", "state", "said"),
    [
        ("1997", "answered", [("rejects", True)]),
        ("1997-09-15", "answered", [("rejects", False)]),
        ("1997-08", "nothing by then", []),
        ("1998-11-03", "answered", [("accepts with reservations", True)]),
    ],
)
def test_answers_are_those_of_a_day_as_on_the_page(reader, plans, on, state, said):
    body = answer(reader, "responses/", on=on)
    kingdom = body["actors"][0]
    assert [row["cells"][0]["actor"] for row in body["results"]] == [kingdom, kingdom]
    assert (states(body)[0][0], stances(body)[0][0]) == (state, said)
    assert states(body)[1][0] == "not yet presented"


def test_days_lead_to_the_changes_around(reader, plans):
    body = answer(reader, "responses/", on="1997-10")
    assert [body[name] for name in ("on", "before", "after", "last")] == [
        *("1997-10-31", "1997-09-30", "1998-11-03", "1998-11-03"),
    ]


def test_provisions_of_one_are_rows_after_the_whole(reader, plans):
    body = answer(reader, "responses/", proposal="the-answered-plan", on="1998-06")
    document = answer(reader, f"proposals/{plans[0]}/")["result"]
    [provision] = document["provisions"]
    assert [(row["proposal"], row["provision"], row["topic"]) for row in body["results"]] == [
        (plans[0], None, None),
        (plans[0], provision["key"], provision["topic"]),
    ]
    assert names_of(body, [*body["actors"], provision["topic"]]) == [
        *("The Kingdom", "The Republic", "The Union", "Retreat"),
    ]
    assert stances(body) == [
        [[("rejects", True)], [], [("none found", True)]],
        [[], [("accepts", False)], []],
    ]
    assert (body["next"], body["previous"]) == (None, None)


def test_answers_to_single_provisions_are_counted_beside_the_whole(reader, plans):
    """Whoever answers to provisions alone has no column."""
    assert [
        cell["to_provisions"]
        for row in answer(reader, "responses/")["results"]
        for cell in row["cells"]
    ] == [0, 0, 0, 0]


def test_some_proposals_and_pages_of_all(reader, plans):
    assert [row["proposal"] for row in answer(reader, "responses/", ids=plans[1])["results"]] == (
        plans[1:]
    )
    assert answer(reader, "responses/", ids="P99")["results"] == []
    first = answer(reader, "responses/", limit=1, on="1997")
    second = reader.get(first["next"]).json()
    assert [[row["proposal"] for row in each["results"]] for each in (first, second)] == [
        plans[:1],
        plans[1:],
    ]
    assert (second["on"], second["next"], second["previous"] is None) == ("1997-12-31", None, False)


def test_edition_that_is_asked_for_knows_what_it_knew(reader, plans, publish):
    kingdom = world.actor("The Kingdom")
    publish(world.proposal("Later", responses=[{"actor": kingdom, "stance": "accepts"}]), kingdom)
    then = answer(reader, "responses/", edition=1)
    assert [row["proposal"] for row in then["results"]] == plans
    assert len(answer(reader, "responses/")["results"]) == 3
    assert {each["url"].partition("?")[2] for each in then["references"].values()} == {"edition=1"}


def test_proposal_that_was_merged_stands_for_the_other(reader, publish, people):
    plans = [answered_plan(), world.proposal("The same plan")]
    publish(*plans)
    world.merge_by_hand(plans[1], plans[0], keys={}, **people)
    one, other = (each.public_id for each in plans)
    body = answer(reader, "responses/", proposal=other)
    assert body["results"][0]["proposal"] == one
    assert body["remarks"] == [f"{other} was merged into {one}, which stands here for it."]


@pytest.mark.parametrize(
    ("query", "named", "said"),
    [
        ({"on": "last week"}, "on", "“last week” is no day to look at: write a year, month or day"),
        ({"on": ["1997", "1998"]}, "on", "Give this once."),
        ({"ids": "E1"}, "ids", "“E1” is not the id of proposals, like P1."),
        ({"limit": 0}, "limit", "This is a whole number from 1 to 200."),
        ({"cursor": "x"}, "cursor", "This is not a cursor."),
        ({"proposal": "P99"}, "proposal", "“P99” is neither the id nor the address of a proposal"),
        ({"proposal": "P1,P2"}, "proposal", "Name one proposal, like proposal=P1."),
        ({"proposal": "P1", "limit": 3}, "limit", "Not beside “proposal”: the provisions of one"),
    ],
)
def test_what_cannot_be_answered_is_refused(reader, plans, query, named, said):
    [error] = refusal(reader, "responses/", 400, **query)["errors"]
    assert error["parameter"] == named
    assert error["detail"].startswith(said)


def test_all_that_is_wrong_is_named(reader, plans):
    assert wrong_parameters(reader, "responses/", proposal="P99", ids="P1", on="x", colour="b") == [
        *("colour", "on", "ids", "proposal"),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(reader, publish, number, django_assert_num_queries):
    publish(*answered_plans(number))
    with django_assert_num_queries(6):
        body = answer(reader, "responses/")
    assert len(body["results"]) == number
    with django_assert_num_queries(5):
        body = answer(reader, "responses/", proposal="P1")
    assert len(body["results"]) == number + 1


def test_nothing_published_is_nothing(reader):
    body = answer(reader, "responses/")
    assert [body[name] for name in ("actors", "results", "citations", "last")] == [[], [], {}, None]
