"""What pages tell programs of themselves."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF

from desk.publishing import withdraw
from record.metadata import BIBLIOGRAPHIES
from sources.bibliography.formats import FORMATS
from tests import world
from tests.page_reading import Page, page_at

pytestmark = [
    pytest.mark.django_db,
    # Its reader of JSON-LD uses what it deprecates itself.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),
]

SDO = Namespace("https://schema.org/")
SITE = "http://testserver"
CANARY = "zzcanaryzz"
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script> ]]> -->",
    "\" ' & \\ \\u003C </SCRIPT > \N{LINE SEPARATOR} %}{{",
    "مذاكرات 🕊️ \N{RIGHT-TO-LEFT OVERRIDE}x",
]


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def data_of(page: Page) -> Any:
    (script,) = page.all("script", type="application/ld+json")
    return json.loads("".join(script.words))


def graph_of(page: Page, address: str) -> Graph:
    """As another program reads it; nothing has to be fetched for that."""
    data = data_of(page)
    assert data["@context"] == {"@vocab": "https://schema.org/"}
    graph = Graph()
    graph.parse(data=json.dumps(data), format="json-ld", publicID=f"{SITE}{address}")
    return graph


def meta(page: Page) -> dict[str, str | None]:
    named = {each.get("name") or each.get("property"): each for each in page.all("meta")}
    return {
        name: each.get("content")
        for name, each in named.items()
        if name and name.startswith(("og:", "citation_", "z:"))
    }


def links(page: Page, rel: str) -> list[tuple[str | None, str | None]]:
    return [(link.get("type"), link.get("href")) for link in page.all("link", rel=rel)]


def test_zotero_finds_what_it_looks_for(reader, full, settings):
    """Names as its translator for embedded metadata reads them: with ``z:itemType`` it is no
    journal article, and ``citation_public_url`` comes before the page's own address."""
    settings.SITE_PUBLISHER = "Institute of the Lake"
    page = page_at(reader, f"/events/{full.event.slug}/")
    assert meta(page) == {
        "og:title": full.event.title,
        "og:type": "article",
        "og:url": f"{SITE}/events/{full.event.slug}/",
        "og:site_name": "Chronicle",
        "og:description": full.event.summary,
        "z:itemType": "webpage",
        "citation_title": full.event.title,
        "citation_publication_date": f"{full.edition.published_at:%Y/%m/%d}",
        "citation_public_url": f"{SITE}/events/{full.event.public_id}/?edition=1",
        "citation_language": "en",
        "citation_publisher": "Institute of the Lake",
    }
    assert links(page, "canonical") == [(None, f"{SITE}/events/{full.event.slug}/")]
    cite = f"/entries/{full.event.public_id}/cite"
    files = [each for each in links(page, "alternate") if each[0]]
    assert files == [
        ("application/json", f"/api/v1/events/{full.event.public_id}/"),
        ("application/atom+xml", f"/feeds/entries/{full.event.public_id}/"),
        ("application/x-bibtex", f"{cite}.bib"),
        ("application/x-research-info-systems", f"{cite}.ris"),
        ("application/vnd.citationstyles.csl+json", f"{cite}.json"),
        (
            "application/json+oembed",
            f"/oembed?url={quote(f'{SITE}/events/{full.event.slug}/', safe='')}&format=json",
        ),
    ]
    for content_type, address in files:
        assert reader.get(address)["Content-Type"].startswith(content_type.removesuffix("+oembed"))


def test_types_of_bibliographies_are_those_of_the_files():
    written = {ending: content_type for _, ending, content_type, _ in FORMATS.values()}
    assert {ending: text.partition(";")[0] for ending, text in written.items()} == BIBLIOGRAPHIES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("event", "Event"),
        ("actor", "Person"),
        ("proposal", "CreativeWork"),
        ("source", "Article"),
        ("place", "Place"),
        ("term", "DefinedTerm"),
    ],
)
def test_every_entry_is_of_something_in_the_record(reader, full, name, kind):
    entry = getattr(full, name)
    address = f"/{name}s/{entry.slug}/"
    graph = graph_of(page_at(reader, address), address)
    page = URIRef(f"{SITE}/{name}s/{entry.public_id}/")
    thing = URIRef(f"{page}#entry")
    assert (page, RDF.type, SDO.WebPage) in graph
    assert (page, SDO.mainEntity, thing) in graph
    assert (thing, RDF.type, SDO[kind]) in graph
    assert (page, SDO.version, Literal("1")) in graph
    assert (page, SDO.identifier, Literal(entry.public_id)) in graph
    record = URIRef(f"{SITE}/#record")
    assert (page, SDO.isPartOf, record) in graph
    assert (record, RDF.type, SDO.Dataset) in graph
    assert (record, SDO.version, Literal("1")) in graph
    assert {term for term in graph.predicates() if not term.startswith(str(SDO))} == {RDF.type}


def test_event_says_no_more_than_the_record(reader, full):
    """Its date is disputed, and was inferred and approximate."""
    address = f"/events/{full.event.slug}/"
    page = page_at(reader, address)
    graph, data = graph_of(page, address), data_of(page)
    thing = URIRef(f"{SITE}/events/{full.event.public_id}/#entry")
    assert list(graph.objects(thing, SDO.startDate)) == []
    assert "temporalCoverage" not in data
    assert data["creativeWorkStatus"] == "contested"
    work = URIRef(f"{SITE}/sources/{full.source.public_id}/#entry")
    here = URIRef(f"{SITE}/events/{full.event.public_id}/")
    assert list(graph.objects(here, SDO.isBasedOn)) == [work]
    cited = {
        str(name) for each in graph.objects(here, SDO.citation) for name in graph[each : SDO.name]
    }
    assert cited == {"The talks by the lake", "A letter from the lake"}
    assert (work, RDF.type, SDO.Article) in graph
    assert list(graph.objects(work, SDO.datePublished)) == []  # about March 2005


DATES = [
    ("1997", {"startDate": "1997"}),
    ("1997-07", {"startDate": "1997-07"}),
    ("1997-07-02", {"startDate": "1997-07-02"}),
    ("1997-07-02/1997-07-04", {"startDate": "1997-07-02", "endDate": "1997-07-04"}),
    ("1997/..", {"startDate": "1997"}),
    ("../1997", {"endDate": "1997"}),
    ("/1997", {"endDate": "1997"}),
    ("1997~", {}),
    ("1997?", {}),
    ("1997-07-XX", {}),
    ("199X", {}),
    ("1997-21", {}),
    ("[1997,1998]", {}),
    ("1997-07~/1997-09", {}),
    (None, {}),
]


def test_only_plain_dates_are_exact(reader, publish):
    events = [world.event(f"Talks {number}", date=date) for number, (date, _) in enumerate(DATES)]
    publish(*events)
    for event, (date, said) in zip(events, DATES, strict=True):
        data = data_of(page_at(reader, f"/events/{event.slug}/"))
        thing = data["mainEntity"]
        assert {name: thing[name] for name in ("startDate", "endDate") if name in thing} == said
        assert ("temporalCoverage" in data) is (date is not None), date


def contested(publish, *claims):
    one, another = world.source("One"), world.source("Another")
    event = world.event(
        "Talks",
        summary="They met.",
        place=world.place("Lakeside"),
        citations=[
            {"source": one},
            {"source": another, "claims": list(claims), "stance": "disputes"},
        ],
    )
    publish(event)
    return event


def test_what_is_disputed_is_not_said_as_plain_fact(reader, publish):
    event = contested(publish, "date", "place", "summary", "title")
    data = data_of(page_at(reader, f"/events/{event.slug}/"))
    assert data["mainEntity"] == {
        "@id": f"{SITE}/events/{event.public_id}/#entry",
        "@type": "Event",
    }
    assert {"description", "temporalCoverage"} & set(data) == set()
    assert (data["name"], data["creativeWorkStatus"]) == ("Talks", "contested")
    assert [each["name"] for each in data["citation"]] == ["One", "Another"]
    assert [each["@id"] for each in data["isBasedOn"]] == [data["citation"][0]["@id"]]


def test_what_may_not_have_happened_is_no_event(reader, publish):
    event = contested(publish, "entry")
    data = data_of(page_at(reader, f"/events/{event.slug}/"))
    assert data["mainEntity"] == {
        "@id": f"{SITE}/events/{event.public_id}/#entry",
        "@type": "Thing",
        "name": "Talks",
    }


def test_centre_of_a_region_is_no_spot(reader, publish):
    told = {"point": True, "settlement": True, "area": False, "country": False}
    where = {"latitude": "40.5", "longitude": "-49.75"}
    places = {each: world.place(each, precision=each, **where) for each in told}
    publish(*places.values())
    found = {
        each: "geo" in data_of(page_at(reader, f"/places/{place.slug}/"))["mainEntity"]
        for each, place in places.items()
    }
    assert found == told


def test_hostile_titles_stay_within_their_element(reader, publish):
    events = [world.event(title) for title in HOSTILE]
    publish(*events)
    for event in events:
        stays_within(reader, event)


def stays_within(reader, event):
    html = reader.get(f"/events/{event.slug}/").content.decode()
    page = Page(html)
    data = data_of(page)
    assert data["name"] == world.document(event)["title"]
    script = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert not {"<", ">", "&"} & set(script)
    assert json.loads(script) == data
    assert [each.get("type") for each in page.all("script") if not each.get("src")] == [
        "application/ld+json"
    ]
    found = meta(page)
    assert found["og:title"] == found["citation_title"] == world.document(event)["title"]


def test_lists_and_home_tell_what_they_are(reader, full):
    for address, title in (("/events/", "Events"), ("/terms/?vocabulary=role", "Codebook")):
        page = page_at(reader, address)
        data = data_of(page)
        assert (data["@type"], data["name"], data["url"]) == (
            "CollectionPage",
            title,
            f"{SITE}{address}",
        )
        assert links(page, "canonical") == [(None, f"{SITE}{address}")]
        assert meta(page)["og:type"] == "website"
        assert "citation_title" not in meta(page)
        graph_of(page, address)
    page = page_at(reader, "/")
    data = data_of(page)
    assert (data["@type"], data["version"], data["@id"]) == ("Dataset", "1", f"{SITE}/#record")
    for download in data["distribution"]:
        answered = reader.get(download["contentUrl"].removeprefix(SITE))
        assert answered["Content-Type"].startswith(download["encodingFormat"])


def test_old_edition_has_no_canonical_address(reader, publish):
    term = world.term("Talks")
    publish(term)
    world.change(term, editor_note="Again.")
    publish(term)
    page = page_at(reader, f"/terms/{term.slug}/?edition=1")
    assert links(page, "canonical") == []
    pinned = f"{SITE}/terms/{term.public_id}/?edition=1"
    assert meta(page)["og:url"] == meta(page)["citation_public_url"] == pinned
    assert data_of(page)["version"] == "1"
    assert page.link("Cite this") == f"/entries/{term.public_id}/cite/?edition=1"


def test_drafts_and_what_is_gone_tell_nothing(reader, cast, client_of, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, title=CANARY)
    assert CANARY not in reader.get(f"/events/{event.slug}/").content.decode()
    preview = client_of(cast.editor).get(f"/desk/events/event/{event.pk}/preview/")
    html = preview.content.decode()
    assert (preview.status_code, CANARY in html) == (200, True)
    assert "ld+json" not in html
    assert "/cite/" not in html
    withdraw([event.public_id], by=cast.chief_editor, reason="Invented.", approved_by=cast.editor)
    gone = reader.get(f"/events/{event.slug}/")
    assert (gone.status_code, b"ld+json" in gone.content) == (410, False)
