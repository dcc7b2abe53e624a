"""How much has changed in what filters find, counted in the database: neither set is read.

Those entries are looked at that later editions have versions of. Of the others, filters find the
same as before, unless they look for words, which may stand in what an entry refers to, or name one
that has been merged since: then the others are compared as well.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.expressions import Expression

from record.filter_kinds import TextFilter, Versions
from record.filters import RecordFilter
from record.models import State, Version
from record.reading import standing
from record.sets import asked_in_ids


@dataclass(frozen=True)
class ChangesCounted:
    """Entries that are found still, by kind of change; that are not, by what their state is now;
    and that were not found before."""

    changed: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    came: int = 0


def count_changes(before: RecordFilter, now: RecordFilter) -> ChangesCounted:
    """What differs in what the same filters find now. One query."""
    parts = list(_parts(before, now))
    counted: dict[str, Counter[str]] = {"changed": Counter(), "left": Counter(), "came": Counter()}
    for what, kind, number in parts[0].union(*parts[1:], all=True):
        counted[what][kind] += number
    return ChangesCounted(counted["changed"], counted["left"], counted["came"].total())


def _parts(before: RecordFilter, now: RecordFilter) -> Iterator[Any]:
    since, newest = before.record.number, now.record.number
    then, today = before.qs.order_by(), now.qs.order_by()
    old, new = then.filter(superseded_in__lte=newest), today.filter(edition__gt=since)
    both = new.filter(public_id__in=old.values("public_id"))
    yield _counted("changed", both, F("change"))
    yield _counted("came", new.exclude(public_id__in=old.values("public_id")))
    left = old.exclude(public_id__in=new.values("public_id")).values("public_id")
    standing_now = Version.objects.filter(standing(newest), public_id__in=left).order_by()
    yield _counted("left", standing_now, F("state"))
    if _may_move(before, now):
        kept = then.filter(Q(superseded_in=None) | Q(superseded_in__gt=newest))
        same = today.filter(edition__lte=since)
        yield _counted("came", same.exclude(pk__in=kept.values("pk")))
        yield _counted("left", kept.exclude(pk__in=same.values("pk")), Value(State.PUBLISHED.value))


def _counted(what: str, versions: Versions, kind: Expression | F | None = None) -> Any:
    groups = {
        "_what": Value(what, output_field=CharField()),
        "_kind": kind or Value("", output_field=CharField()),
    }
    return versions.annotate(**groups).values_list(*groups).annotate(_number=Count("pk"))


def _may_move(before: RecordFilter, now: RecordFilter) -> bool:
    """Whether filters may find otherwise what says the same."""
    words = any(isinstance(before.filters[name], TextFilter) for name in before.narrowing)
    return words or asked_in_ids(before) != asked_in_ids(now)
