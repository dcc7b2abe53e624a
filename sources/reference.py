"""Sources as readers name them: whole references and short ones, from their documents.

Follows the order of the author-date styles: authors, date, title, container, publisher.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext_lazy, pgettext

from chronicle import localised
from chronicle.dates import bounds_of, display
from record.called import foreign
from record.types import Document

SHORT = 60  # letters of a title that stands for its source
# Translators: behind the names of who made a source: “Doe, Jane (editor)”.
ROLES = {
    "editor": ngettext_lazy("%(names)s (editor)", "%(names)s (editors)", "number"),
    "translator": ngettext_lazy("%(names)s (translator)", "%(names)s (translators)", "number"),
}
# Those that come out by themselves; the others stand in something else.
WHOLE = frozenset({"book", "report", "treaty", "dataset", "web page", "video", "archive item"})


@dataclass(frozen=True)
class FormattedReference:
    """The pieces of a reference, in their order. ``after`` is what follows the title."""

    authors: str
    date: dict[str, Any] | None
    title: str
    language: str
    whole: bool
    container: str
    after: str

    @property
    def when(self) -> str:
        return display(self.date["edtf"]) if self.date else pgettext("of a source", "undated")

    @property
    def title_stop(self) -> str:
        """The full stop after the title, unless it has an end of its own."""
        return "" if self.title.endswith((".", "?", "!", "…")) else "."

    def __str__(self) -> str:
        title = self.title if self.whole else localised.quoted(self.title)
        begins = f"{self.authors} ({self.when}). {title}{self.title_stop}"
        if not self.authors:
            begins = f"{title} ({self.when})."
        return " ".join([begins, *(f"{piece}." for piece in (self.container, self.after) if piece)])


def reference_of(source: Document) -> FormattedReference:
    """The whole reference of a source's document."""
    return FormattedReference(
        authors=_authors(source["authors"]),
        date=source["published"],
        title=source["title"],
        language=foreign(source["language"]),
        whole=source["kind"] in WHOLE,
        container=source["container"] or "",
        after=source["publisher"] or "",
    )


def short_reference(source: Document) -> str:
    """Author and year, or the beginning of the title and the year."""
    return f"{_short_authors(source) or _short_title(source['title'])}, {_year(source)}"


def person_name(author: Document) -> str:
    """Of a person the given name first, of a body its name."""
    return author["literal"] or " ".join(filter(None, (author["given"], author["family"])))


def _authors(authors: Sequence[Document]) -> str:
    groups = []
    for role in ("author", "editor", "translator"):
        names = [_inverted(author) for author in authors if author["role"] == role]
        if names:
            listed = _listed(names)
            if role in ROLES:
                listed = str(ROLES[role] % {"names": listed, "number": len(names)})
            groups.append(listed)
    return "; ".join(groups)


def _inverted(author: Document) -> str:
    return author["literal"] or ", ".join(filter(None, (author["family"], author["given"])))


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    # Translators: authors of a source: “Doe, Jane; Roe, Richard and Poe, Edgar”.
    return gettext("%(names)s and %(last)s") % {"names": "; ".join(names[:-1]), "last": names[-1]}


def _short_authors(source: Document) -> str:
    authors = [author for author in source["authors"] if author["role"] == "author"]
    names = [author["literal"] or author["family"] for author in authors or source["authors"]]
    if len(names) > 2:
        return gettext("%(name)s et al.") % {"name": names[0]}
    return localised.listed(names)


def _short_title(title: str) -> str:
    if len(title) <= SHORT:
        return localised.quoted(title)
    return localised.quoted(f"{title[:SHORT].rsplit(' ', 1)[0].rstrip(' ,;:.')} …")


def _year(source: Document) -> str:
    """The year where there is one; otherwise all that the date says."""
    if source["published"] is None:
        return pgettext("of a source", "undated")
    edtf = source["published"]["edtf"]
    bounds = bounds_of(edtf)
    first, last = bounds.earliest, bounds.latest
    plain = first and last and first.year == last.year and not set(edtf) & set("?~%X[{")
    return f"{first.year:04d}" if plain and first else display(edtf)
