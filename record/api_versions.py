"""The API's views of every version of an entry: whatever it said, as it was stored.

A version that was not redacted stays public, whether it stands, was superseded, or is of an entry
that was withdrawn or merged since.
"""

from http import HTTPStatus
from typing import Any

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path, reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from record.api import NOTHING_BESIDE, PublicView
from record.conditional import record_of
from record.filters import PAGING
from record.models import Change, State, Version
from record.openapi import (
    RecordSchema,
    in_path,
    paging_parameters,
    sort_parameter,
    total_parameter,
)
from record.openapi_parameters import picking_parameters
from record.paging import page
from record.parameters import (
    check_known,
    read_page,
    read_sort,
    read_total,
    require_none_wrong,
)
from record.problems import MEDIA_TYPE, ParameterError
from record.reading import LIKE_ID, LONGEST_SLUG, Record
from record.selecting_fields import PICKING, picked, read_picking
from record.serving import moment
from record.shapes import SHA256, Problem, Serializer, counted_list_object, detail_object
from record.sorting import VERSION_ORDERS
from record.types import entry_types


class EntryVersionObject(Serializer):
    """What one edition said about one entry. ``checksum`` is the SHA-256 of ``salt`` followed by
    the document in canonical form. ``redacted_in``: the edition that took the document and the
    salt away, for safety or by law."""

    identity = ("id", "edition")

    id = serializers.CharField()
    type = serializers.CharField()
    edition = serializers.IntegerField(min_value=1)
    published_at = serializers.DateTimeField()
    change = serializers.ChoiceField(Change.choices)
    reason = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
    schema = serializers.IntegerField(min_value=1)
    checksum = serializers.RegexField(SHA256)
    salt = serializers.RegexField(r"^[0-9a-f]{32}$", allow_null=True)
    superseded_in = serializers.IntegerField(min_value=1, allow_null=True)
    redacted_in = serializers.IntegerField(min_value=1, allow_null=True)


class EntryVersionContents(EntryVersionObject):
    """A version with its ``document``, the very one that the checksum is of, in its own schema;
    ``null`` where it was redacted."""

    document = serializers.DictField(allow_null=True)


class VersionSchema(RecordSchema):
    """Describes the two views: by what stands in their addresses."""

    def get_summary(self) -> str:
        return "List the versions of an entry" if self._is_list() else "Read one version"

    def get_description(self) -> str:  # type: ignore[override]
        if self._is_list():
            return "Newest first, without documents. One page; “next” and “previous” lead on."
        return "Its document as it was stored, with all that its checksum is computed over."

    def _own_parameters(self) -> list[OpenApiParameter]:
        text = "Public id of the entry, whatever became of it."
        own = in_path("public_id", str, text, some=f"{entry_types()[0].letter}1")
        if self._is_list():
            return [
                own,
                sort_parameter(VERSION_ORDERS),
                total_parameter(),
                *paging_parameters(),
                *picking_parameters(EntryVersionObject),
            ]
        return [own, in_path("edition", int, "Number of the edition that wrote the version.")]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        none = OpenApiResponse(Problem, "Nothing of that kind has been published.")
        key = HTTPStatus.NOT_FOUND.value, MEDIA_TYPE
        return super().get_response_serializers() | {key: none}

    def _served(self) -> type[Serializer]:
        if self._is_list():
            return counted_list_object(EntryVersionObject, facets=False)
        return detail_object(EntryVersionContents)

    def _is_list(self, serializer: Any = None) -> bool:
        return "{edition}" not in self.path

    def _plural(self) -> str:
        return "versions"


class VersionList(PublicView):
    """A page of the versions of one entry, newest first unless asked otherwise, without what they
    say."""

    schema = VersionSchema()

    def get(self, request: Request, public_id: str) -> HttpResponse:
        """Two queries, and one more for the total."""
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        check_known(query, ["sort", "count", *PAGING, *PICKING], errors)
        order = VERSION_ORDERS[read_sort(query, VERSION_ORDERS, errors)]
        asked = read_page(query, order, errors)
        counted = read_total(query, errors)
        tree = read_picking(query, EntryVersionObject, errors)
        require_none_wrong(errors)
        versions = _versions(record, public_id).defer("document", "search_text")
        found = page(versions, cursor=asked.cursor, limit=asked.limit, order=order)
        if not found.items and asked.cursor is None:
            raise unknown_entry(public_id)
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                **({"total": versions.count()} if counted else {}),
                "results": [picked(version_of(version, record), tree) for version in found.items],
                **NOTHING_BESIDE,
            }
        )


class VersionDetail(PublicView):
    """One version of one entry, with its document as stored."""

    schema = VersionSchema()

    def get(self, request: Request, public_id: str, edition: int) -> HttpResponse:
        """Two queries, and one more where there is none."""
        self.refuse_parameters()
        record = record_of(request)
        versions = _versions(record, public_id).defer("search_text")
        # A number that no column holds finds nothing either.
        wanted = versions.filter(edition=edition) if edition <= record.number else versions.none()
        version = next(iter(wanted), None)
        if version is None:
            if not versions.exists():
                raise unknown_entry(public_id)
            raise NotFound(f"Edition {edition} wrote no version of {public_id}.")
        document = orjson.Fragment(version.document) if version.document else None
        history = reverse("record:entry_history", args=[public_id])
        return self.answer(
            {
                "edition": record.number,
                "result": version_of(version, record) | {"document": document},
                **NOTHING_BESIDE,
                "url": self.origin + record.page(f"{history}?to={edition}"),
            }
        )


def version_of(version: Version, record: Record) -> dict[str, Any]:
    """What is said of a version, besides its document, by the edition that is read.

    That it was redacted is said whenever that was, since what it said is gone.
    """
    superseded_in = version.superseded_in_id
    return {
        "id": version.public_id,
        "type": version.type,
        "edition": version.edition_id,
        "published_at": moment(version.edition.published_at),
        "change": version.change,
        "reason": version.edition.reason,
        "state": version.state,
        "schema": version.schema,
        "checksum": version.checksum,
        "salt": version.salt or None,
        "superseded_in": superseded_in
        if superseded_in and superseded_in <= record.number
        else None,
        "redacted_in": version.redacted_in_id,
    }


def _versions(record: Record, public_id: str) -> QuerySet[Version, Version]:
    if len(public_id) > LONGEST_SLUG or not LIKE_ID.fullmatch(public_id):
        raise unknown_entry(public_id)
    versions = Version.objects.filter(public_id=public_id, edition__lte=record.number)
    return versions.select_related("edition").order_by()


def unknown_entry(public_id: str) -> NotFound:
    letters = ", ".join(f"{each.letter}1" for each in entry_types())
    return NotFound(
        f"Nothing has been published under the id “{public_id[:LONGEST_SLUG]}”. "
        f"Ids are like these: {letters}."
    )


urlpatterns = [
    path("entries/<str:public_id>/versions/", VersionList.as_view(), name="version_list"),
    path(
        "entries/<str:public_id>/versions/<int:edition>/",
        VersionDetail.as_view(),
        name="version_detail",
    ),
]
