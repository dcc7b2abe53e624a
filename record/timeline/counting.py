"""What a timeline asks of the record: how far its entries reach, and what stands in each lane.

Few entries are read one by one; of many, those of one cell are counted in the database, so that as
much is read of a hundred thousand as of some hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Value, When

from chronicle.dates import OPEN_END, OPEN_START
from record.filter_kinds import Versions
from record.timeline.placing import Item
from record.timeline.window import Window

MOST_READ = 2000  # entries; more are counted in the database
FEW = 0.02  # of all: so many early or late ones may be left outside for the others to have room
DAY_DIGITS = 7  # at the beginning of a sort key

# Before and after all cells: open ends, and days outside the window.
OPEN_BEFORE, BEFORE, AFTER, OPEN_AFTER = -2, -1, 1_000_000, 1_000_001


@dataclass(frozen=True)
class Reach:
    """``number`` entries, of which ``dated`` have a date; their first and last days there are."""

    number: int
    dated: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Around:
    """Entries that possibly lie within a window; wholly before it; wholly after it."""

    within: int
    before: int
    after: int


def reach_of(versions: Versions) -> Reach:
    """Open ends are no days. One query."""
    begins, ends = Q(earliest__gt=OPEN_START), Q(latest__lt=OPEN_END)
    found = versions.order_by().aggregate(
        number=Count("pk"),
        dated=Count("earliest"),
        first=Min("earliest", filter=begins),
        first_end=Min("latest", filter=ends),
        last=Max("latest", filter=ends),
        last_begin=Max("earliest", filter=begins),
    )
    firsts = [day for day in (found["first"], found["first_end"]) if day is not None]
    lasts = [day for day in (found["last"], found["last_begin"]) if day is not None]
    return Reach(
        found["number"], found["dated"], min(firsts, default=None), max(lasts, default=None)
    )


def most_within(versions: Versions, first: int, last: int, dated: int) -> Window:
    """From the day on which the first begins, but for few early ones, to the last. One query."""
    few = int(dated * FEW)
    in_order = versions.exclude(earliest=None).order_by("sort_key")
    keys = in_order.values_list("sort_key", flat=True)[few : few + 1]
    begins = next((int(key[:DAY_DIGITS]) for key in keys), first)
    return Window(min(max(begins, first), last), last)


def around(versions: Versions, window: Window) -> Around:
    """One query."""
    return Around(
        **versions.order_by().aggregate(
            within=Count("pk", filter=window.possibly),
            before=Count("pk", filter=Q(latest__lt=window.first)),
            after=Count("pk", filter=Q(earliest__gt=window.last)),
        )
    )


def items_in(
    lanes: Sequence[Versions], window: Window, number: int, *, cells: int
) -> list[list[Item]]:
    """What stands in each lane. ``number``: entries in the window; ``cells``: what it is parted
    into where they are many. One query."""
    read = _read if number <= MOST_READ else _counted
    parts = [read(versions.order_by(), at, window, cells) for at, versions in enumerate(lanes)]
    found: list[list[Item]] = [[] for _ in lanes]
    if parts:
        for lane, *values in parts[0].union(*parts[1:], all=True):
            found[lane].append(Item(*values))
    return found


def _read(versions: Versions, lane: int, window: Window, cells: int) -> Any:
    columns = _lane(lane) | {
        "_first": F("earliest"),
        "_last": F("latest"),
        "_number": Value(1, output_field=IntegerField()),
        "_id": F("public_id"),
        "_label": F("label"),
    }
    return versions.annotate(**columns).values_list(*columns)


def _counted(versions: Versions, lane: int, window: Window, cells: int) -> Any:
    """One row for all that begin in one cell and end in one."""
    days = -(-window.days // cells)
    groups = _lane(lane) | {
        "_from": _cell("earliest", window, days),
        "_to": _cell("latest", window, days),
    }
    columns = {
        "_first": Min("earliest"),
        "_last": Max("latest"),
        "_number": Count("pk"),
        "_id": Min("public_id"),
        "_label": Min("label"),
    }
    rows = versions.annotate(**groups).values(*groups).annotate(**columns)
    return rows.values_list("_lane", *columns)


def _lane(number: int) -> dict[str, Any]:
    return {"_lane": Value(number, output_field=IntegerField())}


def _cell(column: str, window: Window, days: int) -> Case:
    return Case(
        When(**{column: OPEN_START}, then=Value(OPEN_BEFORE)),
        When(**{column: OPEN_END}, then=Value(OPEN_AFTER)),
        When(**{f"{column}__lt": window.first}, then=Value(BEFORE)),
        When(**{f"{column}__gt": window.last}, then=Value(AFTER)),
        default=(F(column) - Value(window.first)) / Value(days),
        output_field=IntegerField(),
    )
