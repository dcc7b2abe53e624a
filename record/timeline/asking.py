"""What an address asks of a timeline beside the filters: ``lanes`` and ``window``.

``window`` is any EDTF, as a year, a day or ``1992/1994``; it filters nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from record.filter_fields import DateLimit, DateLimitField, written
from record.shown_as import LANES, WINDOW
from record.timeline.lanes import LanesBy

LONGEST = 40  # letters of what cannot be used, as it is said


@dataclass(frozen=True)
class Asked:
    """``wrong``: sentences on what cannot be used."""

    lanes: LanesBy | None
    window: DateLimit | None
    wrong: Sequence[str] = ()


def asked_of(data: Mapping[str, Any], lanes: Sequence[LanesBy]) -> Asked:
    """What cannot be used is left out, and said. No query."""
    wrong: list[str] = []
    by = _one(data, LANES, wrong)
    found = next((each for each in lanes if each.name == by), None)
    if by and found is None:
        names = ", ".join(each.name for each in lanes)
        # Translators: %(names)s are words as addresses have them, which stay English.
        message = gettext("There are no lanes by “%(text)s”; there are lanes by: %(names)s.")
        wrong.append(message % {"text": by[:LONGEST], "names": names})
    window = None
    text = _one(data, WINDOW, wrong)
    try:
        window = DateLimitField(required=False).clean(text)
    except ValidationError as error:
        said = gettext("The time to show: %(problem)s")
        wrong += [said % {"problem": message} for message in error.messages]
    return Asked(found, window, wrong)


def _one(data: Mapping[str, Any], name: str, wrong: list[str]) -> str:
    texts = [text for text in written(data, name) if text]
    if len(texts) > 1:
        wrong.append(gettext("“%(name)s” is to be given once.") % {"name": name})
        return ""
    return texts[0].strip() if texts else ""
