"""What the desk calls entries where it shows what the public would see."""

from actors.models import Actor
from desk.history import attributed
from desk.naming import UNPUBLISHED, in_words, name_in, public_names
from desk.revisions import save_revision
from record.reading import Record
from tests import world


def rename(actor: Actor, text: str) -> None:
    name = actor.names.first()
    name.text = text
    with attributed(by=None, reason="x"):
        name.save()
        save_revision(actor, by=None, reason="x")


def test_entries_are_named_as_published_and_never_by_their_drafts(people):
    republic, hidden = world.actor("The Republic"), world.actor("A secret name")
    event = world.event(participants=[world.participant(republic)])
    world.publish_all(event, **people)
    rename(republic, "A draft of a name")
    world.change(event, participants=[world.participant(republic), world.participant(hidden)])
    document = world.document(event)

    names = public_names([document], Record.current(), {})

    assert names[republic.public_id] == "The Republic"
    assert names[hidden.public_id] == UNPUBLISHED


def test_entries_are_named_as_the_submission_has_them(people):
    republic = world.actor("The Republic")
    event = world.event(participants=[world.participant(republic)])
    world.publish_all(event, **people)
    rename(republic, "The new Republic")
    given = {republic.public_id: world.document(republic)}

    names = public_names([world.document(event)], Record.current(), given)

    assert names[republic.public_id] == "The new Republic"


def test_parts_of_other_entries_are_named_with_them(full, django_assert_num_queries):
    event = world.document(full.event)
    tenures = [row["tenure"] for row in event["participants"] if row["tenure"]]
    record = Record.current()

    with django_assert_num_queries(2):
        names = public_names([event, None], record, {})

    assert [names[tenure] for tenure in tenures] == [
        "The Envoy, Conference of States, Chair of the Conference"
    ]


def test_entry_is_named_as_lists_name_it(db):
    event, bare = world.event("A summit"), world.place(names=[])

    assert name_in(world.document(event)) == "A summit"
    assert name_in(world.document(bare)) == bare.public_id


def test_values_of_fields_are_put_into_words():
    values = [None, [], True, "L2", ["L2", 3], {"as_given": None, "precision": "area"}]

    assert [in_words(value) for value in values] == [
        "",
        "",
        "yes",
        "L2",
        "L2, 3",
        "precision: area",
    ]
