"""Whatever a public reader sees can be translated, and is, in every language that is offered."""

import gettext
import io
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates" / "public"
TRANSLATED = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACE = re.compile(r"%\((\w+)\)\d*[sd]")
TAG = re.compile(r"</?\w+")
NUMBERS = {"count", "number"}  # a form for one may say it in words
# The API is described in English, its pages with it; the style page is the desk's.
IN_ENGLISH = {
    "chronicle/api_docs.html",
    "chronicle/style.html",
    "components/_kind.html",
    "components/_operation.html",
}
NAMES = {"Chronicle", "JSON", "SHA", "UTC"}
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-copied", "data-selected"}
WORD = re.compile(r"[^\W\d_]{2,}")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def of(code: str) -> Catalog:
    return catalogue(ROOT / "locale" / code / "LC_MESSAGES" / "django.po")


@pytest.fixture(scope="module")
def strings() -> set[tuple[str | None, str]]:
    """All that is to be translated, as `make messages` finds it: context and words."""
    with (ROOT / "locale" / "babel.cfg").open() as file:
        method_map, options_map = parse_mapping_cfg(file)
    extra = next(
        line for line in (ROOT / "Makefile").read_text().splitlines() if "GETTEXT :=" in line
    )
    keywords = DEFAULT_KEYWORDS | parse_keywords(extra.replace("-k", "").split()[2:])
    found = extract_from_dir(ROOT, method_map, options_map, keywords)
    return {
        (context, words[0] if isinstance(words, tuple) else words)
        for _, _, words, _, context in found
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_left_untranslated(code: str, strings: set[tuple[str | None, str]]):
    known = {
        (each.context, each.id[0] if isinstance(each.id, tuple) else each.id)
        for each in of(code)
        if each.id and all(forms_of(each)) and not each.fuzzy
    }
    assert sorted(words for context, words in strings - known) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_fill_the_same_places_with_the_same_elements(code: str):
    assert [words for each in of(code) if each.id for words in faults(each)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po")), ids=str)
def test_what_is_compiled_is_what_is_written(path: Path):
    """`make catalogues` compiles them."""
    written = io.BytesIO()
    write_mo(written, catalogue(path))
    written.seek(0)
    with path.with_suffix(".mo").open("rb") as compiled:
        now = gettext.GNUTranslations(compiled)
    wanted = gettext.GNUTranslations(written)
    assert {**vars(now)["_catalog"], "": ""} == {**vars(wanted)["_catalog"], "": ""}


def test_no_word_of_a_public_template_stands_outside_what_is_translated():
    paths = sorted(TEMPLATES.rglob("*.html"))
    names = {str(path.relative_to(TEMPLATES)): path for path in paths}
    bare = {name: words_in(path.read_text()) for name, path in names.items()}
    assert {name for name, words in bare.items() if words} == IN_ENGLISH


# Sentences of a declaration, one for each kind: words of the code, never of the record.
DECLARED = {"row.sentence", "reworded.sentence"}


def test_templates_look_up_nothing_but_words_of_their_own():
    """What they look up is HTML: words of the record must not be."""
    looked_up = re.compile(r"""(?:\b_\(|\bpgettext\("[^"]*", )(?!")([^,)]*)""")
    found = {
        words for path in TEMPLATES.rglob("*.html") for words in looked_up.findall(path.read_text())
    }
    assert found == DECLARED


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Bare {{ x }}</p>", ["Bare"]),
        ('<a aria-label="Bare">{{ _("told") }}</a>', ["Bare"]),
        ("{% trans %}told <b>here</b>{% endtrans %}<code>bare</code>", []),
        ("{% if x %}<p{% if y %} class='z'{% endif %}>Chronicle</p>{% endif %}", []),
    ],
)
def test_bare_words_are_seen(source: str, words: list[str]):
    assert words_in(source) == words


def forms_of(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.id, tuple) else [message.string]


def faults(message: Message) -> list[str]:
    """What would break a page."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted, places = Counter(TAG.findall(ids[-1])), set(PLACE.findall(ids[-1]))
    return [
        form
        for form in forms_of(message)
        if Counter(TAG.findall(form)) != wanted
        or set(PLACE.findall(form)) ^ places > NUMBERS & places
        or (form.count("%") - form.count("%%") * 2) != len(PLACE.findall(form))
        or any(sign in form and sign not in ids[-1] for sign in '"<>')
    ]


def words_in(source: str) -> list[str]:
    """Of a template, outside its expressions and of what is translated."""
    parts: list[str] = []
    inside = False
    tokens = [(kind, text) for _, kind, text in engines["jinja2"].env.lex(source)]
    for number, (kind, text) in enumerate(tokens):
        if kind == "block_begin":
            statement = next(text for kind, text in tokens[number + 1 :] if kind == "name")
            inside = {"trans": True, "endtrans": False}.get(statement, inside)
        elif kind == "variable_begin":
            parts.append("0")
        elif kind == "data" and not inside:
            parts.append(text)
    reading = Bare()
    reading.feed("".join(parts))
    reading.close()
    return [word for text in reading.texts for word in WORD.findall(text) if word not in NAMES]


class Bare(HTMLParser):
    """Texts, and what attributes say to people."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag in {"code", "pre", "script"}
        said = {name: value or "" for name, value in attrs}
        self.texts += [said[name] for name in SPOKEN & {*said}]
        if said.get("name") == "description":
            self.texts.append(said["content"])

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in {"code", "pre", "script"}

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.texts.append(data)
