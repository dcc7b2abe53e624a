"""Whatever is written of the record takes as much memory of a large one as of a small one."""

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Sized
from pathlib import Path
from typing import Any

import pytest

from packages import building, record_files, rows, sqlite_file
from packages.sqlite_file import write_sqlite
from record import downloads, paging
from tests import world
from tests.many import publish_many

pytestmark = pytest.mark.django_db

FEW, MORE = 100, 500  # entries of the first edition and of the second, written 50 at a time
MARGIN = 500_000  # bytes; the second edition has more than a megabyte of documents more
BATCHES = [
    (paging, "STEP"),
    (downloads, "LINES"),
    (downloads, "ROWS"),
    (record_files, "BATCH"),
    (rows, "BATCH"),
    (sqlite_file, "BATCH"),
]


def of_list(form: str) -> Callable[..., Iterable[Sized]]:
    def write(reader: Any, edition: int, target: Path) -> Iterable[Sized]:
        answer = reader.get(f"/downloads/events.{form}?edition={edition}")
        pieces: Iterable[Sized] = answer.streaming_content
        return pieces

    return write


def of_history(reader: Any, edition: int, target: Path) -> Iterable[Sized]:
    return map(record_files.version_lines, record_files.versions(edition))


def of_package(reader: Any, edition: int, target: Path) -> Iterable[Sized]:
    building.build(edition, target)
    write_sqlite(target, target.with_suffix(".sqlite3"))
    return [range(target.stat().st_size)]


def held_while(writing: Callable[[], Iterable[Sized]]) -> tuple[int, int]:
    """The most bytes that Python held meanwhile of what was not there before; bytes written."""
    gc.collect()
    tracemalloc.start()
    try:
        written = sum(map(len, writing()))
        return tracemalloc.get_traced_memory()[1], written
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "write",
    [of_list("jsonl"), of_list("csv"), of_history, of_package],
    ids=["jsonl", "csv", "history", "package"],
)
def test_what_is_written_of_more_takes_no_more_memory(write, cast, reader, monkeypatch, tmp_path):
    for module, name in BATCHES:
        monkeypatch.setattr(module, name, 50)
    monkeypatch.setattr(building, "PIECE", 50_000)
    talks = [world.event("Talks"), world.event("More talks")]
    for event in talks:
        world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    words = "words " * 450
    for event, number, first in zip(talks, (FEW, MORE), (1_000, 5_000), strict=True):
        said = [{"title": f"Talks {n}", "editor_note": f"{n} {words}"} for n in range(number)]
        publish_many(event.public_id, said, first=first)
    for edition in (1, 2):  # after which a process keeps no more
        held_while(lambda of=edition: write(reader, of, tmp_path / f"before-{of}.zip"))

    few, of_few = held_while(lambda: write(reader, 1, tmp_path / "1.zip"))
    more, of_more = held_while(lambda: write(reader, 2, tmp_path / "2.zip"))

    assert of_more > of_few + 2 * MARGIN
    assert more < few + MARGIN
