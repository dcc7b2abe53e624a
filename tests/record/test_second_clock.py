"""The record as of an edition says what it said while that edition was the newest.

Random publications, corrections, renamings, withdrawals, mergers and redactions, through the real
doors; after each, what public addresses say is kept, and asked for again at the end.
"""

import re

import pytest

from record.models import State, Version
from record.reading import Record
from record.types import type_named
from tests import world
from tests.random_desk import Desk
from tests.then_and_now import Said, comparable, said

pytestmark = pytest.mark.django_db
ADDRESSES = 15  # of an edition, chosen anew for each
LISTS = [
    *("/", "/events/", "/events/?from=1990&sort=changed", "/actors/", "/proposals/", "/sources/"),
    *("/places/", "/terms/", "/editions/", "/corrections/", "/feeds/", "/feeds/corrections/"),
    *("/feeds/events/", "/downloads/events.csv", "/downloads/events.jsonl", "/method/"),
    *("/search/?q=lake", "/search/?q=canary", "/search/suggestions/?q=la", "/sitemaps/events.xml"),
    *("/verify/", "/verify/waivers/", "/verify/single-source/", "/api/v1/", "/api/v1/actors/"),
    "/api/v1/events/?count=exact&facets=actor,kind,place&sort=changed&limit=3",
    *("/api/v1/editions/", "/api/v1/editions/1/", "/editions/1/", "/cite/events/"),
    *("/timeline/events/", "/proposals/compare/?ids=P1,P2", "/proposals/responses/"),
    *("/map/places/", "/map/events/"),
]
CANARY = re.compile(r"xqz(?:draft|note|private|gone)")


def addresses():
    """Lists, and of each type the entries that were published last: all that is said of them."""
    found = list(LISTS)
    newest = Version.objects.filter(superseded_in=None, state=State.PUBLISHED).order_by("-pk")
    many = {"event": 3, "actor": 2, "proposal": 1, "place": 1, "term": 1, "source": 1}
    chosen = [newest.filter(type=name)[:number] for name, number in many.items()]
    for version in (version for versions in chosen for version in versions):
        entry_type, public_id = type_named(version.type), version.public_id
        found += [
            entry_type.url(version.slug),
            f"/entries/{public_id}/history/",
            f"/entries/{public_id}/cite/",
            f"/feeds/entries/{public_id}/",
            f"/api/v1/{entry_type.plural}/{public_id}/",
            f"/api/v1/entries/{public_id}/versions/",
        ]
        if version.type in ("event", "proposal"):
            found.append(entry_type.citation_url(version.slug, "c1"))
    return found


def is_apart(desk: Desk, edition: int, address: str, text: str) -> bool:
    """Whether a redaction since has to do with it: it named the entry, or is a list of then."""
    return any(
        (edition == stood and address in LISTS)
        or (edition < gone.redacted_in and re.search(rf"\b({gone.public_id}|{gone.slug})\b", text))
        for stood, gone in desk.gone.items()
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_every_edition_says_what_it_said_while_it_was_the_newest(full, cast, reader, seed):
    world.event("xqzdraft", by=cast.contributor, desk_note="xqznote", place=full.place)
    world.hold_text(world.source("xqzdraft", by=cast.contributor), "A private text: xqzprivate.")
    desk = Desk(full, cast, seed)
    acts = [desk.publish, desk.correct, desk.rename, desk.withdraw, desk.merge, desk.redact]
    desk.random.shuffle(acts)
    then: dict[tuple[int, str], Said] = {}
    for act in acts:
        for _ in act():
            edition = Record.current().number
            for address in desk.random.sample(addresses(), ADDRESSES):
                then[edition, address] = said(reader, address)

    compared = 0
    for (edition, address), before in then.items():
        now = said(reader, address, edition)
        assert not CANARY.search(now.text), (edition, address)
        if not is_apart(desk, edition, address, before.text):
            assert (edition, address, now) == (edition, address, before)
            compared += 1
    assert compared > len(then) * 0.6


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ('<a href="/events/">All</a>', '<a href="/events/?edition=3">All</a>'),
        ('<a href="/events/?q=a#b">', '<a href="/events/?q=a&amp;edition=3#b">'),
        ('<a href="/events/?q=a">', '<a href="/events/?edition=3&amp;q=a">'),
        ("<main>", '<main> <p class="notice as-of" role="note">\nAs it stood</p>'),
        ('{"edition":3,"checks":{"E1/c1":"exact"}}', '{"edition":3,"checks":{}}'),
        ('{"url":"/events/a/"}', '{"url":"/events/a/?edition=3"}'),
    ],
)
def test_what_says_that_an_edition_was_asked_for_is_no_difference(then, now):
    assert comparable(then) == comparable(now)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("<p>Five events</p>", "<p>Six events</p>"),
        ('<a href="/events/a/">', '<a href="/events/b/?edition=3">'),
        ('<a href="/events/?q=a">', '<a href="/events/?q=b&amp;edition=3">'),
        ('<p class="notice">One</p>', '<p class="notice">Two</p>'),
        ("<a>edition 3</a>", "<a>edition 4</a>"),
        ('{"edition":3,"checks":{}}', '{"edition":4,"checks":{}}'),
        ("<id>urn:uuid:0a</id><id>urn:uuid:1a</id>", "<id>urn:uuid:0b</id><id>urn:uuid:1b</id>"),
        ('<a href="/editions/3/">', '<a href="/editions/4/">'),
    ],
)
def test_everything_else_is_one(then, now):
    assert comparable(then) != comparable(now)
