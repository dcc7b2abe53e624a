"""Whatever whole words of a text are chosen, the selector made for them fits nothing else."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desk.refusals import Refused
from sources.selecting import LONGEST, selector_for, widened
from sources.selectors import FoldedText, Span, fold

TEXT = """The talks by the lake

In July the delegations met by the lake. About forty delegates came, the host said.

The delegations met again in August. About forty delegates came.

The delegations' hosts met in Lake-View.
"""
# Few letters, so that words recur, and whatever words are told apart by.
PLACES = st.integers(0, 200)
WORDS = st.text(st.sampled_from("abé-'’.“ \u00ad"), min_size=1, max_size=3).filter(fold)


def passage(words: str, *, nth: int = 0) -> Span:
    text = FoldedText(TEXT, []).text
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    return Span(starts[nth], starts[nth] + len(words))


def made(words: str, *, nth: int = 0) -> dict[str, str]:
    """The members that are not empty."""
    selector = selector_for(FoldedText(TEXT, []), passage(words, nth=nth))
    return {name: member for name, member in selector.items() if member}


def made_of(text: FoldedText, span: Span) -> tuple[dict[str, str], str]:
    """The selector, or why there is none."""
    try:
        return selector_for(text, span), ""
    except Refused as refused:
        return {}, refused.messages[0]


# Slow drawing says how busy the machine is, nothing of the selectors.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), PLACES, PLACES)
@example(["a", "a", "a"], 1, 2)
def test_selector_fits_the_passage_alone_or_none_could(
    words: list[str], one: int, other: int
) -> None:
    text = FoldedText(" ".join(words), [])
    size = len(text.text) + 1
    span = widened(text, Span(*sorted((one % size, other % size))))
    whole = text.text[span.start : span.end]
    selector, why_not = made_of(text, span)
    if selector:
        assert text.passages(selector) == [span]
        assert all(len(member) <= LONGEST for member in selector.values())
    elif whole and len(whole) <= LONGEST:
        before, after = text.text[: span.start].strip(), text.text[span.end :].strip()
        alone = {"start": whole, "end": "", "prefix": before, "suffix": after}
        assert text.passages(alone) != [span]
    assert bool(selector) != why_not.endswith(".")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(), st.data())
def test_whatever_is_chosen_becomes_whole_words(text: str, data: st.DataObject) -> None:
    folded = FoldedText(text, [])
    bounds = st.integers(0, len(folded.text))
    span = Span(*sorted((data.draw(bounds), data.draw(bounds))))
    wider = widened(folded, span)
    assert widened(folded, wider) == wider
    chosen, found = folded.text[slice(*span)].strip(), folded.text[slice(*wider)]
    assert chosen in found
    assert found == found.strip()


def test_a_short_passage_is_its_own_opening_words() -> None:
    assert made("the host said") == {"start": "the host said"}


def test_a_long_passage_is_known_by_its_first_and_last_words() -> None:
    words = "In July the delegations met by the lake. About forty delegates came, the host said."
    assert made(words) == {"start": "In", "end": "said."}


def test_words_around_are_added_only_where_the_passage_recurs() -> None:
    assert made("About forty delegates came", nth=0) == {
        "start": "About forty delegates came",
        "suffix": ",",
    }
    assert made("About forty delegates came", nth=1) == {
        "start": "About forty delegates came",
        "suffix": ".",
    }
    assert made("The delegations") == {"start": "The delegations", "suffix": "met"}


def test_words_within_a_hyphened_one_can_be_chosen() -> None:
    assert made("View") == {"start": "View"}


def test_selection_within_words_is_widened_to_them() -> None:
    text = FoldedText(TEXT, [])
    found = widened(text, Span(passage("elegations'").start, passage("' hosts").start + 3))
    assert text.text[found.start : found.end] == "delegations' hosts"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 4), (1, 3), (0, 6)])
def test_what_is_no_passage_of_whole_words_is_refused(start: int, end: int) -> None:
    with pytest.raises(Refused):
        selector_for(FoldedText(TEXT, []), Span(start, end))


def test_same_words_between_the_same_words_are_refused() -> None:
    text = FoldedText("no " * 200, [])
    with pytest.raises(Refused, match="no selector tells them apart"):
        selector_for(text, Span(300, 302))
