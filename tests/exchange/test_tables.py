"""The tables, as the documentation names them."""

from pathlib import Path

from django.conf import settings

from exchange.tables import tables


def test_the_documentation_names_every_table_and_column():
    text = (Path(settings.BASE_DIR) / "docs" / "exchange.md").read_text(encoding="utf-8")
    told = " ".join(text.partition("## The tables")[2].split())

    assert told == " ".join(
        f"- `{table.name}`: {', '.join(table.columns)}" for table in tables().values()
    )
