"""What refers to an entry, from the other side of the links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson

from chronicle.languages import of_now
from record.called import Called, called, foreign, is_translated
from record.models import Version
from record.reading import Record
from record.statements import STANDS, ask
from record.types import Document, type_named

MOST = 50  # entries of one kind on a page; the rest is a list away
# Versions with such links to an entry: its links in their order, or whatever has any of them; and
# these by the keys of their names.
WALK = (
    "FROM record_link link JOIN record_version version ON version.id = link.version_id"
    " WHERE link.target = %s AND link.type = %s AND link.predicate IN ({marks}) AND link.part = ''"
    " AND {stands}"
)
LINKING = (
    "FROM record_version version WHERE version.id IN (SELECT version_id FROM record_link"
    " WHERE target = %s AND type = %s AND predicate IN ({marks})) AND {stands}"
)
NAMED = (
    "FROM record_namekey name JOIN record_version version ON version.id = name.version_id"
    " WHERE name.language = %s AND name.version_id IN (SELECT version_id FROM record_link"
    " WHERE target = %s AND type = %s AND predicate IN ({marks})) AND {stands}"
)
FIRST = (
    "SELECT * FROM (SELECT {number} AS backlink, {by}.sort_key, {by}.public_id, version.type,"
    " version.label, version.slug, version.schema, version.document {found}"
    " ORDER BY {by}.sort_key, {by}.public_id LIMIT {limit}) AS first_{number}"
)


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
    many: Any  # text, to be translated


@dataclass(frozen=True)
class Linking:
    """One entry that refers to the page's."""

    label: str
    url: str
    document: Document
    language: str = ""  # of the label, where it is not the page's


@dataclass(frozen=True)
class Cut:
    """That only the first ``shown`` of ``total`` entries were read; ``url`` is of all of them."""

    shown: int
    total: int
    many: Any
    url: str


@dataclass(frozen=True)
class LinkedBack:
    """The first ``MOST`` of them as their list has them; ``cut`` says so where there are more."""

    entries: Sequence[Linking]
    cut: Cut | None


def linked_back(
    record: Record, version: Version, backlinks: Sequence[Backlink]
) -> dict[str, LinkedBack]:
    """What is to be told of each, by its name. One query, and one for each of which there are too
    many, for their number."""
    if not backlinks:
        return {}
    entries: dict[str, list[Linking]] = {backlink.name: [] for backlink in backlinks}
    statements = [_first_of(number, backlink) for number, backlink in enumerate(backlinks)]
    values = [value for one in backlinks for value in _values(record, version, one)]
    of_all = f"{' UNION ALL '.join(statements)} ORDER BY backlink, sort_key, public_id"
    for number, _, _, type_name, label, slug, schema, document in ask(of_all, values):
        entry_type = type_named(type_name)
        told = entry_type.upcast(orjson.loads(document), schema)
        # What it is called in the source's language is known, and takes long to find out.
        title = called(told) if is_translated() else Called(label, foreign(told["language"]))
        url = record.page(entry_type.url(slug))
        entries[backlinks[number].name].append(Linking(title.name, url, told, title.language))
    return {one.name: _cut(record, version, one, entries[one.name]) for one in backlinks}


def _cut(
    record: Record, version: Version, backlink: Backlink, entries: Sequence[Linking]
) -> LinkedBack:
    if len(entries) <= MOST:
        return LinkedBack(entries, None)
    ((total,),) = ask(f"SELECT count(*) {_referring(backlink)}", _values(record, version, backlink))
    url = record.page(_list_url(backlink, version.slug))
    cut = Cut(MOST, total, backlink.many, url)
    return LinkedBack(entries[:MOST], cut)


def _first_of(number: int, backlink: Backlink) -> str:
    by = "name" if _by_name(backlink) else "link" if _walks(backlink) else "version"
    return FIRST.format(number=number, by=by, found=_referring(backlink), limit=MOST + 1)


def _referring(backlink: Backlink) -> str:
    """Those that refer to an entry. Takes ``_values``."""
    marks = ", ".join(["%s"] * len(backlink.predicates))
    found = NAMED if _by_name(backlink) else WALK if _walks(backlink) else LINKING
    return found.format(stands=STANDS, marks=marks)


def _walks(backlink: Backlink) -> bool:
    """Whether each refers to it once at most, so that the links can be walked in their order."""
    return len(backlink.predicates) == 1 and not backlink.parts


def _by_name(backlink: Backlink) -> bool:
    """Whether they come in the order of the names that readers know."""
    return is_translated() and not type_named(backlink.type).in_time


def _values(record: Record, version: Version, backlink: Backlink) -> list[Any]:
    target = [version.public_id, backlink.type, *backlink.predicates]
    language = [of_now()] if _by_name(backlink) else []
    return [*language, *target, record.number, record.number]


def _list_url(backlink: Backlink, slug: str) -> str:
    address = type_named(backlink.type).list_url
    return f"{address}?{urlencode([(backlink.parameter, slug), *backlink.besides])}"
