"""Each check says from which edition on it is known; that is fixed as its other columns are."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

guards = import_module("record.migrations.0002_search_and_guards")

TABLE = "record_check"
FIXED = guards.FIXED[TABLE]


def guard(schema_editor: Any, columns: list[str]) -> None:
    engine = schema_editor.connection.vendor
    on, refuse = f" ON {TABLE}", "EXECUTE FUNCTION record_refuse()"
    if engine == "sqlite":
        on, refuse = "", f"BEGIN SELECT RAISE(ABORT, '{guards.MESSAGE}'); END"
    schema_editor.execute(f"DROP TRIGGER {TABLE}_fixed{on}")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({guards.changed(columns, engine)}) {refuse}"
    )


def forwards(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, [*FIXED, "known_from"])


def backwards(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, FIXED)


class Migration(migrations.Migration):
    dependencies = [("record", "0012_verifying")]

    operations = [
        migrations.AddField(
            model_name="check",
            name="known_from",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="The first edition whose data package has it; none: the first of all.",
                null=True,
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
