"""Where a citation points: in words, and as an address that browsers open at the passage."""

from urllib.parse import unquote

import pytest

from record.rows import Value
from sources.passage import briefly_located, findable, is_pdf, located, locator_words, passage_url

URL = "https://example.org/talks"


def selector(start, end=None, prefix=None, suffix=None):
    return {"start": start, "end": end, "prefix": prefix, "suffix": suffix}


def locator(**given):
    empty = {"section": None, "blocks": [], "page": None, "timecode": None, "record": None}
    return empty | given


@pytest.mark.parametrize(
    ("given", "directive"),
    [
        (selector("one"), "one"),
        (selector("one two"), "one%20two"),
        (selector("one", end="nine"), "one,nine"),
        (selector("one", prefix="zero"), "zero-,one"),
        (selector("one", suffix="ten"), "one,-ten"),
        (selector("one", "nine", "zero", "ten"), "zero-,one,nine,-ten"),
        (selector("a-b, c & d"), "a%2Db%2C%20c%20%26%20d"),
        (selector("100 % #1?"), "100%20%25%20%231%3F"),
        (selector("Əliyev’s"), "%C6%8Fliyev%E2%80%99s"),
        (selector("one\n  two"), "one%20two"),
    ],
)
def test_passage_url_is_a_text_directive(given, directive):
    assert passage_url(URL, given) == f"{URL}#:~:text={directive}"


def test_passage_url_keeps_every_word():
    words = "the “common state”—as of 1998-11, they said; & more"
    directive = passage_url(URL, selector(words)).partition("text=")[2]
    assert unquote(directive) == words
    assert not set(directive) & set("-,& ")


def test_passage_url_comes_after_a_fragment_of_its_own():
    assert passage_url(f"{URL}#part2", selector("one")) == f"{URL}#part2:~:text=one"


def test_passage_url_without_selector_is_the_source_itself():
    assert passage_url(URL, None) == URL


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "ftp://example.org/x", "x"])
def test_passage_url_is_of_the_web_or_nothing(url):
    assert passage_url(url, selector("one")) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (locator(), ""),
        (locator(blocks=[15]), "block 15"),
        (locator(blocks=[15, 16, 17, 20]), "blocks 15–17, 20"),
        (locator(blocks=[3, 1]), "blocks 1, 3"),
        (
            locator(section="How it began", page="12", timecode="01:02:03", record="587084"),
            "section “How it began”, page 12, at 01:02:03, record 587084",
        ),
    ],
)
def test_locator_in_words(given, words):
    assert locator_words(given) == words


def test_section_of_a_locator_says_its_language():
    given = locator(section="Как это началось", blocks=[15])
    assert located(given, "ru") == Value(
        "section “Как это началось”, block 15",
        pieces=(
            Value("section “"),
            Value("Как это началось", language="ru"),
            Value("”"),
            Value(", "),
            Value("block 15"),
        ),
    )
    assert located(given) == Value("section “Как это началось”, block 15")
    assert briefly_located(given, "ru") == Value("block 15")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (locator(section="How it began", blocks=[15]), "block 15"),
        (locator(section="How it began"), "section “How it began”"),
        (locator(), ""),
    ],
)
def test_brief_locator_leaves_out_the_section_where_it_can(given, words):
    assert briefly_located(given).name == words


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://example.org/a.pdf", True),
        ("https://example.org/A.PDF?page=2", True),
        ("https://example.org/pdf", False),
        (None, False),
    ],
)
def test_pdf_is_known_by_its_name(url, is_one):
    assert is_pdf(url) is is_one


@pytest.mark.parametrize(
    ("given", "pdf", "words"),
    [
        (selector("They met by the lake", "and parted."), False, ""),
        (selector("The co-chairs met"), False, ""),
        (selector("The chair’s plan of two points"), False, "plan of two points"),
        (selector("They met", "in “good spirits”"), False, "They met"),
        (selector("They met again – and parted"), False, "They met again"),
        (selector("They met", suffix="… again"), False, "They met"),
        (selector("They met"), True, "They met"),
        (None, True, ""),
    ],
)
def test_words_to_search_for_stand_where_a_browser_may_not_arrive(given, pdf, words):
    assert findable(given, pdf=pdf) == words
