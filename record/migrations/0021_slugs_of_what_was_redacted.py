"""Of a version that has been redacted the slug may go later, when nothing that stays has it."""

from importlib import import_module
from typing import Any

from django.db import migrations

guards = import_module("record.migrations.0002_search_and_guards")
exact = import_module("record.migrations.0007_redaction_guard")


def forwards(apps: Any, schema_editor: Any) -> None:
    engine = schema_editor.connection.vendor
    others = [name for name in guards.FIXED[exact.TABLE] if name != "slug"]
    changed = guards.changed([*others, "redacted_in_id", "superseded_in_id"], engine)
    forgets = f"OLD.redacted_in_id IS NOT NULL AND NEW.slug = '' AND NOT {changed}"
    exact.guard(schema_editor, f"({exact.condition(engine)}) AND NOT ({forgets})")


class Migration(migrations.Migration):
    dependencies = [("record", "0020_shown_without_signs")]

    operations = [migrations.RunPython(forwards, exact.forwards)]
