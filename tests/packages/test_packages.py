"""A package: the record to the byte, tables that say the same, and nothing of the desk."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from desk.redaction import Then, redact
from packages.codebook import readme
from packages.kept import kept
from packages.making import make
from packages.tables import all_tables
from record.models import Check, Edition
from record.verify import main, verify_package
from tests import world
from tests.packages.conftest import CANARY, Package, packaged

PROFILES = Path(__file__).parent / "frictionless"


def test_record_is_stored_to_the_byte(happened):
    package = happened.packages[7]
    expected = sorted(
        happened.versions, key=lambda version: (version.edition_id, version.public_id)
    )
    lines = package.files["record/versions.jsonl"].decode().splitlines()
    assert len(lines) == len(expected)
    for line, version in zip(lines, expected, strict=True):
        assert line.endswith(f',"document":{version.document or "null"}}}')
        value = json.loads(line)
        assert (value["id"], value["edition"], value["checksum"], value["salt"]) == (
            version.public_id,
            version.edition_id,
            version.checksum,
            version.salt or None,
        )
    assert [line["checksum"] for line in package.lines("editions")] == [
        edition.checksum for edition in happened.editions
    ]


@pytest.mark.django_db
def test_package_is_the_same_bytes_whatever_the_site_is_called(full, settings):
    before = packaged().path.read_bytes()
    settings.SITE_NAME, settings.SITE_PUBLISHER = "The Lake Record", "Lake Press"
    assert packaged().path.read_bytes() == before


def test_package_is_the_same_bytes_whatever_came_after(full, cast):
    """What was published, and passages that were looked for; a redaction alone changes it."""
    before = packaged(1).path.read_bytes()
    world.change(full.event, editor_note="Later.")
    world.publish_only(full.event, by=cast.contributor, approved_by=cast.editor)
    logged = Check.objects.count()
    with time_machine.travel("2031-01-01", tick=False):
        call_command("verify_citations", verbosity=0, stdout=io.StringIO())
    assert Check.objects.count() > logged
    assert packaged(1).path.read_bytes() == before


def test_zip_is_stored_in_one_order_and_of_one_moment(happened):
    package = happened.packages[7]
    names = [info.filename for info in package.infos]
    assert names == sorted(names)
    assert {info.compress_type for info in package.infos} == {zipfile.ZIP_STORED}
    published = happened.editions[-1].published_at
    moment = tuple(published.replace(second=published.second // 2 * 2).timetuple()[:6])
    assert {info.date_time for info in package.infos} == {moment}
    assert {(info.flag_bits, info.external_attr, info.extra) for info in package.infos} == {
        (0, 0o100644 << 16, b"")
    }


def test_description_fits_the_published_schemas(happened):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from jsonschema import Draft4Validator
    described = happened.packages[7].described

    def faults(profile, value):
        schema = json.loads((PROFILES / f"{profile}.json").read_text(encoding="utf-8"))
        return [error.message for error in Draft4Validator(schema).iter_errors(value)]

    assert faults("data-package", described) == []
    for resource in described["resources"]:
        assert faults(resource["profile"], resource) == []
    tables = [one["name"] for one in described["resources"] if "schema" in one]
    assert tables == [table.name for table in all_tables()]


def test_cells_fit_their_types_and_keys_hold(happened):
    """As the description says: types, what is required, values, primary and foreign keys."""
    for package in happened.packages.values():
        resources = {one["name"]: one for one in package.described["resources"]}
        tables = {name: package.rows(name) for name, one in resources.items() if "schema" in one}
        for name, rows in tables.items():
            schema = resources[name]["schema"]
            for field in schema["fields"]:
                cells = [row[field["name"]] for row in rows]
                wrong = [cell for cell in cells if not _fits(cell, field)]
                assert wrong == [], (name, field["name"])
            keys = [tuple(row[each] for each in schema["primaryKey"]) for row in rows]
            assert len(set(keys)) == len(keys), name
            for key in schema.get("foreignKeys", ()):
                there = tables[key["reference"]["resource"] or name]
                others = {tuple(row[each] for each in key["reference"]["fields"]) for row in there}
                named = {tuple(row[each] for each in key["fields"]) for row in rows}
                assert {one for one in named if all(one)} <= others, (name, key)
                assert {one for one in named if any(one) and not all(one)} == set(), (name, key)


def _fits(cell, field):
    constraints = field.get("constraints", {})
    if not cell:
        return not constraints.get("required")
    if "enum" in constraints and cell not in constraints["enum"]:
        return False
    from datetime import date, datetime

    reading = {
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "string": str,
    }
    reading[field["type"]](cell)
    return True


def test_tables_say_what_the_api_says(happened):
    package = happened.packages[7]
    for plural, found in happened.results.items():
        results = {one["id"]: one for one in found}
        rows = package.rows(plural)
        assert {row["id"] for row in rows} == set(results)
        for row in rows:
            assert row["slug"] == results[row["id"]]["slug"]
            assert row["editor_note"] == (results[row["id"]]["editor_note"] or "")
        for name in results and next(iter(results.values())):
            listed = [
                (public_id, item)
                for public_id, result in results.items()
                for item in (result[name] if isinstance(result[name], list) else ())
            ]
            tables = {table.name for table in all_tables()}
            own = f"{plural[:-1]}_{name}"
            if own in tables:
                assert len(package.rows(own)) == len(listed)
                keys = {(row[plural[:-1]], row.get("key")) for row in package.rows(own)}
                if listed and isinstance(listed[0][1], dict):
                    assert keys == {(public_id, item["key"]) for public_id, item in listed}
    states = {row["state"] for row in package.rows("entries")}
    assert states == {"published", "withdrawn", "merged"}


def test_csv_is_as_rfc_4180_has_it(happened):
    for name, data in happened.packages[7].files.items():
        if name.endswith(".csv"):
            text = data.decode("utf-8")
            assert not text.startswith("\ufeff")
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            assert {len(row) for row in rows} == {len(rows[0])}
            written = io.StringIO(newline="")
            csv.writer(written, lineterminator="\r\n").writerows(rows)
            assert text == written.getvalue()


def test_nothing_of_the_desk_and_nothing_redacted_is_in_it(happened):
    """Drafts, desk notes, reasons of saves, private texts, and what was redacted: see `happen`."""
    for package in happened.packages.values():
        assert [name for name, data in package.files.items() if CANARY.encode() in data] == []
        [database] = package.path.parent.glob("*.sqlite3")
        assert CANARY.encode() not in database.read_bytes()


def test_script_verifies_it_without_the_network(happened, tmp_path):
    """The script of the package itself, isolated; zipped and unpacked."""
    package = happened.packages[7]
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(package.path) as archive:
        archive.extractall(unpacked)
    for what in (package.path, unpacked):
        result = subprocess.run(
            [sys.executable, "-I", "-S", str(unpacked / "verify.py"), str(what)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        assert result.stdout.endswith("all good\n")
        assert "of which 1 are redacted" in result.stdout
    assert verify_package(package.path).newest == happened.editions[-1].checksum


def tampered(package: Package, target: Path, name: str, change) -> Path:
    """A copy in which ``change`` was made to one file, and its sum put right."""
    files = dict(package.files)
    data = change(files[name])
    if data is None:
        del files[name]
    else:
        files[name] = data
    with zipfile.ZipFile(target, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return target


TAMPERED = [
    ("tables/events.csv", lambda data: data + b"x", "tables/events.csv is not as SHA256SUMS"),
    ("README.md", lambda data: None, "README.md is missing"),
    ("SHA256SUMS", lambda data: None, "SHA256SUMS is missing"),
    ("SHA256SUMS", lambda data: data[66:], "README.md is not in SHA256SUMS"),
    (
        "record/versions.jsonl",
        lambda data: data.replace(b"Said again", b"Said never"),
        "its document does not fit its checksum",
    ),
    (
        "record/versions.jsonl",
        lambda data: b"".join(data.splitlines(keepends=True)[1:]),
        "Edition 1: its checksum does not fit what it holds",
    ),
    (
        "record/editions.jsonl",
        lambda data: data.replace(b"A slip.", b"No slip"),
        "Edition 3: its checksum does not fit what it holds",
    ),
]


def test_whatever_was_tampered_with_is_named(happened, tmp_path):
    for name, change, said in TAMPERED:
        copy = tampered(happened.packages[7], tmp_path / "copy.zip", name, change)
        faults = verify_package(copy).faults
        assert any(said in fault for fault in faults), (name, said, faults)


def test_what_is_no_package_is_refused(tmp_path, capsys):
    file = tmp_path / "some.zip"
    file.write_bytes(b"nothing")
    assert main([str(file)]) == 2
    assert "is no package of a record" in capsys.readouterr().err


def test_a_damaged_copy_that_somebody_compressed_is_said_to_be(happened, tmp_path, capsys):
    copy = tmp_path / "copy.zip"
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in happened.packages[7].files.items():
            archive.writestr(name, content)
    assert verify_package(copy).faults == []
    data = bytearray(copy.read_bytes())
    with zipfile.ZipFile(copy) as archive:
        begins = archive.getinfo("record/versions.jsonl").header_offset + 100
    data[begins : begins + 40] = b"\xff" * 40
    copy.write_bytes(data)
    assert main([str(copy)]) == 2
    assert "is no package of a record" in capsys.readouterr().err


def test_sqlite_has_the_tables_with_keys_and_search(happened):
    package = happened.packages[7]
    [path] = package.path.parent.glob("*.sqlite3")
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in all_tables():
            count = f'SELECT count(*) FROM "{table.name}"'  # noqa: S608
            [(total,)] = database.execute(count).fetchall()
            assert total == len(package.rows(table.name))
        found = database.execute(
            "SELECT id FROM events JOIN events_fts ON events.rowid = events_fts.rowid"
            " WHERE events_fts MATCH 'line' "
        ).fetchall()
        assert found == [(happened.event,)]
        [(checksum,)] = database.execute(
            "SELECT value FROM package WHERE name = 'edition_checksum'"
        ).fetchall()
        assert checksum == happened.editions[-1].checksum
    finally:
        database.close()


def test_codebook_names_every_column_and_value(happened):
    text = happened.packages[7].files["codebook.md"].decode()
    for table in all_tables():
        assert f"## {table.name}\n" in text
        for column in table.columns:
            assert f"| {column.name} | {column.type} |" in text
            for value in column.choices:
                assert f"- `{value}`: " in text
    assert f"- `{happened.term}` " in text


def test_readme_is_of_the_edition(happened):
    edition = happened.packages[7].lines("editions")[-1]
    assert happened.packages[7].files["README.md"] == readme(edition)
    assert edition["checksum"] in readme(edition).decode()


@pytest.mark.django_db
def test_redaction_makes_what_was_kept_stale(full, cast, data_dir):
    first = Edition.objects.get(number=1)
    call_command("build_data", verbosity=0, stdout=io.StringIO())
    [row] = kept([first])
    before = {file.path for file in row.files}
    assert {path.suffix for path in before} == {".zip", ".sqlite3"}
    world.change(full.event, editor_note="Other.")
    world.publish_only(full.event, by=cast.contributor, approved_by=cast.editor)
    redact(
        full.event.public_id,
        editions=[1],
        then=Then.STANDING,
        reason="For safety.",
        by=cast.chief_editor,
        approved_by=cast.administrator,
    )
    assert kept([first])[0].files == []
    said = io.StringIO()
    call_command("build_data", verbosity=0, stdout=said)
    assert "Deleted what was out of date: 1." in said.getvalue()
    [row] = kept([first])
    assert {file.path for file in row.files} & before == set()
    assert not any(path.exists() for path in before)
    again = io.StringIO()
    call_command("build_data", verbosity=0, stdout=again)
    assert again.getvalue() == "There is a package of every edition.\n"
    shutil.rmtree(data_dir)
    assert kept([first])[0].files == []


@pytest.mark.django_db
def test_what_somebody_else_keeps_in_the_folder_stays(full, data_dir):
    data_dir.mkdir(exist_ok=True)
    (data_dir / "letters").mkdir()
    (data_dir / "letters" / "one.txt").write_text("Not ours.")
    (data_dir / "notes.txt").write_text("Not ours either.")
    (data_dir / f"1-{'0' * 16}").mkdir()  # of another record, made here
    (data_dir / ".making-x").mkdir()
    call_command("build_data", verbosity=0, stdout=io.StringIO())
    [made] = [file.path.parent.name for file in kept([Edition.objects.get()])[0].files[:1]]
    assert {path.name for path in data_dir.iterdir()} == {"letters", "notes.txt", ".lock", made}
    assert (data_dir / "letters" / "one.txt").read_text() == "Not ours."


@pytest.mark.django_db
def test_an_unfinished_package_is_nowhere(full, data_dir, monkeypatch):
    def fails(package, target):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr("packages.making.write_sqlite", fails)
    with pytest.raises(RuntimeError):
        make(Edition.objects.get(number=1))
    assert list(data_dir.iterdir()) == []
