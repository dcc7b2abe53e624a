"""A new text of a source: every passage is looked up again, and what is lost waits."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.models import Finding
from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.models import Check
from sources.models import SelectorChange, SourceText
from sources.queue import mark_seen, waiting
from sources.rechecking import recheck
from sources.texts import store_text
from tests import world
from tests.pages import admin_url, form_of
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

FIRST = "They met by the lake.\n\nNobody spoke.\n\nThey left by train."
SECOND = "They met by the river.\n\nNobody spoke. Nobody spoke.\n\nThey left by train."


@pytest.fixture
def source(contributor):
    return world.source(by=contributor)


@pytest.fixture
def event(source, people):
    """Published, with three passages: the second text has lost one and doubled another."""
    load(source, FIRST)
    words = ["by the lake", "Nobody spoke", "left by train"]
    event = world.event(by=people["by"], citations=[{"source": source, "start": w} for w in words])
    world.publish_all(event, **people)
    return event


def load(source, text, by=None):
    return recheck(store_text(source, text, headings=[], by=by))


def queued(rows=None) -> list[tuple[str, str, str, bool]]:
    rows = waiting() if rows is None else rows
    return [(str(row), row.was, row.now, row.is_public) for row in rows.order_by("pk")]


def test_what_is_found_otherwise_waits_and_what_is_public_goes_to_the_log(event, source):
    before = Check.objects.count()

    found = load(source, SECOND)

    assert (found.checked, found.changed) == (3, 2)
    assert str(found) == (
        "3 passages looked up in it: 2 no longer found as before. They wait under “selectors to "
        "look at”."
    )
    assert queued() == [("E1/c1", "exact", "missing", True), ("E1/c2", "exact", "ambiguous", True)]
    newest = Check.objects.order_by("id")[before:]
    assert [(check.citation, check.state) for check in newest] == [
        ("c1", "missing"),
        ("c2", "ambiguous"),
        ("c3", "exact"),
    ]


def test_what_is_lost_is_listed_at_the_desk_until_a_text_has_it_again(event, source):
    def lost():
        found = Finding.objects.filter(check_name="lost-passage", accepted_at=None)
        return sorted(finding.sentence.partition(" quotes ")[0] for finding in found)

    load(source, SECOND)
    of = f"{event.title} ({event.public_id}): the words that"
    assert lost() == [f"{of} c1", f"{of} c2"]

    load(source, FIRST + "\n\nThe end.")
    assert lost() == []


def test_loading_it_once_more_changes_nothing(event, source):
    load(source, SECOND)
    again = load(source, SECOND + "\n\nThe end.")
    assert (again.checked, again.changed) == (3, 0)
    assert str(again) == "3 passages looked up in it: none is found otherwise than before."
    assert len(queued()) == 2


def test_what_is_found_again_is_done(event, source):
    load(source, SECOND)
    load(source, FIRST)
    assert queued() == []
    assert SelectorChange.objects.filter(settled_at__isnull=False).count() == 2


def test_working_copies_are_looked_at_and_leave_no_public_check(source, contributor):
    load(source, FIRST)
    world.event(by=contributor, citations=[{"source": source, "start": "by the lake"}])

    found = load(source, SECOND)

    assert (found.checked, found.changed) == (1, 1)
    assert queued() == [("E1/c1", "exact", "missing", False)]
    assert not Check.objects.exists()


def test_a_first_text_tells_what_is_not_in_it(source, contributor):
    world.event(by=contributor, citations=[{"source": source, "start": "by the sea"}])
    assert str(load(world.source("Another"), FIRST)) == (
        "No passage that is cited from it was there to look up."
    )
    load(source, FIRST)
    assert queued() == [("E1/c1", "unchecked", "missing", False)]


def test_mending_the_entry_takes_it_out(event, source, contributor):
    load(source, SECOND)
    words = [{"source": source, "start": w} for w in ("by the river", "Nobody spoke")]
    world.change(event, by=contributor, citations=words)
    # New rows have new keys; c1 and c2 are cited no more.
    assert queued() == []


def test_saving_without_mending_leaves_it(event, source, contributor):
    load(source, SECOND)
    world.change(event, by=contributor, title="Another title")
    assert len(queued()) == 2


def test_withdrawn_entries_are_not_looked_at(event, source, chief_editor, editor):
    withdraw([event.public_id], by=chief_editor, approved_by=editor, reason="No.")
    assert load(source, SECOND).checked == 0


def test_somebody_says_why_it_stays_and_a_later_change_asks_again(event, source, cast):
    load(source, SECOND)
    first = waiting().order_by("pk").first()
    assert refusal(lambda: mark_seen(first, by=cast.contributor, reason="x")) == [
        "contributor may not do this: it is for editors."
    ]
    assert refusal(lambda: mark_seen(first, by=cast.editor, reason=" ")) == [
        "Say why it can stay as it is."
    ]
    mark_seen(first, by=cast.editor, reason="The page was edited.")
    assert refusal(lambda: mark_seen(first, by=cast.editor, reason="x")) == [
        "Somebody has mended it or marked it as seen meanwhile."
    ]
    assert queued() == [("E1/c2", "exact", "ambiguous", True)]
    load(source, SECOND + "\n\nThey met by the lake. They met by the lake.")
    assert queued() == [
        ("E1/c1", "missing", "ambiguous", True),
        ("E1/c2", "exact", "ambiguous", True),
    ]


def test_what_was_said_of_it_goes_with_a_redaction(event, source, cast):
    load(source, SECOND)
    mark_seen(waiting().order_by("pk").first(), by=cast.editor, reason="Names somebody.")
    world.change(
        event, by=cast.contributor, citations=[{"source": source, "start": "left by train"}]
    )
    redact(
        event.public_id,
        editions=[1],
        then=Then.WORKING,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="Law.",
    )
    assert {row.seen_reason for row in SelectorChange.objects.all()} == {""}


def test_loading_costs_the_same_for_one_entry_and_for_three(source, people):
    costs = []
    for number in range(2):
        load(source, f"{FIRST} {number}")
        for _ in range(number + 1):
            entry = world.event(
                by=people["by"], citations=[{"source": source, "start": "by the lake"}]
            )
            world.publish_all(entry, **people)
        text = store_text(source, f"{SECOND} {number}", headings=[], by=None)
        with CaptureQueriesContext(connection) as queries:
            recheck(text)
        costs.append(len(queries))
    assert costs == [RECHECK_QUERIES] * 2


RECHECK_QUERIES = 30


# At the desk -----------------------------------------------------------------------------------


LIST = reverse("admin:sources_selectorchange_changelist")


def test_list_and_page_of_the_queue_lead_from_one_to_the_next(event, source, cast, client_of):
    load(source, SECOND)
    client = client_of(cast.editor)
    first, second = waiting().order_by("pk")
    listed = client.get(LIST).content.decode()
    assert "E1/c1" in listed
    page = client.get(admin_url(first, "change")).content.decode()
    assert f"{admin_url(event, 'change')}#citations-0" in page
    assert "Next: E1/c2" in page
    assert "by the lake" in page

    empty = client.post(admin_url(first, "change"), {"reason": ""})
    assert "This field is required." in empty.content.decode()
    answer = client.post(admin_url(first, "change"), {"reason": "The page was edited."})

    assert answer["Location"] == admin_url(second, "change")
    assert queued() == [("E1/c2", "exact", "ambiguous", True)]
    seen = client.get(f"{LIST}?standing=seen").content.decode()
    assert ("E1/c1" in seen, "E1/c2" in seen) == (True, False)
    assert client_of(cast.contributor).post(admin_url(second, "change"), {}).status_code == 403


def test_list_costs_the_same_for_1_and_3(source, contributor, cast, client_of):
    load(source, FIRST)
    client, costs, pages = client_of(cast.editor), [], []
    for number in (1, 2):
        for _ in range(number):
            world.event(by=contributor, citations=[{"source": source, "start": "by the lake"}])
        load(source, f"{SECOND} {number}")
        load(source, f"{FIRST} {number}")
        load(source, f"{SECOND} {number} once more")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        costs.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(admin_url(waiting().first(), "change")).status_code == 200
        pages.append(len(queries))
    assert (costs, pages) == ([LIST_QUERIES] * 2, [PAGE_QUERIES] * 2)


LIST_QUERIES, PAGE_QUERIES = 7, 12


def test_page_of_the_text_tells_after_loading(event, source, cast, client_of):
    client = client_of(cast.editor)
    address = reverse("admin:sources_sourcetext_add")
    shown = client.post(address, {"source": source.public_id, "marked": SECOND})
    fields = form_of(shown, form_id="correct-text") | {"_keep": ["1"]}
    answer = client.post(address, fields, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "3 passages looked up in it: 2 no longer found as before." in page
    assert "2 citations of this source no longer found as before" in page
    assert SourceText.objects.count() == 2


def test_command_tells_how_many_were_looked_up(event, source, tmp_path, capsys):
    file = tmp_path / "second.txt"
    file.write_text(SECOND, encoding="utf-8")
    call_command("load_source_text", source.public_id, str(file))
    out = capsys.readouterr()
    assert "3 passages looked up in it: 2 no longer found as before." in out.out
    assert "looking passages up: 3 of 3" in out.err
