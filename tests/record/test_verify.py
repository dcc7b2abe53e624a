"""The script that anybody can check the record with: against the very site, and tampered with."""

import copy
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from desk.publishing import withdraw
from desk.redaction import Then, redact
from record import verify as script
from record.verify import Report, Site, main, say, verify
from tests import world
from tests.answers import answer

SCRIPT = Path(script.__file__)


class Copy:
    """The record as the API gives it, read once and then changed at will."""

    def __init__(self, reader):
        self.editions, self.versions = {}, {}
        for number in range(1, answer(reader, "editions/")["edition"] + 1):
            edition = self.editions[number] = answer(reader, f"editions/{number}/")["result"]
            for version in edition["versions"]:
                address = f"entries/{version['id']}/versions/{number}/"
                self.versions[version["id"], number] = answer(reader, address)["result"]

    def newest(self):
        return max(self.editions)

    def edition(self, number):
        return self.editions.get(number)

    def version(self, public_id, number):
        return self.versions.get((public_id, number))


def build(cast):
    """A correction, a withdrawal, a merger and a redaction, one edition each after the first."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    event, gone = world.event("Talks", editor_note="Said once."), world.event("Other talks")
    loser, winner = world.actor("The Envoy"), world.actor("An envoy")
    world.publish_all(event, gone, loser, winner, **people)
    world.change(event, editor_note="Said twice – “so”.")
    world.publish_all(event, reason="A slip.", **people)
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator}
    withdraw([gone.public_id], reason="No.", **chiefs)
    world.merge_by_hand(loser, winner, keys={}, **people)
    redact(event.public_id, editions=[1], then=Then.STANDING, reason="For safety.", **chiefs)
    return event


@pytest.fixture
def record(kept, reader):
    event = kept(build)
    return event, Copy(reader)


@pytest.mark.django_db
def test_an_untouched_record_is_all_good(record, reader):
    _, found = record
    report = verify(found)
    newest = answer(reader, "editions/5/")["result"]["checksum"]
    listed = sum(len(edition["versions"]) for edition in found.editions.values())
    assert report == Report(editions=5, versions=listed, redacted=1, newest=newest, newest_number=5)
    assert verify(found, noted={5: newest}).faults == []
    assert verify(found, documents=False).versions == 0


def changed_document(found, event):
    found.versions[event.public_id, 2]["document"]["editor_note"] = "Said never."
    return [f"{event.public_id} in edition 2: its document does not fit its checksum."]


def changed_reason(found, event):
    found.editions[2]["reason"] = "No slip."
    what = "time, reason, roles, versions, or the checksum of the edition before"
    return [f"Edition 2: its checksum does not fit what it holds ({what})."]


def changed_reason_with_its_checksum(found, event):
    found.editions[2]["reason"] = "No slip."
    found.editions[2]["checksum"] = script.edition_checksum(found.editions[2])
    return ["Edition 3 follows another checksum than edition 2 has."]


def missing_edition(found, event):
    del found.editions[3]
    return ["Edition 3 is missing."]


def missing_version(found, event):
    del found.versions[event.public_id, 2]
    return [f"{event.public_id} in edition 2 is missing."]


def changed_document_with_its_checksum(found, event):
    version = found.versions[event.public_id, 2]
    version["document"]["editor_note"] = "Said never."
    version["checksum"] = script.version_checksum(version)
    return [
        f"{event.public_id} in edition 2 has another checksum than the edition says.",
        f"{event.public_id} in edition 2: its document does not fit its checksum.",
    ]


def document_gone_without_redaction(found, event):
    found.versions[event.public_id, 2] |= {"document": None, "salt": None}
    return [
        f"{event.public_id} in edition 2 has no document, and no edition says that it was redacted."
    ]


def another_state(found, event):
    found.versions[event.public_id, 2]["state"] = "withdrawn"
    return [f"{event.public_id} in edition 2 is said to be withdrawn; its document says published."]


def another_type(found, event):
    found.versions[event.public_id, 2]["type"] = "actor"
    return [
        f"{event.public_id} in edition 2 is of another type than its document says.",
        f"{event.public_id} in edition 2 is of another type than in edition 1.",
        f"{event.public_id} in edition 5 is of another type than in edition 2.",
    ]


def superseded_too_late(found, event):
    found.versions[event.public_id, 2]["superseded_in"] = None
    return [f"{event.public_id} in edition 2 stands to this day, not until 5."]


def superseded_by_nothing(found, event):
    found.versions[event.public_id, 5]["superseded_in"] = 9
    return [f"{event.public_id} in edition 5 stands until edition 9, not to this day."]


def redacted_though_it_is_there(found, event):
    found.versions[event.public_id, 2]["redacted_in"] = 5
    return [f"{event.public_id} in edition 2 has a document, but is said to be redacted."]


def redacted_and_yet_published(found, event):
    found.versions[event.public_id, 1]["state"] = "published"
    return [f"{event.public_id} in edition 1 has no document, but is said to be published."]


def redacted_by_an_edition_that_is_not_there(found, event):
    found.versions[event.public_id, 1]["redacted_in"] = 999
    return [f"{event.public_id} in edition 1 was not redacted by edition 999."]


def redacted_by_an_edition_of_something_else(found, event):
    found.versions[event.public_id, 1]["redacted_in"] = 2
    return [f"{event.public_id} in edition 1 was not redacted by edition 2."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tamper",
    [
        another_state,
        another_type,
        changed_document,
        changed_document_with_its_checksum,
        changed_reason,
        changed_reason_with_its_checksum,
        document_gone_without_redaction,
        missing_edition,
        missing_version,
        redacted_and_yet_published,
        redacted_by_an_edition_of_something_else,
        redacted_by_an_edition_that_is_not_there,
        redacted_though_it_is_there,
        superseded_by_nothing,
        superseded_too_late,
    ],
)
def test_whatever_was_tampered_with_is_named(record, tamper):
    event, found = record
    faults = tamper(found, event)
    assert verify(found).faults == faults


@pytest.mark.django_db
def test_an_edition_published_meanwhile_is_asked_for(record, monkeypatch):
    """Versions that it superseded or redacted say so, whenever they are read."""
    event, found = record
    monkeypatch.setattr(found, "newest", lambda: 4)
    report = verify(found)
    assert (report.faults, report.redacted, report.redacted_later) == ([], 1, 0)
    found.editions[5]["versions"] = []
    assert verify(found).faults == [
        f"{event.public_id} in edition 2 stands until edition 5, not to this day.",
        f"{event.public_id} in edition 1 was not redacted by edition 5.",
    ]


@pytest.mark.django_db
def test_editions_that_are_missing_are_named_up_to_a_point(record, monkeypatch):
    _, found = record
    monkeypatch.setattr(found, "newest", lambda: 10**30)
    missing = [f"Edition {number} is missing." for number in range(6, 27)]
    rest = f"Nothing after edition 26 of {10**30} was looked at."
    assert verify(found).faults == [*missing, rest]


def test_report_gives_the_number_of_the_newest_edition_to_note():
    """Of a copy that begins later, it is not how many there are."""
    report = Report(editions=2, newest="0" * 64, newest_number=9)
    assert say(report).splitlines()[-2] == f"to note: 9={'0' * 64}"


def test_report_is_plain_text_whatever_was_read():
    said = say(Report(faults=["\ud800 is missing.\nall good\x1b[2J"]))
    assert said.splitlines()[2:] == [r"\ud800 is missing.\nall good\x1b[2J", "not good"]


@pytest.mark.django_db
def test_what_was_noted_tells_of_a_chain_that_was_written_anew(record):
    """Every checksum fits, and yet it is another record."""
    _, found = record
    noted = found.editions[5]["checksum"]
    before = None
    for edition in found.editions.values():
        edition |= {"reason": "Another.", "previous": before}
        before = edition["checksum"] = script.edition_checksum(edition)
    assert verify(found).faults == []
    assert verify(found, noted={5: noted, 9: noted}).faults == [
        "Edition 5 has another checksum than you noted.",
        "Edition 9, which you noted, is not there: 5 is last.",
    ]


@pytest.mark.django_db
def test_checking_changes_nothing_of_what_it_reads(record):
    _, found = record
    before = copy.deepcopy(found.editions)
    verify(found)
    assert found.editions == before


def test_the_script_reads_a_running_site(cast, live_server):
    """As somebody runs it who has nothing but Python and the file."""
    build(cast)

    def run(*arguments):
        command = [sys.executable, "-I", str(SCRIPT), *arguments, "--per-second", "500"]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    found = run(live_server.url)
    newest = answer(Client(), "editions/5/")["result"]["checksum"]
    versions = sum(
        len(answer(Client(), f"editions/{number}/")["result"]["versions"]) for number in range(1, 6)
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.splitlines() == [
        "editions: 5",
        f"versions: {versions}, of which 1 are redacted",
        f"to note: 5={newest}",
        "all good",
    ]
    wrong = run(live_server.url, "--noted", f"5={'0' * 64}", "--editions-only")
    assert (wrong.returncode, wrong.stdout.splitlines()[-2:]) == (
        1,
        ["Edition 5 has another checksum than you noted.", "not good"],
    )
    nowhere = run("http://127.0.0.1:9")
    assert (nowhere.returncode, nowhere.stdout) == (2, "")
    assert "http://127.0.0.1:9/api/v1/editions/?limit=1 cannot be read" in nowhere.stderr


def test_the_script_asks_no_faster_than_it_was_told(monkeypatch):
    slept, now = [], [100.0]
    monkeypatch.setattr(script.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(script.time, "sleep", slept.append)
    monkeypatch.setattr(script.urllib.request, "urlopen", refuse_once(now))
    site = Site("https://chronicle.example.org/", per_second=4)
    assert site.edition(7) == {"number": 7}
    assert slept == [0.0, 3.25]


def refuse_once(now):
    """An opener of addresses that is busy at first, and asks for three seconds."""
    calls = []

    class Answer:
        def __enter__(self):
            return self

        def __exit__(self, *args):
            return None

        def read(self, size):
            return b'{"result": {"number": 7}}'

    def urlopen(request, timeout):
        calls.append(request.full_url)
        assert calls[0] == "https://chronicle.example.org/api/v1/editions/7/"
        if len(calls) == 1:
            raise script.urllib.error.HTTPError("", 503, "", {"Retry-After": "3"}, None)
        return Answer()

    return urlopen


@pytest.mark.parametrize(
    "arguments",
    [[], ["chronicle.example.org"], ["https://c.example", "--noted", "7"], ["file:///etc/passwd"]],
)
def test_what_cannot_be_meant_is_refused_with_how_to_use_it(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("usage: ")
