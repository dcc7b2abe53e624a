"""The process that a file is read in: ``python -m sources.formats.child NAME``.

It has bounds of its own, reads the file from standard input, and writes JSON: ``blocks`` (text,
whether a heading), ``format`` and ``notes``, or ``problem``. It is given no secrets, and does not
import Django.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

from sources.formats.encodings import decoded
from sources.formats.shapes import MOST_MARKS, LoadedText, Unreadable, check_length
from sources.formats.telling import binary_format, text_format

MOST_MEMORY = 1024**3  # bytes
MOST_SECONDS = 60  # of the processor
MOST_SAID = 64 * 1024**2  # bytes written


def main() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_SAID),
        (resource.RLIMIT_CORE, 0),
    ):
        _, already = resource.getrlimit(kind)
        most = most if already == resource.RLIM_INFINITY else min(most, already)
        with suppress(ValueError):  # macOS knows no bound of memory
            resource.setrlimit(kind, (most, most))
    try:
        said: dict[str, Any] = _said(read(sys.argv[1], sys.stdin.buffer.read()))
    except Unreadable as unreadable:
        said = {"problem": str(unreadable)}
    except RecursionError:
        said = {"problem": "It is nested too deeply to be read."}
    except MemoryError:
        said = {"problem": f"Reading it takes more than {MOST_MEMORY // 1024**2:,} MB of memory."}
    json.dump(said, sys.stdout)


def read(name: str, data: bytes) -> LoadedText:
    """The blocks of a file. ``Unreadable`` where it is of no format that is read, or is damaged."""
    # Libraries are loaded for the formats that need them: it halves the time for a plain text.
    binary = binary_format(data)
    if binary == "pdf":
        from sources.formats.pdf import blocks_of_pdf

        return blocks_of_pdf(data)
    if binary == "zip":
        from sources.formats.docx import blocks_of_docx

        return blocks_of_docx(data)
    if binary:
        raise Unreadable(f"It is {binary}. What is read: text, Markdown, HTML, DOCX and PDF.")
    text, note = decoded(data, marked_up=b"<" in data)
    loaded = _of_text(text_format(name, text), text.strip())
    return LoadedText(loaded.blocks, loaded.format, [note, *loaded.notes] if note else loaded.notes)


def _of_text(form: str, text: str) -> LoadedText:
    check_length(len(text) // (MOST_MARKS if form == "html" else 1))
    if form == "html":
        from sources.formats.html_page import blocks_of_html

        return blocks_of_html(text)
    if form == "markdown":
        from sources.formats.markdown import blocks_of_markdown

        return blocks_of_markdown(text)
    from sources.formats.plain import blocks_of_text

    return blocks_of_text(text)


def _said(loaded: LoadedText) -> dict[str, Any]:
    return {
        "blocks": [[block.text, block.is_heading] for block in loaded.blocks],
        "format": loaded.format,
        "notes": loaded.notes,
    }


if __name__ == "__main__":
    main()
