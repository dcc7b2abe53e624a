"""How much of a source's text the public reads, and which text, instead of whether."""

from typing import Any

from django.db import migrations, models


def choose(apps: Any, schema_editor: Any) -> None:
    for name in ("Source", "HistoricalSource"):
        rows = apps.get_model("sources", name).objects
        rows.filter(text_may_be_shown=True).update(text_shown="all")


def allow(apps: Any, schema_editor: Any) -> None:
    for name in ("Source", "HistoricalSource"):
        rows = apps.get_model("sources", name).objects
        rows.filter(text_shown="all").update(text_may_be_shown=True)


CHOICE = models.CharField(
    "text shown in public",
    max_length=16,
    choices=[
        ("nothing", "Nothing"),
        ("short context", "Short context of what is cited"),
        ("all", "All of it"),
    ],
    default="nothing",
    help_text="How much of its text the rights let the public read here.",
)
WHICH = models.CharField(
    "which text",
    max_length=64,
    blank=True,
    default="",
    help_text="Which of the texts that the desk holds the public reads. Another one is shown "
    "only once it has been chosen here, reviewed and published.",
)


def fields(model: str) -> list[Any]:
    return [
        migrations.RenameField(model, "text_shown", "text_may_be_shown"),
        migrations.AddField(model, "text_shown", CHOICE),
        migrations.AddField(model, "text_sha256", WHICH, preserve_default=False),
    ]


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_selector_changes")]

    operations = [
        *fields("source"),
        *fields("historicalsource"),
        migrations.RunPython(choose, allow, elidable=True),
        migrations.RemoveField("source", "text_may_be_shown"),
        migrations.RemoveField("historicalsource", "text_may_be_shown"),
    ]
