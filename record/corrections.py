"""Where the record was put right: versions that stand where something else was said before."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from record.models import Change, Version
from record.pages import pages_of
from record.reading import Record
from record.types import entry_types

CORRECTING = (
    Change.CORRECTION,
    Change.CLARIFICATION,
    Change.NEW_EVIDENCE,
    Change.WITHDRAWAL,
    Change.MERGE,
    Change.REDACTION,
)
LONGEST_SHOWN = 40  # letters of what was asked for and is not there


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    total: int
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """What is asked for: a kind of change and a type of entry, empty for any.

    ``wrong``: sentences about what was asked for and cannot be.
    """

    change: str
    type: str
    wrong: tuple[str, ...] = ()


def read_asked(query: Mapping[str, str]) -> Asked:
    """From the parameters of an address; what is none counts as not given."""
    kinds = {change.value: str(change.label) for change in CORRECTING}
    types = {each.name: each.name for each in entry_types()}
    change, wrong_change = _one_of(
        kinds,
        query.get("change", ""),
        gettext("“%(text)s” is no kind of correction. There are: %(allowed)s. All are shown."),
    )
    entry_type, wrong_type = _one_of(
        types,
        query.get("type", ""),
        gettext("“%(text)s” is no type of entry. There are: %(allowed)s. All are shown."),
    )
    return Asked(change, entry_type, tuple(filter(None, (wrong_change, wrong_type))))


def _one_of(known: Mapping[str, str], text: str, wrong: str) -> tuple[str, str]:
    if text in known or not text:
        return text, ""
    return "", wrong % {"text": text[:LONGEST_SHOWN], "allowed": ", ".join(known)}


def corrections(record: Record, asked: Asked) -> QuerySet[Version, Version]:
    """The versions, without what they say, for ``sorting.CHANGED``: newest first."""
    changes = [asked.change] if asked.change else list(CORRECTING)
    found = Version.objects.filter(change__in=changes, edition__lte=record.number)
    if asked.type:
        found = found.filter(type=asked.type)
    return found.select_related("edition").defer("salt", "search_text")


def kinds_of(record: Record, asked: Asked) -> list[Choice]:
    """How many there are of each kind, of the type that is asked for. One query."""
    found = corrections(record, Asked("", asked.type)).select_related(None)
    totals = dict(found.order_by().values_list("change").annotate(total=Count("pk")))
    return [
        Choice(change, str(change.label), totals.get(change, 0), change == asked.change)
        for change in CORRECTING
    ]


def types_of(record: Record, asked: Asked) -> list[Choice]:
    """How many there are of each type, of the kind that is asked for. One query."""
    found = corrections(record, Asked(asked.change, "")).select_related(None)
    totals = dict(found.order_by().values_list("type").annotate(total=Count("pk")))
    return [
        Choice(
            each.name,
            str(pages_of(each.name).many),
            totals.get(each.name, 0),
            each.name == asked.type,
        )
        for each in entry_types()
    ]
