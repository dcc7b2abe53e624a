"""The desk's lists: what they show, find and cost."""

import re
from typing import Any

import pytest
from django.urls import reverse

from actors.models import Actor, Office
from chronicle.dates import PartialDate
from desk.models import Submission
from desk.publishing import withdraw
from events.models import Event
from places.models import Place
from proposals.models import Proposal
from sources.models import Source
from tests import world
from tests.pages import admin_url
from vocabulary.models import Term, Vocabulary


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def listed(client: Any, model: Any, query: str = "") -> list[str]:
    page = client.get(f"{admin_url(model, 'changelist')}{query}")
    assert page.status_code == 200
    return [row.public_id for row in page.context["cl"].result_list]


def column(client: Any, model: Any, name: str, query: str = "") -> list[str]:
    """A column as the page shows it."""
    page = client.get(f"{admin_url(model, 'changelist')}{query}")
    cell = rf'<t[dh] class="field-{name}[^"]*">(.*?)</t[dh]>'
    return re.findall(cell, page.content.decode())


def row(model: Any, number: int) -> Any:
    """A new entry that refers to entries of its own, so that nothing is shared by accident."""
    name = f"Row {number}"
    place = world.place(f"Place {number}")
    made = {
        Term: lambda: world.term(name),
        Source: lambda: world.source(name),
        Place: lambda: world.place(name, part_of=place),
        Actor: lambda: world.actor(name, existed=PartialDate("1991/..")),
        Event: lambda: world.event(name, kind=world.term(f"Kind {number}"), place=place),
        Proposal: lambda: world.proposal(name, kind=world.term(f"Kind {number}")),
    }
    return made[model]()


@pytest.mark.parametrize(
    ("model", "queries"),
    [(Term, 7), (Source, 8), (Place, 7), (Actor, 8), (Event, 9), (Proposal, 9)],
)
def test_list_costs_the_same_for_one_row_and_for_three(
    model, queries, desk, django_assert_num_queries
):
    rows = [row(model, 1)]
    with django_assert_num_queries(queries):
        assert sorted(listed(desk, model, "?q=row")) == sorted(each.public_id for each in rows)
    rows += [row(model, 2), row(model, 3)]
    with django_assert_num_queries(queries):
        assert sorted(listed(desk, model, "?q=row")) == sorted(each.public_id for each in rows)


def test_list_of_submissions_costs_the_same_for_one_row_and_for_three(
    cast, desk, django_assert_num_queries
):
    for number in range(3):
        terms = [world.term(f"Term {number}{letter}") for letter in "ab"]
        world.submitted(*terms, by=cast.contributor)
        if number in (0, 2):
            with django_assert_num_queries(7):
                page = desk.get(admin_url(Submission, "changelist"))
            assert len(page.context["cl"].result_list) == number + 1


def test_list_of_revisions_costs_the_same_for_one_row_and_for_three(
    cast, desk, django_assert_num_queries
):
    term = world.term(by=cast.contributor)
    for number in range(3):
        with django_assert_num_queries(7):
            page = desk.get(reverse("admin:desk_revision_changelist"))
        assert len(page.context["cl"].result_list) == number + 1
        world.change(term, editor_note=f"Note {number}", by=cast.contributor)


def test_list_says_how_entries_stand(cast, desk):
    draft = world.event("Draft", date="1995", citations=[{"claims": ["entry"]}])
    settled, changed = world.event("Settled", date="1996"), world.event("Changed", date="1997")
    world.publish_all(settled, changed, by=cast.contributor, approved_by=cast.editor)
    world.change(changed, title="Changed since")
    gone = world.event("Gone", date="1998")
    world.publish_only(gone, by=cast.contributor, approved_by=cast.editor)
    withdraw([gone.public_id], by=cast.chief_editor, reason="?", approved_by=cast.editor)

    assert listed(desk, Event) == [e.public_id for e in (draft, settled, changed, gone)]
    assert column(desk, Event, "standing") == [
        "never published",
        "as published",
        "unpublished changes",
        "withdrawn",
    ]
    assert column(desk, Event, "evidence") == ["1 lacking", "complete", "complete", "complete"]
    assert column(desk, Event, "date") == ["1995", "1996", "1997", "1998"]
    for query, entries in [
        ("?standing=new", [draft]),
        ("?standing=changed", [draft, changed]),
        ("?standing=as+published", [settled]),
        ("?standing=withdrawn", [gone]),
        ("?evidence=lacking", [draft]),
        ("?evidence=complete", [settled, changed, gone]),
    ]:
        assert listed(desk, Event, query) == [e.public_id for e in entries], query


def test_events_are_filtered_by_decade_and_kind(desk, db):
    visit = world.term("Visit")
    long = world.event("Long", date="1988/1992")
    short = world.event("Short", date="1991-05", kind=visit)
    undated = world.event("Undated", date=None)
    still = world.event("Still", date="2003/..")

    assert listed(desk, Event, "?decade=1980") == [long.public_id]
    assert listed(desk, Event, "?decade=1990") == [long.public_id, short.public_id]
    assert listed(desk, Event, "?decade=2010") == [still.public_id]
    assert listed(desk, Event, "?decade=undated") == [undated.public_id]
    assert listed(desk, Event, f"?kind__id__exact={visit.pk}") == [short.public_id]
    for nonsense in ("nonsense", "١٩٩٠", "9" * 5000):
        assert len(listed(desk, Event, f"?decade={nonsense}")) == 4
    offered = desk.get(admin_url(Event, "changelist")).context["cl"].filter_specs
    decades = next(spec for spec in offered if spec.title == "date")
    assert [name for name, _ in decades.lookup_choices] == ["1980", "1990", "2000", "undated"]


def test_entries_are_found_by_id_slug_and_name(desk, db):
    republic, kingdom = world.actor("The Republic"), world.actor("The Kingdom")

    assert listed(desk, Actor, "?q=A2") == [kingdom.public_id]
    assert listed(desk, Actor, "?q=the-rep") == [republic.public_id]
    assert listed(desk, Actor, "?q=kingdom") == [kingdom.public_id]
    assert column(desk, Actor, "name", "?q=A1") == ["The Republic"]


def autocomplete(client: Any, model: str, field: str, term: str = "") -> list[str]:
    app, _, name = model.partition(".")
    query = {"app_label": app, "model_name": name, "field_name": field, "term": term}
    response = client.get("/desk/autocomplete/", query)
    assert response.status_code == 200
    return [result["text"] for result in response.json()["results"]]


def test_retired_terms_are_not_offered_but_stay_in_the_list(desk, db):
    world.term("Old", retired=True)
    new = world.term("New")
    host = world.term("Host", vocabulary=Vocabulary.ROLE)

    assert autocomplete(desk, "events.event", "kind") == [f"New ({new.public_id})"]
    assert autocomplete(desk, "events.participation", "role") == [f"Host ({host.public_id})"]
    assert len(listed(desk, Term)) == 3


def test_two_of_one_name_are_told_apart_where_they_are_chosen(desk, db):
    first, second = world.actor("Ann Lee"), world.actor("Ann Lee")
    both = [f"Ann Lee ({actor.public_id})" for actor in (first, second)]
    assert autocomplete(desk, "events.participation", "actor", "ann") == both
    event = world.event(participants=[world.participant(first)])

    form = desk.get(admin_url(event, "change")).context["inline_admin_formsets"][0].formset.forms[0]

    assert f"selected>{both[0]}</option>" in str(form["actor"])


def test_parts_of_other_entries_are_found_by_their_names_and_entries(
    desk, db, django_assert_num_queries
):
    for name in ("The Conference", "The Council", "The Court"):
        body = world.actor(name, offices=[{"title": f"Chair of {name}"}])
        world.actor(f"Envoy to {name}", tenures=[{"office": body.offices.get()}])

    with django_assert_num_queries(6):
        found = autocomplete(desk, "events.participation", "tenure")
    assert found == [
        "Chair of The Conference (A1/p1) (A2/p1)",
        "Chair of The Council (A3/p1) (A4/p1)",
        "Chair of The Court (A5/p1) (A6/p1)",
    ]
    assert autocomplete(desk, "actors.tenure", "office", "council") == [
        "Chair of The Council (A3/p1)"
    ]
    assert autocomplete(desk, "actors.tenure", "office", "A5") == ["Chair of The Court (A5/p1)"]


def test_parts_have_no_list_of_their_own(desk, db):
    assert desk.get("/desk/actors/office/").status_code == 404
    names = [group["name"] for group in desk.get("/desk/").context["app_list"]]
    models = [m["object_name"] for g in desk.get("/desk/").context["app_list"] for m in g["models"]]
    assert names == ["Entries", "Review", "Source texts", "Files", "Readers"]
    assert models == [
        "Proposal",
        "Event",
        "Actor",
        "Place",
        "Source",
        "Term",
        "Revision",
        "Submission",
        "SelectorChange",
        "SourceText",
        "ImportedFile",
        "Letter",
    ]
    assert Office._meta.object_name not in models


def test_many_entries_cannot_be_deleted_at_once(chief_editor, client_of):
    page = client_of(chief_editor).get(admin_url(Term, "changelist"))
    world.term()
    page = client_of(chief_editor).get(admin_url(Term, "changelist"))

    choices = page.context["action_form"].fields["action"].choices
    assert [name for name, _ in choices] == ["", "submit_for_review", "export_selected"]
