"""What the public reads of sources' texts, where their rights let it."""

import pytest

from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

LAKE = (
    "The talks\n\nIt rained. In July the delegations met by the lake, the host said. Nobody "
    "else was there.\n\nA block with a hoatzinhead that nobody cites."
)
SAID = "It rained. In July the delegations met by the lake, the host said. Nobody else was there."

PASSAGE = "In July the delegations met by the lake"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.fixture
def let(publish):
    """A function: a source that shows that much of its text."""

    def made(shown, *, text=LAKE, title="A report"):
        source = world.showing(shown, text, title=title)
        publish(source)
        return source

    return made


def cited(source):
    return {"source": source, "start": "In July the delegations", "end": "lake"}


def test_text_is_read_whole_with_an_anchor_for_each_block(reader, let):
    source = let("all")
    page = page_at(reader, f"/sources/{source.slug}/text/")
    assert page.headings == [(1, "A report"), (2, "The talks"), (2, "Rights")]
    assert [block.get("id") for block in page.with_class("read-block")] == ["b1", "b2", "b3"]
    assert SAID in page.text
    assert (
        f"/sources/{source.slug}/text/" in reader.get(f"/sources/{source.slug}/").content.decode()
    )


@pytest.mark.parametrize("shown", ["nothing", "short context"])
def test_text_that_is_not_shown_whole_has_no_page(reader, let, shown):
    source = let(shown)
    answer = reader.get(f"/sources/{source.slug}/text/")
    assert answer.status_code == 404
    assert "hoatzinhead" not in answer.content.decode()
    assert "/text/" not in reader.get(f"/sources/{source.slug}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_text_costs_the_same_for_1_and_3_blocks_with_what_rests_on_them(
    reader, let, publish, number, django_assert_num_queries
):
    words = ("The rain fell.", "The sun shone.", "The wind rose.")[:number]
    source = let("all", text="\n\n".join(words))
    cited = [{"source": source, "start": each} for each in words]
    publish(
        *(
            world.event(f"On {each}", citations=[one])
            for each, one in zip(words, cited, strict=True)
        )
    )
    with django_assert_num_queries(6):
        page = page_at(reader, f"/sources/{source.slug}/text/")
    assert len(page.with_class("read-block")) == number
    assert [each.text for each in page.with_class("read-cited")] == [
        f"On {each} [1]" for each in words
    ]


def test_text_names_the_first_of_what_rests_on_a_block_and_counts_the_others(
    reader, let, publish, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("sources.shown.MOST_CITED", 2)
    monkeypatch.setattr("sources.shown.BATCH", 1)
    source = let("all")
    publish(*(world.event(f"Meeting {one}", citations=[cited(source)]) for one in range(5)))
    with django_assert_num_queries(6):
        page = page_at(reader, f"/sources/{source.slug}/text/")
    (resting,) = page.with_class("read-cited")
    assert resting.text == "Meeting 0 [1] Meeting 1 [1] and 3 more"


def test_text_names_no_citation_that_stands_no_more(reader, let, publish):
    source = let("all")
    event = world.event("A meeting", citations=[cited(source)])
    publish(event)
    text = f"/sources/{source.slug}/text/"
    (resting,) = page_at(reader, text).with_class("read-cited")
    assert resting.get("aria-label") == "What rests on block 2"
    world.change(event, citations=[{"source": source, "section": "The talks"}])
    publish(event)
    assert page_at(reader, text).with_class("read-cited") == []


def test_long_texts_are_read_in_pages(reader, let):
    source = let("all", text="\n\n".join(f"Block {one}." for one in range(1, 122)))
    url = f"/sources/{source.slug}/text/"
    for query, first, number in (
        ("", "b1", 50),
        ("?page=2", "b51", 50),
        ("?page=3", "b101", 21),
        ("?page=99", "b101", 21),
        ("?page=x", "b1", 50),
    ):
        blocks = page_at(reader, url + query).with_class("read-block")
        assert (blocks[0].get("id"), len(blocks)) == (first, number)


@pytest.mark.parametrize("number", [1, 3])
def test_evidence_shows_the_context_and_costs_one_query_more(
    reader, let, publish, number, django_assert_num_queries
):
    sources = [let("short context", title=f"Report {one}") for one in range(number)]
    event = world.event("A meeting", citations=[cited(source) for source in sources])
    publish(event)
    with django_assert_num_queries(7):
        sheet = reader.get(f"/events/{event.slug}/citations/c1/").content.decode()
    entry = reader.get(f"/events/{event.slug}/").content.decode()
    marked = SAID.replace(PASSAGE, f"<mark>{PASSAGE}</mark>")
    assert (sheet.count(marked), entry.count(marked)) == (1, number)
    assert "hoatzinhead" not in sheet + entry


def test_under_all_the_evidence_leads_to_the_block(reader, let, publish):
    source = let("all")
    event = world.event("A meeting", citations=[cited(source)])
    publish(event)
    body = reader.get(f"/events/{event.slug}/").content.decode()
    assert f'<a href="/sources/{source.slug}/text/#b2">Read it in the text</a>' in body


def test_under_nothing_the_evidence_shows_the_words_of_the_selector_alone(reader, let, publish):
    event = world.event("A meeting", citations=[cited(let("nothing"))])
    publish(event)
    for address in (f"/events/{event.slug}/", f"/events/{event.slug}/citations/c1/"):
        body = reader.get(address).content.decode()
        assert "In July the delegations" in body
        assert "It rained" not in body


def test_rights_that_are_withdrawn_take_text_and_context_away(reader, let, publish):
    source = let("all")
    event = world.event("A meeting", citations=[cited(source)])
    publish(event)
    text = f"/sources/{source.slug}/text/"
    assert reader.get(text).status_code == 200
    world.change(source, text_shown="nothing")
    publish(source)
    assert reader.get(text).status_code == 404
    assert "It rained" not in reader.get(f"/events/{event.slug}/").content.decode()


def test_newer_text_of_the_desk_is_not_shown_before_it_is_published(reader, let):
    source = let("all")
    world.hold_text(source, "Zebrafinch and nothing else.")
    page = page_at(reader, f"/sources/{source.slug}/text/")
    assert SAID in page.text
    assert "Zebrafinch" not in page.text
