"""Integrity checks: what the desk holds against its own entries, each in one sentence.

Each room holds its own (``integrity.py``) and announces them when Django starts. They read the
working tables, and tell only what is certain: dates are compared by the last day that one can
mean and the first that the other can, and not at all where a source is unsure of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from chronicle.dates import PartialDate
from desk.likeness import Name, alike
from record.canonical import canonical, digest

UNSURE = frozenset("?~%")  # marks of a date that is not certain


@dataclass(frozen=True)
class Found:
    """Something that a check found.

    ``entries``: public ids by their names in the check's sentence; the first is the one whose
    form is opened to mend it. All entries are among them whose change can mend it. ``values``:
    the other names in the sentence. ``key``: which rows of the entries it is about, where the
    sentence does not say. Together they are the facts: if one changes, it is another finding.
    """

    entries: Mapping[str, str]
    values: Mapping[str, str | PartialDate]
    key: str = ""

    def facts(self, check: str) -> str:
        """What the finding is known by; dates as they are written, whoever reads them."""
        values = {
            name: value.edtf if isinstance(value, PartialDate) else value
            for name, value in self.values.items()
        }
        return digest(canonical([check, dict(self.entries), values, self.key]))


class Touched:
    """The entries that a save is about: their public ids by primary key, by name of the type."""

    def __init__(self, entries: Mapping[str, Mapping[int, str]]) -> None:
        self.entries = entries

    def rows(self, queryset: QuerySet[Any], **paths: str) -> QuerySet[Any]:
        """Those rows that lead to one of them. ``paths``: columns, by name of the type and, if
        there are several of one type, a number: ``event="entry"``, ``event_2="entry__part_of"``.
        """
        wanted = Q()
        for name, path in paths.items():
            keys = list(self.entries.get(name.partition("_")[0], ()))
            if keys:
                wanted |= Q(**{f"{path}__in": keys})
        return queryset.filter(wanted) if wanted else queryset.none()

    def ids(self, type_name: str) -> set[str] | None:
        """Public ids of those of a type; ``None`` for all there are."""
        return set(self.entries.get(type_name, {}).values())


class Everything(Touched):
    """For looking over the whole desk."""

    def __init__(self) -> None:
        super().__init__({})

    def rows(self, queryset: QuerySet[Any], **paths: str) -> QuerySet[Any]:
        return queryset

    def ids(self, type_name: str) -> set[str] | None:
        return None


class IntegrityCheck:
    """One thing that can be wrong between entries.

    ``name`` stands in addresses. ``title`` is what lists call it, ``sentence`` what the editor is
    told, with the names of `Found` in braces. ``types``: a change of other entries cannot matter.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    types: ClassVar[tuple[str, ...]]

    def find(self, touched: Touched) -> Iterable[Found]:
        """All findings about these entries, in a number of queries that does not grow."""
        raise NotImplementedError

    def told(self, found: Found, names: Mapping[str, str]) -> str:
        """The sentence. ``names``: what entries are called, by public id."""
        named = {word: f"{names[each]} ({each})" for word, each in found.entries.items()}
        return self.sentence.format(**named, **found.values)


class NamesAlike(IntegrityCheck):
    """Two entries of one type whose names are so alike that they may be one.

    ``model`` has the names in its column ``text``; ``entry`` leads from there to the entry.
    ``group``: a column that has to be the same.
    """

    sentence = "{first} and {second} have names alike, and may be one: “{name}” and “{other}”."
    model: ClassVar[Any]
    text: ClassVar[str]
    entry: ClassVar[str] = "entry__"
    group: ClassVar[str] = ""

    def find(self, touched: Touched) -> Iterable[Found]:
        """One query, for all names there are."""
        columns = [f"{self.entry}public_id", self.text, *filter(None, [self.group])]
        rows = self.model.objects.order_by().values_list(*columns)
        (type_name,) = self.types
        for first, second in alike([Name(*row) for row in rows], of=touched.ids(type_name)):
            yield Found(
                {"first": first.entry, "second": second.entry},
                {"name": first.text, "other": second.text},
            )


_checks: dict[str, IntegrityCheck] = {}


def register(*checks: IntegrityCheck) -> None:
    """Announce the checks of a room."""
    _checks.update({check.name: check for check in checks})


def integrity_checks() -> list[IntegrityCheck]:
    """All checks, in the order in which the rooms stand (lowest first)."""
    return list(_checks.values())


def integrity_check(name: str) -> IntegrityCheck:
    """``KeyError`` if there is none of that name."""
    return _checks[name]


def is_certain(*dates: PartialDate | None) -> bool:
    """Whether all of them are there, and none is marked as uncertain or approximate."""
    return all(date is not None and not UNSURE & set(date.edtf) for date in dates)
