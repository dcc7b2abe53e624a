"""The API's view of proposals side by side: what the page shows, with ids in place of names."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from proposals.choosing import LEAST, MOST, Chosen, read_chosen
from proposals.cited import names_of
from proposals.comparing import Cell, Column, Comparison, Provided, Reworded, Row, Step, compare
from record.api import PublicView
from record.conditional import record_of
from record.openapi import RecordSchema
from record.openapi_parameters import example
from record.parameters import check_known, require_none_wrong
from record.problems import ParameterError
from record.referred import named_within
from record.served import served_entries
from record.serving import checks_of, references_as_json
from record.shapes import Serializer, envelope, result_object
from record.types import Document
from sources.marks import ClaimMarks

IDS = "ids"


class ComparedStep(Serializer):
    """How a provision, or the whole, stands to an earlier one. ``words`` are those of that one."""

    key = serializers.CharField()
    kind = serializers.CharField()
    earlier = serializers.CharField()
    words = serializers.CharField(allow_null=True)
    citations = serializers.ListField(child=serializers.CharField())


class ComparedProvision(Serializer):
    key = serializers.CharField()
    summary = serializers.CharField()
    steps = ComparedStep(many=True)
    citations = serializers.ListField(child=serializers.CharField())


class ComparedSilence(Serializer):
    """The claim that a proposal does not address a topic."""

    key = serializers.CharField()
    citations = serializers.ListField(child=serializers.CharField())


class ComparedCell(Serializer):
    """What a proposal says of a topic. ``researched``: whether anybody has looked, as far as the
    record says; ``silent`` is ``null`` unless it is claimed that nothing is said."""

    proposal = serializers.CharField()
    researched = serializers.BooleanField()
    provisions = ComparedProvision(many=True)
    dropped = ComparedStep(many=True)
    silent = ComparedSilence(allow_null=True)


class ComparedTopic(Serializer):
    topic = serializers.CharField()
    cells = ComparedCell(many=True)


class ComparedAuthor(Serializer):
    key = serializers.CharField()
    actor = serializers.CharField()
    citations = serializers.ListField(child=serializers.CharField())


class ComparedWords(Serializer):
    """A run of words that stand in both texts, or in one of them."""

    kind = serializers.ChoiceField(["same", "removed", "added"])
    text = serializers.CharField()


class ComparedTexts(Serializer):
    """A provision beside the earlier one that it comes from, word by word."""

    later = serializers.CharField()
    earlier = serializers.CharField()
    words = ComparedWords(many=True)


def _compared_proposal() -> type[Serializer]:
    """Its own members are those of a proposal's document."""
    whole = result_object("proposal")().fields
    doc = "A proposal. ``wholes``: how all of it stands to all of earlier ones."
    return type(
        "ComparedProposal",
        (serializers.Serializer,),
        {
            "id": serializers.CharField(),
            "title": serializers.CharField(),
            "kind": serializers.CharField(),
            "presented": type(whole["presented"])(),
            "authors": ComparedAuthor(many=True),
            "wholes": ComparedStep(many=True),
            "__doc__": doc,
        },
    )


def _comparison_object() -> type[Serializer]:
    citation = type(result_object("proposal")().fields["citations"].child)  # type: ignore[attr-defined]
    doc = (
        "Proposals side by side, topic by topic. ``citations`` are named where they speak to what "
        "is said, as ``P1/c2``, and given once. ``remarks`` say what became of ids that were "
        "merged. ``more_reworded``: how many texts were not compared, where that is too much."
    )
    return type(
        "Comparison",
        (serializers.Serializer,),
        {
            "proposals": _compared_proposal()(many=True),
            "topics": ComparedTopic(many=True),
            "reworded": ComparedTexts(many=True),
            "more_reworded": serializers.IntegerField(min_value=0),
            "citations": serializers.DictField(child=citation()),
            "remarks": serializers.ListField(child=serializers.CharField()),
            "__doc__": doc,
        },
    )


class CompareSchema(RecordSchema):
    """Describes the one view."""

    def get_operation_id(self) -> str:
        return "proposals_compare"

    def get_summary(self) -> str:
        return "Compare proposals"

    def get_description(self) -> str:  # type: ignore[override]
        return "Topic by topic, with citations, and what was reworded word by word."

    def _own_parameters(self) -> list[OpenApiParameter]:
        text = f"{LEAST} to {MOST} proposals, by id or slug, with commas between them."
        return [
            OpenApiParameter(IDS, str, description=text, required=True, examples=example("P1,P2"))
        ]

    def _served(self) -> type[Serializer]:
        return envelope("Compared", result=_comparison_object()(), url=serializers.URLField())

    def _is_list(self, serializer: Any = None) -> bool:
        return True

    def _plural(self) -> str:
        return "proposals"


class ProposalCompare(PublicView):
    """``?ids=P1,P2``: two to six proposals side by side."""

    schema = CompareSchema()

    def get(self, request: Request) -> HttpResponse:
        """Six to eight queries, and three or four more where a name is not that of one now."""
        record = record_of(request)
        errors: list[ParameterError] = []
        check_known(request.query_params, [IDS], errors)
        chosen = read_chosen(record, request.query_params)
        _check(chosen, errors)
        require_none_wrong(errors)
        comparison = compare(record, chosen.ids)
        result = _result(comparison, chosen)
        versions = served_entries(record, chosen.ids)
        checks = checks_of(record, [versions[public_id] for public_id in chosen.ids])
        names = comparison.cited.referred.names
        return self.answer(
            {
                "edition": record.number,
                "result": result,
                "references": references_as_json(
                    {public_id: names[public_id] for public_id in named_within(result, names)},
                    self.origin,
                ),
                "checks": {
                    name: check for name, check in checks.items() if name in result["citations"]
                },
                "url": self.origin
                + record.page(f"{record.address('proposals:proposal_compare')}?{chosen.query}"),
            }
        )


def _check(chosen: Chosen, errors: list[ParameterError]) -> None:
    """Programs get what they asked for, or nothing: what a page leaves out is refused here."""
    wrong = [remark.text for remark in chosen.remarks if remark.wrong]
    if not wrong and len(chosen.ids) < LEAST:
        wrong = [f"Name {LEAST} to {MOST} proposals, like {IDS}=P1,P2."]
    errors += [ParameterError(IDS, text) for text in wrong]


def _result(comparison: Comparison, chosen: Chosen) -> Document:
    said = {
        "proposals": [_proposal(column) for column in comparison.columns],
        "topics": [_topic(row) for row in comparison.rows],
        "reworded": [_reworded(each) for each in comparison.reworded],
        "more_reworded": comparison.more_reworded,
    }
    return said | {
        "citations": comparison.cited.rows,
        "remarks": [remark.text for remark in chosen.remarks],
    }


def _proposal(column: Column) -> Document:
    document = column.document
    return {
        "id": column.id,
        "title": document["title"],
        "kind": document["kind"],
        "presented": document["presented"],
        "authors": [
            {"key": row["key"], "actor": row["actor"], "citations": _cited(column, author.marks)}
            for row, author in zip(document["authors"], column.authors, strict=True)
        ],
        "wholes": [_step(column, step) for step in column.wholes],
    }


def _topic(row: Row) -> Document:
    return {"topic": row.id, "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Cell) -> Document:
    column = cell.column
    silent = None
    if cell.silent is not None:
        silent = {"key": cell.silence, "citations": _cited(column, cell.silent)}
    return {
        "proposal": column.id,
        "researched": cell.researched,
        "provisions": [_provision(column, each) for each in cell.provisions],
        "dropped": [_step(column, step) for step in cell.dropped],
        "silent": silent,
    }


def _provision(column: Column, provided: Provided) -> Document:
    return {
        "key": provided.key,
        "summary": provided.summary,
        "steps": [_step(column, step) for step in provided.steps],
        "citations": _cited(column, provided.marks),
    }


def _step(column: Column, step: Step) -> Document:
    return {
        "key": step.key,
        "kind": step.code,
        "earlier": step.there,
        "words": step.words or None,
        "citations": _cited(column, step.marks),
    }


def _reworded(reworded: Reworded) -> Document:
    later, earlier = reworded.ids
    words = [{"kind": each.kind, "text": each.text} for each in reworded.text.stretches]
    return {"later": later, "earlier": earlier, "words": words}


def _cited(column: Column, claims: Sequence[ClaimMarks]) -> list[str]:
    return names_of(column.id, claims)


urlpatterns = [path("compare/", ProposalCompare.as_view(), name="proposal_compare")]
