"""A citation, resolved: what it speaks to, and where in which source that is to be found."""

import re
from dataclasses import dataclass
from typing import Any

from chronicle_client.entries import Data, Entry

NAME = re.compile(r"([A-Z][1-9][0-9]*)/(c[1-9][0-9]*)")
UNCHECKED = "unchecked"


@dataclass(frozen=True)
class Citation:
    """``E14/c3``: its entry, claims and stance; the source, and where in it.

    ``opening`` and ``closing`` are the first and last words of the passage, where the citation
    gives any (``closing`` is ``None`` where the opening words are all of it); ``check`` says
    whether they were found: exact, ambiguous, missing, or unchecked. ``url`` is its page.
    """

    id: str
    entry: Entry
    claims: tuple[str, ...]
    stance: str
    source: Entry
    locator: Data
    opening: str | None
    closing: str | None
    check: str
    url: str

    @property
    def reference(self) -> str:
        """The source in a line."""
        return reference_of(self.source.document)

    @property
    def where(self) -> str:
        """The locator in words; empty where there is none."""
        blocks = ", ".join(str(number) for number in self.locator["blocks"])
        said = [
            ("", self.locator["section"]),
            ("block ", blocks),
            ("p. ", self.locator["page"]),
            ("at ", self.locator["timecode"]),
            ("record ", self.locator["record"]),
        ]
        return ", ".join(f"{before}{value}" for before, value in said if value)

    @property
    def passage(self) -> str:
        """The words that the passage begins and ends with; empty where there are none."""
        return " … ".join(filter(None, [self.opening, self.closing]))

    def __str__(self) -> str:
        lines = [
            f"{self.id} {self.stance} {', '.join(self.claims)}",
            self.reference,
            self.where,
            f"“{self.passage}” ({self.check})" if self.passage else "",
            self.url,
        ]
        return "\n".join(filter(None, lines))


def citation_in(entry: Entry, key: str, source: Entry) -> Citation:
    """``KeyError`` where the entry has none of that key."""
    found = citations_of(entry)[key]
    selector = found["selector"] or {}
    name = f"{entry.id}/{key}"
    return Citation(
        id=name,
        entry=entry,
        claims=tuple(found["claims"]),
        stance=found["stance"],
        source=source,
        locator=found["locator"],
        opening=selector.get("start"),
        closing=selector.get("end"),
        check=entry.checks.get(name, {}).get("state", UNCHECKED),
        url=_page(entry.url or "", key),
    )


def citations_of(entry: Entry) -> dict[str, Data]:
    """By key."""
    return {each["key"]: each for each in entry.document.get("citations", ())}


def reference_of(source: dict[str, Any]) -> str:
    """Who, what, in what, by whom, when, and where on the web: as far as the source says."""
    authors = [
        each["literal"] or " ".join(filter(None, [each["given"], each["family"]]))
        for each in source["authors"]
    ]
    published = source["published"] or {}
    said = [
        ", ".join(authors),
        source["title"],
        source["container"],
        source["publisher"],
        published.get("as_given") or published.get("edtf"),
        source["url"],
    ]
    return ". ".join(filter(None, said))


def _page(url: str, key: str) -> str:
    address, mark, query = url.partition("?")
    return f"{address}citations/{key}/{mark}{query}"
