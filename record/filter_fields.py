"""Form fields of the filters: what a parameter may say, and what is wrong with it.

Every error is a ``ValidationError`` whose ``params`` may name, as ``allowed``, what would do.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, NoReturn
from unicodedata import category

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy

from chronicle.dates import Bounds, bounds_of, display
from record.query import TooManyWords, parse_strictly

MOST_VALUES = 20  # of one parameter
NONE = "none"  # the value of entries that have none
LONGEST = 200  # characters of one value
# What is said of EDTF helps whoever writes it; readers need not know it.
UNREADABLE = frozenset({"edtf_character", "edtf_unreadable", "edtf_long"})


class NamedEntry(NamedTuple):
    """An entry that a parameter names."""

    id: str
    slug: str
    label: Any  # text, of ``NONE_RECORDED`` to be translated


# Translators: of entries that have no value for a filter: no place, no actor, no date.
NONE_RECORDED = NamedEntry("", NONE, pgettext_lazy("value of a filter", "none recorded"))


class DateLimit(NamedTuple):
    """One end of a range of dates, as written, and the days that it can mean."""

    edtf: str
    bounds: Bounds


class Shown(NamedTuple):
    """One value of a filter, and how a reader is told of it."""

    value: str
    text: str


def refuse(message: str, *, code: str, allowed: Iterable[str] = ()) -> NoReturn:
    # Django fills params into the message, in which a reader's own words stand.
    params = {"allowed": list(allowed)}
    raise ValidationError(message.replace("%", "%%"), code=code, params=params)


def written(data: Mapping[str, Any], name: str) -> list[str]:
    """What the query string says for ``name``, one item each time that it is named."""
    if hasattr(data, "getlist"):
        return [str(item) for item in data.getlist(name)]
    value = data.get(name)
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def values_in(data: Mapping[str, Any], name: str) -> list[str]:
    """The values of a parameter that may be repeated or hold several with commas; each once."""
    pieces = (piece.strip() for item in written(data, name) for piece in item.split(","))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def check_text(text: str) -> str:
    """Refuse what no value can be: over-long text, and characters that are not text."""
    if len(text) > LONGEST:
        refuse(
            gettext("This is too long: at most %(most)d characters.") % {"most": LONGEST},
            code="too_long",
        )
    if any(category(character) in ("Cc", "Cs") for character in text):
        refuse(gettext("This holds control characters."), code="control_characters")
    return text


class ValuesInput(forms.TextInput):
    """A text input for several values with commas between them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return values_in(data, name)

    def format_value(self, value: Any) -> str | None:
        return ", ".join(value) if isinstance(value, list) else super().format_value(value)


class FilterField(forms.Field):
    """A field that can say what it is filtering by. ``several``: it takes more than one value."""

    several = False

    def shown(self, value: Any) -> list[Shown]:
        """The cleaned value, one item for each that can be taken away."""
        return [Shown(value, value)] if value else []


class TextField(FilterField):
    widget = forms.TextInput

    def to_python(self, value: Any) -> str:
        # Copied text comes with all kinds of white space.
        text = check_text(" ".join(str(value or "").split()))
        if text and not any(character.isalnum() for character in text):
            refuse(gettext("Search for at least one letter or digit."), code="no_words")
        try:
            parse_strictly(text)
        except TooManyWords as error:
            refuse(str(error), code="too_many_words")
        return text


class DateLimitField(FilterField):
    """A year, month or day (any EDTF) at which a range of dates begins or ends."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> DateLimit | None:
        text = str(value or "").strip()
        if not text:
            return None
        check_text(text)
        try:
            return DateLimit(text, bounds_of(text))
        except ValidationError as error:
            if error.code not in UNREADABLE:
                raise
        message = gettext(
            "“%(text)s” is no date. Write a year, month or day, like 1997, 1997-07 or 1997-07-20."
        )
        refuse(message % {"text": text}, code="no_date")

    def shown(self, value: DateLimit | None) -> list[Shown]:
        return [Shown(value.edtf, display(value.edtf))] if value else []


class ChoiceField(FilterField):
    """One of a few words. ``choices`` is asked when used: types are known only by then."""

    widget: Any = forms.Select

    def __init__(self, *, choices: Callable[[], Iterable[tuple[str, Any]]], **options: Any) -> None:
        super().__init__(**options)
        self.get_choices = choices
        self.widget.choices = self._options

    def _options(self) -> list[tuple[str, Any]]:
        return [("", ""), *self.get_choices()]

    def to_python(self, value: Any) -> Any:
        text = check_text(str(value or "").strip())
        if text and text not in dict(self.get_choices()):
            self._refuse(text)
        return text

    def shown(self, value: Any) -> list[Shown]:
        return [Shown(value, str(dict(self.get_choices())[value]))] if value else []

    def _refuse(self, text: str) -> NoReturn:
        allowed = [value for value, _label in self.get_choices()]
        # Translators: %(allowed)s lists words as they stand in addresses, which stay English.
        message = gettext("“%(text)s” is none of: %(allowed)s.")
        said = message % {"text": text, "allowed": ", ".join(allowed)}
        refuse(said, code="no_choice", allowed=allowed)


class ChoicesField(ChoiceField):
    """Any of a few words, or none of them."""

    several = True
    widget: Any = ValuesInput

    def to_python(self, value: Any) -> list[str]:
        values = _few(value)
        for text in values:
            if text != NONE:
                super().to_python(text)
        return values

    def shown(self, value: Any) -> list[Shown]:
        labels = {NONE: NONE_RECORDED.label, **dict(self.get_choices())}
        return [Shown(text, str(labels[text])) for text in value or ()]


class EntriesField(FilterField):
    """Entries by public id or slug, or none. ``find`` gives one, or refuses and names near ones."""

    several = True
    widget = ValuesInput
    find: Callable[[str], NamedEntry]

    def to_python(self, value: Any) -> list[NamedEntry]:
        return list(
            dict.fromkeys(
                NONE_RECORDED if text == NONE else self.find(text) for text in _few(value)
            )
        )

    def shown(self, value: list[NamedEntry]) -> list[Shown]:
        return [Shown(entry.slug, str(entry.label)) for entry in value or ()]


def _few(values: Any) -> list[str]:
    texts = [check_text(text) for text in values or ()]
    if len(texts) > MOST_VALUES:
        message = gettext("These are too many: at most %(most)d values.")
        refuse(message % {"most": MOST_VALUES}, code="too_many")
    return texts
