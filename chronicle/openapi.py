"""How the fields that documents are declared with look in JSON, for the API's description.

drf-spectacular finds these classes by being told of them here; the fields are named, not
imported, as the public side does not import the desk.
"""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from record.openapi_parameters import identity_of

NUMBER = "[1-9][0-9]*"


class PartialDateObject(serializers.Serializer[Any]):
    """A date as precise as its source: EDTF (ISO 8601-2), and the days it can mean.

    ``earliest`` and ``latest`` are ``null`` where an end is open; ``as_given`` is the source's
    own wording."""

    edtf = serializers.CharField()
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    as_given = serializers.CharField(allow_null=True)
    inferred = serializers.BooleanField()


class PartialDateExtension(OpenApiSerializerFieldExtension):
    target_class = "desk.values.PartialDateValue"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        reference: dict[str, Any] = auto_schema.resolve_serializer(PartialDateObject, direction).ref
        return reference


class DecimalTextExtension(OpenApiSerializerFieldExtension):
    target_class = "desk.values.DecimalText"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


class ReferenceExtension(OpenApiSerializerFieldExtension):
    target_class = "desk.documents.Reference"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.target.to}{NUMBER}$"}


class ReferencesExtension(OpenApiSerializerFieldExtension):
    target_class = "desk.documents.References"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {
            "type": "array",
            "items": {"type": "string", "pattern": f"^{self.target.to}{NUMBER}$"},
        }


class PartReferenceExtension(OpenApiSerializerFieldExtension):
    target_class = "desk.documents.PartReference"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{self.target.to}{NUMBER}/p{NUMBER}$"}


class OwnPartExtension(OpenApiSerializerFieldExtension):
    target_class = "desk.documents.OwnPart"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^p{NUMBER}$"}


class AsAskedExtension(OpenApiSerializerFieldExtension):
    target_class = "record.shapes.AsAsked"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        shape = self.target.shape
        known = {
            name: auto_schema._map_serializer_field(shape().fields[name], direction)
            for name in identity_of(shape)
        }
        some = {
            "type": "object",
            "description": "Some of it, where “fields”, “omit” or “expand” ask for that.",
            "properties": known,
            "required": list(known),
        }
        return {"anyOf": [auto_schema.resolve_serializer(shape, direction).ref, some]}


class AssertsExtension(OpenApiSerializerFieldExtension):
    """What a citation asserts is shaped as the claim it disputes, whichever that is."""

    target_class = "rest_framework.serializers.JSONField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": ["object", "array", "string", "integer", "boolean"]}


def without_enum_ids(result: Any, **_: Any) -> Any:
    """Takes out what drf-spectacular notes at each enumeration for itself."""
    if isinstance(result, dict):
        result.pop("x-spec-enum-id", None)
    for inner in result.values() if isinstance(result, dict) else result:
        if isinstance(inner, dict | list):
            without_enum_ids(inner)
    return result
