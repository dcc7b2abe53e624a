"""A block is cut so that every letter stands once, whatever lies over it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reading.cutting import Piece, cut
from sources.selectors import FoldedText, Span

WORDS = st.text(st.sampled_from("ab“’– \u00ad"), min_size=1, max_size=4).filter(str.strip)
TEXT = "They met. Then they “parted”."


def spans_of(text: FoldedText, *words: str) -> list[Span]:
    starts = [text.text.index(each) for each in words]
    return [Span(at, at + len(each)) for at, each in zip(starts, words, strict=True)]


def test_pieces_tell_where_passages_begin_end_and_overlap() -> None:
    text = FoldedText(TEXT, [])
    passages = spans_of(text, "They met. Then they", 'Then they "parted".', "they")
    pieces = cut(text.blocks[0], passages, [("name", passages[2])], [(passages[0], "/first/")])
    assert pieces == [
        Piece("They met. ", 1, begins=[1]),
        Piece("Then ", 2, begins=[2]),
        Piece("they", 3, ["name"], begins=[3], ends=[1, 3], takes="/first/"),
        Piece(" “parted”.", 1, ends=[2]),
    ]


def test_more_than_three_passages_look_like_three() -> None:
    text = FoldedText(TEXT, [])
    (piece,) = cut(text.blocks[0], [text.blocks[0].span] * 4)
    assert (piece.depth, piece.begins) == (3, [1, 2, 3, 4])


def test_a_passage_of_several_blocks_is_cut_to_each() -> None:
    text = FoldedText("One two.\n\nThree four.", [])
    (span,) = spans_of(text, "two. Three")
    assert [piece.text for piece in cut(text.blocks[0], [span]) if piece.depth] == ["two."]
    assert [piece.text for piece in cut(text.blocks[1], [span]) if piece.depth] == ["Three"]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.data())
def test_the_pieces_are_the_block(words: list[str], data: st.DataObject) -> None:
    text = FoldedText(" ".join(words), [])
    block = text.blocks[0]
    bounds = st.integers(0, len(text.text))
    drawn = data.draw(st.lists(st.tuples(bounds, bounds), max_size=4))
    spans = [Span(*sorted(pair)) for pair in drawn]
    touching = [span for span in spans if span.start < span.end and text.text[slice(*span)].strip()]
    pieces = cut(block, touching)
    assert "".join(piece.text for piece in pieces) == block.text
    begun = [number for piece in pieces for number in piece.begins]
    assert sorted(begun) == sorted({number for piece in pieces for number in piece.ends})
