"""The three formats by name, and which of them a file has."""

from collections.abc import Callable, Iterable

from sources.bibliography.bibtex import read_bibtex, write_bibtex
from sources.bibliography.csl import read_csl, write_csl
from sources.bibliography.items import Item, NotRead
from sources.bibliography.ris import read_ris, write_ris

MOST_ITEMS = 500
LARGEST = 2 * 1024 * 1024  # bytes: of so many items, with their abstracts
Writer = Callable[[Iterable[Item]], str]
# What a bibliography can be written as: what it is called, its ending, its type, its writer.
FORMATS: dict[str, tuple[str, str, str, Writer]] = {
    "bibtex": ("BibTeX", "bib", "application/x-bibtex; charset=utf-8", write_bibtex),
    "ris": ("RIS", "ris", "application/x-research-info-systems; charset=utf-8", write_ris),
    "csl": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", write_csl),
}


def is_bibliography(data: bytes) -> bool:
    """Whether a file looks like one of the three; tables do not."""
    begins = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return begins.startswith((b"[", b"{", b"@", b"TY  -", b"%")) and not begins.startswith(b"%PDF")


def read_bibliography(data: bytes) -> list[Item]:
    """Raises `NotRead` with one sentence."""
    if len(data) > LARGEST:
        raise NotRead(
            f"This bibliography has {len(data) / 1024 / 1024:.1f} MB; at most "
            f"{LARGEST // 1024 // 1024} MB are taken. Export it in several parts."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotRead("This file is not in UTF-8. Export it again, as UTF-8.") from None
    if "\0" in text:
        raise NotRead("This file holds NUL characters, so it is no bibliography.")
    begins = text.lstrip()
    read = read_csl if begins.startswith(("[", "{")) else read_ris
    items = (read_bibtex if begins.startswith(("@", "%")) else read)(text)
    if not items:
        raise NotRead("This file holds no entries.")
    if len(items) > MOST_ITEMS:
        raise NotRead(
            f"This file holds {len(items):,} entries; at most {MOST_ITEMS} are taken at once. "
            "Export it in several parts."
        )
    return items


def write_bibliography(items: Iterable[Item], kind: str) -> str:
    """``items``: of sources (`items.item_from`), or of anything else that can be cited."""
    _, _, _, write = FORMATS[kind]
    return write(items)
