"""A selector finds the passage it was made from, and nothing that merely looks like it."""

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.models import CheckState
from record.verbatim import INVISIBLE
from sources.selectors import FOLDED, FoldedText, Span, fold

TEXT = """The talks by the lake

Opening of the talks

In July the delegations met by the lake. About forty delegates came, the host said.

The second day

The delegations met again “in good spirits” – and parted without a paper.
"""


def selector(start: str, end: str = "", prefix: str = "", suffix: str = "") -> dict[str, Any]:
    """As documents hold it: empty members are null."""
    words = {"start": start, "end": end, "prefix": prefix, "suffix": suffix}
    return {name: text or None for name, text in words.items()}


def found(text: str, **words: str) -> list[str]:
    """The passages, as they stand in the folded text."""
    folded = FoldedText(text, [])
    return [folded.text[span.start : span.end] for span in folded.passages(selector(**words))]


def state(text: str, **words: str) -> CheckState:
    return FoldedText(text, []).state(selector(**words))


# Properties ---------------------------------------------------------------------------------

# Few letters, so that words recur, and whatever regular expressions and folding care about.
WORDS = st.text(st.sampled_from("abcé.*+?()[]{}|^$\\-–—’'“\"«\u00ad\u200b_1٣"), min_size=1).filter(
    fold
)
GAPS = st.sampled_from([" ", "\u00a0", "\t", "\n", "  ", "\n\n", "\n \n", " \u2009 "])


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, dict[str, str], str]:
    """A text, a selector made from a passage of it as an editor would, and that passage."""
    words = draw(st.lists(WORDS, min_size=3, max_size=30))
    gaps = draw(st.lists(GAPS, min_size=len(words), max_size=len(words)))
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    opening = draw(st.integers(1, last - first + 1))
    closing = draw(st.integers(0, last - first + 1 - opening))
    context = st.integers(0, 2)
    before, after = draw(context), draw(context)

    def text(since: int, until: int) -> str:
        return "".join(w + g for w, g in zip(words[since:until], gaps[since:until], strict=True))

    if not closing:
        last = first + opening - 1
    return (
        text(0, len(words)),
        {
            "start": text(first, first + opening),
            "end": text(last + 1 - closing, last + 1),
            "prefix": text(max(0, first - before), first),
            "suffix": text(last + 1, last + 1 + after),
        },
        fold(text(first, last + 1)),
    )


@given(passages())
def test_selector_made_from_a_passage_fits_it(made: tuple[str, dict[str, str], str]) -> None:
    text, words, passage = made
    matches = found(text, **words)
    assert len(matches) in (1, 2)
    if len(matches) == 1:
        # Where the closing words recur, the passage found ends at the first of them.
        assert passage.startswith(matches[0])
        assert matches[0].startswith(fold(words["start"]))
        assert matches[0].endswith(fold(words["end"] or words["start"]))


@given(
    st.lists(st.text("abcdefgh", min_size=1), min_size=1, max_size=40, unique=True),
    st.data(),
)
def test_selector_made_from_words_that_do_not_recur_finds_exactly_them(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    end = words[last] if last > first else ""
    passage = " ".join(words[first : last + 1])
    assert found("\n\n".join(words), start=words[first], end=end) == [passage]


@given(st.text())
def test_fold_of_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert unicodedata.is_normalized("NFC", fold(text))


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_any_selector_has_a_state(
    text: str, start: str, end: str, prefix: str, suffix: str
) -> None:
    assert state(text, start=start, end=end, prefix=prefix, suffix=suffix) in CheckState


@given(st.text(st.sampled_from("ab \n\u200b\u0301"), max_size=60))
def test_blocks_lie_one_after_another_in_the_text(text: str) -> None:
    folded = FoldedText(text, [])
    assert [block.number for block in folded.blocks] == list(range(1, len(folded.blocks) + 1))
    for block in folded.blocks:
        assert folded.text[slice(*block.span)] == fold(block.text)
    filled = [block for block in folded.blocks if fold(block.text)]
    assert folded.text == " ".join(fold(block.text) for block in filled)


# Folding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cafe\u0301", "Café"),
        ("a\u00a0b\u2003c\td\n e", "a b c d e"),
        ("‘a’ ‚b‛ c′ `d´ ʼe ‹f›", "'a' 'b' c' 'd' 'e 'f'"),
        ("“a” „b‟ «c» 「d」 5″", '"a" "b" "c" "d" 5"'),
        ("a‐b‑c‒d–e—f―g−h﹘i﹣j", "a-b-c-d-e-f-g-h-i-j"),
        ("co\u00adop\u200ber\u2060a\ufeffte", "cooperate"),
        ("e\u200b\u0301", "é"),
        ("می\u200cشود \u200eab\u200f \u202bc\u202c क्\u200dष", "میشود ab c क्ष"),
        ("\u06dd \u0600", "\u06dd \u0600"),
        ("Straße İ ı", "Straße İ ı"),
    ],
)
def test_fold_brings_together_what_is_written_in_two_ways(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_fold_keeps_what_is_left_alone() -> None:
    assert fold("Black, “White”; … 1½ 東京.") == 'Black, "White"; … 1½ 東京.'
    assert set(map(chr, FOLDED)) & set("abcXYZ0159.,;:!?()…") == set()


def test_signs_that_are_left_out_are_format_characters() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    left_out = {sign for sign in signs if INVISIBLE.match(sign)}
    assert {unicodedata.category(sign) for sign in left_out} == {"Cf"}
    assert set("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") <= left_out


@pytest.mark.parametrize(
    "start",
    ["“in good spirits” – and", '"in good spirits" - and', "„in  good\nspirits‟ — and"],
)
def test_words_are_found_however_quotes_and_dashes_are_typed(start: str) -> None:
    assert state(TEXT, start=start) == CheckState.EXACT


def test_case_counts() -> None:
    assert state(TEXT, start="in july the delegations") == CheckState.MISSING


def test_words_that_differ_by_a_letter_are_missing() -> None:
    assert state(TEXT, start="In July the delegation met") == CheckState.MISSING


# What fits ----------------------------------------------------------------------------------


def test_opening_words_alone_are_the_whole_passage() -> None:
    assert found(TEXT, start="About forty delegates") == ["About forty delegates"]


def test_passage_ends_at_the_first_closing_after_the_opening() -> None:
    text = "One day. Two talked. Three left. Two talked."
    assert found(text, start="One", end="talked.") == ["One day. Two talked."]


def test_closing_before_the_opening_does_not_count() -> None:
    assert state("The end came first. Then the start.", start="Then", end="came") == (
        CheckState.MISSING
    )


def test_closing_does_not_overlap_the_opening() -> None:
    assert state("a b c", start="a b", end="b c") == CheckState.MISSING
    assert found("a b b c", start="a b", end="b c") == ["a b b c"]


def test_opening_that_recurs_is_ambiguous() -> None:
    assert state(TEXT, start="elegations met") == CheckState.MISSING
    assert state(TEXT, start="delegations met") == CheckState.AMBIGUOUS


def test_opening_that_recurs_before_one_closing_is_ambiguous() -> None:
    assert state("He came. He spoke. She left.", start="He", end="left.") == CheckState.AMBIGUOUS


def test_opening_that_overlaps_itself_is_ambiguous() -> None:
    assert state("so so so", start="so so") == CheckState.AMBIGUOUS


def test_prefix_tells_openings_apart() -> None:
    assert found(TEXT, start="delegations met", end="lake.", prefix="In July the") == [
        "delegations met by the lake."
    ]
    assert state(TEXT, start="delegations met", prefix="In June the") == CheckState.MISSING


def test_suffix_tells_closings_apart() -> None:
    text = "One talked, then two talked, then all talked."
    assert found(text, start="One", end="talked", suffix=", then all") == [
        "One talked, then two talked"
    ]
    assert found(text, start="talked", suffix=".") == ["talked"]
    assert state(text, start="talked", suffix=", then none") == CheckState.MISSING


def test_prefix_and_suffix_reach_over_blocks() -> None:
    assert state(TEXT, start="In July", prefix="Opening of the talks") == CheckState.EXACT
    assert state(TEXT, start="the host said.", suffix="The second day") == CheckState.EXACT


def test_prefix_that_stands_further_off_does_not_count() -> None:
    assert state("one two three", start="three", prefix="one") == CheckState.MISSING


def test_passage_that_reaches_over_blocks_is_found() -> None:
    folded = FoldedText(TEXT, [])
    [span] = folded.passages(selector("the host said.", "The delegations met again"))
    assert folded.blocks_of(span) == [3, 4, 5]


@pytest.mark.parametrize("start", ["", " ", "\u200b"])
def test_selector_without_words_fits_nothing(start: str) -> None:
    assert state(TEXT, start=start, end="lake.") == CheckState.MISSING


@pytest.mark.parametrize(
    "words",
    ["a.b", "(a|b)*", "[a-z]+", "^a$", r"\w+ \1", "a{2}", "(?i)a", "a\\", "$1", "(", "["],
)
def test_characters_of_regular_expressions_mean_themselves(words: str) -> None:
    assert found(f"x {words} y", start=words) == [fold(words)]
    assert found(f"x a {words} y", start="x", end=words) == [f"x a {fold(words)}"]
    assert found(f"{words} x {words}", start="x", prefix=words, suffix=words) == ["x"]
    assert state("aab ab aa z", start=words) == CheckState.MISSING


# Whole words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["states", "upstate", "state1", "_state", "états state’s", "o’state"]
)
def test_part_of_a_word_is_not_found(text: str) -> None:
    assert state(text, start="state") == CheckState.MISSING


@pytest.mark.parametrize(
    "text",
    ["the state", "(state)", "“state”", "state.", "co-state", "state—of", "‘state’ it", "state/of"],
)
def test_word_is_found_beside_punctuation(text: str) -> None:
    assert found(text, start="state") == ["state"]


def test_closing_and_what_is_around_are_whole_words_too() -> None:
    text = "It began lately and late."
    assert found(text, start="It", end="late") == ["It began lately and late"]
    assert state("stop the start", start="start", prefix="top the") == CheckState.MISSING
    assert state("start the stop", start="start", suffix="the sto") == CheckState.MISSING


@pytest.mark.parametrize("words", ["(and", "—and", "’s", "“and", ", then"])
def test_words_that_begin_with_punctuation_are_found_after_a_letter(words: str) -> None:
    assert found(f"the group{words} left", start=words, end="left") == [f"{fold(words)} left"]


def test_prefix_that_begins_with_punctuation_is_found_after_a_letter() -> None:
    assert state("It ended. Then it began. Then", start="Then", prefix="ended.") == CheckState.EXACT
    assert state("It ended. Then it began.", start="Then", prefix=".") == CheckState.EXACT


# Blocks -------------------------------------------------------------------------------------


def test_blocks_are_what_stands_between_blank_lines_counted_from_one() -> None:
    blocks = FoldedText("\n\n one\nline \n \t\n\n\ntwo\n\nthree\n", [2]).blocks
    assert [(block.number, block.section, block.text) for block in blocks] == [
        (1, "", "one\nline"),
        (2, "two", "two"),
        (3, "two", "three"),
    ]


def test_block_of_invisible_characters_is_counted_and_takes_no_space() -> None:
    text = "one\n\n\u200b\n\ntwo"
    folded = FoldedText(text, [])
    assert folded.text == "one two"
    [span] = folded.passages(selector("one two"))
    assert span == Span(0, 7)
    assert folded.blocks_of(span) == [1, 3]


def test_passage_touches_the_blocks_it_has_words_in_and_no_others() -> None:
    folded = FoldedText("one two\n\nthree four\n\nfive", [])
    assert folded.blocks_of(folded.passages(selector("two"))[0]) == [1]
    assert folded.blocks_of(folded.passages(selector("three four"))[0]) == [2]
    assert folded.blocks_of(folded.passages(selector("two", "three"))[0]) == [1, 2]
