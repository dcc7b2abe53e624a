"""What goes out as a bibliography comes in again whole, whatever a source says."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from hypothesis import HealthCheck, given, settings

from chronicle.dates import PartialDate
from record.reading import Record, document_of
from record.types import Document
from sources.bibliography.formats import FORMATS, read_bibliography, write_bibliography
from sources.bibliography.items import Item, item_from
from sources.bibliography.kinds import CSL
from sources.models import SourceKind
from tests import world
from tests.desk.generated import documents, pool
from tests.sources.bibliography.csl_schema import CSL_JSON

pytestmark = pytest.mark.django_db


def read(document: Document, kind: str) -> Any:
    [item] = read_bibliography(write_bibliography([item_from(document, {})], kind).encode())
    return item


def whole(document: Document) -> Document:
    """What there is to come back: nothing is as good as empty."""
    return {name: value for name, value in item_from(document, {}).said.items() if value}


@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_a_source_says_comes_in_again(db: None, kind: str):
    others = pool()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(documents("source", others, "S9000"))
    def check(document: Document) -> None:
        item = read(document, kind)

        assert {name: value for name, value in item.said.items() if value} == whole(document)
        assert (item.label, item.left) == (document["slug"], [])

    check()


def test_other_readers_read_what_we_write(db: None):
    others = pool()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(documents("source", others, "S9000"))
    def check(document: Document) -> None:
        assert list(CSL_JSON.iter_errors(json.loads(write(document, "csl")))) == []
        [row] = rispy.loads(write(document, "ris"))
        assert row["id"] == document["slug"]
        library = bibtexparser.parse_string(write(document, "bibtex"))
        assert (len(library.entries), library.failed_blocks) == (1, [])

    def write(document: Document, kind: str) -> str:
        return write_bibliography([item_from(document, {})], kind)

    check()


def test_braces_of_an_address_are_encoded_in_bibtex(db: None):
    url = "https://example.org/?d={e}&f=1"
    document = world.document(world.source(url=url))
    text = write_bibliography([item_from(document, {})], "bibtex")
    assert "url = {https://example.org/?d=%7Be%7D&f=1}" in text
    assert read(document, "bibtex").said["url"] == url


def test_every_kind_has_a_word_in_each_format():
    assert set(CSL) == set(SourceKind)
    assert len(set(CSL.values())) == len(CSL)


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("1994-07-03", {"date-parts": [[1994, 7, 3]]}),
        ("1994~", {"date-parts": [[1994]], "circa": True}),
        ("1994-07/1996", {"date-parts": [[1994, 7], [1996]]}),
        ("1994-22", {"date-parts": [[1994]], "season": 2}),
        ("199X", {"literal": "199X"}),
    ],
)
def test_csl_says_dates_in_its_own_members(edtf: str, issued: Any):
    published = PartialDate(edtf).as_document()
    [row] = json.loads(write_bibliography([Item("a", {"published": published})], "csl"))

    assert (row["issued"], "custom" in row) == (issued, False)


@pytest.mark.parametrize("kind", FORMATS)
def test_anything_that_can_be_cited_goes_out(kind: str):
    """Not a source alone: an entry of the chronicle, as it is published."""
    said = {"kind": "web page", "title": "A day & a night", "url": "https://example.org/events/a/"}

    [item] = read_bibliography(write_bibliography([Item("a-day", said)], kind).encode())

    assert (item.label, item.said, item.left) == ("a-day", said, [])


@pytest.mark.parametrize("kind", FORMATS)
def test_a_published_source_goes_out_without_the_desk(full, kind: str, django_assert_num_queries):
    record = Record.current()
    document = document_of(record.versions("source").get(public_id=full.source.public_id))
    slugs = {id_: each.slug for id_, each in record.references(document["subjects"]).items()}

    with django_assert_num_queries(0):
        [item] = read_bibliography(write_bibliography([item_from(document, slugs)], kind).encode())

    assert item.said["subjects"] == list(slugs.values())
    assert item.said["title"] == document["title"]
