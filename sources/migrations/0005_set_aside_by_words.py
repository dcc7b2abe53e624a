"""What is set aside of a text follows its words into a newer one."""

from typing import Any

from django.db import migrations, models

from record.canonical import digest
from sources.selectors import FoldedText


def bind(apps: Any, schema_editor: Any) -> None:
    """Whole blocks to the words of the newest text, which is the one that they were read in."""
    sources = apps.get_model("sources", "Source").objects.filter(set_aside__start="").distinct()
    for source in sources.iterator():
        held = source.texts.order_by("-loaded_at", "-pk").first()
        if held is None:
            continue
        text = FoldedText(held.text, [])
        for row in source.set_aside.filter(start="", block__lte=len(text.blocks)):
            start, end = text.blocks[row.block - 1].span
            row.words = digest(text.text[start:end])
            row.save(update_fields=["words"])


BLOCK = models.PositiveIntegerField(
    help_text="Number of the block, from 1, in the newest text. In one that is loaded later "
    "it is found by its words."
)
WORDS = models.CharField(
    max_length=64,
    blank=True,
    default="",
    editable=False,
    help_text="Of a whole block: SHA-256 of its words, as they are compared.",
)


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_text_shown_choice")]

    operations = [
        migrations.AddField("historicalsetaside", "words", WORDS, preserve_default=False),
        migrations.AddField("setaside", "words", WORDS, preserve_default=False),
        migrations.AlterField("historicalsetaside", "block", BLOCK),
        migrations.AlterField("setaside", "block", BLOCK),
        migrations.RemoveConstraint("setaside", "sources_set_aside_once"),
        migrations.AddConstraint(
            "setaside",
            models.UniqueConstraint(
                fields=["entry", "block", "start", "end"],
                condition=models.Q(words=""),
                name="sources_set_aside_once",
            ),
        ),
        migrations.AddConstraint(
            "setaside",
            models.UniqueConstraint(
                fields=["entry", "block", "words"],
                condition=~models.Q(words=""),
                name="sources_set_aside_block_once",
            ),
        ),
        migrations.RunPython(bind, migrations.RunPython.noop, elidable=True),
    ]
