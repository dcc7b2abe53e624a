"""Merging one published entry into another: what it writes, what it moves, what it refuses."""

import pytest
from django.db.models import UniqueConstraint

from actors.models import NameKind
from desk.documents import parts_of
from desk.merge_plan import plan_merger
from desk.merging import request_merger, resubmit_merger
from desk.models import SubmissionItem, WorkingCopy
from desk.publishing import approve_and_publish, publish, withdraw
from desk.revisions import restore
from desk.submissions import approve, submission_checksum
from desk.types import desk_types
from record.models import Version
from record.reading import Moved, Record, document_of
from record.verification import verify
from tests import world
from tests.authorship import authors_of
from tests.refusals import refusal

pytestmark = pytest.mark.django_db
REASON = "The same republic, entered twice."


def standing(entry) -> Version:
    return Version.objects.get(public_id=entry.public_id, superseded_in=None)


def published(entry):
    return document_of(standing(entry))


def merge(loser, winner, *, by, approved_by, **options):
    submission = request_merger(loser.public_id, winner.public_id, by=by, reason=REASON, **options)
    return approve_and_publish(submission, by=approved_by, checksum=submission_checksum(submission))


@pytest.fixture
def by(chief_editor, editor):
    return {"by": chief_editor, "approved_by": editor}


def two_actors(cast):
    """Two actors that are one, and an event in which the first took part under a tenure."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    winner = world.actor(
        "The Republic", by=people["by"], identifiers=[{"scheme": "viaf", "value": "9"}]
    )
    loser = world.actor(
        "Republic, the",
        by=people["by"],
        offices=[{"title": "Chair"}],
        identifiers=[{"scheme": "wikidata", "value": "Q1"}],
        description="Another description.",
    )
    office = loser.offices.get()
    loser = world.change(loser, by=people["by"], tenures=[{"office": office}], citations=[{}])
    event = world.event(
        by=people["by"],
        participants=[world.participant(loser, tenure=loser.tenures.get(), by=people["by"])],
    )
    world.publish_all(winner, event, **people)
    return loser, winner, event


@pytest.fixture
def two(kept):
    return kept(two_actors)


def test_a_merger_moves_parts_and_replaces_the_id_in_public_and_at_the_desk(two, by):
    loser, winner, event = two
    before = published(event)

    edition = merge(loser, winner, **by)

    there = published(winner)
    assert [(row["key"], row["text"], row["kind"]) for row in there["names"]] == [
        ("p1", "The Republic", "preferred"),
        ("p2", "Republic, the", "variant"),
    ]
    assert [(row["key"], row["title"]) for row in there["offices"]] == [("p3", "Chair")]
    assert [(row["key"], row["office"]) for row in there["tenures"]] == [
        ("p4", f"{winner.public_id}/p3")
    ]
    assert [row["scheme"] for row in there["identifiers"]] == ["viaf", "wikidata"]
    assert there["description"] is None
    [row] = published(event)["participants"]
    assert (row["actor"], row["tenure"]) == (winner.public_id, f"{winner.public_id}/p4")
    assert published(event) == before | {"participants": [row]}
    assert sorted(edition.versions.values_list("public_id", "change", "state")) == sorted(
        [
            (loser.public_id, "merge", "merged"),
            (winner.public_id, "merge", "published"),
            (event.public_id, "merge", "published"),
        ]
    )
    keys = document_of(standing(loser))["keys"]
    assert keys[f"{loser.public_id}/p3"] == f"{winner.public_id}/p4"
    for entry in (winner, event):
        assert world.document(entry) == published(entry)
        copy = WorkingCopy.objects.get(public_id=entry.public_id)
        assert (copy.changed, copy.published_id) == (False, copy.revision_id)
    gone = WorkingCopy.objects.get(public_id=loser.public_id)
    assert (gone.merged_into, gone.published, gone.changed) == (winner.public_id, None, False)
    history = event.participants.get().history.first()
    assert (history.history_user, history.history_change_reason) == (by["by"], REASON)
    assert verify().faults == []


def test_old_addresses_lead_to_the_winner(two, by, reader):
    loser, winner, _ = two
    merge(loser, winner, **by)

    for address in (loser.slug, loser.public_id):
        with pytest.raises(Moved) as moved:
            Record.current().get("actor", address)
        assert moved.value.version == standing(winner)
        page = reader.get(f"/actors/{address}/")
        assert (page.status_code, page["Location"]) == (301, f"/actors/{winner.slug}/")
    answer = reader.get(f"/api/v1/actors/{loser.public_id}/")
    body = answer.json()
    assert (answer.status_code, body["result"]["merged_into"]) == (410, winner.public_id)
    assert set(body["references"]) == {winner.public_id}
    citation = reader.get(f"/actors/{loser.slug}/citations/c2/")
    assert citation.status_code in (301, 410)


def test_unpublished_work_is_kept_and_follows(two, by, people):
    loser, winner, event = two
    world.change(event, by=people["by"], title="A draft title")
    draft = world.event(
        "Never published", by=people["by"], participants=[world.participant(loser, by=people["by"])]
    )
    world.change(winner, by=people["by"], editor_note="A draft note.")

    merge(loser, winner, **by)

    event.refresh_from_db()
    assert event.title == "A draft title"
    assert published(event)["title"] == "A first meeting"
    assert draft.participants.get().actor == winner
    winner.refresh_from_db()
    assert (winner.editor_note, published(winner)["editor_note"]) == ("A draft note.", None)
    assert winner.names.count() == 2
    changed = WorkingCopy.objects.filter(changed=True).order_by("public_id")
    assert [copy.public_id for copy in changed] == sorted(
        [winner.public_id, event.public_id, draft.public_id]
    )


def test_unpublished_changes_keep_their_authors(two, by, people):
    """Four eyes: a merger in between does not hide who changed what before it."""
    loser, winner, event = two
    world.change(event, by=people["approved_by"], title="A draft title")
    submission = request_merger(loser.public_id, winner.public_id, by=by["by"], reason=REASON)
    assert authors_of(submission) == {by["by"].pk}
    approve_and_publish(
        submission, by=people["approved_by"], checksum=submission_checksum(submission)
    )

    later = world.submitted(event, by=people["by"])

    assert people["approved_by"].pk in authors_of(later)


def test_a_submission_under_way_follows_and_is_approved_anew(two, by, people):
    loser, winner, event = two
    world.change(event, by=people["by"], title="In review")
    waiting = world.submitted(event, by=people["by"])
    approve(waiting, by=people["approved_by"], checksum=submission_checksum(waiting))

    merge(loser, winner, **by)

    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    edition = approve_and_publish(
        waiting, by=people["approved_by"], checksum=submission_checksum(waiting)
    )
    assert published(event)["title"] == "In review"
    assert published(event)["participants"][0]["actor"] == winner.public_id
    assert edition.number == 3
    assert verify().faults == []


def test_what_is_published_meanwhile_stands_against_it_until_it_is_resubmitted(two, by, people):
    loser, winner, event = two
    submission = request_merger(loser.public_id, winner.public_id, by=by["by"], reason=REASON)
    approve(submission, by=by["approved_by"], checksum=submission_checksum(submission))
    world.change(event, by=people["by"], title="Meanwhile")
    world.publish_only(event, **people)

    assert refusal(lambda: publish(submission, by=by["approved_by"])) == [
        (
            f"{event.public_id} has been published anew since the merger was asked for. Resubmit "
            "it, and look at the differences again."
        )
    ]
    resubmit_merger(submission, by=by["by"])
    approve_and_publish(submission, by=by["approved_by"], checksum=submission_checksum(submission))
    assert published(event)["title"] == "Meanwhile"
    assert published(event)["participants"][0]["actor"] == winner.public_id
    assert verify().faults == []


def test_a_new_reference_meanwhile_is_refused_with_its_name(two, by, people):
    loser, winner, _ = two
    submission = request_merger(loser.public_id, winner.public_id, by=by["by"], reason=REASON)
    other = world.event(
        "Another", by=people["by"], participants=[world.participant(loser, by=people["by"])]
    )
    world.publish_all(other, **people)

    assert refusal(
        lambda: approve_and_publish(
            submission, by=by["approved_by"], checksum=submission_checksum(submission)
        )
    ) == [f"{loser.public_id} cannot go: {other.public_id} refers to it."]
    resubmit_merger(submission, by=by["by"])
    approve_and_publish(submission, by=by["approved_by"], checksum=submission_checksum(submission))
    assert verify().faults == []


def test_what_is_not_chosen_stays_and_is_named(two, by):
    loser, winner, event = two

    plan = plan_merger(loser.public_id, winner.public_id, chosen=frozenset())

    told = {
        offer.of: (offer.taken, list(offer.needed_by))
        for offer in plan.takeover.offers
        if offer.of != "citations"
    }
    tenure = published(loser)["tenures"][0]["key"]
    assert told == {
        "names": (False, []),
        "offices": (True, [f"{loser.public_id}/{tenure}"]),
        "tenures": (True, [event.public_id]),
        "identifiers": (False, []),
    }
    assert ("description", "Another description.") in plan.takeover.left


def test_a_merger_that_cannot_be_is_refused_in_a_sentence(two, by, people, chief_editor):
    loser, winner, _ = two
    never = world.actor("Never", by=people["by"])
    place = world.place("Elsewhere", by=people["by"])
    gone = world.actor("Gone", by=people["by"])
    world.publish_only(place, gone, **people)
    withdraw([gone.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    def against(one, other):
        return refusal(
            lambda: request_merger(one.public_id, other.public_id, by=chief_editor, reason="x")
        )

    a = loser.public_id
    assert against(loser, loser) == [f"{a} cannot be merged into itself."]
    assert against(loser, place) == [
        f"{a} and {place.public_id} are not of one type: actor and place."
    ]
    assert against(loser, never) == [
        (f"{never.public_id} has never been published; only published entries are merged.")
    ]
    assert against(loser, gone) == [
        (f"{gone.public_id} has been withdrawn, so nothing is merged with it.")
    ]
    world.change(winner, by=people["by"], editor_note="x")
    waiting = world.submitted(winner, by=people["by"])
    assert against(loser, winner) == [
        (f"{winner.public_id} is in submission {waiting.pk}. Publish that or take it back first.")
    ]


def test_an_event_that_would_name_one_actor_twice_stands_against_it(two, by, people):
    loser, winner, event = two
    role = event.participants.get().role
    world.change(
        event,
        by=people["by"],
        participants=[{"actor": loser, "role": role}, {"actor": winner, "role": role}],
        citations=[{}],
    )
    world.publish_only(event, **people)
    first, second = published(event)["participants"]

    assert refusal(lambda: merge(loser, winner, **by)) == [
        (
            f"{event.public_id} would have the same actor and role twice, in {first['key']} and "
            f"{second['key']}. Take one of them out of it and publish that first."
        )
    ]


def test_entries_that_refer_to_one_another_are_not_merged(people, by):
    whole, inner, innermost = (world.place(name, by=people["by"]) for name in ("A", "B", "C"))
    world.change(inner, by=people["by"], part_of=whole, citations=[{}])
    world.change(innermost, by=people["by"], part_of=inner, citations=[{}])
    world.publish_all(whole, inner, innermost, **people)

    def against(loser, winner):
        return refusal(lambda: merge(loser, winner, **by))

    assert against(whole, inner) == [
        (
            f"{inner.public_id} refers to {whole.public_id}, and would refer to itself. "
            "Take that out of it and publish it first."
        )
    ]
    assert against(whole, innermost) == [
        (
            f"{innermost.public_id} would lead to itself: what it names under “part of” names "
            f"{whole.public_id} or {innermost.public_id} in turn."
        )
    ]


def test_a_merged_entry_neither_comes_back_nor_is_referred_to(two, by, people):
    loser, winner, event = two
    old = WorkingCopy.objects.get(public_id=event.public_id).revision
    own = WorkingCopy.objects.get(public_id=loser.public_id).revision
    merge(loser, winner, **by)

    assert refusal(lambda: world.submitted(loser, by=people["by"])) == [
        (f"{loser.public_id} was merged into {winner.public_id}, and is not published again.")
    ]
    assert refusal(lambda: restore(loser, own, by=people["by"], reason="Back.")) == [
        (f"{loser.public_id} was merged into {winner.public_id}; edit that.")
    ]
    # A revision from before the merger follows it.
    world.change(event, by=people["by"], title="Changed")
    restore(event, old, by=people["by"], reason="Back.")
    assert world.document(event) == published(event)


def test_mergers_follow_one_another(people, by):
    first, second, third = (world.source(f"Source {n}", by=people["by"]) for n in (1, 2, 3))
    event = world.event(by=people["by"], citations=[{"source": first}])
    world.publish_all(first, second, third, event, **people)

    merge(first, second, **by)
    merge(second, third, **by)

    assert published(event)["citations"][0]["source"] == third.public_id
    assert event.citations.get().source == third
    assert Record.current().resolve("source", first.public_id) == standing(third)
    assert verify().faults == []


def test_of_two_mergers_with_one_entry_the_second_waits(two, by, people):
    loser, winner, _ = two
    third = world.actor("Third", by=people["by"])
    world.publish_only(third, **people)
    submission = request_merger(loser.public_id, winner.public_id, by=by["by"], reason=REASON)

    assert refusal(lambda: merge(winner, third, **by)) == [
        f"{winner.public_id} is in submission {submission.pk}. Publish that or take it back first."
    ]
    open_ids = SubmissionItem.objects.filter(is_open=True).values_list("public_id", flat=True)
    assert sorted(open_ids) == sorted([loser.public_id, winner.public_id])


def test_a_name_is_a_variant_unless_the_winner_has_it(two, by, people):
    loser, winner, _ = two
    world.change(
        winner,
        by=people["by"],
        names=[
            {"text": "The Republic"},
            {"text": "Republic, the", "kind": NameKind.VARIANT},
        ],
        citations=[{}],
    )
    world.publish_only(winner, **people)

    plan = plan_merger(loser.public_id, winner.public_id)

    [name] = [offer for offer in plan.takeover.offers if offer.of == "names"]
    there = published(loser)["names"][0]["key"]
    own = published(winner)["names"][1]["key"]
    assert (name.same, name.taken) == (own, False)
    assert plan.takeover.keys[f"{loser.public_id}/{there}"] == f"{winner.public_id}/{own}"


@pytest.mark.parametrize("each", desk_types(), ids=lambda each: each.name)
def test_documents_say_what_their_tables_have_only_once(each):
    """``unique`` of a part is what the table refuses, whatever else its rows hold."""
    for name, part in parts_of(each.declaration).items():
        model = getattr(each.model, name).rel.related_model
        constraints = [
            tuple(field for field in constraint.fields if field != "entry")
            for constraint in model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None
        ]
        assert [fields for fields in constraints if fields != ("key",)] == (
            [part.unique] if part.unique else []
        ), name


def test_a_part_that_was_not_taken_over_is_not_taken_for_another(people, by):
    """A revision that names it is refused in words, rather than read as the winner's own part."""
    winner = world.actor("Winner", by=people["by"], tenures=[{"role": "Own"}] * 3)
    loser = world.actor("Loser", by=people["by"], tenures=[{"role": "Envoy"}])
    tenure = loser.tenures.get()
    event = world.event(
        by=people["by"],
        participants=[world.participant(loser, tenure=tenure, by=people["by"])],
    )
    old = WorkingCopy.objects.get(public_id=event.public_id).revision
    world.change(event, by=people["by"], participants=[], citations=[{}])
    world.publish_all(winner, loser, event, **people)
    merge(loser, winner, **by, chosen=frozenset())

    [sentence] = refusal(lambda: restore(event, old, by=people["by"], reason="Back."))
    assert sentence.endswith(
        f"{loser.public_id} has been merged into another, which has not taken {tenure.key} over."
    )


def test_working_copies_that_could_not_follow_are_named_first(two, by, people, chief_editor):
    loser, winner, _ = two
    place = world.place(by=people["by"])
    world.publish_only(place, **people)
    draft = world.event(
        "Draft", by=people["by"], participants=[world.participant(loser, by=people["by"])]
    )
    role = draft.participants.get().role
    withdraw([place.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")
    draft.place = place
    world.change(
        draft,
        by=people["by"],
        participants=[{"actor": loser, "role": role}, {"actor": winner, "role": role}],
        citations=[],
    )
    one, other = (row["key"] for row in world.document(draft)["participants"])

    assert refusal(lambda: merge(loser, winner, **by)) == [
        (
            f"At the desk, {draft.public_id} would have the same actor and role twice, in {one} "
            f"and {other}. Take one of them out of it and publish that first."
        ),
        (
            f"The working copy of {draft.public_id} refers to {place.public_id}, which has been "
            "withdrawn. Take that out of it first."
        ),
    ]
