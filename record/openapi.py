"""The API's description (OpenAPI 3.1): every view described by what it serves and asks for."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from record.as_of import DAY
from record.as_read import PARAMETER
from record.filter_fields import ChoiceField, ChoicesField, DateLimitField, TextField
from record.filter_kinds import (
    ChangedSinceFilter,
    FacetFilter,
    LinkFilter,
    SortFilter,
    UndatedFilter,
)
from record.filters import RecordFilter
from record.negotiation import JSON, all_forms
from record.openapi_parameters import (
    EXAMPLES,
    example,
    format_parameter,
    picking_parameters,
    shaping_parameters,
    with_examples,
)
from record.paging import DEFAULT_LIMIT, MOST
from record.problems import MEDIA_TYPE
from record.query import MOST_WORDS
from record.shapes import (
    AcceptProblem,
    EditionContents,
    EditionObject,
    GoneProblem,
    ParameterProblem,
    Problem,
    Serializer,
    counted_list_object,
    detail_object,
    result_object,
)
from record.sorting import EDITION_ORDERS
from record.types import type_named

NONE_TOO = "“none”: entries that record none."


class RecordSchema(AutoSchema):
    """Describes the views of ``record.api``: each says what it serves."""

    view: Any

    def get_tags(self) -> list[str]:
        return [self._plural()]

    def get_operation_id(self) -> str:
        return f"{self._plural()}_{'list' if self._is_list() else 'detail'}"

    def get_summary(self) -> str:
        if self._is_list():
            return f"List {self._plural()}"
        return f"Read one {self._type_name() or 'edition'}"

    def get_description(self) -> str:  # type: ignore[override]
        if self._is_list():
            return "One page; “next” and “previous” lead to the others."
        if self._type_name():
            return "By public id or slug. An old slug leads to the address of today, with 301."
        return "With all that its checksum is computed over."

    def get_override_parameters(self) -> list[Any]:
        return with_examples([*self._own_parameters(), *second_clock()])

    def _own_parameters(self) -> list[OpenApiParameter]:
        shapes = picking_parameters(self._result())
        if self._type_name():
            shapes = [*shaping_parameters(self._result()), format_parameter()]
        if self._is_list():
            filters = getattr(self.view, "filter_class", None)
            own = filter_parameters(filters) if filters else edition_parameters()
            return [*own, *paging_parameters(), *shapes]
        if name := self._type_name():
            some = f"{type_named(name).letter}1"
            return [in_path("key", str, "Public id or slug.", some=some), *shapes]
        return [in_path("number", int, "Number of the edition."), *shapes]

    def get_response_serializers(self) -> dict[Any, Any]:  # type: ignore[override]
        problems: dict[HTTPStatus, tuple[type[Serializer], str]] = {
            HTTPStatus.BAD_REQUEST: (ParameterProblem, "A parameter is not valid."),
            HTTPStatus.NOT_ACCEPTABLE: (AcceptProblem, "There is no form that Accept takes."),
        }
        if not self._is_list():
            problems[HTTPStatus.NOT_FOUND] = (Problem, "There is none of that name.")
        if not self._is_list() and self._type_name():
            problems[HTTPStatus.GONE] = (GoneProblem, "Withdrawn, merged or redacted.")
        ok, said = HTTPStatus.OK.value, "As of the newest edition, or of the one that is asked for."
        described: dict[Any, Any] = {(ok, JSON.media_type): OpenApiResponse(self._served(), said)}
        if self._type_name():
            for form in all_forms()[1:]:
                described[ok, form.media_type] = OpenApiResponse(dict(form.schema), said)
        described |= {
            HTTPStatus.FOUND.value: OpenApiResponse(
                None, "“as_of” leads to this address with “edition”, “search” of lists with “q”."
            ),
            HTTPStatus.NOT_MODIFIED.value: OpenApiResponse(None, "If-None-Match has its ETag."),
        }
        for status, (shape, description) in problems.items():
            described[status.value, MEDIA_TYPE] = OpenApiResponse(shape, description)
        return described

    def _result(self) -> type[Serializer]:
        if type_name := self._type_name():
            return result_object(type_name)
        return EditionObject if self._is_list() else EditionContents

    def _served(self) -> type[Serializer]:
        result = self._result()
        if not self._is_list():
            return detail_object(result)
        return counted_list_object(result, facets=bool(self._type_name()))

    def _is_list(self, serializer: Any = None) -> bool:
        return "{" not in self.path

    def _type_name(self) -> str:
        """The entry type of the view, or nothing for editions."""
        filters = getattr(self.view, "filter_class", None)
        name: str = filters.type_name if filters else getattr(self.view, "type_name", "")
        return name

    def _plural(self) -> str:
        return type_named(self._type_name()).plural if self._type_name() else "editions"


def paging_parameters() -> list[OpenApiParameter]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}
    return [
        OpenApiParameter("limit", limit, description="How many results a page has, at most."),
        OpenApiParameter("cursor", str, description="From “next” or “previous” of a page."),
    ]


def second_clock() -> list[OpenApiParameter]:
    """What every address takes: of when its answer is."""
    number = {"type": "integer", "minimum": 1}
    day = {"type": "string", "format": "date"}
    return [
        OpenApiParameter(
            PARAMETER,
            number,
            description="Number of the edition to be answered from, else the newest.",
        ),
        OpenApiParameter(
            DAY,
            day,
            description="A day: leads (302) to this address as of its last edition (UTC).",
        ),
    ]


def facets_in(filter_class: type[RecordFilter]) -> list[str]:
    return [n for n, kind in filter_class.base_filters.items() if isinstance(kind, FacetFilter)]


def count_parameters(facets: Iterable[str]) -> list[OpenApiParameter]:
    names = list(facets)
    text = f"Facets to count, with commas between them: {', '.join(names)}."
    return [
        total_parameter(),
        OpenApiParameter("facets", str, description=text, examples=example(names[0])),
    ]


def filter_parameters(filter_class: type[RecordFilter]) -> list[OpenApiParameter]:
    entry_type = type_named(filter_class.type_name)
    letter = entry_type.letter
    text = f"Public ids, with commas between them, at most {MOST}. Others are left out."
    some = example(f"{letter}1,{letter}2")
    return [
        *(_parameter(name, filter_) for name, filter_ in filter_class.base_filters.items()),
        OpenApiParameter("ids", str, description=text, pattern=f"^{letter}[1-9]", examples=some),
        searched_parameter(),
        *count_parameters(facets_in(filter_class)),
    ]


def edition_parameters() -> list[OpenApiParameter]:
    numbers = "Numbers of editions, with commas between them. Others are left out."
    return [
        OpenApiParameter(
            "ids", str, description=numbers, pattern="^[1-9]", examples=example("1,2")
        ),
        sort_parameter(EDITION_ORDERS),
        total_parameter(),
    ]


def sort_parameter(orders: Iterable[str], what: str = "") -> OpenApiParameter:
    """``what``: of the first order, in words."""
    names = list(orders)
    text = f"The order of the results; {names[0]} unless given{what}."
    return OpenApiParameter("sort", str, description=text, enum=names, examples=example(names[-1]))


def total_parameter() -> OpenApiParameter:
    return OpenApiParameter("count", str, description="For the exact “total”.", enum=["exact"])


def words_parameter(name: str) -> OpenApiParameter:
    text = (
        f"At most {MOST_WORDS} words, all of which the entry holds, or the names of one that "
        "it refers to. Words in quotation marks stand together; the last word, or one that "
        "ends in *, may be unfinished. Other signs, and AND, OR, NOT and NEAR in capitals, "
        "mean nothing and are left out."
    )
    return OpenApiParameter(name, str, description=text)


def searched_parameter() -> OpenApiParameter:
    text = "As other APIs call “q”: leads (302) to this address with that."
    return OpenApiParameter("search", str, description=text, examples=example("talk*"))


def in_path(name: str, kind: type, description: str, *, some: Any = None) -> OpenApiParameter:
    """``some``: an example."""
    examples = [] if some is None else example(some)
    return OpenApiParameter(
        name, kind, OpenApiParameter.PATH, description=description, examples=examples
    )


def _parameter(name: str, filter_: Any) -> OpenApiParameter:
    field = filter_.field_class
    choices = dict(filter_.extra["choices"]()) if issubclass(field, ChoiceField) else {}
    examples = example(next(iter(choices))) if choices else []
    if isinstance(filter_, LinkFilter):
        of = f"{type_named(filter_.to).plural} {filter_.vocabulary and f'({filter_.vocabulary})'}"
        text = f"Ids or slugs of {of.strip()}, with commas between them: any of these. {NONE_TOO}"
        examples = example(f"{type_named(filter_.to).letter}1,none")
    elif isinstance(filter_, UndatedFilter):
        text = "“none”: entries without a date; with “from” or “to”, beside those of the range."
    elif isinstance(filter_, SortFilter):
        text = f"The order of the results; {next(iter(choices))} unless given."
    elif issubclass(field, ChoicesField):
        text = f"Any of these, with commas between them: {', '.join(choices)}. {NONE_TOO}"
    elif isinstance(filter_, ChangedSinceFilter):
        text = "A day, or any other date in EDTF: entries as published then (UTC) or later."
    elif issubclass(field, DateLimitField):
        text = "A year, month or day (1997, 1997-07, 1997-07-20), or any other date in EDTF."
    elif issubclass(field, TextField):
        return words_parameter(name)
    else:
        text = f"{filter_.label}: {' or '.join(str(label) for label in choices.values())}."
    one_of = list(choices) if field is ChoiceField else None
    if name in EXAMPLES:
        examples = []
    return OpenApiParameter(name, str, description=text, enum=one_of, examples=examples)
