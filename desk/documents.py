"""What a document is made of: serializers that build it, read it back and describe it.

Each room declares one ``EntryDocument`` for its entry type, with a ``PartDocument`` for each of
its part tables. From that declaration alone follow ``build``, ``apply``, the claims, the
references and the schema in the API's description.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, cast

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from desk.members import Members
from desk.values import Code, Key, Text
from record.differences import declared
from record.types import Document, Target


class Reference(serializers.Field[Any, Any, Any, Any]):
    """Another entry by its public id. ``to``: the letter of its type; ``predicate``: its link's."""

    def __init__(self, *, to: str, predicate: str, **options: Any) -> None:
        self.to, self.predicate = to, predicate
        options.setdefault("allow_null", True)
        super().__init__(**options)

    def to_representation(self, value: Any) -> str:
        public_id: str = value.public_id
        return public_id

    def to_internal_value(self, data: Any) -> Any:
        return self.context["desk"].entry(data, self.to)

    def targets(self, value: Any) -> Iterator[Target]:
        yield Target(self.predicate, value)

    def replaced(self, value: Any, mapping: Mapping[str, str]) -> Any:
        return mapping.get(value, value)


class References(Reference):
    """Several entries, sorted by their numbers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=False, **options)

    def to_representation(self, value: Any) -> Any:
        return sorted((entry.public_id for entry in value.all()), key=by_number)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, list):
            raise serializers.ValidationError("This is a list of public ids.")
        return [self.context["desk"].entry(item, self.to) for item in data]

    def targets(self, value: Any) -> Iterator[Target]:
        for item in value:
            yield Target(self.predicate, item)

    def replaced(self, value: Any, mapping: Mapping[str, str]) -> Any:
        return sorted({mapping.get(item, item) for item in value}, key=by_number)


class PartReference(Reference):
    """A part of an entry as ``A7/p4``; ``part``: the name of its list in that entry's document."""

    def __init__(self, *, to: str, part: str, predicate: str, **options: Any) -> None:
        self.part = part
        super().__init__(to=to, predicate=predicate, **options)

    def to_representation(self, value: Any) -> str:
        return f"{value.entry.public_id}/{value.key}"

    def to_internal_value(self, data: Any) -> Any:
        return self.context["desk"].part(data, self.to, self.part)

    def targets(self, value: Any) -> Iterator[Target]:
        public_id, _, key = value.partition("/")
        yield Target(self.predicate, public_id, key)

    def replaced(self, value: Any, mapping: Mapping[str, str]) -> Any:
        # Of an entry whose id alone is replaced, that key may be another part: it stays unresolved.
        return mapping.get(value, value)


class OwnPart(serializers.Field[Any, Any, Any, Any]):
    """The key of another part of the same entry, or ``null``; ``part`` names its list."""

    def __init__(self, *, part: str, **options: Any) -> None:
        self.part = part
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: Any) -> str:
        key: str = value.key
        return key

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("This is the key of a part, like p2.")
        return data


class InOrder(serializers.ListSerializer[Any]):
    """Rows in the order of what identifies them: databases differ in how they sort text."""

    def to_representation(self, data: Any) -> list[Any]:
        rows = super().to_representation(data)
        child: Any = self.child
        return sorted(rows, key=lambda row: [row[name] for name in child.identity])


class IdentifierDocument(Members):
    identity = ("scheme", "value")
    one = pgettext_lazy("part of an entry", "identifier")

    class Meta:
        list_serializer_class = InOrder

    scheme = Code(required_text=True, max_length=40)
    value = Code(required_text=True, max_length=200)


class WaiverDocument(Members):
    identity = ("claim",)
    # Translators: of a claim that stands without evidence: “waiver for date”.
    one = pgettext_lazy("part of an entry", "waiver for %(claim)s")
    claim_fields = ("claim",)

    class Meta:
        list_serializer_class = InOrder

    claim = Text(required_text=True, max_length=40)
    reason = Text(required_text=True)


class PartDocument(Members):
    """A part. ``needs_evidence``: whether it is a claim that needs a citation by itself.

    ``unique`` names the members in which no two of its rows agree, as the model has it.
    """

    needs_evidence: ClassVar[bool] = True
    unique: ClassVar[tuple[str, ...]] = ()
    identity = ("key",)
    # How parts and their fields are called: see ``record.wording``.
    one: ClassVar[Any]  # text, to be translated
    known_by: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[Mapping[str, Any]] = {}

    key = Key("p")

    @classmethod
    def taken_over(cls, row: Document) -> Document:
        """The row as it stands in another entry of the type that takes it over by a merger."""
        return row


class EntryDocument(Members):
    """An entry. ``needs_evidence`` and ``citable`` name its fields that are claims.

    ``must_have`` names the fields without which an entry is not published;
    ``never_merged_across`` those in which two entries have to agree to be one.
    """

    type_name: ClassVar[str]
    must_have: ClassVar[tuple[str, ...]] = ()
    needs_evidence: ClassVar[tuple[str, ...]] = ()
    citable: ClassVar[tuple[str, ...]] = ()
    # What fields are called, where their names would not do: see ``record.wording``.
    words: ClassVar[Mapping[str, Any]] = {}
    never_merged_across: ClassVar[tuple[str, ...]] = ()

    id = serializers.CharField(source="public_id")
    type = serializers.SerializerMethodField()
    slug = Code(required_text=True, max_length=120)
    language = Code(required_text=True, max_length=12)
    identifiers = IdentifierDocument(many=True)
    subjects = References(to="T", predicate="subject")
    editor_note = Text()

    def get_type(self, entry: Any) -> str:
        return self.type_name


Declaration = type[EntryDocument]


def by_number(public_id: str) -> tuple[str, int]:
    return public_id[:1], int(public_id[1:])


def schema_of(declaration: Declaration) -> EntryDocument:
    """One instance of the declaration, to walk documents by; never given data."""
    return cast(EntryDocument, declared(declaration))


@cache
def field_names(declaration: Declaration) -> Sequence[str]:
    """Names of the document's members, in the order of the schema."""
    return [str(name) for name in schema_of(declaration).fields]


@cache
def parts_of(declaration: Declaration) -> Mapping[str, type[PartDocument]]:
    """The part lists of a type: name in the document → serializer of one part."""
    return {
        name: type(field.child)
        for name, field in schema_of(declaration).fields.items()
        if isinstance(field, serializers.ListSerializer) and isinstance(field.child, PartDocument)
    }


@cache
def _own_claims(declaration: Declaration) -> Mapping[str, bool]:
    """The fields of an entry that are claims, in the order of the schema."""
    needs_evidence, citable = declaration.needs_evidence, declaration.citable
    return {
        name: name in needs_evidence
        for name in field_names(declaration)
        if name in needs_evidence or name in citable
    }


def claims_of(declaration: Declaration, document: Document) -> dict[str, bool]:
    """Every claim of the document, and whether it needs evidence, in the order of the schema."""
    claims = {"entry": bool(declaration.needs_evidence)}
    for name, needs_evidence in _own_claims(declaration).items():
        if document.get(name) not in (None, "", []):
            claims[name] = needs_evidence
    for list_name, part in parts_of(declaration).items():
        for row in document.get(list_name, ()):
            claims[row["key"]] = part.needs_evidence
            for member, value in row.items():
                if member != "key" and value not in (None, "", []):
                    claims[f"{row['key']}.{member}"] = False
    return claims
