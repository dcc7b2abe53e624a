"""The queue of submissions, and what is done from the page of one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from desk.gathering import describe
from desk.models import Submission, SubmissionNote
from desk.notes import add_note, resolve_note
from desk.submissions import approve, request_changes, retract, submission_checksum, submit
from events.models import Event
from tests import world
from tests.conftest import member
from tests.pages import admin_url, form_of
from vocabulary.models import Term

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:desk_submission_changelist")
PUT = admin_url(Term, "submit")


@pytest.fixture
def contributing(cast, client_of):
    return client_of(cast.contributor)


@pytest.fixture
def editing(cast, client_of):
    return client_of(cast.editor)


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def of(submission: Submission, name: str = "change", *more: int) -> str:
    return reverse(f"admin:desk_submission_{name}", args=[submission.pk, *more])


def put_up(by: Any, label: str = "Summit", **options: Any) -> Submission:
    term = world.term(label, by=by)
    return submit([term.public_id], by=by, reason="A new word.", **options)


def ids(submission: Submission) -> list[str]:
    return list(submission.items.order_by("public_id").values_list("public_id", flat=True))


# Gathering ----------------------------------------------------------------------------------


def test_chosen_entries_are_kept_as_a_draft_and_submitted_later(cast, contributing):
    term = world.term(by=cast.contributor)
    fields = form_of(contributing.get(f"{PUT}?entry={term.public_id}"), action=PUT)
    assert "into" not in fields  # there is no draft to choose
    fields |= {"reason": ["New."], "title": ["June"], "due_on": ["2027-03-01"], "draft": ["yes"]}
    fields["reviewer"] = [str(cast.editor.pk)]

    response = contributing.post(PUT, fields)

    draft = Submission.objects.get()
    assert told(response) == [f"Submission {draft.pk} holds these entries."]
    assert (draft.state, draft.title, draft.reviewer, draft.due_on) == (
        "draft",
        "June",
        cast.editor,
        date(2027, 3, 1),
    )
    response = contributing.post(of(draft, "submit"))
    assert told(response)[-1] == "June is up for review."
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_entries_are_added_to_one_of_my_drafts(cast, contributing):
    draft = put_up(cast.contributor, as_draft=True, title="June")
    put_up(cast.editor, "Another's", as_draft=True)
    put_up(cast.contributor, "In review")
    term = world.term("Visit", by=cast.contributor)
    page = contributing.get(f"{PUT}?entry={term.public_id}")
    choices = page.context["form"].fields["into"].choices
    assert [label for _, label in choices] == ["A new one, described below", "June: draft"]
    fields = form_of(page, action=PUT) | {"into": [str(draft.pk)], "draft": ["yes"]}

    response = contributing.post(PUT, fields)

    assert response.headers["Location"] == of(draft)
    draft.refresh_from_db()
    assert (ids(draft), draft.state, draft.reason) == (["T1", "T4"], "draft", "A new word.")
    fields["entry"] = [world.term("Talk", by=cast.contributor).public_id]
    fields.pop("draft")
    contributing.post(PUT, fields)
    draft.refresh_from_db()
    assert (ids(draft), draft.state) == (["T1", "T4", "T5"], "submitted")


def test_what_was_typed_stays_where_entries_cannot_be_added(cast, contributing):
    draft = put_up(cast.contributor, as_draft=True)
    taken = put_up(cast.contributor, "Visit")
    fields = form_of(contributing.get(f"{PUT}?entry=T2"), action=PUT)
    fields |= {"into": [str(draft.pk)], "reason": ["Typed."], "title": ["Typed too"]}
    fields |= {"due_on": ["2027-03-01"], "reviewer": [str(cast.editor.pk)]}

    refused = contributing.post(PUT, fields)

    errors = refused.context["form"].non_field_errors()
    assert errors == [f"T2 is already in submission {taken.pk}."]
    assert form_of(refused, action=PUT) == fields
    assert ids(draft) == ["T1"]


def test_entries_are_taken_out(cast, contributing):
    draft = put_up(cast.contributor, as_draft=True)
    url = of(draft, "remove")
    assert form_of(contributing.get(of(draft)), action=url) == {}

    assert told(contributing.post(url)) == ["Choose the entries that are to be taken out."]
    response = contributing.post(url, {"entry": ["T1"]})

    assert told(response)[-1] == f"T1: taken out of {draft}."
    assert ids(draft) == []
    assert contributing.get(of(draft)).status_code == 200
    assert told(contributing.post(of(draft, "submit")))[-1] == "Choose at least one entry."
    draft.refresh_from_db()
    assert draft.state == "draft"


# Describing ---------------------------------------------------------------------------------


def test_description_is_changed_on_a_form(cast, contributing):
    submission = put_up(cast.contributor, due_on=date(2027, 3, 1), reviewer=cast.editor)
    url = of(submission, "describe")
    fields = form_of(contributing.get(url))
    assert fields["due_on"] == ["2027-03-01"]
    fields |= {"title": ["June"], "reason": ["Because."], "reviewer": [str(cast.chief_editor.pk)]}

    response = contributing.post(url, fields)

    assert told(response) == ["June has been saved."]
    submission.refresh_from_db()
    assert (submission.title, submission.reason, submission.reviewer, submission.due_on) == (
        "June",
        "Because.",
        cast.chief_editor,
        date(2027, 3, 1),
    )


def test_only_who_may_approve_is_offered_as_reviewer(cast, contributing):
    submission = put_up(cast.contributor, reviewer=cast.editor)
    cast.editor.groups.clear()
    page = contributing.get(of(submission, "describe"))

    offered = [str(label) for _, label in page.context["form"].fields["reviewer"].choices]
    # Who is it already stays until somebody chooses another.
    assert offered == ["Whoever may approve it", "administrator", "chief-editor", "editor"]
    refused = contributing.post(of(submission, "describe"), form_of(page))
    assert refused.context["form"].non_field_errors() == [
        "editor may not approve submissions, so they cannot review this one."
    ]


def test_nothing_typed_is_lost_where_a_description_is_refused(cast, contributing):
    submission = put_up(cast.contributor)
    url = of(submission, "describe")
    fields = form_of(contributing.get(url)) | {"title": ["Mine"], "reason": ["Mine too."]}
    colleague = {"reason": submission.reason, "change": submission.change}
    describe(submission, by=cast.editor, title="Theirs", reviewer=None, due_on=None, **colleague)

    refused = contributing.post(url, fields)

    (sentence,) = refused.context["form"].non_field_errors()
    assert "It says now: title “Theirs”" in sentence
    again = form_of(refused)
    assert again | {"seen": fields["seen"]} == fields
    # Having seen what a colleague wrote, they may put theirs in its place.
    contributing.post(url, again)
    submission.refresh_from_db()
    assert (submission.title, submission.reason) == ("Mine", "Mine too.")
    missing = contributing.post(url, again | {"reason": ["  "]})
    assert missing.context["form"].errors == {"reason": ["This field is required."]}


def test_approval_of_other_words_than_were_shown_is_refused(cast, contributing, editing):
    submission = put_up(cast.contributor)
    approve_url = reverse("admin:desk_submission_approve")
    shown = form_of(editing.get(of(submission)), action=approve_url)
    url = of(submission, "describe")
    contributing.post(url, form_of(contributing.get(url)) | {"reason": ["Another reason."]})

    response = editing.post(approve_url, shown)

    assert told(response)[1] == "The submission has changed since it was shown; look at it again."


def test_description_of_what_is_approved_stays(cast, contributing):
    submission = put_up(cast.contributor)
    url = of(submission, "describe")
    fields = form_of(contributing.get(url)) | {"title": ["Later"]}
    approve(submission, by=cast.editor, checksum=submission_checksum(submission))

    refused = contributing.post(url, fields)

    (sentence,) = refused.context["form"].non_field_errors()
    assert sentence.startswith(f"{submission} is approved; only one that is")
    assert form_of(refused)["title"] == ["Later"]


# Moves --------------------------------------------------------------------------------------


def test_changes_are_requested_and_it_is_resubmitted(cast, contributing, editing):
    submission = put_up(cast.contributor)
    url = of(submission, "request_changes")
    page = editing.get(url)

    empty = editing.post(url, form_of(page))
    assert empty.context["form"].errors == {"text": ["This field is required."]}
    response = editing.post(url, {"text": "Which language?"})

    assert told(response) == [f"Changes of {submission} have been requested."]
    submission.refresh_from_db()
    assert submission.state == "changes requested"
    shown = contributing.get(of(submission)).content.decode()
    assert "Which language?" in shown
    assert "Changes requested" in shown
    contributing.post(of(submission, "resubmit"))
    submission.refresh_from_db()
    assert submission.state == "submitted"


def test_note_typed_for_a_submission_that_moved_on_stays_on_the_page(cast, editing):
    submission = put_up(cast.contributor)
    retract(submission, by=cast.contributor)

    for name in ("request_changes", "note"):
        refused = editing.post(of(submission, name), {"text": "Typed at length."})
        (sentence,) = refused.context["form"].non_field_errors()
        assert sentence.startswith(f"{submission} is taken back; only one that is")
        assert form_of(refused)["text"] == ["Typed at length."]


@pytest.mark.parametrize(
    ("state", "who", "offered"),
    [
        ("draft", "contributor", {"submit", "describe", "retract", "remove"}),
        ("draft", "another", set()),
        ("submitted", "contributor", {"describe", "retract"}),
        ("submitted", "editor", {"approve", "request_changes", "describe", "retract"}),
        ("changed since", "contributor", {"resubmit", "describe", "retract"}),
        ("changes requested", "contributor", {"resubmit", "describe", "retract", "remove"}),
        ("approved", "editor", {"approve", "request_changes", "retract"}),
    ],
)
def test_page_offers_what_can_be_done(state, who, offered, cast, client_of):
    submission = put_up(cast.contributor, as_draft=state == "draft")
    if state == "approved":
        approve(submission, by=cast.editor, checksum=submission_checksum(submission))
    elif state == "changes requested":
        request_changes(submission, by=cast.editor, text="Hm.")
    elif state == "changed since":
        world.change(Term.objects.get(), by=cast.chief_editor, order=7)
    user = member("contributor", "another") if who == "another" else getattr(cast, who)

    page = client_of(user).get(of(submission)).content.decode()

    names = {"submit", "resubmit", "retract", "remove", "describe", "request_changes"}
    shown = {name for name in names if f'"{of(submission, name)}"' in page}
    if f'"{reverse("admin:desk_submission_approve")}"' in page:
        shown.add("approve")
    assert shown == offered


# Notes --------------------------------------------------------------------------------------


def test_notes_are_written_answered_and_resolved(cast, contributing, editing):
    event = world.event(by=cast.contributor)
    submission = world.submitted(event, by=cast.contributor)
    url = of(submission, "note")
    page = editing.get(f"{url}?entry={event.public_id}&claim=date")
    fields = form_of(page)
    assert (fields["entry"], fields["claim"]) == ([event.public_id], ["date"])

    response = editing.post(url, fields | {"text": ["Which day?"]})

    note = SubmissionNote.objects.get()
    assert (note.public_id, note.claim, note.by) == (event.public_id, "date", cast.editor)
    assert response.headers["Location"] == f"{of(submission)}#note-{note.pk}"
    answering = contributing.get(f"{url}?parent={note.pk}")
    contributing.post(url, form_of(answering) | {"text": ["None is given."]})
    assert [reply.text for reply in note.replies.all()] == ["None is given."]
    page = editing.get(of(submission))
    assert page.context["reviews"][0].head.open_notes == 1
    assert "None is given." in page.content.decode()

    editing.post(of(submission, "resolve", note.pk))
    note.refresh_from_db()
    assert note.resolved_by == cast.editor
    contributing.post(of(submission, "reopen", note.pk))
    note.refresh_from_db()
    assert note.resolved_by is None


def test_open_notes_are_warned_of_at_approval(cast, editing):
    submission = put_up(cast.contributor)
    assert "still open" not in editing.get(of(submission)).content.decode()
    notes = [add_note(submission, by=cast.editor, text=text) for text in ("One?", "Two?")]
    assert "2 notes still open." in editing.get(of(submission)).content.decode()
    resolve_note(notes[0], by=cast.editor)
    assert "1 note still open." in editing.get(of(submission)).content.decode()


def test_notes_on_what_is_not_there_are_not_found(cast, editing):
    submission, other = put_up(cast.contributor), put_up(cast.contributor, "Visit")
    note = add_note(other, by=cast.editor, text="Hm.")

    for query in ("?entry=T9", f"?parent={note.pk}", "?parent=x"):
        assert editing.get(of(submission, "note") + query).status_code == 404
    assert editing.post(of(submission, "resolve", note.pk)).status_code == 404
    refused = editing.post(of(submission, "note"), {"entry": "T1", "claim": "p7", "text": "Hm."})
    assert list(refused.context["form"].errors) == ["claim"]
    assert form_of(refused)["text"] == ["Hm."]


def test_review_with_notes_costs_the_same_for_one_and_three(
    cast, editing, django_assert_num_queries
):
    submission = put_up(cast.contributor)
    for number in range(3):
        writer = member("editor", f"writer-{number}")
        first = add_note(submission, by=writer, text="Hm.", public_id="T1")
        add_note(submission, by=cast.contributor, text="So.", parent=first)
        if number == 1:
            resolve_note(first, by=writer)
        if number in (0, 2):
            with django_assert_num_queries(25):
                editing.get(of(submission))


# The queue ----------------------------------------------------------------------------------


def rows(client: Any, queue: str = "") -> list[str]:
    page = client.get(QUEUE + (f"?queue={queue}" if queue else ""))
    assert page.status_code == 200
    return [row.title for row in page.context["cl"].result_list]


def cells(client: Any, name: str) -> list[str]:
    change_list = client.get(QUEUE).context["cl"]
    return [getattr(change_list.model_admin, name)(row) for row in change_list.result_list]


def test_queue_is_narrowed_to_what_concerns_whoever_looks(cast, contributing, editing):
    yesterday = timezone.now().date() - timedelta(days=1)
    put_up(cast.contributor, "A", title="unassigned")
    put_up(cast.contributor, "B", title="for the editor", reviewer=cast.editor, due_on=yesterday)
    put_up(cast.contributor, "C", title="for the chief", reviewer=cast.chief_editor)
    put_up(cast.editor, "D", title="by the editor")
    put_up(cast.contributor, "E", title="a draft", as_draft=True, due_on=timezone.now().date())
    returned = put_up(cast.contributor, "F", title="returned")
    request_changes(returned, by=cast.editor, text="Hm.")
    gone = put_up(cast.contributor, "G", title="gone", due_on=yesterday)
    contributing.post(of(gone, "retract"))

    assert rows(editing, "mine") == ["by the editor"]
    assert rows(editing, "waiting") == ["for the editor", "unassigned"]
    assert rows(editing, "overdue") == ["for the editor"]
    assert rows(editing, "returned") == []
    assert rows(contributing, "returned") == ["returned"]
    assert rows(contributing, "waiting") == []
    assert len(rows(editing)) == 7


def test_at_a_desk_of_one_their_own_waits_for_them(cast, editing, settings):
    put_up(cast.editor, title="by the editor")
    assert rows(editing, "waiting") == []

    settings.FOUR_EYES = False

    assert rows(editing, "waiting") == ["by the editor"]


def test_queue_says_when_it_is_due_and_what_is_open(cast, editing):
    today = timezone.now().date()
    for days, label in ((1, "A"), (0, "B"), (-1, "C"), (-3, "D")):
        put_up(cast.contributor, label, due_on=today + timedelta(days=days))
    late = put_up(cast.contributor, "E", due_on=today - timedelta(days=1), title="Late")
    note = add_note(late, by=cast.editor, text="One?")
    add_note(late, by=cast.editor, text="Two?")
    add_note(late, by=cast.contributor, text="An answer.", parent=note)
    approve(late, by=cast.editor, checksum=submission_checksum(late))

    def day(days: int) -> str:
        on = today + timedelta(days=days)
        return f"{on.day} {on:%B %Y}"

    assert cells(editing, "due") == [
        f"{day(-1)}, overdue by 1 day",
        f"{day(-3)}, overdue by 3 days",
        f"{day(-1)}, overdue by 1 day",
        day(0),
        day(1),
    ]
    assert cells(editing, "notes") == ["2", "", "", "", ""]
    assert cells(editing, "called") == ["Late", *["A new word."] * 4]


@pytest.mark.parametrize(
    ("queue", "queries"), [("", 7), ("?queue=waiting", 7), ("?queue=overdue", 7)]
)
def test_queue_costs_the_same_for_one_row_and_for_three(
    queue, queries, cast, editing, django_assert_num_queries
):
    for number in range(3):
        writer = member("editor", f"writer-{number}")
        late = {"due_on": date(2026, 1, 1)}
        submission = put_up(cast.contributor, f"Term {number}", reviewer=writer, **late)
        add_note(submission, by=writer, text="Hm.")
        put_up(writer, f"Other term {number}", **late)
        if number in (0, 2):
            with django_assert_num_queries(queries):
                page = editing.get(QUEUE + queue)
            shown = number + 1 if queue == "?queue=waiting" else 2 * (number + 1)
            assert len(page.context["cl"].result_list) == shown


def test_draft_is_not_in_review_and_its_entry_says_where_it_is(cast, contributing):
    event = world.event(by=cast.contributor)
    draft = submit([event.public_id], by=cast.contributor, reason="x", as_draft=True)

    page = contributing.get(admin_url(event, "change")).content.decode()

    assert f">submission {draft.pk}<" in page
    assert "In review" not in page
    assert Event.objects.count() == 1
