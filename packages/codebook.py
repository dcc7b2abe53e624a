"""What a package says of itself for people: its codebook and its README, in Markdown."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from packages.descriptor import RECORD, TABLE, keys_of, name_of
from packages.rows import terms_by_kind
from packages.shapes import Column, Table
from record.types import Document

README = """# Chronicle, edition {number}

Published {published_at} (UTC). Checksum of the edition:

    {checksum}

This is the public record of a chronicle up to edition {number}: what stood in it then, and all that
any edition up to then had said, with the evidence of each claim. Nothing of an editor's desk is
here: no drafts, no notes of the desk, no texts of sources.

## What is in it

- `tables/`: the state of this edition as CSV (RFC 4180, UTF-8, comma, CRLF, a header; an empty
  cell is nothing). `entries.csv` names everything, and is what ids in all other tables lead to.
  `citations.csv` has the evidence, and `citation_claims.csv` which claims each citation speaks to.
  Cells are as they are in the record, so open them as data: in a spreadsheet, import as text.
- `record/`: all editions and versions as they are stored, and the log of checks, as JSON Lines.
- `codebook.md`: every table and column, and all values that have a meaning.
- `datapackage.json`: the same for programs (Frictionless Data Package), with types and keys.
- `datasette-metadata.json`: the same for Datasette, for the SQLite file of this edition.
- `SHA256SUMS`: the SHA-256 of every other file. `verify.py`: checks all of it.

## Check it

    python3 verify.py {name}.zip

or, unpacked, `python3 verify.py .` in this folder. It needs Python 3.9 or newer and no network: it
computes every checksum anew, and compares each file with `SHA256SUMS`. Compare the checksum that it
prints with the one above, with the one on the site, or with what others have noted.

## Cite it

Give the name of the chronicle, “edition {number}”, its day and its checksum. Whoever has the
same checksum has the same record. Ids (like E14) and keys of
parts (E14/p2) and citations (E14/c3) are permanent.

What has been redacted since, for safety or by law, is gone from this package as well: it is then
another file, in which the redacted versions keep their number, reason and checksum.

## Licence

Facts are free. Passages that citations quote, a few words of each source, belong to those who wrote
them; what a source allows stands in `tables/sources.csv`, in the column `rights`. For all that the
editors wrote themselves, ask the site that you have this from, unless it says what it allows.

## Use it elsewhere

An empty installation of Chronicle serves the same record after

    manage.py load_edition {name}.zip --by NAME
"""
BEFORE = (
    "Ids are a letter and a number (`E14`), keys of parts and citations likewise (`p2`, `c3`); "
    "neither is ever given again. Dates are EDTF (ISO 8601-2), with the first and the last day "
    "that they can mean in columns beside them. Decimals are as they were entered, but in the "
    "SQLite file, which keeps them as numbers."
)
MEMBERS = {
    "editions": (
        "number, published_at, reason, by, approved_by, four_eyes, checksum; previous: the "
        "checksum of the edition before."
    ),
    "versions": (
        "id, type, edition, superseded_in, redacted_in, change, state, schema, slug, salt, "
        "checksum; document: what the edition says, `null` where it was redacted. The checksum is "
        "the SHA-256 of the salt followed by the document in canonical form (RFC 8785)."
    ),
    "checks": (
        "id, citation, selector (the SHA-256 of its canonical form), text (its SHA-256), state, "
        "checked_on; known_from: the first edition whose package has it."
    ),
}


def readme(edition: Mapping[str, Any]) -> bytes:
    return README.format(**edition, name=name_of(edition["number"])).encode()


def codebook(
    edition: Mapping[str, Any],
    tables: Sequence[Table],
    counts: Mapping[str, int],
    dangling: Collection[tuple[str, str]],
    terms: list[Document],
) -> bytes:
    """``counts``: rows of each table. ``terms``: documents of those that stand in the edition."""
    lines = [f"# Codebook of edition {edition['number']}", "", BEFORE, ""]
    for table in tables:
        lines += _table(table, counts.get(table.name, 0), dangling)
    lines += ["## Vocabularies", ""]
    for kind, own in terms_by_kind(terms):
        lines += [f"### {kind}", "", *(_term(term) for term in own), ""]
    lines += ["## Files of the record", ""]
    lines += [f"- `{RECORD.format(name)}`: {words}" for name, words in MEMBERS.items()]
    return "\n".join([*lines, ""]).encode()


def _table(table: Table, count: int, dangling: Collection[tuple[str, str]]) -> Iterator[str]:
    yield f"## {table.name}"
    yield ""
    yield table.description
    yield ""
    yield f"`{TABLE.format(table.name)}`. Rows: {count}. Key: {', '.join(table.primary_key)}."
    yield ""
    yield "| column | type | | meaning |"
    yield "|---|---|---|---|"
    for column in table.columns:
        needed = "always" if column.required else ""
        yield f"| {column.name} | {column.type} | {needed} | {_cell(column.description)} |"
    yield ""
    for key in keys_of(table, dangling):
        yield f"- {', '.join(key.columns)} → {key.table} ({', '.join(key.others)})"
    yield ""
    for column in table.columns:
        yield from _choices(column)


def _choices(column: Column) -> Iterator[str]:
    if column.choices:
        yield f"Values of {column.name}:"
        yield ""
        for value, label in column.choices.items():
            yield f"- `{value}`: {label}"
        yield ""


def _term(term: Document) -> str:
    own = [row for row in term["labels"] if row["language"] == term["language"]] or term["labels"]
    retired = " (retired)" if term["retired"] else ""
    said = f": {own[0]['definition']}" if own[0]["definition"] else ""
    return f"- `{term['id']}` {_cell(own[0]['label'] + retired + said)}"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
