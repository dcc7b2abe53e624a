import pytest
from django.http import QueryDict

from events.filters import EventFilter
from record.reading import Record
from sources.models import Stance
from tests import world
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return world.term("Host", vocabulary=Vocabulary.ROLE)


@pytest.fixture
def guest():
    return world.term("Guest", vocabulary=Vocabulary.ROLE)


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def found(query):
    filters = EventFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


def events_of_some_dates(cast):
    publish(
        cast,
        world.event("Earlier", date="1996"),
        world.event("The year", date="1997"),
        world.event("The month", date="1997-07"),
        world.event("The day", date="1997-07-02"),
        world.event("Later", date="2001/.."),
        world.event("Undated", date=None),
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=1997-07", ["The year", "The month", "The day", "Later"]),
        ("from=1997-07&within=certainly", ["The month", "The day", "Later"]),
        ("from=1997-07-03", ["The year", "The month", "Later"]),
        ("to=1997-07", ["Earlier", "The year", "The month", "The day"]),
        ("to=1997-07&within=certainly", ["Earlier", "The month", "The day"]),
        ("from=1997&to=1997", ["The year", "The month", "The day"]),
        ("from=1997&to=1997&within=certainly", ["The year", "The month", "The day"]),
        ("from=1997-08&to=1997-09&within=possibly", ["The year"]),
        ("from=1997-08&to=1997-09&within=certainly", []),
        ("from=1997-07-02&to=1997-07-02&within=certainly", ["The day"]),
        ("from=../1996&to=1996", ["Earlier"]),
        ("from=199X&to=199X&within=certainly", ["Earlier", "The year", "The month", "The day"]),
        ("within=certainly", ["Earlier", "The year", "The month", "The day", "Later", "Undated"]),
    ],
)
def test_dates_compare_as_possibly_or_certainly_within(kept, query, expected):
    kept(events_of_some_dates)
    assert found(query) == expected


def test_range_that_ends_before_it_begins_is_refused():
    filters = EventFilter(QueryDict("from=1998&to=1997"), record=Record.current())
    assert filters.errors == {"to": ["1997 ends before 1998 begins."]}
    assert [one.name for one in filters.active()] == ["from"]


def test_date_that_is_none_is_refused_with_how_to_write_one():
    filters = EventFilter(QueryDict("from=July+1997"), record=Record.current())
    assert filters.errors == {
        "from": [
            (
                "“July 1997” is no date. Write a year, month or day, "
                "like 1997, 1997-07 or 1997-07-20."
            )
        ]
    }


def test_actor_with_a_role_is_that_actor_in_that_role(cast, host, guest):
    kingdom, republic = world.actor("The Kingdom"), world.actor("The Republic")
    publish(
        cast,
        world.event(
            "At the Kingdom's",
            date="1997",
            participants=[world.participant(kingdom, host), world.participant(republic, guest)],
        ),
        world.event(
            "At the Republic's",
            date="1998",
            participants=[world.participant(republic, host), world.participant(kingdom, guest)],
        ),
        world.event("Alone", date="1999", participants=[world.participant(kingdom, guest)]),
    )
    assert found("actor=the-kingdom") == ["At the Kingdom's", "At the Republic's", "Alone"]
    assert found("role=host") == ["At the Kingdom's", "At the Republic's"]
    assert found("actor=the-kingdom&role=host") == ["At the Kingdom's"]
    assert found("actor=the-republic&role=guest") == ["At the Kingdom's"]
    assert found("actor=the-kingdom&role=guest,host") == [
        "At the Kingdom's",
        "At the Republic's",
        "Alone",
    ]


def test_role_filters_alone_where_the_actor_is_unknown(cast, host, guest):
    publish(
        cast,
        world.event("Hosted", participants=[world.participant(world.actor(), host)]),
        world.event("Visited", participants=[world.participant(world.actor(), guest)]),
    )
    filters = EventFilter(QueryDict("actor=nobody&role=host"), record=Record.current())
    assert [version.label for version in filters.qs] == ["Hosted"]
    assert list(filters.errors) == ["actor"]


def test_kind_place_and_source_filter_by_what_the_event_says(cast):
    lakeside, uphill = world.place("Lakeside"), world.place("Uphill")
    report, letter = world.source("Report"), world.source("Letter")
    by_the_lake = world.event(
        "Meeting by the lake", date="1997", place=lakeside, citations=[{"source": report}]
    )
    on_the_hill = world.event(
        "Summit on the hill",
        date="1998",
        kind=world.term("Summit"),
        place=uphill,
        citations=[{"source": letter, "cited_via": report}],
    )
    publish(cast, by_the_lake, on_the_hill)
    both = ["Meeting by the lake", "Summit on the hill"]
    assert found("kind=summit") == both[1:]
    assert found("kind=meeting,summit") == both
    assert found("place=lakeside") == both[:1]
    assert found("place=lakeside&kind=summit") == []
    assert found("source=letter") == both[1:]
    assert found("source=report") == both


def test_events_filter_by_what_they_are_part_of_and_follow(cast):
    talks, war = world.event("The talks", date="1990/1999"), world.event("The war", date="1988")
    first = world.event("First day", date="1997", part_of=talks, follows=[war])
    second = world.event("Second day", date="1998", part_of=talks, follows=[first, war])
    publish(cast, first, second)
    assert found("part_of=the-talks") == ["First day", "Second day"]
    assert found("follows=first-day") == ["Second day"]
    assert found("follows=first-day,the-war") == ["First day", "Second day"]
    assert found(f"part_of={talks.public_id}&follows=first-day") == ["Second day"]
    assert found("part_of=the-war") == []


def test_contested_is_what_a_citation_disputes(cast):
    disputes = {"claims": ["date"], "stance": Stance.DISPUTES}
    publish(
        cast,
        world.event("Agreed", date="1997"),
        world.event("Contested", date="1998", citations=[{}, disputes]),
    )
    assert found("contested=true") == ["Contested"]
    assert found("contested=false") == ["Agreed"]
    assert found("contested=") == ["Agreed", "Contested"]


def test_text_finds_an_event_by_the_name_of_a_participant(cast):
    publish(
        cast,
        world.event("A meeting", participants=[world.participant(world.actor("Ərazi Şurası"))]),
        world.event("Another meeting"),
    )
    assert found("q=erazi+suras") == ["A meeting"]
