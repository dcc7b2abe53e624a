"""Partial dates: what they mean in days, how they are read, said, stored and compared.

The value is EDTF text (ISO 8601-2:2019, as profiled by the Library of Congress), kept as it
was typed. Days are proleptic Gregorian ordinals, as `date.toordinal()` counts them.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from edtf.parser.edtf_exceptions import EDTFParseException
from edtf.parser.grammar import parse_edtf

from chronicle.date_parts import (
    MAX_LENGTH,
    OPEN_END,
    OPEN_START,
    UNREADABLE,
    Bounds,
    Interval,
    SingleDate,
    iso_day,
    refuse,
    singles_of,
)
from chronicle.date_reading import read
from chronicle.date_wording import words_for
from chronicle.languages import of_now

__all__ = [
    "OPEN_END",
    "OPEN_START",
    "Bounds",
    "PartialDate",
    "bounds_of",
    "bounds_of_stored",
    "certainly_within",
    "display",
    "iso_day",
    "possibly_within",
]

MAX_WORDING = 500
MARKS = frozenset("?~%")
# Years, months and days that need no library, which takes 10 ms to read one.
# Whether a month has its 31st our own reading knows.
PLAIN = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
DOCUMENT_KEYS = {"edtf", "earliest", "latest", "as_given", "inferred"}


def bounds_of(edtf: str) -> Bounds:
    """The days that a date can mean.

    Raises ValidationError whatever else it is given. Cached; otherwise, but for plain years, months
    and days, about 10 ms for each date in the text: an interval has two, a set up to some twenty.
    """
    if not isinstance(edtf, str):
        refuse(_("A date is text in EDTF, for example 1997-07 or 1984~."), "edtf_not_text", "")
    return _bounds_of(edtf.strip())


@lru_cache(maxsize=8192)
def _bounds_of(edtf: str) -> Bounds:
    if day := _day(edtf):
        return day
    reading = read(edtf)
    bounds = reading.bounds()
    for single in singles_of(reading):
        if not (PLAIN.fullmatch(single.text) or _library_takes(single)):
            refuse(UNREADABLE, "edtf_unreadable", edtf)
    return bounds


def bounds_of_stored(edtf: str) -> Bounds:
    """The days of a date that was checked when it was stored: quick, as the library is not asked.

    Cached. Raises ValidationError where our own reading finds no date.
    """
    return _day(edtf) or _bounds_of_stored(edtf.strip())


@lru_cache(maxsize=8192)
def _bounds_of_stored(edtf: str) -> Bounds:
    return read(edtf).bounds()


def _day(edtf: str) -> Bounds | None:
    """What most dates are: one plain day, which needs no reading."""
    if len(edtf) != 10 or not PLAIN.fullmatch(edtf):
        return None
    try:
        day = date.fromisoformat(edtf).toordinal()
    except ValueError:
        return None
    return Bounds(day, day)


# Intervals and sets are put together here, date by date: asked for the whole, the library
# takes reversed ones, refuses 199X/.. and 2001-34/2001-35, and gives unknown ends ten years.
@lru_cache(maxsize=8192)
def _library_takes(single: SingleDate) -> bool:
    text = single.text
    if text[-1] in MARKS and not MARKS & set(text[:-1]):
        # Level 1 qualifies any date at its end; the library not seasons, nor 156X-12-25.
        text = text[:-1]
    if single.day is None and single.month and "X" in single.month and "X" not in single.year:
        # 1984-1X stands in the specification but crashes the library, which takes 1984-XX.
        text = text.replace(f"-{single.month}", "-XX")
    try:
        return parse_edtf(text) is not None
    except EDTFParseException:
        return False
    except Exception:  # noqa: BLE001 - its classes raise whatever they stumble on
        return False


def display(edtf: str) -> str:
    """A date in a reader's words, in the current language.

    Never raises: what cannot be read is returned as it is. Quick, as the library is not asked.
    """
    return edtf if len(edtf) > 2 * MAX_LENGTH else _displayed(edtf, of_now())


@lru_cache(maxsize=8192)
def _displayed(edtf: str, language: str) -> str:
    """The language is that of the wording, and here to tell cached words apart."""
    try:
        reading = read(edtf.strip())
        reading.bounds()
    except ValidationError:
        return edtf
    return words_for(reading)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source: EDTF, the source's own wording, and whether we infer it.

    Making one does not check it (`validate()` does), but strips both texts and brings the
    wording to Unicode NFC, so that equal dates are equal wherever they come from.
    """

    edtf: str
    as_given: str = ""
    inferred: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.edtf, str):
            object.__setattr__(self, "edtf", self.edtf.strip())
        if isinstance(self.as_given, str):
            wording = unicodedata.normalize("NFC", self.as_given).strip()
            object.__setattr__(self, "as_given", wording)

    def __str__(self) -> str:
        return display(self.edtf)

    @property
    def bounds(self) -> Bounds:
        """Raises ValidationError if the EDTF is not valid."""
        return bounds_of(self.edtf)

    @property
    def first_day(self) -> int:
        return self.bounds.first_day

    @property
    def last_day(self) -> int:
        return self.bounds.last_day

    @property
    def lasting(self) -> Bounds | None:
        """The days throughout which a from–to certainly lasts; None for any other date.

        Raises ValidationError if the EDTF is not valid.
        """
        reading = read(self.edtf)
        return reading.certainly_lasts() if isinstance(reading, Interval) else None

    @property
    def earliest(self) -> date | None:
        return self.bounds.earliest

    @property
    def latest(self) -> date | None:
        return self.bounds.latest

    def validate(self) -> None:
        """Raises ValidationError unless it may be stored and published."""
        bounds_of(self.edtf)
        if not isinstance(self.as_given, str) or not isinstance(self.inferred, bool):
            raise ValidationError(
                _("Of a date, the source’s wording is text and “inferred” is true or false."),
                code="date_types",
            )
        if len(self.as_given) > MAX_WORDING:
            raise ValidationError(
                _("The source’s wording of a date has at most %(limit)d characters."),
                code="wording_long",
                params={"limit": MAX_WORDING},
            )
        if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in self.as_given):
            raise ValidationError(
                _("The source’s wording of a date is one line, without control characters."),
                code="wording_characters",
            )

    def as_document(self) -> dict[str, Any]:
        """As documents and the API give it; open ends and an empty wording are None."""
        bounds = self.bounds
        return {
            "edtf": self.edtf,
            "earliest": bounds.earliest.isoformat() if bounds.earliest else None,
            "latest": bounds.latest.isoformat() if bounds.latest else None,
            "as_given": self.as_given or None,
            "inferred": self.inferred,
        }

    @classmethod
    def from_document(cls, value: Mapping[str, Any]) -> Self:
        """The inverse of `as_document()`; only `edtf` is required. Raises ValidationError."""
        if not isinstance(value, Mapping):
            raise ValidationError(
                _("A date is an object such as {“edtf”: “1997-07”}."), code="date_types"
            )
        if unknown := sorted(str(key) for key in set(value) - DOCUMENT_KEYS):
            raise ValidationError(
                _("A date has no “%(key)s”. It has edtf, as_given, inferred, earliest, latest."),
                code="date_keys",
                params={"key": _shown(unknown[0])},
            )
        if "edtf" not in value:
            raise ValidationError(
                _("A date needs “edtf”, for example {“edtf”: “1997-07”}."), code="date_keys"
            )
        given = value.get("as_given")
        made = cls(value["edtf"], "" if given is None else given, value.get("inferred", False))
        made.validate()
        document = made.as_document()
        for end in ("earliest", "latest"):
            if end in value and value[end] != document[end]:
                raise ValidationError(
                    _("“%(end)s” does not follow from %(edtf)s. Leave it out, or give %(right)s."),
                    code="date_bounds",
                    params={"end": end, "edtf": made.edtf, "right": document[end] or "null"},
                )
        return made


def _shown(text: str) -> str:
    return text[:50].encode("utf-8", "replace").decode()


def certainly_within(
    first: int, last: int, *, earliest: str = "earliest", latest: str = "latest"
) -> Q:
    """Rows that lie wholly between two days, whatever their dates mean. Undated ones do not.

    `earliest` and `latest` name the columns of day numbers.
    """
    # With both ends bounded, an index on either column can be used as a range.
    return Q(
        **{
            f"{earliest}__gte": first,
            f"{earliest}__lte": last,
            f"{latest}__gte": first,
            f"{latest}__lte": last,
        }
    )


def possibly_within(
    first: int, last: int, *, earliest: str = "earliest", latest: str = "latest"
) -> Q:
    """Rows that can lie between two days, if only in part. Undated ones do not."""
    return Q(**{f"{earliest}__lte": last, f"{latest}__gte": first})
