"""Marks stand on the letters of the document, wherever folding has led."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.folding import fold, tokens
from record.highlighting import LONGEST_PASSAGE, marked, passage
from record.query import parse


def shown(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Heydər Əliyev in Bakı", "heyder baki", "[Heydər] Əliyev in [Bakı]"),
        ("Heydər Əliyev", "ALIYEV", "Heydər Əliyev"),
        ("Şuşa, Шуша", "susa", "[Şuşa], Шуша"),
        ("İSTANBUL’da", "istanbul", "[İSTANBUL]’da"),
        ("the e\u0301te\u0301 of", "ete", "the [e\u0301te\u0301] of"),
        ("ﬁrst ½", "first", "[ﬁrst] ½"),
        ("Straße", "strasse", "[Straße]"),
        ("negotiations negotiated", "negot", "[negotiations] [negotiated]"),
        ("negotiations", "negot lake", "negotiations"),
        ("by the lake, the lake", '"the lake"', "by [the lake], [the lake]"),
        ("co-chairs", '"co chairs"', "[co-chairs]"),
        ("<b>lake</b>", "lake b", "<[b]>[lake]</[b]>"),
        ("", "lake", ""),
    ],
)
def test_words_are_marked_in_their_own_letters(text, query, expected):
    assert shown(marked(text, parse(query))) == expected


@given(st.text())
def test_tokens_are_the_words_of_the_folded_text_in_their_places(text):
    found = tokens(text)

    assert " ".join(token.word for token in found) == fold(text)
    assert all(fold(text[token.start : token.end]) for token in found)
    assert sorted(found, key=lambda token: token.start) == found


@given(st.text("lake Əə.-\n", max_size=900), st.text('lake ə"*', max_size=12))
def test_pieces_are_the_text_and_passages_are_short(text, words):
    query = parse(words)

    assert "".join(piece.text for piece in marked(text, query)) == text
    part = "".join(piece.text for piece in passage([text], query))
    assert part.removeprefix("… ").removesuffix(" …") in text
    assert len(part) <= LONGEST_PASSAGE + 4


def test_passage_is_from_the_text_with_most_of_the_words():
    texts = ["A walk.", "A lake and a walk.", "A lake."]

    assert shown(passage(texts, parse("walk lake"))) == "A [lake] and a [walk]."
    assert shown(passage(texts, parse("other"))) == "A walk."
    assert passage([], parse("other")) == []


def test_long_text_is_cut_around_the_words_between_words():
    filling = "Other matters were spoken of. " * 20
    pieces = passage([f"{filling}They met by the lake. {filling}"], parse("lake"))
    text = shown(pieces)

    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "They met by the [lake]." in text
    assert set(fold(text).split()) <= set(fold(f"{filling} They met by the lake.").split())
