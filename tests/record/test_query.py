"""What a reader's words look for, and what of them is ignored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.query import MOST_WORDS, Query, Term, TooManyWords, parse, parse_strictly

RULE = (
    " – every word is looked for; quotation marks hold words together, "
    "and * at the end of a word stands for any ending."
)


def typed(query: Query) -> str:
    """As somebody would type what it looks for, with every unfinished word marked."""
    return " ".join(
        f'"{" ".join(term.words)}"' if len(term.words) > 1 else term.words[0] + "*" * term.prefix
        for term in query.terms
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Lake", "lake*"),
        ("Şuşa və Bakı", "suse ve baki*"),
        ("lake bridge", "lake bridge*"),
        ("lak* bridge", "lak* bridge*"),
        ('"By the Lake"', '"by the lake"'),
        ("“By the Lake” walk", '"by the lake" walk*'),
        ("«By the Lake» „two days“", '"by the lake" "two days"'),
        ('walk "lake"', "walk lake"),
        ('""', ""),
        ("l’été", "l ete*"),
        ("or", "or*"),
        ("OR", "or*"),
        ('"to be OR not"', '"to be or not"'),
        ("Lake (1997): a report", "lake 1997 a report*"),
        ("C-3/95", "c 3 95*"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_words_phrases_and_beginnings_are_looked_for(text, terms):
    query = parse(text)

    assert (typed(query), query.notice) == (terms.replace("suse", "susa"), "")


@pytest.mark.parametrize(
    ("text", "terms", "ignored"),
    [
        ('"by the lake', "by the lake*", "a quotation mark without its pair"),
        ('"by" the " lake', "by the lake*", "a quotation mark without its pair"),
        ("lake OR bridge", "lake bridge*", "OR"),
        ("lake AND NOT bridge", "lake bridge*", "AND and NOT"),
        ("NEAR(lake bridge)", "lake bridge*", "NEAR"),
        ("lake -bridge", "lake bridge*", "the sign -"),
        ("+lake -bridge ^walk", "lake bridge walk*", "the sign +, the sign - and the sign ^"),
        ("* lake", "lake*", "the sign *"),
        ("la*ke", "la ke*", "the sign *"),
        ("lake\0bridge", "lake bridge*", "characters that are no text"),
        ("\ud800lake", "lake*", "characters that are no text"),
    ],
)
def test_what_has_no_meaning_is_named_in_one_sentence(text, terms, ignored):
    query = parse(text)

    assert (typed(query), query.notice) == (terms, f"Ignored: {ignored}{RULE}")


@given(st.text() | st.text("\"*:()^-+&|!NOTREAD \\'%,lake", max_size=30))
def test_any_text_is_read_and_its_wording_looks_for_the_same(text):
    query = parse(text)

    assert all(word for word in query.words)
    assert parse(query.text).words == query.words


def test_words_beyond_the_most_are_refused_or_left_out_by_name():
    text = " ".join(f"word{number}" for number in range(MOST_WORDS + 1))

    with pytest.raises(TooManyWords, match="These are 21 words: at most 20"):
        parse_strictly(text)
    query = parse(text).up_to(MOST_WORDS)
    assert len(query.words) == MOST_WORDS
    assert query.notice == f"Ignored: all after the first 20 words{RULE}"
    assert parse('a "b c d"').up_to(3).terms == (Term(("a",)), Term(("b", "c")))


def test_terms_are_held_by_names_that_have_all_of_them():
    query = parse('"by the lake" wal')

    held = {text: query.held_by(text) for text in ("A Walk by the Läke", "The lake, by a walk")}
    assert held == {"A Walk by the Läke": True, "The lake, by a walk": False}
    assert query.touches("Walks")
    assert not query.touches("A lake")
