"""The whole public site, as someone meets it who follows every link."""

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.test import Client
from lxml import html

START = ("/", "/search/", "/search/?q=lake")  # a search box is no link
LATEST = "latest-version"  # RFC 5829
EDITION = re.compile(r"[?&]edition=[0-9]+")


OTHERS = {f"/{code}/" for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def walk(
    client: Client, start: Iterable[str] = START, *, within: str = "", language: str = ""
) -> dict[str, Any]:
    """What each address of the site answers that links and redirects lead to, by address.

    Filters multiply without end: from a page with a query, only links without one are followed.
    The edition that is asked for is no part of that query. From addresses without ``within`` no
    link is followed. Beside English, ``language`` alone is read, as pages are the same in all.
    """
    left_out = tuple(OTHERS - {f"/{language}/"})
    answers: dict[str, Any] = {}
    pending = list(start)
    while pending:
        address = pending.pop()
        if address in answers:
            continue
        answer = answers[address] = client.get(address)
        if within in address:
            to = leads_to(address, answer)
            pending += (each for each in to if not each.startswith(left_out))
    return answers


def leads_to(address: str, answer: Any) -> set[str]:
    """Addresses of this site to go on to: where it redirects to, or what its links name."""
    if target := answer.headers.get("Location"):
        return {target}
    if not is_page(answer):
        return set()
    return {
        link for link in links_of(address, answer) if not (has_query(address) and has_query(link))
    }


def links_of(address: str, answer: Any) -> set[str]:
    """Addresses of this site that a page names, but for the page of now of a page as of then."""
    if not answer.content:
        return set()
    page = html.document_fromstring(answer.content, parser=html.HTMLParser(encoding="utf-8"))
    links = [each for each in page.iter("a", "link") if each.get("rel") != LATEST]
    names = [element.get("href", "") for element in links]
    found = {urldefrag(urljoin(address, name)).url for name in names}
    return {link for link in found if link.startswith("/") and not link.startswith("/static/")}


def text_of(answer: Any) -> str:
    """The words of a body, those inside a file that is a zip (DOCX is one) among them."""
    body = b"".join(answer)
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        return "\n".join(held.read(name).decode(errors="replace") for name in held.namelist())


def has_query(address: str) -> bool:
    return "?" in EDITION.sub("", address, count=1).replace("&", "?")


def is_page(answer: Any) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")
