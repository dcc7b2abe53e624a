"""What the API gives, as serializers that describe it; no response is made through them.

A result is its type's declaration with ``version`` added, so that no field is said twice.
"""

from functools import cache
from typing import Any

from rest_framework import serializers

from record.models import Change, CheckState, State
from record.types import type_named

Serializer = serializers.Serializer[Any]
SHA256 = r"^[0-9a-f]{64}$"


class VersionObject(Serializer):
    """Which edition says this, and the checksum: the SHA-256 of ``salt`` followed by the
    canonical JSON (RFC 8785) of the result without this member, as it was published.

    It holds for the bytes of ``schema``; a document of an older schema is served in today's."""

    edition = serializers.IntegerField(min_value=1)
    schema = serializers.IntegerField(min_value=1)
    published_at = serializers.DateTimeField()
    change = serializers.ChoiceField(Change.choices)
    reason = serializers.CharField()
    salt = serializers.RegexField(r"^[0-9a-f]{32}$", allow_null=True)
    sha256 = serializers.RegexField(SHA256)


class ReferenceObject(Serializer):
    """An entry that a result refers to, by its id: what it is called, and its page."""

    type = serializers.CharField()
    name = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.URLField()


class CheckObject(Serializer):
    """How a citation's selector was last found in the source's text, by ``E14/c1``."""

    state = serializers.ChoiceField([*CheckState.values, "unchecked"])
    checked_on = serializers.DateField(allow_null=True)
    text_sha256 = serializers.RegexField(SHA256, allow_null=True)


class EditionObject(Serializer):
    """One act of publication. ``by`` and ``approved_by`` are roles."""

    identity = ("number",)

    number = serializers.IntegerField(min_value=1)
    published_at = serializers.DateTimeField()
    reason = serializers.CharField()
    by = serializers.CharField()
    approved_by = serializers.CharField()
    four_eyes = serializers.BooleanField()
    checksum = serializers.RegexField(SHA256)


class EditionVersionObject(Serializer):
    identity = ("id",)

    id = serializers.CharField()
    type = serializers.CharField()
    change = serializers.ChoiceField(Change.choices)
    state = serializers.ChoiceField(State.choices)
    checksum = serializers.RegexField(SHA256)
    slug = serializers.CharField()
    name = serializers.CharField(allow_null=True)


class EditionContents(EditionObject):
    """An edition and its versions. ``checksum`` is the SHA-256 of the canonical JSON of its
    other members, each version as ``{id, change, checksum}``, sorted by id; ``previous`` is the
    checksum of the edition before."""

    previous = serializers.RegexField(SHA256, allow_null=True)
    versions = EditionVersionObject(many=True)


class TombstoneObject(Serializer):
    """What is left of an entry that was withdrawn, merged or redacted."""

    id = serializers.CharField()
    type = serializers.CharField()
    slug = serializers.CharField(required=False)
    state = serializers.ChoiceField([State.WITHDRAWN, State.MERGED, State.REDACTED])
    merged_into = serializers.CharField(required=False, allow_null=True)
    keys = serializers.DictField(child=serializers.CharField(), required=False)
    version = VersionObject()


class Problem(Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()


class AcceptProblem(Problem):
    """Problem details with the media types that there are."""

    available = serializers.ListField(child=serializers.CharField())


class ParameterErrorObject(Serializer):
    parameter = serializers.CharField()
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), required=False)


class ParameterProblem(Problem):
    """Problem details that name each parameter that is wrong, and what would do."""

    errors = ParameterErrorObject(many=True)  # type: ignore[assignment]


class GoneProblem(Problem):
    """Problem details with the tombstone of the entry."""

    edition = serializers.IntegerField()
    result = TombstoneObject()
    references = serializers.DictField(child=ReferenceObject())


class AsAsked(serializers.Field[Any, Any, Any, Any]):
    """A result: the whole ``shape``, or what ``fields``, ``omit`` and ``expand`` make of it."""

    def __init__(self, *, shape: type[Serializer], **options: Any) -> None:
        self.shape = shape
        super().__init__(**options)


@cache
def result_object(type_name: str) -> type[Serializer]:
    """A document of this type with its ``version``."""
    entry_type = type_named(type_name)
    article = "An" if type_name[0] in "aeiou" else "A"
    doc = f"{article} {type_name}: its document as published, schema {entry_type.schema}."
    return type(
        f"{type_name.title()}Result",
        (entry_type.declaration,),
        {
            "id": serializers.RegexField(f"^{entry_type.letter}[1-9][0-9]*$"),
            "type": serializers.ChoiceField([type_name]),
            "version": VersionObject(),
            "__doc__": doc,
        },
    )


def list_object(
    result: type[Serializer], *, whole: bool = False, **counts: Any
) -> type[Serializer]:
    """A page of a list. ``whole``: no parameter picks some of a result."""
    return envelope(
        f"{_bare(result)}List",
        next=serializers.URLField(allow_null=True),
        previous=serializers.URLField(allow_null=True),
        **counts,
        results=result(many=True) if whole else serializers.ListField(child=AsAsked(shape=result)),
    )


def counted_list_object(result: type[Serializer], *, facets: bool = True) -> type[Serializer]:
    """A page of a list: ``total``, and ``facets`` if it has any, where they are asked for."""
    counts: dict[str, Any] = {"total": serializers.IntegerField(min_value=0, required=False)}
    if facets:
        totals = serializers.DictField(child=serializers.IntegerField(min_value=1))
        counts["facets"] = serializers.DictField(child=totals, required=False)
        more = serializers.IntegerField(min_value=1)
        counts["facets_more"] = serializers.DictField(child=more, required=False)
    return list_object(result, **counts)


def detail_object(result: type[Serializer], *, whole: bool = False) -> type[Serializer]:
    """One entry or edition; ``url`` is its page."""
    one = result() if whole else AsAsked(shape=result)
    return envelope(f"{_bare(result)}Detail", result=one, url=serializers.URLField())


@cache
def envelope(name: str, **fields: Any) -> type[Serializer]:
    """An answer: what is given, the edition that it speaks for, and what goes with it."""
    fields = {
        "edition": serializers.IntegerField(min_value=0),
        **fields,
        "references": serializers.DictField(child=ReferenceObject()),
        "checks": serializers.DictField(child=CheckObject()),
    }
    doc = "The record as of ``edition``."
    return type(name, (serializers.Serializer,), {**fields, "__doc__": doc})


def _bare(result: type[Serializer]) -> str:
    return result.__name__.removesuffix("Result").removesuffix("Object").removesuffix("Contents")
