"""The bench stays true: what it fills verifies, and the three peers say the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bench.world import make_world
from desk.documents import field_names
from record.types import type_named

EVENTS = 60


def test_world_is_the_same_each_time() -> None:
    first, second = make_world(20), make_world(20)

    assert first.editions == second.editions


def test_world_documents_have_the_fields_of_their_types() -> None:
    documents = [document for _, edition in make_world(20).editions for document in edition]

    assert {document["type"] for document in documents} == {
        *("term", "source", "place", "actor", "event", "proposal"),
    }
    for document in documents:
        declaration = type_named(document["type"]).declaration
        assert sorted(document) == sorted(field_names(declaration)), document["id"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a cluster is no database of its own")
def test_bench_verifies_and_all_peers_answer_alike(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--events", str(EVENTS), "--check"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/bench.sqlite3"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    said = run.stderr.splitlines()
    assert "The record verifies." in said
    assert "All 14 rows are answered alike." in said
    assert said[-1].endswith(" pages of the desk open.")
