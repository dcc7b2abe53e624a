"""Words that are pasted: where they stand, and what is nearest to what does not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.refusals import Refused
from reading.held import LONGEST_PASSAGE
from reading.pasting import find, is_exact, nearest, selected, shown
from sources.selecting import selector_for
from sources.selectors import FoldedText, Span

TEXT = FoldedText(
    """The talks by the lake

In July the delegations met by the lake. They were “close”, the host said.

The delegations met again by the lake, and parted without a paper.
""",
    [],
)


def words_at(spans: list[Span]) -> list[str]:
    return [TEXT.text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("met again", ["met again"]),
        ('They\n were "close"', ['They were "close"']),
        ("by the lake", ["by the lake"] * 3),
        ("again by the lake, and parted", ["again by the lake, and parted"]),
        ("elegations met ag", ["delegations met again"]),
        ("the delegates met", []),
    ],
)
def test_words_are_found_wherever_they_stand(words: str, found: list[str]) -> None:
    assert words_at(find(TEXT, words)) == found


def test_part_of_a_word_is_not_taken_for_what_was_pasted() -> None:
    (span,) = find(TEXT, "elegations met ag")
    assert not is_exact(TEXT, "elegations met ag", span)
    assert is_exact(TEXT, "delegations  met again", span)


@pytest.mark.parametrize("words", ["", " \n", "\u00ad", "a " * LONGEST_PASSAGE])
def test_no_words_and_too_many_are_refused(words: str) -> None:
    with pytest.raises(Refused):
        find(TEXT, words)


def test_selected_words_are_found_by_what_stands_before_them_in_their_block() -> None:
    before = "The delegations met again "
    assert selected(TEXT, "by the lake", block=3, before=before) == find(TEXT, "by the lake")[2]
    assert selected(TEXT, "by the lake", block=3, before="The ") is None
    assert selected(TEXT, "by the lake", block=9, before="") is None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_whatever_is_selected_is_found_there(data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(TEXT.blocks))
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))
    chosen = block.text[start:end]
    skipped = len(chosen) - len(chosen.lstrip())
    span = selected(TEXT, chosen, block=block.number, before=block.text[: start + skipped])
    if chosen.strip():
        assert span is not None
        assert TEXT.blocks_of(span) == [block.number]
        selector_for(TEXT, span)
    else:
        assert span is None


def test_nearest_words_are_shown_with_what_differs() -> None:
    near = nearest(TEXT, "the delegates met again by the lake and parted")
    assert near is not None
    assert (near.candidate.block, near.candidate.passage) == (
        3,
        "The delegations met again by the lake, and parted",
    )
    assert {each.kind for each in near.difference.stretches} == {"same", "removed", "added"}


@pytest.mark.parametrize("words", ["Quite another matter altogether", "…"])
def test_what_is_not_like_the_text_is_near_to_nothing(words: str) -> None:
    assert nearest(TEXT, words) is None


def test_a_place_is_shown_with_words_around() -> None:
    long = FoldedText(" ".join(f"w{number}" for number in range(200)), [])
    found = shown(long, find(long, "w100 w101")[0])
    assert found.before.startswith("… w")
    assert found.before.endswith("w99 ")
    assert found.after.startswith(" w102 ")
    assert found.after.endswith(" …")
