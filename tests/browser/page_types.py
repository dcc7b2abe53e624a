"""One address of every type of page, on a running site: for screenshots and for axe."""

import json
from urllib.request import urlopen

# Whatever has a picture on it, of tests.browser.absurd_world and sparse_world.
DRAWN = {
    "home": "/",
    "overview": "/overview/",
    "list": "/events/",
    "timeline": "/timeline/events/",
    "timeline-all": "/timeline/events/?window=0001/9999",
    "timeline-lanes": "/timeline/events/?lanes=actor",
    "timeline-kinds": "/timeline/events/?lanes=kind",
    "timeline-day": "/timeline/events/?window=1997-07-17/1997-07-23",
    "timeline-places": "/timeline/events/?lanes=place",
    "timeline-proposals": "/timeline/events/?lanes=proposal",
    "together": "/together/events/",
    "map": "/map/places/",
    "map-events": "/map/events/",
    "actor": "/actors/the-envoy/",
    "office": "/actors/the-envoy/offices/p1/",
    "history": "/entries/P1/history/",
    "matrix": "/proposals/responses/",
    "compared": "/proposals/compare/?ids=P1,P2",
    "matrix-of-one": "/proposals/responses/?proposal=P1",
    "matrix-on": "/proposals/responses/?on=2000",
    "card": "/embed/timeline/events/?edition=1",
    "card-compared": "/embed/compare/?ids=P1,P2&edition=1",
    "card-matrix": "/embed/responses/?edition=1",
    "card-entry": "/embed/entries/P1/?edition=1",
}
ALONE = {"actor", "office", "history", "compared", "matrix-of-one"}  # pages of entries
NOTHING_DRAWN = {
    name: address
    for name, address in DRAWN.items()
    if name not in ALONE and not name.startswith("card")
}
PLURALS = ("events", "actors", "proposals", "sources", "places", "terms")


def page_types(site: str) -> dict[str, str]:
    """Addresses relative to ``site``, by a name for each. Entries are the richest there are."""
    pages = {"home": "/", "search": "/search/?q=group", "search-nothing": "/search/?q=zzzz"}
    for plural in PLURALS:
        pages[f"{plural}-list"] = f"/{plural}/"
        if slug := richest(site, plural):
            pages[f"{plural}-entry"] = f"/{plural}/{slug}/"
    if entry := pages.get("events-entry"):
        pages["citation"] = f"{entry}citations/c1/"
    return pages | {
        "list-filtered": "/events/?from=1990&q=group",
        "list-wrong-filter": "/events/?from=199x&kind=nothing-like-it&to=2020&sort=colour",
        "list-ignored": "/events/?q=group+NOT+other",
        "overview": "/overview/",
        "timeline": "/timeline/events/",
        "timeline-lanes": "/timeline/events/?lanes=actor",
        "timeline-kinds": "/timeline/events/?lanes=kind",
        "timeline-places": "/timeline/events/?lanes=place",
        "timeline-proposals": "/timeline/events/?lanes=proposal",
        "timeline-topics": "/timeline/proposals/?lanes=topic",
        "together": "/together/events/",
        "map": "/map/places/",
        "map-events": "/map/events/",
        **office_page(site),
        "list-nothing": "/events/?q=zzzz&to=1000",
        "search-ignored": "/search/?q=group+NOT+other",
        "proposals-compared": "/proposals/compare/?ids=P1,P2",
        "proposals-choose": "/proposals/compare/?q=plan",
        "responses": "/proposals/responses/",
        "proposals-compared-six": "/proposals/compare/?ids=P1,P2,P3,P4,P5,P6",
        "responses-on": "/proposals/responses/?on=1997-12",
        "responses-to-one": "/proposals/responses/?proposal=P2&on=1997",
        "editions-list": "/editions/",
        "edition": "/editions/1/",
        "history": f"/entries/{first_id(site)}/history/",
        "corrections": "/corrections/",
        "verify": "/verify/",
        "verify-waivers": "/verify/waivers/",
        "verify-single-source": "/verify/single-source/",
        "verify-checks": "/verify/checks/",
        "quotation": "/verify/quotation/?words=words+that+stand+nowhere",
        "quotation-short": "/verify/quotation/?words=too+short",
        "suggest-correction": f"/entries/{first_id(site)}/suggest-correction/",
        "cite-entry": f"/entries/{first_id(site)}/cite/",
        "embedding": f"/embedding/entries/{first_id(site)}/",
        "embedded-entry": f"/embed/entries/{first_id(site)}/?edition=1",
        "embedded-timeline": "/embed/timeline/events/?edition=1",
        "embedded-comparison": "/embed/compare/?ids=P1,P2&edition=1",
        "embedded-responses": "/embed/responses/?edition=1",
        "embedded-responses-to-one": "/embed/responses/?proposal=P2&edition=1",
        "cite-list": "/cite/events/?q=group",
        "cited-set": f"/cited/events/?edition=1&count=1&sha256={'0' * 64}",
        "home-as-of": "/?edition=1",
        "list-as-of": "/events/?edition=1",
        "entry-as-of": f"/events/{first_id(site)}/?edition=1",
        "data": "/data/",
        "method": "/method/",
        "not-found": "/events/no-such-event/",
        "api-reference": "/api/v1/docs/",
        "sign-in": "/account/login/",
    }


def first_id(site: str) -> str:
    """Public id of an event that has been published."""
    with urlopen(f"{site}/api/v1/events/?limit=1") as answer:  # noqa: S310 - our own site
        return str(json.load(answer)["results"][0]["id"])


def office_page(site: str) -> dict[str, str]:
    """That of the first office there is; nothing where there is none."""
    with urlopen(f"{site}/api/v1/actors/?limit=200") as answer:  # noqa: S310 - our own site
        actors = json.load(answer)["results"]
    pages = [
        f"/actors/{each['slug']}/offices/{row['key']}/"
        for each in actors
        for row in each["offices"]
    ]
    return {"office": pages[0]} if pages else {}


def richest(site: str, plural: str) -> str | None:
    """Slug of the entry whose document is the longest; ``None`` where there is no entry."""
    with urlopen(f"{site}/api/v1/{plural}/?limit=200") as answer:  # noqa: S310 - our own site
        entries = json.load(answer)["results"]
    if not entries:
        return None
    slug: str = max(entries, key=lambda entry: len(json.dumps(entry)))["slug"]
    return slug
