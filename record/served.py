"""What the API gives of versions, read as rows: models cost more than all else of a list."""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import CharField, F, Func, QuerySet

from record.models import Version
from record.reading import LIKE_ID, LONGEST_SLUG, Record
from record.statements import MOMENT, STANDS, ask


class Served(NamedTuple):
    """One version. ``edition`` is a number; ``published_at`` as the edition's checksum has it."""

    pk: int
    public_id: str
    type: str
    schema: int
    state: str
    document: str
    salt: str
    checksum: str
    change: str
    slug: str
    edition: int
    published_at: str
    reason: str


# By id or by slug: by either, no index would serve.
ENTRY = (
    "SELECT version.id, public_id, type, schema, state, document, salt, version.checksum, change,"
    " slug, number, {moment}, reason FROM record_version version"
    " JOIN record_edition edition ON edition.number = version.edition_id"
    " WHERE {stands} AND version.type = %s AND version.{column} = %s"
)


class Moment(Func):
    """A column of moments, as text: UTC, to the second."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=_template("sqlite"))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=_template("postgresql"))


def _template(vendor: str) -> str:
    return MOMENT[vendor].replace("%", "%%").format("%(expressions)s")


def served(versions: QuerySet[Version, Version], columns: Sequence[str]) -> QuerySet[Version, Any]:
    """The same as rows that have what ``Served`` has, and these columns."""
    return versions.annotate(
        published_at=Moment("edition__published_at"), reason=F("edition__reason")
    ).values_list(*dict.fromkeys([*Served._fields, *columns]), named=True)


def served_entry(record: Record, type_name: str, key: str) -> Served | None:
    """One entry by id or slug, if it is in the record under that. One query."""
    if len(key) > LONGEST_SLUG or not key.isprintable():  # PostgreSQL takes no NUL
        return None
    statement = ENTRY.format(
        stands=STANDS,
        moment=MOMENT[connection.vendor].format("edition.published_at"),
        column="public_id" if LIKE_ID.fullmatch(key) else "slug",
    )
    for row in ask(statement, [record.number, record.number, type_name, key]):
        return Served._make(row)
    return None


def of_version(version: Version) -> Served:
    """A version that was read as a model, with its edition."""
    edition = version.edition
    return Served(
        version.pk,
        version.public_id,
        version.type,
        version.schema,
        version.state,
        version.document,
        version.salt,
        version.checksum,
        version.change,
        version.slug,
        edition.number,
        moment(edition.published_at),
        edition.reason,
    )


def moment(value: datetime.datetime) -> str:
    """As ``MOMENT``."""
    return f"{value.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
