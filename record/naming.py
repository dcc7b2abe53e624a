"""Finding the entries that a reader names by id or slug, and the nearest where there is none."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

import orjson
from django.db.models import Q
from django.utils.translation import gettext

from record import search
from record.called import is_translated
from record.filter_fields import NamedEntry, refuse
from record.kept_names import Found, Name
from record.models import State, Version
from record.query import TooManyWords
from record.reading import LONGEST_SLUG, Record, standing
from record.statements import CALLED, ask, of_these
from record.types import type_named

MOST_CANDIDATES = 500
LONGEST_COMPARED = 60


def find_entries(record: Record, wanted: Mapping[str, Iterable[str]]) -> dict[Name, Found]:
    """Entries by (type, id or slug as written). One query, or none, as for ``Record.references``.

    One more in another language than that of the source. Two more where some are not found under
    their names of today: old slugs and merged entries are followed, at one more for each merge on
    the way.
    """
    names = {
        (type_name, text)
        for type_name, texts in wanted.items()
        for text in texts
        if len(text) <= LONGEST_SLUG and text.isprintable()
    }
    kept = record.kept.called
    found = {name: kept[name] for name in names if name in kept}
    if missing := names - found.keys():
        fresh = _in_own_words(record, _find(record, missing))
        kept |= fresh
        found |= fresh
    return found


def _find(record: Record, names: set[Name]) -> dict[Name, Found]:
    statements: list[str] = []
    values: list[Any] = []
    for type_name in {type_name for type_name, _ in names}:
        texts = [text for of_type, text in names if of_type == type_name]
        statements.append(of_these(CALLED, texts))
        values += [record.number, record.number, type_name, *texts, *texts]
    found: dict[Name, Found] = {}
    for type_name, *entry, kind in ask(" UNION ALL ".join(statements), values):
        named = NamedEntry._make(entry)
        found[type_name, named.id] = found[type_name, named.slug] = Found(named, kind)
    missing = names - found.keys()
    return found | (_moved(record, missing) if missing else {})


def _in_own_words(record: Record, found: dict[Name, Found]) -> dict[Name, Found]:
    """With the names that readers know. One query in another language than that of the source."""
    if not is_translated():
        return found
    references = record.references({each.entry.id for each in found.values()})
    return {
        name: each._replace(entry=each.entry._replace(label=references[each.entry.id].name))
        for name, each in found.items()
    }


def refuse_unknown(
    record: Record, type_name: str, text: str, *, called: str, vocabulary: str = ""
) -> NoReturn:
    """Say that there is no such entry, and which are nearest. One query, or two.

    ``called``: what one of those is called that are looked for."""
    near = nearest(record, type_name, text, vocabulary=vocabulary)
    letter = type_named(type_name).letter
    if near:
        # Translators: “There is no actor “kofi”. Perhaps: kofi-annan (A3: Kofi Annan).” Where
        # words have to agree with %(type)s, put it in brackets.
        message = gettext("There is no %(type)s “%(text)s”. Perhaps: %(names)s.")
    else:
        message = gettext(
            "There is no %(type)s “%(text)s”. Give the id of one, like %(id)s, or its slug."
        )
    names = "; ".join(f"{entry.slug} ({entry.id}: {entry.label})" for entry in near)
    said = message % {"text": text, "type": called, "names": names, "id": f"{letter}1"}
    refuse(said, code="unknown_entry", allowed=[entry.slug for entry in near])


def nearest(record: Record, type_name: str, text: str, *, vocabulary: str = "") -> list[NamedEntry]:
    """Entries whose slug or words are like ``text``; of a vocabulary, otherwise its first ones."""
    versions = record.versions(type_name)
    columns = "public_id", "slug", "label"
    if vocabulary:
        rows = versions.filter(kind=vocabulary).values_list(*columns)[:MOST_CANDIDATES]
        entries = [NamedEntry(*row) for row in rows]
        return _alike(text, entries) or entries[:5]
    rows = versions.filter(slug__istartswith=text[:3]).values_list(*columns)[:MOST_CANDIDATES]
    if alike := _alike(text, [NamedEntry(*row) for row in rows]):
        return alike
    try:
        matches = search.matching(versions, text, record=record).values_list(*columns)[:5]
    except TooManyWords:  # nothing is called so
        return []
    return [NamedEntry(*row) for row in matches]


def _alike(text: str, entries: list[NamedEntry]) -> list[NamedEntry]:
    wanted = text[:LONGEST_COMPARED].lower()
    by_slug = {entry.slug: entry for entry in entries}
    return [by_slug[slug] for slug in get_close_matches(wanted, by_slug, n=3, cutoff=0.5)]


def _moved(record: Record, names: set[Name]) -> dict[Name, Found]:
    """Entries that have had these names, where they are now."""
    had = Version.objects.filter(_named(names), edition__lte=record.number).order_by("pk")
    ids: dict[Name, str] = {}
    for type_name, public_id, slug in had.values_list("type", "public_id", "slug"):
        ids |= {(type_name, slug): public_id, (type_name, public_id): public_id}
    found: dict[str, Found] = {}
    pending = {public_id: public_id for public_id in ids.values()}  # where each has led so far
    while pending:
        reached = Version.objects.filter(
            standing(record.number), public_id__in=set(pending.values())
        )
        by_id = {version.public_id: version for version in reached}
        merged = {}
        for public_id, last in pending.items():
            version = by_id[last]
            if version.state == State.PUBLISHED:
                found[public_id] = _found(version)
            elif version.state == State.MERGED:
                merged[public_id] = orjson.loads(version.document)["merged_into"]
        pending = merged
    return {name: found[ids[name]] for name in names & set(ids) if ids[name] in found}


def _named(names: set[Name]) -> Q:
    condition = Q()
    for type_name in {type_name for type_name, _ in names}:
        texts = [text for of_type, text in names if of_type == type_name]
        condition |= Q(type=type_name) & (Q(public_id__in=texts) | Q(slug__in=texts))
    return condition


def _found(version: Version) -> Found:
    return Found(NamedEntry(version.public_id, version.slug, version.label), version.kind)
