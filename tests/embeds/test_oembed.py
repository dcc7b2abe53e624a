"""oEmbed: how other sites learn how to embed a page, from its address."""

from urllib.parse import quote

import pytest

from tests.page_reading import Page, page_at

pytestmark = pytest.mark.django_db


def asked(reader, url, **parameters):
    return reader.get("/oembed", {"url": url, **parameters})


def test_answer_has_what_the_specification_asks_for(reader, full):
    answer = asked(reader, f"http://testserver/events/{full.event.slug}/")
    said = answer.json()
    assert answer["Content-Type"] == "application/json"
    frame = said.pop("html")
    assert said == {
        "version": "1.0",
        "type": "rich",
        "title": f"{full.event.title}, as of edition 1",
        "provider_name": "Chronicle",
        "provider_url": "http://testserver/",
        "cache_age": 86400,
        "width": 600,
        "height": said["height"],
    }
    (iframe,) = Page(frame).elements
    assert iframe.tag == "iframe"
    assert iframe.get("src") == f"http://testserver/embed/entries/{full.event.public_id}/?edition=1"
    assert (iframe.get("title"), iframe.get("loading")) == (said["title"], "lazy")
    assert (iframe.get("width"), iframe.get("height")) == ("600", str(said["height"]))


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("/events/E1/?edition=1", "/embed/entries/E1/?edition=1"),
        ("/places/L1/", "/embed/entries/L1/?edition=1"),
        (
            "/timeline/events/?lanes=kind&q=talks",
            "/embed/timeline/events/?lanes=kind&q=talks&edition=1",
        ),
        ("/proposals/compare/?ids=P1,P2", "/embed/compare/?ids=P1,P2&edition=1"),
        ("/proposals/responses/?on=1997", "/embed/responses/?on=1997&edition=1"),
        ("/proposals/responses/?proposal=P1", "/embed/responses/?proposal=P1&edition=1"),
        ("/embed/entries/E1/?edition=1", "/embed/entries/E1/?edition=1"),
    ],
)
def test_pages_and_cards_have_frames(reader, full, path, card):
    (iframe,) = Page(asked(reader, f"http://testserver{path}").json()["html"]).elements
    assert iframe.get("src") == f"http://testserver{card}"
    assert reader.get(card).status_code == 200


def test_frame_is_no_larger_than_there_is_room(reader, full):
    said = asked(reader, "http://testserver/events/E1/", maxwidth="320", maxheight="150").json()
    assert (said["width"], said["height"]) == (320, 150)
    assert 'width="320" height="150"' in said["html"]


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/events/E1/",
        "http://testserver/events/E99/",
        "http://testserver/events/E1/?edition=9",
        "http://testserver/timeline/events/?colour=red",
        "http://testserver/",
        "http://testserver/nothing/at/all/",
        "javascript:alert(1)",
        "http://[",
        "",
    ],
)
def test_other_addresses_are_not_found(reader, full, url):
    assert asked(reader, url).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "status"),
    [({"format": "xml"}, 501), ({"maxwidth": "wide"}, 400), ({"maxheight": "3"}, 400)],
)
def test_what_cannot_be_answered_is_said(reader, full, parameters, status):
    assert asked(reader, "http://testserver/events/E1/", **parameters).status_code == status
    assert reader.get("/oembed").status_code == 400


@pytest.mark.parametrize(
    "path", ["/events/{slug}/", "/timeline/events/?lanes=kind", "/proposals/compare/?ids=P1,P2"]
)
def test_pages_name_it(reader, full, path):
    path = path.format(slug=full.event.slug)
    (link,) = page_at(reader, path).all("link", type="application/json+oembed")
    assert f"url={quote(f'http://testserver{path}', safe='')}&" in link.get("href")
    assert reader.get(link.get("href")).status_code == 200


def test_page_on_embedding_gives_both_forms_to_copy(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    found = page_at(reader, page.link("Embed it"))
    frame, quoted = (Page(area.text) for area in found.all("textarea"))
    (iframe,) = frame.all("iframe")
    card = f"/embed/entries/{full.event.public_id}/?edition=1"
    assert iframe.get("src") == f"http://testserver{card}"
    assert [each.get("src") for each in found.all("iframe")] == [card]
    (quotation,) = quoted.all("blockquote")
    assert quotation.get("cite") == f"http://testserver/events/{full.event.public_id}/?edition=1"
    assert full.event.title in quotation.text
    assert quoted.all("script") == []
    for link in quoted.links:
        assert reader.get(link.removeprefix("http://testserver")).status_code in (200, 301)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/timeline/events/?q=talks", "Embed this timeline"),
        ("/proposals/compare/?ids=P1,P2", "in a page of another site"),
        ("/proposals/responses/?on=1997", "in a page of another site"),
    ],
)
def test_timelines_comparisons_and_responses_lead_to_theirs(reader, full, path, words):
    found = page_at(reader, page_at(reader, path).link(words))
    assert len(found.all("iframe")) == 1
