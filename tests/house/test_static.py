"""What the stylesheets, scripts and templates of the public site may hold."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CSS = ROOT / "static" / "css"
TEMPLATES = ROOT / "templates"
PUBLIC = TEMPLATES / "public"
STYLES = PUBLIC / "components" / "_styles.html"
MOST_CSS = 30 * 1024  # bytes, compressed, of all that a page links

MOST_SCRIPT = 20 * 1024  # the same of scripts
SCRIPTS = [PUBLIC / "record" / "entry_list.html", STYLES]
VENDORED = ROOT / "static" / "vendor"

LINKED = re.compile(r"""\{% static ['"](css/[^'"]+)['"] %\}|\{\{ static\("(css/[^"]+)"\) \}\}""")
SCRIPT = re.compile(r"""<script src="\{\{ static\("([^"]+)"\) \}\}\"""")
TOKEN = re.compile(r"^ *--([a-z0-9-]+):", re.MULTILINE)
COLOURED = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
LITERAL_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(")
DECLARATION = re.compile(r"(?<![-\w])([-a-z]+)\s*:\s*([^;{}]+);")
COLOUR_PROPERTY = re.compile(r"color$|^(background|border|outline|fill|stroke|box-shadow)")
NAMED_COLOUR = re.compile(
    r"(?<![-\w])(black|white|red|green|blue|gr[ae]y|silver|navy|orange|yellow|purple)(?![-\w])"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def stylesheets() -> list[Path]:
    return sorted(CSS.rglob("*.css"))


def text_of(path: Path) -> str:
    """A stylesheet without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens() -> dict[str, tuple[str, str]]:
    """Each colour, light and dark."""
    text = text_of(CSS / "tokens.css")
    return {name: (light, dark) for name, light, dark in COLOURED.findall(text)}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linked_in(template: Path) -> list[Path]:
    found = LINKED.findall(template.read_text(encoding="utf-8"))
    return [CSS.parent / (of_django or of_jinja) for of_django, of_jinja in found]


def test_every_stylesheet_is_linked_and_stands():
    linked = {path for template in TEMPLATES.rglob("*.html") for path in linked_in(template)}

    assert sorted(linked) == stylesheets()


def test_public_page_links_every_component_once():
    components = [path for path in linked_in(STYLES) if path.parent.name == "components"]

    assert components == sorted((CSS / "components").glob("*.css"))


def test_stylesheets_of_a_public_page_are_small():
    sizes = {named(path): len(gzip.compress(path.read_bytes())) for path in linked_in(STYLES)}

    assert sum(sizes.values()) <= MOST_CSS, sizes


def test_scripts_of_a_public_page_are_small():
    tags = [tag for path in SCRIPTS for tag in SCRIPT.findall(path.read_text(encoding="utf-8"))]
    sizes = {name: len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in tags}

    assert len(sizes) == 3
    assert sum(sizes.values()) <= MOST_SCRIPT, sizes


def test_what_is_vendored_has_its_licence_and_points_nowhere():
    for folder in VENDORED.iterdir():
        assert (folder / "LICENSE").is_file()
        for script in folder.glob("*.js"):
            assert "sourceMappingURL" not in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", stylesheets(), ids=named)
def test_stylesheet_fetches_nothing(path: Path):
    assert re.findall(r"url\(|@import|@font-face|image-set\(", text_of(path)) == []


@pytest.mark.parametrize(
    "path", [path for path in stylesheets() if path.name != "tokens.css"], ids=named
)
def test_stylesheet_takes_its_colours_from_the_tokens(path: Path):
    text = text_of(path)
    literal = LITERAL_COLOUR.findall(text) + [
        f"{name}: {value}"
        for name, value in DECLARATION.findall(text)
        if COLOUR_PROPERTY.search(name) and NAMED_COLOUR.search(value)
    ]

    assert literal == []


@pytest.mark.parametrize("path", stylesheets(), ids=named)
def test_stylesheet_uses_tokens_that_exist(path: Path):
    text = text_of(path)
    known = set(TOKEN.findall(text_of(CSS / "tokens.css"))) | set(TOKEN.findall(text))

    assert set(re.findall(r"var\(--([a-z0-9-]+)", text)) - known == set()


def test_every_token_is_used():
    used = {
        name for path in stylesheets() for name in re.findall(r"var\(--([a-z0-9-]+)", text_of(path))
    }

    assert set(TOKEN.findall(text_of(CSS / "tokens.css"))) - used == set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(scheme: str):
    at = 0 if scheme == "light" else 1
    colours = {name: pair[at] for name, pair in tokens().items()}
    papers = [name for name in colours if name.startswith("paper") or name.endswith("-paper")]
    texts = ["ink", "ink-soft", "link", "link-hover", "link-visited", "good", "caution", "bad"]
    ratios = {
        (text, paper): round(contrast(colours[text], colours[paper]), 2)
        for text in texts
        for paper in papers
    } | {
        ("on-action", action): round(contrast(colours["on-action"], colours[action]), 2)
        for action in ("action", "action-hover")
    }

    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_have_the_contrast_of_wcag_aa(scheme: str):
    at = 0 if scheme == "light" else 1
    colours = {name: pair[at] for name, pair in tokens().items()}
    ratios = {
        (edge, paper): round(contrast(colours[edge], colours[paper]), 2)
        for edge in ("rule-strong", "focus", "action")
        for paper in ("paper", "paper-raised", "paper-sunk")
    }

    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=named)
def test_template_has_nothing_inline(path: Path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"""\sstyle\s*=\s*["'{]|<style\b""", text) == []
    assert re.findall(r"""\son[a-z]+\s*=\s*["'{]|javascript:""", text) == []
    assert [
        tag
        for tag in re.findall(r"<script\b[^>]*>", text)
        if " src=" not in tag and 'type="application/json"' not in tag
    ] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=named)
def test_template_fetches_from_this_site_only(path: Path):
    text = path.read_text(encoding="utf-8")
    fetched = re.findall(
        r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\ssrc=["']([^"']*)"""
        r"""|<link\b[^>]*\shref=["']([^"']*)""",
        text,
    )

    assert [
        address for pair in fetched for address in pair if re.match(r"(?:https?:)?//", address)
    ] == []


def test_favicon_is_small_and_draws_itself():
    icon = ROOT / "static" / "favicon.svg"
    text = icon.read_text(encoding="utf-8")

    assert icon.stat().st_size < 1024
    assert re.findall(r"<script|<image|<use|url\(|\son[a-z]+=", text) == []
