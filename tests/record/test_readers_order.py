"""Whatever lists names on one page does so in the reader's order: titles, backlinks, pictures."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from events.filters import EventFilter
from record.reading import Record
from tests import world
from tests.page_reading import page_at
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

# In the order in which they are made, which is that of their ids: (label, in Russian).
NAMES = [("Zambia", "Гана"), ("Chad", "Ангола"), ("Yemen", "Ёлка"), ("Dania", "Заир")]
RUSSIAN, ENGLISH = ["Ангола", "Гана", "Ёлка", "Заир"], ["Chad", "Dania", "Yemen", "Zambia"]


def in_two_languages(field: str, names: tuple[str, str], **more: object) -> list[dict[str, object]]:
    return [
        {field: name, "language": language, **more}
        for name, language in zip(names, ("en", "ru"), strict=True)
    ]


def four_of_each(cast):
    """Four actors in each of four events, with four kinds, places and sources, one for each."""
    body = world.actor("The Body")
    member = world.term("Member", vocabulary=Vocabulary.RELATION)
    whole = world.place("Everywhere", citations=[{}])
    actors, events, subject = [], [], world.term("Lakes", vocabulary=Vocabulary.SUBJECT)
    for names in NAMES:
        actors.append(
            world.actor(
                names[0],
                names=in_two_languages("text", names),
                relations=[{"kind": member, "to": body}],
                tenures=[{"role": "Adviser", "organisation": body}],
                subjects=[subject],
            )
        )
    for number, names in enumerate(NAMES):
        place = world.place(
            names[0],
            names=in_two_languages("text", names, preferred=True),
            part_of=whole,
            latitude=40 + number,
            longitude=40,
            precision="settlement",
        )
        events.append(
            world.event(
                f"In {names[0]}",
                date=f"199{number}",
                kind=world.term(names[0], labels=in_two_languages("label", names)),
                place=place,
                participants=[world.participant(who) for who in actors],
                citations=[{"source": world.source(names[0])}],
            )
        )
    world.publish_all(*events, by=cast.contributor, approved_by=cast.editor)
    return body, whole, subject


@pytest.fixture
def four(kept):
    return kept(four_of_each)


def titles(language: str, *, backward: bool = False) -> list[str]:
    with override(language):
        filters = EventFilter(QueryDict("sort=title"), record=Record.current())
        assert filters.errors == {}
        found, seen = filters.page(cursor=None, limit=1), []
        while True:
            seen += [each.label for each in found.items]
            if not found.next:
                break
            found = filters.page(cursor=found.next, limit=1)
        if backward:
            seen = []
            while True:
                seen = [each.label for each in found.items] + seen
                if not found.previous:
                    break
                found = filters.page(cursor=found.previous, limit=1)
    return seen


def test_titles_are_in_the_order_of_the_readers_alphabet(cast):
    made = ["Zal", "Xan", "Омск", "Élan", "Hal", "Ёлка", "Qala", "Elm"]
    who = {"by": cast.contributor, "approved_by": cast.editor}
    world.publish_all(*(world.event(title, date=None) for title in made), **who)
    wanted = {
        "fr": ["Élan", "Elm", "Hal", "Qala", "Xan", "Zal", "Ёлка", "Омск"],
        "ru": ["Ёлка", "Омск", "Élan", "Elm", "Hal", "Qala", "Xan", "Zal"],
        "en-gb": ["Élan", "Elm", "Hal", "Qala", "Xan", "Zal", "Ёлка", "Омск"],
        "az": ["Élan", "Elm", "Hal", "Xan", "Qala", "Zal", "Ёлка", "Омск"],
    }
    assert {language: titles(language) for language in wanted} == wanted
    assert {language: titles(language, backward=True) for language in wanted} == wanted


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_by_title_costs_as_many_queries_in_every_language(
    cast, reader, django_assert_num_queries, number: int
):
    who = {"by": cast.contributor, "approved_by": cast.editor}
    world.publish_all(*(world.event(f"Event {each}") for each in range(number)), **who)
    for prefix in ("", "/ru"):
        reader.get(f"{prefix}/events/")
        with django_assert_num_queries(2):
            reader.get(f"{prefix}/events/?sort=title")


@pytest.mark.parametrize(("prefix", "wanted"), [("", ENGLISH), ("/ru", RUSSIAN)])
def test_what_refers_to_an_entry_is_in_the_readers_order(four, reader, prefix, wanted):
    body, whole, _ = four
    page = page_at(reader, f"{prefix}/actors/{body.slug}/")
    linked = [each.text.split()[0] for each in page.with_class("linked-item")]
    assert linked == [*wanted, *wanted]  # who served there, and who is related to it
    page = page_at(reader, f"{prefix}/places/{whole.slug}/")
    assert [each.text.split()[0] for each in page.with_class("linked-item")] == wanted


@pytest.mark.parametrize(("prefix", "wanted"), [("", ENGLISH), ("/ru", RUSSIAN)])
def test_what_uses_a_term_is_in_the_readers_order(four, reader, prefix, wanted):
    page = page_at(reader, f"{prefix}/terms/{four[2].slug}/")
    assert [each.text for each in page.with_class("entry-row-title")] == wanted


@pytest.mark.parametrize(("prefix", "wanted"), [("", ENGLISH), ("/ru", RUSSIAN)])
def test_who_stands_together_as_often_is_in_the_readers_order(four, reader, prefix, wanted):
    page = page_at(reader, f"{prefix}/together/events/")
    pairs = [row.text.split()[:2] for row in page.all("tr")][1:]
    assert pairs == [[one, two] for at, one in enumerate(wanted) for two in wanted[at + 1 :]]


@pytest.mark.parametrize(("prefix", "wanted"), [("", ENGLISH), ("/ru", RUSSIAN)])
@pytest.mark.parametrize("by", ["actor", "kind", "place"])
def test_lanes_with_as_many_are_in_the_readers_order(four, reader, by, prefix, wanted):
    page = page_at(reader, f"{prefix}/timeline/events/?lanes={by}")
    assert [each.text.split()[0] for each in page.with_class("timeline-lane-name")] == wanted


@pytest.mark.parametrize(("prefix", "wanted"), [("", ENGLISH), ("/ru", RUSSIAN)])
def test_the_overview_is_in_the_readers_order(four, reader, prefix, wanted):
    page = page_at(reader, f"{prefix}/overview/")
    assert [each.text.split()[0] for each in page.with_class("kind-name")] == wanted
    sources = [each.text.split()[0] for each in page.all("th", scope="row")]
    assert [name for name in sources if name in ENGLISH][-4:] == ENGLISH


@pytest.mark.parametrize(("prefix", "wanted"), [("", ENGLISH), ("/ru", RUSSIAN)])
@pytest.mark.parametrize("of", ["events", "places"])
def test_the_table_of_a_map_is_in_the_readers_order(four, reader, of, prefix, wanted):
    page = page_at(reader, f"{prefix}/map/{of}/")
    assert [each.text.split()[0] for each in page.all("th", scope="row")] == wanted
