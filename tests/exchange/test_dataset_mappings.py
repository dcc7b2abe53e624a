"""Mappings with mistakes: each is told with its place, before any row is read."""

from pathlib import Path

import pytest

from desk.refusals import Refused
from exchange.datasets.mapping import read_mapping

MAPPING = """
[row]
type = "event"
scheme = "list"
value = "{id}"
title = "{title}"
kind = "meeting"
"""


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ("= 1", "mapping.toml” is no TOML: "),
        (
            "sumary = 'x'",
            "mapping.toml, row.sumary: “sumary” is none of the keys here. Did you mean",
        ),
        (
            "summary = '{titel}'",
            "row.summary: There is no column “titel” here. Did you mean “title”?",
        ),
        ("summary = '{'", "row.summary: A brace stands alone; write {{ or }} where one is meant."),
        ("place = { link = 'town' }", "row.place: “town” is none of the links. There are: none."),
        (
            "summary = { from = '{id}' }",
            "row.summary: Only a date is made of days, or of its parts.",
        ),
        (
            "summary = { text = '{id}', decimal = ';' }",
            "row.summary.decimal: What stands before decimals is “,” or “.”.",
        ),
        (
            "[[row.quantities]]\nbest = '{id}'",
            "row.quantities[1]: Say what as well; it takes text.",
        ),
        (
            "[[row.citations]]\nrecord = '{id}'",
            "row.citations[1]: Say source as well; it takes an entry by slug, name or id (S1).",
        ),
        (
            "[links.a]\ntype = 'source'\nfind = ['name']\ntitle = 'A'",
            "links.a: Say kind as well; it takes one of ",
        ),
        (
            "[links.a]\ntype = 'source'\nfind = ['name']\ntitle = 'A'\nkind = 'document'",
            "links.a.kind: “document” is not one of ",
        ),
        (
            (
                "[links.a]\ntype = 'actor'\nfind = ['name']\nnames = { text = '{id}' }\n"
                "kind = { text = '{id}', values = { 1 = 'state', 2 = 'army' } }"
            ),
            "links.a.kind: “army” is not one of person, state,",
        ),
        (
            (
                "[links.a]\ntype = 'place'\nfind = ['name']\nnames = { text = '{id}' }\n"
                "latitude = '{id}'\nlongitude = '3,5'"
            ),
            "links.a: Say precision as well; it takes one of",
        ),
        ("date = 'July'", "row.date: "),
        ("[[row.quantities]]\nif = 'x'", "row.quantities[1].if: “x” is none of the columns here."),
        ("[[row.quantities]]\nif = '{x}'", "row.quantities[1].if: There is no column “x” here."),
        (
            "date = { from = '{id}', as = 'around' }",
            "row.date.as: “around” is none of the meanings: day, the very day; month, its month;",
        ),
        (
            "date = { from = '{id}', precision = '{id}' }",
            "row.date: With precision goes means, which says what each is.",
        ),
        ("[[row.citations]]\neach = 'x'", "row.citations[1].each: “x” is none of the items here."),
        ("[links.a]\ntype = 'town'", "links.a.type: Say what it is: term, source, place, actor"),
        (
            "[links.a]\ntype = 'place'\nnames = { text = '{id}' }",
            "links.a.find: Say how one that is there is found",
        ),
        (
            (
                "[links.a]\ntype = 'place'\nfind = ['name']\nnames = { text = 'x' }\n"
                "part_of = { link = 'a' }"
            ),
            "links.a: This link leads back to itself.",
        ),
        ("[items.a]\ncolumn = 'x'", "items.a.column: “x” is none of the columns here."),
        ("[other]", "other: “other” is none of the keys here."),
        ("[[row.citations]]\neach = ['x']", "row.citations[1].each: “['x']” is none of the items"),
        ("place = { link = ['a'] }", "row.place: “['a']” is none of the links. There are: none."),
        ("date = { from = '{id}', as = ['x'] }", "row.date.as: “['x']” is none of the meanings"),
        ("[links.a]\ntype = ['x']", "links.a.type: Say what it is: term, source, place, actor"),
        ("[links.a]\ntype = 'place'\nfind = [[['x']]]", "links.a.find: “[['x']]” is none of the"),
        (
            "[items.a]\ncolumn = 'id'\npattern = '{b},{b}'",
            "items.a.pattern: Two parts are called “b”.",
        ),
        (
            "[items.a]\ncolumn = 'id'\npattern = '{B},{c:date}'",
            "items.a.pattern: Braces hold a name in small letters here, like {part} or {part:day}.",
        ),
        (
            "[links.a]\ntype = 'place'\nfind = ['name']\nmake = false",
            "links.a.find: Without names it has no name to be found by.",
        ),
        (
            "[[row.participants]]\ntenure = { link = 'a' }\n[links.a]\ntype = 'actor'",
            "row.participants[1].tenure: This is no single entry, so that no link can stand here.",
        ),
    ],
)
def test_a_mistake_in_a_mapping_is_told_with_its_place(more: str, sentence: str, tmp_path: Path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING + more)

    with pytest.raises(Refused) as refused:
        read_mapping(mapping, ["id", "title"])

    assert sentence in "\n".join(refused.value.messages)
