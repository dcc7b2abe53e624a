"""Openings are folded as words are compared now: signs that nobody sees part no words."""

from importlib import import_module
from typing import Any

import orjson
from django.db import migrations

from record.quotable import openings

guard = import_module("record.migrations.0010_headings_mended").guard
made = import_module("record.migrations.0012_verifying")


def fold_anew(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("record", "Opening")._base_manager
    read, folded, changed = None, {}, []
    columns = rows.order_by("version", "pk").values_list(
        "pk", "citation", "words", "version", "version__document"
    )
    for pk, citation, words, version, document in columns.iterator(made.BATCH):
        if version != read:
            read, folded = version, openings(orjson.loads(document))
        if folded[citation] != words:
            changed.append((pk, folded[citation]))
    guard(schema_editor, ["version_id", "citation"], made.TABLE)
    for pk, words in changed:
        rows.filter(pk=pk).update(words=words)
    guard(schema_editor, made.FIXED, made.TABLE)


class Migration(migrations.Migration):
    dependencies = [("record", "0018_titles_in_every_language")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
