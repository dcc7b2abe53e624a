"""The entry types that the record knows: each room announces its own when Django starts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import get_script_prefix, reverse

from chronicle.dates import OPEN_START, bounds_of_stored
from chronicle.languages import of_now

if TYPE_CHECKING:
    from rest_framework.serializers import Serializer

    from record.rows import Value

Document = dict[str, Any]
Upcaster = Callable[[Document], Document]
UNDATED = "9999999"  # sort key of what has no date, beyond every day there is
WordsForClaim = Callable[[str], "Value"]  # says a claim of one document, as a reader would


class Target(NamedTuple):
    """One reference a document makes: ``part`` is a key within ``id``, or empty."""

    predicate: str
    id: str
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What lists need of a document, without opening it.

    ``earliest`` and ``latest`` are day numbers (see ``chronicle.dates``), ``None`` when undated.
    ``names`` and ``words`` are what the entry itself is searched by: what it is called, and all
    else that it says. Names of others are found through links.
    """

    label: str
    sort_key: str
    kind: str = ""
    earliest: int | None = None
    latest: int | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def days_of(date: Mapping[str, Any] | None) -> tuple[int | None, int | None]:
    """First and last day number of a date in a document; twice ``None`` when undated."""
    if date is None:
        return None, None
    bounds = bounds_of_stored(date["edtf"])
    return bounds.first_day, bounds.last_day


def date_sort_key(date: Mapping[str, Any] | None) -> str:
    """Sorts by first day, then by last; what has no first day by its last, undated entries last.

    What is known to be no later than a day is told beside what happened then, rather than before
    everything else.
    """
    first, last = days_of(date)
    if first is None or last is None:
        return UNDATED
    return f"{last if first == OPEN_START else first:07d}{last:07d}"


@dataclass(frozen=True, kw_only=True)
class EntryType:
    """How the public side reads one type of entry. Documents given to it are of ``schema``.

    ``declaration`` describes its documents: filters take their choices from it, and the API its
    schema. ``upcasters`` maps a schema number to the function that makes the next one of it.
    ``own_pages`` are last parts of addresses at which other pages of the room stand: no slugs.
    ``one`` is what readers call an entry of it. ``name_in`` is what a document calls its entry in a
    language, ``fr`` say; empty where it says nothing of it. ``in_time``: its lists are in
    the order of dates, rather than of names. ``by_name`` is where an entry comes, in the order of
    names, that has this key by its own. ``nothing_left`` is the document, of that id, which stands
    for one that was redacted since, where pages of others show its inside.
    """

    name: str
    one: Any  # text, to be translated
    plural: str
    letter: str
    schema: int
    declaration: "type[Serializer[Any]]"
    facts: Callable[[Document], Facts]
    links: Callable[[Document], Iterable[Target]]
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)
    own_pages: frozenset[str] = frozenset()
    name_in: Callable[[Document, str], str] = lambda document, language: ""
    in_time: bool = False
    by_name: Callable[[Document, str], str] = lambda document, key: key
    nothing_left: Callable[[str], Document] | None = None

    def upcast(self, document: Document, schema: int) -> Document:
        for number in range(schema, self.schema):
            document = self.upcasters[number](document)
        return document

    def url(self, slug: str) -> str:
        """Address of the entry's page."""
        before, after = self.around_slug
        return f"{before}{slug}{after}"

    @property
    def list_url(self) -> str:
        """Address of the list of its entries."""
        return _list_url(self.plural, self.name, get_script_prefix(), of_now())

    @property
    def around_slug(self) -> tuple[str, str]:
        """What stands in that address before the slug, and after it."""
        return _around_slug(self.plural, self.name, get_script_prefix(), of_now())

    def citation_url(self, slug: str, key: str) -> str:
        """Address of the page of one of the entry's citations, where the type has any."""
        return reverse(f"{self.plural}:{self.name}_citation", args=[slug, key])


@cache
def _list_url(plural: str, name: str, script: str, language: str) -> str:
    return reverse(f"{plural}:{name}_list")


@cache
def _around_slug(plural: str, name: str, script: str, language: str) -> tuple[str, str]:
    """What stands in an address before the slug, and after it: a page has some hundred of them."""
    before, _, after = reverse(f"{plural}:{name}_detail", args=["slug-"]).rpartition("slug-")
    return before, after


_types: dict[str, EntryType] = {}


def register(entry_type: EntryType) -> None:
    """Announce an entry type; names and letters are unique."""
    for known in _types.values():
        if known.name != entry_type.name and known.letter == entry_type.letter:
            raise ValueError(f"{known.name} and {entry_type.name} both use {known.letter}.")
    _types[entry_type.name] = entry_type


def entry_types() -> list[EntryType]:
    return list(_types.values())


def type_named(name: str) -> EntryType:
    return _types[name]


def type_of(public_id: str) -> EntryType:
    """The type whose letter ``public_id`` starts with; ``KeyError`` if there is none."""
    for entry_type in _types.values():
        number = public_id[1:]
        if public_id[:1] == entry_type.letter and number.isascii() and number.isdecimal():
            return entry_type
    raise KeyError(public_id)
