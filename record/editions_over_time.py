"""What the last editions changed, edition by edition and by kind of change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count

from chronicle import localised
from record.field_words import labelled
from record.models import Change, Version
from record.reading import Record

MOST_EDITIONS = 12
# Three kinds of bars, told apart by their form.
SAID, CHANGED, GONE = "said", "changed", "gone"
FORMS = {
    Change.NEW: SAID,
    Change.CORRECTION: CHANGED,
    Change.CLARIFICATION: CHANGED,
    Change.NEW_EVIDENCE: CHANGED,
    Change.MERGE: CHANGED,
    Change.WITHDRAWAL: GONE,
    Change.REDACTION: GONE,
}


@dataclass(frozen=True)
class Segment:
    """``x`` and ``width`` in per cent of the longest bar."""

    form: str
    x: float
    width: float


@dataclass(frozen=True)
class EditionBar:
    """``words``: how many of each kind of change."""

    number: int
    published_at: datetime
    href: str
    total: int
    words: str
    segments: Sequence[Segment]


def last_editions(record: Record) -> list[EditionBar]:
    """The newest first. One query the first time in an edition, and one unless they are known."""
    counts = _counts(record.checksum, record.number)
    if not counts:
        return []
    longest = max(sum(kinds.values()) for kinds in counts.values())
    editions = record.editions(counts)
    return [
        EditionBar(
            number,
            editions[number].published_at,
            record.edition_address(number),
            sum(kinds.values()),
            ", ".join(
                labelled(_label(change), localised.number(total)) for change, total in kinds.items()
            ),
            _segments(kinds, longest),
        )
        for number, kinds in counts.items()
    ]


def _label(change: str) -> str:
    return str(Change(change).label)


@lru_cache(maxsize=64)
def _counts(checksum: str, number: int) -> dict[int, dict[str, int]]:
    """By edition, the newest first, and kind of change, in the order of kinds. ``checksum``: of the
    newest edition, to tell one record from another."""
    found: dict[int, dict[str, int]] = {}
    rows = Version.objects.filter(edition__gt=number - MOST_EDITIONS, edition__lte=number)
    counted = dict.fromkeys(range(number, max(number - MOST_EDITIONS, 0), -1))
    totals = {
        (edition, change): total
        for edition, change, total in rows.order_by()
        .values_list("edition", "change")
        .annotate(total=Count("pk"))
    }
    for edition in counted:
        found[edition] = {
            str(change): totals[edition, change] for change in Change if (edition, change) in totals
        }
    return found


def _segments(kinds: dict[str, int], longest: int) -> list[Segment]:
    segments, x = [], 0.0
    for form in (SAID, CHANGED, GONE):
        number = sum(total for change, total in kinds.items() if FORMS[Change(change)] == form)
        if number:
            width = round(100 * number / longest, 2)
            segments.append(Segment(form, round(x, 2), width))
            x += width
    return segments
