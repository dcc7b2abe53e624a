"""The API's view of who answered how: the page's matrix, with ids in place of names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from proposals.choosing import Chosen, read_chosen
from proposals.cited import names_of
from proposals.responses import Cell, Matrix, Row, Stood, of_proposals, of_provisions
from record.api import PublicView
from record.conditional import record_of
from record.days import DayAsked, read_day, written
from record.filters import PAGING
from record.openapi import RecordSchema, paging_parameters
from record.openapi_parameters import example
from record.paging import Page, page
from record.parameters import PageAsked, check_known, once, read_ids, read_page, require_none_wrong
from record.problems import ParameterError
from record.reading import Record
from record.referred import named_within
from record.served import Served, served, served_entries
from record.serving import checks_of, document_of, references_as_json
from record.shapes import Serializer, list_object, result_object
from record.sorting import VERSIONS, as_read
from record.types import Document, type_named

IDS, ON, PROPOSAL = "ids", "on", "proposal"
ANSWERED = "answered"
# What a cell without an answer says, by its sign.
EMPTY = {
    "later": "nothing by then",
    "unmade": "not yet presented",
    "unresearched": "not researched",
}
NOT_BESIDE = f"Not beside “{PROPOSAL}”: the provisions of one proposal are given whole."


def _answer_object() -> type[Serializer]:
    """Its own members are those of a response in a proposal's document."""
    response: Any = type(result_object("proposal")().fields["responses"].child)  # type: ignore[attr-defined]
    fields = response().fields
    doc = (
        "A response, by its ``key`` in the proposal's document, as it stands on the day. ``date``: "
        "its own, or that of the event. ``certain``: given by that day, whatever its date means."
    )
    return type(
        "StoodAnswer",
        (serializers.Serializer,),
        {
            "key": serializers.CharField(),
            "stance": serializers.ChoiceField(list(fields["stance"].choices)),
            "certain": serializers.BooleanField(),
            "date": type(fields["date"])(),
            "event": serializers.RegexField(r"^E[1-9][0-9]*$", allow_null=True),
            "looked_in": serializers.CharField(allow_null=True),
            "citations": serializers.ListField(child=serializers.CharField()),
            "__doc__": doc,
        },
    )


def row_object() -> type[Serializer]:
    cell = type(
        "StoodCell",
        (serializers.Serializer,),
        {
            "actor": serializers.CharField(),
            "state": serializers.ChoiceField([ANSWERED, *EMPTY.values()]),
            "answers": _answer_object()(many=True),
            "to_provisions": serializers.IntegerField(min_value=0),
            "__doc__": CELL,
        },
    )
    return type(
        "StoodRow",
        (serializers.Serializer,),
        {
            "proposal": serializers.CharField(),
            "provision": serializers.CharField(allow_null=True),
            "topic": serializers.CharField(allow_null=True),
            "cells": cell(many=True),
            "__doc__": ROW,
        },
    )


CELL = (
    "How an actor stood. ``answers`` are several where their order is not known; ``none found`` "
    "among them says where somebody has looked in vain. Without any, ``state`` says why: they came "
    "later, the proposal did, or nobody has looked, as far as the record says. ``to_provisions``: "
    "answers to single provisions by then, where these have no rows of their own."
)
ROW = (
    "A proposal, or with “proposal” a provision of it, by its key; ``null`` is the whole. ``cells``"
    " are in the order of ``actors``."
)


class ResponsesSchema(RecordSchema):
    """Describes the one view."""

    def get_operation_id(self) -> str:
        return "proposals_responses"

    def get_summary(self) -> str:
        return "Read who answered how"

    def get_description(self) -> str:  # type: ignore[override]
        return (
            "Actors and proposals, or the provisions of one, as of any day. “before” and “after” "
            "are the nearest days on which anything here changed, “last” the last of all."
        )

    def _own_parameters(self) -> list[OpenApiParameter]:
        day = "A day, or the last one of a month or year (1997, 1997-07, 1997-07-20)."
        one = "Id or slug of a proposal, the provisions of which are the rows."
        ids = "Public ids, with commas between them, at most 200. Others are left out."
        return [
            OpenApiParameter(IDS, str, description=ids, examples=example("P1,P2")),
            OpenApiParameter(PROPOSAL, str, description=one, examples=example("P1")),
            OpenApiParameter(ON, str, description=day, examples=example("1999-11-19")),
            *paging_parameters(),
        ]

    def _served(self) -> type[Serializer]:
        citation: Any = result_object("proposal")().fields["citations"]
        return list_object(
            row_object(),
            whole=True,
            on=serializers.DateField(allow_null=True),
            before=serializers.DateField(allow_null=True),
            after=serializers.DateField(allow_null=True),
            last=serializers.DateField(allow_null=True),
            actors=serializers.ListField(child=serializers.CharField()),
            citations=serializers.DictField(child=type(citation.child)()),
            remarks=serializers.ListField(child=serializers.CharField()),
        )

    def _is_list(self, serializer: Any = None) -> bool:
        return True

    def _plural(self) -> str:
        return "proposals"


class ProposalResponses(PublicView):
    """``?on=1999-11-19``: who answered how to proposals, or ``?proposal=P1`` to its provisions."""

    schema = ResponsesSchema()

    def get(self, request: Request) -> HttpResponse:
        """Five to nine queries; with “proposal”, three or four more where it is no name of now."""
        record = record_of(request)
        query = request.query_params
        errors: list[ParameterError] = []
        check_known(query, [IDS, PROPOSAL, ON, *PAGING], errors)
        day = read_day(once(query, ON, errors) or "")
        if day.problem:
            errors.append(ParameterError(ON, day.problem))
        if once(query, PROPOSAL, errors) is not None:
            errors += [ParameterError(name, NOT_BESIDE) for name in (IDS, *PAGING) if name in query]
            chosen = read_chosen(record, query, PROPOSAL)
            errors += _wrong(chosen)
            require_none_wrong(errors)
            versions = list(served_entries(record, chosen.ids).values())
            matrix = of_provisions(record, document_of(versions[0]), day.day)
            return self.filled(record, day, Page(versions, None, None), matrix, _remarks(chosen))
        ids = read_ids(query, type_named("proposal"), errors)
        paging = read_page(query, as_read(VERSIONS, "proposal"), errors)
        require_none_wrong(errors)
        found = _page_of(record, ids, paging)
        documents = [document_of(version) for version in found.items]
        return self.filled(record, day, found, of_proposals(record, documents, day.day), [])

    def filled(
        self, record: Record, day: DayAsked, found: Page, matrix: Matrix, remarks: Sequence[str]
    ) -> HttpResponse:
        """The matrix as an answer. One query for checks, and one for names that are not kept."""
        said = {
            "on": day.iso,
            "before": written(matrix.before) or None,
            "after": written(matrix.after) or None,
            "last": written(matrix.last) or None,
            "actors": list(matrix.ids),
            "results": [_row(row, matrix.ids) for row in matrix.rows],
            "citations": matrix.cited.rows,
        }
        versions: list[Served] = found.items
        own = record.references(version.public_id for version in versions)
        names = {**matrix.cited.referred.names, **own}
        named = {public_id: names[public_id] for public_id in named_within(said, names)}
        checks = checks_of(record, versions)
        return self.answer(
            {
                "edition": record.number,
                "next": self.page_url(found.next),
                "previous": self.page_url(found.previous),
                **said,
                "remarks": list(remarks),
                "references": references_as_json(named, self.origin),
                "checks": {name: checks[name] for name in checks if name in matrix.cited.rows},
            }
        )


def _wrong(chosen: Chosen) -> list[ParameterError]:
    """One proposal, or nothing."""
    said = [remark.text for remark in chosen.remarks if remark.wrong]
    if not said and len(chosen.ids) != 1:
        said = [f"Name one proposal, like {PROPOSAL}=P1."]
    return [ParameterError(PROPOSAL, text) for text in said]


def _remarks(chosen: Chosen) -> list[str]:
    return [remark.text for remark in chosen.remarks]


def _page_of(record: Record, ids: Sequence[str] | None, paging: PageAsked) -> Page:
    """In the order of the page. One query."""
    versions = record.versions("proposal").select_related(None)
    if ids is not None:
        versions = versions.filter(public_id__in=ids)
    return page(versions, cursor=paging.cursor, limit=paging.limit, rows=served)


def _row(row: Row, actors: Sequence[str]) -> Document:
    provisions = {part["key"]: part for part in row.document["provisions"]}
    responses = {part["key"]: part for part in row.document["responses"]}
    return {
        "proposal": row.document["id"],
        "provision": row.key or None,
        "topic": provisions[row.key]["topic"] if row.key else None,
        "cells": [
            {"actor": actor, **_cell(cell, row.document["id"], responses)}
            for actor, cell in zip(actors, row.cells, strict=True)
        ],
    }


def _cell(cell: Cell, public_id: str, responses: Mapping[str, Document]) -> Document:
    return {
        "state": ANSWERED if cell.stood else EMPTY[cell.sign],
        "answers": [_answer(stood, public_id, responses[stood.key]) for stood in cell.stood],
        "to_provisions": cell.also,
    }


def _answer(stood: Stood, public_id: str, response: Document) -> Document:
    return {
        "key": stood.key,
        "stance": response["stance"],
        "certain": stood.certain,
        "date": stood.date,
        "event": response["event"],
        "looked_in": response["looked_in"],
        "citations": names_of(public_id, stood.marks),
    }


urlpatterns = [path("responses/", ProposalResponses.as_view(), name="proposal_responses")]
