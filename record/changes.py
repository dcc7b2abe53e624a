"""Differences of two documents in words, for people to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from record.differences import Difference
from record.text_differences import TextDifference, text_difference
from record.wording import Said, Wording

# Translators: what became of a claim from one version to the next: “date: changed”.
WORDS: Mapping[str, object] = {
    "added": pgettext_lazy("of a claim", "added"),
    "removed": pgettext_lazy("of a claim", "removed"),
    "changed": pgettext_lazy("of a claim", "changed"),
    "reordered": pgettext_lazy("of several", "put in another order"),
    "evidence": pgettext_lazy("of a claim", "evidence changed"),
}


@dataclass(frozen=True)
class Change:
    """One difference. ``kind``: of ``Difference``, or "evidence" where the value itself stayed.

    ``text``: word by word, where it is a text that changed. ``is_list``: of a list, whose
    ``before`` is what went out of it, and ``after`` what came in. ``of``: what it is in words.
    ``language``: of its text, where it is not the page's.
    """

    where: str
    kind: str
    before: Said
    after: Said
    text: TextDifference | None = None
    is_list: bool = False
    of: Difference | None = None
    language: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.kind])


def change_of(difference: Difference, words: Wording) -> Change:
    path, before, after = difference.path, difference.before, difference.after
    is_list = difference.change == "changed" and isinstance(before, list) and before != after
    if is_list and set(before) != set(after):
        before, after = (
            [item for item in before if item not in after],
            [item for item in after if item not in before],
        )
    both = isinstance(before, str) and isinstance(after, str)
    return Change(
        where=words.where(path),
        kind=difference.change,
        before=words.said(path, before),
        after=words.said(path, after),
        text=text_difference(before, after) if both and words.is_text(path) else None,
        is_list=is_list,
        of=difference,
        language=words.language_at(path),
    )
