"""Waiting for whoever works on the same entries, in one order for all, so that no two wait for one
another: entries, then their keys, then their working copies."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from desk.models import WorkingCopy
from desk.types import desk_type_for, desk_types
from record.statements import Among


def hold_entries(public_ids: Iterable[str]) -> dict[str, Any]:
    """The working entries of these ids, locked: type by type, in the order of their rows.

    What is read before is not read again. One query a type.
    """
    by_type: dict[str, list[str]] = defaultdict(list)
    for public_id in public_ids:
        by_type[desk_type_for(public_id).name].append(public_id)
    held: dict[str, Any] = {}
    for each in desk_types():
        if each.name in by_type:
            rows: Any = each.model._default_manager.select_for_update(no_key=True)
            found = rows.filter(Among(F("public_id"), by_type[each.name])).order_by("pk")
            held |= {entry.public_id: entry for entry in found}
    return held


def hold_copies(public_ids: Iterable[str]) -> None:
    """Lock their working copies. Without joins: PostgreSQL joins the rows of before the wait.

    One query.
    """
    if ids := set(public_ids):
        copies = WorkingCopy.objects.select_for_update().filter(Among(F("public_id"), ids))
        list(copies.order_by("public_id").values_list("pk"))
