"""What the script says of packages that were forged, and of genuine ones of any edition."""

import json
import os
import zipfile

import pytest

from record import verify as script
from record.verify import Unreadable, main, say, verify_package
from tests.packages.conftest import copied, edited

pytestmark = pytest.mark.django_db  # of what `happened` is made in, where this file is run alone


def _one(lines, edition=3):
    """That of the event which was published in editions 2, 3 and 6, and redacted in 2."""
    return next(line for line in lines if line["id"] == "E4" and line["edition"] == edition)


FORGED = [
    ({"state": "withdrawn"}, ["is said to be withdrawn; its document says published."]),
    ({"slug": "another"}, ["has another slug than its document says."]),
    ({"redacted_in": 6}, ["has a document, but is said to be redacted."]),
    ({"superseded_in": 7}, ["stands until edition 7, not until 6."]),
    (
        {"document": None, "salt": None, "state": "redacted", "redacted_in": 7},
        ["was not redacted by edition 7."],
    ),
    (
        {"document": None, "salt": None, "state": "redacted", "redacted_in": 3},
        ["was not redacted by edition 3."],
    ),
]


@pytest.mark.parametrize(("members", "said"), FORGED)
def test_version_that_says_what_its_document_does_not_is_named(happened, tmp_path, members, said):
    versions = edited(happened.packages[7], lambda lines: _one(lines).update(members))
    copy = copied(happened.packages[7], tmp_path / "copy.zip", **versions)
    assert verify_package(copy).faults == [f"E4 in edition 3 {each}" for each in said]
    assert verify_package(copy, documents=False).faults == []


def test_last_version_of_a_package_stands_in_its_edition(happened, tmp_path):
    versions = edited(happened.packages[7], lambda lines: _one(lines, 6).update(superseded_in=8))
    copy = copied(happened.packages[7], tmp_path / "copy.zip", **versions)
    assert verify_package(copy).faults == [
        "E4 in edition 6 stands until edition 8, not to this day."
    ]


@pytest.mark.parametrize("name", ["state", "type", "slug", "superseded_in", "redacted_in"])
def test_version_that_lacks_something_is_unreadable(happened, tmp_path, name):
    versions = edited(happened.packages[7], lambda lines: _one(lines).pop(name))
    copy = copied(happened.packages[7], tmp_path / "copy.zip", **versions)
    with pytest.raises(Unreadable, match=name):
        verify_package(copy)


def test_package_that_lost_its_documents_is_not_good(happened, tmp_path):
    gone = {"document": None, "salt": None, "state": "redacted", "redacted_in": 7}

    def lose(lines):
        for line in lines:
            line.update(gone if line["edition"] == 1 else {})

    versions = edited(happened.packages[7], lose)
    copy = copied(happened.packages[7], tmp_path / "copy.zip", **versions)
    first = [line for line in happened.packages[7].lines("versions") if line["edition"] == 1]
    assert sorted(verify_package(copy).faults) == sorted(
        f"{line['id']} in edition 1 was not redacted by edition 7." for line in first
    )


def test_package_made_after_a_later_redaction_is_all_good(happened):
    """And says what it cannot vouch for."""
    for number, redacted in ((2, "1 are redacted, 1 of them by editions after this one"), (7, "1")):
        report = verify_package(happened.packages[number].path)
        lines = say(report).splitlines()
        assert (report.faults, lines[-1]) == ([], "all good")
        assert lines[1].startswith(f"versions: {report.versions}, of which {redacted}")


@pytest.fixture
def unpacked(happened, tmp_path):
    with zipfile.ZipFile(happened.packages[7].path) as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_unpacked_package_is_all_that_its_folder_holds(unpacked, happened):
    (unpacked / "tables" / "extra.csv").write_text("a,b\n")
    assert verify_package(unpacked).faults == ["tables/extra.csv is not in SHA256SUMS."]
    (unpacked / "SHA256SUMS").write_text("")
    names = {*happened.packages[7].files, "tables/extra.csv"} - {"SHA256SUMS"}
    assert verify_package(unpacked).faults == [
        f"{name} is not in SHA256SUMS." for name in sorted(names)
    ]


@pytest.mark.parametrize("end", ["\r", "\v", "\f", "\x1c"])
def test_line_of_sums_ends_in_a_line_feed_alone(unpacked, end):
    sums = (unpacked / "SHA256SUMS").read_text()
    first, second, _ = sums.split("\n", 2)
    name = f"{first[66:]}{end}{second}"
    (unpacked / "SHA256SUMS").write_bytes(sums.replace("\n", end, 1).encode())
    assert verify_package(unpacked).faults == [
        f"{first[66:]} is not in SHA256SUMS.",
        f"{second[66:]} is not in SHA256SUMS.",
        f"{name} is missing, or cannot be read.",
    ]


def test_nothing_outside_an_unpacked_package_is_opened(unpacked, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("Not ours.")
    with (unpacked / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  ../secret\n{'0' * 64}  /dev/zero\n")
    os.mkfifo(unpacked / "pipe")
    (unpacked / "elsewhere").symlink_to(tmp_path)
    (unpacked / "README.md").unlink()
    (unpacked / "README.md").symlink_to("/dev/zero")
    assert verify_package(unpacked).faults == [
        "README.md is a link, or no file.",
        "elsewhere is a link, or no file.",
        "pipe is a link, or no file.",
        "../secret is missing, or cannot be read.",
        "/dev/zero is missing, or cannot be read.",
        "README.md is missing, or cannot be read.",
    ]
    (unpacked / "record" / "versions.jsonl").unlink()
    (unpacked / "record" / "versions.jsonl").symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match=r"record/versions\.jsonl is not in"):
        verify_package(unpacked)


def test_edition_far_off_is_told_in_few_words(happened, tmp_path):
    editions = happened.packages[7].files["record/editions.jsonl"]
    last = json.loads(editions.splitlines()[-1]) | {"number": 10**7}
    changed = {"record/editions.jsonl": editions + json.dumps(last).encode()}
    faults = verify_package(copied(happened.packages[7], tmp_path / "copy.zip", **changed)).faults
    assert faults[0] == "Edition 8 is missing."
    assert faults[-1] == "Nothing after edition 28 of 10000000 was looked at."
    assert len(faults) == 22


def test_lines_of_editions_that_nobody_would_look_at_are_faults(happened, tmp_path):
    """One more line of an edition that is there already, and one of none."""
    lines = happened.packages[7].files["record/editions.jsonl"].splitlines(keepends=True)
    forged = [json.dumps(json.loads(lines[0]) | {"number": n}).encode() + b"\n" for n in (0, 1)]
    changed = {"record/editions.jsonl": b"".join([*forged, *lines])}
    faults = verify_package(copied(happened.packages[7], tmp_path / "copy.zip", **changed)).faults
    assert faults == ["There are 2 lines of editions out of their order."]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"id":"' + b"x" * 200_000 + b'"}', "has a line of more than 100000 bytes"),
        (b"[" * 100_000, "recursion"),
        (b'{"id":"E4","edition":3,"change":"\\ud800","checksum":"","slug":""}', "surrogates"),
    ],
)
def test_line_that_cannot_be_read_is_said_to_be(
    happened, tmp_path, capsys, monkeypatch, line, said
):
    monkeypatch.setattr(script, "LONGEST", 100_000)
    versions = happened.packages[7].files["record/versions.jsonl"] + line
    changed = {"record/versions.jsonl": versions}
    assert main([str(copied(happened.packages[7], tmp_path / "copy.zip", **changed))]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
