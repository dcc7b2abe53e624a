"""What documents refer to, found and replaced by their declarations."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rest_framework import serializers

from desk.documents import Declaration, Reference, schema_of
from record.types import Document, Target


def targets_of(declaration: Declaration, document: Document) -> list[Target]:
    """Every reference of the document, each once, in the order of the schema."""
    return list(dict.fromkeys(_targets(schema_of(declaration), document)))


def replace_references(
    declaration: Declaration, document: Document, mapping: Mapping[str, str]
) -> Document:
    """The document with ids (``A7``) and parts (``A7/p4``) replaced as ``mapping`` says. What can
    refer to nothing is shared with ``document``."""
    replaced: Document = _replaced(schema_of(declaration), document, mapping)
    return replaced


def _targets(serializer: Any, document: Document) -> Iterator[Target]:
    members, extra = _referring(serializer)
    for name, field in members:
        value = document.get(name)
        if value is None:
            continue
        if isinstance(field, Reference):
            yield from field.targets(value)
        elif isinstance(field, serializers.ListSerializer):
            for item in value:
                yield from _targets(field.child, item)
        else:
            yield from _targets(field, value)
    if extra is not None:
        yield from extra(document)


@cache  # a page walks some hundred documents, most members of which can refer to nothing
def _referring(serializer: Any) -> tuple[list[tuple[str, Any]], Any]:
    """The members of a declaration that can hold references, and what else it refers to."""
    members = [
        (name, field)
        for name, field in serializer.fields.items()
        if isinstance(field, Reference) or _may_refer(getattr(field, "child", field))
    ]
    return members, getattr(serializer, "extra_targets", None)


def _may_refer(field: Any) -> bool:
    return isinstance(field, serializers.Serializer) and any(_referring(field))


def _replaced(serializer: Any, document: Document, mapping: Mapping[str, str]) -> Document:
    result = dict(document)
    extra = getattr(serializer, "extra_replaced", None)
    if extra is not None:
        result |= extra(document, mapping)
    document = result
    members, _ = _referring(serializer)
    for name, field in members:
        value = document.get(name)
        if value is None:
            continue
        if isinstance(field, Reference):
            result[name] = field.replaced(value, mapping)
        elif isinstance(field, serializers.ListSerializer):
            result[name] = [_replaced(field.child, item, mapping) for item in value]
        else:
            result[name] = _replaced(field, value, mapping)
    return result
