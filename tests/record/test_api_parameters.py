"""Paging, ids, and what the API says to parameters that it cannot answer."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.filters import EventFilter
from record import filters
from record.reading import Record
from tests import world
from tests.answers import API, answer, ids_of, refusal, wrong_parameters

pytestmark = pytest.mark.django_db

LISTS = ["events", "actors", "proposals", "sources", "places", "terms", "editions"]


def seven_events(cast):
    """Events of one day, so that ids alone order them."""
    events = [world.event(f"Event {number}", date="1997-07-02") for number in range(7)]
    world.publish_all(*events, by=cast.contributor, approved_by=cast.editor)
    return sorted(event.public_id for event in events)


@pytest.fixture
def seven(kept):
    return kept(seven_events)


def follow(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.json()


def test_pages_are_walked_by_their_addresses(reader, seven):
    body = answer(reader, "events/", limit=3, kind="meeting", q="event")
    pages = [body]
    while pages[-1]["next"]:
        assert pages[-1]["next"].startswith(
            f"http://testserver{API}/events/?limit=3&kind=meeting&q=event&cursor="
        )
        pages.append(follow(reader, pages[-1]["next"]))
    assert [ids_of(page) for page in pages] == [seven[:3], seven[3:6], seven[6:]]
    back = follow(reader, pages[2]["previous"])
    assert ids_of(back) == seven[3:6]
    first = follow(reader, back["previous"])
    assert ids_of(first) == seven[:3]
    assert (pages[0]["previous"], first["previous"]) == (None, None)


@pytest.mark.parametrize("address", ["schema/", "context.jsonld", "", "activities/"])
def test_addresses_that_are_no_lists_answer_what_they_cannot_as_all_do(reader, db, address):
    for name in ("zzz", "format"):
        assert wrong_parameters(reader, address, **{name: "yaml"}) == [name]
    posted = reader.post(f"{API}/{address}")
    assert (posted.status_code, posted["Content-Type"]) == (405, "application/problem+json")
    assert reader.options(f"{API}/{address}").status_code == 204


def test_limit_is_fifty_unless_asked_for_and_two_hundred_at_most(reader, seven, monkeypatch):
    asked = []

    def page(versions, *, limit, **options):
        asked.append(limit)
        return original(versions, limit=limit, **options)

    original = filters.page
    monkeypatch.setattr(filters, "page", page)
    answer(reader, "events/")
    answer(reader, "events/", limit=200)
    assert asked == [50, 200]


@pytest.mark.parametrize(
    "limit", ["", "0", "201", "-1", "+1", "1.5", "1e2", "ten", "٣", " 1", "9" * 5000, "\0"]
)
@pytest.mark.parametrize("address", ["events/", "editions/"])
def test_limit_that_is_none_is_refused(reader, address, limit):
    assert refusal(reader, address, 400, limit=limit)["errors"] == [
        {"parameter": "limit", "detail": "This is a whole number from 1 to 200."}
    ]


@pytest.mark.parametrize("cursor", ["", "nonsense", "WzFd", "x" * 10_000, "\0", "%F0"])
@pytest.mark.parametrize("address", ["events/", "editions/"])
def test_cursor_that_is_none_is_refused(reader, address, cursor):
    assert wrong_parameters(reader, address, cursor=cursor) == ["cursor"]


def test_ids_are_given_in_the_order_of_the_list(reader, seven):
    wanted = [seven[4], seven[1], "E999", seven[2]]
    assert ids_of(answer(reader, "events/", ids=",".join(wanted))) == [
        seven[1],
        seven[2],
        seven[4],
    ]
    assert ids_of(answer(reader, "events/", ids=[seven[0], seven[1]])) == seven[:2]


def test_ids_and_filters_hold_together(reader, seven):
    assert ids_of(answer(reader, "events/", ids=seven[0], **{"from": "1998"})) == []


def test_no_ids_asked_for_are_no_results(reader, seven):
    assert ids_of(answer(reader, "events/", ids="")) == []


@pytest.mark.parametrize("ids", ["A1", "e1", "E0", "E1;E2", "event-1", "E" + "9" * 30, "\0"])
def test_ids_that_events_cannot_have_are_refused(reader, seven, ids):
    body = refusal(reader, "events/", 400, ids=f"{seven[0]},{ids}")
    assert body["errors"] == [
        {"parameter": "ids", "detail": f"“{ids}” is not the id of events, like E1."}
    ]


def test_too_many_ids_are_refused(reader):
    ids = [f"E{number}" for number in range(1, 202)]
    assert answer(reader, "events/", ids=",".join(ids[:200]))["results"] == []
    assert refusal(reader, "events/", 400, ids=",".join(ids))["errors"] == [
        {"parameter": "ids", "detail": "At most 200 ids can be asked for at once."}
    ]


def test_all_that_is_wrong_is_said_at_once_with_what_is_allowed(reader, seven):
    assert refusal(
        reader, "events/", 400, within="nearly", limit=0, kind="meetings", colour="blue"
    ) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "These parameters are not valid: colour, within, kind, limit.",
        "instance": f"{API}/events/",
        "errors": [
            {
                "parameter": "colour",
                "detail": "This address has no such parameter.",
                "allowed": [
                    *("from", "to", "within", "date", "q", "kind", "actor", "role", "place"),
                    *("part_of", "follows", "source", "subject", "contested", "single_source"),
                    *(
                        "changed_since",
                        "sort",
                        "search",
                        "ids",
                        "count",
                        "facets",
                        "cursor",
                        "limit",
                    ),
                    *("fields", "omit", "expand", "format", "edition", "as_of"),
                ],
            },
            {
                "parameter": "within",
                "detail": "“nearly” is none of: possibly, certainly.",
                "allowed": ["possibly", "certainly"],
            },
            {
                "parameter": "kind",
                "detail": "There is no event kind “meetings”. Perhaps: meeting (T1: Meeting).",
                "allowed": ["meeting"],
            },
            {"parameter": "limit", "detail": "This is a whole number from 1 to 200."},
        ],
    }


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("", []),
        ("events/E1/", ["fields", "omit", "expand", "format"]),
        ("editions/1/", ["fields", "omit"]),
    ],
)
def test_addresses_without_filters_refuse_any(reader, address, own):
    assert refusal(reader, address, 400, colour="blue")["errors"] == [
        {
            "parameter": "colour",
            "detail": "This address has no such parameter.",
            "allowed": [*own, "edition", "as_of"],
        }
    ]


def test_more_words_than_are_looked_for_are_refused(reader, seven):
    assert ids_of(answer(reader, "events/", q="event " * 20)) == seven
    assert refusal(reader, "events/", 400, q="event " * 21)["errors"] == [
        {
            "parameter": "q",
            "detail": "These are 21 words: at most 20 can be looked for at once.",
        }
    ]


def test_paging_parameters_are_given_once(reader):
    assert wrong_parameters(reader, "events/", limit=[1, 2], cursor=["", ""]) == [
        "limit",
        "cursor",
        "cursor",
    ]


hostile = st.one_of(
    st.text(max_size=50),
    st.sampled_from(
        ["\0", "9" * 400, "x" * 10_000, "-1", "%", "%s%(x)d", "\ufffd", "E" + "9" * 19]
    ),
)
NAMES = [
    *("from", "to", "within", "q", "kind", "actor", "role", "place", "source", "subject"),
    *("contested", "ids", "cursor", "limit", "stance", "topic", "part_of", "vocabulary", "\0"),
    *("follows", "event", "responded_at", "earlier", "office", "organisation", "related_to"),
    *("date", "single_source", "changed_since", "sort"),
]


@settings(
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    address=st.sampled_from(LISTS),
    query=st.dictionaries(st.sampled_from(NAMES), hostile, min_size=1, max_size=3),
)
def test_any_parameters_are_answered_or_refused(reader, seven, address, query):
    response = reader.get(f"{API}/{address}/", query)
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        named = {error["parameter"] for error in response.json()["errors"]}
        assert named <= set(query)


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF", "%00", "%C0%AF"])
def test_bytes_that_are_no_text_are_refused(reader, raw):
    for name in ("q", "actor", "cursor", "limit", "ids", "from"):
        assert reader.get(f"{API}/events/?{name}={raw}").status_code == 400
    assert reader.get(f"{API}/events/?{raw}=1").status_code == 400
    assert reader.get(f"{API}/events/{raw}/").status_code == 404


@pytest.mark.parametrize("key", ["nothing", "E999", "e1", "x" * 10_000, "\0", "E" + "9" * 30])
def test_unknown_entry_is_not_found(reader, key):
    body = refusal(reader, f"events/{key}/", 404)
    assert body["title"] == "Not Found"
    assert body["detail"] == f"Edition 0 has no event with the id or slug “{key[:120]}”."


def test_id_of_another_type_is_not_found(reader, seven):
    refusal(reader, f"actors/{seven[0]}/", 404)


def test_address_outside_the_api_s_is_a_problem_too(reader):
    assert refusal(reader, "nothing/at/all/", 404)["detail"] == (
        "There is nothing here. What there is, /api/v1/ lists."
    )


@pytest.mark.parametrize("address", ["events", "events/E1", "editions/1", "schema"])
def test_address_without_its_last_slash_leads_to_it(reader, address):
    response = reader.get(f"{API}/{address}")
    assert (response.status_code, response["Location"]) == (301, f"{API}/{address}/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["", "events/", "events/E1/", "editions/", "editions/1/"])
def test_writing_is_refused(reader, method, address):
    response = getattr(reader, method)(f"{API}/{address}")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == (
        "The API is read-only: GET, HEAD and OPTIONS are all it takes."
    )


def test_options_say_what_may_be_done(reader):
    response = reader.options(f"{API}/events/")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_head_has_the_headers_alone(reader, seven):
    answered = reader.get(f"{API}/events/")
    headed = reader.head(f"{API}/events/")
    assert headed.status_code == 200
    assert headed.content == b""
    assert headed["ETag"] == answered["ETag"]
    assert headed["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/xml", 406),
        ("text/html", 406),
    ],
)
def test_json_alone_is_served_of_editions(reader, accept, status):
    response = reader.get(f"{API}/editions/", headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"] == (
            "This address answers in application/json; ask for it in Accept."
        )


def test_error_of_ours_is_a_problem_that_gives_nothing_away(reader, monkeypatch, caplog):
    def fail(*args, **options):
        raise RuntimeError("zzsecretzz")

    monkeypatch.setattr(filters, "page", fail)
    reader.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        response = reader.get(f"{API}/events/")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong here, and has been logged. Please try again later.",
        "instance": f"{API}/events/",
    }
    assert "zzsecretzz" in caplog.text
    assert "ETag" not in response


# Counts ---------------------------------------------------------------------------------------


def test_total_is_given_where_it_is_asked_for(reader, seven):
    body = answer(reader, "events/", limit=2, count="exact")
    assert (len(body["results"]), body["total"]) == (2, 7)
    assert "total" not in answer(reader, "events/", limit=2)
    assert answer(reader, "events/", q="nothing", count="exact")["total"] == 0
    assert answer(reader, "events/", ids=",".join(seven[:3]), count="exact")["total"] == 3


def test_facets_count_every_value_under_the_other_filters(reader, people):
    lakeside, harbour = world.place("Lakeside"), world.place("Harbour")
    cited = [{"claims": ["entry", "date", "place"]}]
    events = [
        world.event("First", date="1994", place=lakeside, citations=cited),
        world.event("Second", date="1995", place=lakeside, citations=cited),
        world.event("Third", date="1995", place=harbour, citations=cited),
        world.event("Fourth", date="1995"),
    ]
    world.publish_all(*events, **people)
    ids = {place.public_id: place for place in (lakeside, harbour)}

    body = answer(reader, "events/", facets="place,contested", limit=1)
    assert body["facets"] == {
        "place": {lakeside.public_id: 2, harbour.public_id: 1, "none": 1},
        "contested": {"false": 4},
    }
    names = {key: body["references"][key]["name"] for key in ids}
    assert names == {lakeside.public_id: "Lakeside", harbour.public_id: "Harbour"}
    assert list(body["facets"]["place"]) == [lakeside.public_id, harbour.public_id, "none"]

    of_1995 = answer(reader, "events/", facets="place", place="lakeside", **{"from": 1995})
    assert of_1995["facets"] == {
        "place": {harbour.public_id: 1, lakeside.public_id: 1, "none": 1},
    }
    assert len(of_1995["results"]) == 1


def test_facets_are_those_of_the_pages(reader, seven):
    [error] = refusal(reader, "events/", 400, facets="place,colour")["errors"]
    assert error["parameter"] == "facets"
    assert error["detail"].startswith("“colour” is none of: ")
    assert error["allowed"] == list(EventFilter(None, record=Record.current()).facets)


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"count": "about"}, "count"),
        ({"count": ["exact", "exact"]}, "count"),
        ({"facets": "place", "ids": "E1"}, "facets"),
    ],
)
def test_counts_that_cannot_be_given_are_refused(reader, seven, parameters, wrong):
    assert wrong_parameters(reader, "events/", **parameters) == [wrong]


def test_facets_of_an_empty_record_are_empty(reader, db):
    body = answer(reader, "events/", facets="place", count="exact")
    assert (body["facets"], body["total"]) == ({"place": {}}, 0)


@pytest.mark.parametrize("name", ["events", "sources", "terms", "citations"])
def test_search_leads_to_the_address_with_q(reader, seven, name):
    there = reader.get(f"{API}/{name}/", {"search": "event 5&x", "limit": 3, "cursor": "zzz"})
    assert there.status_code == 302
    assert there["Location"] == f"{API}/{name}/?limit=3&q=event%205%26x"
    assert reader.get(there["Location"]).status_code == 200
    assert wrong_parameters(reader, f"{name}/", search="a", q="b") == ["search"]
    assert wrong_parameters(reader, "editions/", search="a") == ["search"]
