"""What the client's README says can be done as it says."""

import re
from pathlib import Path

import pytest

import chronicle_client

TEXT = Path("clients/python/README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_run(full, transport, tmp_path, monkeypatch, capsys, example):
    class Here(chronicle_client.Chronicle):
        def __init__(self, url):
            super().__init__("http://testserver", transport=transport)

    monkeypatch.setattr(chronicle_client, "Chronicle", Here)
    monkeypatch.chdir(tmp_path)
    exec(example, {})  # noqa: S102
    assert full.event.public_id in capsys.readouterr().out


def test_tables_are_those_that_there_are(tmp_path):
    with chronicle_client.Mirror(tmp_path / "record.sqlite3") as mirror:
        rows = mirror.database.execute("SELECT name FROM sqlite_schema WHERE type != 'index'")
        found = {row["name"] for row in rows}
    assert set(re.findall(r"^\| `(\w+)`", TEXT, re.MULTILINE)) == found
