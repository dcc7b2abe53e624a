"""The API's changes feed: whoever follows it holds exactly the record, wherever they began."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.http import HttpResponse
from django.urls import path
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from record.api import PublicView
from record.changes_feed import (
    SINCE,
    Changed,
    Position,
    page_of_changes,
    read_only,
    read_since,
)
from record.conditional import record_of
from record.models import Edition, State
from record.openapi import RecordSchema, paging_parameters
from record.parameters import check_known, read_limit, require_none_wrong
from record.problems import ParameterError
from record.reading import Record
from record.serving import as_stored, context_of, edition_of
from record.shapes import (
    SHA256,
    CheckObject,
    EditionObject,
    ReferenceObject,
    Serializer,
    TombstoneObject,
    VersionObject,
)
from record.types import entry_types

KNOWN = (SINCE, "limit", "type", "ids")


class ChangeVersionObject(VersionObject):
    """As of a list's result. The checksum is of the result without this member, as it stands here:
    in the schema of then.

    ``redacts``: the editions that lost what they said of this entry, which whoever holds it has to
    forget. ``redacted_in``: the edition that took what this one said; then ``salt`` is ``null``."""

    redacted_in = serializers.IntegerField(min_value=1, allow_null=True)
    redacts = serializers.ListField(child=serializers.IntegerField(min_value=1))


class ChangeObject(TombstoneObject):
    """What one edition says of one entry: its document, in the schema of then, whose members depend
    on its type. ``state`` is there where nothing is said any more: a tombstone."""

    state = serializers.ChoiceField([State.WITHDRAWN, State.MERGED, State.REDACTED], required=False)
    version = ChangeVersionObject()


class ChangeExtension(OpenApiSerializerExtension):
    """A change has the members of its document as well."""

    target_class = ChangeObject

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        described: dict[str, Any] = auto_schema._map_basic_serializer(self.target, direction)
        return described | {"additionalProperties": {}}


class FollowedEditionObject(EditionObject):
    """An edition; ``previous`` is the checksum of the one before."""

    previous = serializers.RegexField(SHA256, allow_null=True)


class ChangeList(Serializer):
    """Versions up to ``edition``, by edition and then by id. ``cursor``: where to go on, now or
    later. ``next`` is ``null`` where there is nothing more in ``edition``."""

    edition = serializers.IntegerField(min_value=0)
    next = serializers.URLField(allow_null=True)
    cursor = serializers.CharField()
    results = ChangeObject(many=True)
    editions = serializers.DictField(child=FollowedEditionObject())
    references = serializers.DictField(child=ReferenceObject())
    checks = serializers.DictField(child=CheckObject())


class ChangesSchema(RecordSchema):
    """Describes the feed."""

    def get_operation_id(self) -> str:
        return "changes_list"

    def get_summary(self) -> str:
        return "Follow all changes"

    def get_description(self) -> str:  # type: ignore[override]
        return (
            "Every version after “since”, oldest first: new, corrected, clarified, withdrawn, "
            "merged, redacted. Go on at “cursor”, now or whenever you ask again."
        )

    def _own_parameters(self) -> list[OpenApiParameter]:
        limit, _ = paging_parameters()
        names = [entry_type.name for entry_type in entry_types()]
        return [
            since_parameter(
                OpenApiExample("After edition 7", "7"),
                OpenApiExample("Within edition 8", "8/E14"),
            ),
            limit,
            OpenApiParameter(
                "type", str, description=f"Any of these, with commas: {', '.join(names)}."
            ),
            OpenApiParameter("ids", str, description="Of these entries alone: ids, with commas."),
        ]

    def _served(self) -> type[Serializer]:
        return ChangeList

    def _plural(self) -> str:
        return "changes"


def since_parameter(*examples: OpenApiExample) -> OpenApiParameter:
    pattern = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,8})(/[A-Z][1-9][0-9]{0,14})?$"}
    text = "The number of an edition, or a “cursor”; without it, from the beginning."
    return OpenApiParameter(SINCE, pattern, description=text, examples=list(examples))


class ChangesFeed(PublicView):
    """A page of the feed."""

    schema = ChangesSchema()

    def get(self, request: Request) -> HttpResponse:
        """Four queries, and as many as two for names and editions that are not kept; one more where
        something was redacted."""
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, KNOWN, errors)
        since = read_since(request.query_params, record, errors)
        limit = read_limit(request.query_params, errors)
        only = read_only(request.query_params, errors)
        require_none_wrong(errors)
        found = page_of_changes(record, since, limit=limit, only=only)
        editions = editions_of(record, found.items)
        # Of what was redacted there is nothing left to refer to anything.
        said = [each.version for each in found.items if each.version.document]
        return self.answer(
            {
                "edition": record.number,
                "next": self.url_since(found.end) if found.more else None,
                "cursor": str(found.end),
                "results": [
                    result_of(each, editions[each.version.edition_id]) for each in found.items
                ],
                "editions": {
                    str(number): followed(editions, number)
                    for number in dict.fromkeys(each.version.edition_id for each in found.items)
                },
                **context_of(record, said, self.origin),
            }
        )

    def url_since(self, position: Position) -> str:
        query = self.request.query_params.copy()
        query[SINCE] = str(position)
        return f"{self.origin}{self.request.path}?{query.urlencode(safe=',/:')}"


def editions_of(record: Record, items: Iterable[Changed]) -> dict[int, Edition]:
    """Those of a page, by number, and those before them. One query, or none."""
    numbers = {each.version.edition_id for each in items}
    found = record.editions(numbers | {number - 1 for number in numbers if number > 1})
    return {number: found[number] for number in found}


def result_of(changed: Changed, edition: Edition) -> orjson.Fragment:
    said = {"redacted_in": changed.redacted_in, "redacts": changed.redacts}
    return as_stored(changed.version, edition, **said)


def followed(editions: dict[int, Edition], number: int) -> dict[str, Any]:
    before = editions[number - 1].checksum if number > 1 else None
    return edition_of(editions[number]) | {"previous": before}


urlpatterns = [path("changes/", ChangesFeed.as_view(), name="change_list")]
