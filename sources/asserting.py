"""What a disputing citation asserts instead: a value in the shape of the claim it disputes."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from desk.documents import EntryDocument, PartDocument, Reference
from desk.values import DecimalText, PartialDateValue
from record.canonical import canonical
from record.types import Document, Target


def claim_field(declaration: EntryDocument, document: Document, claim: str) -> Any:
    """The serializer field of a claim, or ``None`` where it has no value (the entry itself)."""
    name, _, part_field = claim.partition(".")
    if not part_field and name in (*declaration.needs_evidence, *declaration.citable):
        return declaration.fields[name]
    for list_name, field in declaration.fields.items():
        part = getattr(field, "child", None)
        if isinstance(part, PartDocument) and any(
            row["key"] == name for row in document[list_name]
        ):
            return part.fields.get(part_field) if part_field else part
    return None


def assertion_problem(
    declaration: EntryDocument, document: Document, citation: Document
) -> str | None:
    """Why what the citation asserts does not fit the claim it disputes, or ``None``."""
    value = citation["asserts"]
    if value is None:
        return None
    if citation["stance"] != "disputes" or len(citation["claims"]) != 1:
        return "only a citation that disputes exactly one claim asserts another value"
    field = claim_field(declaration, document, citation["claims"][0])
    if field is None:
        return f"the claim {citation['claims'][0]} has no value to put another against"
    try:
        if isinstance(field, PartDocument):
            _check_part(field, value)
        else:
            _check(_in_context(field), value)
    except serializers.ValidationError as error:
        return f"what it asserts does not fit the claim: {_first_message(error.detail)}"
    return None


def asserted_targets(
    declaration: EntryDocument, document: Document, citation: Document
) -> Iterator[Target]:
    """References within what a citation asserts, as predicate ``asserts``."""
    for field, value in _references(declaration, document, citation):
        for target in field.targets(value):
            yield Target("asserts", target.id, target.part)


def replaced_assertion(
    declaration: EntryDocument,
    document: Document,
    citation: Document,
    mapping: Mapping[str, str],
) -> Any:
    """What the citation asserts, with ids replaced."""
    asserts = citation["asserts"]
    for field, value in _references(declaration, document, citation):
        replaced = field.replaced(value, mapping)
        asserts = asserts | {field.field_name: replaced} if isinstance(asserts, dict) else replaced
    return asserts


def _references(
    declaration: EntryDocument, document: Document, citation: Document
) -> Iterator[tuple[Reference, Any]]:
    value = citation["asserts"]
    if value is None or assertion_problem(declaration, document, citation):
        return  # what does not fit refers to nothing, and is not published
    field = claim_field(declaration, document, citation["claims"][0])
    if isinstance(field, Reference):
        yield field, value
    elif isinstance(field, PartDocument) and isinstance(value, dict):
        for name, inner in field.fields.items():
            if isinstance(inner, Reference) and value.get(name) is not None:
                yield inner, value[name]


def _check_part(part: PartDocument, value: Any) -> None:
    if not isinstance(value, dict) or set(value) != set(part.fields) - {"key"}:
        names = ", ".join(sorted(set(part.fields) - {"key"}))
        raise serializers.ValidationError(f"it has exactly these members: {names}")
    for name, field in _in_context(part).fields.items():
        if name != "key":
            _check(field, value[name])


def _check(field: Any, value: Any) -> None:
    """That the value is as a document would have it: a date with its days, 40.5 and not 40.50."""
    checked = field.run_validation(value)
    if isinstance(field, PartialDateValue | DecimalText) and checked is not None:
        whole = field.to_representation(checked)
        if whole != value:
            raise serializers.ValidationError(f"write it as {canonical(whole)}")


def _in_context(field: Any) -> Any:
    """A copy of the field that checks the shape of references and looks nothing up."""
    if isinstance(field, serializers.Serializer):
        return type(field)(context={"desk": _ShapeOnly()})

    class Holder(serializers.Serializer[Any]):
        pass

    holder = Holder(context={"desk": _ShapeOnly()})
    copied = type(field)(*field._args, **field._kwargs)
    copied.bind("value", holder)
    return copied


class _ShapeOnly:
    """Stands in for the desk: what is referred to is looked up with the document's references."""

    def entry(self, public_id: Any, letter: str) -> str:
        if not isinstance(public_id, str) or not public_id.startswith(letter):
            raise serializers.ValidationError(f"“{public_id}” is not an id like {letter}1.")
        if not (public_id.isascii() and public_id[1:].isdecimal()):
            raise serializers.ValidationError(f"“{public_id}” is not an id like {letter}1.")
        return public_id

    def part(self, reference: Any, letter: str, part: str) -> str:
        public_id, _, key = str(reference).partition("/")
        if not key.startswith("p"):
            raise serializers.ValidationError(f"{reference!r} is not a part like {letter}1/p1.")
        return f"{self.entry(public_id, letter)}/{key}"


def _first_message(detail: Any) -> str:
    while isinstance(detail, dict | list):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)
