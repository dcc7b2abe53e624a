"""Events at the desk."""

import pytest

from events.models import Event
from tests import world
from tests.pages import EntryForm
from vocabulary.models import Vocabulary


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def test_event_is_entered_with_all_that_it_has(desk, db):
    envoy = world.actor("The envoy", tenures=[{"role": "Envoy"}])
    whole, earlier = world.event("The talks"), world.event("Preparation")
    subject = world.term("Peace", vocabulary=Vocabulary.SUBJECT)
    role = world.term("Host", vocabulary=Vocabulary.ROLE)
    form = EntryForm(desk, Event)
    form.set(title="First day", slug="first-day", kind=whole.kind.pk, place=world.place().pk)
    form.set(date_edtf="1997-07-02~", date_as_given="in early July", part_of=whole.pk)
    form.fields |= {"follows": [str(earlier.pk)], "subjects": [str(subject.pk)]}
    form.set(summary="Two\r\nlines. ", editor_note="Disputed.", desk_note="Ask the host.")
    form.row("participants", 0, actor=envoy.pk, role=role.pk, tenure=envoy.tenures.get().pk)
    form.row("quantities", 0, what="delegates", low="30", best="40", high="50.5", unit="persons")
    form.fields["quantities-0-approximate"] = ["on"]
    form.row("identifiers", 0, scheme="wikidata", value="Q1")
    form.row("citations", 0, source=world.source().pk)

    assert form.send().status_code == 302
    event = Event.objects.get(slug="first-day")
    document = world.document(event)
    assert document["summary"] == "Two\nlines."
    assert (document["follows"], document["subjects"]) == (
        [earlier.public_id],
        [subject.public_id],
    )
    assert document["date"]["as_given"] == "in early July"
    assert document["participants"] == [
        {
            "key": "p1",
            "actor": envoy.public_id,
            "role": role.public_id,
            "tenure": f"{envoy.public_id}/{envoy.tenures.get().key}",
        }
    ]
    assert document["quantities"] == [
        {
            "key": "p2",
            "what": "delegates",
            "low": "30",
            "best": "40",
            "high": "50.5",
            "unit": "persons",
            "approximate": True,
        }
    ]
    assert document["citations"][0]["claims"] == [
        *["entry", "summary", "date", "place", "part_of", "follows", "p1", "p2"]
    ]
    assert event.desk_note == "Ask the host."


@pytest.mark.parametrize(
    ("figures", "error"),
    [
        ({}, "Give at least one figure."),
        ({"low": "5", "best": "4"}, "Low, best and high have to be in ascending order."),
    ],
)
def test_quantity_says_what_is_wrong_with_its_figures(figures, error, desk, db):
    form = EntryForm(desk, world.event())
    form.row("quantities", 0, what="delegates", **figures)

    assert form.refused() == [error]


def test_form_costs_the_same_for_one_part_and_for_three(desk, django_assert_num_queries):
    actors = [world.actor(f"Actor {number}") for number in range(3)]
    for number in (1, 3):
        event = world.event(
            f"Event {number}",
            participants=[world.participant(actor) for actor in actors[:number]],
            citations=[{}] * number,
        )
        with django_assert_num_queries(19):
            assert EntryForm(desk, event).page.status_code == 200


def test_event_is_not_told_to_follow_itself_or_to_be_part_of_itself(contributor, client_of):
    event = world.event(by=contributor)
    form = EntryForm(client_of(contributor), event)
    form.fields |= {"follows": [str(event.pk)], "part_of": [str(event.pk)]}

    assert form.refused() == ["This is the entry itself. Choose another."] * 2


def test_entries_are_named_by_typing_their_ids_where_nothing_can_be_chosen(desk, db):
    envoy = world.actor("The envoy", tenures=[{"role": "Envoy"}])
    role = world.term("Host", vocabulary=Vocabulary.ROLE)
    tenure = envoy.tenures.get()
    event, other = world.event(), world.term("Other", vocabulary=Vocabulary.EVENT_KIND)
    form = EntryForm(desk, event)
    form.set(**{"kind-typed": other.public_id})
    form.row("participants", 0)
    typed = {"actor": envoy.public_id, "role": role.public_id, "tenure": f"A1/{tenure.key}"}
    form.set(**{f"participants-0-{name}-typed": value for name, value in typed.items()})

    assert form.send().status_code == 302

    event.refresh_from_db()
    part = event.participants.get()
    assert (event.kind, part.actor, part.role, part.tenure) == (other, envoy, role, tenure)


def test_typed_id_of_nothing_that_fits_is_refused_and_stays(desk, db):
    form = EntryForm(desk, world.event())
    form.set(**{"kind-typed": "E1"})

    response = form.send()

    assert response.context["errors"] == [
        ["Select a valid choice. That choice is not one of the available choices."]
    ]
    assert 'name="kind-typed" value="E1"' in response.content.decode()
