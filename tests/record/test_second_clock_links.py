"""Whoever reads as of an edition stays in it, whatever link is followed."""

import pytest

from tests import world
from tests.walking import START, is_page, links_of, walk

pytestmark = pytest.mark.django_db
EDITION = "edition=1"
# The desk, accounts, the script that verifies and the API's description are of now.
OF_NOW = ("/desk/", "/account/", "/verify/verify.py", "/api/v1/schema/")
LATER = "/editions/2/"  # named where something was redacted in it
CITED = ("/cited/", "/embed")  # say what has changed since, too


@pytest.fixture
def moved_on(full, people):
    """The full world as edition 1, of which edition 2 says everything otherwise."""
    for entry in full.entries:
        world.change(entry, by=people["by"], slug=f"later-{entry.slug}"[:120])
    later = world.event("Something new", by=people["by"], place=full.place)
    world.publish_all(*full.entries, later, **people)
    return full


def test_every_link_keeps_the_edition_and_arrives(moved_on, reader):
    start = [f"{address}{'&' if '?' in address else '?'}{EDITION}" for address in START]
    answers = walk(reader, start, within=EDITION)

    assert len(answers) > 100
    cited = [(each, answer) for each, answer in answers.items() if each.startswith(CITED)]
    since = {link for each, answer in cited for link in links_of(each, answer)}
    for address, answer in answers.items():
        if EDITION not in address:
            assert address.startswith((*OF_NOW, LATER)) or address in since, address
            continue
        assert answer.status_code in (200, 301), address
        if is_page(answer) and not address.startswith(CITED):
            strayed = {
                link
                for link in links_of(address, answer)
                if EDITION not in link and not link.startswith((*OF_NOW, LATER))
            }
            assert strayed == set(), address
            assert b"later-" not in answer.content, address
