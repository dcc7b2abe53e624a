"""What refers to an entry, from the other side of the links."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from record.models import Version
from record.reading import Record, document_of
from record.types import Document, type_named
from record.walking import Versions, walk

MOST = 50  # entries of one kind on a page; the rest is a list away


@dataclass(frozen=True, kw_only=True)
class Backlink:
    """Entries of one type that refer to this one by any of ``predicates``.

    Their type's list gives the same ones where ``parameter`` is this entry, and ``besides`` are
    the other parameters. ``parts``: they may refer to parts of this one. ``many`` are words for a
    number of them.
    """

    name: str
    type: str
    predicates: tuple[str, ...]
    parameter: str
    besides: tuple[tuple[str, str], ...] = ()
    parts: bool = False
    many: str


@dataclass(frozen=True)
class Linking:
    """One entry that refers to the page's."""

    version: Version
    document: Document

    @property
    def url(self) -> str:
        return type_named(self.version.type).url(self.version.slug)


@dataclass(frozen=True)
class Cut:
    """That only the first ``shown`` of ``total`` entries were read; ``url`` is of all of them."""

    shown: int
    total: int
    many: str
    url: str


@dataclass(frozen=True)
class LinkedBack:
    """The first ``MOST`` of them in their order; ``cut`` says so where there are more."""

    entries: Sequence[Linking]
    cut: Cut | None


def linked_back(record: Record, version: Version, backlink: Backlink) -> LinkedBack:
    """One query, and one for their number where there are too many."""
    found = _referring(record, version.public_id, backlink)
    entries = [Linking(other, document_of(other)) for other in found[: MOST + 1]]
    if len(entries) <= MOST:
        return LinkedBack(entries, None)
    cut = Cut(MOST, found.count(), backlink.many, _list_url(backlink, version.slug))
    return LinkedBack(entries[:MOST], cut)


def _referring(record: Record, target: str, backlink: Backlink) -> Versions:
    versions = record.versions(backlink.type)
    if len(backlink.predicates) == 1 and not backlink.parts:
        return walk(versions, backlink.type, backlink.predicates[0], target)
    links = record.links().filter(
        target=target, predicate__in=backlink.predicates, type=backlink.type
    )
    return versions.filter(pk__in=links.values("version"))


def _list_url(backlink: Backlink, slug: str) -> str:
    address = type_named(backlink.type).list_url
    return f"{address}?{urlencode([(backlink.parameter, slug), *backlink.besides])}"
