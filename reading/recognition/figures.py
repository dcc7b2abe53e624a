"""Figures with what they count: people, things, money, shares and measures."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from reading.recognition.counted import Counted, counted_after, is_time
from reading.recognition.dates import dates_in
from reading.recognition.found import DateFound, FigureFound
from reading.recognition.numbers import AMOUNT, NUMBER, text_of, value_of
from reading.recognition.titles import OPENERS
from reading.recognition.wordings import NUMBERS, any_of
from reading.recognition.years import NUMBERED
from sources.selectors import FoldedText, Span

AT_LEAST = (
    *("at least", "no fewer than", "no less than", "not less than", "not fewer than"),
    *("a minimum of", "more than", "over", "upwards of", "in excess of", "exceeding", "well over"),
    *("just over", "a little over"),
)
AT_MOST = (
    *("up to", "at most", "no more than", "not more than", "fewer than", "less than", "under"),
    *("a maximum of", "as many as", "as much as", "just under", "not over"),
)
ABOUT = (
    *("about", "around", "some", "approximately", "roughly", "nearly", "almost", "an estimated"),
    *("estimated", "circa", "close to", "perhaps", "possibly", "probably"),
)
EXACTLY = ("exactly", "precisely", "a total of", "altogether", "another", "a further", "all")
QUALIFIED = (
    rf"(?:(?i:(?P<least>{any_of(AT_LEAST)})|(?P<most>{any_of(AT_MOST)})|(?P<about>{any_of(ABOUT)})"
    rf"|{any_of(EXACTLY)}) )?(?i:(?:another|some|about|around|a further) )?"
)
CURRENCY = r"(?:US ?\$|A\$|C\$|[$€£¥₼₽])"
PAIRS = tuple(
    re.compile(rf"{QUALIFIED}{opening}(?P<number>{NUMBER}){link}(?P<other>{NUMBER})")
    for opening, link in (
        (r"(?i:between )", " and "),
        (r"(?i:from )?", r"(?: to | or | ?- ?)"),
    )
)
MONEY = re.compile(
    rf"{QUALIFIED}(?P<currency>{CURRENCY}) ?(?P<number>{AMOUNT})"
    rf"(?:(?: to |-){CURRENCY}?(?P<other>{AMOUNT}))?"
)
SINGLE = re.compile(rf"{QUALIFIED}(?P<number>{NUMBER})")
# Where a figure can begin.
BEGINNING = re.compile(
    rf"(?<![\w.,:/$€£+#'-])(?:\d|{CURRENCY}"
    rf"|(?i:{any_of((*AT_LEAST, *AT_MOST, *ABOUT, *EXACTLY, *NUMBERS))}|between|from|half a|an?)\b)"
)
MORE = re.compile(r" or (?P<which>more|fewer|less|so)\b")
DETERMINED = re.compile(r"(?i)\b(?:the|these|those|both|his|her|its|their|our|other|first|last) $")
CAPITAL = re.compile(r"([A-Z]\w*) $")
SCALED = re.compile(r"(?i) ?(?:hundred|thousand|[mb]illion|trillion|dozen|bn|tn|mn|m|k)\b")
CHANGED = re.compile(
    r"\b(?:grew|grown|grow|rose|risen|rise|raised?|fell|fallen|fall|dropped|went|gone|increased?|"
    r"decreased?|reduced?|cut|expanded|shrank|climbed|swelled|declined?|jumped)\b[^.;]*$"
)
SMALL = 12  # in words: “the two presidents” counts nothing
MOST = Decimal(10) ** 14  # what a figure of an event can hold


class Bounds(NamedTuple):
    """What the words say of the number."""

    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    exact: bool


def figures_in(text: FoldedText, *, dates: Sequence[DateFound] | None = None) -> list[FigureFound]:
    """Every figure of the text, in order, without overlap among them or with its dates.

    ``dates``: those of these blocks, if they have been found already, which takes longest.
    """
    taken = iter([date.span for date in (dates_in(text) if dates is None else dates)])
    date = next(taken, None)
    found = []
    for block in text.blocks:
        start, end = block.span
        for figure in _in_block(text.text[start:end]):
            span = Span(figure.span.start + start, figure.span.end + start)
            while date is not None and date.end <= span.start:
                date = next(taken, None)
            if date is None or span.end <= date.start:
                found.append(figure._replace(span=span))
    return found


def _in_block(text: str) -> Iterator[FigureFound]:
    position = 0
    while beginning := BEGINNING.search(text, position):
        start = beginning.start()
        figure = next(filter(None, (_read(text, form.match(text, start)) for form in FORMS)), None)
        if figure is not None:
            yield figure
            position = figure.span.end
        else:
            position = beginning.end()
            while position < len(text) and (text[position].isalnum() or text[position] in ",."):
                position += 1


FORMS = (*PAIRS, MONEY, SINGLE)


def _read(text: str, match: re.Match[str] | None) -> FigureFound | None:
    if match is None or _changes(text, match) or _numbers_something(text, match):
        return None
    named = match.groupdict()
    bounds = _bounds(named)
    if bounds is None:
        return None
    end = match.end()
    if more := MORE.match(text, end):
        bounds, end = _with_more(bounds, more["which"]), more.end()
    counted = _counted(text, end, named, bounds)
    if counted is None:
        return None
    span = Span(match.start(), counted.end)
    low, best, high = (None if each is None else text_of(each) for each in bounds[:3])
    words = text[span.start : span.end]
    return FigureFound(span, words, low, best, high, bounds.exact, counted.what, counted.unit)


def _counted(text: str, end: int, named: dict[str, str | None], bounds: Bounds) -> Counted | None:
    if named.get("currency"):
        return Counted("", named["currency"] or "", end)
    if is_time(text, end):
        return None
    one = bounds.best == 1 and not named.get("other")
    if counted := counted_after(text, end, one=one):
        return counted
    # A large number says something by itself: “1,800 had left”.
    number = named["number"] or ""
    qualified = named.get("least") or named.get("most") or named.get("about")
    large = "," in number if number[0].isdigit() else bool(SCALED.search(number))
    if large or (qualified and number[0].isdigit() and text[end : end + 1] != "-"):
        return Counted("", "", end)
    return None


def _changes(text: str, match: re.Match[str]) -> bool:
    """“Grew from 12,000 to 85,000” are two numbers, no range."""
    return " to " in match[0] and bool(
        CHANGED.search(text, max(0, match.start() - 32), match.start())
    )


def _numbers_something(text: str, match: re.Match[str]) -> bool:
    """“Article 5”, “the two presidents”, “Protocol 3 states”."""
    before = text[max(0, match.start() - 24) : match.start()]
    words = match["number"]
    if words[0].isdigit():
        capital = CAPITAL.search(before)
        named = capital is not None and capital[1] not in OPENERS and "," not in words
        return named or bool(NUMBERED.search(before) and match.start() == match.start("number"))
    bare = words.lower() in ("a", "an") or not re.search(r"\w", words)
    return bare or (value_of(words) <= SMALL and bool(DETERMINED.search(before)))


def _bounds(named: dict[str, str | None]) -> Bounds | None:
    """None where the two numbers are no range, or too large to be kept."""
    number, other = value_of(named["number"] or ""), named.get("other")
    if other:
        high = value_of(other)
        # “Three to four million”: the scale is said once.
        if number < high and not SCALED.search(named["number"] or ""):
            bare = value_of(SCALED.sub("", other))
            number *= high / bare if bare > number else 1
        return Bounds(number, None, high, False) if number < high < MOST else None
    if number >= MOST:
        return None
    if named.get("least"):
        return Bounds(number, None, None, False)
    if named.get("most"):
        return Bounds(None, None, number, False)
    return Bounds(None, number, None, not named.get("about"))


def _with_more(bounds: Bounds, which: str) -> Bounds:
    if bounds.best is None:
        return bounds
    if which == "more":
        return Bounds(bounds.best, None, None, False)
    return bounds._replace(exact=False) if which == "so" else Bounds(None, None, bounds.best, False)
