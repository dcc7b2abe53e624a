"""Which sources an item may be, and what is taken from it."""

from typing import Any

import pytest

from sources.bibliography.items import Item
from sources.bibliography.matching import address_of, differences, likenesses, merged
from tests import world

pytestmark = pytest.mark.django_db


def item(**said: Any) -> Item:
    return Item("", said)


def test_sources_are_found_by_doi_address_and_title(db: None):
    doi = world.source("One", identifiers=[{"scheme": "doi", "value": "10.1000/ABC"}])
    url = world.source("Two", url="https://www.example.org/page/?utm_source=x#top")
    title = world.source("Report on the talks of 1994")
    documents = [world.document(each) for each in (doi, url, title)]

    found = likenesses(
        [
            item(title="Else", url="https://doi.org/10.1000/abc"),
            item(title="Another", url="http://example.org/page"),
            item(title="Report on the talk of 1994"),
            item(title="Report on the talks of 1995"),
            item(title="Else again", url="http://example.org/page"),
            item(title="Quite new"),
        ],
        documents,
    )

    assert [[tuple(each) for each in likes] for likes in found] == [
        [(doi.public_id, 0, "DOI")],
        [(url.public_id, 0, "address")],
        [(title.public_id, 0, "title")],
        [],
        [(url.public_id, 0, "address")],
        [],
    ]


def test_an_item_that_stands_twice_in_the_file_is_told(db: None):
    twice = item(title="A title of its own", url="https://example.org/")

    first, second = likenesses([twice, twice], [])

    assert first == []
    assert [tuple(each) for each in second] == [("", 1, "address")]


def test_only_what_is_empty_is_filled(db: None):
    held = world.document(world.source("Ours", publisher="Us", by=None))
    new = item(
        title="Theirs",
        publisher="Us",
        container="A journal",
        identifiers=[{"scheme": "doi", "value": "10.1/x"}],
        authors=[{"role": "author", "family": "A", "given": None, "literal": None}],
    )

    assert merged(held, new) == held | {
        "container": "A journal",
        "identifiers": [{"scheme": "doi", "value": "10.1/x"}],
        "authors": [{"key": "p1", "role": "author", "family": "A", "given": None, "literal": None}],
    }
    assert differences(held, new) == ["title"]


def test_addresses_are_compared_without_what_does_not_matter():
    assert address_of("HTTP://www.Example.org/a/?b=2&utm_source=x&a=1#c") == "example.org/a?a=1&b=2"
    assert address_of("no address") == "no address"
