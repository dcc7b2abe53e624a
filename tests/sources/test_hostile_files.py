"""Files that are made to do harm: each is refused in a sentence, soon, in bounded memory."""

import resource
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desk.refusals import Refused
from sources.formats import reading
from sources.formats.reading import MOST_BYTES, blocks_of_file
from tests.sources import files

MB = 1024**2
SOON = 75  # seconds, on a machine that is busy with other things
LITTLE = 1050 * MB  # the most that any may have taken


def children() -> set[str]:
    """The ids of the processes of this one, ended but not waited for ones too (Linux)."""
    of_threads = Path("/proc/self/task").glob("*/children")
    return {pid for listed in of_threads for pid in listed.read_text().split()}


def most_held(whose: int) -> int:
    """Bytes, by any one of them so far."""
    return resource.getrusage(whose).ru_maxrss * 1024


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Whatever the file, it takes neither long nor much memory, and leaves no process."""
    before = children()  # such as those that other tests fork from
    # A child begins with what its parent holds, and the system counts that, too.
    large = most_held(resource.RUSAGE_SELF), most_held(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SOON
    assert most_held(resource.RUSAGE_CHILDREN) <= max(LITTLE, *large)
    assert children() == before


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        blocks_of_file("a file", data)
    [message] = refused.value.messages
    return str(message).removeprefix("a file: ")


def unpacking_to(megabytes: int, *, name: str = "word/document.xml") -> bytes:
    """A small archive with a part of that size, written as it goes."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(f"<w:document {files.W}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(megabytes):
                part.write(b"words " * (MB // 6))
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
        if name != "word/document.xml":
            archive.writestr("word/document.xml", "<x/>")
    return file.getvalue()


def test_a_file_of_fifty_megabytes_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_read", None)
    assert refusal(b"x" * (50 * MB)) == "It has 50 MB; at most 40 MB are read."


def test_the_largest_file_that_is_read_is_refused_by_its_length() -> None:
    assert refusal(b"words \n" * (MOST_BYTES // 7)) == "It has more than 3,000,000 characters."


def test_docx_of_three_hundred_megabytes_is_refused() -> None:
    data = unpacking_to(300)
    assert len(data) < MB
    assert refusal(data) == "Its text unpacks to more than 64 MB."


def test_docx_that_lies_about_its_length_is_refused() -> None:
    data = bytearray(unpacking_to(100))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    assert refusal(bytes(data)) == "It is damaged, or has a password."


def test_docx_of_very_many_elements_takes_bounded_memory() -> None:
    data = files.docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_500_000)
    assert refusal(data) in (
        "It has more than 20,000 blocks.",
        "Reading it takes more than 1,024 MB of memory.",
    )


def test_archive_of_very_many_files_is_refused() -> None:
    data = files.zipped({f"{number}.xml": "" for number in range(10_001)})
    assert refusal(data) == "It holds more than 10,000 files, which no Word document does."


def test_styles_that_build_on_one_another_in_a_circle_are_read() -> None:
    styles = (
        f"<w:styles {files.W}>"
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    data = files.docx(files.paragraph("Words", "A"), styles=styles)
    assert [block.text for block in blocks_of_file("a", data).blocks] == ["Words"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE w [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY l11 SYSTEM "http://127.0.0.1:9/">]>',
        '<!DOCTYPE w [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>',
        f'<!DOCTYPE w [<!ENTITY l11 "{"a" * 100_000}">]>',
    ],
)
@pytest.mark.parametrize("within", ["<w:r><w:t>&l11;</w:t></w:r>", "<w:r w:x='&l11;'/>"])
def test_entities_of_a_document_are_refused(declared: str, within: str) -> None:
    said = refusal(files.docx(f"<w:p>{within}</w:p>", before=declared))
    assert said.startswith("Its word/document.xml ")
    assert "root:" not in said


def test_deep_nesting_is_refused() -> None:
    deep = 100_000
    assert refusal(files.docx("<w:p>" * deep + "</w:p>" * deep)).startswith(
        "Its word/document.xml is no XML that can be read:"
    )
    assert refusal(b"<!doctype html>" + b"<div>" * deep + b"words") == (
        "Its tags are nested more than 250 deep."
    )
    quoted = b"# a\n" + b"> " * deep + b"words"
    assert [block.text for block in blocks_of_file("a", quoted).blocks] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        b"<!doctype html>" + b"<p>words " * 900_000,
        b"<!doctype html>" + b"<!--" * 900_000,
        b"<!doctype html><p " + b"a=b " * 500_000 + b">words",
        b"[" * 30_000 + b"](x) # words",
        b"[a](" * 10_000,
        b"<!-- -->" * 2000 + b"words",
        b"<!doctype html><table><tr>" + b"<td>a" * 300_000,
        bytes(range(0xC0, 0x100)) * 600_000,
        b"# a\n\n" + b"*a **b " * 20_000,
        b"# a\n\n" + b"`" * 200_000,
        b"a\n" + b" " * 2_000_000 + b"b",
        b"\n" * 3_000_000 + b"words",
    ],
)
def test_text_that_is_slow_to_read_ends(text: bytes) -> None:
    try:
        assert blocks_of_file("a.md", text).blocks
    except Refused as refused:
        [message] = refused.messages
        assert str(message).startswith("a.md: ")


def test_pdf_streams_that_unpack_to_no_end_are_refused() -> None:
    bomb = zlib.compressobj(9)
    data = b"".join([*(bomb.compress(b" " * MB) for _ in range(200)), bomb.flush()])
    twice = zlib.compress(data, 9)
    page = (
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R "
        b"/Resources << /Font << /F << /Type /Font /BaseFont /Helvetica >> >> >> >>"
    )
    for filters, packed in ((b"/FlateDecode", data), (b"[/FlateDecode /FlateDecode]", twice)):
        stream = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (
            len(packed),
            filters,
            packed,
        )
        tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
        said = refusal(files.assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, stream]))
        assert said == "It is a damaged PDF, which cannot be read."


@pytest.mark.parametrize("kids", ["2 0 R", "2 0 R 2 0 R", "99 0 R", "4 0 R " * 5000])
def test_pdf_whose_pages_go_round_in_circles_ends(kids: str) -> None:
    said = refusal(files.pdf_of([b"BT (words) Tj ET"], kids=kids))
    assert said.startswith(("It ", "Reading "))


def test_pdf_whose_table_goes_round_in_circles_ends() -> None:
    data = files.pdf([files.lines("Words.")], trailer="/Prev 9 ")
    looped = data.replace(b"/Prev 9 ", b"/Prev %d " % data.index(b"xref\n0"))
    assert [block.text for block in blocks_of_file("a", looped).blocks] == ["Words."]


def test_pdf_whose_forms_show_themselves_ends() -> None:
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] "
        b"/Resources << /XObject << /X 4 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream"
    )
    page = (
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 4 0 R >> >> >>"
    )
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    said = refusal(files.assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, form]))
    assert said.startswith(("It ", "Reading "))


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 9 Tf 1 0 0 1 9 9 Tm (%s) Tj ET" % (b"." * 2_900_000),
        b" ".join(
            b"BT /F 9 Tf 1 0 0 1 9 %d Tm (words and more wor-) Tj ET" % (800_000 - 10 * number)
            for number in range(20_000)
        ),
    ],
    ids=["line", "paragraph"],
)
def test_pdf_of_an_endless_line_or_paragraph_is_read(content: bytes) -> None:
    [block] = blocks_of_file("a", files.pdf_of([content])).blocks
    assert len(block.text) > 300_000


def test_locked_pdf_says_so() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(files.pdf([files.lines("Secret.")]))))
    writer.encrypt("word", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    assert refusal(file.getvalue()) == ("It is locked by a password. Load a copy that is not.")


@pytest.mark.parametrize("size", [10, 200, 400, 600])
def test_files_that_end_early_are_refused(size: int) -> None:
    assert refusal(files.pdf([files.lines("Words.")] * 3)[:size]).startswith("It ")
    assert refusal(files.docx(files.paragraph("Words"))[:size]).startswith("It ")


def test_reading_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_WAIT", 0.01)
    assert refusal(b"words") == reading.TOO_LONG


@pytest.mark.parametrize("name", ["pdf", "docx", "html_page", "markdown", "plain", "child"])
def test_what_the_child_runs_imports_no_django(name: str) -> None:
    program = f"import sys, sources.formats.{name}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=reading.ROOT).returncode == 0


def test_the_child_knows_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("SECRET_KEY", "canary")
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nenv > {seen}\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(reading.sys, "executable", str(program))
    assert refusal(b"words") == "It cannot be read: it is damaged, or made to do harm."
    assert "canary" not in seen.read_text()
