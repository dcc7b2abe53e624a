"""What the public reads of sources' texts, kept as everything that is published."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

guards = import_module("record.migrations.0002_search_and_guards")

FIXED = {
    "record_showntext": ["source", "sha256", "headings", "text"],
    "record_shownpassage": [
        "public_id", "citation", "selector", "source", "text", "block", "before", "passage",
        "after",
    ],
}  # fmt: skip
# Rows go with a redaction of the source, or of what cites it; nothing else is ever deleted.
OF = {
    "record_showntext": "OLD.source",
    "record_shownpassage": "OLD.source, OLD.public_id",
}


def redacted(table: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM record_version WHERE redacted_in_id IS NOT NULL"  # noqa: S608
        f" AND public_id IN ({OF[table]}))"
    )


def statements(table: str, engine: str) -> list[str]:
    refuse_update = refuse_delete = "EXECUTE FUNCTION record_refuse()"
    unless, found = "", []
    if engine == "sqlite":
        refuse_update = refuse_delete = f"BEGIN SELECT RAISE(ABORT, '{guards.MESSAGE}'); END"
        unless = f"WHEN NOT {redacted(table)} "
    else:
        refuse_delete = f"EXECUTE FUNCTION {table}_refuse()"
        found.append(
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {redacted(table)} THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{guards.MESSAGE}' USING ERRCODE = '23514'; END $$"
        )
    on = f"ON {table} FOR EACH ROW"
    when = f"WHEN ({guards.changed(FIXED[table], engine)})"
    return [
        *found,
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE {on} {when} {refuse_update}",
        f"CREATE TRIGGER {table}_kept BEFORE DELETE {on} {unless}{refuse_delete}",
    ]


def create(apps: Any, schema_editor: Any) -> None:
    for table in FIXED:
        for statement in statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    for table in FIXED:
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for name in ("fixed", "kept"):
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{on}")
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_refuse()")


class Migration(migrations.Migration):
    dependencies = [("record", "0007_redaction_guard")]

    operations = [
        migrations.CreateModel(
            name="ShownPassage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=16)),
                ("citation", models.CharField(max_length=8)),
                (
                    "selector",
                    models.CharField(help_text="SHA-256 of the canonical selector.", max_length=64),
                ),
                ("source", models.CharField(max_length=16)),
                ("text", models.CharField(help_text="SHA-256 of the source text.", max_length=64)),
                (
                    "block",
                    models.PositiveIntegerField(help_text="Number of the block that it begins in."),
                ),
                ("before", models.TextField()),
                ("passage", models.TextField()),
                ("after", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["source", "text"], name="record_shownpassage_source")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("public_id", "citation", "selector", "source", "text"),
                        name="record_shownpassage_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                ("sha256", models.CharField(help_text="Of the text.", max_length=64)),
                (
                    "headings",
                    models.JSONField(help_text="Numbers of the blocks that are section headings."),
                ),
                ("text", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "sha256"), name="record_showntext_once"
                    )
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
