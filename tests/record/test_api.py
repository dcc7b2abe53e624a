"""What holds for the lists and details of every type; shapes are in issue 2, to the letter."""

from dataclasses import replace

import pytest
from zeal import zeal_ignore

from record import filters
from record.models import Check, Version
from record.types import entry_types, register, type_named
from tests import world
from tests.answers import (
    API,
    answer,
    checksum_holds,
    document_text,
    ids_of,
    refusal,
    sha256,
)

pytestmark = pytest.mark.django_db

TYPES = ["term", "source", "place", "actor", "event", "proposal"]
CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def plural(name):
    return type_named(name).plural


def test_every_entry_type_has_its_addresses(reader):
    assert sorted(known.name for known in entry_types()) == sorted(TYPES)
    assert answer(reader, "") == {
        "edition": 0,
        **{
            name: f"http://testserver{API}/{name}/"
            for name in (
                *("actors", "events", "places", "proposals", "sources", "terms"),
                *("citations", "editions", "changes", "activities", "verify-quote"),
                *("compare", "responses", "schema", "docs"),
            )
        },
    }


@pytest.mark.parametrize("name", TYPES)
def test_empty_record_has_empty_lists(reader, name):
    assert answer(reader, f"{plural(name)}/") == {
        "edition": 0,
        "next": None,
        "previous": None,
        "results": [],
        "references": {},
        "checks": {},
    }


@pytest.mark.parametrize("name", TYPES)
def test_results_are_the_documents_as_published(reader, full, name):
    entry = getattr(full, name)
    results = answer(reader, f"{plural(name)}/")["results"]
    result = next(one for one in results if one["id"] == entry.public_id)
    version = result.pop("version")
    assert result == world.document(entry)
    edition = full.edition
    stored = Version.objects.get(public_id=entry.public_id)
    assert version == {
        "edition": 1,
        "schema": type_named(name).schema,
        "published_at": f"{edition.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "change": "new",
        "reason": "First publication.",
        "salt": stored.salt,
        "sha256": stored.checksum,
    }


@pytest.mark.parametrize("name", TYPES)
def test_checksums_hold_for_what_is_served(reader, full, name):
    entry = getattr(full, name)
    listed = answer(reader, f"{plural(name)}/")["results"]
    assert entry.public_id in [result["id"] for result in listed]
    detail = answer(reader, f"{plural(name)}/{entry.public_id}/")["result"]
    for result in [*listed, detail]:
        assert checksum_holds(result)
        assert document_text(result) == Version.objects.get(public_id=result["id"]).document
    changed = detail | {"slug": "another"}
    assert not checksum_holds(changed)


@pytest.mark.parametrize("name", TYPES)
def test_detail_is_found_by_id_and_by_slug(reader, full, name):
    entry = getattr(full, name)
    by_id = answer(reader, f"{plural(name)}/{entry.public_id}/")
    assert list(by_id) == ["edition", "result", "references", "checks", "url"]
    assert by_id["url"] == f"http://testserver/{plural(name)}/{entry.slug}/"
    assert by_id["result"]["id"] == entry.public_id
    assert answer(reader, f"{plural(name)}/{entry.slug}/") == by_id


@pytest.mark.parametrize("name", TYPES)
def test_references_are_exactly_what_the_documents_refer_to(reader, full, name):
    body = answer(reader, f"{plural(name)}/")
    named = {target.id for result in body["results"] for target in type_named(name).links(result)}
    assert sorted(body["references"]) == sorted(named)
    for public_id, reference in body["references"].items():
        version = Version.objects.get(public_id=public_id)
        assert reference == {
            "type": version.type,
            "name": version.label,
            "slug": version.slug,
            "url": f"http://testserver/{plural(version.type)}/{version.slug}/",
        }


def test_names_of_others_are_those_of_the_same_edition(reader, full, publish):
    event, actor = full.event, full.actor
    preferred = actor.names.first()
    preferred.text = "The Ambassador"
    preferred.save()
    world.change(actor, slug="the-ambassador")
    before = answer(reader, f"events/{event.public_id}/")
    assert before["references"][actor.public_id]["name"] == "The Envoy"
    publish(actor)
    after = answer(reader, f"events/{event.public_id}/")
    assert after["edition"] == 2
    assert after["result"] == before["result"]
    assert after["references"][actor.public_id] == {
        "type": "actor",
        "name": "The Ambassador",
        "slug": "the-ambassador",
        "url": "http://testserver/actors/the-ambassador/",
    }


def test_checks_are_the_last_of_each_selector(reader, full):
    event, proposal = full.event, full.proposal
    text = full.source.texts.get().text
    citation = event.citations.first()
    body = answer(reader, "events/")
    found = Check.objects.get(public_id=event.public_id)
    assert body["checks"] == {
        f"{event.public_id}/{citation.key}": {
            "state": "exact",
            "checked_on": f"{found.checked_on:%Y-%m-%d}",
            "text_sha256": sha256(text),
        }
    }
    Check.objects.create(
        public_id=event.public_id,
        citation=citation.key,
        selector=found.selector,
        text="0" * 64,
        state="missing",
        checked_on="2027-01-02",
    )
    assert answer(reader, f"events/{event.public_id}/")["checks"] == {
        f"{event.public_id}/{citation.key}": {
            "state": "missing",
            "checked_on": "2027-01-02",
            "text_sha256": "0" * 64,
        }
    }
    assert list(answer(reader, f"proposals/{proposal.public_id}/")["checks"]) == [
        f"{proposal.public_id}/c1"
    ]


def test_selector_without_a_check_is_unchecked(reader, publish):
    event = world.event(citations=[{"start": "Nobody holds this text"}])
    publish(event)
    assert answer(reader, f"events/{event.public_id}/")["checks"] == {
        f"{event.public_id}/c1": {"state": "unchecked", "checked_on": None, "text_sha256": None}
    }


def test_drafts_are_at_no_address(reader, publish):
    published = world.event("Published", desk_note=CANARY)
    publish(published)
    world.change(published, title=f"Renamed {CANARY}", slug=CANARY)
    draft = world.event(f"Draft {CANARY}", slug=f"draft-{CANARY}")
    term = world.term(CANARY)
    for address in (
        "events/",
        f"events/?ids={draft.public_id},{published.public_id}",
        f"events/?q={CANARY}",
        f"events/{published.public_id}/",
        "terms/",
        "sources/",
        "editions/1/",
    ):
        response = reader.get(f"{API}/{address}")
        assert response.status_code == 200
        assert CANARY not in response.content.decode()
    for address in (
        f"events/{draft.public_id}/",
        f"events/{draft.slug}/",
        f"events/{CANARY}/",
        f"terms/{term.public_id}/",
    ):
        refusal(reader, address, 404)
    assert ids_of(answer(reader, "events/", ids=draft.public_id)) == []
    assert ids_of(answer(reader, "events/", q=CANARY)) == []


def test_response_speaks_for_one_edition(reader, publish, monkeypatch):
    """A publication in the middle of a request is not seen by its second half."""
    event = world.event("Before", participants=[world.participant(world.actor("The Kingdom"))])
    actor = event.participants.get().actor
    publish(event)

    def page_after_publication(*args, **options):
        with zeal_ignore():
            name = actor.names.get()
            name.text = "The Republic"
            name.save()
            publish(world.change(actor), world.change(event, title="After"))
        return page(*args, **options)

    page = filters.page
    monkeypatch.setattr(filters, "page", page_after_publication)
    body = answer(reader, "events/")
    assert body["edition"] == 1
    assert [result["title"] for result in body["results"]] == ["Before"]
    assert body["references"][actor.public_id]["name"] == "The Kingdom"
    monkeypatch.undo()
    body = answer(reader, "events/")
    assert body["edition"] == 2
    assert [result["title"] for result in body["results"]] == ["After"]
    assert body["references"][actor.public_id]["name"] == "The Republic"


def test_older_schema_is_brought_up_to_date_and_says_so(reader, publish):
    term = world.term("Meeting")
    publish(term)
    stored = Version.objects.get(public_id=term.public_id)
    today = type_named("term")
    register(
        replace(today, schema=2, upcasters={1: lambda document: document | {"colour": "blue"}})
    )
    try:
        result = answer(reader, f"terms/{term.public_id}/")["result"]
    finally:
        register(today)
    assert result["colour"] == "blue"
    assert result["version"]["schema"] == 1
    del result["colour"]
    assert document_text(result) == stored.document
    assert checksum_holds(result)
