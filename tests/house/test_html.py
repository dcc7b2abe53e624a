"""The HTML of every page that is ours, as html-validate reads it (``make html``)."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests import world
from tests.walking import is_page, walk

pytestmark = [pytest.mark.django_db, pytest.mark.html]

TOOL = Path(settings.BASE_DIR) / "tests" / "html"
STYLE = "/desk/style/"


@pytest.fixture
def pages(addresses, reader, cast, client_of, tmp_path):
    """A folder with what a reader meets anywhere, and someone signed in at their account."""
    source = world.showing("all", "The talks\n\nIn July they met by the lake.")
    world.publish_all(source, by=cast.contributor, approved_by=cast.editor)
    answers = walk(reader, language="fr")
    answers |= {
        address: reader.get(address)
        for address in addresses.values()
        if address not in answers and not address.startswith("/desk/")
    }
    member = client_of(cast.contributor)
    answers |= {
        f"{address}as-member": member.get(address)
        for address in [*addresses.values(), STYLE]
        if address.startswith("/account/") or address == STYLE
    }
    for address, answer in answers.items():
        if is_page(answer) and answer.content:
            (tmp_path / f"{re.sub(r'[^A-Za-z0-9]+', '-', address)}.html").write_bytes(
                answer.content
            )
    assert f"/sources/{source.slug}/text/" in answers
    return tmp_path


def problems_of(folder: Path) -> str:
    """What html-validate says of the pages in the folder; nothing where they are valid."""
    command = ["node_modules/.bin/html-validate", "--config", ".htmlvalidate.cjs", "--formatter"]
    done = subprocess.run(
        [*command, "text", str(folder)], cwd=TOOL, capture_output=True, text=True, check=False
    )
    assert bool(done.returncode) == bool(done.stdout), done.stderr
    return done.stdout


def test_every_page_is_valid(pages):
    assert len(list(pages.iterdir())) > 100
    assert problems_of(pages) == ""


def test_problems_are_noticed(tmp_path):
    """A test of this file's own eyes."""
    (tmp_path / "page.html").write_text("<!DOCTYPE html><p><div></div></p>", encoding="utf-8")
    assert "no-implicit-close" in problems_of(tmp_path)
