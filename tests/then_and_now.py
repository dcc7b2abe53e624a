"""Answers of public addresses, to be compared as of an edition: what was served then, and now."""

import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.test import Client

# What only an address with ``?edition=`` has: the parameter in its links and forms, the banner, the
# request to be left alone by search engines; and the id of a feed, which is made of its address.
BANNER = re.compile(r'<p class="notice as-of" role="note">.*?</p>', re.DOTALL)
KEPT = re.compile(r'<input type="hidden" name="edition" value="[0-9]+">')
# A page of an edition has no canonical address, and is itself what it is shared as.
CANONICAL = re.compile(
    r'<link rel="canonical" href="[^"]*">|<meta property="og:url" content="[^"]*">'
)
# Letters are about what is claimed now.
LETTER = re.compile(
    r'\s*(?:<li>)?<a [^>]*href="/[^"]*/suggest-correction/[^>]*>[^<]*</a>(?:</li>)?'
)
ROBOTS = '<meta name="robots" content="noindex">'
FEED = re.compile(r"<id>urn:uuid:[0-9a-f-]+</id>")
FIRST = re.compile(r"\?edition=[0-9]+(?:&amp;|&)?(?![0-9])")
LATER = re.compile(r"(?:&amp;|&)edition=[0-9]+(?![0-9])")


@dataclass(frozen=True)
class Said:
    """What is to be the same. ``text`` is the body without what may differ."""

    status: int
    location: str
    text: str


def said(client: Client, address: str, edition: int = 0) -> Said:
    """What an address says now, or as of an edition."""
    if edition:
        address += f"{'&' if '?' in address else '?'}edition={edition}"
    answer: Any = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    location = answer.headers.get("Location", "")
    return Said(answer.status_code, comparable(location), comparable(body.decode()))


def comparable(text: str) -> str:
    """The text without all that says that an edition was asked for, and results of checks."""
    if text.startswith("{"):
        text = "\n".join(map(_without_checks, text.splitlines()))
    text = FEED.sub("", text, count=1)
    for pattern in (BANNER, KEPT, CANONICAL, LETTER):
        text = pattern.sub("", text)
    text = LATER.sub("", FIRST.sub("?", text).replace(ROBOTS, ""))
    text = re.sub(r"\?(?=[\"#<,\s]|$)", "", text)
    return " ".join(text.split())


def _without_checks(line: str) -> str:
    """One document: the whole of an answer, or a line of a file."""
    document = orjson.loads(line)
    document.pop("checks", None)
    return orjson.dumps(document).decode()
