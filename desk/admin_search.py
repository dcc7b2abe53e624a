"""Searching the desk's lists."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

MOST_WORDS = 20  # each is a condition of its own, and databases take only so many


class BoundedSearch:
    """A list whose search takes the first words of what was typed, and no more."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> Any:
        few = " ".join(search_term.split()[:MOST_WORDS])
        return super().get_search_results(request, queryset, few)  # type: ignore[misc]
