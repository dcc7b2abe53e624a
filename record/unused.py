"""What an address asks for that no filter can use: nothing of it is lost, and each can be removed.

A facet with a value that is wrong filters by none of its values, so all of them count as unused.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from record.addresses import query_with
from record.facets import Facet
from record.filter_fields import TextField, values_in, written
from record.filters import RecordFilter
from record.query import parse


@dataclass(frozen=True)
class Unused:
    """One value. ``query`` is the query string without it; ``sentence`` says what is wrong, where
    no field of the form does: then it is ``kept`` in a hidden one."""

    name: str
    label: str
    value: str
    shown: str
    query: str
    kept: bool
    sentence: str


@dataclass(frozen=True)
class Typed:
    """A value of a facet that stays chosen although it is not used. ``wrong``: it is none."""

    value: str
    label: str
    wrong: bool


@dataclass(frozen=True, kw_only=True)
class FacetInError(Facet):
    typed: Sequence[Typed]


def with_unused(filters: RecordFilter, facet: Facet) -> Facet:
    """The facet with what was asked of it in vain. No query."""
    if not facet.errors:
        return facet
    values = values_in(filters.data, facet.name)
    kind = filters.facets[facet.name]
    options = [replace(one, chosen=one.chosen or one.value in values) for one in facet.options]
    offered = {option.value for option in options}
    typed = [
        Typed(text, kind.known_as(text) or text, not kind.known_as(text))
        for text in values
        if text not in offered
    ]
    return FacetInError(**vars(facet) | {"options": options}, typed=typed)


def unused(filters: RecordFilter, fields: Collection[str]) -> list[Unused]:
    """Every value that is not used, in the order of the filters. ``fields``: names of the
    form's fields. No query."""
    found = []
    for name in filters.fields:
        if name not in filters.errors:
            continue
        label = str(filters.fields[name].label)
        several = name in filters.facets
        values = values_in(filters.data, name) if several else _once(filters, name)
        sentence = "" if name in fields else " ".join(str(one) for one in filters.errors[name])
        for text in values:
            rest = [other for other in values if other != text]
            known = filters.facets[name].known_as(text) if several else ""
            query = query_with(filters.data, {name: rest})
            kept = name not in fields
            found.append(Unused(name, label, text, known or text, query, kept, sentence))
    return found


def ignored(filters: RecordFilter) -> str:
    """What of the words looked for has no meaning, in a sentence; empty where all of it has."""
    fields = filters.fields
    texts = [text for name, text in filters.asked.items() if isinstance(fields[name], TextField)]
    return " ".join(parse(text).notice for text in texts).strip()


def _once(filters: RecordFilter, name: str) -> list[str]:
    """What was written for a filter that takes one value: more than one is one mistake."""
    typed = [text for text in written(filters.data, name) if text]
    return [", ".join(typed)] if typed else []
