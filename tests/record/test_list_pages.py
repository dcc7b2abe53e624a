"""Lists: filters as a form, what is wrong with them, what is filtered by, paging."""

import pytest
from django.http import QueryDict

from events.filters import EventFilter
from record.fields import fields_of
from record.pages import LIMIT
from record.reading import Record
from record.unused import unused
from tests import world
from tests.page_reading import page_at
from tests.pages import form_of
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def three_events(cast):
    """A visit by the Envoy in 1994, and two meetings, one of them hers, in 1997 and 2001."""
    envoy = world.actor("The Envoy")
    visit = world.term("Visit", vocabulary=Vocabulary.EVENT_KIND)
    entries = [
        world.event("A visit", date="1994", kind=visit, participants=[world.participant(envoy)]),
        world.event("A meeting", date="1997-07", participants=[world.participant(envoy)]),
        world.event("A second meeting", date="2001"),
    ]
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)
    return entries


@pytest.fixture
def three(kept):
    return kept(three_events)


def titles(page):
    return [element.text for element in page.with_class("entry-row-title")]


def described(page, element):
    return [page.at(part).text for part in (element.get("aria-describedby") or "").split()]


def test_list_shows_total_and_entries_in_order_of_time(reader, three):
    page = page_at(reader, "/events/")
    assert page.at("results-title").text == "3 events"
    assert titles(page) == ["A visit", "A meeting", "A second meeting"]


def test_filters_narrow_the_list(reader, three):
    page = page_at(reader, "/events/?actor=the-envoy&kind=visit")
    assert page.at("results-title").text == "1 of 3 events"
    assert titles(page) == ["A visit"]


def test_each_active_filter_can_be_removed_alone(reader, three):
    page = page_at(reader, "/events/?from=1993&actor=the-envoy&kind=visit,meeting")
    chips = {
        element.text.removesuffix(" ×"): element.get("href") for element in page.with_class("chip")
    }
    assert chips == {
        "Remove From: 1993": "/events/?actor=the-envoy&kind=visit,meeting",
        "Remove Kind: Visit": "/events/?from=1993&actor=the-envoy&kind=meeting",
        "Remove Kind: Meeting": "/events/?from=1993&actor=the-envoy&kind=visit",
        "Remove Actor: The Envoy": "/events/?from=1993&kind=visit,meeting",
    }
    assert page.link("Remove all") == "/events/"
    assert titles(page_at(reader, chips["Remove Kind: Visit"])) == ["A meeting"]


def test_every_control_has_its_label(reader, three):
    page = page_at(reader, "/events/")
    labels = {element.get("for") for element in page.all("label")} - {None}
    controls = [*page.all("input"), *page.all("select")]
    named = {
        element.get("id")
        for element in controls
        if element.get("type") != "checkbox" and element.get("aria-label") is None
    }
    assert len(controls) > 10
    assert named == labels


def test_wrong_filter_says_so_beside_it_and_the_rest_still_holds(reader, three):
    page = page_at(reader, "/events/?kind=vizit&from=abc&actor=the-envoy&to=1995")
    kind, start = page.at("facet-kind"), page.at("filter-from")
    assert start.get("aria-invalid") == "true"
    assert described(page, kind)[0].startswith("There is no event kind “vizit”. Perhaps: visit")
    assert described(page, start)[0] == (
        "“abc” is no date. Write a year, month or day, like 1997, 1997-07 or 1997-07-20."
    )
    assert start.get("value") == "abc"
    assert titles(page) == ["A visit"]
    (problem,) = page.all("p", role="alert")
    assert problem.text.startswith("2 filters cannot be used")
    assert [element.text.partition(":")[0] for element in page.with_class("chip")] == [
        "Remove To",
        "Remove Actor",
        "Remove From",
        "Remove Kind",
    ]


def test_nothing_that_is_wrong_is_lost_when_the_form_is_sent_again(reader, three):
    asked = {
        "kind": "visit,vizit",
        "contested": "perhaps",
        "from": "abc",
        "sort": "colour",
        "actor": "the-envoy,nobody",
    }
    response = reader.get("/events/", asked)
    sent = form_of(response, action="/events/")
    assert {name: sorted(value for value in sent[name] if value) for name in asked} == {
        name: sorted(text.split(",")) for name, text in asked.items()
    }


def test_what_is_wrong_is_marked_in_its_facet_and_can_be_removed_alone(reader, three):
    page = page_at(reader, "/events/?kind=visit,vizit&to=1995")
    (visit,) = page.all("input", name="kind", value="visit")
    (wrong,) = page.all("input", name="kind", value="vizit")
    assert visit.get("aria-invalid") is None
    assert wrong.get("aria-invalid") == "true"
    assert described(page, wrong)[0].startswith("There is no event kind “vizit”.")
    chips = {
        element.text.removesuffix(" ×"): element.get("href") for element in page.with_class("chip")
    }
    assert chips == {
        "Remove To: 1995": "/events/?kind=visit,vizit",
        "Remove Kind: Visit, not used": "/events/?kind=vizit&to=1995",
        "Remove Kind: vizit, not used": "/events/?kind=visit&to=1995",
    }
    assert titles(page_at(reader, chips["Remove Kind: vizit, not used"])) == ["A visit"]


def test_wrong_order_says_so_where_the_form_has_no_field_for_it(reader, three):
    page = page_at(reader, "/events/?sort=colour")
    (problem,) = page.all("p", role="alert")
    assert problem.text == (
        "One filter cannot be used as it is; the rest still hold. "
        "Sorted by: “colour” is none of: date, -date, title, changed."
    )
    assert len(titles(page)) == 3


def test_what_is_ignored_of_the_words_is_named(reader, three):
    page = page_at(reader, "/events/?q=meeting+NOT+second")
    assert [notice.text for notice in page.with_class("notice")] == [
        (
            "Ignored: NOT – every word is looked for; quotation marks hold words together, "
            "and * at the end of a word stands for any ending."
        )
    ]
    assert page_at(reader, "/events/?q=meeting").with_class("notice") == []


@pytest.mark.parametrize("query", ["kind=vizit", "kind=vizit,visit&actor=nobody&from=abc"])
def test_keeping_what_is_wrong_costs_no_query(reader, three, django_assert_max_num_queries, query):
    reader.get("/events/")  # what is read once an edition
    filters = EventFilter(QueryDict(query), record=Record.current())
    fields = fields_of(filters)
    with django_assert_max_num_queries(0):
        assert unused(filters, {field.name for field in fields})


def test_unknown_parameters_are_let_be(reader, three):
    assert titles(page_at(reader, "/events/?utm_source=x&kind=visit")) == ["A visit"]


def test_what_a_form_sends_becomes_an_address_to_share(reader, three):
    sent = form_of(reader.get("/events/?kind=visit,meeting"), action="/events/")
    assert "" in sent["from"]
    assert sorted(sent["kind"]) == ["meeting", "visit"]
    response = reader.get("/events/", sent)
    assert (response.status_code, response["Location"]) == (302, "/events/?kind=meeting,visit")
    response = reader.get("/events/?q=&within=possibly")
    assert (response.status_code, response["Location"]) == (302, "/events/")


def test_list_without_hits_says_why(reader, three):
    page = page_at(reader, "/events/?kind=visit&from=2005")
    (nothing,) = page.with_class("nothing")
    assert nothing.text == (
        "No entry fits all 2 filters together. Remove one of them above, or see the whole list."
    )


def test_pages_follow_one_another_and_keep_the_filters(reader, three, publish):
    publish(*(world.event(f"Meeting {number:02}", date="2010") for number in range(LIMIT)))
    first = page_at(reader, "/events/?kind=meeting")
    assert first.at("results-title").text == "52 of 53 events"
    second = page_at(reader, "/events/" + first.link("Next"))
    assert len(titles(first)) == LIMIT
    assert titles(first)[:2] == ["A meeting", "A second meeting"]
    wanted = {"A meeting", "A second meeting", *(f"Meeting {n:02}" for n in range(LIMIT))}
    assert len(titles(second)) == 2
    assert {*titles(first), *titles(second)} == wanted
    assert "Next" not in [element.text for element in second.all("a")]
    assert titles(page_at(reader, "/events/" + second.link("Previous"))) == titles(first)
    assert [chip.text for chip in second.with_class("chip")] == ["Remove Kind: Meeting ×"]


def test_bad_cursor_shows_the_beginning_and_says_so(reader, three):
    page = page_at(reader, "/events/?cursor=nonsense&kind=meeting")
    assert titles(page) == ["A meeting", "A second meeting"]
    assert "here is its beginning" in page.with_class("notice")[0].text


def test_same_list_in_the_api_has_the_same_filters(reader, three):
    link = page_at(reader, "/events/?kind=visit&q=a").link("This list as JSON")
    assert link == "/api/v1/events/?kind=visit&q=a"
    assert [result["title"] for result in reader.get(link).json()["results"]] == ["A visit"]
