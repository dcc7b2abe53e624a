"""The full-text index, and triggers that keep what is published as it is."""

from typing import Any

from django.db import migrations

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE record_search USING fts5(words, content='', tokenize='unicode61')"
    ],
    "postgresql": [
        "CREATE TABLE record_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX record_search_words ON record_search USING gin (words)",
    ],
}
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
    "record_check": [
        "public_id", "citation", "selector", "text", "state", "checked_on",
    ],
}  # fmt: skip
# Links of a redacted version go with its contents; nothing else is ever deleted.
REDACTED = "(SELECT redacted_in_id FROM record_version WHERE id = OLD.version_id) IS NOT NULL"
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
    if table in ("record_version", "record_link"):
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
        schema_editor.execute(
            "CREATE FUNCTION record_refuse_link() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {REDACTED} THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = '23514'; END $$"
        )
    for table in FIXED:
        for trigger in triggers(table, engine):
            schema_editor.execute(trigger)


def triggers(table: str, engine: str) -> list[str]:
    refuse_update = refuse_delete = "EXECUTE FUNCTION record_refuse()"
    unless = ""
    if engine == "sqlite":
        refuse_update = refuse_delete = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        unless = f"WHEN NOT ({REDACTED}) " if table == "record_link" else ""
    elif table == "record_link":
        refuse_delete = "EXECUTE FUNCTION record_refuse_link()"
    on = f"ON {table} FOR EACH ROW"
    when = f"WHEN ({condition(table, engine)})"
    return [
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE {on} {when} {refuse_update}",
        f"CREATE TRIGGER {table}_kept BEFORE DELETE {on} {unless}{refuse_delete}",
    ]


def drop(apps: Any, schema_editor: Any) -> None:
    for table in FIXED:
        on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for name in ("fixed", "kept"):
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{on}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION record_refuse()")
        schema_editor.execute("DROP FUNCTION record_refuse_link()")
    schema_editor.execute("DROP TABLE record_search")


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
