"""What holds of everything that is found, in any text; and how long it may take."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.dates import PartialDate
from reading.recognition import Known, dates_in, figures_in, names_in
from sources.selectors import FoldedText

KNOWN = [
    Known("A1", ("Organization for Security", "OSCE", "U.S.")),
    Known("A2", ("Anna May",), "May"),
    Known("A3", ("The West", "a")),
    Known("L1", ("Ober-Öst", "OSCE")),
]
PIECES = """
    3 5 12 31 3rd 1994 1991 94 '90s 1990s 2004 822 1,200 4bn July May March August Sept. Mon Friday
    spring winter of in on the and to - / , . ; ( ) (?) ? until between from about circa possibly
    early late mid- end first half quarter week century 19th 20th second same that next following
    previous year month day days two later earlier ago before after exactly yesterday last people
    killed per cent $ million hundred a dozen at least up AD BC Q1 OSCE U.S. Anna West The Öst ober
    7th 9th tenth mid-year year-end Christmas Eve turn millennium this last every ended that half
""".split()  # noqa: SIM905 - a list of words is read more easily so
PROSE = st.lists(st.sampled_from([*PIECES, "\n\n"]), max_size=40).map(" ".join)
ANY_TEXT = st.one_of(PROSE, st.text(max_size=200))


LENGTH = 20_000
SECONDS = 5  # linear: under half of one; where each place is tried against each, half a minute


def everything_in(text: FoldedText) -> list[list]:
    return [dates_in(text), names_in(text, KNOWN), figures_in(text)]


@given(ANY_TEXT)
@settings(max_examples=400, deadline=None)
def test_every_date_is_one_that_the_project_takes(text: str):
    for date in dates_in(FoldedText(text, [])):
        PartialDate(date.edtf, date.words, date.inferred).validate()
        assert date.inferred == bool(date.why)


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_words_stand_at_their_span_in_order_within_one_block(text: str):
    folded = FoldedText(text, [])
    for found in everything_in(folded):
        end = 0
        for each in found:
            assert end <= each.span.start < each.span.end
            assert each.words == folded.text[each.span.start : each.span.end]
            assert len(folded.blocks_of(each.span)) == 1
            end = each.span.end


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_a_block_before_shifts_all_and_changes_nothing(text: str):
    folded, later = FoldedText(text, []), FoldedText(f"Nothing at all.\n\n{text}", [])
    by = len(later.text) - len(folded.text)
    for found, shifted in zip(everything_in(folded), everything_in(later), strict=True):
        moved = [
            each._replace(span=type(each.span)(*(at + by for at in each.span))) for each in found
        ]
        plain = [each._replace(why="") if hasattr(each, "why") else each for each in moved]
        bare = [each._replace(why="") if hasattr(each, "why") else each for each in shifted]
        assert bare == plain


@pytest.mark.parametrize(
    "piece",
    [
        "1994-",
        "1994, ",
        "1994/",
        "3, ",
        "3 and ",
        "3-",
        "May ",
        "May and ",
        "early ",
        "possibly ",
        "first half of ",
        "19th and ",
        "one hundred and ",
        "1,000,",
        "100 000 ",
        "about ",
        "at least ",
        "the same ",
        "two years ",
        "'90s ",
        "OSCE ",
        "The West ",
        "Organization for ",
        ". A",
        "(1994) ",
        "In March. ",
        "(",
        "A",
        " ",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(piece: str):
    text = FoldedText((piece * LENGTH)[:LENGTH] + " 3 July 1994", [])
    begun = time.process_time()
    everything_in(text)
    assert time.process_time() - begun < SECONDS
