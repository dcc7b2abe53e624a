"""Statements that nearly every answer asks, written once: Django's ORM takes several times longer
to write each of them than the database to answer it.
"""

from collections.abc import Collection, Iterable, Sequence
from types import NoneType
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, Lookup

# Columns that take such values as they are, which Django finds out through five calls.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
AS_THEY_ARE: set[type] = {str, int, NoneType}
# Of a version: it is in the record at an edition, and to be read there. Both take its number twice.
STANDING = (
    "version.edition_id <= %s"
    " AND (version.superseded_in_id IS NULL OR version.superseded_in_id > %s)"
)
STANDS = f"version.state = 'published' AND {STANDING}"
# The ids of entries that some versions refer to.
LINKED = "SELECT DISTINCT version_id, target FROM record_link WHERE version_id IN ({marks})"
# Of entries, by their ids: what is asked of their versions.
OPENED = "SELECT {columns} FROM record_version version WHERE {stands} AND public_id IN ({marks})"
# The language that such a version is told in: its document alone says it.
TOLD_IN = {
    "sqlite": "json_extract(document, '$.language')",
    "postgresql": "document::json ->> 'language'",
}
# Entries of one type by what an address calls them.
CALLED = (
    "SELECT type, public_id, slug, label, kind FROM record_version version"
    " WHERE {stands} AND type = %s AND (public_id IN ({marks}) OR slug IN ({marks}))"
)
# The newest check of each selector of each citation of some entries.
CHECKED = (
    "SELECT id, public_id, citation, selector, text, state, checked_on FROM record_check"
    " WHERE id IN (SELECT max(id) FROM record_check WHERE public_id IN ({marks})"
    " GROUP BY public_id, citation, selector)"
)
# One entry, by id or by slug: by either, no index would serve.
ENTRY = (
    "SELECT {columns} FROM record_version version WHERE {stands} AND type = %s AND {column} = %s"
)


def of_these(statement: str, values: Collection[Any] = (), **parts: str) -> str:
    """The statement whole: with a mark for each of ``values``, and ``parts`` where it has them."""
    marks = ", ".join(["%s"] * len(values))
    return statement.format(stands=STANDS, marks=marks, **parts)


def ask(statement: str, values: Sequence[Any]) -> list[Any]:
    """Its rows. One query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Any] = cursor.fetchall()
        return rows


class Among(Lookup):
    """A condition of a query: ``filter(Among(F("public_id"), ids))``, as ``public_id__in=ids``.

    One parameter, whatever their number, of text or whole numbers: Django looks at each value of
    ``__in`` so often that it takes longer than the database, and SQLite takes only so many. For
    columns that are never NULL.
    """

    prepare_rhs = False

    def __init__(self, column: Any, values: Iterable[Any]) -> None:
        super().__init__(column, [value for value in values if value is not None])

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self._column(compiler, connection)
        marked = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return marked, [*values, orjson.dumps(self.rhs).decode()]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self._column(compiler, connection)
        return f"{column} = ANY(%s)", [*values, self.rhs]

    def _column(self, compiler: Any, connection: Any) -> tuple[str, Sequence[Any]]:
        if not self.rhs:
            raise EmptyResultSet  # as of ``__in``: then nothing is asked
        column: tuple[str, Sequence[Any]] = self.process_lhs(compiler, connection)
        return column


# Of versions and links, in the newest edition. As an expression, for some of them: SQLite would
# walk all that stand, of any entry, to find those.
STILL_STANDS = Exact(Coalesce("superseded_in", 0), 0)


def insert(model: Any, fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows that nobody asks back for, of values as the database takes them: one statement, prepared
    once. A third of the time that ``bulk_create`` takes, with its objects.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in fields)
    marks, table = ", ".join(["%s"] * len(fields)), quote(model._meta.db_table)
    if all_rows := list(rows):
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", all_rows)  # noqa: S608


def insert_new(rows: Sequence[Any]) -> None:
    """New rows of one model, which have primary keys afterwards: two statements, or one.

    As ``bulk_create``, which takes twice as long to write its own. In a transaction.
    """
    if not rows:
        return
    model: Any = type(rows[0])
    database = connections[DEFAULT_DB_ALIAS]  # ``connection`` looks for it each time it is asked
    columns = model._meta.concrete_fields
    if model._meta.auto_field:
        for row, key in zip(rows, _next_keys(model, len(rows)), strict=True):
            row.pk = key
    relations = [each for each in columns if each.is_relation]
    for row in rows:
        row._state.adding, row._state.db = False, database.alias
        for each in relations:
            # What it leads to may have been saved since it was set.
            if getattr(row, each.attname) is None and each.is_cached(row):
                setattr(row, each.name, getattr(row, each.name))
    written = [(each.attname, _taken_as_they_are(each), each) for each in columns]
    insert(
        model,
        [each.name for each in columns],
        (
            [
                value
                if type(value := getattr(row, name)) in taken
                else each.get_db_prep_save(each.pre_save(row, add=True), database)
                for name, taken, each in written
            ]
            for row in rows
        ),
    )


def _taken_as_they_are(field: Any) -> set[type]:
    """The types of values that the database takes for this column."""
    if isinstance(field, models.BooleanField):
        return {bool}
    if isinstance(field, PLAIN):
        return AS_THEY_ARE
    return {NoneType} if field.null else set()


def _next_keys(model: Any, number: int) -> list[int]:
    """Primary keys that nobody else is given. One query.

    SQLite has one writer at a time, and counts on from the largest that a table has had.
    """
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        last = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s"
        ((key,),) = ask(last, [table])
        return list(range(key + 1, key + 1 + number))
    quoted, column = connection.ops.quote_name(table), model._meta.pk.column
    statement = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    return [key for (key,) in ask(statement, [quoted, column, number])]


def analyse(*models: Any) -> None:
    """Have PostgreSQL look at what these tables hold, after thousands of rows have come.

    Until it does so by itself, within a minute, it answers pictures of thousands in minutes.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
