"""What the API says when it cannot answer: problem details for HTTP (RFC 9457)."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.encoding import escape_uri_path
from rest_framework.exceptions import APIException, MethodNotAllowed, NotAcceptable

from record.as_of import NoSuchEdition

MEDIA_TYPE = "application/problem+json"
# No problem has a type of its own: here each status means one thing (RFC 9457, section 4.2.1).
TYPE = "about:blank"
LONGEST_NAME = 100  # of a parameter that somebody else made up
INTERNAL = "Something went wrong here, and has been logged. Please try again later."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ParameterError:
    """What is wrong with one parameter. ``allowed``: what would do, where that is a short list."""

    parameter: str
    detail: str
    allowed: Iterable[str] = ()

    def as_json(self) -> dict[str, Any]:
        error = {"parameter": self.parameter[:LONGEST_NAME], "detail": self.detail}
        return error | ({"allowed": list(self.allowed)} if self.allowed else {})


class InvalidParameters(APIException):
    """Some parameters of the address cannot be answered."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: Iterable[ParameterError]) -> None:
        self.errors = list(errors)
        names = ", ".join(dict.fromkeys(error.parameter[:LONGEST_NAME] for error in self.errors))
        super().__init__(f"These parameters are not valid: {names}.")


def problem(
    request: Any,
    status: HTTPStatus,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> HttpResponse:
    """A problem as a response. ``members`` are added to those of the standard."""
    body = {
        "type": TYPE,
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "instance": escape_uri_path(request.path),
        **members,
    }
    return HttpResponse(orjson.dumps(body), status=status, headers=headers, content_type=MEDIA_TYPE)


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The API's answer to any exception. DRF's ``EXCEPTION_HANDLER``."""
    request = context["request"]
    match error:
        case InvalidParameters():
            errors = [one.as_json() for one in error.errors]
            return problem(request, HTTPStatus.BAD_REQUEST, str(error.detail), errors=errors)
        case NoSuchEdition():
            wrong = ParameterError(error.parameter, str(error))
            return problem_response(InvalidParameters([wrong]), context)
        case MethodNotAllowed():
            detail = "The API is read-only: GET, HEAD and OPTIONS are all it takes."
            return problem(request, HTTPStatus.METHOD_NOT_ALLOWED, detail)
        case NotAcceptable():
            offered = [renderer.media_type for renderer in error.available_renderers or ()]
            detail = f"This address answers in {' or '.join(offered)}; ask for it in Accept."
            return problem(request, HTTPStatus.NOT_ACCEPTABLE, detail, available=offered)
        case APIException():
            return problem(request, HTTPStatus(error.status_code), str(error.detail))
        case Http404():
            return problem(request, HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        case PermissionDenied():
            return problem(request, HTTPStatus.FORBIDDEN, "This is not open to you.")
    if settings.DEBUG:
        return None
    log.error("The API failed at %s", request.path, exc_info=error)
    got_request_exception.send(sender=None, request=request._request)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, INTERNAL)
