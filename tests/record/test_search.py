"""Full-text search: the same words on both engines, and no query that breaks it."""

from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.publishing import withdraw
from events.filters import EventFilter
from record import filters, search
from record.folding import fold
from record.models import Version
from record.query import MOST_WORDS, TooManyWords, parse
from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db


MANY = " ".join(f"word{number}" for number in range(1, 21))


def found(query: str, record: Record | None = None) -> list[str]:
    record = record or Record.current()
    versions = search.matching(record.versions("event"), query, record=record)
    return [version.label for version in versions]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Heydər Əliyev", "heyder eliyev"),
        ("Bakı, İSTANBUL, ıssız", "baki istanbul issiz"),
        ("Łódź – Tromsø; Þórr", "lodz tromso þorr"),
        ("Éléonore l’Été", "eleonore l ete"),
        ("e\u0301 é", "e e"),
        ("ﬁrst ½ ²", "first 1 2 2"),
        ("STRASSE straße", "strasse strasse"),
        ("Ереван Երևան", "ереван երեւան"),
        ("snake_case a-b 3.5", "snake case a b 3 5"),
        ("", ""),
        ("!?…", ""),
    ],
)
def test_fold_takes_accents_case_and_signs_away(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_changes_nothing_the_second_time(text):
    once = fold(text)

    assert fold(once) == once
    assert fold(text.upper()) == fold(text.lower().upper())


def test_words_are_found_however_they_are_typed(people):
    world.publish_all(
        world.event("Əliyev in Bakı", summary="L’été 1997 in Baku.", by=people["by"]), **people
    )
    queries = [
        "əliyev",
        "ELIYEV",
        "Əliyev baku",
        "baku eliy",
        "  Bakı\t",
        "“baki”!",
        "l'ete",
        "1997",
    ]

    assert {query: found(query) for query in queries} == {
        query: ["Əliyev in Bakı"] for query in queries
    }


def test_other_words_find_nothing(people):
    world.publish_all(world.event("Əliyev in Bakı", by=people["by"]), **people)
    queries = ["", " ", "!?", "_", "liyev", "eliyev paris", "bak eliyev", "0"]

    assert {query: found(query) for query in queries} == {query: [] for query in queries}


def test_only_the_last_word_may_be_unfinished(people):
    world.publish_all(world.event("Negotiations at the lake", by=people["by"]), **people)

    assert found("lake negot") == ["Negotiations at the lake"]
    assert found("negot lake") == []


HOSTILE = [
    '"',
    '"unbalanced',
    "a* b*",
    "*",
    "NEAR(a b)",
    "a AND",
    "OR",
    "NOT lake",
    "lake NOT",
    "words:lake",
    "lake:*",
    "lake & | ! ( )",
    "{a b}:c",
    "^lake",
    "-lake +lake",
    "'; DROP TABLE record_version; --",
    "%s %(x)s %",
    "\x00",
    "lake\x00",
    "\ud800 lake",
    "𞤀𞤁 lake",
    "\u0301\u0301",
    "x" * 3000,
    "é" * 3000,
    "0x1F 1e5 1.5e-3 -1",
    "http://example.org/a?b=c#d",
    "a@b.example",
    "ﷺ",
]


def test_hostile_queries_are_words_like_any_other(people):
    world.publish_all(world.event("Negotiations at the lake", by=people["by"]), **people)

    for query in HOSTILE:
        assert found(query) in ([], ["Negotiations at the lake"]), query
    assert found("lake") == ["Negotiations at the lake"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40) | st.text("\"*:()^-+& |!\\'%,lake", max_size=20))
def test_no_query_breaks_the_search(db, query):
    try:
        assert found(query) == []
    except TooManyWords:  # one character can stand for several
        assert len(fold(query).split()) > MOST_WORDS


def test_every_word_counts_and_too_many_are_refused(people):
    world.publish_all(world.event(MANY, slug="many", by=people["by"]), **people)

    assert found(MANY) == [MANY]
    assert found(MANY.replace("word20", "other")) == []
    for query in (f"{MANY} word1", "a " * 3000):
        with pytest.raises(TooManyWords):
            found(query)


def test_whatever_is_written_is_found_by_its_own_words(people):
    texts = ["1e5 people", "a.b.example.org", "C-3/95", "№ 5", "٣ ٤", "3.14", "x86_64", "ﬁve"]
    events = [world.event(f"{text} sign", by=people["by"]) for text in texts]
    world.publish_all(*events, **people)

    assert {text: found(text) for text in texts} == {text: [f"{text} sign"] for text in texts}


def test_entries_are_found_by_the_names_of_those_they_refer_to(people):
    bridge = world.place("The Bridge", by=people["by"])
    event = world.event("A walk", place=bridge, by=people["by"])
    world.publish_all(event, world.event("A swim", by=people["by"]), **people)

    assert found("bridge") == ["A walk"]


def test_old_names_do_not_match_new_editions_nor_new_ones_old_editions(people):
    bridge = world.place("The Bridge", by=people["by"])
    event = world.event("A walk", place=bridge, by=people["by"])
    world.publish_all(event, **people)
    world.change(
        bridge,
        by=people["by"],
        names=[{"text": "The Viaduct", "preferred": True}],
        citations=[{}],
    )
    world.publish_all(bridge, **people)
    world.change(event, by=people["by"], title="A stroll")
    world.publish_all(event, **people)

    asked = {
        (query, number): found(query, Record(number))
        for query in ("bridge", "viaduct", "walk", "stroll")
        for number in (1, 2, 3)
    }
    assert asked == {
        ("bridge", 1): ["A walk"],
        ("bridge", 2): [],
        ("bridge", 3): [],
        ("viaduct", 1): [],
        ("viaduct", 2): ["A walk"],
        ("viaduct", 3): ["A stroll"],
        ("walk", 1): ["A walk"],
        ("walk", 2): ["A walk"],
        ("walk", 3): [],
        ("stroll", 1): [],
        ("stroll", 2): [],
        ("stroll", 3): ["A stroll"],
    }


def test_withdrawn_entries_are_found_no_more(people, chief_editor):
    event = world.event("A walk", by=people["by"])
    world.publish_all(event, **people)
    withdraw([event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    assert (found("walk", Record(1)), found("walk", Record(2))) == (["A walk"], [])


def test_drafts_and_desk_notes_are_not_indexed(people):
    world.event("A draft", by=people["by"])
    event = world.event("A walk", by=people["by"], desk_note="Secretly a run.")
    world.publish_only(
        *world.with_what_they_need([event]), by=people["by"], approved_by=people["approved_by"]
    )
    world.change(event, by=people["by"], title="A stroll")

    assert [found(query) for query in ("draft", "secretly", "stroll", "walk")] == [
        [],
        [],
        [],
        ["A walk"],
    ]


def test_rebuilding_finds_what_was_found_before(people):
    events = [world.event(name, by=people["by"]) for name in ("A walk", "A swim")]
    world.publish_all(*events, **people)
    world.change(events[0], by=people["by"], title="A stroll")
    world.publish_all(events[0], **people)

    def everything() -> list[list[str]]:
        return [
            found(query, Record(number))
            for query in ("walk", "swim", "stroll", "a")
            for number in (1, 2)
        ]

    before = everything()
    search.rebuild()

    assert everything() == before
    assert search.differing() == set()


def test_rows_of_the_index_sort_by_date(people):
    dates = ["1997-07-02", None, "../1998", "1990"]
    world.publish_all(
        *(world.event(f"Event {date}", date=date, by=people["by"]) for date in dates), **people
    )
    statement = "SELECT rowid FROM record_search WHERE {} ORDER BY rowid"
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(search.MATCH[connection.vendor]), [search.expression(parse("event"))]
        )
        ids = [rowid & 0xFFFFFFFF for (rowid,) in cursor.fetchall()]

    assert [Version.objects.get(pk=pk).label for pk in ids] == [
        "Event ../1998",
        "Event 1990",
        "Event 1997-07-02",
        "Event None",
    ]


def test_words_are_found_in_some_days_at_first_as_in_all(people, monkeypatch):
    """Pages of a list by date, whichever way, are those of all that hold what is looked for."""
    envoy = world.actor("Envoy to gatherings", by=people["by"])
    dates = ["../1994", "1990", "1990", "1991-02", "1992", "1992/1995", "1993", "1994", None]
    events = [
        world.event(f"Gathering {number}", date=date, by=people["by"])
        for number, date in enumerate(dates)
    ]
    guests = [world.participant(envoy, by=people["by"])]
    named = world.event("Visit", date="1992-03", participants=guests, by=people["by"])
    world.publish_all(envoy, *events, named, **people)
    whole = found("gathering*")
    assert len(whole) == 10

    for enough, most in product((1, 2, 100), (2, 1000)):
        monkeypatch.setattr(filters, "ENOUGH", enough)
        monkeypatch.setattr(search, "MOST_NEAR", most)
        for limit in (1, 2, 4):
            read, cursor = [], None
            while cursor or not read:
                found_so = EventFilter(QueryDict("q=gathering*"), record=Record.current())
                page = found_so.page(cursor=cursor, limit=limit)
                read += [version.label for version in page.items]
                cursor = page.next
            assert read == whole
