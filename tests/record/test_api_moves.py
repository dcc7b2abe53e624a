"""Addresses of what has moved, been withdrawn, merged or redacted."""

import json

import pytest

from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.models import Version
from tests import world
from tests.answers import (
    API,
    answer,
    canonical,
    checksum_holds,
    document_text,
    ids_of,
    refusal,
    sha256,
)

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def test_old_slug_leads_to_the_address_of_today(reader, publish):
    event = world.event("Old name")
    publish(event)
    world.change(event, slug="new-name")
    publish(event)
    response = reader.get(f"{API}/events/old-name/")
    assert (response.status_code, response["Location"]) == (301, f"{API}/events/new-name/")
    assert answer(reader, "events/new-name/")["result"]["id"] == event.public_id


def test_withdrawn_entry_is_gone_with_its_tombstone(reader, cast, publish):
    event = world.event("Withdrawn one")
    publish(event, world.event("Other one"))
    withdraw(
        [event.public_id],
        by=cast.chief_editor,
        reason="It was somebody else's.",
        approved_by=cast.administrator,
    )
    for key in (event.public_id, event.slug):
        body = refusal(reader, f"events/{key}/", 410)
        result = body.pop("result")
        assert body == {
            "type": "about:blank",
            "title": "Gone",
            "status": 410,
            "detail": f"{event.public_id} was withdrawn in edition 2: It was somebody else's.",
            "instance": f"{API}/events/{key}/",
            "edition": 2,
            "references": {},
        }
        assert checksum_holds(result)
        assert (result["version"]["change"], result["version"]["edition"]) == ("withdrawal", 2)
        assert json.loads(document_text(result)) == {
            "id": event.public_id,
            "type": "event",
            "slug": "withdrawn-one",
            "state": "withdrawn",
            "merged_into": None,
            "keys": {},
        }
    assert event.public_id not in ids_of(answer(reader, "events/"))


def test_merged_entry_is_gone_and_says_where_to(reader, publish):
    loser, winner = world.actor("The Realm"), world.actor("The Kingdom")
    publish(loser, winner)
    merge(loser, winner)
    body = refusal(reader, f"actors/{loser.slug}/", 410)
    assert body["result"]["merged_into"] == winner.public_id
    assert checksum_holds(body["result"])
    assert body["references"] == {
        winner.public_id: {
            "type": "actor",
            "name": "The Kingdom",
            "slug": "the-kingdom",
            "url": "http://testserver/actors/the-kingdom/",
        }
    }


def test_entry_merged_into_a_withdrawn_one_is_gone_with_its_own_tombstone(reader, cast, publish):
    loser, winner = world.actor("The Realm"), world.actor("The Kingdom")
    publish(loser, winner)
    merged = world.merge_by_hand(
        loser, winner, keys={}, by=cast.contributor, approved_by=cast.editor
    )
    withdraw([winner.public_id], by=cast.chief_editor, reason="Invented.", approved_by=cast.editor)
    for key in (loser.public_id, loser.slug):
        body = refusal(reader, f"actors/{key}/", 410)
        result = body["result"]
        assert (result["id"], result["state"]) == (loser.public_id, "merged")
        assert result["merged_into"] == winner.public_id
        assert checksum_holds(result)
        assert body["detail"] == f"{loser.public_id} was merged in edition 2: {merged.reason}"
        assert body["references"] == {}
    assert refusal(reader, f"actors/{winner.public_id}/", 410)["result"]["state"] == "withdrawn"


def test_filter_follows_a_merged_entry(reader, publish):
    loser, winner = world.actor("The Realm"), world.actor("The Kingdom")
    event = world.event(participants=[world.participant(winner)])
    publish(loser, event)
    merge(loser, winner)
    for name in (loser.public_id, loser.slug):
        assert ids_of(answer(reader, "events/", actor=name)) == [event.public_id]


def merge(loser, winner):
    """The tombstone of a merge in an edition of its own, as publishing one will write it."""
    old = Version.objects.get(public_id=loser.public_id, superseded_in=None)
    first = old.edition
    edition = type(first)(
        number=2,
        published_at=first.published_at,
        reason="They are one.",
        by="editor",
        approved_by="editor",
        four_eyes=True,
        checksum="2" * 64,
    )
    edition.save()
    document = canonical(
        {
            "id": loser.public_id,
            "type": "actor",
            "slug": loser.slug,
            "state": "merged",
            "merged_into": winner.public_id,
            "keys": {},
        }
    )
    Version.objects.filter(pk=old.pk).mark(superseded_in=2)
    salt = "0" * 32
    Version(
        public_id=loser.public_id,
        type="actor",
        edition=edition,
        change="merge",
        state="merged",
        schema=1,
        document=document,
        salt=salt,
        checksum=sha256(salt + document),
        slug=loser.slug,
    ).save()


def test_redacted_entry_says_no_more_than_that(reader, cast, publish):
    event = world.event(f"Redacted {CANARY}")
    publish(event)
    redact(
        event.public_id,
        editions=[1],
        then=Then.TOMBSTONE,
        forget_address=True,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="A court has ordered it.",
    )
    body = refusal(reader, f"events/{event.public_id}/", 410)
    assert body["detail"] == f"{event.public_id} was redacted in edition 2: A court has ordered it."
    version = body["result"].pop("version")
    assert body["result"] == {
        "id": event.public_id,
        "type": "event",
        "slug": f"redacted-{event.public_id.lower()}",
        "state": "redacted",
        "merged_into": None,
        "keys": {},
    }
    assert version["change"] == "redaction"
    [redacted] = [
        row
        for row in answer(reader, "editions/1/")["result"]["versions"]
        if row["id"] == event.public_id
    ]
    assert (redacted["state"], redacted["name"], redacted["slug"]) == ("redacted", None, "")
    assert CANARY not in json.dumps([body, redacted])
    refusal(reader, f"events/{event.slug}/", 404)


@pytest.mark.parametrize("address", ["events/{0}/", "citations/{0}/c1/"])
def test_what_was_redacted_since_names_the_edition_that_took_it(reader, cast, publish, address):
    event = world.event("First")
    publish(event)
    world.change(event, title="Second")
    publish(event)
    redact(
        event.public_id,
        editions=[1],
        then=Then.STANDING,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="For safety.",
    )
    said = f"{event.public_id} was redacted in edition 3: For safety."
    body = refusal(reader, f"{address.format(event.public_id)}?edition=1", 410)
    assert body["detail"] == said
    page = reader.get(f"/events/{event.public_id}/?edition=1")
    assert page.status_code == 410
    assert [piece for piece in ("edition 3", "For safety.") if piece in page.content.decode()] == [
        "edition 3",
        "For safety.",
    ]
