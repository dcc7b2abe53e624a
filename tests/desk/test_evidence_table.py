"""The page that says what each claim of an entry rests on."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.evidence_table import evidence_table
from desk.history import attributed
from desk.standing import standing_of
from record.wording import Said
from sources.verification import verify_citations
from tests import world
from tests.pages import admin_url


@pytest.fixture
def report(db) -> Any:
    return world.source("A report")


def lines(entry: Any) -> dict[str, Any]:
    table = evidence_table(entry)
    assert table is not None
    return {line.claim: line for line in table.lines}


def test_each_claim_says_what_it_claims_and_whether_it_needs_evidence(report):
    envoy = world.actor("An envoy")
    event = world.event(
        "A meeting",
        participants=[world.participant(envoy)],
        citations=[{"source": report, "claims": ["entry", "p1.role"]}],
    )
    found = lines(event)

    assert [(line.claim, line.name, line.says, line.needs) for line in found.values()] == [
        ("entry", "the entry itself", Said("That it is, or happened."), True),
        ("title", "title", Said("A meeting"), False),
        ("kind", "kind", Said("Meeting (T2)"), False),
        ("date", "date", Said("July 1997 (1997-07)"), True),
        (
            *("p1", "participant p1 (An envoy)"),
            Said(members=[("actor", "An envoy (A1)"), ("role", "Delegate (T1)")]),
            True,
        ),
        ("p1.role", "participant p1 (An envoy): role", Said("Delegate (T1)"), False),
    ]
    assert {claim: line.missing for claim, line in found.items() if line.missing} == {
        "date": ["No citation supports date, and no waiver stands for it."],
        "p1": ["No citation supports participant p1 (An envoy), and no waiver stands for it."],
    }
    assert evidence_table(event).lacking == 2


def test_citation_says_where_and_what_its_newest_check_found(report, cast):
    text = world.hold_text(report, "In that year they met by the lake.")
    row = {"source": report, "section": "The lake", "blocks": [1]}
    event = world.event("A meeting", citations=[row | {"start": "they met", "end": "the lake"}])
    (cited,) = lines(event)["date"].cited
    digest = text.sha256[:12]
    assert (cited.key, cited.number, cited.source, cited.stance) == (
        ("c1", 0, "A report", "supports")
    )
    assert cited.locator == "section “The lake”, block 1"
    assert cited.quotes == "they met … the lake"
    assert (cited.state, cited.checked_on, cited.text) == ("exact", None, digest)

    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    newer = world.hold_text(report, "In that year they talked by the lake.")
    verify_citations(on=date(2026, 1, 2))
    (cited,) = lines(event)["date"].cited
    assert (cited.state, cited.checked_on) == ("missing", date(2026, 1, 2))
    assert cited.text == newer.sha256[:12]


def test_waiver_names_who_granted_it_and_why_though_others_saved_since(report, cast):
    event = world.event("A meeting", citations=[{"source": report, "claims": ["entry"]}])
    with attributed(by=cast.editor, reason="Agreed."):
        event.waivers.create(claim="date", reason="All agree on it.")
    world.change(event, summary="They met.", by=cast.contributor)
    waiver = lines(event)["date"].waiver

    assert (waiver.reason, waiver.by) == ("All agree on it.", "editor")
    assert lines(event)["date"].missing == []
    with attributed(by=cast.chief_editor, reason="Better."):
        row = event.waivers.get()
        row.reason = "Nobody doubts it."
        row.save()
    waiver = lines(event)["date"].waiver
    assert (waiver.reason, waiver.by) == ("Nobody doubts it.", "chief-editor")


def test_page_costs_the_same_for_one_citation_and_for_three(report, cast, client_of):
    client = client_of(cast.contributor)
    event = world.event("A meeting", citations=[])
    costs = []
    for _ in range(3):
        world.cite(event, source=report, start="they met")
        with attributed(by=cast.editor, reason="x"):
            event.waivers.get_or_create(claim="title", reason="All agree.")
        world.change(event, summary=f"They met {len(costs)} times.")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(admin_url(event, "evidence")).status_code == 200
        costs.append(len(queries))

    assert costs == [11, 11, 11]


def test_page_leads_to_the_row_of_each_citation_in_the_form(report, cast, client_of):
    client = client_of(cast.contributor)
    event = world.event("A meeting", citations=[{"source": report}, {"source": report}])
    page = client.get(admin_url(event, "evidence")).content.decode()
    form = client.get(admin_url(event, "change")).content.decode()

    for number in range(2):
        assert f'href="{admin_url(event, "change")}#citations-{number}"' in page
        assert f'id="citations-{number}"' in form
    assert admin_url(event, "evidence") in form
    assert "evidence/" not in client.get(admin_url(report, "change")).content.decode()


def test_what_an_entry_must_say_and_does_not_is_told_on_its_form(cast, client_of, db):
    actor = world.actor("Nameless", names=[], citations=[])

    assert "A1 has no names; no actor is published without." in standing_of(actor).lacking()
    page = client_of(cast.contributor).get(admin_url(actor, "change")).content.decode()
    assert "A1 has no names; no actor is published without." in page
