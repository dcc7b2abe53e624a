"""What search engines ask for."""

import pytest
from lxml import etree

from desk.publishing import withdraw
from record.sitemaps import EntrySitemap
from tests import world
from tests.page_reading import Page

pytestmark = pytest.mark.django_db

LANGUAGES = {"en-GB": "", "fr": "/fr", "ru": "/ru", "az": "/az", "hy": "/hy"}
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(reader, address):
    response = reader.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return {
        each.findtext(f"{PLACE}loc").removeprefix("http://testserver"): each.findtext(
            f"{PLACE}lastmod"
        )
        for each in etree.fromstring(response.content)
    }


def test_sitemaps_lead_to_every_current_page_with_the_day_of_its_edition(reader, people, cast):
    kept, gone = world.event("Kept"), world.event("Gone")
    edition = world.publish_all(kept, gone, **people)
    withdraw([gone.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="No.")
    index = places(reader, "/sitemap.xml")
    assert set(index) == {
        f"/sitemaps/{plural}.xml"
        for plural in ("events", "actors", "proposals", "sources", "places", "terms")
    }
    assert places(reader, "/sitemaps/events.xml") == {
        f"{prefix}/events/kept/": f"{edition.published_at:%Y-%m-%d}"
        for prefix in LANGUAGES.values()
    }
    for address in index:
        for page in places(reader, address):
            assert reader.get(page).status_code == 200


def test_sitemaps_lead_from_every_page_to_all_its_languages(reader, people):
    world.publish_all(world.event("Kept"), **people)
    urls = etree.fromstring(reader.get("/sitemaps/events.xml").content)
    wanted = [(tag, f"http://testserver{prefix}/events/kept/") for tag, prefix in LANGUAGES.items()]
    wanted.append(("x-default", "http://testserver/events/kept/"))
    found = [
        [(link.get("hreflang"), link.get("href")) for link in url.findall(ALTERNATE)]
        for url in urls
    ]
    assert found == [wanted] * len(LANGUAGES)
    page = Page(reader.get("/ru/events/kept/").content.decode())
    links = [link for link in page.all("link") if link.get("hreflang")]
    assert sorted((link.get("hreflang"), link.get("href")) for link in links) == sorted(wanted)


@pytest.mark.parametrize("number", [1, 3])
def test_a_sitemap_costs_the_same_for_1_and_3(
    reader, people, django_assert_num_queries, number: int
):
    world.publish_all(*(world.event(f"Talks {one}") for one in range(number)), **people)
    with django_assert_num_queries(3):
        assert len(places(reader, "/sitemaps/events.xml")) == 5 * number


def test_sitemaps_come_in_pages(reader, people, monkeypatch):
    monkeypatch.setattr(EntrySitemap, "limit", 2)
    world.publish_all(*(world.event(f"Talks {one}") for one in range(3)), **people)
    index = places(reader, "/sitemap.xml")
    assert "/sitemaps/events.xml?p=2" in index
    assert [len(places(reader, f"/sitemaps/events.xml{page}")) for page in ("", "?p=2")] == [10, 5]
    assert reader.get("/sitemaps/events.xml?p=9").status_code == 404
    assert reader.get("/sitemaps/nonsense.xml").status_code == 404


def test_robots_are_kept_from_the_desk_and_led_to_the_sitemap(reader):
    response = reader.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    of_languages = "".join(
        f"Disallow: {prefix}/letters/\nDisallow: {prefix}/search/suggestions/\n"
        for prefix in ("", "/fr", "/ru", "/az", "/hy")
    )
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /desk/\nDisallow: /account/\nDisallow: /preview/\n"
        f"{of_languages}Sitemap: http://testserver/sitemap.xml\n"
    )
