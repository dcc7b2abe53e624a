"""Bibliographies as reference managers export them."""

from typing import Any

import pytest

from sources.bibliography.bibtex import plain
from sources.bibliography.dates import date_of
from sources.bibliography.formats import is_bibliography, read_bibliography
from sources.bibliography.items import NotRead

BIBTEX = r"""
@string{press = "University Press"}
@comment{made by hand}

@article{muller_treaty_1994,
  title = {The {NATO} Treaty and {\"U}ber {\L}{\'o}d{\'z} --- ``a study''},
  author = {van der Berg, Jan and {United Nations and Friends} and M{\"u}ller, Jr., Hans and
            Gabriel Garc{\'\i}a M\'arquez},
  year = 1994, month = jul, day = 3,
  journal = {J. of War \& Peace},
  volume = {12}, pages = {1--20},
  doi = {https://doi.org/10.1000/XYZ_1},
  url = {https://example.org/a\_b?x=1\%20&y=2},
  publisher = press,
  language = {english},
}
@techreport{k2, title = "A Report", institution = {The Body}, year = {1994}, month = "10~" # jan}
@online{k3, title={Page}, date={1994-07-03/1994-08~}, urldate={2024-05-06},
  isbn={978-0-00-000000-2}}
"""

RIS = """TY  - JOUR
TI  - A study of things; and others
AU  - Garc\u00eda M\u00e1rquez, Gabriel
AU  - United Nations
A2  - King, Martin, Jr.
T2  - Journal of Things
PY  - 1994
DA  - 1994/07/03/
UR  - https://example.org/a;b
DO  - 10.1000/xyz
SN  - 0028-0836
LA  - en
VL  - 12
Y2  - 2024/05/06/
ER  -

TY  - BOOK
TI  - A book
PY  - n.d.
SN  - 978-3-16-148410-0
ER  -
"""

CSL = """[{"id": "http://zotero.org/1", "type": "article-newspaper", "title": "Talks begin",
  "container-title": "The Daily", "language": "en-GB",
  "author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
             {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van",
              "suffix": "Jr."},
             {"literal": "The Agency"}],
  "issued": {"date-parts": [["1994", "7"]], "circa": true},
  "accessed": {"date-parts": [[2024, 5, 6]]}, "volume": 3},
 {"id": 2, "type": "webpage", "title": "Page", "issued": {"literal": "Spring 1994"}},
 {"id": 3, "type": "treaty", "title": "A treaty", "issued": {"raw": "yesterday"}}]"""


def said(text: str) -> list[Any]:
    return read_bibliography(text.encode())


def author(family: Any, given: Any = None, literal: Any = None, role: str = "author") -> Any:
    return {"role": role, "family": family, "given": given, "literal": literal}


def test_bibtex_is_read_with_its_accents_names_and_dates():
    first, second, third = said(BIBTEX)

    assert first.label == "muller_treaty_1994"
    assert first.said["title"] == "The NATO Treaty and Über Łódź — “a study”"
    assert first.said["authors"] == [
        author("van der Berg", "Jan"),
        author(None, None, "United Nations and Friends"),
        author("Müller", "Hans, Jr."),
        author("Márquez", "Gabriel García"),
    ]
    assert first.said["published"]["edtf"] == "1994-07-03"
    assert (first.said["kind"], first.said["container"]) == ("article", "J. of War & Peace")
    assert (first.said["publisher"], first.said["language"]) == ("University Press", "en")
    assert first.said["url"] == "https://example.org/a_b?x=1%20&y=2"
    assert first.said["identifiers"] == [{"scheme": "doi", "value": "10.1000/XYZ_1"}]
    assert first.left == ["volume: 12", "pages: 1–20"]
    assert (second.said["kind"], second.said["publisher"]) == ("report", "The Body")
    assert second.said["published"]["edtf"] == "1994-01-10"
    assert third.said["published"]["edtf"] == "1994-07-03/1994-08~"
    assert third.said["identifiers"] == [{"scheme": "isbn", "value": "978-0-00-000000-2"}]
    assert third.left == ["urldate: 2024-05-06"]


def test_ris_is_read_with_its_names_dates_and_addresses():
    first, second = said(RIS)

    assert first.said["title"] == "A study of things; and others"
    assert first.said["authors"] == [
        author("García Márquez", "Gabriel"),
        author(None, None, "United Nations"),
        author("King", "Martin, Jr.", role="editor"),
    ]
    assert first.said["published"]["edtf"] == "1994-07-03"
    assert first.said["url"] == "https://example.org/a;b"
    assert first.said["identifiers"] == [
        {"scheme": "doi", "value": "10.1000/xyz"},
        {"scheme": "issn", "value": "0028-0836"},
    ]
    assert sorted(first.left) == ["access date: 2024/05/06/", "volume: 12"]
    assert second.said["identifiers"] == [{"scheme": "isbn", "value": "978-3-16-148410-0"}]
    assert ("published" in second.said, second.left) == (False, ["date: n.d."])


def test_csl_is_read_with_its_particles_and_odd_dates():
    first, second, third = said(CSL)

    assert (first.said["kind"], first.said["language"]) == ("article", "en-GB")
    assert first.said["authors"] == [
        author("van Gogh", "Vincent"),
        author("Beethoven", "Ludwig van, Jr."),
        author(None, None, "The Agency"),
    ]
    assert first.said["published"]["edtf"] == "1994-07~"
    assert first.left == ['accessed: {"date-parts": [[2024, 5, 6]]}', "volume: 3"]
    assert (second.said["published"]["edtf"], second.said["published"]["as_given"]) == (
        "1994-21",
        "Spring 1994",
    )
    assert (third.said["kind"], third.left) == ("treaty", ['issued: {"raw": "yesterday"}'])


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1994", "1994"),
        ("1994-07", "1994-07"),
        ("1994-00-00", "1994"),
        ("1994/7/3", "1994-07-03"),
        ("July 3, 1994", "1994-07-03"),
        ("3rd July 1994", "1994-07-03"),
        ("Jul 1994", "1994-07"),
        ("Sept. 1994", "1994-09"),
        ("Fall 1994", "1994-23"),
        ("c. 1994", "1994~"),
        ("[1994?]", "1994?"),
        ("circa 1994?", "1994%"),
        ("1994–96", "1994/1996"),
        ("1994-1996", "1994/1996"),
        ("199X", "199X"),
        ("n.d.", None),
        ("forthcoming", None),
        ("3 July 4 1994", None),
        ("1994-13", None),
        ("199４", None),
        ("١٩٩٤", None),
        ("", None),
    ],
)
def test_dates_are_read_where_they_can_be(text: str, edtf: str | None):
    found = date_of(text)

    assert (found["edtf"] if found else None) == edtf


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"@article{a, title = {x", "The BibTeX entry that begins in line 1 cannot be read"),
        (b"@article{a, title = " + b"{" * 100, "In this BibTeX file braces stand more than 40"),
        (b"@book{a, title={" + b"{\\'e}" * 20_000 + b"}}", "The title of “a” has more than 40,000"),
        (b"[" + b" " * (2 * 1024 * 1024), "This bibliography has 2.0 MB; at most 2 MB are taken."),
        (b"[" * 100_000, "This is not JSON."),
        (b"[1]", "CSL-JSON is a list of items."),
        (b"[]", "This file holds no entries."),
        (b"TY  - JOUR\nTI  - x\xff\nER  - ", "This file is not in UTF-8."),
        (b"TY  - JOUR\nTI  - x\0\nER  - ", "This file holds NUL characters"),
        (b"TY  - JOUR\nTY  - JOUR\nER  - ", "This RIS file is damaged"),
        (b"TY  - BOOK\nER  - \n" * 501, "This file holds 501 entries; at most 500"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, sentence: str):
    assert is_bibliography(data)
    with pytest.raises(NotRead) as refused:
        read_bibliography(data)

    assert str(refused.value).startswith(sentence)


def test_latex_that_is_none_is_text():
    assert plain(r"\input{/etc/passwd} and \foo") == plain(r"and \foo")
    assert plain("a { b") == "a b" or plain("a { b")


def test_file_with_more_latex_than_is_read_in_time_is_refused():
    title = r"\'e" * 1000
    text = "\n".join(f"@book{{k{number}, title = {{{title}}}}}" for number in range(70))
    with pytest.raises(NotRead) as refused:
        read_bibliography(text.encode())
    assert str(refused.value) == (
        "This BibTeX file has fields with LaTeX in them of 210,000 characters together; at most "
        "200,000 are read. Import it in several parts."
    )


def test_digits_of_other_scripts_are_no_numbers_and_no_fault():
    [book] = said("@book{a, title={T}, year=1994, month={²}}")
    [item] = said('[{"id": 1, "title": "T", "issued": {"date-parts": [["1994", "²"]]}}]')
    [odd] = said('[{"id": 1, "title": "T", "issued": {"date-parts": [["²"]], "season": "²"}}]')

    assert (book.left, item.said["published"]["edtf"]) == (["date: ² 1994"], "1994")
    assert odd.left == ['issued: {"date-parts": [["²"]], "season": "²"}']
