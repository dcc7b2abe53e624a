"""Where a citation points: in words, and as an address that browsers open at the passage."""

from urllib.parse import unquote

import pytest

from sources.passage import brief_locator, locator_words, passage_url

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


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (locator(section="How it began", blocks=[15]), "block 15"),
        (locator(section="How it began"), "section “How it began”"),
        (locator(), ""),
    ],
)
def test_brief_locator_leaves_out_the_section_where_it_can(given, words):
    assert brief_locator(given) == words
