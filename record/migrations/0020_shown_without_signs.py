"""What is shown is kept without signs that nobody sees as well, where it has any."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

from record.verbatim import bare

shown = import_module("record.migrations.0008_shown_texts")
mended = import_module("record.migrations.0010_headings_mended")

# Which of its columns hold the words; and all that do not change.
WORDS = {
    "ShownText": ["text"],
    "ShownPassage": ["before", "passage", "after"],
}
FIXED = {
    "ShownText": mended.FIXED,
    "ShownPassage": shown.FIXED["record_shownpassage"],
}


def fill(apps: Any, schema_editor: Any) -> None:
    for model, columns in WORDS.items():
        rows = apps.get_model("record", model)._base_manager
        for pk, *words in rows.values_list("pk", *columns).iterator():
            if folded := bare("".join(words)):
                rows.filter(pk=pk).update(bare=folded)
        mended.guard(schema_editor, [*FIXED[model], "bare"], f"record_{model.lower()}")


def let_go(apps: Any, schema_editor: Any) -> None:
    for model, columns in FIXED.items():
        mended.guard(schema_editor, columns, f"record_{model.lower()}")


class Migration(migrations.Migration):
    dependencies = [("record", "0019_openings_folded")]

    operations = [
        migrations.AddField("showntext", "bare", models.TextField(null=True)),
        migrations.AddField(
            "shownpassage",
            "bare",
            models.TextField(help_text="Of all three, as of texts.", null=True),
        ),
        migrations.RunPython(fill, let_go),
    ]
