"""The search over all types: what was asked for, and how much there is of each type."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import QueryDict

from record import search
from record.filter_fields import TextField, written
from record.models import Version
from record.pages import all_pages
from record.reading import Record


@dataclass(frozen=True)
class TypeFound:
    """How many entries of one type were found; ``query`` shows these alone."""

    title: str
    total: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class Wanted:
    """``problem`` says why nothing could be looked for; empty where it could."""

    words: str
    problem: str
    types: Sequence[TypeFound]
    total: int
    versions: QuerySet[Version, Version]

    @property
    def shows_all(self) -> bool:
        return not any(found.chosen for found in self.types)

    @property
    def all_query(self) -> str:
        return urlencode({"q": self.words})

    @property
    def shown(self) -> int:
        """How many there are of what is chosen."""
        return next((found.total for found in self.types if found.chosen), self.total)


def search_for(parameters: QueryDict, record: Record) -> Wanted:
    """``q`` and ``type``, as the address has them. One query; ``versions`` has not been asked."""
    words = " ".join(written(parameters, "q"))
    nothing = record.versions().none()
    try:
        text = TextField(required=False).clean(words)
    except ValidationError as error:
        return Wanted(words, " ".join(error.messages), [], 0, nothing)
    if not text:
        return Wanted(words, "", [], 0, nothing)
    found = search.matching(record.versions(), text, record=record)
    totals = dict(found.order_by().values_list("type").annotate(total=Count("pk")))
    chosen = parameters.get("type", "")
    types = [
        TypeFound(
            pages.title,
            totals[pages.type_name],
            urlencode({"q": words, "type": pages.type_name}),
            pages.type_name == chosen,
        )
        for pages in all_pages()
        if pages.type_name in totals
    ]
    if chosen in totals:
        found = found.filter(type=chosen)
    return Wanted(words, "", types, sum(totals.values()), found)
