"""By which keys entries come in lists by their names, in each language.

A name of another language than the source's is looked for in the document, and put in order by that
language's alphabet; so these are rows, written with the version, and lists are walks through their
index. In the source's own language the version itself has the key of its label, but where its type
is listed by date. Keys follow from documents and alphabets: where an alphabet changes, or another
language is offered, a migration writes them anew (``rewrite``).
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

import orjson
from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, When

from chronicle.fields import SortKeyField
from chronicle.languages import of_now
from record.called import is_translated, main_part
from record.collation import collation_key
from record.statements import insert
from record.types import Document, entry_types, type_named

LONGEST = 160  # as of the versions' own keys
KEYED = ("version", "type", "language", "sort_key", "public_id")  # what ``name_keys_of`` says
IN_ORDER = itemgetter(1, 2, 3)
BATCH = 2000


class NameKey(models.Model):
    """Where a version comes among those of its type, for readers of a language."""

    version = models.ForeignKey(
        "record.Version", models.PROTECT, related_name="name_keys", db_index=False
    )
    type = models.CharField(max_length=16)
    language = models.CharField(max_length=12)
    sort_key = SortKeyField(max_length=LONGEST)
    public_id = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="record_namekey_once")
        ]
        indexes = [
            models.Index(
                fields=["type", "language", "sort_key", "public_id", "version"],
                name="record_namekey_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} in {self.language}: {self.sort_key}"


def name_keys(document: Document, label: str) -> dict[str, str]:
    """The key in each language that has rows of it, by its code.

    ``label``: what the entry is called where a language has no name for it.
    """
    entry_type = type_named(document["type"])
    found = {}
    for code, _ in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE or entry_type.in_time:
            name = entry_type.name_in(document, main_part(code)) or label
            key = collation_key(name, code)
            found[code] = entry_type.by_name(document, key)[:LONGEST]
    return found


def name_keys_of(version: Any, document: Document) -> Iterator[tuple[Any, ...]]:
    """The rows of ``KEYED`` that stand beside a version, of the document in the schema of today."""
    for language, key in name_keys(document, version.label).items():
        yield version.pk, version.type, language, key, version.public_id


def key_of_now() -> Any:
    """Of each version among whatever others of its type, an expression: by its date, or by the name
    that readers of the language of now know."""
    if not is_translated():
        return F("sort_key")
    own = NameKey.objects.filter(version=OuterRef("pk"), language=of_now()).values("sort_key")
    in_time = [each.name for each in entry_types() if each.in_time]
    return Case(When(type__in=in_time, then=F("sort_key")), default=Subquery(own))


def write(keys: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    """Into the table of the model ``keys``, in the order of its index: rows that come as versions
    do touch all of it, and take a quarter longer. One statement."""
    insert(keys, KEYED, sorted(rows, key=IN_ORDER))


def rewrite(apps: Any, schema_editor: Any) -> None:
    """All rows anew, in a migration."""
    keys, versions = (apps.get_model("record", name) for name in ("NameKey", "Version"))
    keys.objects.all().delete()
    needed = versions.objects.filter(state="published").order_by().defer("search_text", "salt")
    rows: list[tuple[Any, ...]] = []
    for version in needed.iterator(BATCH):
        document = orjson.loads(version.document)
        rows += name_keys_of(version, type_named(version.type).upcast(document, version.schema))
        if len(rows) >= BATCH:
            write(keys, rows)
            rows = []
    write(keys, rows)
