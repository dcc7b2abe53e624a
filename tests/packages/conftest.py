"""A record in which everything has happened, and packages of it."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client, override_settings

from desk.publishing import withdraw
from desk.redaction import Then, redact
from desk.roles import CHIEF_EDITOR, CONTRIBUTOR, EDITOR
from packages.making import make
from record.models import Edition, Version
from tests import world
from tests.answers import answer
from tests.conftest import member
from tests.examples import FullWorld
from tests.kept import Kept

CANARY = "zzcanaryzz"


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


def happen(full: FullWorld) -> Any:
    """After the full world, a correction, a withdrawal, a merger and a redaction; the event."""
    users = {user.username: user for user in User.objects.all()}
    people = {"by": users["contributor"], "approved_by": users["editor"]}
    chiefs = {"by": users["chief-editor"], "approved_by": users["administrator"]}
    event = world.event("Talks", editor_note=f"{CANARY} redacted", desk_note=f"{CANARY} desk")
    gone = world.event("Other talks")
    loser, winner = world.actor("The Envoy"), world.actor("An envoy")
    world.publish_all(event, gone, loser, winner, **people)
    world.change(event, editor_note="Said again – “so”, with a, and\na line.")
    world.publish_all(event, reason="A slip.", **people)
    withdraw([gone.public_id], reason="No.", **chiefs)
    world.merge_by_hand(loser, winner, keys={}, **people)
    redact(event.public_id, editions=[2], then=Then.STANDING, reason="For safety.", **chiefs)
    private = world.source("Private", desk_note=CANARY, rights="None.")
    world.hold_text(private, f"{CANARY} text")
    world.publish_all(private, **people)
    world.event(f"{CANARY} draft", slug="draft", reason=f"{CANARY} reason")
    world.change(event, editor_note=f"{CANARY} draft")
    return event


class Package:
    """One that was made, opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.infos = archive.infolist()
            self.files = {info.filename: archive.read(info) for info in self.infos}

    @property
    def described(self) -> Any:
        return json.loads(self.files["datapackage.json"])

    def rows(self, table: str) -> list[dict[str, str]]:
        text = self.files[f"tables/{table}.csv"].decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def lines(self, name: str) -> list[Any]:
        return [json.loads(line) for line in self.files[f"record/{name}.jsonl"].splitlines()]


@dataclass(frozen=True)
class Happened:
    """What stood in the database, and packages of it; nothing is there any more.

    ``versions`` and ``editions`` by their own order; ``results`` of the API by plural.
    """

    event: str
    term: str
    versions: list[Version]
    editions: list[Edition]
    results: dict[str, list[Any]]
    packages: dict[int, Package]


@pytest.fixture(scope="session")
def happened(
    full_world_kept: Kept, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Happened:
    """Made once: seven editions in which everything happens take their time."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DATA_DIR=folder):
        for role in (CONTRIBUTOR, EDITOR, CHIEF_EDITOR):
            member(role)
        User.objects.create_superuser("administrator")
        full = full_world_kept.put_back()
        event = happen(full)
        plurals = ("events", "actors", "proposals", "sources", "places", "terms")
        made = Happened(
            event.public_id,
            full.term.public_id,
            list(Version.objects.order_by("edition", "public_id")),
            list(Edition.objects.order_by("number")),
            {each: answer(Client(), f"{each}/?limit=100")["results"] for each in plurals},
            {number: packaged(number) for number in (2, 7)},
        )
        transaction.set_rollback(True)
    return made


def packaged(number: int = 0) -> Package:
    """That of an edition, the newest if left out, made now."""
    edition = Edition.objects.get(number=number) if number else Edition.objects.first()
    assert edition is not None
    [path] = make(edition).glob("*.zip")
    return Package(path)


def copied(package: Package, target: Path, **changed: bytes) -> Path:
    """A copy of the package with other files, and the sums put right."""
    files = package.files | changed
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in sorted(files.items())
        if name != "SHA256SUMS"
    ).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def edited(
    package: Package, change: Callable[[list[Any]], Any], name: str = "versions"
) -> dict[str, bytes]:
    """A file of the record, once ``change`` was made to its lines."""
    lines = package.lines(name)
    change(lines)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return {f"record/{name}.jsonl": text.encode()}
