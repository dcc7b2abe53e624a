"""The home page and the search over all types."""

import pytest

from record import ranking
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
    with django_assert_num_queries(6):  # the first time in an edition
        page_at(reader, "/")
    with django_assert_num_queries(2):
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
    with django_assert_num_queries(4):
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
    assert current == ["English", "Actors: 1"]
    assert page.link("All: 3") == "?q=envoy"


def test_search_pages_keep_the_words(reader, publish):
    publish(*(world.term(f"Term {one:02}") for one in range(LIMIT + 1)))
    first = page_at(reader, "/search/?q=term")
    second = page_at(reader, "/search/" + first.link("Next"))
    assert (len(titles(first)), len(titles(second))) == (LIMIT, 1)
    assert second.at("q").get("value") == "term"


def test_search_without_hits_says_why_and_what_next(reader, full):
    page = page_at(reader, "/search/?q=Zzz%20envo%C4%B1%20L%C3%A4ke")
    (nothing,) = page.with_class("nothing")
    assert nothing.text.startswith("No entry holds “Zzz” or “envoı”, nor the name of one")
    assert page.link("Läke") == "?q=L%C3%A4ke"
    assert "/events/" in page.links


def test_search_without_hits_asks_what_was_meant(reader, full):
    page = page_at(reader, "/search/?q=envoi")
    (meant,) = page.with_class("did-you-mean")
    assert meant.text == "Did you mean Envoy?"
    assert titles(page_at(reader, "/search/" + page.link("Envoy")))[0] == "The Envoy"


def test_search_for_words_that_stand_apart_offers_each_alone(reader, full):
    page = page_at(reader, "/search/?q=envoy%20flags")
    (nothing,) = page.with_class("nothing")
    assert nothing.text.startswith("Entries hold each of these words, but none holds them all.")
    assert (page.link("envoy"), page.link("flags")) == ("?q=envoy", "?q=flags")


def test_search_marks_words_in_titles_and_passages_and_escapes_the_rest(reader, publish):
    publish(world.event("The <b>Göl</b> talks", summary="By the “GÖL” & on it."))
    response = reader.get("/search/?q=gol").content.decode()
    assert "The &lt;b&gt;<mark>Göl</mark>&lt;/b&gt; talks" in response
    assert "By the “<mark>GÖL</mark>” &amp; on it." in response


def test_hits_have_type_date_passage_sources_and_what_they_were_found_by(reader, full):
    page = page_at(reader, "/search/?q=El%C3%A7i&type=event")
    (row,) = page.with_class("entry-row")
    assert [element.text for element in page.with_class("hit-type")] == ["Event · Round of talks"]
    assert [element.text for element in page.with_class("hit-through")] == ["Refers to: Elçi"]
    assert [element.text for element in page.all("mark")] == ["Elçi"]
    assert "July 1997" in row.text
    assert f"/events/{full.event.slug}/#c1" in page.links


def test_names_that_are_not_the_title_are_shown_where_they_were_found(reader, full):
    page = page_at(reader, "/search/?q=gol%20kenari&type=place")
    assert [element.text for element in page.with_class("entry-row-summary")] == ["Göl kənarı"]


def test_hits_of_a_phrase_hold_it_as_it_stands(reader, full):
    assert titles(page_at(reader, "/search/?q=%22by%20the%20lake%22&type=source")) == [
        "The talks by the lake"
    ]
    assert titles(page_at(reader, "/search/?q=%22lake%20the%20by%22")) == []


RULE = "every word is looked for; quotation marks hold words together"


@pytest.mark.parametrize(
    ("words", "ignored"),
    [
        ('"lake', "Ignored: a quotation mark without its pair"),
        ("lake NOT lakeside", "Ignored: NOT"),
        ("NEAR(lake", "Ignored: NEAR"),
        ("lake%00", "Ignored: characters that are no text"),
        ("lake+" + "x" * 10_000, "Ignored: all after the first 200 characters"),
        ("+".join(["lake"] * 21), "Ignored: all after the first 20 words"),
    ],
)
def test_search_says_in_one_sentence_what_was_ignored(reader, full, words, ignored):
    page = page_at(reader, f"/search/?q={words}")
    (notice,) = page.with_class("notice")
    assert notice.text.startswith(f"{ignored} – {RULE}")


@pytest.mark.parametrize("words", ["!!!", "%22", "*", "%00", "%ed%a0%80"])
def test_search_for_no_words_says_what_to_type(reader, full, words):
    page = page_at(reader, f"/search/?q={words}")
    assert page.at("q-error").text == "Search for at least one letter or digit."
    assert page.at("q").get("aria-describedby") == "q-error q-hint"
    assert titles(page) == []


@pytest.mark.parametrize("cursor", ["7", "50", "-1", "x", "%00", "9" * 5000])
def test_search_at_no_page_of_its_begins_anew(reader, full, cursor):
    page = page_at(reader, f"/search/?q=lake&cursor={cursor}")
    assert "This address points to no page of the list" in page.text
    assert titles(page) == titles(page_at(reader, "/search/?q=lake"))


def test_search_that_compares_only_some_leads_to_the_lists(reader, full, monkeypatch):
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)
    page = page_at(reader, "/search/?q=the")
    assert page.at("results-title").text.startswith("More than ")
    assert "/sources/?q=the" in page.links


def test_empty_search_asks_for_words(reader, full):
    response = reader.get("/search/?q=")
    assert (response.status_code, response["Location"]) == (302, "/search/")
    assert "Type a name, a place or a subject." in page_at(reader, "/search/").text


def test_search_finds_no_drafts(reader, full):
    world.change(full.event, title="Zzcanaryzz")
    assert titles(page_at(reader, "/search/?q=zzcanaryzz")) == []


# Suggestions -------------------------------------------------------------------------------------


def test_suggestions_are_by_type_with_names_and_addresses(reader, full):
    answer = reader.get("/search/suggestions/?q=el%C3%A7")
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "edition": full.edition.number,
        "groups": [
            {
                "title": "Actors",
                "entries": [
                    {"name": "The Envoy", "also": "Elçi", "url": f"/actors/{full.actor.slug}/"}
                ],
            }
        ],
    }


@pytest.mark.parametrize("words", ["", "e", "!", "%00", "%22", "zz", "x" * 10_000, "NEAR(", "a*b"])
def test_suggestions_for_anything_are_an_answer(reader, full, words):
    answer = reader.get(f"/search/suggestions/?q={words}")
    assert (answer.status_code, answer.json()["groups"]) == (200, [])


def test_suggestions_are_kept_until_something_is_published(
    reader, full, publish, django_assert_num_queries
):
    address = "/search/suggestions/?q=lake"
    with django_assert_num_queries(2):
        tag = reader.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert reader.get(address, headers={"If-None-Match": tag}).status_code == 304
    publish(world.event("The lake again"))
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_host_that_is_not_ours_is_refused(reader, full, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert reader.get("/", headers={"host": "x.example"}).status_code == 400
