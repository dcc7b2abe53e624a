"""Facets: their values, and how many entries each of them would bring."""

import pytest
from django.http import QueryDict

from actors.filters import ActorFilter
from events.filters import EventFilter
from places.filters import PlaceFilter
from proposals.filters import ProposalFilter
from record.facets import MOST_SHOWN, facets
from record.filter_kinds import LinkFilter
from record.kept_values import count_values
from record.reading import Record
from record.tallies import count
from record.types import type_named
from sources.filters import SourceFilter
from sources.models import Stance
from tests import world
from tests.answers import answer
from tests.page_reading import page_at
from vocabulary.filters import TermFilter
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

FILTERS = [EventFilter, ActorFilter, ProposalFilter, SourceFilter, PlaceFilter, TermFilter]


def filtered(query="", *, by=EventFilter):
    return by(QueryDict(query), record=Record.current())


def facet(name, query="", *, by=EventFilter):
    found = {facet.name: facet for facet in facets(filtered(query, by=by))}
    return found.get(name)


def totals(name, query="", *, by=EventFilter):
    """Entries by value as the facet shows them, ``*`` after those that are chosen."""
    return {
        option.value + "*" * option.chosen: option.total
        for option in facet(name, query, by=by).options
    }


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def four_events(cast):
    """Two visits and two meetings, some with a place, some of the Envoy or the Host."""
    envoy, host = world.actor("The Envoy"), world.actor("The Host")
    hosting = world.term("Host", vocabulary=Vocabulary.ROLE)
    visit = world.term("Visit")
    lakeside = world.place("Lakeside")
    guest = world.participant(envoy)
    entries = [
        world.event("First visit", date="1994", kind=visit, place=lakeside, participants=[guest]),
        world.event(
            "Second visit",
            date="1995",
            kind=visit,
            participants=[guest, world.participant(host, hosting)],
        ),
        world.event(
            "Meeting by the lake",
            date="1997",
            place=lakeside,
            participants=[world.participant(envoy, hosting), world.participant(host)],
        ),
        world.event("Meeting", date=None),
    ]
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)
    return entries


@pytest.fixture
def four(kept):
    return kept(four_events)


def test_values_come_with_the_number_of_entries_most_frequent_first(four):
    assert totals("kind") == {"meeting": 2, "visit": 2}
    assert list(totals("actor").items()) == [("the-envoy", 3), ("the-host", 2), ("none", 1)]
    assert totals("place") == {"lakeside": 2, "none": 2}
    assert totals("date") == {"none": 1}


def test_numbers_follow_the_other_filters_and_not_their_own(four):
    assert totals("kind", "kind=visit") == {"meeting": 2, "visit*": 2}
    assert totals("place", "kind=visit") == {"lakeside": 1, "none": 1}
    assert totals("kind", "place=lakeside") == {"meeting": 1, "visit": 1}
    assert totals("kind", "place=lakeside&kind=visit&from=1995") == {"meeting": 1, "visit*": 0}
    assert totals("date", "kind=meeting&from=1990") == {"none": 1}


def test_each_number_is_what_choosing_the_value_alone_gives(four):
    """Whatever else is chosen: the promise that a facet makes."""
    beside = ["", "kind=visit", "role=host", "actor=the-envoy", "actor=the-envoy&role=host"]
    beside += ["place=none", "actor=none", "from=1995&to=1997", "date=none", "q=visit"]
    for query in beside:
        for shown in facets(filtered(query)):
            for option in shown.options:
                alone = QueryDict(query, mutable=True)
                alone[shown.name] = option.value
                if shown.name == "date":
                    for name in ("from", "to"):
                        alone.pop(name, None)
                found = filtered(alone.urlencode()).qs.count()
                assert found == option.total, (query, shown.name, option)


def test_role_of_an_actor_is_counted_as_one(four):
    assert totals("role") == {"delegate": 3, "host": 2, "none": 1}
    assert totals("role", "actor=the-envoy") == {"delegate": 2, "host": 1}
    assert totals("role", "actor=the-host,none") == {"delegate": 1, "host": 1, "none": 1}
    assert totals("actor", "role=host") == {"the-envoy": 1, "the-host": 1}


def test_entries_that_record_none_are_a_value(four):
    def found(query):
        return [version.label for version in filtered(query).qs]

    assert found("place=none") == ["Second visit", "Meeting"]
    assert found("actor=none") == ["Meeting"]
    assert found("actor=none,the-host") == ["Second visit", "Meeting by the lake", "Meeting"]
    assert found("actor=none&role=host") == []
    assert found("actor=none,the-host&role=host") == ["Second visit"]
    assert found("actor=none,the-host&role=none,host") == ["Second visit", "Meeting"]
    assert found("role=none") == ["Meeting"]
    assert found("date=none") == ["Meeting"]
    assert found("from=1997&date=none") == ["Meeting by the lake", "Meeting"]
    assert filtered("date=1997").errors == {"date": ["“1997” is none of: none."]}


def test_chosen_value_is_shown_even_where_nothing_is_left(four):
    assert totals("actor", "actor=the-host&from=2005") == {"the-host*": 0}
    assert totals("place", "place=none&from=2005") == {"none*": 0}


@pytest.mark.parametrize("by", FILTERS)
def test_entry_that_none_of_a_list_has_is_shown_as_chosen_in_each_presentation(
    full, publish, reader, by
):
    """Of every type and vocabulary there is one that no entry refers to."""
    terms = {word: world.term(f"New {word}", vocabulary=word) for word in Vocabulary.values}
    made = (world.source, world.place, world.actor, world.event, world.proposal)
    entries = [make("Unheard of") for make in made]
    publish(*entries, *terms.values())
    ids = {entry._meta.model_name: entry.public_id for entry in entries}
    ids["term"] = terms[Vocabulary.SUBJECT].public_id
    plural = type_named(by.type_name).plural
    for name, kind in filtered(by=by).facets.items():
        if isinstance(kind, LinkFilter):
            chosen = terms[kind.vocabulary].public_id if kind.vocabulary else ids[kind.to]
            for presented in ("", "timeline/", "map/", "together/"):
                answer = reader.get(f"/{presented}{plural}/?{name}={chosen}")
                assert answer.status_code == 200 or (presented and answer.status_code == 404)
            (option,) = [
                each for each in facet(name, f"{name}={chosen}", by=by).options if each.chosen
            ]
            assert option.total == 0


def test_facet_without_values_is_not_shown(four):
    assert facet("subject") is None
    assert facet("follows") is None


def test_many_values_are_cut_and_can_be_found(publish):
    actors = [world.actor(f"Delegation {number:02}") for number in range(12)]
    publish(
        world.event("All", participants=[world.participant(actor) for actor in actors]),
        world.event("One", participants=[world.participant(actors[11])]),
    )
    shown = facet("actor")
    assert len(shown.options) == MOST_SHOWN
    assert (shown.options[0].value, shown.options[0].total) == ("delegation-11", 2)
    assert (shown.hidden, shown.find) == (4, "")

    chosen = facet("actor", "actor=delegation-10")
    assert chosen.options[-1].value == "delegation-10"
    assert (len(chosen.options), chosen.hidden) == (MOST_SHOWN + 1, 3)

    found = facet("actor", "find_actor=Délég++09&actor=delegation-10")
    assert [option.value for option in found.options] == ["delegation-09", "delegation-10"]
    assert (found.hidden, found.find) == (0, "Délég 09")
    assert facet("actor", "find_actor=egation").options == []
    assert facet("kind").find is None


def test_what_is_found_is_no_filter_and_goes_into_no_other_address(reader, four, monkeypatch):
    monkeypatch.setattr("record.facets.MOST_SHOWN", 1)
    page = page_at(reader, "/events/?find_actor=host&place=lakeside")
    assert page.at("results-title").text == "2 of 4 events"
    assert page.at("facet-actor-find").get("value") == "host"
    assert [box.get("value") for box in page.all("input", name="actor")] == ["the-host"]
    assert page.link("Remove Place: Lakeside ×") == "/events/"
    assert page.link("This list as JSON") == "/api/v1/events/?place=lakeside"


def test_contested_and_single_source_are_facets(publish):
    world.source("A report")  # what is cited unless said otherwise
    other = world.source("A letter")
    disputes = {"claims": ["date"], "stance": Stance.DISPUTES}
    publish(
        world.event("Agreed", date="1997"),
        world.event("Disputed", date="1998", citations=[{}, disputes]),
        world.event("Told twice", date="1999", citations=[{}, {"source": other}]),
    )
    assert totals("contested") == {"false": 2, "true": 1}
    assert totals("single_source") == {"true": 2, "false": 1}
    found = filtered("single_source=true&contested=false").qs
    assert [version.label for version in found] == ["Agreed"]
    assert [version.label for version in filtered("single_source=false").qs] == ["Told twice"]
    assert filtered("single_source=true,false").qs.count() == 3


def test_changed_since_is_the_day_on_which_the_version_was_published(publish):
    old = world.event("Old")
    at = publish(old).published_at
    year = at.year
    assert filtered(f"changed_since={at:%Y-%m-%d}").qs.count() == 1
    assert filtered(f"changed_since={year}").qs.count() == 1
    assert filtered(f"changed_since={year + 1}").qs.count() == 0
    assert filtered("changed_since=../1990").qs.count() == 1
    assert filtered("changed_since=9999-12-31").qs.count() == 0


def test_unfiltered_facets_cost_one_query_once_known(cast, django_assert_num_queries):
    four_events(cast)  # of which nothing is known yet
    with django_assert_num_queries(4):
        facets(filtered())  # the current number, all links, all entries, all names
    with django_assert_num_queries(1):
        facets(filtered())


def test_filtered_facets_cost_one_query_for_all_and_one_for_each_in_use(
    cast, django_assert_num_queries
):
    four_events(cast)  # of which nothing is known yet
    facets(filtered())
    for query, queries in (
        ("q=visit", 1),
        ("kind=visit", 1),
        ("kind=visit,meeting&q=visit", 2),
        ("kind=visit&from=1994", 3),
        ("kind=visit&actor=the-envoy&place=lakeside", 4 + 1),  # the actor's roles
    ):
        for expected in (queries, 0):
            filters = filtered(query)
            filters.qs, filters.record.edition  # noqa: B018
            with django_assert_num_queries(expected):
                facets(filters)


@pytest.mark.parametrize("filter_class", FILTERS)
def test_every_facet_of_every_type_counts_as_it_filters(full, filter_class):
    for shown in facets(filtered(by=filter_class)):
        for option in shown.options:
            query = QueryDict(mutable=True)
            query[shown.name] = option.value
            for other in facets(filtered(query.urlencode(), by=filter_class)):
                for value in other.options:
                    both = query.copy()
                    both[other.name] = value.value
                    found = filtered(both.urlencode(), by=filter_class)
                    assert found.errors == {}
                    assert found.qs.count() == value.total, (both, value)


@pytest.mark.parametrize("by", FILTERS)
def test_what_is_kept_counts_as_the_database_does(full, by):
    filters = filtered(by=by)
    found = count_values(filters, list(filters.facets), newest=filters.record.checksum)
    assert found == count(filters.qs, filters.tallies())
    assert found.total > 0


def test_answer_has_the_most_frequent_values_of_a_facet_and_says_how_many_more(
    reader, four, monkeypatch
):
    whole = answer(reader, "events/", facets="actor,kind")
    assert "facets_more" not in whole
    assert all(len(values) > 1 for values in whole["facets"].values())
    monkeypatch.setattr("record.facets.MOST_TOLD", 1)
    cut = answer(reader, "events/", facets="actor,kind")
    assert cut["facets"] == {
        name: dict(list(values.items())[:1]) for name, values in whole["facets"].items()
    }
    assert cut["facets_more"] == {name: len(values) - 1 for name, values in whole["facets"].items()}
