"""The overview: every bar leads to as many as it says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.publishing import withdraw
from record.models import Change
from tests import world
from tests.page_reading import Page, page_at
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

OVERVIEW = "/overview/"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def kind(name):
    return world.term(name, vocabulary=Vocabulary.EVENT_KIND)


def bars(page: Page) -> dict[str, list[str]]:
    """By kind and number, what each bar says."""
    found: dict[str, list[str]] = {}
    name = ""
    for element in page.elements:
        if "kind-name" in (element.get("class") or ""):
            name = element.text
            found[name] = []
        elif "kind-bar" in (element.get("class") or "").split() and element.text:
            found[name].append(element.text)
    return found


def test_bars_say_what_their_lists_find(reader, publish):
    visit, talks = kind("Visit"), kind("Talks")
    publish(
        world.event("A", date="1994-07-02", kind=visit),
        world.event("B", date="1994/1997", kind=visit),
        world.event("C", date="2001", kind=talks),
        world.event("D", date=None, kind=talks),
        world.event("E", date="1995", kind=talks),
    )
    page = page_at(reader, OVERVIEW)
    assert bars(page) == {
        "Talks 3": ["1995: 1", "2001: 1"],
        "Visit 2": ["1994: 2", "1995: 1", "1996: 1", "1997: 1"],
    }
    for link in page.all("a"):
        years, colon, number = link.text.partition(": ")
        if colon:
            found = page_at(reader, link.get("href") or "").at("results-title").text
            assert found == f"{number} of 5 events", years
    assert (
        page_at(reader, page.link("1 without a date")).at("results-title").text == "1 of 5 events"
    )


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["1997-07-02"], ["1997: 1"]),
        (["1997-07-02"] * 5, ["1997: 5"]),
        (["0001", "9999"], ["1–999: 1", "9000–9999: 1"]),
        (["1990/..", "../1995"], [f"{year}: {1 + (year < 1996)}" for year in range(1990, 1996)]),
    ],
)
def test_absurd_dates_are_drawn(reader, publish, dates, said):
    name = "W" * 80
    same = kind(name)
    publish(*(world.event(f"E {at}", date=date, kind=same) for at, date in enumerate(dates)))
    page = page_at(reader, OVERVIEW)
    assert bars(page) == {f"{name} {len(dates)}": said}


def test_rare_kinds_are_counted_together(reader, publish):
    publish(*(world.event(f"E {at}", date="1997", kind=kind(f"Kind {at:02}")) for at in range(10)))
    found = bars(page_at(reader, OVERVIEW))
    assert len(found) == 9
    assert found["2 other kinds 2"] == ["1997: 2"]


def test_sources_and_single_sources_lead_to_their_entries(reader, publish):
    one, other = world.source("One report"), world.source("Another report")
    publish(
        world.event("A", citations=[{"source": one}, {"source": other}]),
        world.event("B", citations=[{"source": one}]),
    )
    page = page_at(reader, OVERVIEW)
    assert page_at(reader, page.link("2 events")).at("results-title").text == "2 of 2 events"
    assert page_at(reader, page.link("1 event")).at("results-title").text == "1 of 2 events"
    assert "2 events 1, 50 %" in [element.text for element in page.all("tr")]


def test_editions_say_what_they_changed(reader, publish, cast):
    meeting, visit = world.event("A meeting"), world.event("A visit")
    publish(meeting, visit)
    world.change(meeting, by=cast.contributor, title="Another meeting")
    publish(meeting, world.event("New"), kind=Change.CORRECTION)
    withdraw([visit.public_id], by=cast.chief_editor, approved_by=cast.editor, reason="No trace.")
    page = page_at(reader, OVERVIEW)
    words = [element.text for element in page.with_class("bar-words")]
    assert words[-3:] == ["Withdrawal: 1", "New: 1, Correction: 1", "New: 4"]
    assert "/editions/2/" in page.links
    home = page_at(reader, "/")
    assert [element.text for element in home.with_class("bar-words")] == words[-3:]
    then = page_at(reader, f"{OVERVIEW}?edition=1")
    assert [element.text for element in then.with_class("bar-words")][-1:] == ["New: 4"]


def test_nothing_published_says_so(reader, db):
    assert "Nothing has been published yet" in page_at(reader, OVERVIEW).text


@pytest.mark.parametrize("rows", [1, 3])
def test_overview_costs_the_same_with_one_and_three(reader, publish, rows):
    publish(*(world.event(f"E {at}", date=f"199{at}", kind=kind(f"K {at}")) for at in range(rows)))
    with CaptureQueriesContext(connection) as captured:
        page_at(reader, OVERVIEW)
    assert len(captured) == 12
