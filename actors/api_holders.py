"""The API's view of who held an office, and whether on a day."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from actors.holders import Holder, held_office, holders_of
from record.api import PublicView
from record.conditional import record_of
from record.days import DayAsked, read_day
from record.differences import declared
from record.openapi import RecordSchema, in_path
from record.parameters import check_known, require_none_wrong
from record.problems import MEDIA_TYPE, ParameterError
from record.serving import context_of
from record.shapes import Problem, Serializer, list_object
from record.types import Document, type_named

ON = "on"
HOLDS = ("certainly", "possibly", "unknown")


class OfficeObject(Serializer):
    """The office that is asked for: ``organisation`` is the actor that has it."""

    organisation = serializers.CharField()
    key = serializers.CharField()
    title = serializers.CharField()
    single_holder = serializers.BooleanField()


def holder_object() -> type[Serializer]:
    """One tenure. Dates and citations are as the document of an actor declares them."""
    fields: Any = declared(type_named("actor").declaration).fields
    return type(
        "HolderObject",
        (serializers.Serializer,),
        {
            "__doc__": (
                "One tenure of the office, with the citations that speak to it. ``holds``: whether "
                "the office was held on the day that is asked for; ``unknown`` where the record "
                "does not tell, ``null`` without a day."
            ),
            "actor": serializers.CharField(),
            "tenure": serializers.CharField(),
            "held": type(fields["existed"])(),
            "holds": serializers.ChoiceField(HOLDS, allow_null=True),
            "citations": type(fields["citations"].child)(many=True),
        },
    )


class HolderSchema(RecordSchema):
    def get_operation_id(self) -> str:
        return "office_holders"

    def get_summary(self) -> str:
        return "List who held an office"

    def get_description(self) -> str:  # type: ignore[override]
        return (
            "In the order of time. With “on”: who certainly or possibly held it on that day, and "
            "tenures of which the record does not tell that."
        )

    def _own_parameters(self) -> list[OpenApiParameter]:
        day = "A day, or the last one of a month or year (1997, 1997-07, 1997-07-20)."
        return [
            in_path("key", str, "Public id or slug of the organisation."),
            in_path("office", str, "Key of the office, as in its document (p2)."),
            OpenApiParameter(ON, str, description=day),
        ]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        none = OpenApiResponse(Problem, "There is no such actor, or it has no such office.")
        key = HTTPStatus.NOT_FOUND.value, MEDIA_TYPE
        return super().get_response_serializers() | {key: none}

    def _served(self) -> type[Serializer]:
        day = serializers.DateField(allow_null=True)
        more = serializers.BooleanField()
        return list_object(holder_object(), whole=True, on=day, office=OfficeObject(), more=more)

    def _is_list(self, serializer: Any = None) -> bool:
        return True

    def _plural(self) -> str:
        return type_named("actor").plural


class OfficeHolders(PublicView):
    """The tenures of an office; with a day, those of which it is not known that they were not."""

    schema = HolderSchema()

    def get(self, request: Request, key: str, office: str) -> HttpResponse:
        """Five queries, and as many as two for names: seven at most."""
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, [ON], errors)
        day = read_day(request.query_params.get(ON, ""))
        if day.problem:
            errors.append(ParameterError(ON, day.problem))
        require_none_wrong(errors)
        found = held_office(record, key, office)
        if found is None:
            raise NotFound(f"Edition {record.number} has no office {office[:40]} of {key[:40]}.")
        organisation, row = found
        holders = holders_of(record, organisation.public_id, office)
        shown = [each for each in holders.tenures if day.day is None or each.on(day.day) != "no"]
        versions: list[Any] = [organisation, *(each.version for each in shown)]
        named = record.references(version.public_id for version in versions)
        return self.answer(
            {
                "edition": record.number,
                "next": None,
                "previous": None,
                "on": day.iso,
                "office": {"organisation": organisation.public_id}
                | {name: row[name] for name in ("key", "title", "single_holder")},
                "more": holders.more,
                "results": [_result(each, day) for each in shown],
                **context_of(record, versions, self.origin, also=named),
            }
        )


def _result(holder: Holder, day: DayAsked) -> Document:
    return {
        "actor": holder.document["id"],
        "tenure": holder.reference,
        "held": holder.held,
        "holds": None if day.day is None else holder.on(day.day),
        "citations": holder.citations,
    }


urlpatterns = [
    path(
        "actors/<str:key>/offices/<slug:office>/holders/",
        OfficeHolders.as_view(),
        name="office_holders",
    )
]
