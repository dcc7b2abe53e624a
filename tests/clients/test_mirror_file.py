"""A mirror's file: other files, other processes beside it, and what was changed in it."""

import multiprocessing
import sqlite3

import pytest

from chronicle_client import ChronicleError, Damaged, InUse, Mirror
from chronicle_client.__main__ import main
from tests.changes import happened


@pytest.fixture
def history(db, kept):
    return kept(happened)


def bytes_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_foreign_file_is_left_as_it_is(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("No database at all, " * 20)
    other = tmp_path / "other.sqlite3"
    database = sqlite3.connect(other)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE birds (name)")
    try:
        before = bytes_in(tmp_path)
        with pytest.raises(Damaged, match="is no mirror of a Chronicle: it is no database"):
            Mirror(text)
        with pytest.raises(Damaged, match="but no mirror of a Chronicle"):
            Mirror(other)
        assert bytes_in(tmp_path) == before
    finally:
        database.close()
    before = bytes_in(tmp_path)
    with pytest.raises(Damaged, match="but no mirror of a Chronicle"):
        Mirror(other)
    assert bytes_in(tmp_path) == before


def test_file_that_another_has_locked_is_in_use(tmp_path, monkeypatch, capsys):
    path = tmp_path / "record.sqlite3"
    Mirror(path).close()
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda *given, **options: connect(*given, timeout=0, **options)
    )
    other = connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(InUse, match=r"record\.sqlite3 is in use by another process\. Try again"):
        Mirror(path)
    assert main(["verify", str(path)]) == 2
    assert "is in use by another process" in capsys.readouterr().err
    other.close()
    Mirror(path).close()


def make(path, ready):
    ready.wait()
    Mirror(path).close()


def test_new_file_can_be_made_by_several_at_once(tmp_path):
    context = multiprocessing.get_context("fork")
    for number in range(10):
        ready = context.Barrier(4)
        path = tmp_path / f"{number}.sqlite3"
        makers = [context.Process(target=make, args=(path, ready)) for _ in range(4)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
        assert [maker.exitcode for maker in makers] == [0] * 4


def test_mirror_goes_on_after_a_reader_held_it_up(site, history, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site, limit=2)
    mirror.database.execute("DELETE FROM versions WHERE edition = 6")
    mirror._stand_at("5")
    mirror.database.execute("PRAGMA busy_timeout = 0")
    reader = sqlite3.connect(mirror.path)
    rows = reader.execute("SELECT * FROM versions")
    next(rows)
    with pytest.raises(InUse):
        mirror.follow(site)
    assert (mirror.database.in_transaction, mirror.cursor) == (False, "5")
    rows.close()
    reader.close()
    assert mirror.follow(site) == 1
    assert mirror.verify().faults == []


def test_pages_that_another_took_are_not_counted(site, history, mirror_at):
    mirror, other = mirror_at("record"), mirror_at("record")
    changes = site.changes

    def meanwhile(since, *, limit):
        page = changes(since, limit=limit)
        if since == "0":
            other._take(page)
        return page

    site.changes = meanwhile
    assert mirror.follow(site) == 0
    assert mirror.edition == 6


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("document = '{bad'", "its document does not fit its checksum."),
        ("document = '[1]'", "its document does not fit its checksum."),
        ("document = '\"\\ud800\"'", "its document does not fit its checksum."),
        ("document = X'FF'", "its document does not fit its checksum."),
        ("salt = NULL", "its document does not fit its checksum."),
        ("salt = X'FF'", "its document does not fit its checksum."),
    ],
)
def test_document_that_cannot_be_read_is_named(site, history, mirror_at, change, says):
    mirror, event = mirror_at("record"), history[0].public_id
    mirror.follow(site)
    mirror.database.execute(
        f"UPDATE versions SET {change} WHERE id = ? AND edition = 5",  # noqa: S608
        [event],
    )
    assert mirror.verify().faults == [f"{event} in edition 5: {says}"]


def test_version_without_a_document_was_redacted_by_its_entry(site, history, mirror_at):
    mirror, event = mirror_at("record"), history[0].public_id
    mirror.follow(site)
    mirror.database.execute(
        "UPDATE versions SET document = NULL, salt = NULL, state = 'redacted', redacted_in = 5"
        " WHERE id = ? AND edition = 1",
        [event],
    )
    assert mirror.verify().faults == [f"{event} in edition 1 was not redacted by edition 5."]


def test_disk_that_refuses_is_told_with_the_file(site, history, mirror_at, tmp_path, capsys):
    mirror = mirror_at("record")
    mirror.database.execute("PRAGMA max_page_count = 1")
    with pytest.raises(ChronicleError, match=r"record\.sqlite3 cannot be used: database or disk i"):
        mirror.follow(site)
    assert (mirror.database.in_transaction, mirror.cursor) == (False, "0")
    mirror.database.execute("PRAGMA max_page_count = 100000")
    mirror.database.execute("PRAGMA query_only = ON")
    with pytest.raises(
        ChronicleError, match=r"record\.sqlite3 cannot be used: attempt to write a r"
    ):
        mirror.follow(site)
    mirror.database.execute("PRAGMA query_only = OFF")
    assert mirror.follow(site) > 0
    nowhere = tmp_path / "nowhere" / "record.sqlite3"
    assert main(["mirror", "http://127.0.0.1:1", str(nowhere)]) == 2
    assert (
        capsys.readouterr().err.strip()
        == f"{nowhere} cannot be used: unable to open database file."
    )


def test_file_that_is_broken_is_told(site, history, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site)
    mirror.close()
    with mirror.path.open("r+b") as data:
        data.seek(4096)
        data.write(b"\xff" * 200_000)
    with pytest.raises(
        Damaged, match=r"record\.sqlite3 is damaged: database disk image is malformed"
    ):
        mirror_at("record").follow(site)


def test_reader_is_told_that_a_writer_has_the_file(site, history, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site)
    mirror.database.execute("PRAGMA busy_timeout = 0")
    writer = sqlite3.connect(mirror.path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    for read in (lambda: list(mirror.entries()), mirror.verify, lambda: mirror.cursor):
        with pytest.raises(InUse):
            read()
    writer.close()


def test_edition_is_looked_up_in_an_index(mirror_at):
    query = "EXPLAIN QUERY PLAN SELECT id, change, checksum FROM versions WHERE edition = 1"
    plan = [row["detail"] for row in mirror_at("record").database.execute(query)]
    assert plan == ["SEARCH versions USING INDEX versions_by_edition (edition=?)"]


def test_document_that_cannot_be_read_is_not_given(site, history, mirror_at):
    mirror, event = mirror_at("record"), history[0].public_id
    mirror.follow(site)
    mirror.database.execute("UPDATE versions SET document = '{bad' WHERE edition = 6")
    with pytest.raises(Damaged, match=f"^{event} in edition 6 cannot be read: "):
        list(mirror.entries())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("DELETE FROM versions WHERE edition = 4", "Edition 4: its checksum does not fit"),
        ("DELETE FROM editions WHERE number = 4", "Edition 4 is missing."),
        ("UPDATE editions SET reason = 'Other' WHERE number = 4", "Edition 4: its checksum does"),
    ],
)
def test_edition_that_a_mirror_began_with_is_verified(site, history, mirror_at, change, says):
    mirror = mirror_at("record")
    mirror.start_from_lists(site, edition=4)
    report = mirror.verify()
    assert (report.faults, report.newest_number) == ([], 4)
    assert report.newest == site.edition(4)["checksum"]
    mirror.follow(site)
    assert (mirror.verify().faults, mirror.verify().newest_number) == ([], 6)
    mirror.database.execute(change)
    (fault,) = mirror.verify().faults
    assert fault.startswith(says)
