"""A package in an empty installation: the same record, and a desk to go on with."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction

from desk import publishing
from desk.keys import next_public_id
from desk.models import Revision, WorkingCopy
from desk.types import entry_with_id
from record.models import Edition, EditionCounter, State, Version
from record.verification import verify
from tests import world
from tests.answers import answer
from tests.counted import rows_counted, rows_to_count
from tests.packages.conftest import copied, edited, packaged

pytestmark = pytest.mark.django_db


def load(path, by="loader"):
    said = io.StringIO()
    call_command("load_edition", path, by=by, verbosity=0, stdout=said)
    return said.getvalue()


@pytest.fixture
def loader(cast):
    return User.objects.create_superuser("loader")


def test_an_empty_installation_serves_the_same_record(happened, loader, reader, cast):
    """Each document of the API, the package to the byte; and the next edition is published."""
    package = happened.packages[7]
    newest = happened.editions[-1]
    assert load(package.path) == f"Loaded up to edition 7: {newest.checksum}\n"
    for plural, results in happened.results.items():
        assert answer(reader, f"{plural}/?limit=100")["results"] == results
    names = ("public_id", "edition_id", "superseded_in_id", "redacted_in_id", "document", "salt")
    rows = Version.objects.values_list(*names)
    assert sorted(rows, key=str) == sorted(
        (tuple(getattr(version, name) for name in names) for version in happened.versions), key=str
    )
    assert verify().faults == []
    assert packaged().path.read_bytes() == package.path.read_bytes()
    _desk_says_what_is_published(happened)
    _goes_on(happened, cast)


def _desk_says_what_is_published(happened):
    standing = Version.objects.filter(superseded_in=None, state=State.PUBLISHED)
    copies = WorkingCopy.objects.select_related("published").in_bulk()
    assert set(copies) == set(standing.values_list("public_id", flat=True))
    for version in standing:
        copy = copies[version.public_id]
        assert (copy.changed, copy.revision_id) == (False, copy.published_id)
        assert copy.published.document == version.document
        built = world.document(entry_with_id(version.public_id))
        assert built == json.loads(version.document)
    assert set(Revision.objects.values_list("number", flat=True)) == {1}
    seen = max(
        int(version.public_id[1:]) for version in happened.versions if version.type == "actor"
    )
    assert next_public_id("A") == f"A{seen + 1}"


def _goes_on(happened, cast):
    event = entry_with_id(happened.event)
    world.change(event, by=cast.contributor, editor_note="Said here.")
    new = world.event("New talks", by=cast.contributor)
    edition = world.publish_all(event, new, by=cast.contributor, approved_by=cast.editor)
    assert edition.number == EditionCounter.objects.get().value == 8
    assert verify().faults == []


def test_an_actor_that_held_an_office_of_its_own_is_loaded(loader, cast):
    with transaction.atomic():
        actor = world.actor("The Republic", by=cast.contributor, offices=[{"title": "Chair"}])
        office = actor.offices.get()
        rows = {"tenures": [{"office": office}], "citations": [{}, {"claims": ["p3"]}]}
        actor = world.change(actor, by=cast.contributor, **rows)
        world.publish_all(actor, by=cast.contributor, approved_by=cast.editor)
        said = world.document(actor)
        package = packaged()
        transaction.set_rollback(True)
    load(package.path)
    assert world.document(entry_with_id(said["id"])) == said
    assert [row["office"] for row in said["tenures"]] == [f"{said['id']}/{office.key}"]


def test_the_database_has_looked_at_its_tables_after_a_large_package(happened, loader, monkeypatch):
    monkeypatch.setattr(publishing, "MANY", len(happened.versions) - 1)
    load(happened.packages[7].path)
    assert rows_counted() == rows_to_count()


def _document_changed(lines):
    lines[0]["document"]["slug"] = "another"


def _stands_too_long(lines):
    line = next(line for line in lines if line["superseded_in"])
    line["superseded_in"] = None


def _of_the_future(lines):
    lines[0]["schema"] = 99


def _redacted_later(lines):
    line = next(line for line in lines if line["redacted_in"])
    line["redacted_in"] = 9


def test_what_is_broken_is_refused_and_nothing_is_loaded(happened, loader, tmp_path):
    package = happened.packages[7]
    for change, said in (
        (_document_changed, "its document does not fit its checksum"),
        (_of_the_future, "which this release does not know"),
        (_redacted_later, "Load the package of edition 9 or a later one"),
        (_stands_too_long, "stands to this day, not until 5"),
    ):
        path = copied(package, tmp_path / "copy.zip", **edited(package, change))
        with pytest.raises(CommandError, match=said):
            load(path)
        assert not Edition.objects.exists()
        assert not WorkingCopy.objects.exists()
    with pytest.raises(CommandError, match="is no package of a record"):
        load(tmp_path / "nothing.zip")


def test_a_check_that_found_what_is_not_known_here_is_refused(happened, loader, tmp_path):
    def change(lines):
        lines[0]["state"] = "vague"

    package = happened.packages[7]
    path = copied(package, tmp_path / "copy.zip", **edited(package, change, "checks"))
    with pytest.raises(CommandError, match="is no record of ours: ValueError: 'vague'"):
        load(path)
    assert not Edition.objects.exists()


def test_an_installation_that_is_not_empty_is_left_alone(happened, loader):
    world.term("Talks")
    with pytest.raises(CommandError, match="into an empty installation only"):
        load(happened.packages[7].path)
    assert not Edition.objects.exists()


def test_a_package_from_before_a_redaction_is_another_one(happened, loader):
    """That of an edition, made after a later one redacted something in it."""
    with pytest.raises(CommandError, match="Load the package of edition 6 or a later one"):
        load(happened.packages[2].path)
