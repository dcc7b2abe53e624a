"""Files of every format that is read, and those that are made to do harm."""

import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="Chapter"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="Body"><w:name w:val="Body Text"/></w:style>'
    "</w:styles>"
)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word document. ``text`` is XML where it begins with a tag."""
    inner = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{inner}</w:p>"


def docx(body: str, *, before: str = "", **others: str) -> bytes:
    """A Word document; ``before`` stands before its root, ``others`` are further parts."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": STYLES,
        **{f"word/{name}.xml": xml for name, xml in others.items()},
    }
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


Placed = tuple[float, float, float, str]  # from the left, from the bottom, size, words


def pdf(pages: Sequence[Sequence[Placed]], *, trailer: str = "") -> bytes:
    """A PDF whose pages show these words in Helvetica."""
    return pdf_of([_content(page) for page in pages], trailer=trailer)


def _content(page: Sequence[Placed]) -> bytes:
    return b"\n".join(
        b"BT /F %f Tf 1 0 0 1 %f %f Tm (%s) Tj ET"
        % (size, left, bottom, words.replace("(", r"\(").replace(")", r"\)").encode("cp1252"))
        for left, bottom, size, words in page
    )


def pdf_of(contents: Sequence[bytes], *, trailer: str = "", kids: str = "") -> bytes:
    """A PDF of pages with these content streams; ``kids`` instead of the pages in its tree."""
    pages = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids or pages}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        packed = zlib.compress(content, 9)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
    return assembled(objects, trailer=trailer)


def assembled(objects: Sequence[bytes], *, trailer: str = "") -> bytes:
    file = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    file += b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (size, trailer.encode())
    return file + b"startxref\n%d\n%%%%EOF\n" % start


def lines(*said: str, top: float = 760, size: float = 11, left: float = 72) -> list[Placed]:
    """Lines one below the other."""
    return [(left, top - 1.25 * size * number, size, words) for number, words in enumerate(said)]
