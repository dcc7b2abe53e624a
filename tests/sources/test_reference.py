"""Sources as readers name them."""

import pytest

from sources.reference import reference_of, short_reference


def author(family="", given="", *, literal="", role="author"):
    return {
        "key": "p1",
        "role": role,
        "family": family or None,
        "given": given or None,
        "literal": literal or None,
    }


def source(title="The talks", *, edtf="2005-03", authors=(), **given):
    date = {"edtf": edtf, "earliest": None, "latest": None, "as_given": None, "inferred": False}
    return {
        "id": "S1",
        "kind": "article",
        "title": title,
        "language": "en",
        "authors": list(authors),
        "publisher": None,
        "container": None,
        "published": date if edtf else None,
    } | given


ONE = author("Writer", "Anna")
TWO = author("Second", "B.")
BODY = author(literal="Institute of the Lake")
EDITOR = author("Keeper", "C.", role="editor")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            source(authors=[ONE], container="Journal", publisher="Press"),
            "Writer, Anna (March 2005). “The talks”. Journal. Press.",
        ),
        (source(authors=[ONE, TWO]), "Writer, Anna and Second, B. (March 2005). “The talks”."),
        (
            source(authors=[ONE, TWO, BODY], kind="book"),
            "Writer, Anna; Second, B. and Institute of the Lake (March 2005). The talks.",
        ),
        (
            source(authors=[ONE, EDITOR]),
            "Writer, Anna; Keeper, C. (editor) (March 2005). “The talks”.",
        ),
        (
            source(authors=[EDITOR, EDITOR]),
            "Keeper, C. and Keeper, C. (editors) (March 2005). “The talks”.",
        ),
        (source("Why?", kind="web page", edtf=None), "Why? (undated)."),
        (source("Why?", kind="report", authors=[BODY]), "Institute of the Lake (March 2005). Why?"),
    ],
)
def test_reference_has_its_pieces_in_order(given, words):
    assert str(reference_of(given)) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (source(authors=[ONE]), "Writer, 2005"),
        (source(authors=[ONE, TWO]), "Writer and Second, 2005"),
        (source(authors=[ONE, TWO, BODY]), "Writer et al., 2005"),
        (source(authors=[BODY]), "Institute of the Lake, 2005"),
        (source(authors=[EDITOR]), "Keeper, 2005"),
        (source(authors=[EDITOR, ONE]), "Writer, 2005"),
        (source(), "“The talks”, 2005"),
        (
            source("The long and the short of everything that was said by the lake that summer"),
            "“The long and the short of everything that was said by the …”, 2005",
        ),
    ],
)
def test_short_reference_is_author_or_title_and_year(given, words):
    assert short_reference(given) == words


@pytest.mark.parametrize(
    ("edtf", "when"),
    [
        ("2005-03-07", "2005"),
        ("2005-01/2005-03", "2005"),
        ("2005~", "about 2005"),
        ("199X", "1990s"),
        ("2004-12/2005-01", "December 2004 – January 2005"),
        ("2020/..", "from 2020"),
        (None, "undated"),
    ],
)
def test_short_reference_is_never_more_precise_than_the_date(edtf, when):
    assert short_reference(source(authors=[ONE], edtf=edtf)) == f"Writer, {when}"
