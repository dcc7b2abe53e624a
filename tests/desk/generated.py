"""Documents that hypothesis makes up, of every type, as a desk could hold them."""

import datetime
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from hypothesis import strategies as st
from rest_framework import serializers

from actors.models import ActorKind
from chronicle.dates import PartialDate
from desk.bases import normalised
from desk.documents import OwnPart, PartReference, Reference, References, by_number, schema_of
from desk.types import desk_type
from desk.values import DecimalText, PartialDateValue, Text
from record.types import Document
from sources.models import Stance
from tests import world
from vocabulary.models import Vocabulary

CANARY = "xqzcanary"  # in every name, slug and text of the entries that documents refer to
DATES = ["1997", "1997-07", "1997-07-02~", "1984?", "1993/2003", "2020/..", "199X", "../1990-05-01"]
WORDINGS = ["", "in July", "Temmuz’da"]
LANGUAGES = ["en", "az", "fr", "hy", "ru", "az-Cyrl"]
LETTERS = {"term": "T", "source": "S", "place": "L", "actor": "A", "event": "E", "proposal": "P"}


@dataclass(frozen=True)
class Pool:
    """What there is to refer to, by letter (terms by vocabulary) and by letter and part list."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def pool(cast: Any = None) -> Pool:
    """Fill the desk with entries to refer to: two of each type, and two terms a vocabulary."""
    numbers = itertools.count(1)

    def name() -> str:
        return f"{CANARY} {next(numbers)}"

    filled = Pool()
    for vocabulary in Vocabulary:
        made = [world.term(name(), vocabulary=vocabulary).public_id for _ in range(2)]
        filled.ids[str(vocabulary)] = made
        filled.ids.setdefault("T", []).extend(made)
    filled.ids["S"] = [world.source(name()).public_id for _ in range(2)]
    filled.ids["L"] = [world.place(name()).public_id for _ in range(2)]
    actors = [
        world.actor(
            name(),
            kind=ActorKind.ORGANISATION,
            offices=[{"title": name()}],
            tenures=[{"role": name()}],
        )
        for _ in range(3)
    ]
    events = [world.event(name()) for _ in range(2)]
    proposals = [world.proposal(name(), provisions=[world.provision(name())]) for _ in range(2)]
    for letter, entries in {"A": actors, "E": events, "P": proposals}.items():
        filled.ids[letter] = [entry.public_id for entry in entries]
    for letter, part, entries in [
        ("A", "offices", actors),
        ("A", "tenures", actors),
        ("P", "provisions", proposals),
    ]:
        filled.parts[letter, part] = [
            f"{entry.public_id}/{row.key}"
            for entry in entries
            for row in getattr(entry, part).all()
        ]
    return filled


# A strategy is checked where it is first drawn from, which takes longer than a hundred draws.
@cache
def texts(most: int = 60) -> st.SearchStrategy[str]:
    """Text as the desk keeps it: combining letters, emoji, lines; never empty."""
    written = st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn"])
        | st.sampled_from("e\u0301ıəÅ\u212b\u1100\u1161\u0323\n\t “–"),
        min_size=1,
        max_size=most // 2,
    )
    return written.map(normalised).filter(lambda text: 0 < len(text) <= most)


@cache
def dates() -> st.SearchStrategy[Document]:
    made = st.builds(PartialDate, st.sampled_from(DATES), st.sampled_from(WORDINGS), st.booleans())
    return made.map(PartialDate.as_document)


@cache
def decimals() -> st.SearchStrategy[str]:
    numbers = st.decimals(-80, 80, places=4, allow_nan=False)
    return numbers.map(lambda number: f"{number.normalize():f}" if number else "0")


@st.composite
def documents(draw: Any, type_name: str, pool: Pool, public_id: str) -> Document:
    """A document of the type, in the shape of its declaration."""
    declaration = desk_type(type_name).declaration
    model = desk_type(type_name).model
    lists = [
        name
        for name, inner in schema_of(declaration).fields.items()
        if isinstance(inner, serializers.ListSerializer)
    ]
    made: Document = {}
    # A key is never used in another list, so each list has numbers of its own.
    for name, inner in schema_of(declaration).fields.items():
        if name in lists:
            made[name] = draw(_rows(name, inner.child, model, pool, made, lists.index(name)))
        else:
            made[name] = draw(_value(name, inner, model, pool))
    made |= {"id": public_id, "type": type_name}
    return ARRANGE.get(type_name, lambda document: document)(made)


@st.composite
def _rows(
    draw: Any, name: str, row: Any, model: Any, pool: Pool, made: Document, place: int
) -> list[Document]:
    own_model = getattr(model, name).rel.related_model
    count = draw(st.integers(1 if name in ("labels", "names") else 0, 3))
    keys = draw(st.permutations([1 + place + 10 * number for number in range(4)]))
    rows = []
    for number in keys[:count]:
        values = {
            inner_name: draw(_value(inner_name, inner, own_model, pool, made, number))
            for inner_name, inner in row.fields.items()
        }
        rows.append(values)
    unique: Callable[[Document], Any] = UNIQUE.get(name, lambda values: values.get("key"))
    rows = list({unique(values): values for values in rows}.values())
    if "key" not in row.fields:
        rows.sort(key=lambda values: [values[member] for member in row.identity])
    return rows


def _value(
    name: str, inner: Any, model: Any, pool: Pool, made: Document | None = None, number: int = 0
) -> st.SearchStrategy[Any]:
    if name in SPECIAL:
        return SPECIAL[name](number)
    match inner:
        case References():
            ids = st.lists(st.sampled_from(pool.ids[inner.to]), unique=True)
            return ids.map(lambda found: sorted(found, key=by_number))
        case PartReference():
            values: st.SearchStrategy[Any] = st.sampled_from(pool.parts[inner.to, inner.part])
        case Reference():
            limit = model._meta.get_field(str(inner.source)).get_limit_choices_to()
            values = st.sampled_from(pool.ids[str(limit.get("vocabulary", inner.to))])
        case OwnPart():
            keys = [row["key"] for row in (made or {}).get(inner.part, ())]
            values = st.sampled_from(keys) if keys else st.none()
        case PartialDateValue():
            values = dates()
        case DecimalText():
            values = decimals()
        case serializers.ChoiceField():
            values = st.sampled_from(list(inner.choices))
        case serializers.BooleanField():
            values = st.booleans()
        case serializers.IntegerField():
            values = st.integers(inner.min_value, inner.max_value or 900)
        case serializers.DateField():
            come = datetime.date(1900, 1, 1), datetime.date(2026, 1, 1)
            values = st.dates(*come).map(datetime.date.isoformat)
        case Text():
            values = texts(min(inner.max_length or 60, 60))
        case serializers.Serializer():
            values = st.fixed_dictionaries(
                {member: _value(member, own, model, pool) for member, own in inner.fields.items()}
            )
        case serializers.SerializerMethodField() | serializers.CharField():
            values = st.none()
        case _:
            raise TypeError(f"There is nothing to make {name} of.")
    return st.none() | values if getattr(inner, "allow_null", False) else values


def _some(values: Iterable[Any]) -> Callable[[int], st.SearchStrategy[Any]]:
    return lambda _: st.sampled_from(list(values))


SLUGS = st.from_regex(r"[a-z]{3,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
SPECIAL: dict[str, Callable[[int], st.SearchStrategy[Any]]] = {
    "key": lambda number: st.just(f"p{number}"),
    "slug": lambda _: SLUGS,
    "language": _some(LANGUAGES),
    "url": _some([None, "https://example.org/a?b=%C9%99", "https://example.org/ə"]),
    "archived_url": _some([None, "https://archive.example.org/1"]),
    "claims": lambda _: st.lists(
        st.sampled_from(["entry", "title", "date", "p1", "p2.role"]), unique=True
    ),
    "asserts": _some([None]),
    "blocks": lambda _: st.lists(st.integers(1, 900), unique=True).map(sorted),
}

UNIQUE: dict[str, Callable[[Document], Any]] = {
    "identifiers": lambda row: (row["scheme"], row["value"]),
    "waivers": lambda row: row["claim"],
    "labels": lambda row: row["language"],
    "names": lambda row: row["language"],
    "participants": lambda row: (row["actor"], row["role"]),
    "authors": lambda row: row.get("actor") or row["key"],
    "silences": lambda row: row.get("topic") or row["key"],
}


def _source(document: Document) -> Document:
    for row in document["authors"]:
        if row["family"]:
            row["literal"] = None
        else:
            row |= {"given": None, "literal": row["literal"] or "A body"}
    return document


def _place(document: Document) -> Document:
    where = document["coordinates"]
    if where and None in where.values():
        document["coordinates"] = None
    return _cited(document)


def _actor(document: Document) -> Document:
    for row in document["tenures"]:
        if row["office"]:
            row["role"] = None
        else:
            row["role"] = row["role"] or "A role"
    return _cited(document)


def _event(document: Document) -> Document:
    for row in document["quantities"]:
        figures = sorted(
            (row[name] for name in ("low", "best", "high") if row[name] is not None), key=float
        )
        low, best, high = {0: "010", 1: "010", 2: "101", 3: "111"}[len(figures)]
        given = iter(figures or ["1"])
        for name, there in zip(("low", "best", "high"), (low, best, high), strict=True):
            row[name] = next(given) if there == "1" else None
    return _cited(document)


def _proposal(document: Document) -> Document:
    document["lineage"] = [
        row for row in document["lineage"] if row["earlier"] or row["earlier_proposal"]
    ]
    for row in document["lineage"]:
        if row["earlier_proposal"]:
            kind = "replaces" if row["kind"] == "drops" else row["kind"]
            row |= {"kind": kind, "provision": None, "earlier": None}
        elif row["kind"] == "drops" or row["provision"] is None:
            row |= {"kind": "drops", "provision": None}
    for row in document["responses"]:
        if row["stance"] == "none found":
            row["looked_in"] = row["looked_in"] or "The journal."
            row["date"] = row["date"] or PartialDate("2024").as_document()
        else:
            row["looked_in"] = None
    return _cited(document)


def _cited(document: Document) -> Document:
    for row in document["citations"]:
        row["key"] = row["key"].replace("p", "c")
        selector = row["selector"]
        if row["stance"] == Stance.DISPUTES and row["claims"] == ["date"]:
            row["asserts"] = PartialDate("1998").as_document()
        if selector and not selector["start"]:
            row["selector"] = None
    return document


ARRANGE = {
    "source": _source,
    "place": _place,
    "actor": _actor,
    "event": _event,
    "proposal": _proposal,
}
