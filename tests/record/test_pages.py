"""What holds for the pages of every type of entry."""

from itertools import pairwise

import pytest
from django.test import Client

from desk.publishing import withdraw
from record.types import entry_types, type_named
from tests import world
from tests.examples import FullWorld
from tests.page_reading import Page, page_at
from tests.walking import is_page, walk

pytestmark = pytest.mark.django_db

TYPES = ["term", "source", "place", "actor", "event", "proposal"]
LISTS = [
    "/events/",
    "/actors/",
    "/proposals/",
    "/sources/",
    "/places/",
    "/terms/",
    "/editions/",
]


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def address_of(entry, name):
    return type_named(name).url(entry.slug)


_pages: dict[str, Page] = {}


@pytest.fixture
def every_page(reader: Client, full: FullWorld) -> dict[str, Page]:
    """Every public page that links lead to from the home page, by address: walked once."""
    if not _pages:
        _pages.update(
            {
                address: Page(answer.content.decode())
                for address, answer in walk(reader).items()
                if is_page(answer)
                and not answer.has_header("Location")  # cards name entries by their ids
                and not address.startswith(("/api/", "/desk/", "/account/"))
            }
        )
    return _pages


def test_every_page_has_one_h1_headings_in_order_and_ids_once(every_page):
    assert len([address for address in every_page if address.startswith("/events/")]) > 3
    for address, page in every_page.items():
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, (address, page.headings)
        assert len(page.ids) == len(set(page.ids)), address


def test_every_anchor_within_the_site_is_there(every_page):
    checked = 0
    for address, page in every_page.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            arrived = every_page.get(target) if target else page
            if not anchor or not arrived:
                continue
            assert anchor in arrived.ids, (address, link)
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("name", ["place", "actor", "event", "proposal"])
def test_every_claim_with_citations_carries_their_marks(reader, full, name):
    entry = getattr(full, name)
    document = world.document(entry)
    wanted = {
        (claim, citation["key"])
        for citation in document["citations"]
        for claim in citation["claims"]
    }
    assert len(wanted) > 4
    assert page_at(reader, address_of(entry, name)).marks == wanted


@pytest.mark.parametrize("name", ["place", "actor", "event", "proposal"])
def test_every_claim_there_can_be_has_its_marks(reader, full, publish, name):
    entry = getattr(full, name)
    claims = list(world.desk_type_of(entry).claims(world.document(entry)))
    world.change(entry, citations=[{"claims": claims, "source": full.source}], waivers=[])
    publish(entry)
    (citation,) = world.document(entry)["citations"]
    page = page_at(reader, address_of(entry, name))
    assert page.marks == {(claim, citation["key"]) for claim in claims}


@pytest.mark.parametrize("name", TYPES)
def test_page_of_an_entry_tells_its_version(reader, full, name):
    entry = getattr(full, name)
    version = full.edition.versions.get(public_id=entry.public_id)
    page = page_at(reader, address_of(entry, name))
    told = [code.text for code in page.all("code")]
    assert told[-3:] == [entry.public_id, version.checksum, version.salt]
    assert f"/editions/{full.edition.number}/" in page.links
    assert "New: First publication." in page.text


def test_page_of_a_corrected_entry_leads_to_its_history(reader, full, publish):
    address, history = address_of(full.event, "event"), f"/entries/{full.event.public_id}/history/"
    assert page_at(reader, address).link("Its history: one version so far") == history
    world.change(full.event, summary="They met, and parted.")
    publish(full.event, reason="The summary was wrong.")
    page = page_at(reader, address)
    assert page.link("Its history: 2 versions, and what changed between them") == history
    assert "Correction: The summary was wrong." in page.text


@pytest.mark.parametrize("name", TYPES)
def test_id_leads_to_the_slug(reader, full, name):
    entry = getattr(full, name)
    response = reader.get(f"/{type_named(name).plural}/{entry.public_id}/")
    assert (response.status_code, response["Location"]) == (301, address_of(entry, name))


def test_old_slug_leads_to_the_new_one(reader, full, publish):
    old = address_of(full.event, "event")
    world.change(full.event, slug="the-first-day")
    publish(full.event)
    response = reader.get(old)
    assert (response.status_code, response["Location"]) == (301, "/events/the-first-day/")
    # A browser that kept it for good would go in circles once the old slug comes back.
    assert "max-age=0" in response["Cache-Control"]


def test_unknown_address_helps_on(reader, full):
    page = page_at(reader, "/events/meeting-by-the-lake/", status=404)
    assert page.headings[0] == (1, "There is nothing at this address")
    assert page.at("q").get("value") == "meeting by the lake"
    assert set(LISTS) <= set(page.links)


@pytest.mark.parametrize("address", ["/nowhere/", "/events/%00/", "/editions/2/", "/editions/0/"])
def test_nothing_is_404(reader, full, address):
    assert reader.get(address).status_code == 404


def test_edition_beyond_any_number_is_404(reader, full):
    assert reader.get(f"/editions/{10**30}/").status_code == 404


def test_withdrawn_entry_is_410_with_reason_day_and_edition(reader, cast, publish):
    event = world.event("A meeting that never was", by=cast.contributor)
    publish(event)
    assert reader.get("/events/a-meeting-that-never-was/").status_code == 200
    edition = withdraw(
        [event.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="Invented."
    )
    page = page_at(reader, "/events/a-meeting-that-never-was/", status=410)
    assert page.headings[0] == (1, "This entry has been withdrawn")
    day = edition.published_at
    assert f"Since edition 2, {day.day} {day:%B %Y} Why Invented." in page.text
    assert "A meeting that never was" not in page.text
    assert "A meeting that never was" in page_at(reader, page.link("Its history")).text
    assert page_at(reader, f"/events/{event.public_id}/", status=410).headings == page.headings


def test_entry_merged_into_a_withdrawn_one_is_410_and_says_what_became_of_both(
    reader, cast, publish
):
    loser, winner = world.actor("The Realm"), world.actor("The Kingdom")
    publish(loser, winner)
    people = {"by": cast.contributor, "approved_by": cast.editor}
    world.merge_by_hand(loser, winner, keys={}, **people)
    withdraw(
        [winner.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="Invented."
    )
    page = page_at(reader, "/actors/the-realm/", status=410)
    assert page.headings[0] == (1, "This entry was merged into one that is gone")
    assert f"Public id {loser.public_id} Since edition 2," in page.text
    assert (
        f"Merged into {winner.public_id}, which was withdrawn in edition 3: Invented." in page.text
    )
    assert "The Realm" in page_at(reader, page.link("Its history")).text
    assert "Merged into" not in page_at(reader, "/actors/the-kingdom/", status=410).text


def test_draft_of_a_published_entry_stays_at_the_desk(reader, full):
    world.change(full.event, summary="zzcanaryzz")
    assert "zzcanaryzz" in full.event.summary
    assert "zzcanaryzz" not in page_at(reader, address_of(full.event, "event")).text


@pytest.mark.parametrize("address", LISTS)
def test_empty_list_says_why_and_what_next(reader, db, address):
    page = page_at(reader, address)
    (nothing,) = page.with_class("nothing")
    assert "published yet" in nothing.text


def test_home_of_an_empty_record_says_so(reader, db):
    assert "Nothing has been published yet." in page_at(reader, "/").text


def test_unchanged_page_is_304_until_the_next_edition(reader, full, publish):
    address = address_of(full.event, "event")
    tag = reader.get(address)["ETag"]
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 304
    publish(world.event("Another", by=None))
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", [*LISTS, "/", "/search/", "/events/first-day-by-the-lake/"])
def test_pages_are_only_read(reader, full, address):
    assert reader.head(address).status_code == 200
    assert reader.post(address).status_code == 405


def test_every_type_has_pages(reader, full):
    for entry_type in entry_types():
        assert reader.get(f"/{entry_type.plural}/").status_code == 200
