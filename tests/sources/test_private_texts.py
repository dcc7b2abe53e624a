"""A text that is held in private appears at no public address, however it came to be held."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from record.models import Check
from sources.models import SourceText
from tests import world
from tests.house.addresses import Addresses
from tests.pages import form_of
from tests.walking import text_of, walk

pytestmark = pytest.mark.django_db

CANARIES = ("zebrafinch", "quetzalbird", "hoatzinhead")
TEXT = (
    "# Zebrafinch heading\n\nThe zebrafinch before. In July the delegations met by the lake, said "
    "the quetzalbird after.\n\nA block with a hoatzinhead that nobody cites."
)
QUERIES = ("", "?q=zebrafinch", '?q="quetzalbird after"', "?limit=200", "?format=json")


@pytest.fixture
def held(cast: Any, client_of: Any) -> Any:
    """A published event whose passage stands in a text that was loaded through the desk's door,
    after an older one, so that checks, changes and comparisons know its words as well."""
    source = world.source("A report", by=cast.contributor)
    world.hold_text(source, "A hoatzinhead was here. In July the delegations met elsewhere.")
    event = world.event(
        by=cast.contributor,
        citations=[
            {"source": source, "start": "In July the delegations", "end": "lake"},
            {"source": source, "start": "In July the delegations met", "claims": ["date"]},
        ],
    )
    desk = client_of(cast.editor)
    add = reverse("admin:sources_sourcetext_add")
    page = desk.post(add, {"source": source.public_id, "text": TEXT})
    kept = desk.post(add, form_of(page, form_id="correct-text") | {"_keep": ["1"]})
    assert kept.status_code == 302
    world.publish_all(source, event, by=cast.contributor, approved_by=cast.editor)
    return source


def test_there_is_something_to_leak(held: Any, cast: Any, client_of: Any) -> None:
    desk = client_of(cast.editor)
    text = SourceText.objects.latest()
    page = desk.get(reverse("admin:sources_sourcetext_change", args=[text.pk]))
    assert all(word in page.content.decode().lower() for word in CANARIES)
    assert set(Check.objects.values_list("text", "state")) == {(text.sha256, "exact")}


def test_no_public_address_shows_a_word_of_it(
    full: Any, held: Any, cast: Any, reader: Client, client_of: Any
) -> None:
    """Every public address there is, feeds and API among them, and searches for its words; to an
    editor neither."""
    public = {
        address
        for name, address in Addresses(full, cast.contributor).all().items()
        if not address.startswith(("/desk/", "/account/")) and name != "preview"
    }
    public |= {f"/sources/{held.slug}/", f"/api/v1/sources/{held.public_id}/"}
    leaks = []
    for client in (reader, client_of(cast.editor)):
        for address in sorted(public):
            for query in QUERIES:
                answer = client.get(address + query)
                leaks += [(address + query, word) for word in _leaks(answer, query)]
    assert leaks == []


def test_no_page_that_the_site_leads_to_shows_a_word_of_it(held: Any, reader: Client) -> None:
    answers = walk(reader)
    assert f"/sources/{held.slug}/" in answers
    assert any("/citations/c2/" in address for address in answers)
    leaks = {address: _leaks(answer, "") for address, answer in answers.items()}
    assert {address: words for address, words in leaks.items() if words} == {}


def test_under_short_context_no_public_address_shows_more_than_that(
    held: Any, cast: Any, reader: Client
) -> None:
    """What stands near the passage is read beside it and found by no search; the rest nowhere."""
    text = SourceText.objects.latest()
    world.change(held, by=cast.contributor, text_shown="short context", text_sha256=text.sha256)
    world.publish_all(held, by=cast.contributor, approved_by=cast.editor)
    said = {address: _leaks(answer, "") for address, answer in walk(reader).items()}
    near = {address for address, words in said.items() if "quetzalbird" in words}
    assert {address.split("?")[0] for address in near} == {
        "/events/a-first-meeting/",
        "/events/a-first-meeting/citations/c1/",
        "/events/a-first-meeting/citations/c2/",
    }
    assert [address for address, words in said.items() if "hoatzinhead" in words] == []
    for query in QUERIES:
        for address in ("/search/", "/events/", "/api/v1/events/", "/api/v1/sources/"):
            assert _leaks(reader.get(address + query), query) == []


def test_whoever_is_not_signed_in_gets_none_of_it_from_the_desk(held: Any, reader: Client) -> None:
    texts = SourceText.objects.order_by("pk")
    first, last = (text.pk for text in texts)
    compare = reverse("admin:sources_source_compare", args=[held.pk])
    for address in (
        reverse("admin:sources_sourcetext_change", args=[last]),
        reverse("admin:sources_source_texts", args=[held.pk]),
        f"{compare}?before={first}&after={last}",
    ):
        answer = reader.get(address)
        assert answer.status_code == 302
        assert _leaks(answer, "") == []


def _leaks(answer: Any, asked: str) -> list[str]:
    """Words of the text in an answer, but for the question, which a search page repeats."""
    headers = "".join(f"{name}: {value}" for name, value in answer.items())
    said = (headers + text_of(answer)).lower()
    return [word for word in CANARIES if word in said and word not in asked]
