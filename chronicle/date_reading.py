"""EDTF text taken apart (Library of Congress 2019, levels 0 to 2; ISO 8601-2:2019)."""

import re

from django.utils.translation import gettext_lazy as _

from chronicle.date_parts import (
    GROUPINGS,
    MAX_LENGTH,
    RANGE,
    UNREADABLE,
    DateSet,
    Interval,
    Reading,
    SingleDate,
    refuse,
)

MARK = "[?~%]?"
SINGLE = re.compile(
    rf"(?P<before_year>{MARK})(?P<year>[0-9X]{{4}})(?:S(?P<digits>[1-4]))?(?P<after_year>{MARK})"
    rf"(?:-(?P<before_month>{MARK})(?P<month>[0-9X]{{2}})(?P<after_month>{MARK})"
    rf"(?:-(?P<before_day>{MARK})(?P<day>[0-9X]{{2}})(?P<after_day>{MARK}))?)?"
)
# The library refuses +00:00, which ISO 8601 allows, so that times are read here alone.
TIMED = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"T(?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?P<zone>Z|(?!-00(?::00)?$)[+-](?:0[0-9]|1[0-3])(?::[0-5][0-9])?|[+-]14(?::00)?)?"
)
FOREIGN = re.compile(r"[^0-9XYESTZ?~%/.,:+\-\[\]{} ]")
OUT_OF_RANGE = re.compile(r"(?:^|[\[{,/. ?~%])(?:-[0-9X]{4}|Y-?[0-9])")

NO_MONTH = _("“%(text)s” has no such month: months are 01 to 12, as in 1997-07.")


def read(text: str) -> Reading:
    """Take stripped EDTF text apart. Linear in its length; the library is not asked."""
    if not text:
        refuse(
            _("The date is empty. Write one such as 1997-07-20, 1997-07 or 1997."),
            "edtf_empty",
            text,
        )
    if len(text) > MAX_LENGTH:
        refuse(
            _("A date has at most 100 characters, for example 1993-07/1994-05."), "edtf_long", text
        )
    if foreign := FOREIGN.search(text):
        character = foreign[0] if foreign[0].isprintable() else f"U+{ord(foreign[0]):04X}"
        message = _(
            "“%(text)s” cannot stand in a date. Dates are written with 0–9, - / . ? ~ %% and X, "
            "for example 1997-07~."
        )
        refuse(message, "edtf_character", character)
    if OUT_OF_RANGE.search(text):
        refuse(RANGE, "edtf_range", text)
    if text[0] in "[{":
        return _read_set(text)
    if "/" in text:
        return _read_interval(text, *text.split("/", 1))
    if timed := TIMED.fullmatch(text):
        year, month, day = timed["day"].split("-")
        return _calendar_date(
            SingleDate(
                timed["day"], year, month, day, None, timed["time"], timed["zone"] or "", ("",) * 3
            )
        )
    return _read_single(text, whole=text)


def _read_single(text: str, *, whole: str) -> SingleDate:
    found = SINGLE.fullmatch(text)
    if not found:
        refuse(UNREADABLE, "edtf_unreadable", whole)
    # A mark after a component holds for it and all before it, a mark before it for it alone.
    marks = [found["before_year"] + found["after_year"]]
    for name in ("month", "day"):
        if found[name] is not None:
            after = found[f"after_{name}"]
            marks = [mark + after for mark in marks] + [found[f"before_{name}"] + after]
    digits = int(found["digits"]) if found["digits"] else None
    single = SingleDate(
        text,
        found["year"],
        found["month"],
        found["day"],
        digits,
        marks=tuple(map(_one_mark, marks)),
    )
    if digits and (single.month or "X" in single.year or found["before_year"]):
        refuse(UNREADABLE, "edtf_unreadable", whole)
    return _calendar_date(single)


def _calendar_date(single: SingleDate) -> SingleDate:
    """The same date, if its month exists and has such a day."""
    if single.grouping is not None:
        if single.day or "X" in single.year or single.grouping not in GROUPINGS:
            refuse(NO_MONTH, "edtf_month", single.text)
    elif not single.months():
        refuse(NO_MONTH, "edtf_month", single.text)
    elif single.day and not single.days():
        message = _(
            "“%(text)s” does not exist: that month has no such day. "
            "The last of February 1999, for example, is 1999-02-28."
        )
        refuse(message, "edtf_no_such_day", single.text)
    return single


def _read_interval(text: str, start: str, end: str) -> Interval:
    if start in ("", "..") and end in ("", ".."):
        refuse(
            _("“%(text)s” names no day. Give at least one end, as in 2020/.. or ../1993."),
            "edtf_no_end",
            text,
        )
    ends = [part if part in ("", "..") else _read_single(part, whole=text) for part in (start, end)]
    return _in_order(Interval(*ends), text)  # type: ignore[arg-type]


def _read_set(text: str) -> DateSet:
    closing = {"[": "]", "{": "}"}[text[0]]
    parts = [
        part.lstrip(" ") if place else part for place, part in enumerate(text[1:-1].split(","))
    ]
    members: list[SingleDate | Interval] = []
    for place, part in enumerate(parts):
        start, dots, end = part.partition("..")
        misplaced = dots and ((not start and place) or (not end and place < len(parts) - 1))
        if text[-1] != closing or misplaced or part == "..":
            refuse(UNREADABLE, "edtf_unreadable", text)
        members.append(_read_run(text, start, end) if dots else _read_single(part, whole=text))
    if len(members) == 1 and isinstance(members[0], SingleDate):
        refuse(
            _("“%(text)s” holds one date. A set holds several, as in [1667, 1760-12]."),
            "edtf_set",
            text,
        )
    return DateSet("[" if text[0] == "[" else "{", tuple(members))


def _read_run(text: str, start: str, end: str) -> Interval:
    ends = [_read_single(part, whole=text) if part else ".." for part in (start, end)]
    dates = [single for single in ends if isinstance(single, SingleDate)]
    if (
        not all(single.is_exact for single in dates)
        or len({len(single.text) for single in dates}) > 1
    ):
        message = _(
            "The ends of “%(text)s” must both be plain years, months or days, as in [1670..1672]."
        )
        refuse(message, "edtf_run", text)
    return _in_order(Interval(*ends), text)  # type: ignore[arg-type]


def _in_order(interval: Interval, text: str) -> Interval:
    bounds = interval.bounds()
    if bounds.first_day > bounds.last_day:
        refuse(
            _("“%(text)s” ends before it begins. Write the earlier date first, as in 1993/2003."),
            "edtf_order",
            text,
        )
    return interval


def _one_mark(marks: str) -> str:
    """Uncertain and approximate together are “%”."""
    return "%" if "%" in marks or {"?", "~"} <= set(marks) else marks[:1]
