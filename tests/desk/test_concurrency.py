"""Several people at one instant, on SQLite and on PostgreSQL alike."""

import pytest

from desk.gathering import add_entries
from desk.models import Submission
from desk.publishing import approve_and_publish, publish, withdraw
from desk.refusals import Refused
from desk.submissions import (
    approve,
    request_changes,
    resubmit,
    retract,
    submission_checksum,
    submit,
    submit_draft,
)
from desk.unpublished import publish_unpublished
from record.models import Edition, Version
from record.verification import verify
from tests import world
from tests.threads import approved, at_once, editions, outcome

pytestmark = pytest.mark.django_db(transaction=True)


def test_publications_at_one_instant_follow_one_another(threads, people):
    world.publish_all(world.event("First", by=people["by"]), **people)
    submissions = [
        approved(world.event(f"Event {number}", by=people["by"]), **people) for number in range(4)
    ]

    results = at_once(
        *(
            lambda submission=submission: publish(submission, by=people["approved_by"])
            for submission in submissions
        )
    )

    assert outcome(results) == [Edition] * 4
    assert editions() == [1, 2, 3, 4, 5]
    assert verify().faults == []


def test_the_very_first_editions_at_one_instant_follow_one_another(threads, people):
    submissions = [
        approved(world.term(f"Term {number}", by=people["by"]), **people) for number in range(3)
    ]

    results = at_once(
        *(
            lambda submission=submission: publish(submission, by=people["approved_by"])
            for submission in submissions
        )
    )

    assert outcome(results) == [Edition] * 3
    assert editions() == [1, 2, 3]
    assert verify().faults == []


def test_a_refused_publication_beside_a_good_one_leaves_no_gap(threads, people):
    world.publish_all(world.event("First", by=people["by"]), **people)
    good = approved(world.event("Good", by=people["by"]), **people)
    bad = approved(world.event("Bad", by=people["by"], citations=[]), **people)

    results = at_once(
        lambda: publish(bad, by=people["approved_by"]),
        lambda: publish(good, by=people["approved_by"]),
    )

    assert outcome(results) == [Edition, Refused]
    assert editions() == [1, 2]
    assert verify().faults == []


def test_one_submission_published_twice_at_one_instant_makes_one_edition(threads, people):
    world.publish_all(world.event("First", by=people["by"]), **people)
    submission = approved(world.event("Second", by=people["by"]), **people)

    results = at_once(*[lambda: publish(submission, by=people["approved_by"])] * 3)

    assert outcome(results) == [Edition, Refused, Refused]
    assert editions() == [1, 2]


def test_two_approvals_at_one_instant_make_one_edition(threads, people, chief_editor):
    world.publish_all(world.event("First", by=people["by"]), **people)
    event = world.event("Second", by=people["by"])
    pk = world.submitted(event, by=people["by"]).pk
    checksum = submission_checksum(Submission.objects.get(pk=pk))

    results = at_once(
        *(
            lambda who=who: approve_and_publish(
                Submission.objects.get(pk=pk), by=who, checksum=checksum
            )
            for who in (people["approved_by"], chief_editor)
        )
    )

    assert outcome(results) == [Edition, Refused]
    assert editions() == [1, 2]
    assert verify().faults == []


def test_of_two_who_move_a_submission_at_one_instant_one_wins(threads, people, chief_editor):
    """Sent back by one and approved by the other, it is in one of the two states, not in both."""
    pk = world.submitted(world.term(by=people["by"]), by=people["by"]).pk
    checksum = submission_checksum(Submission.objects.get(pk=pk))

    results = at_once(
        lambda: approve(Submission.objects.get(pk=pk), by=chief_editor, checksum=checksum),
        lambda: retract(Submission.objects.get(pk=pk), by=people["by"]),
        lambda: request_changes(Submission.objects.get(pk=pk), by=people["approved_by"], text="?"),
    )

    assert outcome(results).count(Submission) >= 1
    found = Submission.objects.get(pk=pk)
    assert bool(found.approved_checksum) is (found.state == "approved")
    assert found.items.filter(is_open=True).exists() is (found.state != "withdrawn")


def test_one_submission_approved_by_two_at_one_instant_is_approved_once(
    threads, people, chief_editor
):
    pk = world.submitted(world.term(by=people["by"]), by=people["by"]).pk
    checksum = submission_checksum(Submission.objects.get(pk=pk))

    results = at_once(
        *(
            lambda who=who: approve(Submission.objects.get(pk=pk), by=who, checksum=checksum)
            for who in (people["approved_by"], chief_editor)
        )
    )

    assert outcome(results) == [Refused, Submission]


def test_one_draft_submitted_twice_at_one_instant_is_submitted_once(threads, people):
    term = world.term(by=people["by"])
    pk = submit([term.public_id], by=people["by"], reason="New.", as_draft=True).pk

    results = at_once(*[lambda: submit_draft(Submission.objects.get(pk=pk), by=people["by"])] * 3)

    assert outcome(results) == [Refused, Refused, Submission]


def test_an_entry_comes_into_one_of_two_drafts_at_one_instant(threads, people):
    terms = [world.term(name, by=people["by"]) for name in ("A", "B", "C")]
    first, second = (
        submit([term.public_id], by=people["by"], reason="New.", as_draft=True).pk
        for term in terms[:2]
    )
    wanted = terms[2].public_id

    def added(pk: int) -> Submission:
        submission = Submission.objects.get(pk=pk)
        add_entries(submission, [wanted], by=people["by"])
        return submission

    results = at_once(lambda: added(first), lambda: added(second))

    assert outcome(results) == [Refused, Submission]


def test_everything_published_twice_at_one_instant_makes_one_edition(threads, people):
    world.event("First", by=people["by"])

    results = at_once(*[lambda: publish_unpublished(reason="June.", **people)] * 2)

    assert outcome(results) == [Edition, Refused]
    assert editions() == [1]


def test_a_reference_and_the_withdrawal_of_what_it_leads_to_do_not_both_pass(
    threads, people, chief_editor
):
    """Whoever comes first wins; the record never holds a reference that leads nowhere."""
    lake = world.place("The Lake", by=people["by"])
    world.publish_all(lake, world.event("First", by=people["by"]), **people)
    for round_ in range(3):
        event = world.event(f"By the lake {round_}", place=lake, by=people["by"])
        submission = approved(event, **people)

        results = at_once(
            lambda submission=submission: publish(submission, by=people["approved_by"]),
            lambda: withdraw(
                [lake.public_id],
                by=chief_editor,
                approved_by=people["approved_by"],
                reason="There is no lake.",
            ),
        )

        assert verify().faults == []
        assert outcome(results) == [Edition, Refused]
        if not isinstance(results[1], Refused):
            break


def test_an_entry_withdrawn_twice_at_one_instant_goes_once(threads, people, chief_editor):
    event = world.event("First", by=people["by"])
    world.publish_all(event, **people)

    results = at_once(
        *[
            lambda: withdraw(
                [event.public_id],
                by=chief_editor,
                approved_by=people["approved_by"],
                reason="Not so.",
            )
        ]
        * 2
    )

    assert outcome(results) == [Edition, Refused]
    assert editions() == [1, 2]
    assert verify().faults == []


def test_a_slug_is_published_for_one_of_two_entries(threads, people):
    first = world.event("The talks", by=people["by"])
    one = approved(*world.with_what_they_need([first]), **people)
    world.change(first, by=people["by"], slug="the-first-talks")
    second = world.event("The talks", by=people["by"], slug="the-talks", citations=[])
    second.waivers.create(claim="entry", reason="Known.")
    second.waivers.create(claim="date", reason="Known.")
    world.change(second, by=people["by"], kind=first.kind)
    other = approved(second, **people)

    results = at_once(
        lambda: publish(one, by=people["approved_by"]),
        lambda: publish(other, by=people["approved_by"]),
    )

    # The second also needs the first one's term, so that only one order can pass.
    assert outcome(results) == [Edition, Refused]
    assert Version.objects.filter(slug="the-talks").count() == 1
    assert verify().faults == []


def test_what_was_reviewed_is_published_whatever_is_resubmitted_meanwhile(threads, people):
    """Invariant 6, at one instant."""
    event = world.event("First", by=people["by"])
    world.publish_all(event, **people)
    for round_ in range(3):
        world.change(event, by=people["by"], title=f"Reviewed {round_}")
        submission = world.submitted(event, by=people["by"])
        checksum = submission_checksum(submission)
        world.change(event, by=people["by"], title=f"Not reviewed {round_}")

        results = at_once(
            lambda pk=submission.pk, checksum=checksum: approve_and_publish(
                Submission.objects.get(pk=pk), by=people["approved_by"], checksum=checksum
            ),
            lambda pk=submission.pk: resubmit(Submission.objects.get(pk=pk), by=people["by"]),
        )

        assert len(outcome(results)) == 2
        label = Version.objects.get(public_id=event.public_id, superseded_in=None).label
        if isinstance(results[0], Refused):
            assert label != f"Reviewed {round_}"
            Submission.objects.get(pk=submission.pk).items.update(is_open=False)
        else:
            assert label == f"Reviewed {round_}"
        assert not label.startswith("Not reviewed")


def test_an_entry_submitted_twice_at_one_instant_is_in_one_submission(threads, people):
    events = [world.event(f"Event {number}", by=people["by"]) for number in range(3)]
    ids = [event.public_id for event in events]

    results = at_once(
        lambda: submit(ids, by=people["by"], reason="One."),
        lambda: submit(ids[::-1], by=people["by"], reason="Other."),
    )

    assert outcome(results) == [Refused, Submission]
    assert Submission.objects.count() == 1
