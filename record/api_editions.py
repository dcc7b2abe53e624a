"""The API's views of editions: the acts of publication, and what each of them said."""

import re

from django.http import HttpResponse
from django.urls import path
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from record.api import NOTHING_BESIDE, PublicView
from record.conditional import record_of
from record.filters import PAGING
from record.models import Edition
from record.paging import edition_page
from record.parameters import (
    check_known,
    read_names,
    read_page,
    read_sort,
    read_total,
    require_none_wrong,
)
from record.problems import ParameterError
from record.selecting_fields import PICKING, picked, read_picking
from record.serving import contents_of, edition_of
from record.shapes import EditionContents, EditionObject
from record.sorting import EDITION_ORDERS

NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class EditionList(PublicView):
    """A page of the editions, newest first unless asked otherwise."""

    def get(self, request: Request) -> HttpResponse:
        """Two queries, and one more for the total."""
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        check_known(query, ["ids", "sort", "count", *PAGING, *PICKING], errors)
        order = EDITION_ORDERS[read_sort(query, EDITION_ORDERS, errors)]
        asked = read_page(query, order, errors)
        counted = read_total(query, errors)
        ids = read_names(query, "the number of an edition", NUMBER.fullmatch, errors)
        tree = read_picking(query, EditionObject, errors)
        require_none_wrong(errors)
        editions = Edition.objects.filter(number__lte=record.number)
        if ids is not None:
            editions = editions.filter(number__in=map(int, ids))
        found = edition_page(editions, cursor=asked.cursor, limit=asked.limit, order=order)
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                **({"total": editions.count()} if counted else {}),
                "results": [picked(edition_of(edition), tree) for edition in found.items],
                **NOTHING_BESIDE,
            }
        )


class EditionDetail(PublicView):
    """One edition, with all that its checksum is computed over."""

    def get(self, request: Request, number: int) -> HttpResponse:
        """Four queries."""
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, PICKING, errors)
        tree = read_picking(request.query_params, EditionContents, errors)
        require_none_wrong(errors)
        if not 1 <= number <= record.number:
            then = f" as of edition {record.number}" if record.is_asked else ""
            raise NotFound(f"There are editions 1 to {record.number}{then}.")
        edition = Edition.objects.get(number=number)
        return self.answer(
            {
                "edition": record.number,
                "result": picked(contents_of(edition), tree),
                **NOTHING_BESIDE,
                "url": self.origin + record.edition_address(number),
            }
        )


urlpatterns = [
    path("editions/", EditionList.as_view(), name="edition_list"),
    path("editions/<int:number>/", EditionDetail.as_view(), name="edition_detail"),
]
