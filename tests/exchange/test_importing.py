"""What a file makes of the desk, and what stands against it, row by row and column by column."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.models import Revision, SubmissionState, WorkingCopy
from desk.refusals import Refused
from exchange.exporting import export
from exchange.importing import carry_out, try_out
from exchange.planning import plan
from exchange.problems import Faulty, Problem
from tests import world
from tests.conftest import Cast
from tests.exchange.files import imported, planned, problems, read
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

NEW_EVENT = {
    "events": [
        ["id", "title", "kind", "date", "date_as_given", "place"],
        ["new-1", "Talks by the lake", "Meeting", "1997-07~", "in July", "Lakeside"],
    ],
    "event.participants": [
        ["entry", "key", "actor", "role"],
        ["new-1", "envoy", "The Republic", "delegate"],
    ],
    "event.citations": [
        ["entry", "source", "claims", "blocks", "start", "end"],
        ["new-1", "A report on the talks", "entry, date, place", "3", "In July", "the lake"],
        ["new-1", "a-report-on-the-talks", "envoy", "4", "", ""],
    ],
}


@pytest.fixture
def desk(cast: Cast) -> None:
    by = cast.contributor
    world.source(by=by)
    world.place(by=by)
    world.actor(by=by)
    world.term("Meeting", by=by)
    world.term("Delegate", vocabulary=Vocabulary.ROLE, by=by)


def test_an_event_comes_in_with_its_parts_and_citations_as_a_draft(desk: None, cast: Cast):
    submission = imported(NEW_EVENT, by=cast.contributor)

    event = world.Event.objects.get()
    document = world.document(event)
    assert (submission.state, submission.created_by) == (SubmissionState.DRAFT, cast.contributor)
    assert [item.public_id for item in submission.items.all()] == [event.public_id]
    assert (document["slug"], document["date"]["edtf"]) == ("talks-by-the-lake", "1997-07~")
    assert document["participants"] == [
        {"key": "p1", "actor": "A1", "role": "T2", "tenure": None},
    ]
    assert [(row["key"], row["claims"]) for row in document["citations"]] == [
        ("c1", ["entry", "date", "place"]),
        ("c2", ["p1"]),
    ]
    assert document["citations"][0]["selector"] == {
        "start": "In July",
        "end": "the lake",
        "prefix": None,
        "suffix": None,
    }
    history = event.history.get()
    assert (history.history_user, history.history_change_reason) == (
        cast.contributor,
        "From a spreadsheet.",
    )
    revision = Revision.objects.get(public_id=event.public_id)
    assert (revision.saved_by, revision.reason) == (cast.contributor, "From a spreadsheet.")


def test_claims_left_empty_are_all_that_need_evidence(desk: None, cast: Cast):
    imported(
        NEW_EVENT | {"event.citations": [["entry", "source"], ["new-1", "A report on the talks"]]},
        by=cast.contributor,
    )

    [citation] = world.document(world.Event.objects.get())["citations"]
    assert citation["claims"] == ["entry", "date", "place", "p1"]


def test_what_is_left_out_stays_as_it_is(full, cast: Cast):
    before = world.document(full.event)
    kept, second = before["participants"]

    imported(
        {
            "events": [["id", "title"], [before["id"], "Another title"]],
            "event.participants": [
                ["entry", "key", "role"],
                [before["id"], second["key"], "Delegate"],
            ],
            "event.quantities": [["entry", "what", "best"], [full.event.slug, "=chairs", "-2.50"]],
        },
        by=cast.contributor,
    )

    after = world.document(full.event)
    added = after["quantities"].pop()
    assert after == before | {"title": "Another title", "participants": [kept, second]}
    assert (added["key"], added["what"], added["best"]) == ("p5", "=chairs", "-2.5")


def test_new_entries_name_one_another_in_any_order(desk: None, cast: Cast):
    submission = imported(
        {
            "actors": [["id", "kind"], ["new-1", "person"], ["new-2", "organisation"]],
            "actor.names": [["entry", "text"], ["new-1", "An envoy"], ["new-2", "The body"]],
            "actor.offices": [["entry", "key", "title"], ["new-2", "p7", "Chair"]],
            "actor.tenures": [["entry", "office"], ["new-1", "the-body/p7"]],
            "actor.relations": [["entry", "kind", "to"], ["new-2", "Member", "An envoy"]],
            "terms": [["id", "vocabulary"], ["t", Vocabulary.RELATION]],
            "term.labels": [["entry", "label"], ["t", "Member"]],
        },
        by=cast.administrator,
    )

    body = world.Actor.objects.get(slug="the-body")
    envoy = world.document(world.Actor.objects.get(slug="an-envoy"))
    assert submission.items.count() == 3
    assert [row["office"] for row in envoy["tenures"]] == [f"{body.public_id}/p7"]
    assert [row["to"] for row in world.document(body)["relations"]] == [envoy["id"]]


def test_an_actor_comes_in_with_a_tenure_in_an_office_of_its_own(desk: None, cast: Cast):
    imported(
        {
            "actors": [["id", "kind"], ["new-1", "organisation"]],
            "actor.names": [["entry", "text"], ["new-1", "The body"]],
            "actor.offices": [["entry", "key", "title"], ["new-1", "p7", "Chair"]],
            "actor.tenures": [["entry", "key", "office"], ["new-1", "p8", "the-body/p7"]],
            "actor.citations": [
                ["entry", "source", "claims"],
                ["new-1", "A report on the talks", "p8"],
            ],
        },
        by=cast.contributor,
    )
    document = world.document(world.Actor.objects.get(slug="the-body"))
    assert [row["office"] for row in document["tenures"]] == [f"{document['id']}/p7"]
    assert [row["claims"] for row in document["citations"]] == [["p8"]]


def test_problems_stand_at_their_row_and_column_and_say_what_is_expected(desk: None):
    found = problems(
        {
            "events": [
                ["id", "title", "kind", "date", "plase"],
                ["", "", "Meting", "1997-13", "x"],
                ["E77", "Talks", "Meeting", "35000", ""],
            ],
            "event.participants": [
                ["entry", "actor", "role"],
                ["new-9", "The Republic", "Delegate"],
                ["", "The Republic", "Delegate"],
            ],
            "evens": [["id"]],
        }
    )

    assert [(each.table, each.row, each.column) for each in found] == [
        ("evens", 0, ""),
        ("events", 1, ""),
        ("events", 2, "title"),
        ("events", 2, "kind"),
        ("events", 2, "date"),
        ("events", 3, "id"),
        ("event.participants", 2, "entry"),
        ("event.participants", 3, "entry"),
    ]
    said = [each.message for each in found]
    assert said[:4] == [
        "There is no table “evens”. Did you mean “events”?",
        "This table has no column “plase”. Did you mean “place”?",
        "This cannot be empty: it takes text.",
        "There is none of the terms called “Meting”. Did you mean “Meeting”?",
    ]
    assert said[5] == (
        "E77 is not at the desk. A new entry has no id, or a name like new-1. If the file comes "
        "from another desk, say so when you import it."
    )
    assert said[6:] == [
        "There is none of the events called “new-9”.",
        "Say whose row this is: the id or the slug of an entry.",
    ]


def test_a_spreadsheets_number_for_a_day_is_told_apart(desk: None):
    [found] = problems(
        {"events": [["title", "kind", "date"], ["Talks", "Meeting", "35612"]]},
    )

    assert found.message.endswith(
        " It may be a spreadsheet's number for 1997-07-01: write that, as text."
    )


def test_a_name_of_several_is_not_guessed(desk: None, cast: Cast):
    world.actor("The Republic", slug="another-republic", by=cast.contributor)

    [found] = problems(NEW_EVENT)

    assert (found.table, found.row, found.column) == ("event.participants", 2, "actor")
    assert found.message == (
        "“The Republic” is the name of several actors: another-republic, the-republic. "
        "Give one of these."
    )


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        (
            {"event.quantities": [["entry", "what", "low", "high"], ["new-1", "flags", "3", "2"]]},
            Problem("Low, best and high have to be in ascending order.", "event.quantities", 2, ""),
        ),
        (
            {
                "event.citations": [
                    ["entry", "source", "accessed_on"],
                    ["new-1", "A report on the talks", "2024-01-01"],
                    ["new-1", "A report on the talks", "2199-01-01"],
                ]
            },
            Problem("2199-01-01 has not come yet.", "event.citations", 3, "accessed_on"),
        ),
        (
            {
                "event.quantities": [
                    ["entry", "what", "best"],
                    ["new-1", "flags", "12345678901234567890123456789.5"],
                ]
            },
            Problem(
                "Ensure that there are no more than 18 digits in total.",
                "event.quantities",
                2,
                "best",
            ),
        ),
        (
            {"event.participants": [["entry", "actor", "role"], ["new-1", "A1", "meeting"]]},
            Problem("T1 is not one of the choices.", "event.participants", 2, "role"),
        ),
    ],
)
def test_what_only_saving_finds_stands_at_its_row_too(
    desk: None, cast: Cast, tables: Any, problem: Problem
):
    with pytest.raises(Faulty) as faulty:
        try_out(planned(NEW_EVENT | {"event.citations": [["entry"]]} | tables), by=cast.contributor)

    assert faulty.value.problems == [problem]
    assert world.Event.objects.count() == 0


def test_nothing_is_written_where_anything_is_wrong(desk: None, cast: Cast):
    tables = NEW_EVENT | {
        "events": [*NEW_EVENT["events"], ["new-2", "More talks", "Delegate", "1998", "", ""]]
    }
    tables["events"][-1][2] = "delegate"

    with pytest.raises(Faulty) as faulty:
        imported(tables, by=cast.contributor)

    assert [(each.table, each.row, each.column) for each in faulty.value.problems] == [
        ("events", 3, "kind")
    ]
    assert world.Event.objects.count() == 0


def test_who_may_not_change_terms_imports_none(desk: None, cast: Cast):
    tables = {"terms": [["vocabulary"], ["role"]], "term.labels": [["entry"]]}

    with pytest.raises(Faulty) as faulty:
        imported(tables, by=cast.contributor)

    assert [each.message for each in faulty.value.problems] == ["You may not add terms."]


def test_waivers_are_for_those_who_may_grant_them(desk: None, cast: Cast):
    tables = NEW_EVENT | {"event.waivers": [["entry", "claim", "reason"], ["new-1", "date", "So."]]}

    with pytest.raises(Faulty) as faulty:
        imported(tables, by=cast.contributor)
    submission = imported(tables, by=cast.editor)

    assert [str(each) for each in faulty.value.problems] == [
        str(Problem("Only an editor grants waivers.", "event.waivers", 2))
    ]
    assert submission.items.count() == 1


def test_an_entry_that_was_changed_meanwhile_is_not_written_over(full, cast: Cast):
    tables = export([full.event.public_id])
    title = tables["events"][0].index("title")
    tables["events"][1][title] = "Another title"
    found = planned(tables)
    world.change(full.event, by=cast.editor, title="Somebody else's")

    with pytest.raises(Refused):
        carry_out(found, by=cast.contributor, reason="From a spreadsheet.")

    assert planned(tables).digest != found.digest
    full.event.refresh_from_db()
    assert full.event.title == "Somebody else's"


def test_an_entry_in_another_submission_is_refused_whole(full, cast: Cast):
    world.change(full.event, by=cast.editor, title="Somebody else's")
    other = world.submitted(full.event, by=cast.editor)

    with pytest.raises(Refused) as refused:
        imported({"events": [["id", "title"], [full.event.public_id, "Mine"]]}, by=cast.contributor)

    assert refused.value.messages == [
        f"{full.event.public_id} is already in submission {other.pk}."
    ]
    full.event.refresh_from_db()
    assert full.event.title == "Somebody else's"


def test_planning_asks_as_many_queries_for_three_entries_as_for_one(
    full, cast: Cast, django_assert_num_queries
):
    ids = [world.event(f"Other {number}", by=cast.contributor).public_id for number in range(3)]
    one, three = export(ids[:1]), export(ids)
    for tables in (one, three):
        sheets = read(tables)
        with django_assert_num_queries(10):
            plan(sheets)


def test_a_retired_term_is_refused_where_a_row_names_it_anew(desk: None, cast: Cast):
    role = world.Term.objects.get(slug="delegate")
    world.change(role, by=cast.chief_editor, retired=True)

    with pytest.raises(Faulty) as faulty:
        try_out(planned(NEW_EVENT), by=cast.contributor)

    assert faulty.value.problems == [
        Problem(
            f"Delegate ({role.public_id}) is retired: it is kept for the entries that have it, "
            "and not for others. Choose another.",
            "event.participants",
            2,
            "role",
        )
    ]


def test_an_entry_that_uses_a_retired_term_may_keep_it(full, cast: Cast):
    kind = full.event.kind
    world.change(kind, by=cast.chief_editor, retired=True)
    row = [full.event.public_id, "Another title", kind.slug]

    imported({"events": [["id", "title", "kind"], row]}, by=cast.contributor)

    full.event.refresh_from_db()
    assert full.event.title == "Another title"


def test_retired_terms_are_not_offered_for_a_name_with_a_slip(desk: None, cast: Cast):
    world.change(world.Term.objects.get(slug="meeting"), by=cast.chief_editor, retired=True)

    [found] = problems({"events": [["title", "kind"], ["Talks", "Meting"]]})

    assert found.message == "There is none of the terms called “Meting”."


def test_a_file_sets_an_entry_back_to_what_is_published(full, cast: Cast):
    published = export([full.event.public_id])
    before = world.document(full.event)
    world.change(full.event, by=cast.editor, title="Half a thought")
    found = planned(published)
    assert [each.public_id for each in found.changed] == [full.event.public_id]

    assert carry_out(found, by=cast.contributor, reason="Back.") is None

    copy = WorkingCopy.objects.get(public_id=full.event.public_id)
    assert (world.document(full.event), copy.changed) == (before, False)


def test_what_is_set_back_stands_in_no_submission_beside_what_differs(full, cast: Cast):
    back = export([full.event.public_id])
    world.change(full.event, by=cast.editor, title="Half a thought")
    rows = {"places": [["id", "editor_note"], [full.place.public_id, "A note."]]}

    submission = imported(back | rows, by=cast.contributor)

    assert [item.public_id for item in submission.items.all()] == [full.place.public_id]


def test_ids_and_names_of_its_own_mean_the_same_in_every_column_of_a_file(desk: None):
    found = problems(
        {
            "actors": [["id", "kind"], ["E1", "person"], ["A77", "person"]],
            "events": [["id", "title", "kind"], ["new-1", "Talks", "Meeting"]],
            "event.participants": [["entry", "actor", "role"], ["new-1", "A77", "delegate"]],
        }
    )

    unknown = (
        "A77 is not at the desk. A new entry has no id, or a name like new-1. If the file comes "
        "from another desk, say so when you import it."
    )
    assert found == [
        Problem("E1 is not an id of this table; those start with A.", "actors", 2, "id"),
        Problem(unknown, "actors", 3, "id"),
        Problem(unknown, "event.participants", 2, "actor"),
    ]


def test_two_tables_can_call_their_new_rows_alike(desk: None, cast: Cast):
    tables = NEW_EVENT | {
        "actors": [["id", "kind"], ["new-1", "person"]],
        "actor.names": [["entry", "text"], ["new-1", "An envoy"]],
    }
    tables["event.participants"] = [["entry", "key", "actor", "role"]]
    tables["event.participants"] += [["new-1", "envoy", "new-1", "delegate"]]

    imported(tables, by=cast.contributor)

    [row] = world.document(world.Event.objects.get())["participants"]
    assert row["actor"] == world.Actor.objects.get(slug="an-envoy").public_id


def test_what_an_import_reads_is_read_together(full, cast: Cast):
    """An entry more costs what writing it takes, with its history."""
    events = [world.event(f"Other {number}", by=cast.contributor) for number in range(4)]

    def asked(some: list[Any]) -> int:
        rows = [[event.public_id, f"{event.title} anew"] for event in some]
        found = planned({"events": [["id", "title"], *rows]})
        with CaptureQueriesContext(connection) as queries:
            try_out(found, by=cast.contributor)
        return len(queries)

    asked(events[:1])  # what a process asks once
    two, four = (asked(events[:number]) for number in (2, 4))

    assert four - two == 2 * 18
