"""Notes on submissions and claims: threads, open or resolved."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from desk.models import SubmissionNote
from desk.notes import add_note, notes_of, open_in, reopen_note, resolve_note
from desk.submissions import retract
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(contributor):
    return world.event(quantities=[{"what": "flags", "best": 2}], by=contributor)


@pytest.fixture
def submission(contributor, event):
    return world.submitted(event, by=contributor)


def test_notes_stand_by_what_they_are_about_in_one_query(
    contributor, editor, event, submission, django_assert_num_queries
):
    def say(text, **about):
        return add_note(submission, by=editor, text=text, **about)

    whole = say("What is it for?")
    say("And why now?")
    on_entry = say("A duplicate?", public_id=event.public_id)
    on_claim = say("Two or three?", public_id=event.public_id, claim="p1.best")
    answer = add_note(submission, by=contributor, text=" Two.\r\n", parent=on_claim)
    add_note(submission, by=editor, text="Thanks.", parent=answer)
    say("Whose words?", public_id=event.public_id, claim="c1")

    with django_assert_num_queries(1):
        threads = notes_of(submission)
        told = {
            about: [
                (thread.note.text, str(thread.note.by), [reply.text for reply in thread.replies])
                for thread in group
            ]
            for about, group in threads.items()
        }

    assert told == {
        ("", ""): [("What is it for?", "editor", []), ("And why now?", "editor", [])],
        (event.public_id, ""): [("A duplicate?", "editor", [])],
        (event.public_id, "p1.best"): [("Two or three?", "editor", ["Two.", "Thanks."])],
        (event.public_id, "c1"): [("Whose words?", "editor", [])],
    }
    assert open_in(threads) == 5
    resolve_note(whole, by=contributor)
    resolve_note(on_entry, by=editor)
    assert open_in(notes_of(submission)) == 3


def test_thread_is_resolved_and_opened_again(contributor, editor, submission):
    note = add_note(submission, by=editor, text="Why?")

    resolve_note(note, by=contributor)
    assert (note.resolved_by, note.resolved_at is None) == (contributor, False)
    reopen_note(note, by=editor)
    assert (note.resolved_by, note.resolved_at) == (None, None)
    # So that no answer is overlooked.
    resolve_note(note, by=contributor)
    answer = add_note(submission, by=editor, text="Not quite.", parent=note)
    note.refresh_from_db()
    assert note.resolved_at is None
    assert refusal(lambda: resolve_note(answer, by=editor)) == [
        "An answer is resolved with the note that it answers."
    ]


def test_notes_are_about_what_is_there(contributor, editor, event, submission):
    other = world.submitted(world.term("Visit", by=contributor), by=contributor)
    elsewhere = add_note(other, by=editor, text="Why?")
    cases = [
        ({"text": " \n"}, "Write something: a note cannot be empty."),
        ({"claim": "date"}, "Say which entry the claim is of."),
        ({"public_id": "E77"}, f"E77 is not in {submission}."),
        (
            {"public_id": event.public_id, "claim": "p9"},
            f"{event.public_id} makes no claim “p9”.",
        ),
        ({"parent": elsewhere}, "The note that this answers is on another submission."),
    ]

    for given, sentence in cases:
        told = {"text": "Hm."} | given
        assert refusal(lambda told=told: add_note(submission, by=editor, **told)) == [sentence]
    assert submission.notes.count() == 0


def test_a_claim_that_goes_can_be_asked_about(contributor, editor, event):
    world.publish_all(event, by=contributor, approved_by=editor)
    world.change(event, by=contributor, quantities=[])
    submission = world.submitted(event, by=contributor)

    note = add_note(submission, by=editor, text="Why?", public_id=event.public_id, claim="p1")

    assert notes_of(submission)[event.public_id, "p1"][0].note == note


def test_notes_are_for_those_who_submit_and_end_with_the_review(contributor, editor, submission):
    nobody = User.objects.create_user("nobody")
    note = add_note(submission, by=editor, text="Why?")
    missing = ["nobody may not do this: it is for contributors."]

    assert refusal(lambda: add_note(submission, by=nobody, text="I")) == missing
    assert refusal(lambda: resolve_note(note, by=nobody)) == missing
    retract(submission, by=contributor)
    for call in (
        lambda: add_note(submission, by=editor, text="Oh."),
        lambda: resolve_note(note, by=editor),
    ):
        assert refusal(call) == [
            (
                f"{submission} is taken back; only one that is a draft, submitted, waiting for "
                "changes or approved can be commented on."
            )
        ]


def test_notes_that_make_no_sense_are_refused_by_the_database(editor, submission):
    for given in ({"text": ""}, {"claim": "date"}, {"resolved_by": editor}):
        values = {"submission": submission, "by": editor, "text": "Hm."}
        with pytest.raises(IntegrityError), transaction.atomic():
            SubmissionNote.objects.create(**values | given)
