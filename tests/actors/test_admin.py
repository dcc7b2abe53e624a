"""Actors at the desk."""

import pytest
from django.contrib.contenttypes.models import ContentType

from actors.models import Actor
from tests import world
from tests.pages import EntryForm
from vocabulary.models import Vocabulary


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def test_person_is_entered_with_a_tenure_in_another_actors_office(desk, db):
    body = world.actor("The Conference", offices=[{"title": "Chair"}])
    form = EntryForm(desk, Actor)
    form.set(slug="the-envoy", kind="person", existed_edtf="1940/..")
    form.row("names", 0, text="The Envoy")
    form.row("tenures", 0, office=body.offices.get().pk, held_edtf="1993/2003")
    form.row("tenures", 1, role="Head of the delegation", organisation=body.pk)
    form.row(
        "relations",
        0,
        kind=world.term("Member of", vocabulary=Vocabulary.RELATION).pk,
        to=body.pk,
        held_edtf="1993/..",
    )
    form.row("citations", 0, source=world.source().pk, claims="new-1 new-3 new-3.held")

    assert form.send().status_code == 302
    document = world.document(Actor.objects.get(slug="the-envoy"))
    office = body.offices.get()
    assert [(row["key"], row["office"], row["role"]) for row in document["tenures"]] == [
        ("p2", f"{body.public_id}/{office.key}", None),
        ("p3", None, "Head of the delegation"),
    ]
    assert [row["key"] for row in document["relations"]] == ["p4"]
    assert document["citations"][0]["claims"] == ["p1", "p2", "p2.held"]


def test_tenure_has_an_office_or_a_role(desk, db):
    body = world.actor("The Conference", offices=[{"title": "Chair"}])
    form = EntryForm(desk, world.actor("The Envoy"))
    form.row("tenures", 0, office=body.offices.get().pk, role="Chair")

    assert form.refused() == ["Give an office or a role in words, not both."]


def test_actor_has_no_relation_to_itself(desk, db):
    actor = world.actor()
    member = world.term("Member of", vocabulary=Vocabulary.RELATION)
    form = EntryForm(desk, actor)
    form.row("relations", 0, kind=member.pk, to=actor.pk)

    assert form.refused() == ["An actor has no relation to itself."]


def test_term_of_another_vocabulary_is_no_kind_of_relation(desk, db):
    actor = world.actor()
    form = EntryForm(desk, actor)
    form.row("relations", 0, kind=world.term("Meeting").pk, to=world.actor("Another").pk)

    assert form.send().context["errors"] == [
        ["Select a valid choice. That choice is not one of the available choices."]
    ]
    assert actor.relations.count() == 0


def test_form_costs_the_same_for_one_part_and_for_three(desk, django_assert_num_queries):
    ContentType.objects.get_for_model(Actor)  # asked for once in the life of a process
    bodies = [
        world.actor(f"Body {number}", offices=[{"title": f"Chair {number}"}]) for number in range(3)
    ]
    for number in (1, 3):
        actor = world.actor(
            f"Envoy {number}",
            tenures=[
                {"office": body.offices.get(), "organisation": body} for body in bodies[:number]
            ],
        )
        with django_assert_num_queries(19):
            assert EntryForm(desk, actor).page.status_code == 200
