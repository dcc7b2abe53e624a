"""Words of the page's own with names and texts of the record in them, each in its language."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext

from record.rows import Value

PLACE = re.compile(r"%\((\w+)\)s")


def phrase(pattern: str, **values: Value) -> Value:
    """``pattern`` with values at its named places. It has pieces where one of them is in another
    language than the page."""
    said = pattern % {name: value.name for name, value in values.items()}
    if not any(value.language or value.pieces for value in values.values()):
        return Value(said)
    pieces: list[Value] = []
    for number, text in enumerate(PLACE.split(pattern)):
        if number % 2:
            value = values[text]
            pieces += value.pieces or [Value(value.name, language=value.language)]
        elif text:
            pieces.append(Value(text))
    return Value(said, pieces=tuple(pieces))


def in_a_row(values: Sequence[Value]) -> Value:
    """One after another, with commas between; without a name where there are none."""
    pattern = ", ".join(f"%(v{at})s" for at in range(len(values)))
    return phrase(pattern, **{f"v{at}": value for at, value in enumerate(values)})


def labelled_value(label: Value, text: Value) -> Value:
    """As ``labelled``."""
    return phrase(gettext("%(label)s: %(text)s"), label=label, text=text)
