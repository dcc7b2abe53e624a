"""Pages of sources."""

import pytest

from record.reading import document_of
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    subject = world.term("Talks", vocabulary="subject")
    publish(*(world.source(f"Source {one}", subjects=[subject]) for one in range(1, number + 1)))
    with django_assert_num_queries(7):
        page = page_at(reader, "/sources/")
    assert len(page.with_class("entry-row")) == number


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    source = world.source("The Source", subjects=[world.term("Talks", vocabulary="subject")])
    publish(
        *(
            world.event(f"Event {one}", citations=[{"source": source, "blocks": [one]}])
            for one in range(1, number + 1)
        )
    )
    with django_assert_num_queries(9):  # the first time in an edition
        page = page_at(reader, "/sources/the-source/")
    with django_assert_num_queries(5):
        again = page_at(reader, "/sources/the-source/")
    assert len(page.with_class("resting")) == len(again.with_class("resting")) == number


def test_page_shows_everything_the_document_says(reader, full):
    text = page_at(reader, "/sources/the-talks-by-the-lake/").text
    for said in (
        "Article The talks by the lake",
        "Writer, A.; Institute of the Lake (editor) (about March 2005). “The talks by the lake”.",
        "“The talks by the lake”. Journal of the Lake. Lake Press.",
        "Who speaks, and from where Written by the hosts.",
        "Author A. Writer",
        "Editor Institute of the Lake",
        "Published about March 2005 (in the source: “around March 2005”)",
        "Archived copy https://archive.example.org/talks, of 6 May 2024",
        "Language English",
        "Rights All rights with the press. Its text is not shown here: follow its address.",
        "DOI 10.5555/12345678",
        "Editor’s note The second printing.",
    ):
        assert said in text


def test_private_text_of_a_source_is_on_no_page_of_it(reader, full):
    assert "without a paper" in full.source.texts.get().text
    assert "without a paper" not in page_at(reader, "/sources/the-talks-by-the-lake/").text


def test_what_rests_on_it_stands_in_the_order_of_its_text(reader, publish):
    source, other = world.source("The Source"), world.source("The Other")
    citations = {
        "Ninth": {"blocks": [9], "start": "They met"},
        "Second": {"blocks": [2, 12]},
        "Page": {"page": "4"},
        "Page ten": {"page": "10"},
        "Anywhere": {},
        "Via": {"source": other, "cited_via": source, "blocks": [3]},
    }
    publish(
        *(
            world.event(title, citations=[{"source": source, "claims": ["entry", "date"]} | given])
            for title, given in citations.items()
        ),
        world.event("Elsewhere", citations=[{"source": other}]),
    )
    page = page_at(reader, "/sources/the-source/")
    alone = "Supports: that it happened, date rests on it alone"
    assert [element.text for element in page.with_class("resting-place")] == [
        f"Blocks 2, 12 Second event {alone}",
        ("Block 3 Via event Supports, another source by way of this one: that it happened, date"),
        f"Block 9 Ninth event “They met …” {alone}",
        f"Page 4 Page event {alone}",
        f"Page 10 Page ten event {alone}",
        f"No place given Anywhere event {alone}",
    ]
    assert page.link("Ninth") == "/events/ninth/#c1"


def test_what_rests_on_it_stands_under_its_sections(reader, publish):
    source = world.source("The Source")
    places = [{"section": "One", "blocks": [2]}, {"section": "Two", "blocks": [5]}, {"blocks": [1]}]
    claims = ["entry", "date"]
    citations = [{"source": source, "claims": claims} | place for place in places]
    publish(world.event("A meeting", citations=citations))
    page = page_at(reader, "/sources/the-source/")
    assert [words for level, words in page.headings if level == 3] == [
        "Before its first heading",
        "One",
        "Two",
    ]
    assert [element.text.partition(" A ")[0] for element in page.with_class("resting-place")] == [
        "Block 1",
        "Block 2",
        "Block 5",
    ]


def test_one_place_is_named_once_for_all_that_rests_on_it(reader, publish):
    cited = {"source": world.source("The Source"), "blocks": [4]}
    publish(*(world.event(f"Event {one}", citations=[cited]) for one in range(3)))
    page = page_at(reader, "/sources/the-source/")
    assert [element.text for element in page.with_class("resting-where")] == ["Block 4"]
    assert len(page.with_class("resting")) == 3


def test_what_rests_on_it_alone_is_told_from_what_others_support_too(reader, publish):
    source, other = world.source("The Source"), world.source("The Other")
    claims = ["entry", "date"]

    def event(title, *more):
        return world.event(title, citations=[{"source": source, "claims": claims}, *more])

    publish(
        event("All", {"source": other, "stance": "mentions", "claims": ["date"]}),
        event("Part", {"source": other, "claims": ["date"]}),
        event("Nothing", {"source": other, "claims": claims}),
    )
    page = page_at(reader, "/sources/the-source/")
    assert [element.text for element in page.with_class("resting")] == [
        "All event Supports: that it happened, date rests on it alone",
        "Part event Supports: that it happened (alone), date",
        "Nothing event Supports: that it happened, date",
    ]
    assert "/events/part/#date" in page.links


def test_many_passages_come_in_pages(reader, publish, monkeypatch):
    monkeypatch.setattr("sources.passages.MOST", 2)
    source = world.source("The Source")
    publish(
        *(
            world.event(f"Event {one}", citations=[{"source": source, "blocks": [one]}])
            for one in (1, 2, 3)
        )
    )
    first = page_at(reader, "/sources/the-source/")
    assert "3 citations, in the order of its text. A block is" in first.text
    second = page_at(reader, "/sources/the-source/" + first.link("Next"))
    assert [element.text for element in second.with_class("resting-where")] == ["Block 3"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("2", "Block 3"),
        ("99", "Block 3"),
        ("9" * 4301, "Block 3"),
        ("0", "Block 1"),
        ("-1", "Block 1"),
        ("2.0", "Block 1"),
        ("٢", "Block 1"),
        ("²", "Block 1"),
        ("", "Block 1"),
    ],
)
def test_any_number_of_a_page_leads_to_one_there_is(reader, publish, monkeypatch, number, shown):
    monkeypatch.setattr("sources.passages.MOST", 2)
    source = world.source("The Source")
    citations = [{"source": source, "blocks": [one]} for one in (1, 2, 3)]
    publish(world.event("A meeting", citations=citations))
    page = page_at(reader, f"/sources/the-source/?passages={number}")
    assert page.with_class("resting-where")[0].text == shown


def test_page_reads_only_the_entries_on_it(reader, publish, monkeypatch):
    monkeypatch.setattr("sources.passages.MOST", 2)
    source = world.source("The Source")
    events = [
        world.event(f"Event {one}", citations=[{"source": source, "blocks": [one]}])
        for one in range(1, 6)
    ]
    publish(*events)
    page_at(reader, "/sources/the-source/")
    read = []

    def reading(version):
        read.append(version.label)
        return document_of(version)

    monkeypatch.setattr("sources.passages.document_of", reading)
    page_at(reader, "/sources/the-source/?passages=2")
    assert sorted(read) == ["Event 3", "Event 4"]


def test_new_edition_puts_passages_in_their_new_order(reader, publish):
    source = world.source("The Source")
    events = [
        world.event(title, citations=[{"source": source, "blocks": [block]}])
        for title, block in (("One", 1), ("Two", 2))
    ]
    publish(*events)

    def entries():
        places = page_at(reader, "/sources/the-source/").with_class("resting-place")
        return [place.text.partition(" event")[0] for place in places]

    assert entries() == ["Block 1 One", "Block 2 Two"]
    citation = events[0].citations.get()
    citation.blocks = [3]
    citation.save()
    world.change(events[0])
    assert entries() == ["Block 1 One", "Block 2 Two"]
    publish(events[0])
    assert entries() == ["Block 2 Two", "Block 3 One"]


def test_address_that_is_none_of_the_web_is_no_link(reader, publish):
    publish(world.source("The Source", url="javascript:alert(1)"))
    assert "javascript" not in reader.get("/sources/the-source/").content.decode()
