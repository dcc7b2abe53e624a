"""What is read from files of each format."""

import pytest

from desk.refusals import Refused
from sources.formats import reading
from sources.formats.plain import guessed, split
from sources.formats.reading import blocks_of_file
from sources.formats.shapes import LoadedText
from tests.sources import files

ARTICLE = """The talks by the lake

Opening of the talks

In July the delegations met by the lake. About forty delegates came, the host said.

The second day

The delegations met again “in good spirits” – and parted without a paper.
"""


def loaded(data: bytes | str, name: str = "file") -> LoadedText:
    return blocks_of_file(name, data.encode() if isinstance(data, str) else data)


def said(data: bytes | str, name: str = "file") -> list[str]:
    """The blocks, with # before headings."""
    found = loaded(data, name).blocks
    return [f"# {block.text}" if block.is_heading else block.text for block in found]


def refusal(data: bytes | str, name: str = "file") -> str:
    with pytest.raises(Refused) as refused:
        loaded(data, name)
    [message] = refused.value.messages
    return str(message)


def test_a_file_waits_a_little_for_others_and_is_then_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LONGEST_QUEUE", 0.01)
    with reading.ONE_AT_A_TIME:
        assert refusal("Words.", "notes.txt") == f"notes.txt: {reading.BUSY}"

    assert said("Words.") == ["Words."]


class TestPlain:
    def test_plain_text_is_split_at_blank_lines_and_its_headings_are_guessed(self) -> None:
        assert said(ARTICLE) == [
            "The talks by the lake",
            "# Opening of the talks",
            "In July the delegations met by the lake. About forty delegates came, the host said.",
            "# The second day",
            "The delegations met again “in good spirits” – and parted without a paper.",
        ]
        assert loaded(ARTICLE).format == "plain text"

    def test_lines_stay_lines_within_a_block(self) -> None:
        assert said("One\r\ntwo\r\n \t\r\n\r\nthree\x0cfour") == ["One\ntwo", "three", "four"]

    def test_long_lines_without_blank_ones_are_blocks(self) -> None:
        found = loaded("The talks\n" + "Words. " * 20 + "\n" + "More words. " * 20)
        assert [block.text[:9] for block in found.blocks] == ["The talks", "Words. Wo", "More word"]
        assert found.notes == ["It has no blank lines, so that each line was taken as a block."]

    @pytest.mark.parametrize(
        ("encoded", "note"),
        [
            ("Žluťoučký".encode("utf-8-sig"), []),
            ("Žluťoučký".encode("utf-16"), ["Its encoding was told to be UTF-16."]),
            (
                b"\xfe\xff" + "Žluťoučký".encode("utf-16-be"),
                ["Its encoding was told to be UTF-16."],
            ),
        ],
    )
    def test_signed_encodings_are_read(self, encoded: bytes, note: list[str]) -> None:
        found = loaded(encoded)
        assert [block.text for block in found.blocks] == ["Žluťoučký"]
        assert found.notes == note

    def test_what_all_code_pages_read_alike_is_sure(self) -> None:
        text = "“In good spirits” – the host’s words…"
        assert said(text.encode("cp1252")) == [text]

    @pytest.mark.parametrize(
        ("encoding", "text"),
        [
            ("cp1251", "Стороны не пришли на встречу, что для них было не ново. Как это было?"),
            ("cp1252", "Les délégués même après l’été à Évian, où à même, là à côté, même après."),
        ],
    )
    def test_a_code_page_is_told_by_everyday_words(self, encoding: str, text: str) -> None:
        found = loaded(text.encode(encoding))
        assert [block.text for block in found.blocks] == [text]
        assert found.notes == [f"Its encoding was told to be Windows-{encoding[2:]}."]

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"caf\xe9", "It is not text in UTF-8, and nothing in it says for sure which encoding"),
            (b"\xff\xfe\x00\xd8", "It says that it is UTF-16, and is not."),
            (b"Words\x00words", "It is no text: it holds NUL bytes."),
            ("Words".encode("utf-16-le"), "It is no text: it holds NUL bytes."),
            (b"Words \x1b[31m", "It holds a control character (U+001B), of no use in a text."),
            (b"", "It holds no text."),
            (b" \n\n\t", "It holds no text."),
        ],
    )
    def test_what_is_not_surely_text_is_refused(self, data: bytes, problem: str) -> None:
        assert refusal(data).startswith(f"file: {problem}")


class TestTelling:
    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"\x89PNG\r\n\x1a\n", "a picture"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Word before 2007"),
            (b"{\\rtf1 words}", "an RTF document"),
            (b"\x1f\x8b\x08\x00", "a compressed file"),
        ],
    )
    def test_a_format_that_is_not_read_is_named_whatever_the_file_is_called(
        self, data: bytes, what: str
    ) -> None:
        assert refusal(data, "talks.txt").startswith(f"talks.txt: It is {what}")

    @pytest.mark.parametrize(
        ("part", "what"),
        [
            ("xl/workbook.xml", "a workbook of Excel"),
            ("content.xml", "a document of LibreOffice"),
            ("a.txt", "a ZIP archive"),
        ],
    )
    def test_an_archive_that_is_no_document_says_what_it_is(self, part: str, what: str) -> None:
        data = files.zipped({part: "<x/>"})
        assert refusal(data, "a.docx") == f"a.docx: It is {what}, no document of Word."

    def test_content_counts_and_not_the_name(self) -> None:
        page = "<!DOCTYPE html><p>The talks"
        assert (loaded(page, "a.pdf").format, said(page, "a.pdf")) == ("HTML", ["The talks"])
        assert loaded(files.pdf([files.lines("The talks")]), "a.txt").format == "PDF"

    def test_words_that_both_can_be_are_markdown_by_name(self) -> None:
        assert loaded("The *talks*", "talks.md").format == "Markdown"
        assert loaded("The *talks*", "talks.txt").format == "plain text"
        assert loaded("# The talks", "talks.txt").format == "Markdown"


class TestMarkdown:
    def test_markdown_gives_its_words_without_its_signs(self) -> None:
        text = """---
title: Talks
---
# The *talks*

In **July** the [delegations](https://example.org/x) met
by the lake.\\
A second line. ![A picture](https://example.org/a.png)

- one `item`
- another

  with a second paragraph

> A voice.

| who | when |
| --- | ---- |
| Ana | July |

<!-- nothing -->

<p>Of a page &amp; more</p>

Second part
-----------

    as it is
"""
        assert said(text, "talks.md") == [
            "# The talks",
            "In July the delegations met by the lake.\nA second line.",
            "one item",
            "another",
            "with a second paragraph",
            "A voice.",
            "who | when",
            "Ana | July",
            "Of a page & more",
            "# Second part",
            "as it is",
        ]
        assert loaded(text, "talks.md").notes == [
            "What stands between --- at its beginning was left out."
        ]


class TestHtml:
    def test_html_gives_what_a_reader_reads(self) -> None:
        page = """<!doctype html><html><head><title>Site</title><style>p {}</style></head><body>
        <nav><a href=/>Home</a></nav><header>The Lake Review</header>
        <main><h1>The <em>talks</em></h1><!-- not this -->
        <p>In July&nbsp;the delegations&mdash;forty &lt;or so&gt;
           met.<br>By the lake.<script>var x = "no";</script>
        <p hidden>Hidden<p style="display: none">Unseen<p>Not closed
        <ul><li>one<li>two <b>and</b> a half</ul>
        <table><caption>Who came</caption><tr><th>Who<th>When<tr><td>Ana<td><p>In July</p></table>
        <blockquote>Loose words <p>A voice</p> and more</blockquote>
        <pre>as
  it is</pre><img alt="A picture" src="https://example.org/a.png">
        <template>never</template><h2>Second part</h2>Bare words</main>
        <footer>Imprint</footer></body></html>"""
        found = loaded(page)
        assert [f"# {each.text}" if each.is_heading else each.text for each in found.blocks] == [
            "# The talks",
            "In July the delegations—forty <or so> met.\nBy the lake.",
            "Not closed",
            "one",
            "two and a half",
            "Who came",
            "Who | When",
            "Ana | In July",
            "Loose words",
            "A voice",
            "and more",
            "as\nit is",
            "# Second part",
            "Bare words",
        ]
        assert (found.format, found.notes) == (
            "HTML",
            ["Only what stands in its <main> was taken."],
        )

    def test_the_one_article_is_taken_and_of_several_none(self) -> None:
        one = "<div>Menu</div><article><p>The text of it.</p></article>"
        assert said(one) == ["The text of it."]
        several = "<div>Menu</div><article>One text.</article><article>Two texts.</article>"
        assert said(several) == ["Menu", "One text.", "Two texts."]

    @pytest.mark.parametrize(
        "head",
        ['<meta charset="windows-1251">', '<meta content="text/html; charset=windows-1251">'],
    )
    def test_a_declared_encoding_counts(self, head: str) -> None:
        page = f"<!doctype html>{head}<p>Встреча у озера</p>"
        assert said(page.encode("cp1251")) == ["Встреча у озера"]

    def test_nothing_that_a_page_names_is_fetched(self) -> None:
        page = (
            '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd"><link rel=stylesheet '
            'href="http://127.0.0.1:9/a.css"><p>Words<iframe src="file:///etc/passwd"></iframe>'
        )
        assert said(page) == ["Words"]


class TestDocx:
    def test_docx_gives_headings_paragraphs_tables_and_footnotes(self) -> None:
        body = (
            files.paragraph("The talks", "H1")
            + files.paragraph(
                "<w:r><w:t>In July</w:t><w:tab/><w:t>they</w:t><w:br/><w:t>met</w:t></w:r>"
                "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
                "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            )
            + files.paragraph("Part two", "Mine")
            + "<w:tbl><w:tr><w:tc>"
            + files.paragraph("Ana")
            + "</w:tc><w:tc>"
            + files.paragraph("July")
            + "</w:tc></w:tr><w:tr><w:tc>"
            + files.paragraph("Alone")
            + files.paragraph("in its row")
            + "</w:tc></w:tr></w:tbl>"
            + files.paragraph(" ")
        )
        notes = (
            f"<w:footnotes {files.W}><w:footnote w:type='separator'>{files.paragraph('-')}"
            f"</w:footnote><w:footnote>{files.paragraph('A note.')}</w:footnote></w:footnotes>"
        )
        data = files.docx(body, footnotes=notes)
        assert said(data, "talks.docx") == [
            "# The talks",
            "In July they\nmet",
            "# Part two",
            "Ana | July",
            "Alone",
            "in its row",
            "A note.",
        ]
        assert loaded(data).notes == ["Its footnotes stand at the end."]

    def test_docx_is_found_by_what_it_says_its_document_is(self) -> None:
        document = f"<w:document {files.W}><w:body>{files.paragraph('Words')}</w:body></w:document>"
        relation = (
            "<Relationships><Relationship Target='/word/document2.xml' Type='http://schemas."
            "openxmlformats.org/officeDocument/2006/relationships/officeDocument'/></Relationships>"
        )
        parts = {"_rels/.rels": relation, "word/document2.xml": document}
        assert said(files.zipped(parts)) == ["Words"]

    def test_strict_docx_says_how_it_is_to_be_saved(self) -> None:
        strict = "<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'/>"
        assert refusal(files.zipped({"word/document.xml": strict})) == (
            "file: It is saved as Strict Open XML. Save it as a Word document."
        )


class TestPdf:
    def test_pdf_joins_lines_and_words_and_drops_what_runs_along(self) -> None:
        pages = [
            [
                (250, 800, 8, "The Lake Review"),
                *(files.lines("The second day", size=16) if day == "Monday" else []),
                *files.lines(
                    f"On {day} the delegations met by the lake, and about for-",
                    f"ty of them came, on {day}, from bodies that are well-",
                    f"known, so that {day} was full, as the host said to all.",
                    f"They left on {day}, well-known or not.",
                    f"Nobody knows what was said on {day} in the long evening,",
                    f"though many claim to have been there on {day}, and tell",
                    top=700,
                ),
                (290, 30, 8, str(number)),
            ]
            for number, day in enumerate(("Monday", "Friday", "Sunday"), start=7)
        ]
        found = loaded(files.pdf(pages))
        assert found.notes == ["6 running heads and page numbers were left out."]
        blocks = [f"# {each.text}" if each.is_heading else each.text for each in found.blocks]
        day = "On {0} the delegations met by the lake, and about forty of them came, on {0}, from "
        day += "bodies that are well-known, so that {0} was full, as the host said to all. They "
        day += "left on {0}, well-known or not."
        night = "Nobody knows what was said on {0} in the long evening, though many claim to have "
        night += "been there on {0}, and tell"
        assert blocks == [
            "# The second day",
            day.format("Monday"),
            f"{night.format('Monday')} {day.format('Friday')}",
            f"{night.format('Friday')} {day.format('Sunday')}",
            night.format("Sunday"),
        ]

    def test_a_scan_is_refused(self) -> None:
        assert refusal(files.pdf([[], []])) == (
            "file: It has no text layer: its pages are pictures. Have the text recognised (OCR) "
            "first."
        )

    def test_pages_without_text_are_told(self) -> None:
        found = loaded(files.pdf([files.lines("Words."), []]))
        assert found.notes == ["1 of its 2 pages have no text."]


def test_guessed_headings_takes_short_lines_between_longer_blocks() -> None:
    assert guessed(split(ARTICLE)) == [2, 4]


@pytest.mark.parametrize(
    ("block", "is_one"),
    [
        ("The Long Way (1993-2003)", True),
        ("What Came of It", True),
        ("What came of it?", False),
        ("“It is over.”", False),
        ("It ended there.", False),
        ("Two\nlines", False),
        ("A. Body/Agency via Pictures", False),
        ("Photo by A. Body", False),
        ("A line that goes on and on and is a sentence all the same though", False),
    ],
)
def test_guessed_headings_knows_a_heading_by_its_looks(block: str, is_one: bool) -> None:
    text = f"Title\n\n{block}\n\nA paragraph follows, and says something."
    assert guessed(split(text)) == ([2] if is_one else [])


def test_guessed_headings_takes_neither_two_in_a_row_nor_the_last() -> None:
    assert guessed(split("Title\n\nOne\n\nTwo\n\nText follows.\n\nShare this")) == [3]
