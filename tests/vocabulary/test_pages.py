"""The codebook."""

import pytest

from tests import world
from tests.page_reading import page_at
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*(world.term(f"Term {one}") for one in range(1, number + 1)))
    with django_assert_num_queries(5):
        page = page_at(reader, "/terms/")
    assert len(page.all("dt")) == number


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    talks = world.term("Talks", vocabulary=Vocabulary.SUBJECT)
    for one in range(1, number + 1):
        place = world.place(f"Place {one}", subjects=[talks])
        publish(
            world.event(f"Event {one}", subjects=[talks], place=place),
            world.actor(f"Actor {one}", subjects=[talks]),
        )
    with django_assert_num_queries(8):
        page = page_at(reader, "/terms/talks/")
    assert len(page.with_class("entry-row")) == 3 * number


def test_codebook_groups_terms_by_vocabulary(reader, full):
    page = page_at(reader, "/terms/")
    assert page.headings == [
        (1, "Codebook"),
        (2, "8 terms"),
        (3, "Kinds of events"),
        (3, "Kinds of proposals"),
        (3, "Relations between actors"),
        (3, "Roles of participants"),
        (3, "Subjects"),
        (3, "Topics of provisions"),
    ]
    assert page.at(full.term.public_id).text == (
        "Round of talks Delegations of two or more sides in one room. Also: Danışıqlar"
    )


def test_page_of_a_term_tells_what_it_means(reader, full):
    page = page_at(reader, "/terms/round-of-talks/")
    assert page.at("kind").text == "Kinds of events"
    assert page.with_class("entry-summary")[0].text == (
        "Delegations of two or more sides in one room."
    )
    other = full.term.labels.get(language="az")
    assert page.at(other.key).text == "Azerbaijani Danışıqlar: Tərəflərin görüşü."
    assert "Retired" not in page.text


def test_page_of_a_term_tells_what_uses_it(reader, full):
    page = page_at(reader, "/terms/negotiations/")
    (uses,) = page.with_class("uses")
    assert uses.text == (
        "Actors: 1, as subject Events: 1, as subject Places: 1, as subject "
        "Proposals: 1, as subject Sources: 1, as subject Codebook: 1, as subject"
    )
    assert page.link("Events: 1") == "/events/?subject=negotiations"
    assert page_at(reader, page.link("Events: 1")).at("results-title").text == "1 of 3 events"


def test_role_leads_to_the_events_with_it(reader, full):
    page = page_at(reader, "/terms/delegate/")
    assert page.link("Events: 1") == "/events/?role=delegate"


def test_many_uses_show_the_first_of_each_type(reader, publish, monkeypatch):
    monkeypatch.setattr("vocabulary.uses.MOST", 2)
    talks = world.term("Talks", vocabulary=Vocabulary.SUBJECT)
    publish(*(world.event(f"Event {one}", subjects=[talks]) for one in range(3)))
    publish(world.actor("The Republic", subjects=[talks]))
    page = page_at(reader, "/terms/talks/")
    assert len(page.with_class("entry-row")) == 3
    assert page.link("Events: 3") == "/events/?subject=talks"
    (cut,) = page.with_class("linked-cut")
    assert cut.text == "Only the first 2 of 3 stand here; all of them: 3 as subject."
    assert page.link("3 as subject") == "/events/?subject=talks"


def test_of_labels_alike_the_readers_language_tells_its_definition(reader, publish):
    labels = [
        {"label": "Sanctions", "language": "en", "definition": "Measures against a state."},
        {"label": "Sanctions", "language": "fr", "definition": "Mesures contre un État."},
    ]
    publish(world.term("Sanctions", labels=labels))
    told = {
        code: page_at(reader, f"{prefix}/terms/sanctions/").text
        for code, prefix in (("en", ""), ("fr", "/fr"))
    }
    assert told["en"].index("Measures") < told["en"].index("Mesures")
    assert told["fr"].index("Mesures") < told["fr"].index("Measures")


def test_relation_leads_to_the_actors_with_it(reader, full):
    page = page_at(reader, "/terms/member-of/")
    assert page.link("Actors: 1") == "/actors/?relation=member-of"


def test_retired_term_says_so(reader, publish):
    publish(world.term("Parley", retired=True))
    assert "Retired: kept for old entries only" in page_at(reader, "/terms/").text
    assert "Retired: kept for the entries that have it" in page_at(reader, "/terms/parley/").text


def test_unused_term_says_so(reader, publish):
    publish(world.term("Parley"))
    assert "No entry uses it yet." in page_at(reader, "/terms/parley/").text
