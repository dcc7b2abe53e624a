"""The project's own content: loads, comes back as it was, and keeps the rules it is entered by."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import get_commands, load_command_class
from django.db import transaction

from desk.fixtures import content_files, load_content
from desk.models import WorkingCopy
from desk.types import desk_types
from desk.unpublished import publish_unpublished
from record.folding import fold
from record.models import Check, Edition
from record.reading import Record, document_of
from record.types import Document
from record.verification import verify

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
MOST_WORDS = 6
ARTICLE, GAZETTEER = "S1", "S2"


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The content loaded and published, once for all tests here; the files as dumped from it."""
    with django_db_blocker.unblock(), transaction.atomic():
        by, approver = (User.objects.create_superuser(name) for name in ("loader", "approver"))
        load_content(FIXTURES, by=by, reason="initial load")
        dumped = content_files()
        publish_unpublished(by=by, approved_by=approver, reason="initial load")
        yield dumped
        transaction.set_rollback(True)


@pytest.fixture
def documents(published: dict[str, str]) -> dict[str, Document]:
    return {version.public_id: document_of(version) for version in Record.current().versions()}


@pytest.fixture
def citations(documents: dict[str, Document]) -> dict[str, Document]:
    return {
        f"{public_id}/{citation['key']}": citation
        for public_id, document in documents.items()
        for citation in document.get("citations", ())
    }


def test_content_comes_back_as_it_was_loaded(published: dict[str, str]) -> None:
    on_disk = {file.name: file.read_text(encoding="utf-8") for file in FIXTURES.iterdir()}
    assert published.keys() == on_disk.keys()
    for name, text in published.items():
        assert text == on_disk[name], f"{name} is not as dump_content would write it"


def test_content_has_one_file_a_room(published: dict[str, str]) -> None:
    rooms = {desk_type.model._meta.app_label for desk_type in desk_types()}
    assert {file.stem for file in FIXTURES.iterdir()} == rooms | {"checks"}


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda file: file.name)
def test_content_stands_in_the_order_of_its_numbers(file: Any) -> None:
    rows = [row["fields"] for row in json.loads(file.read_text(encoding="utf-8"))]
    owners = [row["entry"][0] if "entry" in row else row["public_id"] for row in rows]
    assert owners == sorted(owners, key=lambda public_id: (public_id[0], int(public_id[1:])))


def test_content_is_published_whole_and_the_record_is_good(published: Any) -> None:
    assert WorkingCopy.objects.filter(changed=True).count() == 0
    assert WorkingCopy.objects.filter(gaps__gt=0).count() == 0
    assert Edition.objects.count() == 1
    assert verify().faults == []


def test_selectors_have_at_most_six_words_at_either_end(citations: dict[str, Document]) -> None:
    too_long = [
        f"{name}.{member}"
        for name, citation in citations.items()
        for member, words in (citation["selector"] or {}).items()
        if words and len(words.split()) > MOST_WORDS
    ]
    assert too_long == []


def test_citations_of_the_article_name_block_and_passage(citations: dict[str, Document]) -> None:
    lacking = [
        name
        for name, citation in citations.items()
        if citation["source"] == ARTICLE
        and not (citation["selector"] and citation["locator"]["blocks"])
    ]
    assert lacking == []


def test_citations_of_the_gazetteer_name_its_record(documents: dict[str, Document]) -> None:
    cited = {
        (citation["locator"]["record"], citation["selector"])
        for document in documents.values()
        for citation in document.get("citations", ())
        if citation["source"] == GAZETTEER
    }
    known = {
        (identifier["value"], None)
        for document in documents.values()
        for identifier in document["identifiers"]
        if identifier["scheme"] == "geonames"
    }
    assert cited == known


def test_citations_say_when_the_source_was_read(citations: dict[str, Document]) -> None:
    assert {citation["accessed_on"] for citation in citations.values()} == {"2026-11-25"}


def test_every_selector_was_looked_up_in_one_text_and_found(
    documents: dict[str, Document], citations: dict[str, Document]
) -> None:
    checks = Record.current().checks(documents.values())
    assert set(checks) == {name for name, citation in citations.items() if citation["selector"]}
    assert {check.state for check in checks.values()} == {"exact"}
    assert len({check.text for check in checks.values()}) == 1
    assert Check.objects.count() == len(checks), "checks.json holds checks of other selectors"


def test_no_two_entries_have_one_name(published: Any) -> None:
    labels = Counter((version.type, fold(version.label)) for version in Record.current().versions())
    assert [name for name, count in labels.items() if count > 1] == []


def test_no_name_is_borne_by_two_actors_or_two_places(documents: dict[str, Document]) -> None:
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for public_id, document in documents.items():
        for name in document.get("names", ()):
            bearers[document["type"], fold(name["text"])].add(public_id)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def test_every_term_is_defined_and_used(documents: dict[str, Document]) -> None:
    terms = {public_id for public_id, found in documents.items() if found["type"] == "term"}
    undefined = [
        public_id
        for public_id in terms
        if not all(label["definition"] for label in documents[public_id]["labels"])
    ]
    used = set(Record.current().links().values_list("target", flat=True))
    assert (undefined, sorted(terms - used)) == ([], [])


def test_parts_of_an_event_lie_within_it(documents: dict[str, Document]) -> None:
    dates = [
        (public_id, document["date"], documents[document["part_of"]]["date"])
        for public_id, document in documents.items()
        if document["type"] == "event" and document["part_of"]
    ]
    assert [
        public_id
        for public_id, part, whole in dates
        if part and whole and not _within(_days(part), _days(whole))
    ] == []


def _days(date: Document) -> tuple[str, str]:
    """Open ends lie before and after every day."""
    return date["earliest"] or "0", date["latest"] or "9999-99"


def _within(part: tuple[str, str], whole: tuple[str, str]) -> bool:
    return whole[0] <= part[0] and part[1] <= whole[1]


def test_inferred_dates_are_explained(documents: dict[str, Document]) -> None:
    """By a note of the entry, of one of its citations, or of the event it is part of."""
    unexplained = [
        public_id
        for public_id, document in documents.items()
        if '"inferred": true' in json.dumps(document)
        and not document["editor_note"]
        and not any(citation["note"] for citation in document["citations"])
        and not documents.get(document.get("part_of") or "", {}).get("editor_note")
    ]
    assert unexplained == []


def test_content_is_described_by_its_numbers(
    documents: dict[str, Document], citations: dict[str, Document]
) -> None:
    text = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    told = {kind: int(count) for count, kind in re.findall(r"\| (\d+) (\w+?)s\b", text)}
    counts = Counter(document["type"] for document in documents.values())
    assert told == {kind: counts[kind] for kind in ("term", "place", "actor", "event", "proposal")}
    passages = sum(citation["selector"] is not None for citation in citations.values())
    others = len(citations) - passages
    assert (
        f"Of the {len(citations)} citations, {passages} name a passage of the article and "
        f"{others} a record of GeoNames."
    ) in text


def test_commands_in_the_description_exist() -> None:
    text = (settings.BASE_DIR / "docs" / "content.md").read_text(encoding="utf-8")
    calls = re.findall(r"manage\.py (\w+)([^#\n]*)", text)
    assert len(calls) == 7
    for name, arguments in calls:
        parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
        parser.parse_args(arguments.split())
