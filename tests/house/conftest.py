import pytest

from desk.publishing import withdraw
from tests import world
from tests.conftest import Cast
from tests.examples import FullWorld
from tests.house.addresses import Addresses

LISTS = ("events", "actors", "proposals", "sources", "places", "terms")


@pytest.fixture
def addresses(full: FullWorld, cast: Cast) -> dict[str, str]:
    """An address of every pattern by its name, and of the same pages as they may look besides."""
    gone = world.event("A meeting withdrawn since", by=cast.contributor)
    world.publish_all(gone, by=cast.contributor, approved_by=cast.editor)
    withdraw(
        [gone.public_id], by=cast.chief_editor, approved_by=cast.editor, reason="It never was."
    )
    return Addresses(full, cast.contributor).all() | {
        "gone": f"/events/{gone.slug}/",
        "not found": "/events/nothing/",
        "nothing there": "/nothing/",
        "found": "/search/?q=lake",
        "nothing found": "/search/?q=xqz",
        **{
            f"{query} in {room}": f"/{room}/?{query}"
            for room in LISTS
            for query in (
                "q=lake",
                "q=xqz",
                "kind=nonsense&from=yesterday",
                "cursor=nonsense",
                "x=1",
            )
        },
    }
