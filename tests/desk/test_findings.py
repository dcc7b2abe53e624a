"""What the integrity checks found, kept beside the entries: found, forgotten, accepted."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.dates import PartialDate
from desk.findings import (
    ON_A_FORM,
    accept_finding,
    find_everything,
    findings_of,
    refresh_findings,
    reopen_finding,
)
from desk.integrity import integrity_check, integrity_checks
from desk.models import Finding, FindingEntry
from desk.publishing import withdraw
from desk.refusals import Refused
from tests import world
from tests.pages import admin_url


@pytest.fixture
def whole(db) -> Any:
    return world.event("A conference", date="1997-07")


@pytest.fixture
def part(whole) -> Any:
    """Outside the dates of the whole."""
    return world.event("Its opening", date="1996", part_of=whole)


def told(check: str = "part-outside-whole") -> list[str]:
    found = Finding.objects.filter(check_name=check, accepted_at=None)
    return [finding.sentence for finding in found]


OUTSIDE = (
    "Its opening (E2) is of 1996, but A conference (E1), of which it is part, is of July 1997."
)


def test_finding_is_kept_by_the_save_and_stands_on_the_forms_of_both(whole, part):
    assert told() == [OUTSIDE]
    for entry in (whole, part):
        assert OUTSIDE in [finding.sentence for finding in findings_of(entry.public_id)]


def test_form_of_an_entry_that_many_findings_name_shows_some_of_them(whole):
    parts = [world.event(f"Day {n}", date="1996", part_of=whole) for n in range(ON_A_FORM + 2)]
    Finding.objects.exclude(check_name="part-outside-whole").delete()

    shown = findings_of(whole.public_id)

    assert [len(shown), {finding.total for finding in shown}] == [ON_A_FORM, {ON_A_FORM + 2}]
    last = [finding.total for finding in findings_of(parts[-1].public_id)]
    assert last == [1]


def test_form_tells_first_what_is_mended_there(whole, part):
    outer = world.event("A season", date="1995")
    world.change(whole, part_of=outer)
    Finding.objects.exclude(check_name="part-outside-whole").delete()

    assert [finding.public_id for finding in findings_of(whole.public_id)] == ["E1", "E2"]
    assert [finding.public_id for finding in findings_of(part.public_id)] == ["E2"]


@pytest.mark.parametrize("mended", ["whole", "part"])
def test_finding_goes_with_the_save_that_mends_it_on_either_side(mended, whole, part):
    world.change({"whole": whole, "part": part}[mended], date=PartialDate("1996/1997"))

    assert told() == []
    assert not FindingEntry.objects.filter(finding__check_name="part-outside-whole").exists()


def test_finding_takes_the_new_name_of_an_entry_and_stays_accepted(whole, part, editor):
    finding = Finding.objects.get(check_name="part-outside-whole")
    accept_finding(finding, by=editor, reason="Opened early.")
    world.change(whole, title="The conference")
    finding.refresh_from_db()

    assert finding.sentence == OUTSIDE.replace("A conf", "The conf")
    assert (finding.accepted_by, finding.accepted_reason) == (editor, "Opened early.")


def test_acceptance_falls_when_the_facts_change(whole, part, editor):
    accept_finding(
        Finding.objects.get(check_name="part-outside-whole"), by=editor, reason="Opened early."
    )
    assert told() == []
    world.change(part, date=PartialDate("1995"))

    assert told() == [OUTSIDE.replace("1996", "1995")]


def test_looking_over_everything_finds_the_same_and_keeps_what_was_accepted(whole, part, editor):
    kept = set(Finding.objects.values_list("facts", flat=True))
    accept_finding(Finding.objects.get(check_name="part-outside-whole"), by=editor, reason="So.")
    Finding.objects.filter(check_name="one-source").delete()
    for check in integrity_checks():
        find_everything(check)

    assert set(Finding.objects.values_list("facts", flat=True)) == kept
    assert told() == []


def test_accepting_needs_the_role_a_reason_and_that_nobody_was_first(
    whole, part, editor, contributor
):
    finding = Finding.objects.get(check_name="part-outside-whole")
    with pytest.raises(Refused, match="it is for editors"):
        accept_finding(finding, by=contributor, reason="So.")
    with pytest.raises(Refused, match="Say why"):
        accept_finding(finding, by=editor, reason=" \n")
    accept_finding(finding, by=editor, reason="So.")
    with pytest.raises(Refused, match="already"):
        accept_finding(finding, by=editor, reason="Me too.")
    with pytest.raises(Refused, match="it is for editors"):
        reopen_finding(finding, by=contributor)
    reopen_finding(finding, by=editor)

    assert told() == [OUTSIDE]


def test_what_is_deleted_or_withdrawn_is_wrong_no_more(whole, part, cast):
    part.delete()
    assert told() == []

    other = world.event("Another opening", date="1996", part_of=whole)
    assert len(told()) == 1
    world.publish_all(other, by=cast.contributor, approved_by=cast.editor)
    withdraw([other.public_id], by=cast.chief_editor, reason="?", approved_by=cast.editor)
    assert told() == []
    find_everything(integrity_check("part-outside-whole"))
    assert told() == []


def test_refreshing_costs_the_same_for_one_finding_and_for_three(whole, part):
    costs = []
    for number in range(3):
        if number:
            world.event(f"Opening {number}", date="1996", part_of=whole)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            refresh_findings([whole.public_id])
        costs.append(len(queries))

    assert costs == [15, 15, 15]


def printed() -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("check_chronicle", stdout=out, stderr=StringIO())
    except SystemExit as ended:
        return ended.code, out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_command_prints_a_line_for_each_finding_and_says_so_by_its_status(whole, part, editor):
    Finding.objects.all().delete()
    status, lines = printed()

    assert status == 1
    assert "\t".join(["E2", "Its opening", OUTSIDE, admin_url(part, "change")]) in lines
    for finding in Finding.objects.all():
        accept_finding(finding, by=editor, reason="So.")
    assert printed() == (0, [])


def test_command_ends_with_another_status_where_a_check_breaks(whole, part, monkeypatch):
    monkeypatch.setattr(type(integrity_check("events-alike")), "find", lambda *_: 1 / 0)
    status, lines = printed()

    assert status == 2
    assert any(line.startswith("E2\t") for line in lines)
