"""Every word that a reader is told by Python can be translated, in all rooms."""

import html
import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from babel import Locale
from django.utils.translation import override, trans_real
from rest_framework import serializers

from record import changes, moves, sorting
from record.differences import declared
from record.labels import label_of
from record.models import Change, CheckState, State, Version
from record.pages import all_pages, counted_words
from record.types import entry_types
from sources import cards, citing, marks
from tests.wording import Wrapping, outside
from vocabulary.reading import VOCABULARIES

WORD = re.compile(r"[^\W\d_]{3,}")
UNSEEN = re.compile(r"<(script|style|code|pre)\b.*?</\1>", re.DOTALL)
SPOKEN = re.compile(r'(?:aria-label|title|alt|placeholder)="([^"]*)"')
CODES = {"id", "type", "state", "slug", "language", "kind", "stance", "usage", "precision"}
NAMES = {"Chronicle", "English", "Esperanto", "BibTeX", "RIS", "CSL", "JSON", "Wikidata", "VIAF"}
ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture
def wrapped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(trans_real._translations, "zz", Wrapping("zz"))
    with override("zz"):
        yield


def bare(texts: Iterator[Any]) -> set[str]:
    """Those of which something is said in English all the same."""
    return {str(text) for text in texts if WORD.search(outside(str(text)))}


def test_what_rooms_call_their_entries_lanes_and_filters_can_be_translated(wrapped):
    assert bare(_announced()) == set()


def _announced() -> Iterator[Any]:
    for pages in all_pages():
        yield from (pages.one, pages.many, pages.title, pages.lead, pages.none)
        yield from (pages.number(1), pages.number(2))
        for by in pages.lanes:
            yield from (by.label, by.none, counted_words(by.others, 2))
        yield from (backlink.many for backlink in pages.backlinks)
        for kind in pages.filterset.base_filters.values():
            yield kind.label
            yield from (label for _, label in kind.extra.get("choices", list)())


def test_what_documents_call_their_fields_and_parts_can_be_translated(wrapped):
    words = [each for kind in entry_types() for each in _declared(declared(kind.declaration))]
    assert bare(iter(words)) == set()


def _declared(schema: Any) -> Iterator[Any]:
    for name, field in schema.fields.items():
        yield label_of(schema, name)
        yield from getattr(field, "choices", {}).values()
        inner = getattr(field, "child", field)
        yield getattr(inner, "one", "")
        if isinstance(inner, serializers.BaseSerializer):
            yield from _declared(inner)


def test_words_that_stand_ready_can_be_translated(wrapped):
    ready = (changes.WORDS, moves.STATES, sorting.LABELS, cards.CHECK_WORDS, marks.STANCES)
    for words in (*ready, VOCABULARIES):
        assert bare(iter(words.values())) == set()
    assert bare(words % {"source": ""} for words in citing.STANDS_ON.values()) == set()
    assert bare(label for kind in (Change, CheckState, State) for label in kind.labels) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/eo/",
        "/eo/events/?from=zz&actor=kk&kind=aa&q=-x*&contested=zz&sort=zz",
        "/eo/events/{event}/",
        "/eo/actors/{actor}/",
        "/eo/timeline/events/?lanes=zz&window=zz",
        "/eo/map/events/?window=zz",
        "/eo/proposals/compare/?ids=P1,P2,P9",
        "/eo/entries/{event_id}/cite/?claim=zz",
        "/eo/editions/1/",
    ],
)
def test_nothing_but_the_record_is_said_in_english(
    full, reader, settings, monkeypatch: pytest.MonkeyPatch, address: str
):
    # One that no other test speaks: what is kept in memory is kept by language.
    settings.LANGUAGES = [("en-gb", "English"), ("eo", "Esperanto")]
    monkeypatch.setitem(trans_real._translations, "eo", Wrapping("eo"))
    event = full.event
    at = address.format(event=event.slug, event_id=event.public_id, actor=full.actor.slug)
    page = UNSEEN.sub("", reader.get(at).content.decode())
    texts = [re.sub(r"<[^>]*>", " ", page), *SPOKEN.findall(page)]
    bare = [ADDRESS.sub("", outside(html.unescape(text))) for text in texts]
    left = {word for text in bare for word in WORD.findall(text)} - NAMES
    known = _of_the_record()
    # Pictures cut names off where there is no room.
    assert {each for each in left if not any(word.startswith(each) for word in known)} == set()


def _of_the_record() -> set[str]:
    """The words of all documents and reasons; months and languages are those of the CLDR."""
    said = [
        text for version in Version.objects.all() for text in _texts(orjson.loads(version.document))
    ]
    said += Version.objects.values_list("edition__reason", flat=True)
    spoken = Locale("eo")
    said += [*spoken.months["format"]["wide"].values(), *spoken.languages.values()]
    return {word for text in said for word in WORD.findall(text)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in CODES:
                yield from _texts(each)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/api/v1/events/", "/api/v1/events/?from=zz", "/feeds/events/"]
)
def test_programs_are_answered_in_english_whatever_is_spoken(full, reader, wrapped, address: str):
    answer = reader.get(address, headers={"Accept-Language": "zz"}).content.decode()
    assert "⟦" not in answer
