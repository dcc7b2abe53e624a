"""The door: what one edition writes, and what it refuses to write."""

import hashlib
from typing import Any

import pytest

from desk import publishing, versions
from desk.models import Revision, WorkingCopy
from desk.publishing import documents_published, publish
from desk.submissions import approve, submission_checksum
from record.canonical import canonical, digest
from record.models import Change, Check, Edition, Link, Version
from record.reading import Record
from record.types import type_named
from record.verification import verify
from tests import world
from tests.counted import rows_counted, rows_to_count
from tests.examples import full_world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def standing(entry) -> Version:
    return Version.objects.get(public_id=entry.public_id, superseded_in=None)


def faults() -> list[str]:
    return list(verify().faults)


# What is written ---------------------------------------------------------------------------------


def test_publish_writes_the_documents_that_were_submitted(people):
    full = full_world(**people)
    versions = {version.public_id: version for version in full.edition.versions.all()}

    for entry in full.entries:
        version = versions[entry.public_id]
        assert version.document == canonical(world.document(entry))
        assert (
            version.checksum
            == hashlib.sha256((version.salt + version.document).encode()).hexdigest()
        )
        schema = type_named(version.type).schema
        assert (version.change, version.state, version.schema) == ("new", "published", schema)
    assert len({version.salt for version in versions.values()}) == len(versions)
    assert faults() == []


def test_publish_writes_what_lists_need(people):
    full = full_world(**people)
    event, first = standing(full.event), full.event.date.first_day

    assert (event.label, event.slug, event.kind, event.type) == (
        "First day by the lake",
        "first-day-by-the-lake",
        full.term.public_id,
        "event",
    )
    assert (event.earliest, event.latest) == (first, first)
    assert event.sort_key == f"{first:07d}{first:07d}"
    assert event.contested is True
    assert standing(full.proposal).contested is False
    assert "delegates" in event.search_text.split()
    assert standing(full.place).sort_key == "lakeside"


def test_publish_writes_a_link_for_each_reference(people):
    full = full_world(**people)
    event, document = standing(full.event), world.document(full.event)
    links = event.links.values_list(
        "predicate", "target", "part", "type", "public_id", "sort_key", "edition", "superseded_in"
    )
    first = document["participants"][0]

    assert ("tenure", *first["tenure"].split("/")) in {row[:3] for row in links}
    assert (f"participant as {first['role']}", first["actor"], "") in {row[:3] for row in links}
    assert {row[3:] for row in links} == {("event", event.public_id, event.sort_key, 1, None)}


def test_publish_says_at_the_desk_what_is_public(people):
    event = world.event(by=people["by"])
    edition = world.publish_all(event, **people)
    copy = WorkingCopy.objects.get(public_id=event.public_id)
    submission = edition.submission

    assert (copy.published, copy.changed) == (copy.revision, False)
    assert (submission.state, submission.edition) == ("published", edition)
    assert not submission.items.filter(is_open=True).exists()


def test_saves_made_during_review_stand_as_unpublished_changes(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, title="Reviewed", by=people["by"])
    submission = world.submitted(event, by=people["by"])
    world.change(event, title="Not reviewed", by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    publish(submission, by=people["approved_by"])

    assert standing(event).label == "Reviewed"
    copy = WorkingCopy.objects.get(public_id=event.public_id)
    assert (copy.published.number, copy.revision.number, copy.changed) == (2, 3, True)


def test_a_published_entry_changes_in_public_only_through_an_edition(people):
    event = world.event("Before", by=people["by"])
    world.publish_all(event, **people)

    world.change(event, title="After", by=people["by"])
    assert [version.label for version in Record.current().versions("event")] == ["Before"]

    world.publish_all(event, **people)
    assert [version.label for version in Record.current().versions("event")] == ["After"]
    assert [version.label for version in Record(1).versions("event")] == ["Before"]


def test_publish_supersedes_versions_and_links_together(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    place = world.place("The Bridge", by=people["by"])
    world.change(
        event,
        by=people["by"],
        place=place,
        citations=[{"claims": ["entry", "date", "place"], "source": world.Source.objects.get()}],
    )
    world.publish_all(event, **people)

    ends = Version.objects.filter(public_id=event.public_id).order_by("edition_id")
    assert list(ends.values_list("edition", "superseded_in")) == [(1, 2), (2, None)]
    links = Link.objects.filter(public_id=event.public_id).order_by("edition_id")
    assert set(links.values_list("edition", "superseded_in")) == {(1, 2), (2, None)}
    assert [link.public_id for link in Record(2).links().filter(target=place.public_id)] == [
        event.public_id
    ]
    assert not Record(1).links().filter(target=place.public_id).exists()


def test_the_database_has_looked_at_its_tables_after_a_large_publication(people, monkeypatch):
    monkeypatch.setattr(publishing, "MANY", 5)
    full = full_world(**people)
    assert full.edition.versions.count() > 5
    assert rows_counted() == rows_to_count()


def test_kinds_of_change_are_those_that_were_submitted(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    for kind in (Change.CLARIFICATION, Change.NEW_EVIDENCE, Change.CORRECTION):
        world.change(event, by=people["by"], summary="", title=f"A {kind}")
        world.publish_all(event, kind=kind, **people)

    changes = Version.objects.filter(public_id=event.public_id).order_by("edition_id")
    assert list(changes.values_list("change", flat=True)) == [
        "new",
        "clarification",
        "new evidence",
        "correction",
    ]


# What is refused ---------------------------------------------------------------------------------


def test_publish_names_every_problem_at_once(people):
    unsupported = world.event("Unsupported", by=people["by"], citations=[])
    nameless = world.place("Nameless", by=people["by"], names=[])
    alone = world.event("Alone", by=people["by"], place=world.place("Unpublished"))
    kind, source = unsupported.kind, alone.citations.get().source
    submission = world.submitted(unsupported, nameless, alone, kind, source, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        "L1 has no names; no place is published without.",
        "E1: no citation supports entry, and no waiver stands for it.",
        "E1: no citation supports date, and no waiver stands for it.",
        "E2 refers to L2, which is not published.",
    ]
    assert not Edition.objects.exists()
    assert not Check.objects.exists()


def test_publish_refuses_a_document_whose_revision_moved_after_approval(people):
    """Invariant 6, for whatever moved it."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Approved")
    submission = world.submitted(event, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
    world.change(event, by=people["by"], title="Not approved")
    submission.items.update(revision=WorkingCopy.objects.get(public_id=event.public_id).revision)

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        "The submission has changed since it was approved; approve it again."
    ]
    assert standing(event).label == "A first meeting"


def test_publish_refuses_a_revision_whose_text_was_changed_behind_its_checksum(people):
    """Approval is of a checksum; a text that has another was not reviewed by anybody."""
    event = world.event(by=people["by"])
    submission = world.submitted(event, event.kind, event.citations.get().source, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
    revision = submission.items.get(public_id=event.public_id).revision
    Revision.objects.filter(pk=revision.pk).update(
        document=revision.document.replace("A first meeting", "Another meeting")
    )

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        f"{event.public_id} revision 1 is not what was saved and reviewed."
    ]


def test_publish_refuses_a_text_that_changes_while_it_is_written(people, monkeypatch):
    """Documents are read once to be looked at, and once to be written."""
    monkeypatch.setattr(publishing, "BATCH", 1)
    monkeypatch.setattr(versions, "BATCH", 1)
    event = world.event(by=people["by"])
    source = event.citations.get().source
    submission = world.submitted(event, event.kind, source, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
    revision = submission.items.get(public_id=source.public_id).revision

    def changed(**_: Any) -> None:
        told = revision.document.replace(source.title, "Another title")
        Revision.objects.filter(pk=revision.pk).update(document=told, checksum=digest(told))

    documents_published.connect(changed)
    try:
        assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
            f"{source.public_id} revision 1 is not what was saved and reviewed."
        ]
    finally:
        documents_published.disconnect(changed)
    assert not Version.objects.exists()


def test_publish_refuses_a_second_time(people):
    event = world.event(by=people["by"])
    edition = world.publish_all(event, **people)

    assert refusal(lambda: publish(edition.submission, by=people["approved_by"])) == [
        "Only an approved submission is published; this one is published."
    ]


def test_publish_refuses_an_empty_submission(people):
    event = world.event(by=people["by"])
    submission = world.submitted(event, by=people["by"])
    submission.items.all().delete()
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        "The submission is empty."
    ]


def test_publish_refuses_a_key_that_two_rows_have(people):
    """The desk gives no key twice; a loader could."""
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}], by=people["by"])
    tenure, name = envoy.tenures.get(), envoy.names.get()
    type(tenure)._base_manager.filter(pk=tenure.pk).update(key=name.key)
    world.change(envoy, by=people["by"])

    assert f"{envoy.public_id} has more than one name {name.key} (The Envoy)." in refusal(
        lambda: world.publish_all(envoy, **people)
    )
