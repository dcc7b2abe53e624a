"""New entries, saved together: a statement for many rows, each with its history all the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from desk.history import remember_new
from desk.keys import reserve_all, reserve_keys
from desk.refusals import Refused
from desk.rows import save_rows
from record.statements import insert_new


@dataclass
class Made:
    """A new entry and its rows by the names of their lists, cleaned and not saved.

    ``many``: what it refers to several of.
    """

    entry: Any
    keys: list[str]
    many: dict[str, list[Any]] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def part(self, rows: str, key: str | None) -> Any:
        """One of its own rows. ``Refused`` where there is none of that key."""
        if key is None:
            return None
        for row in self.rows.get(rows, ()):
            if row.key == key:
                return row
        raise Refused(f"{self.entry.public_id} has no {key} among its {rows}.")

    @property
    def written(self) -> "Written":
        """Once it has been saved."""
        return Written(self)


class Written:
    """A new entry with its lists as they have been written: its document is built of that.

    All of it has been cleaned, so that it would be the same if it were read back.
    """

    def __init__(self, made: Made) -> None:
        self.entry = made.entry
        self.__dict__ |= {name: _Several(values) for name, values in made.many.items()}
        self.__dict__ |= made.rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)


class _Several(list[Any]):
    """Entries that one refers to, asked for as of a manager."""

    def all(self) -> list[Any]:
        return self


def make_all(new: Mapping[int, Made]) -> dict[int, Refused]:
    """Save them; by their numbers, what each is refused for.

    All together. Where the database refuses that, half of them and the other half, and so on, so
    that it is known which.
    """
    if not new:
        return {}
    try:
        with transaction.atomic():
            _insert(list(new.values()))
    except IntegrityError:
        for each in new.values():
            _take_back(each)
        if len(new) == 1:
            return _refused_alone(*new.items())
        pairs, half = list(new.items()), len(new) // 2
        return make_all(dict(pairs[:half])) | make_all(dict(pairs[half:]))
    return {}


def _refused_alone(one: tuple[int, Made]) -> dict[int, Refused]:
    """In the words of the constraint that it meets."""
    number, made = one
    try:
        with transaction.atomic():
            save_made(made)
    except Refused as refused:
        return {number: refused}
    return {}


def _insert(made: Sequence[Made]) -> None:
    """A statement for each few dozen rows of a table, and two for their histories."""
    entries = [each.entry for each in made]
    reserve_all({each.entry.public_id: each.keys for each in made})
    _create(entries)
    for name in made[0].rows:
        _create([row for each in made for row in each.rows[name]])
    for each in made:
        _relate(each)


def _create(rows: Sequence[Any]) -> None:
    if rows:
        insert_new(rows)
        remember_new(rows)


def save_made(made: Made) -> None:
    """Save it as it would be by hand: ``Refused`` where the database has it not."""
    save_rows([made.entry])
    reserve_keys(made.entry.public_id, made.keys)
    _relate(made)
    for rows in made.rows.values():
        save_rows(rows)


def _relate(made: Made) -> None:
    for name, values in made.many.items():
        if values:
            getattr(made.entry, name).set(values)


def _take_back(made: Made) -> None:
    """Nothing of it has been saved: what it was given by the database goes."""
    for row in [made.entry, *(row for rows in made.rows.values() for row in rows)]:
        row.pk, row._state.adding = None, True
    for rows in made.rows.values():
        for row in rows:
            for each in row._meta.concrete_fields:
                if each.is_relation and each.is_cached(row):
                    setattr(row, each.name, getattr(row, each.name))
