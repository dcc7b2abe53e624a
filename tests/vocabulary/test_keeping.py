"""Chief editors keep the vocabularies through submissions, like any entry."""

import pytest

from desk.merging import request_merger
from desk.publishing import approve_and_publish
from desk.submissions import submission_checksum
from events.models import Event
from record.models import Version
from record.reading import document_of
from record.verification import verify
from tests import world
from tests.pages import EntryForm
from tests.refusals import against_publishing, refusal

pytestmark = pytest.mark.django_db


def published(entry):
    return document_of(Version.objects.get(public_id=entry.public_id, superseded_in=None))


def test_a_definition_is_edited_at_the_desk_and_published_by_another(
    people, chief_editor, editor, client_of, reader
):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    form = EntryForm(client_of(chief_editor), event.kind)
    form.row("labels", 0, label="Round of talks", definition="Two sides in one room.")
    form.set(reason="A definition that a stranger could apply.")
    assert form.send().status_code == 302

    world.publish_only(event.kind, by=chief_editor, approved_by=editor)

    assert published(event.kind)["labels"][0]["definition"] == "Two sides in one room."
    assert "Round of talks" in reader.get(f"/events/{event.slug}/").content.decode()
    assert "Meeting" in reader.get("/terms/?edition=1").content.decode()


def test_a_retired_term_stays_where_it_is_and_comes_to_nothing_new(people, chief_editor, reader):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    world.change(event.kind, by=chief_editor, retired=True)
    world.publish_only(event.kind, **people)

    world.change(event, by=people["by"], title="Corrected")
    assert against_publishing(event, people) == []
    other = world.event("Another", kind=event.kind, by=people["by"])
    term = event.kind.public_id
    assert against_publishing(other, people) == [
        (
            f"{other.public_id} uses {term}, which is retired: it is kept for the entries that "
            "have it, and not for others."
        )
    ]
    assert "Retired" in reader.get("/terms/").content.decode()
    assert "Retired" not in reader.get("/terms/?edition=1").content.decode()


def test_a_retired_term_is_not_offered_and_nothing_is_merged_into_it(
    people, chief_editor, client_of
):
    kept, retired = (world.term(label, by=people["by"]) for label in ("Kept", "Old"))
    world.publish_only(kept, retired, **people)
    world.change(retired, by=chief_editor, retired=True)
    world.publish_only(retired, **people)

    offered = client_of(chief_editor).get(
        "/desk/autocomplete/",
        {"term": "", "app_label": "events", "model_name": "event", "field_name": "kind"},
    )

    assert [row["id"] for row in offered.json()["results"]] == [str(kept.pk)]
    assert refusal(
        lambda: request_merger(kept.public_id, retired.public_id, by=chief_editor, reason="x")
    ) == [f"{retired.public_id} is retired, so nothing new is described with it."]


def test_a_retired_term_is_refused_where_it_is_chosen_anew_and_stays_where_it_was(
    people, chief_editor, client_of
):
    old = world.term("Old", by=people["by"])
    event = world.event(kind=old, by=people["by"])
    event.subjects.add(old)
    role = world.participant(world.actor(by=people["by"]), by=people["by"])
    world.change(event, by=people["by"], participants=[role])
    for term in (old, event.participants.get().role):
        world.change(term, by=chief_editor, retired=True)
    role, desk = event.participants.get().role, client_of(chief_editor)
    form = EntryForm(desk, event)
    form.set(title="Still of that kind")
    form.row("participants", 1, actor=world.actor("Another").pk, role=role.pk)
    assert form.send().status_code == 302

    form = EntryForm(desk, world.event("Other", by=people["by"]))
    form.set(kind=old.pk)
    form.fields["subjects"] = [str(old.pk)]
    form.row("participants", 0, actor=world.actor("A third").pk, role=role.pk)
    page = form.send()

    assert page.status_code == 200
    sentence = (
        "{} is retired: it is kept for the entries that have it, and not for others. Choose "
        "another."
    )
    errors = page.context["adminform"].form.errors
    kind = sentence.format(f"Old ({old.public_id})")
    assert errors == {"kind": [kind], "subjects": [kind]}
    [formset] = [
        each.formset
        for each in page.context["inline_admin_formsets"]
        if each.formset.prefix == "participants"
    ]
    assert formset.forms[0].errors == {"role": [sentence.format(f"Delegate ({role.public_id})")]}


def test_two_terms_become_one_with_their_labels(people, chief_editor, editor):
    winner = world.term("Meeting", by=people["by"])
    loser = world.term(
        by=people["by"],
        labels=[{"label": "Get-together"}, {"label": "Görüş", "language": "az"}],
        slug="get-together",
    )
    event = world.event(kind=loser, by=people["by"], subjects=[loser])
    world.publish_all(winner, event, **people)

    submission = request_merger(
        loser.public_id, winner.public_id, by=chief_editor, reason="One word is enough."
    )
    approve_and_publish(submission, by=editor, checksum=submission_checksum(submission))

    # One label a language: the winner keeps its own.
    assert [row["label"] for row in published(winner)["labels"]] == ["Meeting", "Görüş"]
    assert (published(event)["kind"], published(event)["subjects"]) == (
        winner.public_id,
        [winner.public_id],
    )
    event = Event.objects.get()
    assert (event.kind, list(event.subjects.all())) == (winner, [winner])
    assert verify().faults == []


def test_terms_of_different_vocabularies_are_not_merged(people, chief_editor):
    one = world.term("Meeting", by=people["by"])
    other = world.term("Host", vocabulary="role", by=people["by"])
    world.publish_only(one, other, **people)

    assert refusal(
        lambda: request_merger(one.public_id, other.public_id, by=chief_editor, reason="x")
    ) == [f"{one.public_id} and {other.public_id} are not of one kind: event kind and role."]
