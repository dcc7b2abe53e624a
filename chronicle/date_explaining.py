"""What makes a date less than certain, in whole sentences for readers who do not know EDTF."""

from collections.abc import Iterator
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chronicle.date_parts import DateSet, Interval, Reading, singles_of
from chronicle.date_reading import read
from chronicle.localised import day_in_words

APPROXIMATE = gettext_lazy("Approximate: near this date; exactly when is not known.")
UNCERTAIN = gettext_lazy("Uncertain: most likely this date, but it may be another.")
INFERRED = gettext_lazy(
    "Inferred: worked out by the editors; the sources do not give it as the date of this."
)
STARTS = {
    "": gettext_lazy("No beginning given: when it began is not told."),
    "..": gettext_lazy("Beginning open: it has no beginning that could be told."),
}
ENDS = {
    "": gettext_lazy("No end given: whether and when it ended is not told."),
    "..": gettext_lazy("End open: as far as the source tells, it had not ended."),
}


def explained(edtf: str, *, inferred: bool) -> list[str]:
    """A sentence for each reason; none for a date that is plain. Never raises."""
    sentences = [*_explained(edtf, get_language())]
    return [*sentences, str(INFERRED)] if inferred else sentences


@lru_cache(maxsize=8192)
def _explained(edtf: str, language: str | None) -> tuple[str, ...]:
    """The language is that of the sentences, and here to tell those that are kept apart."""
    try:
        return tuple(str(sentence) for sentence in _sentences(read(edtf.strip())))
    except ValidationError:
        return ()


def _sentences(reading: Reading) -> Iterator[object]:
    singles = singles_of(reading)
    marks = {mark for single in singles for mark in single.marks}
    if marks & {"~", "%"}:
        yield APPROXIMATE
    if marks & {"?", "%"}:
        yield UNCERTAIN
    if isinstance(reading, Interval):
        if isinstance(reading.start, str):
            yield STARTS[reading.start]
        if isinstance(reading.end, str):
            yield ENDS[reading.end]
    one_of = isinstance(reading, DateSet) and reading.bracket == "["
    vague = any("X" in single.text or single.digits or single.grouping for single in singles)
    if one_of or vague:
        yield from _span(reading)


def _span(reading: Reading) -> Iterator[str]:
    """Between which days it lies, where it has both."""
    bounds = reading.bounds()
    if bounds.earliest and bounds.latest:
        # Translators: days as they stand by themselves: “12 May 1994”.
        yield _("It lies somewhere from %(first)s to %(last)s.") % {
            "first": day_in_words(bounds.earliest),
            "last": day_in_words(bounds.latest),
        }
