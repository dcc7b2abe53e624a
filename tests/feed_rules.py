"""What the W3C's feed validator requires of an Atom feed, as far as the feed alone tells it.

Its structure is held against the schema of RFC 4287 (``tests/record/atom.rng``); the rest, which a
schema cannot say, is here, by the sections of that document.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(file=str(Path(__file__).parent / "record" / "atom.rng"))
UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "meta", "link", "base"}


def faults_of(content: bytes, address: str) -> list[str]:
    """What is wrong with the feed at this address; nothing, if it is as it should be."""
    try:
        feed = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return ["It is no XML."]
    if not SCHEMA.validate(feed):
        # The last of what libxml2 says is furthest from where it is: that it fits no schema.
        return [f"Its structure: {error.message}" for error in SCHEMA.error_log][:1]
    return list(_faults(feed, address))


def _faults(feed: etree._Element, address: str) -> Iterator[str]:
    entries = feed.findall(f"{ATOM}entry")
    for element in [feed, *entries]:
        yield from _faults_of_one(element)
    # 4.1.2, 4.2.6
    ids = [element.findtext(f"{ATOM}id") for element in [feed, *entries]]
    if len(set(ids)) < len(ids):
        yield "Two have one id."
    # 4.1.1
    if feed.find(f"{ATOM}author") is None and not all(
        entry.find(f"{ATOM}author") is not None for entry in entries
    ):
        yield "Nobody wrote it."
    # 4.2.7.2, and what the validator recommends
    own = [link.get("href") for link in feed.iterfind(f"{ATOM}link[@rel='self']")]
    if own != [address]:
        yield "It does not name its own address."
    if any(_moment(entry) > _moment(feed) for entry in entries):
        yield "An entry is newer than the feed."


def _faults_of_one(element: etree._Element) -> Iterator[str]:
    """``element``: the feed, or an entry of it."""
    if not element.findtext(f"{ATOM}title").strip():
        yield "A title is empty."
    # 4.2.6: an absolute IRI
    if not urlsplit(element.findtext(f"{ATOM}id")).scheme:
        yield "An id is relative."
    if _moment(element) > datetime.now(UTC) + timedelta(days=1):
        yield "It is of the future."
    links = element.findall(f"{ATOM}link")
    if any(urlsplit(link.get("href")).scheme not in ("http", "https") for link in links):
        yield "An address is relative."
    # 4.1.1, 4.1.2: one alternate of each type and language
    kinds = [
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    ]
    if len(set(kinds)) < len(kinds):
        yield "Two links lead to the same in one form."
    # 4.1.2: an entry has content, or a link to where it is
    if element.tag == f"{ATOM}entry" and not kinds and element.find(f"{ATOM}content") is None:
        yield "An entry has neither content nor a link to it."
    for text in element.iterfind(f"{ATOM}*[@type='html']"):
        if (text.text or "").strip():
            parts = html.fragment_fromstring(text.text, create_parent=True)
            if any(part.tag in UNSAFE for part in parts.iter()):
                yield "Its HTML holds what readers take out."


def _moment(element: etree._Element) -> datetime:
    return datetime.fromisoformat(element.findtext(f"{ATOM}updated"))
