"""Each check says from which edition on it is known; that is fixed as its other columns are."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

guards = import_module("record.migrations.0002_search_and_guards")
guard = import_module("record.migrations.0010_headings_mended").guard

TABLE = "record_check"
FIXED = guards.FIXED[TABLE]


def forwards(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, [*FIXED, "known_from"], TABLE)


def backwards(apps: Any, schema_editor: Any) -> None:
    guard(schema_editor, FIXED, TABLE)


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
