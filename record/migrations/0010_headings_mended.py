"""Which blocks of a shown text are headings can be mended: its digest is of the words alone."""

from importlib import import_module
from typing import Any

from django.db import migrations

guards = import_module("record.migrations.0002_search_and_guards")

TABLE = "record_showntext"
FIXED = ["source", "sha256", "text"]


def guard(schema_editor: Any, columns: list[str], table: str = TABLE) -> None:
    engine = schema_editor.connection.vendor
    on, refuse = f" ON {table}", "EXECUTE FUNCTION record_refuse()"
    if engine == "sqlite":
        on, refuse = "", f"BEGIN SELECT RAISE(ABORT, '{guards.MESSAGE}'); END"
    schema_editor.execute(f"DROP TRIGGER {table}_fixed{on}")
    schema_editor.execute(
        f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({guards.changed(columns, engine)}) {refuse}"
    )


def let_go(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, FIXED)


def hold(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, [*FIXED, "headings"])


class Migration(migrations.Migration):
    dependencies = [("record", "0009_corrections_in_order")]

    operations = [migrations.RunPython(let_go, hold)]
