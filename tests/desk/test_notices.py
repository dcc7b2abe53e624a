"""Letters: who is told what, and that a mail server cannot undo anything."""

from datetime import date

import pytest
from django.core import mail
from django.db import transaction

from desk.corrections import save_correction
from desk.gathering import describe
from desk.notes import add_note
from desk.publishing import approve_and_publish, publish
from desk.submissions import approve, request_changes, submission_checksum, submit, submit_draft
from record.models import Change
from tests import world

pytestmark = pytest.mark.django_db

ALL = ["administrator", "chief_editor", "contributor", "editor"]


@pytest.fixture(autouse=True)
def addresses(cast, settings):
    settings.SITE_URL = "https://chronicle.example.org"
    for name in ALL:
        user = getattr(cast, name)
        user.email = f"{name}@example.org"
        user.save()


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Runs the call as a request would; who was told what, in the order of addresses."""

    def letters_of(call):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call()
        return [
            (letter.to[0].partition("@")[0], letter.body.split("\n\n")[1]) for letter in mail.outbox
        ]

    return letters_of


def submitted(by, **options):
    term = world.term("A secret word", by=by)
    return submit([term.public_id], by=by, reason="A secret reason.", title="June", **options)


def test_submitting_tells_the_reviewer_or_all_who_may_approve(cast, told):
    happened = "contributor has submitted it for review."

    assert told(lambda: submitted(cast.contributor, reviewer=cast.editor)) == [("editor", happened)]
    everybody = ["administrator", "chief_editor", "editor"]
    assert told(lambda: submitted(cast.contributor)) == [(name, happened) for name in everybody]
    cast.chief_editor.is_active = False
    cast.chief_editor.save()
    assert told(lambda: submitted(cast.contributor)) == [
        ("administrator", happened),
        ("editor", happened),
    ]


def test_who_could_not_approve_it_is_not_asked_to(cast, told, settings):
    term = world.term(by=cast.editor)
    happened = "contributor has submitted it for review."

    assert told(lambda: world.submitted(term, by=cast.contributor)) == [
        ("administrator", happened),
        ("chief_editor", happened),
    ]


def test_draft_is_nobodys_business_until_it_is_submitted(cast, told):
    made = []
    assert (
        told(lambda: made.append(submitted(cast.contributor, reviewer=cast.editor, as_draft=True)))
        == []
    )

    assert told(lambda: submit_draft(made[0], by=cast.contributor)) == [
        ("editor", "contributor has submitted it for review.")
    ]


def test_author_is_told_what_became_of_it(cast, told):
    submission = submitted(cast.contributor)
    world.publish_only(
        world.term("First", by=cast.editor), by=cast.editor, approved_by=cast.chief_editor
    )

    assert told(lambda: request_changes(submission, by=cast.editor, text="Secret.")) == [
        ("contributor", "editor has asked for changes.")
    ]
    again = submitted(cast.contributor)
    checksum = submission_checksum(again)
    assert told(lambda: approve(again, by=cast.editor, checksum=checksum)) == [
        ("contributor", "editor has approved it.")
    ]
    assert told(lambda: publish(again, by=cast.editor)) == [
        ("contributor", "It has been published as edition 2.")
    ]


def test_what_moved_on_at_once_is_told_once(cast, told):
    submission = submitted(cast.contributor)
    checksum = submission_checksum(submission)

    assert told(lambda: approve_and_publish(submission, by=cast.editor, checksum=checksum)) == [
        ("contributor", "It has been published as edition 1.")
    ]


def test_new_reviewer_is_asked_and_an_old_one_is_not_asked_again(cast, told):
    submission = submitted(cast.contributor)
    given = {"title": "June", "reason": "Why.", "change": Change.CORRECTION, "due_on": None}

    assert told(
        lambda: describe(submission, by=cast.contributor, reviewer=cast.editor, **given)
    ) == [("editor", "contributor has asked you to review it.")]
    given["due_on"] = date(2027, 1, 1)
    assert (
        told(lambda: describe(submission, by=cast.contributor, reviewer=cast.editor, **given)) == []
    )
    # Whoever takes it on needs no letter about it.
    assert (
        told(
            lambda: describe(submission, by=cast.chief_editor, reviewer=cast.chief_editor, **given)
        )
        == []
    )


def test_note_is_told_to_the_other_side(cast, told):
    submission = submitted(cast.contributor, reviewer=cast.editor)

    assert told(lambda: add_note(submission, by=cast.editor, text="Secret.")) == [
        ("contributor", "editor has written a note on it.")
    ]
    assert told(lambda: add_note(submission, by=cast.contributor, text="Secret.")) == [
        ("editor", "contributor has written a note on it.")
    ]
    assert told(lambda: add_note(submission, by=cast.chief_editor, text="Secret.")) == [
        ("contributor", "chief-editor has written a note on it."),
        ("editor", "chief-editor has written a note on it."),
    ]


def test_letter_has_the_title_and_the_address_and_nothing_of_the_drafts(cast, told):
    made = []
    told(lambda: made.append(submitted(cast.contributor, reviewer=cast.editor)))
    told(lambda: add_note(made[0], by=cast.contributor, text="A secret note."))

    (letter,) = mail.outbox
    assert (letter.subject, letter.to, letter.content_subtype) == (
        "[Chronicle] June",
        ["editor@example.org"],
        "plain",
    )
    assert letter.body == (
        "June\n\ncontributor has written a note on it.\n\n"
        f"https://chronicle.example.org/desk/desk/submission/{made[0].pk}/change/\n"
    )


def test_who_has_no_address_is_told_nothing(cast, told):
    cast.editor.email = ""
    cast.editor.save()

    assert told(lambda: submitted(cast.contributor, reviewer=cast.editor)) == []


@pytest.mark.parametrize("error", [ConnectionRefusedError, ValueError])
def test_mail_server_that_fails_undoes_nothing(error, cast, told, monkeypatch, caplog):
    def fails(*_):
        raise error("The server is down.")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    made = []

    assert told(lambda: made.append(submitted(cast.contributor, reviewer=cast.editor))) == []

    made[0].refresh_from_db()
    assert made[0].state == "submitted"
    assert "The server is down." in caplog.text


def test_what_is_rolled_back_is_told_to_nobody(cast, told):
    def fails():
        with transaction.atomic():
            submitted(cast.contributor)
            transaction.set_rollback(True)

    assert told(fails) == []


def test_author_is_told_when_a_correction_gives_a_submission_back(cast, told):
    event = world.event("A meeting", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    public = world.document(event)
    world.change(event, by=cast.contributor, title="Unfinished")
    world.submitted(event, by=cast.contributor)
    correction = save_correction(event, public | {"title": "True"}, by=cast.editor, reason="x")
    checksum = submission_checksum(correction)

    letters = told(lambda: approve_and_publish(correction, by=cast.chief_editor, checksum=checksum))

    # The last ones are what has become of the correction itself.
    assert letters[0] == (
        "contributor",
        "Edition 2 corrects an entry in it, so it has come back to you.",
    )
    assert [name for name, _ in letters[1:]] == ["editor"]
