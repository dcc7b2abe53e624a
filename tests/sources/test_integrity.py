"""What is looked for in the evidence of entries, and among sources."""

from datetime import date

import pytest

from desk.models import Finding
from sources.models import Stance
from sources.verification import verify_citations
from tests import world


def told(check: str) -> list[str]:
    return [finding.sentence for finding in Finding.objects.filter(check_name=check)]


@pytest.fixture
def report(db):
    return world.source("A report")


def test_entry_that_rests_on_one_source_until_another_supports_it(report):
    letter = world.source("A letter")
    event = world.event("A meeting", citations=[{"source": report}, {"source": report}])
    sentence = "Everything that supports A meeting (E1) was read in one source, A report (S1)."
    assert sentence in told("one-source")

    world.cite(event, source=letter, stance=Stance.MENTIONS, claims=["date"])
    world.change(event, summary="They met.")
    assert sentence in told("one-source")
    world.cite(event, source=letter, claims=["date"])
    world.change(event, summary="They met again.")
    assert sentence not in told("one-source")


def test_what_is_cited_second_hand_rests_on_where_it_was_read(report):
    letter = world.source("A letter")
    world.event(
        "A meeting", citations=[{"source": letter, "cited_via": report}, {"source": report}]
    )

    assert "Everything that supports A meeting (E1) was read in one source, A report (S1)." in (
        told("one-source")
    )


def test_one_passage_cited_twice_for_a_claim(report):
    words = {"source": report, "start": "they met", "end": "in July"}
    rows = [
        words | {"claims": ["entry", "date"]},
        words | {"claims": ["date"]},
        words | {"claims": ["kind"]},
        words | {"claims": ["date"], "start": "they all met"},
        words | {"claims": ["date"], "stance": Stance.DISPUTES},
    ]
    world.event("A meeting", citations=rows)

    assert told("passage-twice") == [
        "A meeting (E1) cites one passage of A report (S1) twice for date: in c1 and c2."
    ]


def test_sources_with_titles_alike(report):
    world.source("Report, a")

    assert told("sources-alike") == [
        (
            "A report (S1) and Report, a (S2) have names alike, and may be one: “A report” and "
            "“Report, a”."
        )
    ]


def test_passage_that_a_newer_text_no_longer_has(report, cast):
    world.hold_text(report, "In that year they met by the lake.")
    event = world.event("A meeting", citations=[{"source": report, "start": "they met"}])
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    verify_citations(on=date(2026, 1, 1))
    assert told("lost-passage") == []
    world.hold_text(report, "In that year they talked by the lake.")
    verify_citations(on=date(2026, 1, 2))
    assert told("lost-passage") == [
        "A meeting (E1): the words that c1 quotes are not to be found in the text of A report (S1)."
    ]

    citation = event.citations.get()
    citation.start = "they talked"
    citation.save()
    world.change(event, summary="They talked.")
    assert told("lost-passage") == []
