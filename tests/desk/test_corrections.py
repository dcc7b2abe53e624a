"""Urgent corrections: of what is published, beside what is unfinished in the working copy."""

from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from django.db import transaction

from desk.aside import working_rows_as
from desk.corrections import correction_of, open_correction, save_correction
from desk.models import Counter, Revision, Submission, SubmissionState, WorkingCopy
from desk.publishing import approve_and_publish
from desk.refusals import Refused
from desk.reviewing import review_of
from desk.revisions import save_revision
from desk.submissions import approve, resubmit, retract, submission_checksum, submit
from desk.withdrawal import request_withdrawal
from record.models import Change, Version
from record.verification import verify
from tests import world
from tests.authorship import authors_of
from tests.refusals import refusal
from tests.threads import at_once, outcome

REASON = "The day was wrong."


def copy_of(entry: Any) -> WorkingCopy:
    return WorkingCopy.objects.select_related("revision", "published").get(
        public_id=entry.public_id
    )


def published(entry: Any) -> Any:
    version = Version.objects.get(public_id=entry.public_id, superseded_in=None)
    return orjson.loads(version.document)


def corrected(entry: Any, *, by: Any, **fields: Any) -> Submission:
    """A correction that is under review: the published document with other fields."""
    return save_correction(entry, published(entry) | fields, by=by, reason=REASON)


def publish(submission: Submission, *, by: Any) -> Any:
    return approve_and_publish(submission, by=by, checksum=submission_checksum(submission))


@contextmanager
def rolled_back_rows(document: Any, entry: Any) -> Any:
    with transaction.atomic(), working_rows_as(document, entry):
        yield


def citing(document: Any, key: str) -> Any:
    """The document with its first citation speaking to one more claim."""
    first, *others = document["citations"]
    return document | {"citations": [first | {"claims": [*first["claims"], key]}, *others]}


def meeting(cast):
    """Published; the contributor's unfinished changes of it are under review."""
    event = world.event("A meeting", by=cast.contributor, quantities=[{"what": "flags", "best": 1}])
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    world.change(event, by=cast.contributor, editor_note="Unfinished.")
    return event


@pytest.fixture
def event(kept):
    return kept(meeting)


def test_correction_is_published_without_what_is_unfinished(event, cast):
    ordinary = world.submitted(event, by=cast.contributor)
    before = published(event)
    correction = corrected(event, by=cast.editor, title="The meeting")
    assert (correction.is_correction, correction.items.get().is_correction) == (True, True)
    assert world.document(event)["title"] == "A meeting"

    edition = publish(correction, by=cast.chief_editor)

    assert published(event) == before | {"title": "The meeting"}
    version = Version.objects.get(public_id=event.public_id, superseded_in=None)
    assert (version.change, edition.reason, edition.four_eyes) == (Change.CORRECTION, REASON, True)
    copy = copy_of(event)
    assert orjson.loads(copy.revision.document) == world.document(event)
    assert world.document(event) == before | {"title": "The meeting", "editor_note": "Unfinished."}
    assert (copy.revision.saved_by, copy.changed, copy.conflicts) == (None, True, [])
    assert copy.revision.reason == "Carried onto the correction in edition 2."
    ordinary.refresh_from_db()
    assert ordinary.state == SubmissionState.CHANGES_REQUESTED
    assert verify().faults == []


def test_returned_submission_is_resubmitted_and_published_on_top(event, cast):
    ordinary = world.submitted(event, by=cast.contributor)
    publish(corrected(event, by=cast.editor, title="The meeting"), by=cast.chief_editor)

    resubmit(ordinary, by=cast.contributor)
    publish(ordinary, by=cast.editor)

    document = published(event)
    assert (document["title"], document["editor_note"]) == ("The meeting", "Unfinished.")
    assert copy_of(event).changed is False


def test_entry_without_changes_goes_on_from_the_correction(db, people, chief_editor):
    event = world.event("A meeting", by=people["by"])
    world.publish_all(event, **people)

    publish(corrected(event, by=people["by"], title="The meeting"), by=people["approved_by"])

    copy = copy_of(event)
    assert world.document(event) == published(event)
    assert (copy.changed, copy.conflicts) == (False, [])
    assert copy.published.checksum == copy.revision.checksum


def test_authors_of_a_correction_are_who_made_it(event, cast, settings):
    settings.FOUR_EYES = True
    correction = corrected(event, by=cast.editor, title="The meeting")

    assert authors_of(correction) == {cast.editor.pk}
    assert refusal(lambda: publish(correction, by=cast.editor)) == [
        "You made changes in this submission; somebody else has to approve it."
    ]
    save_correction(
        event, published(event) | {"title": "Meeting"}, by=cast.chief_editor, reason=REASON
    )
    assert authors_of(correction) == {cast.editor.pk, cast.chief_editor.pk}


def test_authors_of_what_was_carried_stay_its_authors(event, cast):
    world.change(event, by=cast.chief_editor, slug="our-meeting")
    ordinary = world.submitted(event, by=cast.contributor)
    correction = corrected(event, by=cast.editor, title="The meeting")
    publish(correction, by=cast.administrator)
    resubmit(ordinary, by=cast.contributor)

    assert authors_of(ordinary) == {cast.contributor.pk, cast.chief_editor.pk}


def test_claim_changed_by_both_is_the_published_one_until_somebody_decides(event, cast):
    world.change(event, by=cast.contributor, title="Our meeting")
    ordinary = world.submitted(event, by=cast.contributor)

    publish(corrected(event, by=cast.editor, title="The meeting"), by=cast.chief_editor)

    copy = copy_of(event)
    assert world.document(event)["title"] == "The meeting"
    assert copy.conflicts == [
        {
            "path": ["title"],
            "base": "A meeting",
            "mine": "Our meeting",
            "theirs": "The meeting",
            "edition": 2,
        }
    ]
    sentence = (
        f"{event.public_id} has changes that a published correction goes against; "
        "decide on them first, on its form."
    )
    assert refusal(lambda: resubmit(ordinary, by=cast.contributor)) == [sentence]
    retract(ordinary, by=cast.contributor)
    assert refusal(lambda: submit([event.public_id], by=cast.contributor, reason="x")) == [sentence]


def test_changes_that_do_not_fit_a_correction_stay_whole_beside_it(db, cast):
    """A name that both make the preferred one: the whole would be refused."""
    place = world.place("Lakeside", by=cast.contributor)
    world.publish_all(place, by=cast.contributor, approved_by=cast.editor)
    name = {"text": "Uferstadt", "language": "de", "preferred": True}
    old = list(world.document(place)["names"])
    world.change(
        place,
        by=cast.contributor,
        names=[{"text": "Lakeside", "preferred": True}, name],
    )
    working = world.document(place)
    theirs = working["names"][1] | {"key": "p99", "text": "Seestadt"}
    document = citing(published(place) | {"names": [*old, theirs]}, "p99")

    publish(save_correction(place, document, by=cast.editor, reason=REASON), by=cast.chief_editor)

    assert world.document(place) == working
    assert published(place) == document
    assert [each["path"] for each in copy_of(place).conflicts if each["mine"] is None] == [
        ["names", "p99"]
    ]


def test_keys_given_out_in_a_correction_are_not_given_again(event, cast):
    before = {row.name: row.value for row in Counter.objects.all()}
    with rolled_back_rows(published(event), event):
        added = event.quantities.create(what="chairs", best=2)
        key = added.key
        document = citing(world.document(event), key)

    assert [row.what for row in event.quantities.all()] == ["flags"]
    assert world.document(event)["editor_note"] == "Unfinished."
    assert before | {f"{event.public_id}/p": before[f"{event.public_id}/p"] + 1} == {
        row.name: row.value for row in Counter.objects.all() if row.name in before
    }
    correction = save_correction(event, document, by=cast.editor, reason=REASON)
    mine = event.quantities.create(what="tables", best=3)
    assert mine.key != key
    save_revision(event, by=cast.contributor, reason="x")

    publish(correction, by=cast.chief_editor)

    assert {row["what"]: row["key"] for row in world.document(event)["quantities"]} == {
        "flags": "p1",
        "chairs": key,
        "tables": mine.key,
    }


def test_rows_of_others_that_use_an_unfinished_part_do_not_stand_in_the_way(db, cast):
    actor = world.actor(by=cast.contributor)
    world.publish_all(actor, by=cast.contributor, approved_by=cast.editor)
    world.change(actor, by=cast.contributor, tenures=[{"role": "Envoy"}])
    event = world.event(
        by=cast.contributor,
        participants=[world.participant(actor, tenure=actor.tenures.get())],
    )
    before = world.document(actor), world.document(event)

    with rolled_back_rows(published(actor), actor):
        assert world.document(actor) == published(actor)

    assert (world.document(actor), world.document(event)) == before


def test_an_approval_is_void_once_the_correction_is_saved_again(event, cast):
    correction = corrected(event, by=cast.editor, title="The meeting")
    approve(correction, by=cast.chief_editor, checksum=submission_checksum(correction))

    again = save_correction(
        event, published(event) | {"title": "Meeting"}, by=cast.editor, reason="Better."
    )

    assert again == correction
    assert (again.state, again.approved_by, again.reason) == ("submitted", None, "Better.")
    assert orjson.loads(open_correction(event.public_id).revision.document)["title"] == "Meeting"


def test_correction_begun_before_the_entry_was_published_anew_is_carried_along(event, cast):
    correction = corrected(event, by=cast.editor, title="The meeting")
    publish(world.submitted(event, by=cast.contributor), by=cast.chief_editor)
    sentence = (
        f"{event.public_id} has been published anew, or withdrawn, since this correction was "
        "begun. Open the correction and save it again; it is carried along."
    )
    assert refusal(lambda: publish(correction, by=cast.chief_editor)) == [sentence]

    start = correction_of(copy_of(event))
    assert start.document == published(event) | {"title": "The meeting"}
    assert start.conflicts == []
    save_correction(event, start.document, by=cast.chief_editor, reason=REASON)
    assert authors_of(correction) == {cast.editor.pk, cast.chief_editor.pk}
    correction.refresh_from_db()
    publish(correction, by=cast.administrator)
    assert published(event)["editor_note"] == "Unfinished."
    assert published(event)["title"] == "The meeting"


def test_correction_is_refused_where_there_is_nothing_to_correct(event, cast):
    draft = world.event("A draft", by=cast.contributor)
    assert refusal(
        lambda: save_correction(draft, world.document(draft), by=cast.editor, reason=REASON)
    ) == [f"{draft.public_id} is not published, so there is nothing to correct."]
    assert refusal(lambda: corrected(event, by=cast.editor)) == [
        "Nothing has been changed, so there is no correction to review."
    ]
    assert Revision.objects.filter(starts_from__isnull=False).count() == 0


def test_correction_and_withdrawal_do_not_meet(event, cast):
    correction = corrected(event, by=cast.editor, title="The meeting")
    request_withdrawal([event.public_id], by=cast.chief_editor, reason="Withdrawn.")

    assert refusal(lambda: publish(correction, by=cast.chief_editor)) == [
        f"The withdrawal of {event.public_id} is in review; decide on it first."
    ]
    assert refusal(lambda: corrected(event, by=cast.editor, title="Meeting")) == [
        f"The withdrawal of {event.public_id} is in review; take it back first."
    ]


@pytest.mark.django_db(transaction=True)
def test_a_save_while_a_correction_is_published_is_carried_or_comes_after(threads, cast):
    event = world.event("A meeting", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    for round_ in range(3):
        correction = corrected(event, by=cast.editor, title=f"The meeting {round_}")

        def save(round_: int = round_) -> None:
            with transaction.atomic():
                held = type(event).objects.select_for_update().get(pk=event.pk)
                held.editor_note = f"Summary {round_}"
                held.save(update_fields=["editor_note"])
                save_revision(held, by=cast.contributor, reason="x")

        results = at_once(
            lambda correction=correction: publish(correction, by=cast.chief_editor), save
        )

        assert [each for each in outcome(results) if issubclass(each, Refused)] == []
        document = world.document(event)
        assert document["editor_note"] == f"Summary {round_}"
        assert document["title"] == published(event)["title"] == f"The meeting {round_}"
        assert orjson.loads(copy_of(event).revision.document) == document
    assert verify().faults == []


def test_review_of_what_a_correction_goes_against_says_so(event, cast):
    world.change(event, by=cast.contributor, title="Unfinished")
    ordinary = world.submitted(event, by=cast.contributor)
    assert review_of(ordinary, by=cast.contributor).undecided == []

    publish(corrected(event, by=cast.editor, title="True"), by=cast.chief_editor)

    ordinary.refresh_from_db()
    review = review_of(ordinary, by=cast.contributor)
    assert (review.undecided, review.has_moved) == ([event.public_id], True)
