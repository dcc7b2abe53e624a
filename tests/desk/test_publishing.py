"""The door: what one edition writes, and what it refuses to write."""

import datetime
import hashlib

import orjson
import pytest
import time_machine
from django.db import DatabaseError, connection

from desk.models import Submission, WorkingCopy
from desk.publishing import publish, withdraw
from desk.refusals import Refused
from desk.submissions import approve, submission_checksum
from desk.unpublished import publish_unpublished, unpublished_ids
from record.canonical import canonical, edition_checksum
from record.models import Change, Check, Edition, EditionCounter, Link, Version
from record.reading import Record
from record.verification import verify
from tests import world
from tests.examples import full_world

pytestmark = pytest.mark.django_db


def refusal(call) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.messages


def standing(entry) -> Version:
    return Version.objects.get(public_id=entry.public_id, superseded_in=None)


def faults() -> list[str]:
    return list(verify().faults)


@pytest.fixture
def people(contributor, editor):
    return {"by": contributor, "approved_by": editor}


# What is written -------------------------------------------------------------------------------


def test_publish_writes_the_documents_that_were_submitted(people):
    full = full_world(**people)
    versions = {version.public_id: version for version in full.edition.versions.all()}

    for entry in full.entries:
        version = versions[entry.public_id]
        assert version.document == canonical(world.document(entry))
        assert (
            version.checksum
            == hashlib.sha256((version.salt + version.document).encode()).hexdigest()
        )
        assert (version.change, version.state, version.schema) == ("new", "published", 1)
    assert len({version.salt for version in versions.values()}) == len(versions)
    assert faults() == []


def test_publish_writes_what_lists_need(people):
    full = full_world(**people)
    event, first = standing(full.event), full.event.date.first_day

    assert (event.label, event.slug, event.kind, event.type) == (
        "First day by the lake",
        "first-day-by-the-lake",
        full.term.public_id,
        "event",
    )
    assert (event.earliest, event.latest) == (first, first)
    assert event.sort_key == f"{first:07d}{first:07d}"
    assert event.contested is True
    assert standing(full.proposal).contested is False
    assert "delegates" in event.search_text.split()
    assert standing(full.place).sort_key == "lakeside"


def test_publish_writes_a_link_for_each_reference(people):
    full = full_world(**people)
    event, document = standing(full.event), world.document(full.event)
    links = event.links.values_list(
        "predicate", "target", "part", "type", "public_id", "sort_key", "edition", "superseded_in"
    )
    first = document["participants"][0]

    assert ("tenure", *first["tenure"].split("/")) in {row[:3] for row in links}
    assert (f"participant as {first['role']}", first["actor"], "") in {row[:3] for row in links}
    assert {row[3:] for row in links} == {("event", event.public_id, event.sort_key, 1, None)}


def test_publish_says_at_the_desk_what_is_public(people):
    event = world.event(by=people["by"])
    edition = world.publish_all(event, **people)
    copy = WorkingCopy.objects.get(public_id=event.public_id)
    submission = edition.submission

    assert (copy.published, copy.changed) == (copy.revision, False)
    assert (submission.state, submission.edition) == ("published", edition)
    assert not submission.items.filter(is_open=True).exists()


def test_saves_made_during_review_stand_as_unpublished_changes(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, title="Reviewed", by=people["by"])
    submission = world.submitted(event, by=people["by"])
    world.change(event, title="Not reviewed", by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    publish(submission, by=people["approved_by"])

    assert standing(event).label == "Reviewed"
    copy = WorkingCopy.objects.get(public_id=event.public_id)
    assert (copy.published.number, copy.revision.number, copy.changed) == (2, 3, True)


def test_a_published_entry_changes_in_public_only_through_an_edition(people):
    event = world.event("Before", by=people["by"])
    world.publish_all(event, **people)

    world.change(event, title="After", by=people["by"])
    assert [version.label for version in Record.current().versions("event")] == ["Before"]

    world.publish_all(event, **people)
    assert [version.label for version in Record.current().versions("event")] == ["After"]
    assert [version.label for version in Record(1).versions("event")] == ["Before"]


def test_publish_supersedes_versions_and_links_together(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    place = world.place("The Bridge", by=people["by"])
    world.change(
        event,
        by=people["by"],
        place=place,
        citations=[{"claims": ["entry", "date", "place"], "source": world.Source.objects.get()}],
    )
    world.publish_all(event, **people)

    ends = Version.objects.filter(public_id=event.public_id).order_by("edition_id")
    assert list(ends.values_list("edition", "superseded_in")) == [(1, 2), (2, None)]
    links = Link.objects.filter(public_id=event.public_id).order_by("edition_id")
    assert set(links.values_list("edition", "superseded_in")) == {(1, 2), (2, None)}
    assert [link.public_id for link in Record(2).links().filter(target=place.public_id)] == [
        event.public_id
    ]
    assert not Record(1).links().filter(target=place.public_id).exists()


def test_kinds_of_change_are_those_that_were_submitted(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    for kind in (Change.CLARIFICATION, Change.NEW_EVIDENCE, Change.CORRECTION):
        world.change(event, by=people["by"], summary="", title=f"A {kind}")
        world.publish_all(event, kind=kind, **people)

    changes = Version.objects.filter(public_id=event.public_id).order_by("edition_id")
    assert list(changes.values_list("change", flat=True)) == [
        "new",
        "clarification",
        "new evidence",
        "correction",
    ]


# Editions --------------------------------------------------------------------------------------


def test_editions_make_a_chain_that_anyone_can_verify(people):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Another title")
    second = world.publish_all(event, reason="A better title.", **people)
    [version] = second.versions.all()

    assert second.checksum == edition_checksum(
        number=2,
        published_at=second.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        reason="A better title.",
        by="editor",
        approved_by="editor",
        four_eyes=True,
        versions=[
            {"id": event.public_id, "change": "correction", "checksum": version.checksum},
        ],
        previous=Edition.objects.get(number=1).checksum,
    )
    assert faults() == []


def test_editions_name_roles_and_no_persons(cast):
    event = world.event(by=cast.contributor)
    edition = world.publish_all(event, by=cast.contributor, approved_by=cast.administrator)

    assert (edition.by, edition.approved_by) == ("administrator", "administrator")


def test_time_never_goes_back_between_editions(people):
    event = world.event(by=people["by"])
    with time_machine.travel(datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC), tick=False):
        first = world.publish_all(event, **people)
    with time_machine.travel(datetime.datetime(2030, 4, 1, 12, tzinfo=datetime.UTC), tick=False):
        world.change(event, by=people["by"], title="Another title")
        second = world.publish_all(event, **people)

    assert first.published_at == datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC)
    assert second.published_at == first.published_at


def test_refused_publications_leave_no_gap(people):
    """Invariant 2."""
    good = world.event("Good", by=people["by"])
    bad = world.event("Bad", by=people["by"], citations=[])
    world.publish_all(good, **people)
    for _ in range(3):
        assert refusal(lambda: world.publish_all(bad, **people))
        Submission.objects.filter(state="approved").delete()
    world.change(good, by=people["by"], title="Better")
    world.publish_all(good, **people)

    assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert EditionCounter.objects.get().value == 2
    assert faults() == []


def test_counting_starts_past_the_editions_that_are_there(people):
    """As in a record that was loaded from somewhere else."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    EditionCounter.objects.all().delete()
    world.change(event, by=people["by"], title="Another title")

    assert world.publish_all(event, **people).number == 2


class Interrupted(DatabaseError):
    pass


def test_publishing_that_is_cut_off_anywhere_leaves_the_record_as_it_was(people):
    """Each statement in turn fails; what was there before is there, whole, and nothing else."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Another title")
    place = world.place("The Bridge", by=people["by"])
    submission = world.submitted(event, place, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    def contents():
        return [
            list(model.objects.order_by("pk").values_list())
            for model in (Edition, Version, Link, Check, EditionCounter, WorkingCopy, Submission)
        ]

    before, cut = contents(), 0
    while True:
        statements = 0

        def interrupt(execute, sql, params, many, context, at=cut):
            nonlocal statements
            statements += 1
            if statements == at + 1:
                raise Interrupted(sql)
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(interrupt):
                publish(submission, by=people["approved_by"])
        except Interrupted:
            cut += 1
            assert contents() == before
            continue
        break

    assert cut > 20
    assert Record.current().number == 2
    assert [version.label for version in Record.current().versions("event")] == ["Another title"]
    assert faults() == []


def test_publishing_asks_no_more_for_thirty_entries_than_for_three(people):
    counts = []
    for number in (3, 30):
        places = [world.place(f"Place {number} {index}") for index in range(number)]
        world.Source.objects.get()  # one source for all, already there
        submission = world.submitted(
            *world._with_what_they_need(places), by=people["by"], reason="Places."
        )
        approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
        queries = []

        def count(execute, sql, params, many, context, queries=queries):
            queries.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            publish(submission, by=people["approved_by"])
        counts.append(len(queries))

    # The first submission also brought the source, which has evidence of another kind.
    assert counts[1] <= counts[0]


# What is refused -------------------------------------------------------------------------------


def test_publish_names_every_problem_at_once(people):
    unsupported = world.event("Unsupported", by=people["by"], citations=[])
    nameless = world.place("Nameless", by=people["by"], names=[])
    alone = world.event("Alone", by=people["by"], place=world.place("Unpublished"))
    kind, source = unsupported.kind, alone.citations.get().source
    submission = world.submitted(unsupported, nameless, alone, kind, source, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        "L1 has no names.",
        "E1: no citation supports entry, and no waiver stands for it.",
        "E1: no citation supports date, and no waiver stands for it.",
        "E2 refers to L2, which is not published.",
    ]
    assert not Edition.objects.exists()
    assert not Check.objects.exists()


def test_publish_refuses_a_document_whose_revision_moved_after_approval(people):
    """Invariant 6, for whatever moved it."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Approved")
    submission = world.submitted(event, by=people["by"])
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
    world.change(event, by=people["by"], title="Not approved")
    submission.items.update(revision=WorkingCopy.objects.get(public_id=event.public_id).revision)

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        "The submission has changed since it was approved; approve it again."
    ]
    assert standing(event).label == "A first meeting"


def test_publish_refuses_a_second_time(people):
    event = world.event(by=people["by"])
    edition = world.publish_all(event, **people)

    assert refusal(lambda: publish(edition.submission, by=people["approved_by"])) == [
        "Only an approved submission is published; this one is published."
    ]


def test_publish_refuses_an_empty_submission(people):
    event = world.event(by=people["by"])
    submission = world.submitted(event, by=people["by"])
    submission.items.all().delete()
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))

    assert refusal(lambda: publish(submission, by=people["approved_by"])) == [
        "The submission is empty."
    ]


def test_publish_refuses_a_key_that_two_rows_have(people):
    """The desk gives no key twice; a loader could."""
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}], by=people["by"])
    tenure, name = envoy.tenures.get(), envoy.names.get()
    type(tenure)._base_manager.filter(pk=tenure.pk).update(key=name.key)
    world.change(envoy, by=people["by"])

    assert f"{envoy.public_id} has more than one {name.key}." in refusal(
        lambda: world.publish_all(envoy, **people)
    )


# Withdrawal ------------------------------------------------------------------------------------


def test_withdraw_leaves_the_working_copy_at_the_desk(people, chief_editor):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    document = world.document(event)

    withdraw([event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    copy = WorkingCopy.objects.get(public_id=event.public_id)
    assert (copy.published, copy.changed) == (None, False)
    assert world.document(event) == document
    # Publishing everything does not bring it back.
    assert unpublished_ids() == []
    assert faults() == []


def test_what_was_withdrawn_can_come_back_as_it_was(people, chief_editor):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    withdraw([event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    edition = world.publish_only(event, reason="After all.", kind=Change.CLARIFICATION, **people)

    [version] = edition.versions.all()
    assert (version.change, version.state) == ("clarification", "published")
    assert Record.current().get("event", event.slug) == version
    assert faults() == []


def test_withdraw_is_refused_for_what_is_not_there(people, chief_editor):
    event = world.event(by=people["by"])
    approved_by = people["approved_by"]

    def attempt():
        return withdraw([event.public_id], by=chief_editor, approved_by=approved_by, reason="No.")

    never = [f"{event.public_id} is not published, so it cannot be withdrawn."]
    assert refusal(attempt) == never
    world.publish_all(event, **people)
    attempt()
    assert refusal(attempt) == never
    assert Edition.objects.count() == 2


def test_withdraw_needs_a_reason(people, chief_editor):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)

    assert refusal(
        lambda: withdraw(
            [event.public_id], by=chief_editor, approved_by=people["approved_by"], reason=" "
        )
    ) == ["Say why: a submission needs a reason."]


def test_a_withdrawal_asked_for_twice_is_published_once(people, chief_editor):
    """However the second one came to be approved."""
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    edition = withdraw(
        [event.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No."
    )
    again = Submission.objects.create(
        reason="No.",
        state="approved",
        created_by=chief_editor,
        approved_by=people["approved_by"],
        approved_at=edition.published_at,
        approved_checksum="x",
    )
    again.items.create(
        public_id=event.public_id,
        type="event",
        revision=edition.submission.items.get().revision,
        change="withdrawal",
    )
    Submission.objects.filter(pk=again.pk).update(approved_checksum=submission_checksum(again))

    assert refusal(lambda: publish(again, by=people["approved_by"])) == [
        f"{event.public_id} is not published, so it cannot go."
    ]


# Everything at once ----------------------------------------------------------------------------


def test_publish_unpublished_takes_what_is_new_or_changed(people):
    first = world.event("First", by=people["by"])
    world.publish_all(first, **people)
    second = world.event("Second", by=people["by"])
    world.change(first, title="First, corrected", by=people["by"])

    edition = publish_unpublished(reason="June.", **people)

    assert dict(edition.versions.values_list("public_id", "change")) == {
        first.public_id: "correction",
        second.public_id: "new",
    }
    assert unpublished_ids() == []


def test_publish_unpublished_leaves_nothing_behind_when_refused(people):
    world.event(by=people["by"], citations=[])

    assert refusal(lambda: publish_unpublished(reason="June.", **people))
    assert not Submission.objects.exists()
    assert EditionCounter.objects.filter(value__gt=0).count() == 0


def test_documents_are_stored_as_text_that_reads_back(people):
    full = full_world(**people)

    for version in full.edition.versions.all():
        assert canonical(orjson.loads(version.document)) == version.document


def test_the_database_keeps_numbers_positive(db):
    with pytest.raises(DatabaseError):
        Edition(
            number=0,
            published_at=datetime.datetime.now(datetime.UTC),
            reason="x",
            by="editor",
            approved_by="editor",
            four_eyes=True,
            checksum="x",
        ).save()
