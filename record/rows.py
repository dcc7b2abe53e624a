"""What lists show of an entry: the same few things for every type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from chronicle.localised import number
from record.reading import Reference
from record.types import Document


@dataclass(frozen=True)
class Value:
    """Something said in words, perhaps with a page of its own.

    ``language``: where it is not the page's. ``pieces``: what it is put together of, where
    some of that is in another language than the rest.
    """

    name: str
    url: str = ""
    language: str = ""
    pieces: "tuple[Value, ...]" = ()


@dataclass(frozen=True)
class Fact:
    """A label and what it labels."""

    label: str
    values: Sequence[Value]


@dataclass(frozen=True)
class ShortCitation:
    """A citation in a list: where in its source, leading to the evidence."""

    number: str
    href: str
    stance: str
    locator: Value


@dataclass(frozen=True)
class CitedSource:
    """A source in a list, by its short reference, and an entry's citations of it."""

    reference: str
    language: str
    citations: Sequence[ShortCitation]


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One entry in a list. ``undated`` says so where a type has dates and the entry has none.

    ``language``: of its words, where it is not the page's; ``title_language``: of its title, where
    that is another; ``kind_language``: of the name of its kind.
    """

    id: str
    type: str
    url: str
    title: str
    title_language: str | None = None
    language: str = ""
    kind: str = ""
    kind_language: str = ""
    date: dict[str, Any] | None = None
    undated: str = ""
    summary: str = ""
    contested: bool = False
    facts: Sequence[Fact] = ()
    sources: Sequence[CitedSource] = ()

    @property
    def title_tag(self) -> str:
        """What ``lang`` has to say of the title."""
        return self.language if self.title_language is None else self.title_language


def value_of(reference: Reference) -> Value:
    return Value(reference.name, reference.url, reference.language)


def value_or_none(reference: Reference | None) -> Value | None:
    return None if reference is None else value_of(reference)


def fact(label: Any, values: Iterable[Value]) -> list[Fact]:
    """A fact with each value once, or nothing where there are none."""
    found = list(dict.fromkeys(values))
    return [Fact(str(label), found)] if found else []


def first_of(values: Sequence[Value], most: int, url: str) -> list[Value]:
    """The first ``most``, and how many more there are at ``url``."""
    if len(values) <= most:
        return list(values)
    more = len(values) - most
    # Translators: at the end of a list of names: “and 3 more”.
    said = gettext("and %(number)s more") % {"number": number(more)}
    return [*values[:most], Value(said, url)]


def is_contested(document: Document) -> bool:
    return any(citation["stance"] == "disputes" for citation in document.get("citations", ()))
