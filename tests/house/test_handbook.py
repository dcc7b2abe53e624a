"""The pictures of the handbook are those that its script takes, no more and no fewer."""

import re
from pathlib import Path

from tests.browser.handbook import FOLDER, LARGEST, PICTURES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURE = re.compile(r"!\[([^\]]*)\]\(handbook/([a-z-]+)\.png\)")


def test_each_picture_is_named_once_has_words_for_it_and_is_there():
    named = [found for page in DOCS.glob("*.md") for found in PICTURE.findall(page.read_text())]
    assert sorted(name for _, name in named) == sorted(PICTURES)
    assert [name for words, name in named if not words.strip()] == []
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(
        f"{name}.png" for name in PICTURES
    )


def test_pictures_are_small():
    assert {path.name for path in FOLDER.iterdir() if path.stat().st_size > LARGEST} == set()
