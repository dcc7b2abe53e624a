"""The reading room: a text, what is claimed of it, what it offers, and what is set aside."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sources.asides import words_of
from sources.models import SetAside
from tests import world
from tests.conftest import Cast
from tests.pages import admin_url, form_of
from tests.reading.conftest import TEXT, ReadingWorld

pytestmark = pytest.mark.django_db
SENTENCE = "On 20 July 1997 Anna Berg met about forty delegates in Lakeside."


def cite(reading: ReadingWorld, start: str, end: str = "", **fields: Any) -> Any:
    citation = {
        "source": reading.source,
        "claims": ["entry", "date"],
        "start": start,
        "end": end,
        **fields,
    }
    return world.event("A meeting", citations=[citation])


@pytest.fixture
def client(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.contributor)


def blocks(client: Client, reading: ReadingWorld, **asked: Any) -> list[Any]:
    answer = client.get(reading.url(**asked))
    assert answer.status_code == 200
    return list(answer.context["blocks"])


def test_each_block_stands_beside_the_claims_that_rest_on_it(
    client: Client, reading: ReadingWorld
) -> None:
    event = cite(reading, "On 20 July", "Lakeside.")
    shown = blocks(client, reading)
    assert [
        [(each.public_id, each.key, list(each.claims)) for each in block.claimed] for block in shown
    ] == [[], [], [(event.public_id, "c1", ["the entry itself", "date"])], [], [], []]
    assert [block.state.name for block in shown] == [
        *("QUIET", "HEADING", "PARTLY", "FLAGGED", "QUIET", "QUIET"),
    ]
    marked = ["".join(p.text for p in block.pieces if p.depth) for block in shown]
    assert marked == ["", "", SENTENCE, "", "", ""]


def test_overlapping_passages_are_numbered_in_the_order_of_the_text(
    client: Client, reading: ReadingWorld
) -> None:
    later = cite(reading, "Anna Berg", "hoped")
    earlier = cite(reading, "On 20 July", "Lakeside.")
    block = blocks(client, reading)[2]
    assert [(each.number, each.public_id) for each in block.claimed] == [
        (1, earlier.public_id),
        (2, later.public_id),
    ]
    assert max(piece.depth for piece in block.pieces) == 2


def test_the_figure_counts_blocks_with_dates(client: Client, reading: ReadingWorld) -> None:
    assert "0 of 2 blocks with dates are covered" in page_text(client, reading)
    cite(reading, "On 20 July", "Lakeside.")
    assert "1 of 2 blocks with dates is covered" in page_text(client, reading)
    reading.source.set_aside.create(block=4, reason="Another's business.")
    assert "2 of 2 blocks with dates are covered" in page_text(client, reading)


def page_text(client: Client, reading: ReadingWorld) -> str:
    return " ".join(client.get(reading.url()).content.decode().split())


def test_the_bar_leads_to_every_block_and_says_the_same_in_words(
    client: Client, reading: ReadingWorld
) -> None:
    bar = client.get(reading.url()).context["bar"]
    room = reading.url()
    assert [url for _, url in bar["pieces"]] == [f"{room}#block-{n}" for n in range(1, 7)]
    assert sum(piece.width for piece, _ in bar["pieces"]) == 10_000
    assert [(run.first, run.last, run.says) for run, _ in bar["runs"]] == [
        (1, 1, "no claim"),
        (2, 2, "heading"),
        (3, 4, "a date or a known name, and no claim"),
        (5, 6, "no claim"),
    ]


def test_suggestions_can_be_switched_off(client: Client, reading: ReadingWorld) -> None:
    offered = [(each.kind, each.words) for each in blocks(client, reading)[2].offered]
    assert offered == [
        ("date", "20 July 1997"),
        ("name", "Anna Berg"),
        ("name", "Lakeside"),
        ("figure", "about forty delegates"),
    ]
    silent = blocks(client, reading, offers="off")
    assert [list(block.offered) for block in silent] == [[]] * 6
    assert {kind for block in silent for piece in block.pieces for kind in piece.kinds} == set()


def test_suggestions_are_saved_by_nobody(client: Client, reading: ReadingWorld) -> None:
    blocks(client, reading)
    assert list(reading.source.eventcitations.all()) == []


def test_a_passage_that_is_not_in_the_text_is_named(client: Client, reading: ReadingWorld) -> None:
    event = cite(reading, "They parted")
    assert client.get(reading.url()).context["failures"] == [
        f"{event.public_id}/c1 “They parted …”: not in the text."
    ]


def test_a_long_text_is_shown_in_pages_with_the_bar_over_all(client: Client, cast: Cast) -> None:
    source = world.source("A book", by=cast.contributor)
    world.hold_text(source, "\n\n".join(f"Sentence {n}." for n in range(1, 1001)))
    address = reverse("reading:room", args=[source.public_id])
    answer = client.get(address, {"page": "20"})
    assert [block.number for block in answer.context["blocks"]] == list(range(951, 1001))
    bar = answer.context["bar"]["pieces"]
    assert (len(bar), bar[-1][0].last) == (334, 1000)
    assert bar[-1][1] == f"{address}?page=20#block-1000"
    for wrong in ("21", "0", "-1", "x", "9" * 40):
        assert client.get(address, {"page": wrong}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_room_costs_the_same_for_1_and_3_citations(
    client: Client, reading: ReadingWorld, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        cite(reading, "On 20 July", "Lakeside.")
    with django_assert_num_queries(18):
        assert len(blocks(client, reading)[2].claimed) == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_texts_costs_the_same_for_1_and_3(
    client: Client, cast: Cast, number: int, django_assert_num_queries: Any
) -> None:
    for place in range(number):
        source = world.source(f"Report {place}", by=cast.contributor)
        world.hold_text(source, "An older text.")
        world.hold_text(source, "A text.")
    with django_assert_num_queries(6):
        texts = client.get(reverse("reading:sources")).context["texts"]
        assert len(texts) == number


def test_without_a_text_the_room_says_so(client: Client, cast: Cast) -> None:
    source = world.source("Unread", by=cast.contributor)
    answer = client.get(reverse("reading:room", args=[source.public_id]))
    assert "holds no text" in answer.content.decode()
    assert client.get(reverse("reading:room", args=["S99"])).status_code == 404


# Setting aside ----------------------------------------------------------------------------------


def set_aside(client: Client, reading: ReadingWorld, **values: Any) -> Any:
    return client.post(reading.url("set_aside"), values)


def rows(reading: ReadingWorld) -> list[tuple[int, str, str, str]]:
    found = SetAside.objects.filter(entry=reading.source)
    return list(found.values_list("block", "start", "end", "reason"))


def test_a_block_is_set_aside_and_taken_back_with_its_history(
    client: Client, reading: ReadingWorld, cast: Cast
) -> None:
    answer = set_aside(client, reading, block=6, reason="A caption.")
    assert answer["Location"] == reading.held.block_url(6)
    assert rows(reading) == [(6, "", "", "A caption.")]
    assert blocks(client, reading)[5].state.name == "ASIDE"
    row = SetAside.objects.get()
    client.post(reverse("reading:take_back", args=[reading.source.public_id, row.pk]))
    assert rows(reading) == []
    history = SetAside.history.order_by("history_id")
    assert [(each.history_type, each.history_user) for each in history] == [
        ("+", cast.contributor),
        ("-", cast.contributor),
    ]


def test_a_block_of_an_older_text_is_not_set_aside(client: Client, reading: ReadingWorld) -> None:
    digest = client.get(reading.url()).context["held"].digest
    assert f'name="text" value="{digest}"' in client.get(reading.url()).content.decode()
    world.hold_text(reading.source, "A newer text.")

    answer = set_aside(client, reading, block=1, text=digest, reason="A caption.")

    assert "A newer text of this source has been loaded since." in answer.content.decode()
    assert reading.source.set_aside.count() == 0


def test_a_block_set_aside_in_an_older_text_stands_where_its_words_are(
    client: Client, reading: ReadingWorld
) -> None:
    set_aside(client, reading, block=6, reason="A caption.")
    world.hold_text(reading.source, f"A banner\n\n{TEXT}\n\nA footer")
    assert [block.state.name for block in blocks(client, reading)][5:] == [
        "QUIET",
        "ASIDE",
        "QUIET",
    ]

    twice = set_aside(client, reading, block=7, reason="Once more.")
    assert "It has been set aside already." in twice.content.decode()
    set_aside(client, reading, block=6, reason="Of another number now.")
    assert [row[0] for row in rows(reading)] == [6, 6]

    row = SetAside.objects.earliest("pk")
    back = client.post(reverse("reading:take_back", args=[reading.source.public_id, row.pk]))
    assert back["Location"] == reading.held.block_url(7)


def test_the_same_block_is_not_set_aside_twice_in_the_form_of_the_source(
    cast: Cast, client_of: Callable[..., Client], reading: ReadingWorld
) -> None:
    reading.source.set_aside.create(block=6, reason="A caption.")
    desk, page = client_of(cast.editor), admin_url(reading.source, "change")
    fields = form_of(desk.get(page), form_id="source_form") | {
        "set_aside-1-block": ["6"],
        "set_aside-1-reason": ["No."],
    }
    answer = desk.post(page, fields | {"set_aside-TOTAL_FORMS": ["2"]})
    assert (answer.status_code, len(rows(reading))) == (200, 1)
    answer = desk.post(page, fields | {"set_aside-TOTAL_FORMS": ["2"], "set_aside-1-block": ["5"]})
    assert (answer.status_code, len(rows(reading))) == (302, 2)
    assert SetAside.objects.latest("pk").words == words_of(reading.held.folded, 5)


def test_a_passage_is_set_aside_by_its_words(client: Client, reading: ReadingWorld) -> None:
    place = reading.held.place(reading.span('She "hoped" for peace.'))
    set_aside(client, reading, block=3, reason="An opinion.", **place)
    assert rows(reading) == [(3, 'She "hoped" for peace.', "", "An opinion.")]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"block": 6, "reason": " "}, "Say why nothing is claimed from it."),
        ({"block": 7, "reason": "No."}, "there is no 7 among them"),
        ({"block": 5, "reason": "Twice."}, "set aside already"),
        ({"block": 4, "reason": "Twice.", "words": "Nothing was signed"}, "elsewhere in the text"),
        ({"block": 3, "reason": "No.", "words": "signed by"}, "stands in one block"),
    ],
)
def test_what_cannot_be_set_aside_is_said_and_the_reason_kept(
    client: Client, reading: ReadingWorld, values: dict[str, Any], says: str
) -> None:
    reading.source.set_aside.create(block=5, reason="Gossip.")
    words = values.pop("words", "")
    if words:
        values |= reading.held.place(reading.span(words))
    answer = set_aside(client, reading, **values)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert answer.context["form"]["reason"].value() == values["reason"]
    assert len(rows(reading)) == 1


# Access -----------------------------------------------------------------------------------------


def test_staff_without_a_role_sees_no_text(
    reading: ReadingWorld, cast: Cast, client_of: Callable[..., Client]
) -> None:
    cast.contributor.groups.clear()
    client = client_of(cast.contributor)
    row = reading.source.set_aside.create(block=6, reason="A caption.")
    for address in (
        reverse("reading:sources"),
        reading.url(),
        reading.of(SENTENCE),
        reading.of(SENTENCE, "draft"),
        reading.of(SENTENCE, "cite"),
        reading.url("set_aside"),
    ):
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address
    take_back = reverse("reading:take_back", args=[reading.source.public_id, row.pk])
    assert client.post(take_back).status_code == 403
    assert rows(reading) == [(6, "", "", "A caption.")]


def test_nobody_signed_out_is_shown_a_word(reading: ReadingWorld, reader: Client) -> None:
    for address in (reading.url(), reading.of(SENTENCE), reading.of(SENTENCE, "draft")):
        answer = reader.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/desk/login/")
