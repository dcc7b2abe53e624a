"""Redaction may empty a version that no longer stands, as a whole and for good; nothing else.

Until now a redaction was free in what it wrote into the columns that it may change.
"""

from importlib import import_module
from typing import Any

from django.db import migrations

guards = import_module("record.migrations.0002_search_and_guards")

TABLE = "record_version"
EMPTY = ["document", "salt", "label", "kind", "sort_key", "search_text"]


def condition(engine: str) -> str:
    """When an update is refused: it changes what is fixed, unless it is exactly a redaction."""
    fixed = guards.changed([*guards.FIXED[TABLE], "redacted_in_id"], engine)
    redaction = [
        "OLD.redacted_in_id IS NULL",
        "NEW.redacted_in_id > OLD.edition_id",
        "NEW.superseded_in_id IS NOT NULL",
        "NEW.superseded_in_id <= NEW.redacted_in_id",
        "NEW.state = 'redacted'",
        *(f"NEW.\"{name}\" = ''" for name in EMPTY),
        "(NEW.slug = '' OR NEW.slug = OLD.slug)",
        "NEW.earliest IS NULL AND NEW.latest IS NULL",
        "NOT NEW.contested",
        f"NOT {guards.changed(guards.KEPT_WHEN_REDACTED, engine)}",
    ]
    # Where something is compared with NULL, it is no redaction.
    exact = f"COALESCE({' AND '.join(redaction)}, {'0' if engine == 'sqlite' else 'FALSE'})"
    superseded = guards.changed(["superseded_in_id"], engine)
    return f"({fixed} AND NOT {exact}) OR (OLD.superseded_in_id IS NOT NULL AND {superseded})"


def guard(schema_editor: Any, refused: str) -> None:
    engine = schema_editor.connection.vendor
    on = "" if engine == "sqlite" else f" ON {TABLE}"
    refuse = (
        f"BEGIN SELECT RAISE(ABORT, '{guards.MESSAGE}'); END"
        if engine == "sqlite"
        else "EXECUTE FUNCTION record_refuse()"
    )
    schema_editor.execute(f"DROP TRIGGER {TABLE}_fixed{on}")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW"
        f" WHEN ({refused}) {refuse}"
    )


def forwards(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, condition(schema_editor.connection.vendor))


def backwards(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, guards.condition(TABLE, schema_editor.connection.vendor))


class Migration(migrations.Migration):
    dependencies = [("record", "0006_covering_order")]

    operations = [migrations.RunPython(forwards, backwards)]
