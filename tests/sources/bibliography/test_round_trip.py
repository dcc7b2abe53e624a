"""What goes out as a bibliography comes in again whole, whatever a source says."""

import json
from typing import Any

import bibtexparser
import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from record.types import Document
from sources.bibliography.formats import FORMATS, read_bibliography, write_bibliography
from sources.bibliography.items import members_of
from sources.bibliography.kinds import CSL
from sources.models import SourceKind
from tests.desk.generated import documents, pool

pytestmark = pytest.mark.django_db

# What we write of CSL-JSON 1.0.2 (specification.citationstyles.org), and nothing else.
TEXT = {"type": "string", "minLength": 1}
NAME = {
    "type": "object",
    "anyOf": [
        {"required": ["family"], "properties": {"family": TEXT, "given": TEXT, "suffix": TEXT}},
        {"required": ["literal"], "properties": {"literal": TEXT}},
    ],
}
NAMES = {"type": "array", "minItems": 1, "items": NAME}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": list(CSL.values())},
            **dict.fromkeys(
                ["id", "title", "publisher", "container-title", "URL", "language", "note"], TEXT
            ),
            **dict.fromkeys(["DOI", "ISBN", "ISSN"], TEXT),
            **dict.fromkeys(["author", "editor", "translator"], NAMES),
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "required": ["edtf"],
                "properties": {
                    "edtf": TEXT,
                    "circa": {"const": True},
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 3,
                            "items": {"type": "integer"},
                        },
                    },
                },
            },
            "custom": {"type": "object"},
        },
    },
}


def read(document: Document, kind: str) -> Any:
    [item] = read_bibliography(write_bibliography([document], kind).encode())
    return item


def whole(document: Document) -> Document:
    """What there is to come back: nothing is as good as empty."""
    return {name: value for name, value in members_of(document).items() if value}


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
        assert list(Draft7Validator(SCHEMA).iter_errors(json.loads(write(document, "csl")))) == []
        [row] = rispy.loads(write(document, "ris"))
        assert row["id"] == document["slug"]
        library = bibtexparser.parse_string(write(document, "bibtex"))
        assert (len(library.entries), library.failed_blocks) == (1, [])

    def write(document: Document, kind: str) -> str:
        return write_bibliography([document], kind)

    check()


def test_every_kind_has_a_word_in_each_format():
    assert set(CSL) == set(SourceKind)
    assert len(set(CSL.values())) == len(CSL)
