"""Blocks that were set aside are known by their words as these are compared now."""

import unicodedata
from typing import Any

from django.db import migrations

from record.canonical import digest
from sources.selectors import FOLDED, FoldedText, fold

WAS = {
    sign: folded for sign, folded in FOLDED.items() if chr(sign) not in "‹›「」"
} | dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def folded_then(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).translate(WAS)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def bind_anew(apps: Any, schema_editor: Any) -> None:
    sources = apps.get_model("sources", "Source").objects.exclude(set_aside__words="")
    for source in sources.filter(set_aside__start="").distinct().iterator():
        now = {
            digest(folded_then(block.text)): digest(fold(block.text))
            for held in source.texts.iterator(1)
            for block in FoldedText(held.text, []).blocks
        }
        for row in source.set_aside.filter(words__in=now):
            row.words = now[row.words]
            if (
                not source.set_aside.exclude(pk=row.pk)
                .filter(block=row.block, words=row.words)
                .exists()
            ):
                row.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_set_aside_by_words")]

    operations = [migrations.RunPython(bind_anew, migrations.RunPython.noop, elidable=True)]
