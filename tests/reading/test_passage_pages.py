"""A passage: found by its words, drafted into an event, cited for what is there already."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from desk.models import Revision, WorkingCopy
from events.models import Event, EventCitation
from tests import world
from tests.conftest import Cast
from tests.pages import form_of
from tests.reading.conftest import ReadingWorld

pytestmark = pytest.mark.django_db
SENTENCE = "On 20 July 1997 Anna Berg met about forty delegates in Lakeside."


@pytest.fixture
def client(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.contributor)


def find(client: Client, reading: ReadingWorld, words: str, **where: Any) -> Any:
    return client.post(reading.url("passage"), {"words": words, **where})


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


# Finding ----------------------------------------------------------------------------------------


def test_words_that_stand_once_lead_to_their_passage(client: Client, reading: ReadingWorld) -> None:
    answer = find(client, reading, "She  “hoped”\nfor peace.")
    assert answer.status_code == 302
    assert answer["Location"] == reading.of('She "hoped" for peace.')
    shown = client.get(answer["Location"]).context["passage"]
    assert shown.numbers == [3]
    assert shown.selector == {
        "start": 'She "hoped" for peace.',
        "end": "",
        "prefix": "",
        "suffix": "",
    }


def test_ambiguous_words_are_shown_where_they_stand(client: Client, reading: ReadingWorld) -> None:
    answer = find(client, reading, "Nothing was signed")
    candidates = answer.context["candidates"]
    assert [candidate.block for candidate, _ in candidates] == [4, 5]
    first, second = (client.get(url).context["passage"].selector for _, url in candidates)
    assert (first["suffix"], second["suffix"]) == (".", "by")


def test_words_that_are_not_there_are_never_taken(client: Client, reading: ReadingWorld) -> None:
    answer = find(client, reading, "Anna Berg met about fifty delegates in Lakeside")
    assert answer.context["nearest"].candidate.passage == (
        "Anna Berg met about forty delegates in Lakeside."
    )
    assert answer.context["span"] is None
    assert answer.context["words_form"]["words"].value() == (
        "Anna Berg met about fifty delegates in Lakeside"
    )
    nothing = find(client, reading, "Quite another matter")
    assert nothing.context["nearest"] is None
    assert "Nothing in the text comes near" in nothing.content.decode()


def test_part_of_a_word_is_offered_and_not_taken(client: Client, reading: ReadingWorld) -> None:
    answer = find(client, reading, "nna Berg me")
    assert [found.passage for found, _ in answer.context["candidates"]] == ["Anna Berg met"]


def test_selected_words_are_taken_where_they_were_selected(
    client: Client, reading: ReadingWorld
) -> None:
    answer = find(client, reading, "othing was sig", block=5, before="N")
    span = reading.span("Nothing was signed by anybody")
    url = reading.held.passage_url(type(span)(span.start, span.start + len("Nothing was signed")))
    assert answer["Location"] == url


@pytest.mark.parametrize("words", ["", "  ", "\u200b"])
def test_no_words_are_refused(client: Client, reading: ReadingWorld, words: str) -> None:
    answer = find(client, reading, words)
    assert "Paste or type the words" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"text": "0" * 12, "from": "0", "to": "3"},
        {"text": "", "from": "0", "to": "3"},
        {"to": "5"},
        {"from": "5", "to": "5"},
        {"from": "5", "to": "99999"},
        {"from": "-1", "to": "٣"},
        {"from": "9" * 30, "to": "9" * 40},
        {"from": "", "to": ""},
    ],
)
def test_an_address_of_no_passage_says_so_and_asks_for_words(
    client: Client, reading: ReadingWorld, asked: dict[str, str]
) -> None:
    known = {"text": reading.held.place(reading.span("She"))["text"]} if "text" not in asked else {}
    for name in ("passage", "draft", "cite"):
        answer = client.get(reading.url(name), known | asked, follow=True)
        assert answer.status_code == 200
        assert answer.context["span"] is None
    assert client.get(reading.url("cite"), known | asked).status_code == 302


def test_a_newer_text_makes_old_places_void(client: Client, reading: ReadingWorld) -> None:
    address = reading.of(SENTENCE)
    world.hold_text(reading.source, "Another text.")
    assert "A newer text of this source" in client.get(address).content.decode()


def test_citations_of_the_same_words_are_offered(client: Client, reading: ReadingWorld) -> None:
    same = world.event(
        "A meeting",
        citations=[
            {"source": reading.source, "claims": ["date"], "start": "On", "end": "Lakeside."}
        ],
    )
    part = world.event(
        "Another",
        citations=[{"source": reading.source, "claims": ["date"], "start": "Anna Berg"}],
    )
    world.event(
        "Elsewhere", citations=[{"source": reading.source, "claims": ["date"], "start": "hoped"}]
    )
    there = client.get(reading.of(SENTENCE)).context["there"]
    assert [(each.public_id, each.span == reading.span(SENTENCE)) for each in there] == [
        (same.public_id, True),
        (part.public_id, False),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_a_passage_costs_the_same_for_1_and_3_citations(
    client: Client, reading: ReadingWorld, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        world.event(
            "A meeting",
            citations=[{"source": reading.source, "claims": ["date"], "start": "Anna Berg"}],
        )
    with django_assert_num_queries(19):
        assert len(client.get(reading.of(SENTENCE)).context["there"]) == number


def test_next_suggestion_leads_through_what_is_not_claimed(
    client: Client, reading: ReadingWorld
) -> None:
    world.event(
        "A meeting",
        citations=[{"source": reading.source, "claims": ["date"], "start": "On", "end": "forty"}],
    )
    following = client.get(reading.url()).context["next_url"]
    assert following == reading.of("In March 1998 the Republic answered.")
    assert client.get(following).context["next_url"] == ""


# Drafting ---------------------------------------------------------------------------------------


def test_a_draft_fills_in_what_the_passage_says(
    client: Client, reading: ReadingWorld, cast: Cast
) -> None:
    role = world.participant(reading.person, by=cast.contributor)["role"]
    world.event("Before", participants=[{"actor": reading.person, "role": role}])
    address = client.get(reading.of(SENTENCE, "draft"))["Location"]
    form = form_of(client.get(address), form_id="event_form")
    filled = {
        name: values[0]
        for name, values in form.items()
        if values
        and values[0]
        and name.startswith(("title", "date", "place", "part", "quan", "cit"))
        and not name.endswith("_FORMS")
        and "__prefix__" not in name
    }
    assert filled == {
        "date_edtf": "1997-07-20",
        "date_as_given": "20 July 1997",
        "place": str(reading.place.pk),
        "participants-0-part_key": "new-1",
        "participants-0-actor": str(reading.person.pk),
        "participants-0-role": str(role.pk),
        "quantities-0-part_key": "new-2",
        "quantities-0-what": "delegates",
        "quantities-0-best": "40",
        "quantities-0-approximate": "on",
        "citations-0-source": str(reading.source.pk),
        "citations-0-stance": "supports",
        "citations-0-section": "Background",
        "citations-0-blocks": "3",
        "citations-0-start": "On",
        "citations-0-end": "Lakeside.",
    }
    assert Event.objects.count() == 1


def test_a_draft_is_saved_as_it_was_filled_in(
    client: Client, reading: ReadingWorld, cast: Cast
) -> None:
    participant = world.participant(reading.person, by=cast.contributor)
    world.event("Before", participants=[participant])
    kind = world.term("Talks", by=cast.contributor)
    address = client.get(reading.of(SENTENCE, "draft"))["Location"]
    fields = form_of(client.get(address), form_id="event_form")
    fields |= {"title": ["A meeting"], "slug": ["a-meeting"], "kind": [str(kind.pk)]}
    answer = client.post(address, fields)
    assert answer["Location"] == reading.held.block_url(3)
    event = Event.objects.get(slug="a-meeting")
    document = world.document(event)
    assert (document["date"]["edtf"], document["place"]) == ("1997-07-20", reading.place.public_id)
    assert [each["actor"] for each in document["participants"]] == [reading.person.public_id]
    (citation,) = document["citations"]
    assert citation["claims"] == ["entry", "date", "place", "p1", "p2"]
    assert citation["locator"]["blocks"] == [3]


def test_only_what_was_chosen_goes_into_a_draft(client: Client, reading: ReadingWorld) -> None:
    chosen = {"chosen": "1", "who": "A99", "date": "none", "place": "none"}
    address = client.get(reading.of(SENTENCE, "draft", **chosen))["Location"]
    given = parse_qs(urlsplit(address).query)
    assert sorted(given) == [
        *("citations-0-blocks", "citations-0-end", "citations-0-section"),
        *("citations-0-source", "citations-0-start", "next"),
    ]


def test_a_name_of_several_is_offered_as_a_choice(
    client: Client, reading: ReadingWorld, cast: Cast
) -> None:
    other = world.actor("Anna Berg", slug="another-anna-berg", by=cast.contributor)
    page = client.get(reading.of(SENTENCE))
    ((field, words, several),) = page.context["groups"]
    assert (words, {public_id for public_id, _ in several}) == (
        "Anna Berg",
        {reading.person.public_id, other.public_id},
    )
    plain = client.get(reading.of(SENTENCE, "draft"))["Location"]
    assert "participants" not in plain
    chosen = reading.of(SENTENCE, "draft", chosen="1", **{field: other.public_id})
    given = parse_qs(urlsplit(client.get(chosen)["Location"]).query)
    assert given["participants-0-actor"] == [str(other.pk)]


def test_whoever_may_add_no_event_drafts_none(
    reading: ReadingWorld, cast: Cast, client_of: Callable[..., Client]
) -> None:
    for group in cast.contributor.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="add_event"))
    client = client_of(cast.contributor)
    assert client.get(reading.of(SENTENCE, "draft")).status_code == 403
    assert not client.get(reading.of(SENTENCE)).context["may_draft"]


# Citing for what is there -----------------------------------------------------------------------


def claims_page(client: Client, reading: ReadingWorld, entry: Any) -> str:
    return reading.of(SENTENCE, "cite", entry=entry.public_id)


def send(client: Client, reading: ReadingWorld, entry: Any, **values: Any) -> Any:
    page = client.get(claims_page(client, reading, entry))
    fields: dict[str, Any] = form_of(page, action=reading.url("cite"))
    return client.post(reading.url("cite"), fields | values)


def test_the_entry_is_chosen_from_those_near_by_or_by_a_search(
    client: Client, reading: ReadingWorld
) -> None:
    near = world.event(
        "Near by",
        citations=[{"source": reading.source, "claims": ["date"], "start": "She", "end": "peace."}],
    )
    far = world.event("Far away")
    page = client.get(reading.of(SENTENCE, "cite", q="far"))
    assert [each[0] for each in page.context["beside"]] == [near.public_id]
    assert [each[0] for each in page.context["found"]] == [far.public_id]
    assert client.get(page.context["found"][0][3]).context["entry"] == far
    nothing = client.get(reading.of(SENTENCE, "cite", q="zzz"))
    assert "No entry is called so" in nothing.content.decode()


def test_a_passage_is_cited_for_claims_of_an_entry(
    client: Client, reading: ReadingWorld, cast: Cast
) -> None:
    event = world.event("A meeting", citations=[], by=cast.contributor)
    answer = send(client, reading, event, claims=["entry", "date"], note="Seen.")
    assert answer["Location"] == reading.held.block_url(3)
    row = EventCitation.objects.get(entry=event)
    assert (row.key, row.claims, row.stance, row.section, row.blocks, row.start, row.end) == (
        *("c1", ["entry", "date"], "supports", "Background", [3], "On", "Lakeside."),
    )
    assert row.history.get().history_user == cast.contributor
    revision = Revision.objects.filter(public_id=event.public_id).latest("number")
    assert (revision.number, revision.saved_by) == (2, cast.contributor)
    assert told(answer) == [f"{event.public_id}/c1 cites the passage now."]


def test_a_button_pressed_twice_cites_once(client: Client, reading: ReadingWorld) -> None:
    event = world.event("A meeting", citations=[])
    before = send(client, reading, event, claims=["entry", "date"], note="Seen.")
    again = send(client, reading, event, claims=["date", "entry"], note="Seen.")
    assert (again.status_code, again["Location"]) == (302, before["Location"])
    assert told(again)[-1:] == [f"Already cited as {event.public_id}/c1."]
    assert (
        event.citations.count(),
        Revision.objects.filter(public_id=event.public_id).count(),
    ) == (
        1,
        2,
    )

    other = send(client, reading, event, claims=["entry", "date"], note="Something else.")
    assert "cited for these claims already, as c1" in other.content.decode()
    assert other.context["form"]["note"].value() == "Something else."
    for change in ({"claims": ["date"]}, {"claims": ["entry", "date"], "stance": "mentions"}):
        send(client, reading, event, **change)
    assert [row.key for row in event.citations.order_by("pk")] == ["c1", "c2", "c3"]


def test_cite_next_keeps_the_source_and_moves_on(client: Client, reading: ReadingWorld) -> None:
    event = world.event("A meeting", citations=[])
    answer = send(client, reading, event, claims=["date"], next="1")
    assert answer["Location"] == reading.of("In March 1998 the Republic answered.")
    last = client.get(
        reading.of("In March 1998 the Republic answered.", "cite", entry=event.public_id)
    )
    fields: dict[str, Any] = form_of(last, action=reading.url("cite"))
    answer = client.post(reading.url("cite"), fields | {"claims": ["date"], "next": "1"})
    assert answer["Location"] == reading.url("passage")


def test_a_published_entry_is_not_cited_for_without_a_reason(
    client: Client, reading: ReadingWorld, cast: Cast, people: Any
) -> None:
    event = world.event("A meeting", by=cast.contributor)
    world.publish_all(event, **people)
    answer = send(client, reading, event, claims=["date"], note="Typed.")
    assert "say why you change it" in answer.content.decode()
    assert answer.context["form"]["note"].value() == "Typed."
    assert event.citations.count() == 1
    assert send(client, reading, event, claims=["date"], reason="New.").status_code == 302


@pytest.mark.parametrize("claims", [[], ["p9"], ["entry", "nonsense"]])
def test_claims_that_there_are_not_are_refused(
    client: Client, reading: ReadingWorld, claims: list[str]
) -> None:
    event = world.event("A meeting", citations=[])
    answer = send(client, reading, event, claims=claims)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert event.citations.count() == 0


def test_whoever_may_not_change_an_entry_cites_nothing_for_it(
    reading: ReadingWorld, cast: Cast, client_of: Callable[..., Client]
) -> None:
    event = world.event("A meeting", citations=[])
    for group in cast.contributor.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="change_event"))
    client = client_of(cast.contributor)
    address = claims_page(client, reading, event)
    assert client.get(address).status_code == 403
    place = reading.held.place(reading.span(SENTENCE))
    posted = {**place, "entry": event.public_id, "claims": ["date"]}
    assert client.post(reading.url("cite"), posted).status_code == 403
    assert event.citations.count() == 0
    assert reading.of(SENTENCE, "cite", q="meeting")
    assert client.get(reading.of(SENTENCE, "cite", q="meeting")).context["found"] == []


def test_a_merged_entry_is_not_cited_for(
    client: Client, reading: ReadingWorld, cast: Cast, people: Any
) -> None:
    loser, winner = world.event("One", by=cast.contributor), world.event("Two", by=cast.contributor)
    world.publish_all(loser, winner, **people)
    WorkingCopy.objects.filter(public_id=loser.public_id).update(merged_into=winner.public_id)
    answer = send(client, reading, loser, claims=["entry"], reason="New.")
    assert f"was merged into {winner.public_id}" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_claims_costs_the_same_for_1_and_3_citations(
    client: Client, reading: ReadingWorld, number: int, django_assert_num_queries: Any
) -> None:
    citation = {"source": reading.source, "claims": ["date"], "start": "Anna Berg"}
    event = world.event("A meeting", citations=[citation] * number)
    with django_assert_num_queries(26):
        page = client.get(claims_page(client, reading, event))
        assert len(page.context["already"]) == number


def test_the_ways_to_a_text_lead_there(client: Client, reading: ReadingWorld) -> None:
    text = reading.source.texts.get()
    home = client.get(reverse("admin:index")).content.decode()
    assert f'href="{reverse("reading:sources")}"' in home
    for address in (
        reverse("admin:sources_source_change", args=[reading.source.pk]),
        reverse("admin:sources_sourcetext_change", args=[text.pk]),
        reverse("reading:sources"),
    ):
        assert f'href="{reading.url()}"' in client.get(address).content.decode(), address


def test_the_form_of_an_event_names_no_page_outside_the_desk(client: Client) -> None:
    for address in ("https://example.org/desk/", "//example.org/desk/", "/search/", "javascript:x"):
        page = client.get(reverse("admin:events_event_add"), {"next": address})
        assert page.context["came_from"] == ""


def test_forms_are_what_a_browser_without_script_sends(
    client: Client, reading: ReadingWorld
) -> None:
    """The draft's form, as it comes, drafts the same as the plain address."""
    page = client.get(reading.of(SENTENCE))
    fields = form_of(page, action=reading.url("draft"))
    asked = dict(fields)
    sent = client.get(reading.url("draft"), asked)["Location"]
    assert sent == client.get(reading.of(SENTENCE, "draft"))["Location"]
