"""Public addresses as of an edition, or a day, that they ask for."""

from datetime import UTC, datetime
from types import SimpleNamespace
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.conditional import CACHE_CONTROL
from record.reading import Record
from tests import world
from tests.page_reading import Page, reason_of

pytestmark = pytest.mark.django_db
PUBLISHED_AT = ("2026-03-01T00:00:00+00:00", "2026-04-01T23:59:59+00:00")


def renamed_term(cast):
    """A term that was called otherwise in edition 1, and one that came with edition 2."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    first, second = map(datetime.fromisoformat, PUBLISHED_AT)
    clock = SimpleNamespace(now=lambda: first if Record.current().number == 0 else second)
    with mock.patch("desk.publishing.timezone", clock):
        term = world.term("Meeting", by=people["by"])
        world.publish_all(term, **people)
        world.change(
            term,
            by=people["by"],
            slug="talks",
            labels=[{"label": "Talks", "definition": "Two sides in one room."}],
        )
        world.publish_all(term, world.term("Visit", by=people["by"]), **people)
    return term


@pytest.fixture
def renamed(kept):
    return kept(renamed_term)


def titles(answer):
    return [term.text for term in Page(answer.content.decode()).all("dt")]


def test_list_is_of_the_edition_that_is_asked_for(renamed, reader):
    then, now = reader.get("/terms/?edition=1"), reader.get("/terms/")

    assert titles(then) == ["Meeting"]
    assert titles(now) == ["Talks", "Visit"]
    text = then.content.decode()
    assert "As it stood at" in text
    assert 'href="/terms/meeting/?edition=1"' in text
    assert '<input type="hidden" name="edition" value="1">' in text
    assert 'href="/terms/"' in text
    assert "As it stood at" not in now.content.decode()
    assert "?edition" not in now.content.decode()


def test_page_of_a_term_is_of_the_edition_and_leads_back_to_now(renamed, reader):
    page = reader.get("/terms/meeting/?edition=1")

    assert page.status_code == 200
    shown = Page(page.content.decode())
    assert [heading.text for heading in shown.all("h1")] == ["Meeting"]
    assert shown.link("This page as it is now") == "/terms/meeting/"
    _, crumb = (at for at, link in enumerate(shown.links) if link == "/?edition=1")
    assert shown.links[crumb + 1] == "/terms/?edition=1"
    by_id = reader.get(f"/terms/{renamed.public_id}/?edition=1")
    assert (by_id.status_code, by_id["Location"]) == (301, "/terms/meeting/?edition=1")
    # What the entry is called now leads to what it was called then.
    assert reader.get("/terms/talks/?edition=1")["Location"] == "/terms/meeting/?edition=1"
    assert reader.get("/terms/meeting/?edition=2")["Location"] == "/terms/talks/?edition=2"


NUMBERED = " They are numbered from 1 to 2, the newest."
WRONG = {
    **{
        f"edition={number}": f"“{number}” is the number of no edition.{NUMBERED}"
        for number in ("0", "3", "x", "-1", "1.0", "١")
    },
    "edition=1&edition=1": f"Give one edition.{NUMBERED}",
    "as_of=1997-07-01": "Nothing had been published by the end of 1 July 1997 (UTC).",
    "as_of=9999-12-31": "31 December 9999 is still to come.",
    "as_of=2026-02-30": "“2026-02-30” is no day; write one like 2026-03-31.",
    "as_of=2026-W10-1": "“2026-W10-1” is no day; write one like 2026-03-31.",
    "as_of=20260301": "“20260301” is no day; write one like 2026-03-31.",
    "as_of=2026-03-01&as_of=2026-03-01": "Give one day.",
    "as_of=2026-03-01&edition=1": "Give “edition” or “as_of”, not both.",
}


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize("address", ["/", "/terms/", "/terms/meeting/", "/feeds/", "/editions/"])
def test_page_of_what_is_no_edition_is_not_found_and_says_what_there_is(
    renamed, reader, address, query
):
    page = reader.get(f"{address}?{query}")

    assert page.status_code == 404
    assert reason_of(page) == WRONG[query]
    assert f'<a href="{address}">this page as it stands now</a>' in page.content.decode()
    assert "There is no such edition" in page.content.decode()


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize(
    "address", ["", "terms/", "terms/T1/", "entries/T1/versions/", "editions/"]
)
def test_api_refuses_what_is_no_edition_by_the_parameter_that_is_wrong(
    renamed, reader, address, query
):
    answer = reader.get(f"/api/v1/{address}?{query}")

    name = "as_of" if "as_of" in query else "edition"
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"parameter": name, "detail": WRONG[query]}]


def test_number_of_any_length_is_no_edition(renamed, reader):
    assert reader.get("/terms/", {"edition": "9" * 5000}).status_code == 404
    # An empty parameter is noise, which addresses to share do not have.
    assert reader.get("/terms/?edition=")["Location"] == "/terms/"


def test_nothing_published_is_said_where_an_edition_is_asked_for(reader, db):
    page = reader.get("/?edition=1")
    assert reason_of(page) == ("“1” is the number of no edition. Nothing has been published yet.")


@pytest.mark.parametrize(
    ("day", "edition"), [("2026-03-01", 1), ("2026-03-31", 1), ("2026-04-01", 2), ("", 2)]
)
@pytest.mark.parametrize(
    "address", ["/terms/", "/terms/meeting/", "/api/v1/terms/", "/feeds/terms/"]
)
def test_day_leads_to_its_last_edition(renamed, reader, address, day, edition):
    day = day or f"{datetime.now(UTC):%Y-%m-%d}"

    answer = reader.get(address, {"q": "talks", "as_of": day})

    assert answer.status_code == 302
    assert answer["Location"] == f"{address}?q=talks&edition={edition}"
    assert answer["Cache-Control"] == CACHE_CONTROL
    assert "ETag" not in answer


def test_script_and_robots_are_of_now(renamed, reader):
    for address in ("/verify/verify.py", "/robots.txt"):
        assert reader.get(f"{address}?edition=99").content == reader.get(address).content


def test_filters_and_answers_of_editions_are_not_mixed_up(renamed, reader):
    for _ in range(2):
        for address, titles in {
            "/terms/?vocabulary=event+kind&edition=1": ["Meeting"],
            "/terms/?vocabulary=event+kind": ["Talks", "Visit"],
            "/terms/?vocabulary=event+kind&edition=2": ["Talks", "Visit"],
        }.items():
            page = reader.get(address)
            assert page.status_code == 200
            for title in ("Meeting", "Talks", "Visit"):
                there = f">{title}</a></dt>" in page.content.decode()
                assert there is (title in titles), address
    assert reader.get("/terms/?edition=1")["ETag"] != reader.get("/terms/?edition=2")["ETag"]


def test_what_uses_a_term_then_stands_on_its_page(people, reader):
    event = world.event("First title", by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Second title")
    world.publish_only(event, **people)

    page = reader.get(f"/terms/{event.kind.slug}/?edition=1")

    assert "First title" in page.content.decode()
    assert "Second title" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_and_page_as_of_an_edition_cost_the_same_for_1_and_3(people, reader, number):
    actors = [world.actor(f"Actor {one}", by=people["by"]) for one in range(number)]
    place = world.place(by=people["by"])
    rows = [world.participant(actor, by=people["by"]) for actor in actors]
    events = [
        world.event(f"Event {one}", participants=rows, place=place, by=people["by"])
        for one in range(number)
    ]
    world.publish_all(*events, **people)
    world.change(events[0], by=people["by"], title="Called otherwise")
    world.publish_only(events[0], **people)

    costs = []
    for address in (
        "/events/",
        f"/events/{events[0].slug}/",
        f"/places/{place.slug}/",
        "/api/v1/events/",
    ):
        with CaptureQueriesContext(connection) as asked:
            said = reader.get(f"{address}?edition=1").content.decode()
        assert "Event 0" in said
        assert "Called otherwise" not in said
        costs.append(len(asked))

    assert costs == [9, 7, 6, 3]
