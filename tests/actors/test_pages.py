"""Pages of actors."""

import pytest

from chronicle.dates import PartialDate
from tests import world
from tests.page_reading import linked, page_at
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def member(number, of, office=None):
    """A person who held an office of a body, or served it otherwise, and is a member of it."""
    return world.actor(
        f"Person {number}",
        kind="person",
        tenures=[
            {"office": office, "organisation": of, "held": PartialDate("1997")}
            if office
            else {"role": f"Adviser {number}", "organisation": of}
        ],
        relations=[{"kind": membership(), "to": of}],
        citations=[{"source": world.source(f"Source {number}")}],
    )


def membership():
    known = world.Term.objects.filter(slug="member-of").first()
    return known or world.term("Member of", vocabulary=Vocabulary.RELATION)


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    bodies = [
        world.actor(f"Body {one}", offices=[{"title": "Chair"}]) for one in range(1, number + 1)
    ]
    publish(*(member(one, body, body.offices.get()) for one, body in enumerate(bodies)))
    with django_assert_num_queries(8):
        page = page_at(reader, "/actors/")
    assert len(page.with_class("entry-row")) == 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    numbers = range(1, number + 1)
    body = world.actor("The Body", offices=[{"title": f"Chair {one}"} for one in numbers])
    holders = [member(one, body, office) for one, office in enumerate(body.offices.all())]
    advisers = [member(one + 10, body) for one in numbers]
    events = [
        world.event(f"Event {one}", participants=[world.participant(body)]) for one in numbers
    ]
    plans = [
        world.proposal(
            f"Plan {one}",
            authors=[{"actor": body}],
            responses=[{"actor": body, "stance": "accepts"}],
        )
        for one in numbers
    ]
    publish(*holders, *advisers, *events, *plans)
    with django_assert_num_queries(7):
        page = page_at(reader, "/actors/the-body/")
    # Holders, others who served, members of both kinds, events, proposals, responses.
    assert len(page.with_class("linked-item")) == 7 * number


def test_page_shows_everything_the_document_says(reader, full):
    page = page_at(reader, "/actors/the-envoy/")
    keys = [part.key for part in full.actor.names.all()]
    assert page.at("kind").text == "Person"
    assert page.at("existed").text == (
        "Lived from 1940[1] evidence waived: why "
        "End open: as far as the source tells, it had not ended."
    )
    assert page.at("description").text == "Spoke for the Republic by the lake.[1]"
    assert [page.at(key).text for key in keys] == [
        "The Envoy[1] English Preferred",
        "Elçi[1] Azerbaijani, Latin script As in the source 1997 – 1999",
    ]
    assert [page.at(part.key).text for part in full.actor.tenures.all()] == [
        (
            "Chair of the Conference, Conference of States 1993 – 2003 "
            "(in the source: “for ten years”)[1]"
        ),
        "Head of the delegation July 1997 (inferred)[1]",
    ]
    assert page.at(full.actor.offices.get().key).text == (
        "Special envoy[1] One holder at a time. No holder is recorded."
    )
    assert page.at(full.actor.relations.get().key).text == (
        "Member of Conference of States, from 1993[1]"
    )


def test_names_are_in_their_language(reader, full):
    languages = {
        element.text: element.get("lang")
        for element in page_at(reader, "/actors/the-envoy/").all("span")
    }
    assert (languages["Elçi"], languages["The Envoy"]) == ("az", None)


def test_page_shows_what_others_say_of_it_with_their_marks(reader, full):
    page = page_at(reader, "/actors/the-envoy/")
    assert set(linked(page)) == {
        (
            "about 2 July 1997 (inferred) First day by the lake Delegate Chair of the Conference, "
            "Conference of States evidence c1"
        ),
        "July 1997 The plan of two points evidence c1",
        "July 1997 The plan of two points Accepts to: Both sides withdraw. evidence c1",
    }
    at = f"/events/{full.event.slug}/"
    (took_part,) = full.event.participants.filter(actor=full.actor)
    assert page.link("First day by the lake") == f"{at}#{took_part.key}"
    (there,) = [mark for mark in page.with_class("mark-there") if mark.get("href") == f"{at}#c1"]
    assert there.text == f"{full.event.public_id}/c1"
    assert (there.get("aria-label") or "").startswith(f"{there.text}: supports")
    assert [mark for mark in page.with_class("mark") if "/" in (mark.get("href") or "")] == []


def test_body_shows_holders_of_its_offices_and_its_members(reader, full):
    page = page_at(reader, "/actors/conference-of-states/")
    assert [heading for heading in page.headings if heading[0] > 1][:4] == [
        (2, "Offices and their holders"),
        (3, "Chair of the Conference[1]"),
        (2, "Relations"),
        (3, "From others to Conference of States"),
    ]
    assert "Several holders at a time." in page.text
    assert linked(page) == [
        "1993 – 2003 The Envoy evidence c1",
        "from 1993 The Envoy Member of evidence c1",
    ]


def test_none_found_is_told_apart_from_nothing(reader, full):
    page = page_at(reader, "/actors/the-third-republic/")
    (item,) = page.with_class("linked-item")
    assert item.text.startswith("2024 The plan of two points None found")
    assert "looked in: The journal, all volumes." in item.text
    assert "Responses to proposals" not in page_at(reader, "/actors/the-kingdom/").text


def test_long_list_of_events_leads_to_all_of_them(reader, publish, monkeypatch):
    monkeypatch.setattr("record.backlinks.MOST", 2)
    body = world.actor("The Body")
    publish(*(world.event(f"Event {n}", participants=[world.participant(body)]) for n in range(3)))
    page = page_at(reader, "/actors/the-body/")
    assert len(page.with_class("linked-item")) == 2
    assert cuts(page) == ["Only the first 2 of 3 stand here: all of them."]
    address = page.link("all of them")
    assert address == "/events/?actor=the-body"
    assert page_at(reader, address).at("results-title").text == "3 of 3 events"


def cuts(page):
    return [element.text for element in page.with_class("linked-cut")]


def cut_links(page):
    return [element.get("href") for element in page.all("a") if element.text == "all of them"]


def test_holders_members_and_relations_are_cut_apart(reader, publish, monkeypatch):
    monkeypatch.setattr("record.backlinks.MOST", 2)
    body = world.actor("The Body", offices=[{"title": "Chair"}, {"title": "Clerk"}])
    chair, clerk = body.offices.all()
    publish(
        *(world.actor(f"Adviser {n}", tenures=[adviser(n, body)]) for n in range(4)),
        *(world.actor(f"Chair {n}", tenures=[{"office": chair}]) for n in range(2)),
        world.actor("Zed", relations=[{"kind": membership(), "to": body}]),
    )
    page = page_at(reader, "/actors/the-body/")
    assert linked(page) == [
        "Chair 0 evidence c1",
        "Chair 1 evidence c1",
        "Adviser 0 Adviser 0 evidence c1",
        "Adviser 1 Adviser 1 evidence c1",
        "Zed Member of evidence c1",
    ]
    assert cuts(page) == ["Looked for among only the first 2 of 4: all of them."]
    assert "Several" not in page.at(clerk.key).text
    assert page.at(clerk.key).text.endswith("No holder is recorded.")
    publish(world.actor("Yan", tenures=[{"office": clerk}]))
    page = page_at(reader, "/actors/the-body/")
    assert cuts(page)[0] == "Only the first 2 of 3 stand here: all of them."
    assert cut_links(page) == ["/actors/?office=the-body", "/actors/?organisation=the-body"]
    assert page.at(clerk.key).text.endswith("No holder is among the first.")


def adviser(number, of):
    return {"role": f"Adviser {number}", "organisation": of}


def test_those_who_served_are_told_of_where_the_first_all_held_an_office(
    reader, publish, monkeypatch
):
    monkeypatch.setattr("record.backlinks.MOST", 1)
    body = world.actor("The Body", offices=[{"title": "Chair"}])
    publish(
        world.actor("Ada", tenures=[{"office": body.offices.get(), "organisation": body}]),
        world.actor("Ben", tenures=[adviser(1, body)]),
    )
    page = page_at(reader, "/actors/the-body/")
    assert page.at("serving-title").text == "Others who served here"
    assert linked(page) == ["Ada evidence c1"]
    assert page_at(reader, page.link("all of them")).at("results-title").text == "2 of 3 actors"


def test_proposals_made_and_answered_are_cut_apart(reader, publish, monkeypatch):
    monkeypatch.setattr("record.backlinks.MOST", 1)
    republic = world.actor("The Republic")
    answered = [{"actor": republic, "stance": "accepts"}]
    publish(
        *(world.proposal(f"Answered {n}", responses=answered) for n in range(3)),
        *(world.proposal(f"Made {n}", authors=[{"actor": republic}]) for n in range(2)),
    )
    page = page_at(reader, "/actors/the-republic/")
    assert cuts(page) == [
        "Only the first 1 of 2 stand here: all of them.",
        "Only the first 1 of 3 stand here: all of them.",
    ]
    made, given = (page_at(reader, link).at("results-title").text for link in cut_links(page))
    assert (made, given) == ("2 of 5 proposals", "3 of 5 proposals")


def test_row_says_how_many_more_offices_there_were(reader, publish):
    publish(world.actor("The Envoy", tenures=[{"role": f"Envoy {n}"} for n in range(8)]))
    page = page_at(reader, "/actors/")
    assert page.link("and 2 more") == "/actors/the-envoy/#tenures"
