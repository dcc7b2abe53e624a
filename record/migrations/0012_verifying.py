"""What the public lists of waivers and failing checks, and quotations, are found by."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
import orjson
from django.db import migrations, models

import record.waiving
from record.quotable import openings

guards = import_module("record.migrations.0002_search_and_guards")

TABLE = "record_opening"
FIXED = ["version_id", "citation", "words"]
BATCH = 2000


def statements(engine: str) -> list[str]:
    """Rows never change, and go with a redacted version alone, as links do."""
    refuse_update = refuse_delete = "EXECUTE FUNCTION record_refuse()"
    unless = ""
    if engine == "sqlite":
        refuse_update = refuse_delete = f"BEGIN SELECT RAISE(ABORT, '{guards.MESSAGE}'); END"
        unless = f"WHEN NOT ({guards.REDACTED}) "
    else:
        refuse_delete = "EXECUTE FUNCTION record_refuse_link()"
    on = f"ON {TABLE} FOR EACH ROW"
    when = f"WHEN ({guards.changed(FIXED, engine)})"
    return [
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE {on} {when} {refuse_update}",
        f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE {on} {unless}{refuse_delete}",
    ]


def fill(apps: Any, schema_editor: Any) -> None:
    # Triggers first: PostgreSQL makes none where rows wait for their foreign keys to be checked.
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)
    rows = apps.get_model("record", "Opening")
    versions = apps.get_model("record", "Version").objects.filter(
        state="published", redacted_in=None
    )
    batch: list[Any] = []
    for pk, text in versions.order_by().values_list("pk", "document").iterator(BATCH):
        batch += [
            rows(version_id=pk, citation=citation, words=words)
            for citation, words in openings(orjson.loads(text)).items()
        ]
        if len(batch) >= BATCH:
            rows.objects.bulk_create(batch, batch_size=BATCH)
            batch = []
    rows.objects.bulk_create(batch, batch_size=BATCH)


def drop(apps: Any, schema_editor: Any) -> None:
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    for name in ("fixed", "kept"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [("record", "0011_covering_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="version",
            index=models.Index(
                models.F("sort_key"),
                models.F("public_id"),
                condition=models.Q(record.waiving.HoldsWaivers("document")),
                name="record_version_waiving",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("state", "exact"), _negated=True),
                fields=["id"],
                name="record_check_failing",
            ),
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("citation", models.CharField(max_length=8)),
                ("words", models.TextField(db_index=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="record.version",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "citation"), name="record_opening_once"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, drop),
    ]
