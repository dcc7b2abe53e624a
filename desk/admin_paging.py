"""Pages of the desk's lists: found by their keys first, and read afterwards."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

MANY = 10_000  # keys; to read more of them takes longer than to count


class KeyPaginator(Paginator):
    """Finds the primary keys of a page, and reads these rows alone.

    What rows show besides their own columns is so asked of one page, and not of all that had to be
    sorted or skipped before it. Under a filter or a search the keys of all that was found are read
    at once, unless they are many: to count them would be to look through the table a second time.
    One query more than Django's paginator where there are several pages and no filter, two more
    where very many were found; otherwise as many.
    """

    @cached_property
    def count(self) -> int:
        return super().count if self._keys is None else len(self._keys)

    @cached_property
    def _keys(self) -> list[Any] | None:
        """Of all that was found, in order; ``None`` where nothing was looked for, or much found."""
        rows: Any = self.object_list
        if not rows.query.where:
            return None
        keys = list(rows.values_list("pk", flat=True)[: MANY + 1])
        return keys if len(keys) <= MANY else None

    def page(self, number: Any) -> Page:
        rows: Any = self.object_list
        page = super().page(number)
        if self._keys is None and self.num_pages == 1:
            return page
        first = (page.number - 1) * self.per_page
        until = first + self.per_page
        if self._keys is None:
            keys = list(rows.values_list("pk", flat=True)[first:until])
        else:
            keys = self._keys[first:until]
        found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], page.number, self)


class KeyChangeList(ChangeList):
    """Takes its only page from the paginator too, which has found it already."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class PagedByKeys:
    """A list, and what autocompletes find in it, in such pages."""

    paginator: Any = KeyPaginator

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return KeyChangeList
