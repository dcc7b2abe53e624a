import pytest

from chronicle.api_reference import Kind, kind_of

SHAPE = {"$ref": "#/components/schemas/Date"}


@pytest.mark.parametrize(
    ("fragment", "kind"),
    [
        ({"type": "string"}, Kind("text", limits=[])),
        ({"type": ["string", "null"], "format": "date"}, Kind("a day, like 1997-07-20 or null")),
        ({"type": "string", "enum": ["a", "b"]}, Kind("text", allowed=["a", "b"])),
        (
            {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
            Kind("a whole number", limits=["from 1 to 9", "5 unless given"]),
        ),
        ({"type": "integer", "minimum": 0}, Kind("a whole number", limits=["at least 0"])),
        (
            {"type": "string", "maxLength": 4, "pattern": "^T"},
            Kind("text", limits=["at most 4 characters", "of the form ^T"]),
        ),
        (SHAPE, Kind("", "Date")),
        ({"allOf": [SHAPE]}, Kind("", "Date")),
        ({"oneOf": [SHAPE, {"type": "null"}]}, Kind("null, or", "Date")),
        ({"type": "array", "items": SHAPE}, Kind("a list, each item", "Date")),
        ({"type": "array", "items": {"type": "string"}}, Kind("a list, each item text")),
        (
            {"type": "object", "additionalProperties": SHAPE},
            Kind("a map, each value", "Date"),
        ),
        ({"type": ["object", "string", "null"]}, Kind("any value or null")),
        ({}, Kind("any value")),
    ],
)
def test_kind_is_said_in_words(fragment, kind):
    found = kind_of(fragment)
    assert (found.words, found.shape, list(found.limits), list(found.allowed)) == (
        kind.words,
        kind.shape,
        list(kind.limits),
        list(kind.allowed),
    )
