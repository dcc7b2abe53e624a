"""In which forms entries are answered: what there is, and what a request asks for.

By ``format=`` in the address, for links; else by the Accept header. Each room
announces the forms that it writes when Django starts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import NotAcceptable

from record.accepting import preferred
from record.addresses import origin_of
from record.filter_fields import written
from record.parameters import COUNTS
from record.problems import ParameterError
from record.reading import Record
from record.selecting_fields import SHAPING
from record.served import Served
from record.types import EntryType

FORMAT = "format"  # parameter
SHOWN = 60  # characters of what is no form
OF_JSON = (*SHAPING, *COUNTS)  # parameters that other forms have no place for


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is written: entries of one type, of a list or one alone. ``address``: of the answer;
    ``query``: its parameters; ``origin``: scheme and host, which make addresses absolute."""

    record: Record
    entry_type: EntryType
    versions: Sequence[Served]
    is_list: bool
    address: str
    query: Mapping[str, Any]
    origin: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """``write`` makes the body, in constantly many queries; JSON, which has none, the views make.
    ``ending``: of a file of it, where it is to be kept as one; ``takes``: of the parameters of
    JSON, those that it takes, too; ``schema``: of its body in OpenAPI."""

    name: str
    media_type: str
    what: str
    write: Callable[[Given], bytes] | None = None
    ending: str = ""
    takes: tuple[str, ...] = ()
    schema: Mapping[str, Any]

    @property
    def content_type(self) -> str:
        """JSON is always UTF-8, and has no parameter that says so (RFC 8259)."""
        return self.media_type if "json" in self.media_type else f"{self.media_type}; charset=utf-8"


JSON = Form(name="json", media_type="application/json", what="JSON", schema={})
_forms: dict[str, Form] = {JSON.name: JSON}


def register(form: Form) -> None:
    _forms[form.name] = form


def all_forms() -> list[Form]:
    """JSON first, which is given unless another is asked for."""
    return list(_forms.values())


def negotiated(request: HttpRequest) -> Form:
    """The form that is asked for. ``NotAcceptable`` where the header takes none that there is.

    What is no form in ``format`` is left to ``check_form``.
    """
    if FORMAT in request.GET:
        return _forms.get(request.GET[FORMAT], JSON)
    by_type = {form.media_type: form for form in all_forms()}
    found = preferred(request, list(by_type))
    if found is None:
        raise NotAcceptable(available_renderers=all_forms())  # type: ignore[arg-type]
    return by_type[found]


def check_form(form: Form, query: Mapping[str, Any], errors: list[ParameterError]) -> None:
    """Add to ``errors`` what no form is called, and what this one has no place for."""
    values = written(query, FORMAT)
    if len(values) > 1:
        errors.append(ParameterError(FORMAT, "Give this once."))
    elif values and values[0] not in _forms:
        detail = f"“{values[0][:SHOWN]}” is none of: {', '.join(_forms)}."
        errors.append(ParameterError(FORMAT, detail, list(_forms)))
    if form is JSON:
        return
    errors += [
        ParameterError(name, f"This is of JSON; {form.what} has no place for it.")
        for name in OF_JSON
        if name in query and name not in form.takes
    ]


def answer_in(form: Form, given: Given) -> HttpResponse:
    """What is given in a form that has a writer; as a file, where it is to be kept as one."""
    if form.write is None:
        raise TypeError(f"{form.what} is written by the views themselves.")
    response = HttpResponse(form.write(given), content_type=form.content_type)
    if form.ending:
        name = given.entry_type.plural if given.is_list else given.versions[0].public_id
        file = f"{name}-edition-{given.record.number}.{form.ending}"
        response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def links(form: Form, request: HttpRequest, beside: Mapping[str, str | None]) -> str:
    """The Link header (RFC 8288): pages ``beside``, by relation, and the answer's other forms."""
    found = [f'<{url}>; rel="{relation}"' for relation, url in beside.items() if url]
    for other in all_forms():
        if other is not form:
            query = request.GET.copy()
            for name in OF_JSON:
                if name not in other.takes:
                    query.pop(name, None)
            query[FORMAT] = other.name
            url = f"{origin_of(request)}{request.path}?{query.urlencode(safe=',/:')}"
            found.append(f'<{url}>; rel="alternate"; type="{other.media_type}"')
    return ", ".join(found)
