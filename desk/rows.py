"""Saving and deleting the rows of an entry together.

Unique constraints are checked statement by statement, so the order matters: the name that is
no longer the preferred one has to be saved before the one that now is.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from desk.bases import Keyed
from desk.refusals import Refused


def save_rows(rows: Iterable[Any]) -> None:
    """Save rows of one table in whichever order the database takes them.

    Rows that stand in one another's way, as two that swap their languages do, are deleted and
    made anew under their keys. ``Refused``, in the words of the constraint where it has some, if
    that does not help either: the caller then undoes everything. Two statements a row more than
    saving them.
    """
    waiting = list(rows)
    problems: list[str] = []
    while waiting:
        held = []
        for row in waiting:
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                held.append(row)
        if len(held) == len(waiting):
            problems = problems or [message for row in held for message in _against(row)]
            if not _make_way(held):
                raise Refused(problems)
        waiting = held


def delete_rows(rows: Iterable[Any]) -> list[Any]:
    """Delete rows; returns those that others still refer to, to be tried again later."""
    held = []
    for row in rows:
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            held.append(row)
    return held


def _make_way(rows: list[Any]) -> bool:
    """Delete the rows as they are saved now, to be made anew; whether there was any to delete."""
    saved = [row for row in rows if isinstance(row, Keyed) and not row._state.adding]
    as_saved = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in saved])
    if delete_rows(as_saved):
        return False
    for row in saved:
        row.pk, row._state.adding = None, True
    return bool(saved)


def _against(row: Any) -> list[str]:
    """What the database holds against a row that it refused."""
    messages = []
    for validate in (row.validate_unique, row.validate_constraints):
        try:
            validate()
        except ValidationError as error:
            messages += error.messages
    return messages or [
        f"{row._meta.verbose_name} {getattr(row, 'key', '')}".strip()
        + " cannot be saved beside the others as they are now. Change one, save, then the other."
    ]
