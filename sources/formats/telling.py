"""What a file is, by what it holds. Its name decides only between text and Markdown."""

import re

BINARY = (
    (b"\xd0\xcf\x11\xe0", "a document of Word before 2007, or one with a password"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"%!PS", "a PostScript file"),
)
PDF_WITHIN = 1024  # bytes, before which viewers look for the signature
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+"  # a comment is one, however it goes on
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|div|h[1-6]|p|table|ul|ol|meta|title"
    r"|script|style|link|header|nav|blockquote)\b)",
    re.IGNORECASE | re.DOTALL,
)
BEGINNING = 20_000  # characters that are looked at to tell HTML
MARKDOWN = re.compile(
    r"^#{1,6} \S|^(?:```|~~~)|\[[^\[\]\n]{1,300}\]\([^()\s]{1,1000}\)", re.MULTILINE
)
MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)


def binary_format(data: bytes) -> str:
    """``pdf`` or ``zip``, or in words what else it is; empty where it may be text."""
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    return next((words for begins, words in BINARY if data.startswith(begins)), "")


def text_format(name: str, text: str) -> str:
    """``html``, ``markdown`` or ``plain``."""
    if HTML.match(text[:BEGINNING]):
        return "html"
    if MARKDOWN_NAME.search(name) or MARKDOWN.search(text):
        return "markdown"
    return "plain"
