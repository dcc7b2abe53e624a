"""Cards for other sites: what they show, that it stays, and that they say what changed since."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.models import Change
from tests import world
from tests.desk.test_merging import merge
from tests.page_reading import Page, page_at
from tests.proposals.plans import three_plans

pytestmark = pytest.mark.django_db

CARD = "/embed/entries/{}/?edition=1"
TIMELINE = "/embed/timeline/events/"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def updated(page: Page) -> list[str]:
    """What the mark says, point by point."""
    assert len(page.with_class("embed-updated")) <= 1
    return [item.text for item in page.all("li") if item.text.endswith("What changed")]


def test_card_shows_an_entry_and_on_how_much_it_rests(reader, full):
    page = page_at(reader, CARD.format(full.event.public_id))
    (h1,) = page.all("h1")
    assert h1.text == full.event.title
    assert page.with_class("embed-counts")[0].text.startswith(
        "11 claims, 3 citations of 2 sources, contested"
    )
    assert page.with_class("embed-foot")[0].text.startswith("Chronicle, edition 1 of ")
    assert {link.get("target") for link in page.all("a")} == {"_top"}
    assert {link.get("rel") for link in page.all("a")} == {"noopener"}
    assert page.all("script") == []
    assert updated(page) == []
    for link in page.links:
        assert reader.get(link).status_code in (200, 301), link


def test_card_without_an_edition_leads_to_that_of_now(reader, full):
    for address in (
        f"/embed/entries/{full.event.public_id}/",
        f"{TIMELINE}?lanes=kind",
        "/embed/compare/?ids=P1,P2",
        "/embed/responses/",
    ):
        answer = reader.get(address)
        joint = "&" if "?" in address else "?"
        assert (answer.status_code, answer["Location"]) == (302, f"{address}{joint}edition=1")


def test_every_type_of_entry_has_a_card(reader, full):
    for entry in full.entries:
        page_at(reader, CARD.format(entry.public_id))
        page_at(reader, f"/embedding/entries/{entry.public_id}/")


def test_card_says_what_later_editions_say_otherwise(reader, full, publish, cast):
    event = full.event
    world.change(event, by=cast.contributor, title="Another title")
    publish(event, kind=Change.CORRECTION)
    page = page_at(reader, CARD.format(event.public_id))
    assert page.all("h1")[0].text != "Another title"
    assert updated(page) == ["Corrected in edition 2. What changed"]
    history = page_at(reader, page.link("What changed"))
    assert "Another title" in history.text
    assert updated(page_at(reader, f"/embed/entries/{event.public_id}/?edition=2")) == []


def test_card_says_that_what_it_names_is_called_otherwise(reader, full, publish, cast):
    name = full.place.names.get(preferred=True)
    name.text = "Seaside"
    name.save()
    world.change(full.place, by=cast.contributor)
    publish(full.place)
    said = updated(page_at(reader, CARD.format(full.event.public_id)))
    assert said == ["“Lakeside” is called “Seaside” now. What changed"]


def test_card_of_what_was_withdrawn_says_so_and_why(reader, publish, cast):
    meeting = world.event("A meeting")
    publish(meeting)
    withdraw(
        [meeting.public_id], by=cast.chief_editor, approved_by=cast.editor, reason="No trace of it."
    )
    then = page_at(reader, CARD.format(meeting.public_id))
    assert updated(then) == ["Withdrawn in edition 2: No trace of it. What changed"]
    now = page_at(reader, f"/embed/entries/{meeting.public_id}/?edition=2", status=410)
    assert now.all("h1")[0].text == f"Event {meeting.public_id} has been withdrawn"
    assert "No trace of it." in now.text


def test_redaction_reaches_cards_at_once(reader, publish, cast):
    meeting = world.event("A meeting with Zorbelinsky")
    publish(meeting)
    address, timeline = CARD.format(meeting.public_id), f"{TIMELINE}?edition=1"
    quoted = f"/oembed?url=http://testserver/events/{meeting.public_id}/"
    assert "Zorbelinsky" in page_at(reader, address).text
    assert b"Zorbelinsky" in reader.get(timeline).content
    assert b"Zorbelinsky" in reader.get(quoted).content
    redact(
        meeting.public_id,
        editions=[1],
        then=Then.TOMBSTONE,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="A court has ordered it.",
    )
    gone = page_at(reader, address, status=410)
    assert gone.all("h1")[0].text == f"Event {meeting.public_id} has been redacted"
    assert "A court has ordered it." in gone.text
    drawn = page_at(reader, timeline)
    assert updated(drawn) == ["1 of that edition redacted. What changed"]
    for each in (address, timeline, quoted):
        assert b"Zorbelinsky" not in reader.get(each).content


def test_mark_of_a_redaction_gives_its_own_edition_and_reason(reader, publish, cast):
    meeting = world.event("A meeting")
    publish(meeting)
    for title in ("A meeting with Zorbelinsky", "A meeting with an envoy"):
        world.change(meeting, by=cast.contributor, title=title)
        publish(meeting, kind=Change.CORRECTION)
    redact(
        meeting.public_id,
        editions=[2],
        then=Then.STANDING,
        by=cast.chief_editor,
        approved_by=cast.editor,
        reason="A court has ordered it.",
    )
    assert updated(page_at(reader, CARD.format(meeting.public_id))) == [
        "Published anew after a redaction in edition 4, corrected in edition 3. What changed"
    ]


def test_card_of_a_merged_entry_leads_to_the_other(reader, publish, cast):
    one, other = world.event("One"), world.event("Other")
    publish(one, other)
    world.merge_by_hand(one, other, keys={}, by=cast.contributor, approved_by=cast.editor)
    then = updated(page_at(reader, CARD.format(one.public_id)))
    assert then == ["Merged into another entry in edition 2: Twice the same. What changed"]
    answer = reader.get(f"/embed/entries/{one.public_id}/?edition=2")
    assert answer["Location"] == f"/embed/entries/{other.public_id}/?edition=2"


def test_timeline_says_what_came_went_and_changed(reader, publish, cast):
    talks, visit, other = (world.event(f"Talks {at}", date=f"199{at}") for at in range(1, 4))
    publish(talks, visit, other)
    world.change(visit, by=cast.contributor, title="Talks, corrected")
    publish(visit, world.event("Talks 4", date="1994"), kind=Change.CORRECTION)
    withdraw([other.public_id], by=cast.chief_editor, approved_by=cast.editor, reason="No trace.")
    page = page_at(reader, f"{TIMELINE}?q=talks&edition=1")
    assert page.with_class("embed-when")[0].text == "3 events, 1991 – 1993"
    assert updated(page) == ["1 corrected, 1 withdrawn, 1 more among them. What changed"]
    assert "What has changed since" in page_at(reader, page.link("What changed")).text
    marks = {mark.get("href") for mark in page.with_class("timeline-mark")}
    assert marks == {f"/events/talks-{at}/?edition=1" for at in range(1, 4)}


def test_comparison_shows_provisions_side_by_side_and_what_changed(reader, publish, cast):
    plans = three_plans()
    publish(*plans)
    world.change(plans[0], by=cast.contributor, title="The first plan, anew")
    publish(plans[0], kind=Change.CLARIFICATION)
    page = page_at(reader, "/embed/compare/?ids=P1,P2&edition=1")
    assert [each.text for each in page.elements if each.tag == "th"] == [
        *(
            "The first plan",
            "The second plan",
            "Presented",
            "Withdrawal",
            "Status",
            "Corridor",
        ),
    ]
    assert updated(page) == ["The first plan: clarified in edition 2. What changed"]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"{TIMELINE}?colour=red&edition=1", "colour: this address has no such parameter."),
        (f"{TIMELINE}?lanes=colour&edition=1", "There are no lanes by “colour”"),
        ("/embed/timeline/actors/?edition=1", "Actors: no timeline, as they have no dates."),
        ("/embed/compare/?ids=P1&edition=1", "Name two to six proposals: ?ids=P1,P2."),
        ("/embed/responses/?on=soon&edition=1", "“soon” is no day to look at"),
        ("/embed/responses/?cursor=x&edition=1", "This address points to no page of the list"),
        ("/embed/responses/?proposal=P77&edition=1", "“P77” is neither the id nor the address"),
        ("/embed/compare/?ids=P1,P77&edition=1", "“P77” is neither the id nor the address"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(reader, full, address, says):
    answer = reader.get(address)
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/embed/entries/E99/?edition=1",
        "/embed/entries/lake/?edition=1",
        CARD.format("E1").replace("1", "7"),
    ],
)
def test_nothing_there_is_not_found(reader, full, address):
    assert reader.get(address).status_code == 404


def queries(reader, address):
    reader.get("/events/?edition=1")  # names and facets are known
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert reader.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_cost_the_same_with_one_and_three(reader, publish, rows):
    people = [world.participant(world.actor(f"Envoy {at}")) for at in range(rows)]
    events = [
        world.event(f"Talks {at}", date=f"199{at}", participants=people) for at in range(rows)
    ]
    plans = three_plans()
    publish(*events, *plans)
    publish(world.event("Later"))
    found = [
        queries(reader, address)
        for address in (
            CARD.format("E1"),
            f"{TIMELINE}?edition=1",
            "/embed/compare/?ids=P1,P2&edition=1",
        )
    ]
    assert found == [5, 8, 8]


def test_timeline_tells_of_what_has_not_changed_itself(reader, publish, cast):
    lake, hall = world.place("The Lake"), world.place("The Hall")
    publish(world.event("A visit", place=lake), world.event("A dinner", place=hall))
    for place, text in ((lake, "The Pond"), (hall, "The Lake")):
        name = place.names.get(preferred=True)
        name.text = text
        name.save()
        world.change(place, by=cast.contributor)
    publish(lake, hall)
    page = page_at(reader, f"{TIMELINE}?q=lake&edition=1")
    assert updated(page) == ["1 no longer among them, 1 more among them. What changed"]
    assert updated(page_at(reader, f"{TIMELINE}?edition=1")) == []


def test_timeline_of_an_actor_that_was_merged_has_what_the_other_one_had(reader, publish, cast):
    one, other = world.actor("One"), world.actor("Other")
    events = [
        world.event(f"With {each}", participants=[world.participant(each)]) for each in (one, other)
    ]
    publish(*events)
    merge(one, other, by=cast.chief_editor, approved_by=cast.editor)
    page = page_at(reader, f"{TIMELINE}?actor={one.slug}&edition=1")
    assert updated(page) == ["1 changed otherwise, 1 more among them. What changed"]


def test_timeline_counts_more_than_fifty_as_what_they_are(reader, publish, cast):
    events = [world.event(f"Talks {at}", date="1994") for at in range(52)]
    publish(*events)
    for event in events:
        world.change(event, by=cast.contributor, title=f"{event.title} by the lake")
    publish(*events, kind=Change.CLARIFICATION)
    assert updated(page_at(reader, f"{TIMELINE}?edition=1")) == ["52 clarified. What changed"]
    actor = f"{TIMELINE}?actor=none&edition=1"
    assert updated(page_at(reader, actor)) == ["52 clarified. What changed"]


def test_what_changed_does_not_say_that_a_set_was_cited(reader, publish, cast):
    talks = world.event("Talks")
    publish(talks)
    world.change(talks, by=cast.contributor, title="Talks, corrected")
    publish(talks, kind=Change.CORRECTION)
    page = page_at(reader, f"{TIMELINE}?edition=1")
    assert page.link("What changed") == "/cited/events/?edition=1"
    cited = page_at(reader, "/cited/events/?edition=1")
    assert "correction in edition 2" in cited.text
    assert "this is the very set that was cited" not in cited.text
    assert "no count or no checksum" not in cited.text
