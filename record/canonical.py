"""Canonical JSON (RFC 8785) and the checksums that rest on it.

Documents hold no floats, integers below 2**53 and ASCII member names, for which sorting by
code point and by UTF-16 unit agree, so a sorting encoder writes RFC 8785's very bytes.
"""

import hashlib
import secrets
import unicodedata
from typing import Any

import orjson

LARGEST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """A value that a document cannot hold; the message says which and where."""


def canonical(value: Any) -> str:
    """The canonical text of ``value``; ``NotCanonical`` where it has none."""
    try:
        if not _is_plain(value):
            _inspect(value, "$")  # which is slower, and says what is wrong
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except NotCanonical:
        raise
    except (TypeError, ValueError, RecursionError) as error:
        raise NotCanonical(f"This cannot be written as JSON: {error}.") from error


def digest(text: str) -> str:
    """SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_salt() -> str:
    """128 random bits, in hexadecimal."""
    return secrets.token_hex(16)


def version_checksum(salt: str, document: str) -> str:
    return digest(salt + document)


def selector_digest(selector: dict[str, Any]) -> str:
    return digest(canonical(selector))


def edition_checksum(
    *,
    number: int,
    published_at: str,
    reason: str,
    by: str,
    approved_by: str,
    four_eyes: bool,
    versions: list[dict[str, str]],
    previous: str | None,
) -> str:
    """Checksum of an edition. ``versions``: ``{id, change, checksum}``, in any order."""
    return digest(
        canonical(
            {
                "number": number,
                "published_at": published_at,
                "reason": reason,
                "by": by,
                "approved_by": approved_by,
                "four_eyes": four_eyes,
                "versions": sorted(versions, key=lambda version: version["id"]),
                "previous": previous,
            }
        )
    )


def _is_plain(value: Any) -> bool:
    """Whether it certainly has a canonical text."""
    kind = type(value)
    if isinstance(value, str):
        if value.isascii():
            return "\r" not in value
        return unicodedata.is_normalized("NFC", value) and "\r" not in value
    if kind is dict:
        for key, item in value.items():
            if not (type(key) is str and key.isascii() and _is_plain(item)):
                return False
        return True
    if kind is list:
        return all(map(_is_plain, value))
    if kind is int:
        return abs(value) <= LARGEST_INTEGER
    return value is None or kind is bool


def _inspect(value: Any, where: str) -> None:
    match value:
        case None | bool():
            return
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise NotCanonical(f"{where}: {value} is too large for a JSON integer.")
        case str():
            if not unicodedata.is_normalized("NFC", value) or "\r" in value:
                raise NotCanonical(f"{where}: the text is not in Unicode NFC with \\n line ends.")
        case list() | tuple():
            for index, item in enumerate(value):
                _inspect(item, f"{where}[{index}]")
        case dict():
            for key, item in value.items():
                if not isinstance(key, str) or not key.isascii():
                    raise NotCanonical(f"{where}: member name {key!r} is not ASCII text.")
                _inspect(item, f"{where}.{key}")
        case _:
            raise NotCanonical(f"{where}: a {type(value).__name__} cannot stand in a document.")
