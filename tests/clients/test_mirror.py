"""Mirrors of their own: how they are gone on with, refused, verified; and the command line."""

import httpx
import pytest
from django.db import transaction

from chronicle_client import AnotherRecord, Chronicle, ChronicleError, Damaged, Mirror, Refused
from chronicle_client.__main__ import main
from chronicle_client.verify import canonical, sha256
from desk.redaction import Then, redact
from packages.building import build
from tests import world
from tests.changes import CANARY, happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(kept):
    return kept(happened)


class Meddling(httpx.BaseTransport):
    """The application, whose answers ``meddle`` may change."""

    def __init__(self, transport, meddle):
        self.transport, self.meddle = transport, meddle

    def handle_request(self, request):
        response = self.transport.handle_request(request)
        response.read()
        return httpx.Response(response.status_code, json=self.meddle(response.json()))


def meddling(transport, meddle):
    return Chronicle("http://testserver", transport=Meddling(transport, meddle))


def test_mirror_is_gone_on_with_where_it_was_broken_off(site, transport, history, mirror_at):
    mirror = mirror_at("record")
    failing = [0]

    def fail(body):
        failing[0] += 1
        if failing[0] == 3:
            raise KeyboardInterrupt
        return body

    with meddling(transport, fail) as broken, pytest.raises(KeyboardInterrupt):
        mirror.follow(broken, limit=2)
    assert mirror.cursor.startswith("1/")
    assert (mirror.edition, list(mirror.entries())) == (0, [])
    mirror.close()
    again = mirror_at("record")
    assert again.follow(site) > 0
    assert (again.edition, again.cursor) == (6, "6")
    assert again.verify().faults == []
    assert again.follow(site) == 0
    assert {document["type"] for document in again.entries("term")} == {"term"}


def test_redaction_takes_the_words_out_of_the_file(site, history, mirror_at, people, cast):
    mirror, event = mirror_at("record"), world.event("Talks")
    world.publish_all(event, **people)
    world.change(event, editor_note=f"{CANARY} {'again and again ' * 500}{CANARY}")
    world.publish_all(event, **people)
    mirror.follow(site)
    assert CANARY.encode() in mirror.path.read_bytes()
    redact(
        event.public_id,
        editions=[8],
        then=Then.TOMBSTONE,
        by=cast.chief_editor,
        reason="For safety.",
        approved_by=cast.administrator,
    )
    mirror.follow(site, limit=1)
    assert CANARY.encode() not in mirror.path.read_bytes()
    assert event.public_id not in {document["id"] for document in mirror.entries()}
    assert mirror.verify().faults == []


def test_another_record_is_noticed(site, transport, history, people, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site)
    world.publish_all(world.term("Parley"), **people)

    def forge(body):
        body["editions"]["7"]["previous"] = "0" * 64
        return body

    with meddling(transport, forge) as other, pytest.raises(AnotherRecord, match="Edition 7 does"):
        mirror.follow(other)
    assert mirror.cursor == "6"
    mirror._stand_at("99")
    with pytest.raises(AnotherRecord, match=r"sqlite3 is at 99, which http://testserver does not"):
        mirror.follow(site)
    mirror._stand_at("6")
    with pytest.raises(Refused, match="limit: This is a whole number from 1 to 200"):
        mirror.follow(site, limit=201)


def test_another_record_as_long_is_noticed(site, transport, history, people, mirror_at, capsys):
    mirror = mirror_at("record")
    with transaction.atomic():
        world.publish_all(world.term("Parley"), **people)
        mirror.follow(site)
        assert mirror.follow(site) == 0
        transaction.set_rollback(True)
    world.publish_all(world.term("Truce"), **people)
    with pytest.raises(AnotherRecord, match="Edition 7 does not go on"):
        mirror.follow(site)
    path = str(mirror.path)
    assert main(["mirror", "http://testserver", path], transport=transport) == 2
    assert "the site has another record now" in capsys.readouterr().err


def test_cursor_that_does_not_move_ends(site, transport, history, mirror_at):
    mirror = mirror_at("record")

    def stay(body):
        address = "http://testserver/api/v1/changes/?since=1/E1"
        return body | {"cursor": "1/E1", "next": address, "results": [], "editions": {}}

    with (
        meddling(transport, stay) as other,
        pytest.raises(Damaged, match="goes on after 1/E1 at 1/E1: no end"),
    ):
        mirror.follow(other)
    assert mirror.cursor == "1/E1"


@pytest.mark.parametrize(
    "forge",
    [
        lambda body: body | {"cursor": None},
        lambda body: body | {"cursor": "abc"},
        lambda body: body | {"cursor": "٣"},
        lambda body: body["results"][0]["version"].update(edition=2**70) or body,
        lambda body: body["results"][0]["version"].update(change=None) or body,
        lambda body: body["results"][0]["version"].update(schema=[1]) or body,
        lambda body: (body["editions"]["1"].pop("previous") and {}) or body,
        lambda body: body["editions"]["1"].pop("reason") and body,
    ],
)
def test_page_that_cannot_be_read_is_not_taken(site, transport, history, mirror_at, forge):
    mirror = mirror_at("record")
    with meddling(transport, forge) as other, pytest.raises(Damaged):
        mirror.follow(other)
    assert (mirror.cursor, mirror.held.newest()) == ("0", 0)
    assert mirror.follow(site) > 0


def without_edition(body, number):
    body["results"] = [each for each in body["results"] if each["version"]["edition"] != number]
    body["editions"].pop(str(number), None)
    return body


def document_forged(body):
    result = body["results"][0]
    version = result.pop("version")
    result["slug"] = "forged"
    version["sha256"] = sha256(version["salt"] + canonical(result))
    result["version"] = version
    return body


@pytest.mark.parametrize(
    ("forge", "says"),
    [
        (lambda body: body["results"].pop(0) and body, "Edition 1: its checksum does not fit"),
        (lambda body: without_edition(body, 3), "Edition 3 is missing."),
        (lambda body: body | {"editions": {}}, "Edition 1 is missing."),
        (lambda body: body["editions"]["2"].update(reason="Other.") or body, "Edition 2: its ch"),
        (document_forged, "Edition 1: its checksum does not fit"),
        (lambda body: body | {"cursor": "900"}, "Edition 7 is missing."),
        (lambda body: body["results"][0]["version"].update(salt=None) or body, "says in part"),
        (lambda body: body["results"][0]["version"].update(redacted_in=2) or body, "says in part"),
        (lambda body: body["results"][0]["version"].update(redacts=[1]) or body, "is no redaction"),
    ],
)
def test_page_that_leaves_out_or_adds_is_not_taken(
    site, transport, history, mirror_at, forge, says
):
    mirror = mirror_at("record")
    with meddling(transport, forge) as other, pytest.raises(Damaged, match=says):
        mirror.follow(other)
    assert (mirror.cursor, mirror.held.newest()) == ("0", 0)
    mirror.follow(site)
    assert mirror.verify().faults == []


def test_what_is_here_is_not_written_over(site, transport, history, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site)
    first = first_page(transport)

    def back(body):
        return body | {"cursor": "1"}

    def again(body):
        return body | {"results": first["results"]}

    for meddle, says in ((back, "After 6 comes 1, which is before"), (again, "is not between 6 a")):
        with meddling(transport, meddle) as other, pytest.raises(Damaged, match=says):
            mirror.follow(other)
        assert (mirror.cursor, mirror.edition) == ("6", 6)


def first_page(transport):
    with httpx.Client(transport=transport, base_url="http://testserver") as client:
        return client.get("/api/v1/changes/").json()


def test_document_that_does_not_fit_is_not_taken(transport, history, mirror_at):
    mirror = mirror_at("record")

    def forge(body):
        body["results"][0]["slug"] = "another"
        return body

    with meddling(transport, forge) as other, pytest.raises(Damaged, match="does not fit its"):
        mirror.follow(other)
    assert mirror.cursor == "0"


def test_what_was_changed_in_the_file_is_found(site, history, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site)
    change = mirror.database.execute
    change("UPDATE versions SET document = replace(document, 'Talks', 'Fights') WHERE edition = 5")
    change("UPDATE editions SET reason = 'Another' WHERE number = 3")
    change("DELETE FROM editions WHERE number = 2")
    faults = mirror.verify().faults
    assert len(faults) == 3
    assert "Edition 2 is missing." in faults
    change("UPDATE versions SET state = 'withdrawn' WHERE edition = 6")
    assert (
        f"{history[0].public_id} in edition 6 is said to be withdrawn; its document says published."
        in mirror.verify().faults
    )
    of_lists = mirror_at("lists")
    of_lists.start_from_lists(site)
    of_lists.database.execute("UPDATE versions SET document = '{}' WHERE type = 'event'")
    assert of_lists.verify().faults == [
        f"{history[0].public_id} in edition 6: its document does not fit its checksum."
    ]


def test_older_schema_in_a_list_is_asked_for_as_it_was_stored(site, transport, history, mirror_at):
    """As lists have such a document brought to today's, its checksum does not hold there."""
    mirror = mirror_at("record")

    def upcast(body):
        for result in body.get("results", ()):
            if result["type"] == "event":
                result["new_in_this_schema"] = None
        return body

    with meddling(transport, upcast) as later:
        mirror.start_from_lists(later)
    assert mirror.verify().faults == []
    assert f"/api/v1/entries/{history[0].public_id}/versions/6/" in transport.asked


def test_only_an_empty_mirror_can_be_begun(site, history, mirror_at):
    mirror = mirror_at("record")
    mirror.follow(site)
    with pytest.raises(ChronicleError, match="holds edition 6 already"):
        mirror.start_from_lists(site)


def test_package_that_was_changed_is_refused(history, tmp_path, mirror_at):
    path = tmp_path / "package.zip"
    build(6, path)
    data = bytearray(path.read_bytes())
    place = data.index(b'"title":"More talks"')
    data[place + 9 : place + 13] = b"Less"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        mirror_at("record").start_from_package(path)


def test_command_line_mirrors_verifies_and_resolves(transport, full, tmp_path, capsys, monkeypatch):
    url, file, package = "http://testserver", tmp_path / "record.sqlite3", tmp_path / "package.zip"
    build(1, package)
    for number, begin in enumerate(([], ["--package", str(package)], ["--current"])):
        copy = tmp_path / f"{number}.sqlite3"
        assert main(["mirror", url, str(copy), *begin], transport=transport) == 0
        assert capsys.readouterr().out.startswith("edition: 1\n")
        assert main(["verify", str(copy)]) == 0
        assert capsys.readouterr().out.endswith("all good\n")
    assert main(["verify", str(package)]) == 0
    assert capsys.readouterr().out.endswith("all good\n")
    name = f"{full.event.public_id}/c1"
    assert main(["citation", url, name, "--edition", "1"], transport=transport) == 0
    assert capsys.readouterr().out.startswith(f"{name} supports ")
    assert main(["citation", url, "E99/c1"], transport=transport) == 2
    assert "has no event with the id or slug" in capsys.readouterr().err
    assert main(["verify", str(file)]) == 2
    with Mirror(tmp_path / "0.sqlite3") as mirror:
        mirror.database.execute("UPDATE editions SET reason = 'Another'")
    assert main(["verify", str(tmp_path / "0.sqlite3")]) == 1
