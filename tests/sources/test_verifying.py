"""What deserves a second look, for everybody, and how to check it all."""

from pathlib import Path

import pytest

from desk.redaction import Then, redact
from record.canonical import selector_digest
from record.models import Check
from record.reading import Record
from record.verify import __file__ as script
from sources.verifying import Numbers, numbers
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

WAIVER = {"claim": "date", "reason": "Known to all."}
SELECTOR = {"end": None, "prefix": None, "start": "In July the delegations met", "suffix": None}


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def waiving(title="Talks", *waivers):
    return world.event(title, citations=[{"claims": ["entry"]}], waivers=waivers or [WAIVER])


def check(entry, state="missing", *, selector=SELECTOR, citation="c1", day="2026-11-25"):
    return Check.objects.create(
        public_id=entry.public_id,
        citation=citation,
        selector=selector_digest(selector),
        text="0" * 64,
        state=state,
        checked_on=day,
    )


def looks(reader, address):
    return [element.text for element in page_at(reader, address).with_class("second-look")]


@pytest.mark.parametrize("address", ["", "waivers/", "single-source/", "checks/", "quotation/"])
def test_pages_of_the_empty_record_say_that_there_is_nothing(reader, address):
    page = page_at(reader, f"/verify/{address}")
    assert [heading.tag for heading in page.all("h1")] == ["h1"]
    assert len(page.with_class("nothing")) == (address != "quotation/")


def test_about_counts_what_there_is_to_check(reader, publish, cast):
    source = world.source()
    event, other = waiving(), waiving("Others", WAIVER)
    publish(event, other, source)
    world.change(event, editor_note="Mended.")
    edition = publish(event)
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator}
    edition = redact(
        event.public_id, editions=[1], then=Then.STANDING, reason="For safety.", **chiefs
    )
    record = Record.current()
    assert numbers(record) == Numbers(
        versions=sum(each.versions.count() for each in type(edition).objects.all()),
        redacted=1,
        waivers=2,
        single_source=2,
        failing=0,
    )
    page = page_at(reader, "/verify/")
    assert edition.checksum in page.text
    assert {
        "/verify/waivers/",
        "/verify/single-source/",
        "/verify/checks/",
        "/verify/quotation/",
        "/verify/verify.py",
        "/corrections/?change=redaction",
        f"/api/v1/editions/{edition.number}/",
    } <= set(page.links)


@pytest.mark.parametrize("number", [1, 3])
def test_about_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*[waiving(f"Talks {one}") for one in range(number)])
    with django_assert_num_queries(7):
        page_at(reader, "/verify/")
    with django_assert_num_queries(1):
        page_at(reader, "/verify/")


def test_script_is_given_as_it_is(reader):
    answer = reader.get("/verify/verify.py")
    assert answer.content == Path(script).read_bytes()
    assert answer["Content-Type"] == "text/x-python; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="verify.py"'


def test_waivers_are_told_with_reason_and_since_when(reader, publish):
    event = waiving()
    publish(event)
    world.change(event, editor_note="Mended.", waivers=[WAIVER | {"reason": "Plain."}])
    publish(event)
    again = waiving("Others")
    publish(again)
    world.change(again, waivers=[], citations=[{"claims": ["entry", "date"]}])
    publish(again)
    world.change(again, waivers=[WAIVER], citations=[{"claims": ["entry"]}])
    publish(again)
    assert looks(reader, "/verify/waivers/") == [
        f"Talks {event.public_id} Date Plain. Since edition 1",
        f"Others {again.public_id} Date Known to all. Since edition 5",
    ]
    assert looks(reader, "/verify/waivers/?edition=4") == [
        f"Talks {event.public_id} Date Plain. Since edition 1",
    ]
    page = page_at(reader, "/verify/waivers/?edition=1")
    assert "Known to all." in page.text
    assert page.with_class("as-of")
    assert reader.get("/verify/waivers/?edition=9").status_code == 404


def test_words_like_a_waiver_are_none(reader, publish):
    publish(world.event("Talks", editor_note='He wrote: "waivers":[{"claim": "date"}]'))
    assert looks(reader, "/verify/waivers/") == []


def test_waivers_are_gone_with_a_redaction(reader, publish, cast):
    event = waiving()
    publish(event)
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator}
    redact(event.public_id, editions=[1], then=Then.TOMBSTONE, reason="For safety.", **chiefs)
    assert looks(reader, "/verify/waivers/") == []
    assert looks(reader, "/verify/waivers/?edition=1") == []


@pytest.mark.parametrize("number", [1, 3])
def test_waivers_cost_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*[waiving(f"Talks {one}") for one in range(number)])
    with django_assert_num_queries(6):
        assert len(looks(reader, "/verify/waivers/")) == number


def test_claims_on_one_source_are_told_by_their_citations(reader, publish):
    first, second = world.source("A report"), world.source("A book")
    event = world.event(
        "Talks",
        citations=[
            {"source": first, "claims": ["entry", "date"]},
            {"source": second, "claims": ["date"]},
            {"source": first, "claims": ["title"], "stance": "mentions"},
        ],
    )
    both = world.event(
        "Others",
        citations=[{"source": one, "claims": ["entry", "date"]} for one in (first, second)],
    )
    publish(event, both)
    assert looks(reader, "/verify/single-source/") == [
        f"Talks {event.public_id} Citation 1: supports that it happened In A report"
    ]
    page = page_at(reader, "/verify/single-source/")
    (total,) = page.with_class("corrections-total")
    assert total.text == (
        "0 of 2 entries here cite one source alone; others are listed for claims that rest on one."
    )
    assert f"/events/{event.slug}/#entry" in page.links
    assert f"/events/{event.slug}/citations/c1/" in page.links
    assert looks(reader, "/verify/single-source/?type=actor") == []
    assert len(looks(reader, "/verify/single-source/?type=event&edition=1")) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_single_sources_cost_the_same_for_1_and_3(
    reader, publish, number, django_assert_num_queries
):
    publish(*[world.event(f"Talks {one}") for one in range(number)])
    with django_assert_num_queries(7):
        assert len(looks(reader, "/verify/single-source/")) == number
    with django_assert_num_queries(3):  # what is counted or named in an edition is kept
        assert len(looks(reader, "/verify/single-source/")) == number


def test_failing_checks_are_the_newest_of_what_is_cited_now(reader, publish):
    events = [
        world.event(title, citations=[{"start": SELECTOR["start"]}])
        for title in ("Missing", "Mended", "Twice", "Another")
    ]
    missing, mended, twice, another = events
    publish(*events)
    check(missing, "exact")
    check(missing, "missing", day="2026-11-24")
    check(mended, "missing")
    check(mended, "exact")
    check(twice, "ambiguous")
    check(another, selector=SELECTOR | {"start": "Other words that were cited once"})
    page = page_at(reader, "/verify/checks/")
    assert [element.text for element in page.with_class("second-look-title")] == [
        "Twice, citation 1: supports",
        "Missing, citation 1: supports",
    ]
    assert f"/events/{missing.slug}/citations/c1/" in page.links
    assert looks(reader, "/verify/checks/")[1] == (
        "Missing, citation 1: supports Passage not found in the source’s text, 24 November 2026 "
        f"Source A report on the talks Text looked through SHA-256 {'0' * 64} "
        "Speaks to that it happened, date"
    )
    world.change(twice, citations=[{"start": "Other words than before"}])
    publish(twice)
    assert [text.split(",")[0] for text in looks(reader, "/verify/checks/")] == ["Missing"]


@pytest.mark.parametrize("number", [1, 3])
def test_failing_checks_cost_the_same_for_1_and_3(
    reader, publish, number, django_assert_num_queries
):
    events = [
        world.event(f"Talks {one}", citations=[{"start": SELECTOR["start"]}])
        for one in range(number)
    ]
    publish(*events)
    for event in events:
        check(event)
    with django_assert_num_queries(8):
        assert len(looks(reader, "/verify/checks/")) == number


@pytest.mark.parametrize("name", ["waivers", "single-source", "checks"])
def test_lists_are_paged(reader, publish, name, monkeypatch):
    monkeypatch.setattr("sources.verifying_views.ENTRIES", 2)
    events = [
        world.event(
            f"Talks {one}",
            citations=[{"claims": ["entry"], "start": SELECTOR["start"]}],
            waivers=[WAIVER],
        )
        for one in range(3)
    ]
    publish(*events)
    for event in events:
        check(event)
    address = f"/verify/{name}/"
    first = page_at(reader, address)
    [following] = [element.get("href") for element in first.with_class("paging-next")]
    second = page_at(reader, address + following)
    shown = [element.text for page in (first, second) for element in page.with_class("second-look")]
    assert len(shown) == len(set(shown)) == 3
    assert len(second.with_class("second-look")) == 1
    assert "no page of the list" in page_at(reader, f"{address}?cursor=x").text
