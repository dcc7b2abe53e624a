"""What is found in a text is kept beside it, and goes when it goes or is no longer true."""

from typing import Any

import pytest

from reading import offers, offers_kept
from reading.known import known_entries
from reading.models import KeptOffers
from reading.offers import dates_and_names
from reading.offers_kept import keep_all_offers, keep_offers
from sources.keeping import AT_THE_DESK, IN_PUBLIC, KeptTexts
from sources.models import SourceText
from sources.texts import store_text
from tests import world
from tests.reading.conftest import TEXT, ReadingWorld

pytestmark = pytest.mark.django_db
DATES = ["20 July 1997", "March 1998"]
NAMES = ["Anna Berg", "Lakeside", "Republic"]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is looked for in texts all the same."""
    looked: list[str] = []
    for name in ("dates_in", "names_in"):
        found = getattr(offers, name)

        def look(*args: Any, _found: Any = found, _name: str = name, **named: Any) -> Any:
            looked.append(_name)
            return _found(*args, **named)

        monkeypatch.setattr(offers, name, look)
    return looked


def found(reading: ReadingWorld) -> tuple[list[str], list[str]]:
    AT_THE_DESK.forget()  # as in another process
    held = reading.held
    there = dates_and_names(held.text, held.folded, known_entries())
    return [each.words for each in there.dates], [each.words for each in there.names]


def test_what_is_kept_of_a_text_is_what_is_found_in_it(
    reading: ReadingWorld, unread: list[str]
) -> None:
    assert found(reading) == (DATES, NAMES)
    assert unread == ["dates_in", "names_in"]
    before = reading.held
    there = dates_and_names(before.text, before.folded, known_entries())
    unread.clear()

    keep_offers(before.text.pk)

    AT_THE_DESK.forget()
    held = reading.held
    assert dates_and_names(held.text, held.folded, known_entries()) == there
    assert unread == []


def test_another_name_or_another_release_makes_it_found_anew(
    reading: ReadingWorld, unread: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_offers(reading.held.text.pk)
    world.actor("Lake Press")
    assert found(reading) == (DATES, [*NAMES, "Lake Press"])
    assert unread == ["names_in"]

    monkeypatch.setattr(offers_kept, "recogniser", lambda: "newer")
    said: list[str] = []
    keep_all_offers(say=said.append)
    keep_all_offers(say=said.append)

    unread.clear()
    assert found(reading) == (DATES, [*NAMES, "Lake Press"])
    assert unread == []
    assert said == ["Looked for dates and names in 1 text of sources."]


def test_it_is_kept_when_a_text_is_loaded_and_goes_with_it(
    reading: ReadingWorld, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        held = store_text(reading.source, f"{TEXT}\n\nIn May 1999 they met.", headings=[], by=None)
    assert list(KeptOffers.objects.values_list("text", flat=True)) == [held.pk]
    held.delete()
    assert KeptOffers.objects.count() == 0
    keep_offers(0)  # of a text that has gone meanwhile


def test_a_text_that_is_removed_is_kept_in_no_process(reading: ReadingWorld) -> None:
    other = world.source("Another")
    world.hold_text(other, "Other words.")
    assert reading.held.folded is reading.held.folded
    assert len(AT_THE_DESK) == 1
    SourceText.objects.get(source=other).delete()
    assert len(AT_THE_DESK) == 0

    world.hold_text(other, "Other words.")
    before = reading.held.folded
    gone = SourceText.objects.filter(source=other)
    gone._raw_delete(gone.db)  # as by another process, which tells nothing here
    assert reading.held.folded is not before


def test_what_is_read_in_public_takes_no_text_from_the_desk(reading: ReadingWorld) -> None:
    before = reading.held.folded
    for number in range(20):
        IN_PUBLIC.folded(f"{number}", (), "Words.", standing=1)
    assert (reading.held.folded is before, len(IN_PUBLIC)) == (True, 4)


def test_kept_texts_are_those_read_last_until_something_has_gone() -> None:
    kept = KeptTexts(2)
    first = kept.folded("a", (), "One.", standing=1)
    kept.folded("b", (), "Two.", standing=1)
    assert kept.folded("a", (), "One.", standing=1) is first
    kept.folded("c", (), "Three.", standing=1)
    assert kept.folded("a", (), "One.", standing=1) is first
    assert kept.folded("a", (), "One.", standing=2) is not first
    assert len(kept) == 1
