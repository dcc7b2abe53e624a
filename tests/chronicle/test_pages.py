"""The home page and the search over all types."""

import pytest

from record.overview import numbers
from record.pages import LIMIT
from record.reading import Record
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def titles(page):
    return [element.text for element in page.with_class("entry-row-title")]


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*(world.event(f"Event {one}") for one in range(number)))
    with django_assert_num_queries(7):  # the first time in an edition
        page_at(reader, "/")
    with django_assert_num_queries(6):
        page_at(reader, "/")


@pytest.mark.parametrize("number", [1, 3])
def test_home_with_an_example_costs_the_same_for_1_and_3(
    reader, publish, number, django_assert_num_queries
):
    citation = {"start": "They met", "end": "and parted."}
    publish(
        *(world.event(f"Event {n}", date="1997-07-02", citations=[citation]) for n in range(number))
    )
    page_at(reader, "/")
    with django_assert_num_queries(10):
        page = page_at(reader, "/")
    assert len(page.with_class("example")) == 1


def test_home_shows_how_a_real_claim_is_checked(reader, publish):
    source = world.source("The Source", url="https://example.org/it")
    good = {"source": source, "blocks": [4], "start": "They met", "end": "and parted."}
    publish(
        world.event("Year alone", date="1997", citations=[good]),
        world.event("No words", date="1997-07-02", citations=[{"source": source}]),
        world.event("Of that day", date="1997-07-03", citations=[good]),
    )
    page = page_at(reader, "/")
    (example,) = page.with_class("example")
    assert example.text == (
        "Of that day Date 3 July 1997[1] Its mark leads to this passage: The Source (undated). "
        "block 4 “They met […] and parted.” Open the source at this passage "
        "Last check: unchecked: no copy of the source’s text has been compared "
        "This citation in full"
    )
    assert page.link("[1]") == "/events/of-that-day/#c1"
    assert page.link("This citation in full") == "/events/of-that-day/citations/c1/"


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(
        *(
            world.event(
                f"Meeting {one}",
                place=world.place(f"Meeting place {one}"),
                citations=[{"source": world.source(f"Meeting source {one}")}],
            )
            for one in range(number)
        )
    )
    with django_assert_num_queries(7):
        page = page_at(reader, "/search/?q=meeting")
    assert len(titles(page)) == 3 * number + 1


def test_home_counts_what_there_is(reader, full):
    page = page_at(reader, "/")
    known = numbers(Record.current())
    assert known["event"] == 3
    assert [int(element.text) for element in page.with_class("home-number")] == [
        known[name] for name in ("event", "actor", "proposal", "source", "place", "term")
    ]
    assert f"/editions/{full.edition.number}/" in page.links
    assert f"Changed {sum(known.values())} entries" in page.text


def test_search_finds_entries_of_every_type_and_those_that_name_them(reader, full):
    page = page_at(reader, "/search/?q=ENVOY")
    assert set(titles(page)) == {"The Envoy", "First day by the lake", "The plan of two points"}
    assert [element.text for element in page.with_class("search-types")] == [
        "All: 3 Actors: 1 Events: 1 Proposals: 1"
    ]
    assert page.at("q").get("value") == "ENVOY"


def test_search_can_be_narrowed_to_one_type(reader, full):
    page = page_at(reader, "/search/?q=envoy&type=actor")
    assert titles(page) == ["The Envoy"]
    assert page.at("results-title").text == "1 entry found"
    current = [element.text for element in page.all("a", aria_current="true")]
    assert current == ["Actors: 1"]
    assert page.link("All: 3") == "?q=envoy"


def test_search_pages_keep_the_words(reader, publish):
    publish(*(world.term(f"Term {one:02}") for one in range(LIMIT + 1)))
    first = page_at(reader, "/search/?q=term")
    second = page_at(reader, "/search/" + first.link("Next"))
    assert (len(titles(first)), len(titles(second))) == (LIMIT, 1)
    assert second.at("q").get("value") == "term"


def test_search_without_hits_says_what_next(reader, full):
    page = page_at(reader, "/search/?q=zzz%20yyy")
    (nothing,) = page.with_class("nothing")
    assert nothing.text.startswith("No entry holds all of these words.")
    assert "/events/" in page.links


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("!!!", "Search for at least one letter or digit."),
        ("x" * 201, "This is too long: at most 200 characters."),
        ("a%00b", "This holds control characters."),
        ("+".join("a" * 21), "These are 21 words: at most 20 can be looked for at once."),
    ],
)
def test_search_says_what_is_wrong_and_keeps_what_was_typed(reader, full, words, problem):
    page = page_at(reader, f"/search/?q={words}")
    assert page.at("q-error").text == problem
    assert page.at("q").get("aria-describedby") == "q-error"
    assert titles(page) == []


def test_empty_search_asks_for_words(reader, full):
    response = reader.get("/search/?q=")
    assert (response.status_code, response["Location"]) == (302, "/search/")
    assert "Type a name, a place or a subject." in page_at(reader, "/search/").text


def test_search_finds_no_drafts(reader, full):
    world.change(full.event, title="Zzcanaryzz")
    assert titles(page_at(reader, "/search/?q=zzcanaryzz")) == []
