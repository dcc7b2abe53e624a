"""What a page of a list weighs on the way to the reader: all that a browser fetches for it."""

import gzip
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from record.pages import LIMIT
from tests import world
from tests.page_reading import Page

pytestmark = pytest.mark.django_db

MOST = 100 * 1024  # bytes, compressed
MOST_SCRIPT = 20 * 1024
SUMMARY = (
    "Delegations of {0} sides met by the lake on day {0}, spoke of status, of the return of "
    "{1} displaced persons and of who should watch the line, and parted without a paper."
)


@pytest.fixture
def page(reader, cast):
    """A whole page of events, no two alike, each with participants, place and two citations."""
    actors = [world.actor(f"Delegation number {one * 7919}") for one in range(12)]
    places = [world.place(f"Place {one * 104729}") for one in range(8)]
    sources = [world.source(f"Report {one * 1299709} on the talks") for one in range(6)]
    events = [
        world.event(
            f"Meeting {one * 15485863 % 9973} of the delegations by the lake",
            date=f"19{50 + one}-07-{one % 28 + 1:02}",
            summary=SUMMARY.format(one, one * 32452843 % 99991),
            place=places[one % 8],
            participants=[world.participant(actors[(one + step) % 12]) for step in range(4)],
            quantities=[{"what": "delegates", "best": Decimal(one + 1)}],
            citations=[
                {"source": sources[(one + step) % 6], "blocks": [one + 1, one + step + 3]}
                for step in range(2)
            ],
        )
        for one in range(LIMIT)
    ]
    world.publish_all(*events, by=cast.contributor, approved_by=cast.editor)
    html = reader.get("/events/").content
    assert len(Page(html.decode()).with_class("entry-row")) == LIMIT == 50
    return html


def size_of(content: bytes) -> int:
    """As a server sends it, with gzip; brotli makes it smaller yet."""
    return len(gzip.compress(content))


def fetched(address: str | None) -> bytes:
    """A static file, by its address with or without the digest in its name."""
    name = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", (address or "").removeprefix(settings.STATIC_URL))
    return (Path(settings.BASE_DIR) / "static" / name).read_bytes()


def weights_of(html: bytes) -> dict[str, int]:
    """Bytes of a page and of what it fetches but for pictures, each compressed."""
    found = Page(html.decode())
    styles = [link.get("href") for link in found.all("link", rel="stylesheet")]
    scripts = [script.get("src") for script in found.all("script") if script.get("src")]
    assert len(styles) > 10
    return {
        "html": size_of(html),
        "css": sum(size_of(fetched(address)) for address in styles),
        "script": sum(size_of(fetched(address)) for address in scripts),
    }


def test_list_of_50_rows_and_all_that_it_fetches_is_light(page):
    sizes = weights_of(page)
    assert sizes["script"] <= MOST_SCRIPT, sizes
    assert sum(sizes.values()) <= MOST, sizes
