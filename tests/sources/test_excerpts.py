"""Passages with what stands around them."""

from typing import Any

import pytest

from sources import excerpts
from sources.excerpts import passages_of
from tests import world

TEXT = """The talks by the lake

Opening of the talks

In July the delegations  met by the lake. About forty delegates came, the host\u00ad said.

The second day

The delegations met again “in good spirits” – and parted.

Nothing was signed.
"""


@pytest.fixture
def source(db):
    source = world.source()
    world.hold_text(source, TEXT, headings=[1, 2, 4])
    return source


def citation(source: Any, blocks: list[int] | None = None, **words: str) -> dict[str, Any]:
    none = {"section": None, "page": None, "timecode": None, "record": None}
    selector = {name: words.get(name) for name in ("start", "end", "prefix", "suffix")}
    return {
        "source": source.public_id,
        "locator": {"blocks": blocks or [], **none},
        "selector": selector if words else None,
    }


def passage(source: Any, *, texts: bool = True, **options: Any) -> Any:
    [found] = passages_of([citation(source, **options)], texts=texts)
    return found


def marked(blocks: Any) -> list[tuple[int, list[str]]]:
    return [(block.number, [run.text for run in block.runs if run.marked]) for block in blocks]


def test_words_of_the_passage_are_marked_as_the_source_writes_them(source):
    found = passage(source, start="the delegations met by", end="the host said")

    assert (found.state, found.sha256) == ("exact", source.texts.get().sha256)
    assert marked(found.excerpt) == [
        (3, ["the delegations  met by the lake. About forty delegates came, the host\u00ad said"])
    ]
    assert [run.text for run in found.excerpt[0].runs][::2] == ["In July ", "."]
    assert found.excerpt[0].section == "Opening of the talks"


def test_quotation_marks_and_dashes_may_differ(source):
    found = passage(source, start='"in good spirits" -')

    assert marked(found.excerpt) == [(5, ["“in good spirits” –"])]


def test_passage_over_several_blocks_is_marked_in_each(source):
    found = passage(source, start="the host said.", end="The delegations met again")

    assert [text for _, texts in marked(found.excerpt) for text in texts] == [
        "the host\u00ad said.",
        "The second day",
        "The delegations met again",
    ]


def test_blocks_beside_the_passage_are_shown_around_it(source):
    found = passage(source, start="Nothing was signed")

    assert [(block.number, block.around) for block in found.blocks] == [(5, True), (6, False)]


def test_words_that_fit_twice_are_marked_twice(source):
    found = passage(source, start="delegations met")

    assert found.state == "ambiguous"
    assert marked(found.excerpt) == [(3, ["delegations  met"]), (5, ["delegations met"])]
    assert [block.gap for block in found.excerpt] == [False, True]


def test_without_words_the_blocks_of_the_locator_are_shown(source):
    found = passage(source, blocks=[5, 99])

    assert (found.state, marked(found.excerpt)) == ("unchecked", [(5, [])])


def test_words_that_are_not_there_leave_the_blocks_of_the_locator(source):
    found = passage(source, blocks=[5], start="In June")

    assert (found.state, marked(found.excerpt)) == ("missing", [(5, [])])


def test_passage_that_stands_elsewhere_says_where(source):
    assert passage(source, blocks=[5], start="In July").misplaced == "block 3"
    assert passage(source, blocks=[3], start="In July").misplaced == ""


def test_texts_are_kept_from_those_who_may_not_see_them(source):
    found = passage(source, texts=False, start="In July")

    assert (found.state, found.excerpt, found.blocks) == ("exact", (), ())


def test_source_without_a_text_is_unchecked(db):
    found = passage(world.source(), start="In July")

    assert (found.state, found.sha256) == ("unchecked", "")


def test_newest_text_counts_and_one_query_is_asked(source, django_assert_num_queries):
    other = world.source("Another")
    newest = world.hold_text(source, "In July they met.")
    world.hold_text(other, "In July they parted.")
    cited = [citation(each, start="In July") for each in (source, other, source)]

    with django_assert_num_queries(1):
        found = passages_of(cited, texts=True)

    assert found[0].sha256 == newest.sha256
    assert [each.excerpt[0].runs[-1].text for each in found] == [
        " they met.",
        " they parted.",
        " they met.",
    ]


def test_long_passages_are_cut(db, monkeypatch):
    monkeypatch.setattr(excerpts, "MOST_BLOCKS", 2)
    source = world.source()
    world.hold_text(
        source, "\n\n".join(f"Block {n} " + "word " * 1000 + "end" for n in range(1, 6))
    )

    found = passage(source, start="Block 1", end="Block 5")

    assert [block.number for block in found.excerpt] == [1, 5]
    assert found.excerpt[1].gap is True
    letters = sum(len(run.text) for block in found.excerpt for run in block.runs)
    assert letters < 2 * (excerpts.LONGEST_EXCERPT + excerpts.NEAR)
    assert sum(len(run.text) for block in found.blocks for run in block.runs) < 4 * (
        excerpts.LONGEST + 100
    )
