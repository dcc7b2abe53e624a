"""Sets of entries that filters find in an edition: told apart by a checksum, and compared with now.

The checksum of a set is the SHA-256 of the canonical JSON (RFC 8785) of its pairs of public id and
the version's own checksum, sorted by id. So anybody can compute it from a download or the API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from record.canonical import canonical, digest
from record.editions import ListedVersion, listed
from record.filter_fields import NONE, DateLimit, NamedEntry
from record.filters import RecordFilter
from record.models import Change, State, Version
from record.reading import Record, standing

MOST_SHOWN = 50  # entries of each kind of change


class Member(NamedTuple):
    """The version of an entry that a set has."""

    checksum: str
    edition: int


@dataclass(frozen=True)
class EntrySet:
    """The entries that filters find in an edition, by public id."""

    members: Mapping[str, Member]

    @property
    def count(self) -> int:
        return len(self.members)

    @cached_property
    def checksum(self) -> str:
        pairs = [[public_id, self.members[public_id].checksum] for public_id in self.members]
        return digest(canonical(sorted(pairs)))


@dataclass(frozen=True)
class SetChange:
    """An entry, its version of now, and in words what has become of it; ``url`` of its history."""

    version: ListedVersion
    words: str
    url: str


@dataclass(frozen=True)
class SetChanges:
    """Of one kind: the first of them, by id, and how many there are."""

    total: int
    shown: Sequence[SetChange]


@dataclass(frozen=True)
class Since:
    """What has changed in a set. ``problem``: why that cannot be told, in a sentence."""

    left: SetChanges
    came: SetChanges
    changed: SetChanges
    problem: str = ""

    @property
    def total(self) -> int:
        return self.left.total + self.came.total + self.changed.total


NOTHING = SetChanges(0, ())
# Translators: what became of an entry, and in which edition: “correction in edition 7”.
BECOME: Mapping[str, object] = {
    State.WITHDRAWN: gettext_lazy("withdrawn in edition %(edition)d"),
    State.MERGED: gettext_lazy("merged into another entry in edition %(edition)d"),
    State.REDACTED: gettext_lazy("redacted in edition %(edition)d"),
    Change.NEW: gettext_lazy("new in edition %(edition)d"),
    Change.CORRECTION: gettext_lazy("correction in edition %(edition)d"),
    Change.CLARIFICATION: gettext_lazy("clarification in edition %(edition)d"),
    Change.NEW_EVIDENCE: gettext_lazy("new evidence in edition %(edition)d"),
    Change.WITHDRAWAL: gettext_lazy("withdrawal in edition %(edition)d"),
    Change.MERGE: gettext_lazy("merge in edition %(edition)d"),
    Change.REDACTION: gettext_lazy("redaction in edition %(edition)d"),
}


def entry_set(filters: RecordFilter) -> EntrySet:
    """All of it. One query."""
    rows = filters.qs.order_by().values_list("public_id", "checksum", "edition")
    return EntrySet({public_id: Member(*member) for public_id, *member in rows})


def asked_in_ids(filters: RecordFilter) -> dict[str, str]:
    """What leaves entries out, by parameter. Entries by their ids, which stay when slugs change."""
    return {
        name: ",".join(_written(value))
        for name, value in filters.asked.items()
        if name in filters.narrowing
    }


def _written(value: object) -> list[str]:
    match value:
        case NamedEntry():
            return [value.id or NONE]
        case DateLimit():
            return [value.edtf]
        case list():
            return [text for each in value for text in _written(each)]
    return [str(value)]


def since(found: EntrySet, before: RecordFilter, now: RecordFilter) -> Since:
    """What differs in what the same filters find now. Two to four queries."""
    if problem := problem_of(now):
        return Since(NOTHING, NOTHING, NOTHING, problem)
    then, today = found.members, entry_set(now).members
    left, came = sorted(then.keys() - today.keys()), sorted(today.keys() - then.keys())
    changed = sorted(
        public_id
        for public_id in then.keys() & today.keys()
        if then[public_id].checksum != today[public_id].checksum
    )
    shown = {public_id for ids in (left, came, changed) for public_id in ids[:MOST_SHOWN]}
    standing_now = _standing(shown, now.record)
    number = before.record.number

    def told(ids: Sequence[str], kind: str) -> SetChanges:
        first = [standing_now[each] for each in ids[:MOST_SHOWN]]
        return SetChanges(
            len(ids), [_change(each, then.get(each.id), kind, number) for each in first]
        )

    return Since(told(left, "left"), told(came, "came"), told(changed, "changed"))


def problem_of(now: RecordFilter) -> str:
    """Why what has changed cannot be told, in a sentence. Queries as the filters'."""
    if not now.errors:
        return ""
    wrong = " ".join(error for errors in now.errors.values() for error in errors)
    # Translators: %(problems)s are sentences about what is wrong.
    message = gettext("These filters cannot be asked of the record as it is now. %(problems)s")
    return message % {"problems": wrong}


def _standing(ids: set[str], record: Record) -> dict[str, ListedVersion]:
    """One query, or none; one more where any is a tombstone."""
    if not ids:
        return {}
    versions = Version.objects.filter(standing(record.number), public_id__in=ids)
    kept = versions.select_related("edition").defer("salt", "search_text")
    return {each.id: each for each in listed(list(kept), record)}


def _change(version: ListedVersion, then: Member | None, kind: str, edition: int) -> SetChange:
    number = version.edition.number
    history = reverse("record:entry_history", args=[version.id])
    if then is not None and then.edition != number:
        history += f"?{urlencode({'from': then.edition, 'to': number})}"
    return SetChange(version, _words(version, kind, edition), history)


def _words(version: ListedVersion, kind: str, edition: int) -> str:
    number = version.edition.number
    said = str(BECOME[version.state or version.code]) % {"edition": number}
    if version.state:
        return said
    is_new = version.code == Change.NEW
    if number <= edition:
        said, is_new = gettext("unchanged itself, but what it refers to has changed"), False
    if kind == "left":
        return gettext("%(what)s: these filters no longer find it") % {"what": said}
    if kind == "came" and not is_new:
        return gettext("%(what)s: these filters now find it") % {"what": said}
    return said


def redacted_since(type_name: str, record: Record) -> int:
    """How many versions of that type stood in the edition and have been redacted. One query."""
    # So, or SQLite would read every version of the type, and not the index of the few.
    gone = Version.objects.filter(redacted_in__gte=1).alias(of=Coalesce("type", Value("")))
    return gone.filter(standing(record.number), of=type_name).count()
