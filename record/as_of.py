"""The record as of an edition or a day that an address asks for: the second clock.

``?edition=N`` is read here for every public address (`conditional.record_of` asks), so that all
that is said at it is of that edition. ``?as_of=2026-03-31`` leads to the edition of that day. What
is neither is refused, since an address to keep must not show another edition than it names.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext

from chronicle.localised import day_in_words
from record.addresses import address
from record.as_read import OF_NOW, PARAMETER
from record.reading import Record

DAY = "as_of"
PARAMETERS = (PARAMETER, DAY)
LONGEST = 9  # digits of a number
WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python reads weeks as well
LONGEST_SAID = 40  # letters of what was asked for instead


@dataclass(frozen=True)
class AsOf:
    """What the banner says: which edition is shown, and where the page of now is."""

    number: int
    published_at: datetime.datetime
    newest: int
    now_url: str

    @property
    def later(self) -> int:
        """How many editions there have been since."""
        return self.newest - self.number


class NoSuchEdition(Http404):
    """Says which parameter is wrong, and what can be asked for."""

    def __init__(self, wrong: str, newest: int, *, parameter: str = PARAMETER) -> None:
        if newest == 0:
            editions = gettext("Nothing has been published yet.")
        elif parameter == DAY:  # for a day no number would do
            editions = ""
        elif newest == 1:
            editions = gettext("There is one so far: edition 1.")
        else:
            # Translators: of editions of the record.
            message = gettext("They are numbered from 1 to %(newest)d, the newest.")
            editions = message % {"newest": newest}
        super().__init__(f"{wrong} {editions}".strip())
        self.parameter = parameter


def no_number(asked: str, newest: int) -> NoSuchEdition:
    message = gettext("“%(text)s” is the number of no edition.")
    return NoSuchEdition(message % {"text": asked[:LONGEST_SAID]}, newest)


def require_edition(number: int, record: Record) -> None:
    """``NoSuchEdition`` where the record that is read has no edition of that number."""
    if not 1 <= number <= record.newest:
        raise no_number(str(number), record.newest)
    if number > record.number:
        message = gettext(
            "Edition %(number)d came after edition %(asked)d, which this address asks for."
        )
        said = message % {"number": number, "asked": record.number}
        raise NoSuchEdition(said, record.newest)


def asked_record(query: QueryDict, current: Record) -> Record:
    """The record that the address asks for, else the current one. One query for that of a day.

    ``NoSuchEdition`` for what is none.
    """
    if DAY in query:
        return current.at(_number_on(_day(query, current.number), current.number))
    given = query.getlist(PARAMETER)
    if not given:
        return current
    if len(given) > 1:
        raise NoSuchEdition(gettext("Give one edition."), current.number)
    number = _number(given[0])
    if not 1 <= number <= current.number:
        raise no_number(given[0], current.number)
    return current.at(number)


def as_of(request: HttpRequest, record: Record) -> AsOf | None:
    """Of a record that was asked for. One query, unless the edition has been read."""
    if not record.is_asked or record.edition is None:
        return None
    now_url = address_with(request, None)
    return AsOf(record.number, record.edition.published_at, record.newest, now_url)


def banner(request: HttpRequest) -> dict[str, Any]:
    """For every page: what its banner says of the edition that its address asks for, if any, and
    ``as_read``, which makes addresses that keep it.

    A context processor; no query where the view has read the edition.
    """
    record = getattr(request, "record", None)
    if record is None:
        return {"as_of": None, "as_read": OF_NOW}
    return {"as_of": as_of(request, record), "as_read": record.as_read}


def address_with(request: HttpRequest, number: int | None) -> str:
    """The address of the request, as of an edition; with ``None`` as of now."""
    query = request.GET.copy()
    for name in PARAMETERS:
        query.pop(name, None)
    if number is not None:
        query[PARAMETER] = str(number)
    return address(request.path, query.urlencode(safe=",/:"))


def _number(text: str) -> int:
    """The number written so; 0, which no edition has, where it is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if is_number else 0


def _number_on(day: datetime.date, newest: int) -> int:
    """The edition that was the newest at the end of a day. One query."""
    number = Record.on(day).number
    if number == 0:
        # Translators: %(day)s is a day as it stands by itself: “12 May 1994”.
        message = gettext("Nothing had been published by the end of %(day)s (UTC).")
        raise NoSuchEdition(message % {"day": day_in_words(day)}, newest, parameter=DAY)
    return number


def _day(query: QueryDict, newest: int) -> datetime.date:
    given = query.getlist(DAY)
    if PARAMETER in query:
        # Translators: names of parameters of an address.
        message = gettext("Give “%(edition)s” or “%(day)s”, not both.")
        wrong = message % {"edition": PARAMETER, "day": DAY}
    elif len(given) > 1:
        wrong = gettext("Give one day.")
    elif (day := _read(given[0])) is None:
        message = gettext("“%(text)s” is no day; write one like 2026-03-31.")
        wrong = message % {"text": given[0][:LONGEST_SAID]}
    elif day > datetime.datetime.now(datetime.UTC).date():
        wrong = gettext("%(day)s is still to come.") % {"day": day_in_words(day)}
    else:
        return day
    raise NoSuchEdition(wrong, newest, parameter=DAY)


def _read(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if WRITTEN.fullmatch(text) else None
    except ValueError:
        return None
