"""A public page taken apart: headings, places to link to, links, marks of citations, words."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
INLINE = {"a", "abbr", "cite", "code", "span", "strong", "sup", "time"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)


class Page(HTMLParser):
    """The page at an address. Elements come in the order in which they begin."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.inside: list[Element] = []
        self.feed(html)
        self.close()
        assert self.inside == [], [element.tag for element in self.inside]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.inside.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside, tag
        assert self.inside.pop().tag == tag
        self._part(tag)

    def _part(self, tag: str) -> None:
        """Keep words apart that stand in different cells or lines."""
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self.inside:
            element.words.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with this tag and these attributes, whose names may end in an underscore."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(element.get(name) == value for name, value in wanted.items())
        ]

    def with_class(self, name: str) -> list[Element]:
        return [
            element for element in self.elements if name in (element.get("class") or "").split()
        ]

    def at(self, element_id: str) -> Element:
        """The one element with this id."""
        (found,) = [element for element in self.elements if element.get("id") == element_id]
        return found

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(element.tag[1]), element.text)
            for element in self.elements
            if element.tag in HEADINGS
        ]

    @property
    def ids(self) -> list[str]:
        return [element.get("id") or "" for element in self.elements if "id" in element.attributes]

    @property
    def links(self) -> list[str]:
        return [element.get("href") or "" for element in self.all("a")]

    def link(self, text: str) -> str:
        """Where the one link with these words leads."""
        (found,) = {element.get("href") or "" for element in self.all("a") if element.text == text}
        return found

    @property
    def marks(self) -> set[tuple[str, str]]:
        """(claim, citation) of each mark that leads to a card on this page."""
        found = set()
        claims = ""  # several where the mark is of each of them
        for element in self.elements:
            claims = element.get("data-claim") or claims
            href = element.get("href") or ""
            if "mark" in (element.get("class") or "").split() and href.startswith("#"):
                found |= {(claim, href.removeprefix("#")) for claim in claims.split()}
        return found

    @property
    def text(self) -> str:
        return self.all("body")[0].text


def page_at(client: Client, address: str, *, status: int = 200) -> Page:
    response: Any = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return Page(response.content.decode())


def linked(page: Page) -> list[str]:
    """The claims of other entries that the page lists; of citations there, the key alone."""
    return [re.sub(r"[A-Z]\d+/c", "c", item.text) for item in page.with_class("linked-item")]


def reason_of(answer: Any) -> str:
    """What a page says of an edition that is none."""
    (said,) = re.findall(r"<p>(.+) <a [^>]+>All editions</a>", answer.content.decode())
    return unescape(said)
