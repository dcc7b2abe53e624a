"""The whole public site, as someone meets it who follows every link."""

from typing import Any
from urllib.parse import urldefrag, urljoin

from django.test import Client

from tests.page_reading import Page

START = ("/", "/search/", "/search/?q=lake")  # a search box is no link


def walk(client: Client) -> dict[str, Any]:
    """What each address of the site answers that links and redirects lead to, by address.

    Filters multiply without end: from a page with a query, only links without one are followed.
    """
    answers: dict[str, Any] = {}
    pending = list(START)
    while pending:
        address = pending.pop()
        if address in answers:
            continue
        answer = answers[address] = client.get(address)
        pending += leads_to(address, answer)
    return answers


def leads_to(address: str, answer: Any) -> set[str]:
    """Addresses of this site to go on to: where it redirects to, or what its links name."""
    if target := answer.headers.get("Location"):
        return {target}
    if not is_page(answer):
        return set()
    page = Page(answer.content.decode())
    names = [element.get("href") or "" for element in page.all("a") + page.all("link")]
    found = {urldefrag(urljoin(address, name)).url for name in names}
    return {
        link
        for link in found
        if link.startswith("/")
        and not link.startswith("/static/")
        and not ("?" in address and "?" in link)
    }


def is_page(answer: Any) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")
