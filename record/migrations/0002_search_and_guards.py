"""The full-text index, and triggers that keep what is published as it is."""

from typing import Any

from django.db import migrations

from record.search import CREATE

# What may change in a version: its liveness, and, when it is redacted, its contents.
FIXED = {
    "record_edition": [
        "number", "published_at", "reason", "by", "approved_by", "four_eyes", "checksum",
    ],
    "record_version": [
        "public_id", "type", "edition_id", "change", "state", "schema", "document", "salt",
        "checksum", "label", "slug", "kind", "earliest", "latest", "sort_key", "contested",
        "search_text",
    ],
    "record_link": [
        "version_id", "predicate", "target", "part", "type", "public_id", "sort_key", "edition_id",
    ],
}  # fmt: skip
KEPT_WHEN_REDACTED = ["public_id", "type", "edition_id", "change", "schema", "checksum"]
MESSAGE = "What has been published does not change."


def changed(columns: list[str], engine: str) -> str:
    operator = "IS NOT" if engine == "sqlite" else "IS DISTINCT FROM"
    return "(" + " OR ".join(f'OLD."{name}" {operator} NEW."{name}"' for name in columns) + ")"


def condition(table: str, engine: str) -> str:
    refused = changed(FIXED[table], engine)
    if table == "record_version":
        redaction = "(OLD.redacted_in_id IS NULL AND NEW.redacted_in_id IS NOT NULL)"
        kept = changed(KEPT_WHEN_REDACTED, engine)
        refused = f"(({refused} AND NOT {redaction}) OR {kept})"
        refused += " OR (OLD.redacted_in_id IS NOT NULL AND NEW.redacted_in_id IS NULL)"
    if table != "record_edition":
        superseded = changed(["superseded_in_id"], engine)
        refused += f" OR (OLD.superseded_in_id IS NOT NULL AND {superseded})"
    return refused


def create(apps: Any, schema_editor: Any) -> None:
    engine = schema_editor.connection.vendor
    for statement in CREATE[engine]:
        schema_editor.execute(statement)
    if engine == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23514'; END $$"
        )
    for table in FIXED:
        if engine == "sqlite":
            body = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        else:
            body = "EXECUTE FUNCTION record_refuse()"
        schema_editor.execute(
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({condition(table, engine)}) {body}"
        )


def drop(apps: Any, schema_editor: Any) -> None:
    for table in FIXED:
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        schema_editor.execute(f"DROP TRIGGER {table}_fixed{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION record_refuse()")
    schema_editor.execute("DROP TABLE record_search")


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
