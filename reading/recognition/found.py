"""What is found, and what is looked for."""

from typing import NamedTuple

from sources.selectors import Span


class DateFound(NamedTuple):
    """A date in words. ``why`` is a sentence, and empty unless the date is inferred."""

    span: Span
    words: str
    edtf: str
    inferred: bool
    why: str


class NameFound(NamedTuple):
    """A name that stands in the text, and the public ids of those who bear it.

    Several ids: it is ambiguous; the likeliest stands first.
    """

    span: Span
    words: str
    candidates: tuple[str, ...]


class FigureFound(NamedTuple):
    """A number and what it counts. Numbers are decimal text, as documents hold them.

    ``exact``: the words say one number and nothing like “about”; it is ``best`` then. ``low`` and
    ``high`` are bounds that the words give. ``unit`` is a unit of measure, a currency or “%”;
    ``what`` the noun counted. One of them may be empty.
    """

    span: Span
    words: str
    low: str | None
    best: str | None
    high: str | None
    exact: bool
    what: str
    unit: str


class Known(NamedTuple):
    """Somebody or something that has names: an entry that a text may speak of.

    ``surname`` is what a person is called once the full name has stood.
    """

    public_id: str
    names: tuple[str, ...]
    surname: str = ""
