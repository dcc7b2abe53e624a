"""Figures in words, as exact as they are and no more."""

from collections.abc import Mapping
from typing import Any

from chronicle.kept_words import gettext
from chronicle.localised import decimal_sign
from chronicle.localised import number as number_in_words
from record.phrases import phrase
from record.rows import Value


def figure_words(quantity: Mapping[str, Any]) -> str:
    """``about 40 persons``, ``2.5–3.25``, ``at least 10 (best estimate 12)``."""
    return figure_in_words(quantity, "").name


def figure_in_words(quantity: Mapping[str, Any], language: str) -> Value:
    """The same; ``language``: of the unit, where it is not the page's."""
    low, best, high = (_grouped(quantity[name]) for name in ("low", "best", "high"))
    if low and high:
        said = f"{low}–{high}"
    elif low:
        said = gettext("at least %(number)s") % {"number": low}
    elif high:
        said = gettext("at most %(number)s") % {"number": high}
    else:
        said = best
    if best and best != said:
        said = f"{best} ({said})"
    if quantity["approximate"]:
        # Translators: a number that is not exact: “about 40”.
        said = gettext("about %(number)s") % {"number": said}
    if not quantity["unit"]:
        return Value(said)
    unit = Value(quantity["unit"], language=language)
    return phrase("%(number)s %(unit)s", number=Value(said), unit=unit)


def _grouped(number: str | None) -> str:
    """Thousands apart; the decimals as they stand."""
    if number is None:
        return ""
    sign = "\N{MINUS SIGN}" if number.startswith("-") else ""
    whole, dot, decimals = number.removeprefix("-").partition(".")
    return f"{sign}{number_in_words(int(whole))}{dot and decimal_sign()}{decimals}"
