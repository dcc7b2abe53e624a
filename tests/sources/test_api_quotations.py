"""Quotations in the API: answered from what the page is answered from, and by its rules."""

import pytest

from record.models import ShownPassage, ShownText
from tests import world
from tests.answers import API, answer, refusal, wrong_parameters

pytestmark = pytest.mark.django_db

LAKE = (
    "The talks\n\nIt rained all day there. In July the delegations met by the “great” lake, the "
    "host said. Nobody else was there.\n\nA block with a hoatzinhead that nobody cites here."
)
PASSAGE = "In July the delegations met by the “great” lake"
UNCITED = "A block with a hoatzinhead that nobody cites here."


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def citing(source, title="Talks"):
    selector = {"start": "In July the delegations", "end": "lake"}
    return world.event(title, citations=[{"source": source, **selector}])


@pytest.fixture
def let(publish):
    """A function: an event that cites a source which lets so much of its text be read."""

    def made(shown, title="A report"):
        source = world.showing(shown, LAKE, title=title) if shown else world.source(title)
        if not shown:
            world.hold_text(source, LAKE)
        event = citing(source)
        publish(event, source)
        return event

    return made


def asked(reader, words, **query):
    """Which texts hold the words, and which citations they are of."""
    result = answer(reader, "verify-quote/", text=words, **query)["result"]
    cited = [(each["id"], each["how"]) for each in result["citations"]]
    texts = [(each["source"], each["blocks"]) for each in result["texts"]]
    assert result["found"] == bool(texts or {"read", "selector"} & {how for _, how in cited})
    assert bool(result["remark"]) == bool(cited and not result["found"])
    return texts, cited


def test_answer_names_the_text_the_citation_and_the_page(reader, let):
    event = let("all")
    source = event.citations.get().source
    body = answer(reader, "verify-quote/", text=f"'{PASSAGE}'")
    assert list(body) == ["edition", "result", "references", "checks", "url"]
    result = body["result"]
    [citation] = result.pop("citations")
    assert result == {
        "text": 'In July the delegations met by the "great" lake',
        "found": True,
        "texts": [
            {
                "source": source.public_id,
                "blocks": [2],
                "url": f"http://testserver/sources/{source.slug}/text/#b2",
            }
        ],
        "more": False,
        "remark": "",
    }
    assert citation.pop("how") == "read"
    assert citation == answer(reader, f"citations/{event.public_id}/c1/")["result"]
    assert sorted(body["references"]) == sorted([event.public_id, source.public_id])
    assert list(body["checks"]) == [f"{event.public_id}/c1"]
    assert "the delegations met" in reader.get(body["url"]).content.decode()


def test_invented_words_after_published_ones_are_not_found(reader, let):
    private = let("")
    words = "In July the delegations became invented words"
    result = answer(reader, "verify-quote/", text=words)["result"]
    assert (result["found"], result["texts"]) == (False, [])
    assert [(each["id"], each["how"]) for each in result["citations"]] == [
        (f"{private.public_id}/c1", "begun")
    ]
    assert result["remark"].startswith("Some of these words open or close a cited passage.")
    let("all", "Another")
    assert answer(reader, "verify-quote/", text=words)["result"] == result


def test_private_texts_and_drafts_are_not_answered_from(reader, publish, let):
    """What could leak is there: at the desk, and what once could be read in public."""
    event = let("all")
    source, private = event.citations.get().source, let("")
    name, hidden = f"{event.public_id}/c1", f"{private.public_id}/c1"
    assert asked(reader, UNCITED) == ([(source.public_id, [3])], [])
    world.change(source, text_shown="nothing")
    publish(source)
    world.change(event, citations=[{"start": "The zebrafinch was here"}])
    assert (ShownText.objects.count(), ShownPassage.objects.count()) == (1, 1)
    assert asked(reader, UNCITED) == ([], [])
    assert asked(reader, UNCITED, edition=1) == ([], [])
    assert asked(reader, "Nobody else was there.") == ([], [])
    assert asked(reader, "The zebrafinch was here") == ([], [])
    assert asked(reader, PASSAGE) == ([], [(name, "ends"), (hidden, "ends")])
    # Between the published words, any are answered alike.
    assert asked(reader, "In July the delegations quarrelled at a lake") == asked(reader, PASSAGE)


def test_one_source_alone_can_be_asked(reader, let):
    first, second = let("all"), let("all", "Another")
    for event in (first, second):
        source = event.citations.get().source
        name = f"{event.public_id}/c1"
        found = ([(source.public_id, [2])], [(name, "read")])
        assert asked(reader, PASSAGE, source=source.public_id) == found
        assert asked(reader, PASSAGE, source=source.slug) == found
    assert len(asked(reader, PASSAGE)[1]) == 2


def test_wrong_parameters_are_refused_with_sentences(reader, let):
    let("")
    body = refusal(reader, "verify-quote/", 400, text="In July", source="S99", words="no")
    assert [(error["parameter"], error["detail"]) for error in body["errors"]] == [
        ("words", "This address has no such parameter."),
        (
            "text",
            "That is too short to be told from other words. Give at least 4 words, or 20 letters.",
        ),
        ("source", "“S99” is the id or slug of no source in edition 1."),
    ]
    assert wrong_parameters(reader, "verify-quote/") == ["text"]
    assert wrong_parameters(reader, "verify-quote/", text="a" * 801) == ["text"]
    assert wrong_parameters(reader, "verify-quote/", text="In July the del\x00egations") == ["text"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(reader, publish, number, django_assert_num_queries):
    source = world.showing("all", LAKE, title="A report")
    publish(source, *[citing(source, f"Talks {one}") for one in range(number)])
    with django_assert_num_queries(10):
        body = answer(reader, "verify-quote/", text=PASSAGE)
    assert len(body["result"]["citations"]) == number


def test_page_and_api_count_together_and_say_when_to_ask_again(reader, let, still_clock):
    let("")
    for number in range(15):
        answer(reader, "verify-quote/", text=f"words that stand nowhere {number}")
        page = reader.get("/verify/quotation/", {"words": f"words that stand nowhere {number}"})
        assert page.status_code == 200
    refused = reader.get(f"{API}/verify-quote/", {"text": "words that stand nowhere 31"})
    assert (refused.status_code, refused["Cache-Control"]) == (429, "no-store")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused.json()["detail"].endswith("Please wait a minute and ask again.")
    page = reader.get("/verify/quotation/", {"words": "words that stand nowhere 31"})
    assert (page.status_code, page["Cache-Control"]) == (429, "no-store")
