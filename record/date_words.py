"""Partial dates of documents in words."""

from collections.abc import Mapping
from typing import Any

from chronicle.dates import display
from chronicle.kept_words import gettext


def date_in_words(date: Mapping[str, Any]) -> str:
    """``July 1997 (1997-07; in the source: “in July”), inferred``."""
    words = display(date["edtf"])
    beside = [date["edtf"]] if date["edtf"] != words else []
    if date.get("as_given"):
        beside.append(in_the_source(date["as_given"]))
    if beside:
        words += f" ({'; '.join(beside)})"
    if date.get("inferred"):
        # Translators: a date that the editors have worked out: “July 1997, inferred”.
        return gettext("%(date)s, inferred") % {"date": words}
    return words


def in_the_source(wording: str) -> str:
    # Translators: how a source writes a date, in brackets behind it: “in the source: “in July””.
    return gettext("in the source: “%(words)s”") % {"words": wording}
