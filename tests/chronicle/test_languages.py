"""Languages of public pages: an address for each, and none ever in the answer of another."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.test import Client
from django.utils.translation import override

from chronicle.languages import without_language
from chronicle.named_addresses import url_of
from record.collation import collation_key
from record.types import type_named
from tests import world
from tests.page_reading import Page

pytestmark = pytest.mark.django_db

# Of programs, files and the desk: one address for all languages.
FOR_ALL = re.compile(
    r"/(api/v1|feeds|downloads|desk|static)/|/(entries/[^/]+/cite|cite/\w+)\.\w+|/verify/verify\.py"
)


@pytest.fixture(autouse=True)
def french(settings, tmp_path: Path) -> None:
    """French is offered, with a few words of it."""
    catalog = Catalog("fr")
    catalog.add("Events", "Événements")
    catalog.add("Evidence", "Preuves")
    catalog.add(
        ("%(count)s event", "%(count)s events"), ("%(count)s évènement", "%(count)s évènements")
    )
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), ("fr", "Français")]


def page(client: Client, address: str, **headers: str) -> Page:
    return Page(client.get(address, headers=headers).content.decode())


def test_the_address_alone_says_the_language(full, reader):
    reader.cookies["django_language"] = "fr"
    english = page(reader, "/events/", accept_language="fr")
    french = page(reader, "/fr/events/", accept_language="en")
    assert [english.all("html")[0].get("lang"), english.all("h1")[0].text] == ["en-GB", "Events"]
    assert [french.all("html")[0].get("lang"), french.all("h1")[0].text] == ["fr", "Événements"]
    assert "Accept-Language" not in reader.get("/fr/events/")["Vary"]
    assert reader.get("/fr/events/")["Content-Language"] == "fr"


def test_a_page_leads_to_itself_in_each_language_with_its_query(full, reader):
    shown = page(reader, "/fr/events/?edition=1&sort=-date")
    menu = [link for link in shown.all("a") if link.get("hreflang")]
    assert [
        (link.get("hreflang"), link.get("href"), link.get("aria-current")) for link in menu
    ] == [
        ("en-GB", "/events/?edition=1&sort=-date", None),
        ("fr", "/fr/events/?edition=1&sort=-date", "true"),
    ]
    alternates = [link for link in shown.all("link") if link.get("hreflang")]
    assert [(link.get("hreflang"), link.get("href")) for link in alternates] == [
        ("en-GB", "http://testserver/events/?edition=1&sort=-date"),
        ("x-default", "http://testserver/events/?edition=1&sort=-date"),
        ("fr", "http://testserver/fr/events/?edition=1&sort=-date"),
    ]


@pytest.mark.parametrize(
    ("address", "homes"), [("/nowhere/", ["/", "/fr/"]), ("/api/v1/docs/", [])]
)
def test_what_has_no_languages_leads_home_or_offers_none(reader, address: str, homes: list[str]):
    menu = [link.get("href") for link in page(reader, address).all("a") if link.get("hreflang")]
    assert menu == homes


@pytest.mark.parametrize(
    "address", ["/", "/events/", "/actors/{actor}/", "/entries/{event}/cite/", "/verify/"]
)
def test_links_of_a_page_keep_its_language(full, reader, address: str):
    at = address.format(actor=full.actor.slug, event=full.event.public_id)
    for prefix, other in (("/fr", re.compile("/(?!fr/)")), ("", re.compile("/fr/"))):
        shown = page(reader, prefix + at)
        links = [link for link in shown.all("a") if not link.get("hreflang")]
        urls = [urlsplit(link.get("href") or "") for link in links]
        paths = {url.path for url in urls if not url.netloc}
        assert {path for path in paths if other.match(path) and not FOR_ALL.match(path)} == set()


def test_what_is_kept_of_one_language_is_in_no_answer_of_another(full, reader, settings):
    settings.KEPT_ANSWERS_BYTES = 10_000_000
    addresses = [
        "/",
        "/events/",
        f"/events/{full.event.slug}/",
        "/api/v1/events/",
        "/feeds/events/",
    ]
    before = [reader.get(address).content for address in addresses]
    french = [reader.get(f"/fr{address}").content for address in addresses[:3]]
    assert [reader.get(address).content for address in addresses] == before
    assert [reader.get(f"/fr{address}").content for address in addresses[:3]] == french
    assert not any(b"/fr/" in answer for answer in before[3:])


def test_tags_tell_languages_apart(full, reader):
    english, french = (reader.get(address)["ETag"] for address in ("/events/", "/fr/events/"))
    assert english != french
    assert reader.get("/fr/events/", headers={"If-None-Match": french}).status_code == 304


def test_addresses_are_those_of_the_language_that_is_spoken():
    assert (url_of("events:event_list"), type_named("event").list_url) == ("/events/", "/events/")
    with override("fr"):
        assert url_of("events:event_list") == "/fr/events/"
        assert type_named("event").list_url == "/fr/events/"
        assert type_named("event").url("talks") == "/fr/events/talks/"
        assert url_of("api:root") == "/api/v1/"
        assert url_of("files:record_feed") == "/feeds/"
        assert without_language("/fr/events/talks/") == "/events/talks/"
    assert url_of("events:event_list") == "/events/"


def test_what_names_an_entry_for_good_is_the_same_in_every_language(full, reader):
    html = [
        reader.get(f"{prefix}/events/{full.event.slug}/").content.decode() for prefix in ("", "/fr")
    ]
    english, french = (
        re.findall(r'"@id": "([^"]+)"|"citation_public_url" content="([^"]+)"', each)
        for each in html
    )
    assert len(english) > 2
    assert english == french


def test_pages_cost_as_many_queries_in_every_language(full, reader, django_assert_num_queries):
    addresses = ["/events/?sort=-date", "/fr/events/?sort=-date"]
    for address in addresses:
        assert reader.get(address).status_code == 200
    for address in addresses:
        with django_assert_num_queries(2):
            assert reader.get(address).status_code == 200


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def test_entries_are_called_as_their_documents_call_them_in_the_readers_language(reader, publish):
    names = [("Lake", "en", True), ("Le Lac", "fr", True), ("Der See", "de", False)]
    lake = world.place(
        "Lake",
        names=[
            {"text": text, "language": language, "preferred": preferred}
            for text, language, preferred in names
        ],
    )
    town = world.place("Town")
    publish(lake, town, world.event("Talks", place=lake), world.event("More", place=town))
    links = {
        prefix: {
            (link.text, link.get("lang"))
            for link in page(reader, f"{prefix}/events/").all("a")
            if "/places/" in (link.get("href") or "") and link.text != "Places"
        }
        for prefix in ("", "/fr")
    }
    assert links == {
        "": {("Lake", None), ("Town", None)},
        "/fr": {("Le Lac", None), ("Town", "en")},
    }
    shown = page(reader, f"/fr/places/{lake.slug}/")
    assert (shown.at("title").text, shown.at("title").get("lang")) == ("Le Lac", None)
    assert [each.text for each in shown.with_class("entry-language")] == ["Told in: anglais"]
    assert page(reader, f"/places/{lake.slug}/").with_class("entry-language") == []


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("az", "Çay Dağ Ələt Xan İsa Qala Şuşa Zal"),
        ("fr", "Çay Dağ Ələt İsa Qala Şuşa Xan Zal"),
    ],
)
def test_names_are_in_the_order_of_the_readers_alphabet(language: str, ordered: str):
    names = ordered.split()
    names.reverse()
    with override(language):
        assert " ".join(sorted(names, key=collation_key)) == ordered
