"""Texts as they are kept, everywhere."""

import re
import unicodedata

# What no text has a use for: Unicode's control characters, but for tabs and ends of lines.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def normalised(text: str) -> str:
    """``text`` in Unicode NFC, with ``\\n`` line ends and no white space around it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)
