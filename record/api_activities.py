"""The changes feed as ActivityStreams 2.0, as the IIIF Change Discovery API 1.0 uses them.

Pages begin and end where they did the first time, as nothing comes before what has been published:
so their ids stay, and the last one alone still grows. They have no names of others and no
documents; these are at the addresses of what changed.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from django.http import HttpResponse
from django.urls import path, reverse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from record.api import PublicView
from record.api_changes import since_parameter
from record.changes_feed import SINCE, Position, after_edition, read_since
from record.conditional import record_of
from record.models import Change, Edition, State
from record.openapi import RecordSchema
from record.parameters import check_known, require_none_wrong
from record.problems import ParameterError
from record.reading import Record
from record.serving import moment
from record.shapes import Serializer
from record.statements import ask
from record.types import type_named

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
LENGTH = 100  # activities of a page
COLLECTION, PAGE = "OrderedCollection", "OrderedCollectionPage"

AFTER = (
    "SELECT edition_id, public_id, type, change, state, label,"
    " CASE state WHEN 'merged' THEN document ELSE '' END FROM record_version"
    " WHERE (edition_id, public_id) > (%s, %s) AND edition_id <= %s"
    " ORDER BY edition_id, public_id LIMIT %s"
)
UP_TO = (
    "SELECT edition_id, public_id FROM record_version WHERE (edition_id, public_id) <= (%s, %s)"
    " ORDER BY edition_id DESC, public_id DESC LIMIT %s"
)
TOTAL = "SELECT count(*) FROM record_version WHERE edition_id <= %s"


class LinkedData(JSONRenderer):
    media_type = "application/ld+json"


class Activities(JSONRenderer):
    media_type = "application/activity+json"


PROFILE = {LinkedData.media_type: f'{LinkedData.media_type};profile="{CONTEXT}"'}


class Row(NamedTuple):
    edition: int
    public_id: str
    type: str
    change: str
    state: str
    label: str
    tombstone: str  # the document, where the entry was merged


class LinkObject(Serializer):
    id = serializers.URLField()
    type = serializers.CharField()


class ThingObject(LinkObject):
    """An entry at its permanent address in this API; ``name``: what it was called then."""

    name = serializers.CharField(required=False)


class ActivityObject(Serializer):
    """One version: ``Create`` for a new entry, ``Move`` to its ``target`` for one that was merged,
    ``Delete`` for one that was withdrawn or redacted, else ``Update``. ``summary`` is the edition's
    reason."""

    id = serializers.URLField()
    type = serializers.ChoiceField(["Create", "Update", "Move", "Delete"])
    summary = serializers.CharField()
    object = ThingObject()
    target = LinkObject(required=False)
    endTime = serializers.DateTimeField()  # noqa: N815 - as the standard has it


class ActivityPage(Serializer):
    """Without ``since``, the collection: ``totalItems``, ``first`` and ``last``. With it, a page:
    ``orderedItems``, oldest first, ``partOf`` the collection, ``prev`` and ``next``."""

    id = serializers.URLField()
    type = serializers.ChoiceField([COLLECTION, PAGE])
    totalItems = serializers.IntegerField(min_value=0, required=False)  # noqa: N815
    first = LinkObject(required=False)
    last = LinkObject(required=False)
    partOf = LinkObject(required=False)  # noqa: N815
    prev = LinkObject(required=False)
    next = LinkObject(required=False)
    orderedItems = ActivityObject(many=True, required=False)  # noqa: N815

    def get_fields(self) -> dict[str, Any]:
        return {"@context": serializers.CharField(), **super().get_fields()}


class ActivitiesSchema(RecordSchema):
    """Describes the stream."""

    def get_operation_id(self) -> str:
        return "activities_list"

    def get_summary(self) -> str:
        return "Follow all changes as ActivityStreams"

    def get_description(self) -> str:  # type: ignore[override]
        return (
            "As the IIIF Change Discovery API 1.0 (level 2) has it: an ordered collection, whose "
            "pages lead on from “first”, and back from “last”."
        )

    def _own_parameters(self) -> list[OpenApiParameter]:
        return [since_parameter(OpenApiExample("A page", "8/E14"))]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        described = super().get_response_serializers()
        answer = described.pop((HTTPStatus.OK.value, JSONRenderer.media_type))
        media_types = [LinkedData.media_type, Activities.media_type, JSONRenderer.media_type]
        return {(HTTPStatus.OK.value, each): answer for each in media_types} | described

    def _served(self) -> type[Serializer]:
        return ActivityPage

    def _plural(self) -> str:
        return "activities"


class ActivityStream(PublicView):
    """The collection; with ``since``, a page of it."""

    schema = ActivitiesSchema()
    renderer_classes = [LinkedData, Activities, JSONRenderer]

    def get(self, request: Request) -> HttpResponse:
        """Three queries; of a page, one more for editions that are not kept."""
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, [SINCE], errors)
        since = read_since(request.query_params, record, errors)
        require_none_wrong(errors)
        is_page = SINCE in request.query_params
        said = self.page(record, since) if is_page else self.collection(record)
        media_type = request.accepted_renderer.media_type
        return HttpResponse(
            orjson.dumps({"@context": CONTEXT, **said}),
            content_type=PROFILE.get(media_type, media_type),
        )

    def collection(self, record: Record) -> dict[str, Any]:
        ((total,),) = ask(TOTAL, [record.number])
        of_last = (total - 1) % LENGTH + 1 if total else 0
        return {
            **self.link(record, COLLECTION),
            "totalItems": total,
            "first": self.link(record, PAGE, after_edition(0)),
            "last": self.link(record, PAGE, back(after_edition(record.number), of_last)),
        }

    def page(self, record: Record, since: Position) -> dict[str, Any]:
        rows = [Row(*row) for row in ask(AFTER, [*since, record.number, LENGTH + 1])]
        items = rows[:LENGTH]
        editions = record.editions({row.edition for row in items})
        said: dict[str, Any] = {
            **self.link(record, PAGE, since),
            "partOf": self.link(record, COLLECTION),
        }
        if since > after_edition(0):
            said["prev"] = self.link(record, PAGE, back(since, LENGTH))
        if len(rows) > LENGTH:
            end = Position(items[-1].edition, items[-1].public_id)
            said["next"] = self.link(record, PAGE, end)
        return said | {"orderedItems": self.activities(record, items, editions)}

    def activities(
        self, record: Record, rows: Sequence[Row], editions: Mapping[int, Edition]
    ) -> list[dict[str, Any]]:
        found = []
        for row in rows:
            edition = editions[row.edition]
            version = reverse("api:version_detail", args=[row.public_id, row.edition])
            activity = {
                "id": f"{self.origin}{record.page(version)}#activity",
                "type": kind_of(row),
                "summary": edition.reason,
                "object": self.thing(record, row.type, row.public_id)
                | ({"name": row.label} if row.label else {}),
                "endTime": moment(edition.published_at),
            }
            if row.tombstone:
                into = orjson.loads(row.tombstone)["merged_into"]
                activity["target"] = self.thing(record, row.type, into)
            found.append(activity)
        return found

    def thing(self, record: Record, type_name: str, public_id: str) -> dict[str, str]:
        address = record.address(f"api:{type_named(type_name).name}_detail", public_id)
        return {"id": self.origin + address, "type": "Document"}

    def link(self, record: Record, kind: str, since: Position | None = None) -> dict[str, str]:
        address = reverse("api:activity_list")
        if since is not None:
            address = f"{address}?{SINCE}={since}"
        return {"id": self.origin + record.page(address), "type": kind}


def back(position: Position, number: int) -> Position:
    """The place so many versions before this one; the beginning, where there are fewer. One query.

    Of places at the end of an edition, the beginning alone is named by it: so each has one name.
    """
    rows = ask(UP_TO, [*position, number + 1])
    return Position(*rows[number]) if len(rows) > number else after_edition(0)


def kind_of(row: Row) -> str:
    """What happened to the entry; of what was redacted since, the kind of change tells it."""
    if row.state == State.MERGED:
        return "Move"
    if row.change == Change.WITHDRAWAL or (
        row.state != State.PUBLISHED and row.change == Change.REDACTION
    ):
        return "Delete"
    return "Create" if row.change == Change.NEW else "Update"


urlpatterns = [path("activities/", ActivityStream.as_view(), name="activity_list")]
