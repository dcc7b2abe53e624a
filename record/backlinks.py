"""What refers to an entry, from the other side of the links."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from record.models import Version
from record.reading import Record, document_of
from record.types import Document, type_named

MOST = 50  # entries of one kind on a page; the rest is a list away


@dataclass(frozen=True, kw_only=True)
class Backlink:
    """Entries of one type that refer to this one; ``parameter`` filters their list by it."""

    name: str
    type: str
    predicates: tuple[str, ...]
    parameter: str = ""


@dataclass(frozen=True)
class Linking:
    """One entry that refers to the page's."""

    version: Version
    document: Document

    @property
    def url(self) -> str:
        return type_named(self.version.type).url(self.version.slug)


@dataclass(frozen=True)
class LinkedBack:
    """The first ``MOST`` of them in their order; ``all_url`` is of the list of all, if longer."""

    entries: Sequence[Linking]
    more: bool = False
    all_url: str = ""


def linked_back(record: Record, version: Version, backlink: Backlink) -> LinkedBack:
    """One query."""
    referring = record.links().filter(
        target=version.public_id, predicate__in=backlink.predicates, type=backlink.type
    )
    found = record.versions(backlink.type).filter(pk__in=referring.values("version"))[: MOST + 1]
    entries = [Linking(other, document_of(other)) for other in found]
    return LinkedBack(entries[:MOST], len(entries) > MOST, _list_url(backlink, version.slug))


def _list_url(backlink: Backlink, slug: str) -> str:
    if not backlink.parameter:
        return ""
    entry_type = type_named(backlink.type)
    address = reverse(f"{entry_type.plural}:{entry_type.name}_list")
    return f"{address}?{urlencode({backlink.parameter: slug})}"
