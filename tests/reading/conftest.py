"""A desk with a text to read, whose names it knows."""

from dataclasses import dataclass
from typing import Any

import pytest

from actors.models import Actor, ActorKind
from places.models import Place
from reading.held import Held, held_text
from sources.models import Source
from sources.selectors import Span
from tests import world
from tests.conftest import Cast

TEXT = """The talks by the lake

Background

On 20 July 1997 Anna Berg met about forty delegates in Lakeside. She "hoped" for peace.

In March 1998 the Republic answered. Nothing was signed.

Nothing was signed by anybody.

Photo: Lake Press
"""
HEADINGS = [2]


@dataclass(frozen=True)
class ReadingWorld:
    """``text`` is held of ``source``; it names ``person``, ``state`` and ``place``."""

    source: Source
    person: Actor
    state: Actor
    place: Place

    @property
    def held(self) -> Held:
        held = held_text(self.source)
        assert held is not None
        return held

    def span(self, words: str) -> Span:
        start = self.held.folded.text.index(words)
        return Span(start, start + len(words))

    def url(self, name: str = "room", **asked: Any) -> str:
        return self.held.url(name, **asked)

    def of(self, words: str, name: str = "passage", **asked: Any) -> str:
        return self.held.passage_url(self.span(words), name, **asked)


def reading_world(cast: Cast) -> ReadingWorld:
    by = cast.contributor
    person = world.actor("Anna Berg", kind=ActorKind.PERSON, by=by)
    state = world.actor("Republic", by=by)
    place = world.place("Lakeside", by=by)
    source = world.source("A wire report", by=by)
    world.hold_text(source, TEXT, headings=HEADINGS)
    return ReadingWorld(source, person, state, place)


@pytest.fixture
def reading(kept: Any) -> ReadingWorld:
    return kept(reading_world)
