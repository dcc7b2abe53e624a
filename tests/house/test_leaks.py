"""Invariant 1: nothing that is not published appears at any public address.

Everything private is filled with canary words first, at the desk and in the past of the record.
"""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from desk.models import Revision, Submission
from record.models import Version
from tests import world
from tests.conftest import PASSWORD, Cast
from tests.examples import FullWorld
from tests.house.addresses import Addresses
from tests.walking import text_of, walk
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

CANARY = "xqzcanary"
# Always with a word after it, so that a search box that repeats the canary alone is no leak.
LEAK = re.compile(rf"{CANARY}[ -]?[a-z]+")
QUERIES = [
    "",
    "?edition=1",
    "?q=xqzcanary",
    "?q=xqz",
    "?limit=200",
    "?ids=E1,E2,E3,E4,E5,E6,E7,E8,E9",
]


def canary(name: str) -> str:
    return f"{CANARY}{name}"


@pytest.fixture
def addresses(full: FullWorld, cast: Cast) -> dict[str, str]:
    """With the slugs of the record, which the desk is about to change."""
    return Addresses(full, cast.contributor).all()


@pytest.fixture
def seeded(full: FullWorld, addresses: dict[str, str], cast: Cast) -> FullWorld:
    """A desk full of what nobody may see, beside a record that everybody may."""
    by = cast.contributor
    # Drafts of every type, that refer to what is published.
    draft = world.event(
        canary(" draft event"),
        by=by,
        place=full.place,
        part_of=full.event,
        follows=[full.event],
        participants=[world.participant(full.actor, by=by)],
        summary=canary("summary"),
        citations=[{"source": full.source, "note": canary("note"), "start": canary("start")}],
    )
    world.term(canary("term"), vocabulary=Vocabulary.ROLE, by=by)
    world.source(canary("source"), by=by)
    world.place(canary("place"), part_of=full.place, by=by)
    world.actor(canary("actor"), relations=[], by=by)
    world.proposal(
        canary("proposal"),
        event=full.event,
        provisions=[world.provision(canary("provision"), by=by)],
        responses=[{"actor": full.actor, "stance": "accepts"}],
        by=by,
    )
    # Unpublished changes of what is published, and what the desk notes about it.
    for entry in full.entries:
        world.change(
            entry,
            by=by,
            reason=canary("reason"),
            slug=f"{CANARY}-{entry.slug}"[:120],
            desk_note=canary("desknote"),
            editor_note=canary("editornote"),
        )
    world.change(full.event, by=by, title=canary("newtitle"))
    # A private text, and one of a source that may not show it.
    world.hold_text(full.source, f"{canary('text')} by the lake.")
    full.source.set_aside.create(block=1, start=canary("opening"), reason=canary("aside"))
    # Review: submissions open and taken back, with titles and reasons.
    submission = world.submitted(full.event, draft, by=by, reason=canary("submission"))
    Submission.objects.filter(pk=submission.pk).update(title=canary("title"))
    # People.
    User.objects.filter(pk=by.pk).update(
        email=f"{CANARY}@example.org", first_name=canary("first"), last_name=canary("last")
    )
    return full


@pytest.fixture
def public(addresses: dict[str, str]) -> list[str]:
    """All but the one exception that invariant 1 names: whoever has that address was given it."""
    return [
        address
        for name, address in addresses.items()
        if not address.startswith(("/desk/", "/account/")) and name != "preview"
    ]


def leaks_of(response: Any) -> list[str]:
    """What stands in headers or body that nobody may see."""
    headers = "".join(f"{name}: {value}" for name, value in response.items())
    return LEAK.findall(headers + text_of(response))


def test_there_is_something_to_leak(seeded: FullWorld, cast: Cast, client_of: Any):
    """The canaries are there for whoever may see them, so that the others prove something."""
    desk = client_of(cast.administrator)
    address = f"/desk/events/event/{seeded.event.pk}/change/"

    page = desk.get(address).content.decode()
    for name in ("newtitle", "desknote", "editornote"):
        assert canary(name) in page
    assert Revision.objects.filter(document__contains=CANARY).count() > 10
    assert not Version.objects.filter(document__contains=CANARY).exists()


def test_no_public_address_shows_anything_that_is_not_published(
    seeded: FullWorld, public: list[str], reader: Client, cast: Cast, client_of: Any
):
    """Not to the reader, and not to an administrator who reads public pages either."""
    leaks, answered = [], 0
    for client in (reader, client_of(cast.administrator)):
        for address in public:
            for query in QUERIES:
                response = client.get(address + query)
                answered += response.status_code == 200
                leaks += [(address + query, leak) for leak in leaks_of(response)]
    assert leaks == []
    assert answered > 100


def test_every_link_from_the_home_page_on_arrives_and_shows_nothing_unpublished(
    seeded: FullWorld, public: list[str], reader: Client
):
    """The crawler: the whole site, through every link of every page."""
    answers = walk(reader, language="fr")
    dead = {address: answer.status_code for address, answer in answers.items()}
    assert {address: status for address, status in dead.items() if status >= 400} == {}
    leaks = {address: leaks_of(answer) for address, answer in answers.items()}
    assert {address: found for address, found in leaks.items() if found} == {}
    # It came everywhere, but to what only programs ask for, to a letter, whose address is secret,
    # to a text that is not shown, to data that nobody has made into files, and to what says
    # nothing without a query, or leads to an edition.
    assert {
        address
        for address in set(public) - set(answers)
        if not address.startswith(("/api/", "/letters/"))
    } == {
        "/search/suggestions/",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemaps/events.xml",
        "/entries/E3/timemap/",
        "/sources/the-talks-by-the-lake/text/",
        "/data/chronicle-edition-1.sqlite3",
        "/data/chronicle-edition-1.zip",
        "/cite/events.bib",
        "/cited/events/",
        "/embed/entries/E3/",
        "/embed/timeline/events/",
        "/embed/compare/",
        "/embed/responses/",
        "/embedding/compare/",
        "/oembed",
        "/proposals/compare.md",
        "/proposals/responses.md",
    }
    assert any(address.startswith("/events/?") for address in answers)
    assert any("/citations/" in address for address in answers)


def test_drafts_are_at_no_public_address(seeded: FullWorld, reader: Client):
    for entry_type, plural in (
        ("event", "events"),
        ("actor", "actors"),
        ("proposal", "proposals"),
        ("source", "sources"),
        ("place", "places"),
        ("term", "terms"),
    ):
        entry = getattr(seeded, entry_type)
        drafts = type(entry).objects.filter(slug__startswith=CANARY)
        assert drafts.count() >= 2
        for draft in drafts:
            assert reader.get(f"/{plural}/{draft.slug}/").status_code == 404
            by_id = reader.get(f"/api/v1/{plural}/{draft.public_id}/").status_code
            assert by_id == (200 if draft.public_id == entry.public_id else 404)


def test_accounts_and_their_addresses_are_shown_to_nobody(seeded: FullWorld, reader: Client):
    asked = reader.post("/account/password/reset/", {"email": f"{CANARY}@example.org"})
    assert (asked.status_code, mail.outbox) == (405, [])
    failures = [
        reader.post("/account/login/", {"login": name, "password": "wrong" + PASSWORD})
        for name in ("contributor", "nobody-at-all")
    ]
    assert len({failure.status_code for failure in failures}) == 1
