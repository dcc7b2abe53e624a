"""A reader's words for dates: never more precise than the date, no qualification dropped.

How a language writes a day or a month is told by ``chronicle.localised``; all else goes through
gettext. Dates stand in these sentences as they stand by themselves, in the nominative where a
language has cases: a translation is worded so that this is right (“начало: 12 мая 1994 г.”).
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from chronicle.date_parts import DateSet, Interval, Reading, SingleDate
from chronicle.localised import (
    day_in_words,
    day_of_any_year,
    day_of_month,
    listed,
    month_in_words,
    month_name,
    year_goes_first,
)

COMPONENTS = (
    pgettext_lazy("part of a date", "year"),
    pgettext_lazy("part of a date", "month"),
    pgettext_lazy("part of a date", "day"),
)
MARKS = {
    # Translators: behind a whole date and a comma: “1984, uncertain”.
    "?": pgettext_lazy("of a date", "uncertain"),
    # Translators: behind a whole date and a comma: “1960s, approximate”.
    "~": pgettext_lazy("of a date", "approximate"),
    "%": pgettext_lazy("of a date", "uncertain and approximate"),
}
PARTS_MARKED = {
    # Translators: behind a date: “11 June 2004, year and month uncertain”. %(what)s lists “year”,
    # “month”, “day”; where words have to agree, put them the other way round: “uncertain: year”.
    "?": gettext_lazy("%(what)s uncertain"),
    # Translators: as “%(what)s uncertain”.
    "~": gettext_lazy("%(what)s approximate"),
    # Translators: as “%(what)s uncertain”.
    "%": gettext_lazy("%(what)s uncertain and approximate"),
}
GROUPINGS = {
    # Translators: seasons and parts of a year; %(year)s is “1994”.
    21: gettext_lazy("spring %(year)s"),
    22: gettext_lazy("summer %(year)s"),
    23: gettext_lazy("autumn %(year)s"),
    24: gettext_lazy("winter %(year)s"),
    25: gettext_lazy("northern-hemisphere spring %(year)s"),
    26: gettext_lazy("northern-hemisphere summer %(year)s"),
    27: gettext_lazy("northern-hemisphere autumn %(year)s"),
    28: gettext_lazy("northern-hemisphere winter %(year)s"),
    29: gettext_lazy("southern-hemisphere spring %(year)s"),
    30: gettext_lazy("southern-hemisphere summer %(year)s"),
    31: gettext_lazy("southern-hemisphere autumn %(year)s"),
    32: gettext_lazy("southern-hemisphere winter %(year)s"),
    33: gettext_lazy("first quarter of %(year)s"),
    34: gettext_lazy("second quarter of %(year)s"),
    35: gettext_lazy("third quarter of %(year)s"),
    36: gettext_lazy("fourth quarter of %(year)s"),
    37: gettext_lazy("first four months of %(year)s"),
    38: gettext_lazy("middle four months of %(year)s"),
    39: gettext_lazy("last four months of %(year)s"),
    40: gettext_lazy("first half of %(year)s"),
    41: gettext_lazy("second half of %(year)s"),
}
RUNS = {
    "[": (
        # Translators: some day, either “December 1760” or an earlier one.
        pgettext_lazy("one of several dates", "%(date)s or earlier"),
        pgettext_lazy("one of several dates", "%(date)s or later"),
    ),
    "{": (
        # Translators: all of these days: “1984” and all before it.
        pgettext_lazy("all of several dates", "%(date)s and earlier"),
        pgettext_lazy("all of several dates", "%(date)s and later"),
    ),
}


def words_for(reading: Reading) -> str:
    """The date in the current language."""
    if isinstance(reading, Interval):
        return _interval(reading)
    if isinstance(reading, DateSet):
        return _date_set(reading)
    return _single(reading)


def _single(single: SingleDate, *, within: bool = False) -> str:
    """Within an interval or set, notes stand in brackets: commas part the dates there."""
    base, notes = _base_and_notes(single, within=within)
    base, notes = _qualified(single, base, notes)
    if not notes:
        return base
    if within:
        # Translators: within a longer phrase: “from 1984 (uncertain; day unknown) to 2004”.
        return _("%(date)s (%(notes)s)") % {"date": base, "notes": "; ".join(notes)}
    return ", ".join([base, *notes])


def _base_and_notes(single: SingleDate, *, within: bool) -> tuple[str, list[str]]:
    if single.grouping is not None:
        return GROUPINGS[single.grouping] % {"year": single.year}, []
    if single.digits:
        return single.year, _significant_digits(single)
    if "X" in single.text:
        return _with_unknown_digits(single, within=within)
    base = _plain(single)
    return (base, [_time(single)]) if single.time else (base, [])


def _plain(single: SingleDate) -> str:
    if single.month is None:
        return single.year
    if single.day is None:
        return month_in_words(date(int(single.year), int(single.month), 1))
    return day_in_words(date(int(single.year), int(single.month), int(single.day)))


def _time(single: SingleDate) -> str:
    if not single.zone:
        return single.time
    zone = "" if single.zone == "Z" else single.zone.replace("-", "\N{MINUS SIGN}")
    return f"{single.time} UTC{zone}"


def _significant_digits(single: SingleDate) -> list[str]:
    step = 10 ** max(len(str(int(single.year))) - (single.digits or 0), 0)
    if step == 1:
        return []
    first = int(single.year) // step * step
    # Translators: how exact a year is, behind it: “1950, to 2 significant digits: 1900–1999”.
    message = ngettext(
        "to %(count)d significant digit: %(first)04d–%(last)04d",
        "to %(count)d significant digits: %(first)04d–%(last)04d",
        single.digits or 0,
    )
    return [message % {"count": single.digits, "first": first, "last": first + step - 1}]


def _with_unknown_digits(single: SingleDate, *, within: bool) -> tuple[str, list[str]]:
    months = single.months() if single.month else []
    days = single.days() if single.day else []
    year_known, one_month = "X" not in single.year, len(months) == 1
    base, notes = single.year, []
    unknown = [single.month == "XX" and COMPONENTS[1], single.day == "XX" and COMPONENTS[2]]
    if year_known and one_month:
        known_day = days[0] if len(days) == 1 else None
        base = _plain(_dated(single.year, months[0], known_day))
    elif not year_known:
        years = _years(single)
        if one_month:
            base = _in_any_year(months[0], days[0] if len(days) == 1 else None)
            # Translators: behind a day of any year: “25 December, in one of the years 1560–1569”.
            notes.append(_("in one of the years %(years)s") % {"years": years})
        elif single.year[:3].isdigit():
            # Translators: a decade within a phrase: “from the 1960s to the 1970s”, “one of: the
            # 1960s, 1975”. %(year)s is “1960”.
            decade = pgettext("decade after from, to, until or a comma", "the %(year)ss")
            # Translators: a decade by itself: “1960s”. %(year)s is “1960”.
            decade = decade if within else pgettext("decade", "%(year)ss")
            base = decade % {"year": f"{single.year[:3]}0"}
            unknown.insert(0, bool(single.month) and COMPONENTS[0])
        elif single.month or within or not _follow_one_another(single.years()):
            base = years
            unknown.insert(0, COMPONENTS[0])
        else:
            first, last = (f"{year:04}" for year in (single.years()[0], single.years()[-1]))
            base = _("some year from %(first)s to %(last)s") % {"first": first, "last": last}
    if names := [str(name) for name in unknown if name]:
        # Translators: behind a date: “1985, month and day unknown”. %(what)s lists “year”, “month”,
        # “day”; where words have to agree, put them the other way round: “unknown: month, day”.
        notes.append(_("%(what)s unknown") % {"what": listed(names)})
    if len(months) > 1 and single.month != "XX":
        # Translators: behind a year: “1984, month October, November or December”.
        notes.append(_("month %(which)s") % {"which": _either([month_name(m) for m in months])})
    if days and single.day != "XX" and not (one_month and len(days) == 1):
        # Translators: behind a month: “December 1984, day 5, 15 or 25”.
        notes.append(_("day %(which)s") % {"which": _either([str(day) for day in days])})
    return base, notes


def _years(single: SingleDate) -> str:
    years = single.years()
    if _follow_one_another(years):
        return f"{years[0]:04}–{years[-1]:04}"
    # Translators: a year whose digits are not all known: “1X8X (X: any digit)”.
    return _("%(year)s (X: any digit)") % {"year": single.year}


def _follow_one_another(years: Sequence[int]) -> bool:
    return years[-1] - years[0] == len(years) - 1


def _in_any_year(month: int, day: int | None) -> str:
    if day is None:
        return month_name(month)
    return day_of_any_year(date(2000, month, day))  # a leap year, so that it has every day


def _either(names: Sequence[str]) -> str:
    """More than four always follow one another, since only their last digit is unknown."""
    if len(names) > 4:
        # Translators: months, days or dates that follow one another: “January to September”.
        return _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
    return listed(names, either=True)


def _qualified(single: SingleDate, base: str, notes: list[str]) -> tuple[str, list[str]]:
    marks = single.marks
    if len(set(marks)) == 1:
        if marks[0] in ("~", "%") and "X" not in single.text:
            # Translators: %(date)s is a year, month or day as it stands by itself: “about 1984”.
            base = _("about %(date)s") % {"date": base}
            return base, [*notes, str(MARKS["?"])] if marks[0] == "%" else notes
        return base, [*notes, str(MARKS[marks[0]])] if marks[0] else notes
    for mark, message in PARTS_MARKED.items():
        marked = zip(COMPONENTS, marks, strict=False)
        if names := [str(name) for name, its_mark in marked if its_mark == mark]:
            notes = [*notes, str(message % {"what": listed(names)})]
    return base, notes


def _interval(interval: Interval) -> str:
    start, end = interval.start, interval.end
    if isinstance(start, SingleDate) and isinstance(end, SingleDate):
        return _between(start, end)
    if isinstance(start, SingleDate):
        # Translators: %(date)s is a date as it stands by itself: “from 2020”, still open.
        still_open = _("from %(date)s")
        # Translators: %(date)s is a date as it stands by itself; when it ended is not told.
        known = still_open if end else _("from %(date)s, no end given")
        return known % {"date": _single(start, within=True)}
    # Translators: %(date)s is a date as it stands by itself; there is no beginning to tell.
    ever = _("until %(date)s")
    # Translators: %(date)s is a date as it stands by itself; when it began is not told.
    known = ever if start else _("until %(date)s, no beginning given")
    return known % {"date": _single(end, within=True) if isinstance(end, SingleDate) else ""}


def _between(start: SingleDate, end: SingleDate) -> str:
    if "X" in start.text + end.text:
        # Translators: dates as they stand by themselves: “from the 1960s to the 1970s”.
        message = _("from %(start)s to %(end)s")
    else:
        # Translators: “31 January – 4 February 2005”, “1993 – 2003”.
        message = pgettext("interval", "%(start)s – %(end)s")
    first, last = _single(start, within=True), _single(end, within=True)
    alike = start.is_exact and end.is_exact and len(start.text) == len(end.text)
    if alike and start.month and start.year == end.year and start.text != end.text:
        same_month = start.month == end.month
        if year_goes_first(of_a_month=start.day is None):
            last = _without_year(end, same_month=same_month)
        else:
            first = _without_year(start, same_month=same_month)
    return message % {"start": first, "end": last}


def _without_year(single: SingleDate, *, same_month: bool) -> str:
    """One end of an interval, where the other one gives year (and month) for both."""
    month, day = int(single.month or 1), int(single.day or 0)
    if not day:
        return month_name(month)
    return day_of_month(day) if same_month else day_of_any_year(date(2000, month, day))


def _date_set(several: DateSet) -> str:
    members = ", ".join(_member(member, several) for member in several.members)
    if several.bracket == "{":
        # Translators: each of these dates: “all of: 1960, December 1961”.
        return _("all of: %(dates)s") % {"dates": members}
    if len(several.members) == 1 and ".." in _open_ends(several.members[0]):
        return members
    if len(several.members) == 1 and isinstance(several.members[0], Interval):
        return _in_run(several.members[0])
    # Translators: one of these dates, it is not known which: “one of: 1667, December 1760”.
    return _("one of: %(dates)s") % {"dates": members}


def _in_run(run: Interval) -> str:
    """Some time in a run that has both ends."""
    ends = {"first": _single(run.start), "last": _single(run.end)}  # type: ignore[arg-type]
    # Translators: some day from one to the other: “between 31 January 2005 and 4 February 2005”;
    # dates as they stand by themselves.
    return _("between %(first)s and %(last)s") % ends


def _member(member: SingleDate | Interval, several: DateSet) -> str:
    if isinstance(member, SingleDate):
        return _single(member, within=True)
    earlier, later = RUNS[several.bracket]
    if not isinstance(member.start, SingleDate):
        return earlier % {"date": _single(member.end)} if isinstance(member.end, SingleDate) else ""
    if not isinstance(member.end, SingleDate):
        return later % {"date": _single(member.start)}
    ends = {"first": _single(member.start), "last": _single(member.end)}
    return _("%(first)s to %(last)s") % ends


def _open_ends(member: SingleDate | Interval) -> tuple[object, ...]:
    return (member.start, member.end) if isinstance(member, Interval) else ()


def _dated(year: str, month: int, day: int | None) -> SingleDate:
    return SingleDate("", year, f"{month:02}", None if day is None else f"{day:02}")
