"""Worlds as rows: built once by a process, put back before each test that asks for one.

Building an entry takes some sixty queries, the full world 1,500. What ``tests.examples`` builds and
the rows put back are compared by ``tests/house/test_kept.py``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from record import search

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """What a build did to the table of ``model``: rows it took away, by primary key, and gave."""

    model: type[Model]
    gone: list[Any]
    given: list[Row]


@dataclass(frozen=True)
class Where:
    """Where an entry or another row of a world is."""

    model: type[Model]
    pk: Any


@dataclass(frozen=True)
class Kept:
    """All that building a world changed in the database, and what the builder returned.

    ``people``: the names of the users then, by id. The users are not kept: each test has its own.
    """

    tables: list[Table]
    people: dict[int, str]
    returned: Any

    def put_back(self) -> Any:
        """The world, as it was built; of users with the same names, and with guards in force."""
        now = {user.username: user.pk for user in User.objects.all()}
        ids = {then: now[name] for then, name in self.people.items() if name in now}
        with transaction.atomic():  # the order of tables is not that of their references
            for table in self.tables:
                put_back(table, ids)
        if connection.vendor == "postgresql":
            models = [table.model for table in self.tables]
            with connection.cursor() as cursor:
                cursor.execute(";".join(connection.ops.sequence_reset_sql(no_style(), models)))
        search.index(search.readable())
        return _each(
            self.returned,
            lambda one: one.model._base_manager.get(pk=one.pk) if isinstance(one, Where) else one,
        )


def keep(build: Callable[[], Any]) -> Kept:
    """What ``build`` does, undone again. The people have to be there."""
    with transaction.atomic():
        before = contents()
        returned = _each(
            build(), lambda one: Where(type(one), one.pk) if isinstance(one, Model) else one
        )
        after = contents()
        people = {user.pk: user.username for user in User.objects.all()}
        transaction.set_rollback(True)
    return Kept(
        tables=[
            changed(model, before[model], after[model])
            for model in after
            if after[model] != before[model]
        ],
        people=people,
        returned=returned,
    )


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of what a builder returned, in which each row is something else."""
    if isinstance(value, dict):
        return {name: _each(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_each(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, Where):
        own = {field.name: _each(getattr(value, field.name), change) for field in fields(value)}
        return replace(value, **own)
    return change(value)


def contents() -> dict[type[Model], list[Row]]:
    """The rows of every model, history and the tables between two models among them."""
    return {model: rows(model) for model in models()}


def models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def rows(model: type[Model]) -> list[Row]:
    """As the database holds them: no field of ours has read them."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns(model)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM {quote(model._meta.db_table)}"  # noqa: S608 (names of ours)
            f" ORDER BY {quote(model._meta.pk.column)}"
        )
        return [tuple(row) for row in cursor.fetchall()]


def changed(model: type[Model], before: list[Row], after: list[Row]) -> Table:
    pk = columns(model).index(model._meta.pk.column)
    return Table(
        model=model,
        gone=[row[pk] for row in before if row not in after],
        given=[row for row in after if row not in before],
    )


def put_back(table: Table, people: dict[int, int]) -> None:
    """``people``: the ids of users now, by those they had."""
    quote = connection.ops.quote_name
    name, pk = quote(table.model._meta.db_table), quote(table.model._meta.pk.column)
    users = [
        position
        for position, field in enumerate(table.model._meta.local_concrete_fields)
        if field.related_model is User
    ]
    values: list[Any] = []
    for row in table.given:
        of_now = list(row)
        for position in users:
            if row[position] is not None:
                of_now[position] = people[row[position]]
        values += of_now
    width = len(columns(table.model))
    places = "(" + ", ".join(["%s"] * width) + ")"
    with connection.cursor() as cursor:
        for gone in table.gone:
            cursor.execute(f"DELETE FROM {name} WHERE {pk} = %s", [gone])  # noqa: S608
        if values:
            cursor.execute(
                f"INSERT INTO {name} ({', '.join(map(quote, columns(table.model)))})"  # noqa: S608
                f" VALUES {', '.join([places] * len(table.given))}",
                values,
            )
