"""The forms of entries: what they save, what they refuse, and what they keep as it is."""

from typing import Any

import pytest
from django.contrib.messages import get_messages

from desk.models import Revision, WorkingCopy
from events.models import Event, EventCitation, Participation
from proposals.models import Proposal
from record.canonical import canonical
from tests import world
from tests.pages import EntryForm, admin_url
from vocabulary.models import Vocabulary


@pytest.fixture
def desk(cast, client_of):
    """A contributor's browser."""
    return client_of(cast.contributor)


def history_of(entry: Any) -> int:
    """Rows of history of the entry and of all its rows."""
    rows = [
        relation.related_model.history.filter(entry_id=entry.pk).count()
        for relation in entry._meta.related_objects
        if relation.field.name == "entry"
    ]
    return type(entry).history.filter(id=entry.pk).count() + sum(rows)


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def claims(entry: Any) -> list[list[str]]:
    return [row["claims"] for row in world.document(entry)["citations"]]


def no_claim(claim: str, here: str) -> str:
    return f"There is no claim {claim} here. Claims: {here}; and fields of parts, like p1.role."


@pytest.mark.parametrize("name", ["term", "source", "place", "actor", "event", "proposal"])
def test_form_saved_unchanged_changes_nothing(name, full, chief_editor, client_of):
    entry = getattr(full, name)
    before = canonical(world.document(entry)), history_of(entry)
    revisions = Revision.objects.filter(public_id=entry.public_id).count()

    form = EntryForm(client_of(chief_editor), entry)
    form.set(reason="Looked at it.")

    assert form.send().status_code == 302
    assert (canonical(world.document(entry)), history_of(entry)) == before
    assert Revision.objects.filter(public_id=entry.public_id).count() == revisions
    assert WorkingCopy.objects.get(public_id=entry.public_id).changed is False


def test_new_event_gets_permanent_keys_where_its_citations_name_provisional_ones(desk, db):
    kind, role = world.term("Summit"), world.term("Host", vocabulary=Vocabulary.ROLE)
    republic, source = world.actor("The Republic"), world.source()
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=kind.pk, date_edtf="1997-07", reason="New.")
    form.row("participants", 0, actor=republic.pk, role=role.pk)
    form.row("quantities", 0, what="flags", best="2")
    form.row("citations", 0, source=source.pk, claims="entry, date, new-1")
    form.row("citations", 1, source=source.pk, claims="new-1.role new-2")
    assert form.fields["participants-0-part_key"] == ["new-1"]
    assert form.fields["quantities-0-part_key"] == ["new-2"]

    response = form.send()

    assert response.status_code == 302
    event = Event.objects.get(slug="a-summit")
    document = world.document(event)
    assert [row["key"] for row in document["participants"]] == ["p1"]
    assert [row["key"] for row in document["quantities"]] == ["p2"]
    assert claims(event) == [["entry", "date", "p1"], ["p1.role", "p2"]]
    revision = Revision.objects.get(public_id=event.public_id)
    assert (revision.number, revision.reason, str(revision.saved_by)) == (1, "New.", "contributor")
    assert canonical(document) == revision.document
    row = EventCitation.history.filter(entry=event, key="c2").get()
    assert (str(row.history_user), row.history_change_reason) == ("contributor", "New.")


def test_citation_without_claims_speaks_to_all_that_need_evidence(desk, db):
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk, date_edtf="1997")
    role = world.term("Host", vocabulary=Vocabulary.ROLE)
    form.row("participants", 0, actor=world.actor().pk, role=role.pk)
    form.row("citations", 0, source=world.source().pk)

    assert form.send().status_code == 302
    event = Event.objects.get(slug="a-summit")
    assert claims(event) == [["entry", "date", "p1"]]
    assert WorkingCopy.objects.get(public_id=event.public_id).gaps == 0


def test_incomplete_draft_is_saved_and_says_what_lacks_evidence(desk, db):
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk, date_edtf="1997")

    response = form.send()

    assert "2 claims still need evidence: entry, date." in told(response)
    event = Event.objects.get(slug="a-summit")
    assert WorkingCopy.objects.get(public_id=event.public_id).gaps == 2


@pytest.mark.parametrize("claim", ["p9", "new-9", "new-1.nothing", "place", "Date!"])
def test_unknown_claim_is_refused_beside_its_citation_with_all_that_was_typed(claim, desk, db):
    role = world.term("Host", vocabulary=Vocabulary.ROLE)
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk)
    form.set(date_edtf="1997-07", date_as_given="in July", desk_note="Ask the host.", reason="Why.")
    form.fields["date_inferred"] = ["on"]
    form.row("participants", 0, actor=world.actor().pk, role=role.pk)
    form.row("citations", 0, source=world.source().pk, claims=f"entry, {claim}")

    assert form.refused() == [
        "Nothing has been saved.",
        no_claim(claim, "entry, title, kind, date, new-1"),
    ]
    assert Event.objects.count() == 0
    assert WorkingCopy.objects.filter(type="event").count() == 0


def test_refused_form_can_be_mended_and_sent_again(desk, db):
    role = world.term("Host", vocabulary=Vocabulary.ROLE)
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk)
    form.row("participants", 0, actor=world.actor().pk, role=role.pk)
    form.row("citations", 0, source=world.source().pk, claims="new-1, p7")
    form.refused()
    form.row("citations", 0, claims="new-1")

    assert form.send().status_code == 302
    assert claims(Event.objects.get()) == [["p1"]]


def test_invalid_form_keeps_partial_dates_and_provisional_names(desk, db):
    form = EntryForm(desk, Event)
    form.set(slug="a-summit", date_edtf="1997-13", date_as_given="late")
    form.row("participants", 0, part_key="new-7", position="3")
    form.row("citations", 0, claims="new-7", start="In July", blocks="3-x")

    errors = form.refused()

    assert errors.count("This field is required.") == 5
    assert len(errors) == 7
    assert Event.objects.count() == 0


def test_provisional_name_used_twice_is_refused(desk, db):
    role = world.term("Host", vocabulary=Vocabulary.ROLE)
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk)
    form.row("participants", 0, part_key="new-2", actor=world.actor().pk, role=role.pk)
    form.row("quantities", 0, what="flags", best="2")

    assert form.refused() == ["Nothing has been saved.", "Another new row is called new-2 too."]


def test_new_row_cannot_choose_its_key(desk, db):
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk)
    form.row("quantities", 0, part_key="p5", what="flags", best="2")

    assert form.refused() == [
        "A new row is called new-1, new-2, … until it gets its key, when it is saved."
    ]


def test_row_added_without_a_name_gets_a_key_all_the_same(desk, db):
    form = EntryForm(desk, Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk)
    form.row("quantities", 0, part_key="", what="flags", best="2")

    assert form.send().status_code == 302
    assert [row["key"] for row in world.document(Event.objects.get())["quantities"]] == ["p1"]


def test_new_rows_stand_after_those_that_are_there(desk, db):
    event = world.event(quantities=[{"what": "flags", "best": 2}, {"what": "tents", "best": 3}])
    form = EntryForm(desk, event)
    form.row("quantities", 2, what="boats", best="4")

    assert form.send().status_code == 302
    names = [row["what"] for row in world.document(event)["quantities"]]
    assert names == ["flags", "tents", "boats"]


def test_rows_change_places_by_their_positions(desk, db):
    event = world.event(quantities=[{"what": "flags", "best": 2}, {"what": "tents", "best": 3}])
    form = EntryForm(desk, event)
    form.row("quantities", 0, position="5")

    assert form.send().status_code == 302
    keys = [row["key"] for row in world.document(event)["quantities"]]
    assert keys == ["p2", "p1"]


def test_part_that_a_citation_names_is_not_deleted(desk, db):
    event = world.event(quantities=[{"what": "flags", "best": 2}])
    form = EntryForm(desk, event)
    form.row("quantities", 0, DELETE="on")

    assert form.refused() == [
        "Nothing has been saved.",
        no_claim("p1", "entry, title, kind, date"),
    ]
    assert event.quantities.count() == 1


def test_part_is_deleted_with_what_names_it(desk, db):
    event = world.event(
        quantities=[{"what": "flags", "best": 2}],
        citations=[{"claims": ["entry", "date"]}, {"claims": ["p1"]}],
    )
    form = EntryForm(desk, event)
    form.row("quantities", 0, DELETE="on")
    form.row("citations", 1, DELETE="on")

    assert form.send().status_code == 302
    document = world.document(event)
    assert (document["quantities"], [row["key"] for row in document["citations"]]) == ([], ["c1"])


def test_field_emptied_under_a_citation_is_refused_beside_it(desk, db):
    event = world.event()
    form = EntryForm(desk, event)
    form.set(date_edtf="")

    assert form.refused() == [
        "Nothing has been saved.",
        no_claim("date", "entry, title, kind"),
    ]


def test_part_that_another_entry_names_is_not_deleted(desk, db):
    envoy = world.actor("The envoy", tenures=[{"role": "Envoy"}])
    world.event("A summit", participants=[world.participant(envoy, tenure=envoy.tenures.get())])
    assert (envoy.tenures.get().key, envoy.names.get().key) == ("p1", "p2")
    envoy.citations.update(claims=["entry", "p2"])
    form = EntryForm(desk, envoy)
    form.row("tenures", 0, DELETE="on")

    assert form.refused() == ["Nothing has been saved.", "p1 cannot go: E1/p1 names it."]
    assert envoy.tenures.count() == 1


def test_provision_is_answered_in_the_form_that_adds_it(desk, db):
    topic = world.term("Status", vocabulary=Vocabulary.TOPIC)
    kind = world.term("Plan", vocabulary=Vocabulary.PROPOSAL_KIND)
    form = EntryForm(desk, Proposal)
    form.set(title="A plan", slug="a-plan", kind=kind.pk)
    form.row("provisions", 0, topic=topic.pk, summary="Both sides stop.")
    name = form.fields["provisions-0-part_key"][0]
    form.row("responses", 0, actor=world.actor().pk, to=name, stance="accepts")

    assert form.send().status_code == 302
    document = world.document(Proposal.objects.get())
    assert [(row["key"], row["to"]) for row in document["responses"]] == [("p2", "p1")]


def test_response_to_no_provision_of_this_proposal_is_refused(desk, db):
    other = world.proposal(provisions=[world.provision(), world.provision()])
    proposal = world.proposal("Another plan", provisions=[world.provision()])
    assert [row.key for row in other.provisions.all()] == ["p1", "p2"]
    form = EntryForm(desk, proposal)
    form.row("responses", 0, actor=world.actor().pk, to="p2", stance="accepts")
    form.row("responses", 1, actor=world.actor("B").pk, to="new-44", stance="accepts")

    assert form.refused() == ["There is no p2 among the provisions here."]
    form.row("responses", 0, to="p1")
    assert form.refused() == [
        "Nothing has been saved.",
        "There is no new-44 among the provisions here.",
    ]


def test_constraint_on_a_part_named_provisionally_is_explained(desk, db):
    earlier = world.proposal("Old", provisions=[world.provision()])
    proposal = world.proposal("New")
    form = EntryForm(desk, proposal)
    topic = world.term("Status", vocabulary=Vocabulary.TOPIC)
    form.row("provisions", 0, part_key="new-1", topic=topic.pk, summary="Stop.")
    old = earlier.provisions.get()
    form.row("lineage", 0, part_key="new-2", provision="new-1", kind="drops", earlier=old.pk)

    assert form.refused() == [
        "Nothing has been saved.",
        "Name the provision, except where one is dropped.",
    ]
    form.row("lineage", 0, kind="revises")
    assert form.send().status_code == 302


def test_preferred_name_moves_from_one_row_to_another_in_one_save(desk, db):
    place = world.place(
        names=[
            {"text": "Lakeside", "preferred": True},
            {"text": "Lake Side", "preferred": False},
        ]
    )
    for gives, takes in [(0, 1), (1, 0)]:
        form = EntryForm(desk, place)
        del form.fields[f"names-{gives}-preferred"]
        form.row("names", takes, text="Lake Side")
        form.fields[f"names-{takes}-preferred"] = ["on"]
        assert form.send().status_code == 302
        preferred = [row["preferred"] for row in world.document(place)["names"]]
        assert preferred == [takes == 0, takes == 1]


def test_second_preferred_name_is_refused(desk, db):
    place = world.place(names=[{"text": "Lakeside", "preferred": True}])
    form = EntryForm(desk, place)
    form.row("names", 1, text="Lake Side")
    form.fields["names-1-preferred"] = ["on"]

    assert form.refused() == ["There is another row like this with the same language."]


def test_part_given_twice_is_refused(desk, db):
    event = world.event(participants=[world.participant(world.actor())])
    row = event.participants.get()
    form = EntryForm(desk, event)
    form.row("participants", 1, actor=row.actor_id, role=row.role_id)

    assert len(form.refused()) == 2
    assert Participation.objects.count() == 1


def test_reason_is_required_once_published(full, desk):
    form = EntryForm(desk, full.event)
    form.set(title="Another title")

    assert form.refused() == ["This entry has been published: say why you change it."]
    form.set(reason="The host says so.")
    assert form.send().status_code == 302
    revision = Revision.objects.get(public_id=full.event.public_id, number=2)
    assert revision.reason == "The host says so."


def test_reason_is_not_asked_for_before(desk, db):
    form = EntryForm(desk, world.event())
    form.set(title="Another title")

    assert form.send().status_code == 302


def test_saving_a_published_entry_changes_nothing_in_public(full, desk, reader):
    before = reader.get(f"/api/v1/events/{full.event.public_id}/").content
    form = EntryForm(desk, full.event)
    form.set(title="Another title", reason="The host says so.")

    assert form.send().status_code == 302
    assert WorkingCopy.objects.get(public_id=full.event.public_id).changed is True
    assert reader.get(f"/api/v1/events/{full.event.public_id}/").content == before


def test_desk_note_alone_makes_no_revision_but_stands_in_history(desk, db):
    event = world.event()
    form = EntryForm(desk, event)
    form.set(desk_note="Ask the host.", reason="A hint.")

    assert form.send().status_code == 302
    assert Revision.objects.filter(public_id=event.public_id).count() == 1
    newest = Event.history.filter(id=event.pk).latest("history_id")
    assert (newest.desk_note, newest.history_change_reason) == ("Ask the host.", "A hint.")


def test_slug_of_another_published_entry_is_refused(full, desk):
    other = world.event("A later day")
    form = EntryForm(desk, other)
    world.change(full.event, slug="moved-on")
    form.set(slug="first-day-by-the-lake")

    assert form.refused() == [
        (
            f"The slug “first-day-by-the-lake” has been the public address of "
            f"{full.event.public_id}, and stays with it."
        )
    ]


def test_waiver_is_granted_by_an_editor_and_only_read_by_a_contributor(cast, client_of, db):
    event = world.event(citations=[{"claims": ["entry"]}])
    form = EntryForm(client_of(cast.contributor), event)
    assert "waivers-0-claim" not in form.fields
    form.fields |= {"waivers-TOTAL_FORMS": ["1"], "waivers-0-claim": ["date"]}
    form.fields["waivers-0-reason"] = ["Everybody knows."]
    form.send()
    assert event.waivers.count() == 0

    form = EntryForm(client_of(cast.editor), event)
    form.row("waivers", 0, claim="date", reason="Follows from the title.")
    assert form.send().status_code == 302
    assert [row["claim"] for row in world.document(event)["waivers"]] == ["date"]


def test_waiver_can_name_a_new_part(editor, client_of, db):
    form = EntryForm(client_of(editor), Event)
    form.set(title="A summit", slug="a-summit", kind=world.term("Summit").pk)
    form.row("quantities", 0, what="flags", best="2")
    form.row("waivers", 0, claim=form.fields["quantities-0-part_key"][0], reason="Seen by all.")

    assert form.send().status_code == 302
    assert [row["claim"] for row in world.document(Event.objects.get())["waivers"]] == ["p1"]


def test_contributor_hears_of_a_waiver_whose_claim_goes(cast, client_of, db):
    event = world.event(
        citations=[{"claims": ["entry"]}], waivers=[{"claim": "date", "reason": "Known."}]
    )
    form = EntryForm(client_of(cast.contributor), event)
    form.set(date_edtf="")

    assert form.refused() == [
        "Nothing has been saved.",
        no_claim("date", "entry, title, kind"),
    ]


def test_form_of_a_part_in_another_entry_leads_to_that_entry(desk, db):
    envoy = world.actor("The envoy", tenures=[{"role": "Envoy"}])
    tenure = envoy.tenures.get()
    response = desk.get(f"/desk/actors/tenure/{tenure.pk}/change/?_popup=1")

    assert response.headers["Location"] == f"/desk/actors/actor/{envoy.pk}/change/?_popup=1"


def test_what_the_database_alone_refuses_is_no_error_page(desk, db, monkeypatch):
    event = world.event()
    form = EntryForm(desk, event)
    form.set(title="Another title")

    def somebody_was_first(entry: Any, **_: Any) -> None:
        Event.objects.create(title="Same", slug=event.slug, kind=event.kind)

    monkeypatch.setattr("desk.admin_entries.save_revision", somebody_was_first)

    assert form.refused() == [
        "Nothing has been saved.",
        (
            "The database does not take this beside what it holds by now; perhaps somebody else "
            "has just saved something like it."
        ),
    ]
    event.refresh_from_db()
    assert event.title == "A first meeting"


@pytest.mark.parametrize("given", ["abc", "%00", "9" * 30, "[]", "../..", "١"])
def test_empty_form_takes_nothing_senseless_from_its_address(desk, db, given):
    names = ("kind", "place", "part_of", "follows")
    query = "&".join(f"{name}={given}" for name in names)
    response = desk.get(f"{admin_url(Event, 'add')}?{query}")

    initial = response.context["adminform"].form.initial
    assert [name for name in names if initial.get(name)] == []


@pytest.mark.parametrize("chosen", ["1\x00", "abc", "9" * 30])
def test_row_that_chooses_what_cannot_be_says_so(desk, db, chosen):
    form = EntryForm(desk, world.event())
    form.row("participants", 0, actor=chosen, role=world.term("Host", vocabulary="role").pk)

    page = form.send()
    (participants,) = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.prefix == "participants"
    ]
    assert participants.errors[0] == {
        "actor": ["Select a valid choice. That choice is not one of the available choices."]
    }


def test_form_sent_without_what_it_was_opened_on_is_a_conflict(desk, db):
    form = EntryForm(desk, world.event())
    form.set(title="Another title", seen="")

    (sentence,) = form.refused()
    assert sentence.startswith("Somebody has saved revision 1 since you opened this form")


def test_list_searches_for_the_first_of_many_words(desk, db):
    world.event()
    many = "a+" * 1500
    assert desk.get(f"{admin_url(Event, 'changelist')}?q={many}").status_code == 200


def test_form_says_first_what_is_wrong_and_leads_to_where(contributor, editor, client_of):
    event = world.event("A meeting", date="1997", by=contributor)
    world.publish_all(event, by=contributor, approved_by=editor)
    form = EntryForm(client_of(contributor), event)
    form.set(title="", date_edtf="soon", **{"citations-0-blocks": "x"})
    page = form.send().content.decode()

    summary = page[page.index('class="form-errors"') :].partition("</ul>")[0]
    for where in ("id_title", "id_date_0", "id_citations-0-blocks", "id_reason"):
        assert (summary.count(f'"#{where}"'), page.count(f'id="{where}"')) == (1, 1)
    assert 'Citation c1, <a href="#id_citations-0-blocks">' in " ".join(summary.split())


def test_form_has_no_more_rows_than_were_sent(contributor, client_of):
    form = EntryForm(client_of(contributor), world.event(by=contributor))
    form.set(title="", **{"quantities-TOTAL_FORMS": "100000"})

    page = form.send()

    quantities = page.context["inline_admin_formsets"][1].formset
    assert len(quantities.forms) == sum(name.startswith("quantities-") for name in form.fields)
