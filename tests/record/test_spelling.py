"""Other words for those that nothing holds."""

import pytest

from record.query import parse
from record.reading import Record
from record.spelling import did_you_mean, sound, unheld
from tests import world

pytestmark = pytest.mark.django_db


def meant(text: str) -> list[str]:
    record, query = Record.current(), parse(text)
    return did_you_mean(record, query, unheld(record, query))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("sargsyan", "sarksian"),
        ("xankendi", "khankendi"),
        ("susa", "shusha"),
        ("aliyev", "aliev"),
        ("wien", "vien"),
    ],
)
def test_transcriptions_of_one_name_sound_alike(word, other):
    assert sound(word) == sound(other)


@pytest.fixture
def names(people):
    world.publish_all(
        world.actor("Sargsyan", by=people["by"]),
        world.actor("Əliyev", by=people["by"]),
        world.place("Şuşa", by=people["by"]),
        world.event("A summit in Lisbon", summary="An agreement was signed.", by=people["by"]),
        **people,
    )


def test_other_words_are_offered_in_the_letters_of_an_entry(names):
    typed = {
        "Sarkisian": ["Sargsyan"],
        "aliev": ["Əliyev"],
        "shusha": ["Şuşa"],
        "lisbno": ["Lisbon"],
        "sumit lisbon": ["summit Lisbon"],
        '"summit in lisbom"': ['"summit in Lisbon"'],
        "agrement": ["agreement"],
    }

    assert {text: meant(text) for text in typed} == typed


def test_nothing_is_offered_for_what_is_there_or_like_nothing(names):
    typed = ["lisbon", "lisbon sargsyan", "qqqqqqq", "zz", "1997", "usa", "x" * 400]

    assert {text: meant(text) for text in typed} == {text: [] for text in typed}


def test_words_are_those_of_the_edition(people):
    walk = world.event("A promenade", by=people["by"])
    world.publish_all(walk, **people)
    world.change(walk, by=people["by"], title="A stroll")
    world.publish_all(walk, **people)

    assert meant("promenede") == []
    assert did_you_mean(Record(1), parse("promenede"), parse("promenede").terms) == ["promenade"]
    terms = parse("promenade stroll").terms
    assert unheld(Record.current(), parse("promenade stroll")) == [terms[0]]
