"""The API's view of what differs between two versions of an entry: what came, went and changed."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.request import Request

from record.api import PublicView
from record.api_versions import EntryVersionObject, unknown_entry, version_of
from record.changes import WORDS, Change
from record.conditional import record_of
from record.history import Comparison, History, NoSuchVersion, compared, history_of
from record.models import Version
from record.openapi import RecordSchema, in_path
from record.openapi_parameters import example
from record.parameters import check_known, require_none_wrong
from record.problems import MEDIA_TYPE, ParameterError
from record.reading import NotInRecord, Record
from record.referred import named_within
from record.serving import references_as_json
from record.shapes import Problem, Serializer, envelope
from record.types import Document, entry_types, type_named

ENDS = FROM, TO = ("from", "to")
SHOWN = 20  # characters of what is no edition
VALUE = (
    "A field, a part, a citation, or a waiver, as documents have them; of what was put in another "
    "order, what identifies the rows."
)


class StretchObject(Serializer):
    """A run of words that stand in both texts, or in one of them."""

    kind = serializers.ChoiceField(["same", "removed", "added"])
    text = serializers.CharField()


class DifferenceObject(Serializer):
    """One difference. ``path`` leads to it: ``date``; ``participants``, ``p2``, ``role``; ``where``
    says it in words. ``claim``: what is claimed there, ``null`` where it is no claim; ``evidence``:
    whether it is of citations or waivers. ``words``: a text that changed, word by word."""

    path = serializers.ListField(child=serializers.CharField())
    where = serializers.CharField()
    claim = serializers.CharField(allow_null=True)
    evidence = serializers.BooleanField()
    change = serializers.ChoiceField([name for name in WORDS if name != "evidence"])
    before = serializers.JSONField(allow_null=True, help_text=VALUE)
    after = serializers.JSONField(allow_null=True, help_text=VALUE)
    words = StretchObject(many=True, allow_null=True)


class DiffObject(Serializer):
    """What differs between two versions of an entry. ``from`` is ``null`` before the first one.

    ``redacted``: the edition whose version was redacted, so that nothing can be compared.
    ``merged_into``: the entry that this one was merged into, where ``to`` says so."""

    id = serializers.CharField()
    type = serializers.CharField()
    to = EntryVersionObject()
    redacted = serializers.IntegerField(min_value=1, allow_null=True)
    merged_into = serializers.CharField(allow_null=True)
    changes = DifferenceObject(many=True)

    def get_fields(self) -> dict[str, Any]:
        # `from` is a word of Python's, so it cannot be declared as the others are.
        fields = super().get_fields()
        return {
            name: field
            for each in fields
            for name, field in (
                [(FROM, EntryVersionObject(allow_null=True)), (each, fields[each])]
                if each == TO
                else [(each, fields[each])]
            )
        }


class DiffSchema(RecordSchema):
    """Describes the one view."""

    def get_operation_id(self) -> str:
        return "versions_diff"

    def get_summary(self) -> str:
        return "Compare two versions of an entry"

    def get_description(self) -> str:  # type: ignore[override]
        return "The newest and the one before, unless others are asked for by their editions."

    def _own_parameters(self) -> list[OpenApiParameter]:
        text = "Public id of the entry, whatever became of it."
        said = "Number of the edition that wrote the {} version; {} unless given."
        earlier, later = (
            said.format("earlier", "the one before “to”"),
            said.format("later", "the newest"),
        )
        return [
            in_path("public_id", str, text, some=f"{entry_types()[0].letter}1"),
            OpenApiParameter(FROM, int, description=earlier, examples=example(1)),
            OpenApiParameter(TO, int, description=later, examples=example(1)),
        ]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        none = OpenApiResponse(Problem, "Nothing of that id has been published.")
        key = HTTPStatus.NOT_FOUND.value, MEDIA_TYPE
        return super().get_response_serializers() | {key: none}

    def _served(self) -> type[Serializer]:
        return envelope("Diff", result=DiffObject(), url=serializers.URLField())

    def _is_list(self, serializer: Any = None) -> bool:
        return False

    def _plural(self) -> str:
        return "versions"


class VersionDiff(PublicView):
    """What differs between two versions of one entry; without parameters, between the last two."""

    schema = DiffSchema()

    def get(self, request: Request, public_id: str) -> HttpResponse:
        """Four queries, and up to four more for names."""
        record = record_of(request)
        try:
            history = history_of(record, public_id)
        except NotInRecord:
            raise unknown_entry(public_id) from None
        errors: list[ParameterError] = []
        check_known(request.query_params, ENDS, errors)
        before, after = _ends(history, request, errors)
        require_none_wrong(errors)
        found = compared(record, before, after)
        result = _result(found, record)
        references = record.references(named_within(result["changes"], found.named))
        url = reverse("record:entry_history", args=[public_id])
        ends = f"?from={before.edition_id}&" if before else "?"
        return self.answer(
            {
                "edition": record.number,
                "result": result,
                "references": references_as_json(references, self.origin),
                "checks": {},
                "url": self.origin + record.page(f"{url}{ends}to={after.edition_id}"),
            }
        )


def _ends(
    history: History, request: Request, errors: list[ParameterError]
) -> tuple[Version | None, Version]:
    """The two versions; what is wrong with what was asked for is added to ``errors``."""
    editions = [str(version.edition_id) for version in history.versions][::-1]
    chosen: dict[str, Version] = {}
    for name in ENDS:
        values = request.query_params.getlist(name)
        try:
            if len(values) > 1:
                errors.append(ParameterError(name, "Give this once."))
            elif values:
                chosen[name] = history.at(values[0])
        except NoSuchVersion:
            detail = (
                f"“{values[0][:SHOWN]}” is no edition that wrote a version of "
                f"{history.newest.public_id}. These did: {', '.join(editions)}."
            )
            errors.append(ParameterError(name, detail, editions))
    after = chosen.get(TO, history.newest)
    before = chosen.get(FROM, history.before(after))
    if before is not None and before.edition_id > after.edition_id:
        detail = f"Edition {before.edition_id} came after edition {after.edition_id}, of “{TO}”."
        errors.append(ParameterError(FROM, detail))
    return before, after


def _result(found: Comparison, record: Record) -> Document:
    before, after, gone = found.before, found.after, found.redacted
    return {
        "id": after.public_id,
        "type": after.type,
        FROM: version_of(before, record) if before else None,
        TO: version_of(after, record),
        "redacted": gone.edition_id if gone else None,
        "merged_into": found.merged_into or None,
        "changes": [
            *_changes(found.says, after.type, evidence=False),
            *_changes(found.evidence, after.type, evidence=True),
        ],
    }


def _changes(changes: Sequence[Change], type_name: str, *, evidence: bool) -> list[Document]:
    return [
        {
            "path": list(change.of.path),
            "where": change.where,
            "claim": None if evidence else _claim(change.of.path, type_name),
            "evidence": evidence,
            "change": change.of.change,
            "before": change.of.before,
            "after": change.of.after,
            "words": change.text
            and [{"kind": each.kind, "text": each.text} for each in change.text.stretches],
        }
        for change in changes
        if change.of is not None
    ]


def _claim(path: Sequence[str], type_name: str) -> str | None:
    """What is claimed there: a field, a part by its key, or a field of it."""
    first, *rest = path
    if rest:
        return ".".join(rest) if rest[0].startswith("p") and rest[0][1:].isdecimal() else None
    declaration: Any = type_named(type_name).declaration
    claims = (*declaration.needs_evidence, *declaration.citable)
    return first if first in claims else None


urlpatterns = [
    path("entries/<str:public_id>/diff/", VersionDiff.as_view(), name="version_diff"),
]
