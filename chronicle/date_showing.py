"""Partial dates as pages show them; also of documents, where they are mappings."""

import re
from collections.abc import Mapping
from typing import Any

from chronicle.date_explaining import explained
from chronicle.dates import PartialDate, display

WORD = re.compile(r"\w+")
LEADING_UP = frozenset({"on", "in", "of"})
# The texts of dates that HTML's <time datetime> and EDTF have in common.
HTML_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")


def partial_date(value: Any) -> str:
    """The date in a reader's words; empty for no date."""
    return display(_edtf_of(value))


def html_date(value: Any) -> str:
    """What <time datetime> may say of it; empty where HTML cannot say it without inventing."""
    edtf = _edtf_of(value)
    return edtf if HTML_DATE.fullmatch(edtf) else ""


def source_wording(value: Any) -> str:
    """The source's own wording; empty where it says no more than the date in a reader's words."""
    if isinstance(value, PartialDate):
        wording = value.as_given
    else:
        wording = value.get("as_given") or "" if isinstance(value, Mapping) else ""
    return "" if _telling(wording) == _telling(display(_edtf_of(value))) else wording


def date_explained(value: Any) -> list[str]:
    """A sentence for each thing that makes the date less than certain."""
    inferred = value.get("inferred", False) if isinstance(value, Mapping) else False
    return explained(_edtf_of(value), inferred=inferred)


def _telling(words: str) -> frozenset[str]:
    """The words that tell something, in whatever order: “On July 2, 1997” is 2 July 1997."""
    return frozenset(WORD.findall(words.casefold())) - LEADING_UP


def _edtf_of(value: Any) -> str:
    if isinstance(value, PartialDate):
        return value.edtf
    if isinstance(value, Mapping):
        value = value.get("edtf")
    return value if isinstance(value, str) else ""
