"""Entries in time for programs that ask by date (RFC 7089)."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
DAYS = {1: "Sun, 01 Mar 2026 00:00:00 GMT", 2: "Mon, 02 Mar 2026 00:00:00 GMT",
        3: "Tue, 03 Mar 2026 00:00:00 GMT"}  # fmt: skip
THEN = f'<{SITE}/places/lakeside/?edition=1>; rel="first memento"; datetime="{DAYS[1]}"'
LAST = f'<{SITE}/places/the-lake/?edition=3>; rel="last memento"; datetime="{DAYS[3]}"'
ORIGINAL = f'<{SITE}/places/the-lake/>; rel="original timegate"'
SELF = f'<{SITE}/entries/L1/timemap/>; rel="self"; type="application/link-format"'
TIME_MAP = f'<{SITE}/entries/L1/timemap/>; rel="timemap"; type="application/link-format"'


@pytest.fixture
def renamed(people, monkeypatch):
    """A place of edition 1 that edition 3 calls otherwise; edition 2 is of something else."""
    clock = SimpleNamespace(
        now=lambda: datetime.fromisoformat(f"2026-03-0{Record.current().number + 1}T00:00:00+00:00")
    )
    monkeypatch.setattr("desk.publishing.timezone", clock)
    place = world.place(by=people["by"])
    world.publish_all(place, **people)
    world.publish_all(world.source("Another", by=people["by"]), **people)
    world.change(place, by=people["by"], slug="the-lake")
    world.publish_only(place, **people)
    return place


def test_page_of_now_is_its_own_gate(renamed, reader):
    page = reader.get("/places/the-lake/")

    assert page.status_code == 200
    assert page["Link"] == f"{ORIGINAL}, {TIME_MAP}"
    assert "Memento-Datetime" not in page
    assert {"Accept-Datetime", "Accept"} <= {*page["Vary"].split(", ")}
    again = reader.get("/places/the-lake/", headers={"If-None-Match": page["ETag"]})
    assert (again.status_code, again["Vary"]) == (304, "Accept, Accept-Datetime")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    {
        "Thu, 31 May 2007 20:35:00 GMT": "/places/lakeside/?edition=1",
        DAYS[1]: "/places/lakeside/?edition=1",
        "Mon, 02 Mar 2026 23:59:59 GMT": "/places/lakeside/?edition=1",
        DAYS[3]: "/places/the-lake/?edition=3",
        "Tue, 01 Jan 2999 00:00:00 GMT": "/places/the-lake/?edition=3",
    }.items(),
)
def test_date_leads_to_the_version_of_then(renamed, reader, settings, asked, leads_to):
    settings.KEPT_ANSWERS_BYTES = 1_000_000
    reader.get("/places/the-lake/")  # which is kept, and not for this
    answer = reader.get("/places/the-lake/", headers={"Accept-Datetime": asked})

    assert (answer.status_code, answer["Location"]) == (302, SITE + leads_to)
    assert answer["Vary"] == "Accept-Datetime"
    assert answer["Link"] == ", ".join([ORIGINAL, TIME_MAP, THEN, LAST])
    assert reader.get(leads_to).status_code == 200


@pytest.mark.parametrize("wrong", ["yesterday", "2026-03-01", "0", "Thu, 99 May 2007 20:35:00 GMT"])
def test_what_is_no_date_is_refused(renamed, reader, wrong):
    answer = reader.get("/places/the-lake/", headers={"Accept-Datetime": wrong})

    assert answer.status_code == 400
    assert answer.content.decode() == (
        f"“{wrong}” is no date. Accept-Datetime takes one like “Thu, 31 May 2007 20:35:00 GMT”.\n"
    )


def test_page_as_of_an_edition_is_a_memento(renamed, reader):
    for edition in (1, 2):
        page = reader.get(
            f"/places/lakeside/?edition={edition}", headers={"Accept-Datetime": DAYS[3]}
        )

        assert page.status_code == 200
        assert page["Memento-Datetime"] == DAYS[edition]
        assert page["Link"] == ", ".join([ORIGINAL, TIME_MAP, THEN, LAST])


def test_time_map_has_every_version_that_can_be_read(renamed, reader):
    answer = reader.get("/entries/L1/timemap/")

    assert answer["Content-Type"] == "application/link-format"
    span = f'from="{DAYS[1]}"; until="{DAYS[3]}"'
    assert answer.content.decode().splitlines() == [
        f"{ORIGINAL},",
        f"{SELF}; {span},",
        f"{THEN},",
        LAST,
    ]
    then = reader.get("/entries/L1/timemap/?edition=2").content.decode()
    assert "the-lake" not in then
    assert 'rel="first last memento"' in then
    for unknown in ("L9", "lakeside", "X1"):
        assert reader.get(f"/entries/{unknown}/timemap/").status_code == 404


def test_what_is_gone_is_no_memento(renamed, reader, people):
    old = reader.get("/places/lakeside/", headers={"Accept-Datetime": DAYS[1]})
    assert (old.status_code, old["Location"]) == (301, "/places/the-lake/")
    assert reader.get("/places/none/", headers={"Accept-Datetime": DAYS[1]}).status_code == 404


def test_queries_of_a_memento_do_not_grow_with_its_versions(renamed, reader, people):
    numbers = []
    for slug in ("by-the-lake", "near-the-lake"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader.get("/places/lakeside/?edition=1")
        numbers.append(len(asked))
        world.change(renamed, by=people["by"], slug=slug)
        world.publish_only(renamed, **people)
    assert numbers[0] == numbers[1]
