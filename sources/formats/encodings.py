"""Bytes as text, where it is sure which letters they are."""

import codecs
import re

from sources.formats.shapes import MOST_MARKS, Unreadable, check_length

# UTF-32 first: its sign of little-endian begins with that of UTF-16.
SIGNED = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What pages declare, after WHATWG's Encoding Standard: Latin-1 there is Windows-1252.
DECLARED = {
    **{f"windows-125{number}": f"cp125{number}" for number in range(9)},
    **{f"iso-8859-{number}": f"iso8859-{number}" for number in (*range(2, 9), 10, 13, 14, 15, 16)},
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    "iso-8859-9": "cp1254",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
}
DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 4096  # bytes
# Those in which one byte can be another letter each. What all of them read alike is sure.
PAGES = ("cp1250", "cp1251", "cp1252", "cp1254", "cp1257")
# Everyday words that no other of the pages makes a word of, so that they tell which one it is.
TELLING = {
    "cp1251": "не на что по как это его из за от для или был при що та від які до",
    "cp1252": "für über können été même après à più però así más também não são från där på",
}
LEAST_TELLING = 5
WORD = re.compile(r"\w+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n\n", "\u2028": "\n", "\u2029": "\n\n"})


def decoded(data: bytes, *, marked_up: bool = False) -> tuple[str, str]:
    """The text, and a sentence on its encoding where that is not UTF-8.

    ``marked_up``: what the file itself declares counts. ``Unreadable`` where it is not sure.
    """
    text, encoding = _decoded(data, marked_up)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(BREAKS)
    if found := CONTROL.search(text):
        raise Unreadable(
            "It is no text: it holds NUL bytes."
            if found[0] == "\x00"
            else f"It holds a control character (U+{ord(found[0]):04X}), of no use in a text."
        )
    named = encoding.replace("cp", "Windows-").upper().replace("WINDOWS", "Windows")
    return text, "" if encoding.startswith("utf-8") else f"Its encoding was told to be {named}."


def _decoded(data: bytes, marked_up: bool) -> tuple[str, str]:
    for sign, encoding in SIGNED:
        if data.startswith(sign):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"It says that it is {encoding.removesuffix('-sig').upper()}, and is not."
                ) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise Unreadable("It is no text: it holds NUL bytes.")
    if marked_up and (found := DECLARATION.search(data[:DECLARED_WITHIN])):
        encoding = DECLARED.get(found[1].decode().lower(), "")
        try:
            if encoding:
                return data.decode(encoding), encoding
        except UnicodeDecodeError:
            pass
    return _of_one_byte(data)


def _of_one_byte(data: bytes) -> tuple[str, str]:
    check_length(len(data) // MOST_MARKS)
    read = {page: _read(data, page) for page in PAGES}
    if len(set(read.values())) == 1 and (same := read["cp1252"]) is not None:
        return same, "cp1252"
    told = []
    for page, words in TELLING.items():
        text = read[page]
        telling = {word for word in words.split() if not word.isascii()}
        if text is not None:
            hits = sum(word[0].lower() in telling for word in WORD.finditer(text))
            if hits >= LEAST_TELLING:
                told.append((text, page))
    if len(told) == 1:
        return told[0]
    raise Unreadable(
        "It is not text in UTF-8, and nothing in it says for sure which encoding it is in. "
        "Save it as UTF-8 and load it again."
    )


def _read(data: bytes, page: str) -> str | None:
    try:
        return data.decode(page)
    except UnicodeDecodeError:
        return None
