"""What was said of one entry over time, and where the record was corrected."""

import pytest

from desk.publishing import withdraw
from desk.redaction import Then, redact
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def changes_at(reader, address):
    return [element.text for element in page_at(reader, address).with_class("difference")]


@pytest.mark.parametrize("number", [1, 3])
def test_history_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    event = world.event("Talks", editor_note="First.")
    publish(event)
    for again in range(number):
        world.change(event, editor_note=f"Again {again}.")
        publish(event)
    with django_assert_num_queries(7):
        page = page_at(reader, f"/entries/{event.public_id}/history/")
    assert len(page.all("tr")) == number + 2


def test_history_compares_any_two_word_by_word(reader, publish):
    event = world.event("Talks", editor_note="The talks began with one guest in the old hall.")
    publish(event)
    world.change(event, editor_note="The talks began with two guests in the old hall.")
    publish(event)
    world.change(event, title="Long talks")
    publish(event)
    address = f"/entries/{event.public_id}/history/"
    title = "title changed Before Talks After Long talks"
    note = (
        "editor note changed The talks began with removed: one guest end of what is removed. "
        "added: two guests end of what is added. in the old hall."
    )
    assert changes_at(reader, address) == [title]
    assert changes_at(reader, f"{address}?from=1&to=2") == [note]
    assert changes_at(reader, f"{address}?from=3&to=1") == [note, title]
    assert changes_at(reader, f"{address}?from=2&to=2") == []


def test_history_shows_parts_and_citations_apart(reader, publish):
    actor = world.actor("An envoy")
    event = world.event("Talks")
    publish(event, actor)
    world.change(event, participants=[world.participant(actor)])
    key = event.participants.get().key
    world.cite(event, claims=[key])
    world.change(event)
    publish(event)
    page = page_at(reader, f"/entries/{event.public_id}/history/")
    assert [heading.text for heading in page.all("h3")] == ["What it says", "What that stands on"]
    says, cited = [element.text for element in page.with_class("difference")]
    assert says.startswith(f"participant {key} (An envoy) added")
    assert cited.startswith("citation c2")


def test_history_of_what_is_unknown_says_so(reader, publish):
    event = world.event("Talks")
    publish(event)
    page = page_at(reader, f"/entries/{event.public_id}/history/?from=9&to=x")
    assert [notice.text for notice in page.with_class("notice")] == [
        "“9” is no edition that wrote a version of this entry. The newest is shown instead.",
        "“x” is no edition that wrote a version of this entry. The newest is shown instead.",
    ]
    for public_id in ("E99", "talks", "E" + "9" * 200, "E1\x00"):
        assert reader.get(f"/entries/{public_id}/history/").status_code == 404


def test_history_shows_no_draft(reader, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, editor_note=CANARY)
    assert CANARY not in page_at(reader, f"/entries/{event.public_id}/history/").text
    assert reader.get(f"/entries/{world.event('Draft').public_id}/history/").status_code == 404


def test_history_of_what_was_withdrawn_keeps_what_it_said(reader, publish, cast):
    event = world.event("Talks", editor_note="What was said.")
    publish(event)
    withdraw([event.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="No.")
    page = page_at(reader, f"/entries/{event.public_id}/history/?to=1")
    assert page.all("h1")[0].text == "History of Talks"
    assert "It is withdrawn now: No." in page.text
    assert "What was said." in page.text
    newest = changes_at(reader, f"/entries/{event.public_id}/history/")
    assert newest == ["state changed Before published After withdrawn"]


def test_history_leads_to_what_it_was_merged_into(reader, publish, cast):
    loser, winner = world.actor("The Envoy"), world.actor("An envoy")
    publish(loser, winner)
    world.merge_by_hand(loser, winner, keys={}, by=cast.contributor, approved_by=cast.editor)
    page = page_at(reader, f"/entries/{loser.public_id}/history/")
    assert f"/entries/{winner.public_id}/history/" in page.links


def test_history_keeps_nothing_of_what_was_redacted(reader, publish, cast):
    event = world.event("Talks", editor_note=f"About {CANARY}.")
    publish(event)
    world.change(event, editor_note="About nobody.")
    publish(event)
    assert CANARY in page_at(reader, f"/entries/{event.public_id}/history/").text
    redact(
        event.public_id,
        editions=[1],
        then=Then.STANDING,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="For safety.",
    )
    for query in ("", "?to=1", "?from=1&to=2", "?from=1&to=3", "?from=2&to=3"):
        page = page_at(reader, f"/entries/{event.public_id}/history/{query}")
        assert CANARY not in page.text
        assert ("cannot be compared: For safety." in page.text) == ("1" in query)


def test_history_names_what_is_gone_since(reader, publish, cast):
    """What a version referred to may have been withdrawn after it."""
    envoy, event = world.actor("An envoy"), world.event("Talks")
    world.change(event, participants=[world.participant(envoy)])
    world.cite(event)
    world.change(event)
    publish(event, envoy)
    event.citations.last().delete()
    world.change(event, participants=[])
    publish(event)
    withdraw([envoy.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="No.")
    [gone, *_] = changes_at(reader, f"/entries/{event.public_id}/history/?from=1&to=2")
    assert "(An envoy) removed" in gone


@pytest.mark.parametrize("number", [1, 3])
def test_corrections_cost_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    events = [world.event(f"Talks {one}") for one in range(number)]
    publish(*events)
    for event in events:
        world.change(event, editor_note="Mended.")
    publish(*events)
    with django_assert_num_queries(5):
        page = page_at(reader, "/corrections/")
    assert len(page.with_class("edition-row")) == number


def test_corrections_are_told_newest_first_by_kind_and_type(reader, publish, cast):
    event, term = world.event("Talks"), world.term("Parley")
    publish(event, term)
    assert page_at(reader, "/corrections/").with_class("edition-row") == []
    world.change(event, editor_note="Mended.")
    publish(event, reason="A slip.")
    withdraw([term.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="No.")

    def names(query=""):
        page = page_at(reader, f"/corrections/{query}")
        return [element.text.split(" ")[0] for element in page.with_class("edition-row")]

    assert names() == ["Parley", "Talks"]
    assert names("?change=withdrawal") == ["Parley"]
    assert names("?type=event") == ["Talks"]
    assert names("?change=withdrawal&type=event") == []
    page = page_at(reader, "/corrections/?change=x&type=y")
    assert len(page.with_class("edition-row")) == 2
    assert [notice.text.split(".")[0] for notice in page.with_class("notice")] == [
        "“x” is no kind of correction",
        "“y” is no type of entry",
    ]
