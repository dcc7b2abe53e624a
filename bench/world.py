"""Synthetic documents: the same for the same seed, as wide and as uneven as a real chronicle.

Actors, words and places follow Zipf's law; dates are days, months, years, intervals and
approximate; an event has one to three citations. Words of texts and words of names are from
different lists of equally long words, so that looking for a word finds the same everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, product
from math import ceil
from random import Random
from typing import Any

from chronicle.dates import PartialDate, bounds_of

Document = dict[str, Any]

SEED = 1997
EDITIONS = 200  # at most; fewer where there is too little to correct
YEARS = range(1990, 2020)
DAYS = 20  # of a month: reading a date takes 10 ms, and so many are kept in memory once read
TERMS = {"event kind": 24, "role": 12, "subject": 120, "topic": 80, "proposal kind": 6}
SOURCES, PLACES, ACTORS = 400, 300, 2000
# Consonants that only words of texts begin with, and those that only words of names do.
OF_TEXTS, OF_NAMES = "bdfgklm", "nprstvz"
VOWELS = "aeiou"
STANCES = ("supports", "supports", "supports", "mentions", "disputes")
PRECISIONS = ("day",) * 12 + ("month",) * 4 + ("year", "about", "between", "none")


@dataclass
class World:
    """Documents by edition: what others refer to first, and corrections last."""

    words: list[str]
    kinds: list[Document] = field(default_factory=list)
    events: list[Document] = field(default_factory=list)
    editions: list[tuple[str, list[Document]]] = field(default_factory=list)


class Zipf:
    """Draws from a list, the first ones far more often than the last."""

    def __init__(self, items: Sequence[Any], dice: Random, exponent: float = 1.0) -> None:
        self.items, self.dice = items, dice
        self.weights = list(accumulate(1 / (rank + 1) ** exponent for rank in range(len(items))))

    def draw(self, times: int = 1) -> list[Any]:
        return self.dice.choices(self.items, cum_weights=self.weights, k=times)


def make_world(events: int, *, an_edition: int = 10_000) -> World:
    """``events`` events and what belongs to them, proposals and corrections in proportion."""
    dice = Random(SEED)  # noqa: S311 - the same every time is what is wanted
    world = World(words_of(OF_TEXTS))
    cast = _Cast(dice, world.words, events)
    world.kinds = cast.terms["event kind"]
    world.editions.append(("What there is to refer to.", cast.everything()))
    world.events = list(_events(events, cast))
    for start in range(0, events, an_edition):
        world.editions.append(("Events.", world.events[start : start + an_edition]))
    proposals = [_proposal(number, cast, world.events) for number in range(1, events // 300 + 2)]
    world.editions.append(("Proposals.", proposals))
    corrected = dice.sample(range(events), max(1, events // 100))
    for index in corrected:
        event = world.events[index]
        world.events[index] = event | {"title": event["title"] + ", corrected"}
    step = ceil(len(corrected) / (EDITIONS - len(world.editions)))
    for start in range(0, len(corrected), step):
        some = [world.events[index] for index in corrected[start : start + step]]
        world.editions.append(("Corrections.", some))
    return world


class _Cast:
    """Everything that events refer to, and how often; less of it for few events."""

    def __init__(self, dice: Random, words: list[str], events: int) -> None:
        def up_to(most: int) -> range:
            return range(1, max(6, min(most, events // 10)) + 1)

        self.dice, self.names = dice, iter(words_of(OF_NAMES))
        self.texts = Zipf(words, dice, 0.9)
        number = iter(range(1, 10_000))
        self.terms = {
            vocabulary: [_term(next(number), vocabulary, self.name()) for _ in up_to(total)]
            for vocabulary, total in TERMS.items()
        }
        self.sources = [_source(number, self.name(2), dice) for number in up_to(SOURCES)]
        self.places = [_place(number, self.name(), self) for number in up_to(PLACES)]
        self.actors = [_actor(number, self.name(), self) for number in up_to(ACTORS)]
        self.often = {
            name: Zipf(items, dice)
            for name, items in {
                **self.terms,
                "source": self.sources,
                "place": self.places,
                "actor": self.actors,
            }.items()
        }

    def name(self, words: int = 1) -> str:
        return " ".join(next(self.names).title() for _ in range(words))

    def everything(self) -> list[Document]:
        terms = [term for group in self.terms.values() for term in group]
        return [*terms, *self.sources, *self.places, *self.actors]

    def some(self, name: str, most: int) -> list[str]:
        """Ids of one to ``most`` of them, each once."""
        drawn = self.often[name].draw(self.dice.randint(1, most))
        return sorted({item["id"] for item in drawn}, key=lambda public_id: int(public_id[1:]))

    def text(self, least: int, most: int) -> str:
        return " ".join(self.texts.draw(self.dice.randint(least, most))).capitalize()


def words_of(initials: str) -> list[str]:
    """Six letters each, so that none is part of another, in an order of no meaning."""
    syllables = [a + b for a, b in product(initials, VOWELS)]
    words = ["".join(three) for three in product(syllables, repeat=3)]
    Random(SEED).shuffle(words)  # noqa: S311
    return words


def _entry(type_name: str, public_id: str, slug: str, **fields: Any) -> Document:
    return {
        "id": public_id,
        "type": type_name,
        "slug": slug,
        "language": "en",
        "identifiers": [],
        "subjects": [],
        "editor_note": None,
        **fields,
    }


def _term(number: int, vocabulary: str, label: str) -> Document:
    row = {"key": "p1", "language": "en", "label": label, "definition": None}
    slug = f"{label.lower()}-{number}"
    return _entry(
        "term",
        f"T{number}",
        slug,
        vocabulary=vocabulary,
        order=number,
        retired=False,
        labels=[row],
    )


def _source(number: int, title: str, dice: Random) -> Document:
    author = {
        "key": "p1",
        "role": "author",
        "family": title.split()[0],
        "given": "N.",
        "literal": None,
    }
    return _entry(
        "source",
        f"S{number}",
        f"source-{number}",
        kind=dice.choice(["article", "book", "report"]),
        title=title,
        authors=[author] if number % 4 else [],
        publisher="A publisher",
        container=None,
        published=_date(str(dice.choice(YEARS))),
        url=f"https://source-{number}.example/text",
        archived_url=None,
        archived_on=None,
        rights=None,
        text_shown="nothing",
        text_sha256=None,
        point_of_view=None,
    )


def _place(number: int, name: str, cast: _Cast) -> Document:
    row = {"key": "p1", "text": name, "language": "en", "usage": "usual", "preferred": True}
    return _entry(
        "place",
        f"L{number}",
        f"place-{number}",
        names=[row],
        coordinates=None,
        part_of=None,
        waivers=[],
        citations=[_citation(1, cast.dice.choice(cast.sources), ["entry", "p1"], "supports", cast)],
    )


def _actor(number: int, name: str, cast: _Cast) -> Document:
    row = {
        "key": "p1",
        "text": name,
        "language": "en",
        "script": None,
        "kind": "preferred",
        "used": None,
    }
    return _entry(
        "actor",
        f"A{number}",
        f"actor-{number}",
        kind=cast.dice.choice(["state", "person", "body"]),
        names=[row],
        existed=None,
        description=None,
        offices=[],
        tenures=[],
        relations=[],
        waivers=[],
        citations=[_citation(1, cast.dice.choice(cast.sources), ["entry", "p1"], "supports", cast)],
    )


def _events(total: int, cast: _Cast) -> Iterator[Document]:
    """In the order of their dates, so that what is part of another, or follows it, is later."""
    dates = [_edtf(cast.dice) for _ in range(total)]
    for number, edtf in enumerate(sorted(dates, key=_first_day), start=1):
        yield _event(number, edtf, cast)


def _event(number: int, edtf: str, cast: _Cast) -> Document:
    dice = cast.dice
    earlier = [f"E{dice.randint(1, number - 1)}" for _ in range(2)] if number > 1 else []
    actors = cast.some("actor", 4)
    roles = cast.often["role"].draw(len(actors))
    participants = [
        {"key": f"p{key}", "actor": actor, "role": role["id"], "tenure": None}
        for key, (actor, role) in enumerate(zip(actors, roles, strict=True), start=1)
    ]
    event = _entry(
        "event",
        f"E{number}",
        f"event-{number}",
        subjects=cast.some("subject", 2),
        title=cast.text(3, 7),
        summary=cast.text(20, 45) + ".",
        kind=cast.often["event kind"].draw()[0]["id"],
        date=_date(edtf) if edtf else None,
        place=cast.often["place"].draw()[0]["id"] if dice.random() < 0.8 else None,
        part_of=earlier[0] if earlier and dice.random() < 0.05 else None,
        follows=earlier[1:] if dice.random() < 0.05 else [],
        participants=participants,
        quantities=[],
        waivers=[],
    )
    fields = [name for name in ("summary", "date", "place", "part_of", "follows") if event[name]]
    return event | {"citations": _citations(fields, participants, cast)}


def _proposal(number: int, cast: _Cast, events: list[Document]) -> Document:
    dice = cast.dice
    keys = iter(range(1, 100))
    authors: list[Document] = [
        {"key": f"p{next(keys)}", "actor": actor} for actor in cast.some("actor", 2)
    ]
    provisions = [
        {"key": f"p{next(keys)}", "topic": topic, "summary": cast.text(8, 16)}
        for topic in cast.some("topic", 5)
    ]
    responses = [
        {
            "key": f"p{next(keys)}",
            "actor": actor,
            "to": None,
            "stance": dice.choice(["accepts", "rejects"]),
            "date": None,
            "event": None,
            "looked_in": None,
        }
        for actor in cast.some("actor", 3)
    ]
    proposal = _entry(
        "proposal",
        f"P{number}",
        f"proposal-{number}",
        title=cast.text(3, 6),
        summary=cast.text(20, 40),
        kind=cast.often["proposal kind"].draw()[0]["id"],
        presented=_date(str(dice.choice(YEARS))),
        event=dice.choice(events)["id"],
        authors=authors,
        outcome=None,
        provisions=provisions,
        silences=[],
        lineage=[],
        responses=responses,
        waivers=[],
    )
    parts: list[Document] = [*authors, *provisions, *responses]
    return proposal | {"citations": _citations(["summary", "presented", "event"], parts, cast)}


def _citations(fields: list[str], parts: list[Document], cast: _Cast) -> list[Document]:
    """The first supports everything; the others support, mention or dispute one claim."""
    claims = ["entry", *fields, *(part["key"] for part in parts)]
    sources = cast.often["source"].draw(cast.dice.randint(1, 3))
    return [
        _citation(
            key,
            source,
            claims if key == 1 else [cast.dice.choice(claims)],
            "supports" if key == 1 else cast.dice.choice(STANCES),
            cast,
        )
        for key, source in enumerate(sources, start=1)
    ]


def _citation(key: int, source: Document, claims: list[str], stance: str, cast: _Cast) -> Document:
    dice = cast.dice
    passage = {"start": cast.text(4, 6), "end": cast.text(3, 5), "prefix": None, "suffix": None}
    return {
        "key": f"c{key}",
        "source": source["id"],
        "claims": claims,
        "stance": stance,
        "asserts": None,
        "locator": {
            "section": None,
            "blocks": [dice.randint(1, 60)],
            "page": str(dice.randint(1, 400)) if dice.random() < 0.5 else None,
            "timecode": None,
            "record": None,
        },
        "selector": passage if dice.random() < 0.7 else None,
        "accessed_on": "2020-01-31",
        "cited_via": None,
        "note": None,
    }


def _edtf(dice: Random) -> str:
    year, month, day = dice.choice(YEARS), dice.randint(1, 12), dice.randint(1, DAYS)
    match dice.choice(PRECISIONS):
        case "day":
            return f"{year}-{month:02d}-{day:02d}"
        case "month":
            return f"{year}-{month:02d}"
        case "year":
            return f"{year}"
        case "about":
            return f"{year}~"
        case "between":
            return f"{year}/{year + 1}"
    return ""


def _first_day(edtf: str) -> int:
    return bounds_of(edtf).first_day if edtf else 10**7


def _date(edtf: str) -> Document:
    return PartialDate(edtf).as_document()
