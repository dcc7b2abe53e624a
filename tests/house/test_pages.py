"""Every page that is answered at all: whole, with one heading, nothing inline, no dead link.

A template variable that is missing fails the test that renders it (see ``conftest.py``).
"""

from collections import Counter
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client

from tests.conftest import Cast
from tests.page_reading import Page, page_at
from tests.walking import is_page

pytestmark = pytest.mark.django_db

# Of django.contrib.admin and allauth: what we do not write is not ours to number.
OTHERS_IDS = ("/desk/", "/account/")
DATA = {"application/json", "application/ld+json", "importmap"}
# Pages leave out what is wrong; the address of the same in the API keeps it, and says so there.
NAVIGATION = {"Events", "Actors", "Proposals", "Sources", "Places", "Codebook", "Editions"}
MISTAKEN = ("kind=nonsense&from=yesterday", "cursor=nonsense", "x=1")


def faults_of(address: str, html: str) -> list[str]:
    page = Page(html)
    faults = []
    headings = page.all("h1")
    if len(headings) != 1 or not headings[0].text:
        faults.append(f"h1: {[heading.text for heading in headings]}")
    titles = [title.text for title in page.all("title")]
    if not titles or not titles[0]:
        faults.append("no title")
    if [bool(root.get("lang")) for root in page.all("html")] != [True]:
        faults.append("no language")
    twice = [
        name
        for name, times in Counter(element.get("id") for element in page.elements).items()
        if name and times > 1
    ]
    if twice and not address.startswith(OTHERS_IDS):
        faults.append(f"ids twice: {twice}")
    for element in page.elements:
        if element.tag == "style" or "style" in element.attributes:
            faults.append(f"inline style in {element.tag}")
        if element.tag == "script" and not element.get("src") and element.get("type") not in DATA:
            faults.append("inline script")
        if any(name.startswith("on") for name in element.attributes):
            faults.append(f"inline handler in {element.tag}")
        if (element.get("href") or "").startswith("javascript:"):
            faults.append("javascript: address")
    return faults


def links_of(address: str, html: str) -> set[str]:
    """Addresses of this site that the page leads to."""
    found = {
        urldefrag(urljoin(address, link.get("href") or "")).url for link in Page(html).all("a")
    }
    return {link for link in found if link.startswith("/")}


def test_every_page_a_reader_meets_is_whole_and_leads_somewhere(
    addresses: dict[str, str], reader: Client
):
    faults, links = {}, set()
    for address in addresses.values():
        response = reader.get(address)
        if is_page(response) and response.content:
            html = response.content.decode()
            if found := faults_of(address, html):
                faults[address] = found
            if response.status_code == 200 and not address.endswith(MISTAKEN):
                links |= links_of(address, html)
    assert faults == {}

    dead = {link: reader.get(link).status_code for link in links}
    assert {link: status for link, status in dead.items() if status >= 400} == {}
    assert len(links) > 40


def test_every_page_of_the_desk_is_whole(addresses: dict[str, str], cast: Cast, client_of):
    faults = {}
    for who in (cast.contributor, cast.administrator):
        client = client_of(who)
        for name, address in addresses.items():
            if not address.startswith(OTHERS_IDS) or name == "account_logout":
                continue
            response = client.get(address)
            if is_page(response) and response.content:
                found = faults_of(address, response.content.decode())
                faults |= {address: found} if found else {}
    assert faults == {}


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", []),
        ("/overview/", []),
        ("/events/", ["Events"]),
        ("/timeline/events/", ["Events"]),
        ("/map/events/", ["Events"]),
        ("/map/places/", ["Places"]),
        ("/together/events/", ["Events"]),
        ("/proposals/responses/", ["Proposals"]),
    ],
)
def test_navigation_marks_what_a_list_or_a_picture_is_of(reader, full, address, marked):
    page = page_at(reader, address)
    here = [each for each in page.elements if each.get("aria-current") == "true"]
    links = [each.text for each in here if each.tag == "a" and each.text in NAVIGATION]
    assert links == marked


def test_faults_are_noticed():
    """A test of this file's own eyes."""
    html = (
        "<html><head><title></title><style>a{}</style></head><body><h1>One</h1><h1>Two</h1>"
        '<p id="a" style="x"></p><p id="a" onclick="x"></p><script>x</script>'
        '<a href="javascript:x">x</a></body></html>'
    )
    assert faults_of("/", html) == [
        "h1: ['One', 'Two']",
        "no title",
        "no language",
        "ids twice: ['a']",
        "inline style in style",
        "inline style in p",
        "inline handler in p",
        "inline script",
        "javascript: address",
    ]
