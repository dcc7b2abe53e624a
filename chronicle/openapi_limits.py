"""What the API's description says of every operation alike: tokens, limits, and their refusals."""

from http import HTTPStatus
from typing import Any

from record.problems import MEDIA_TYPE

SCHEME = "token"
HEADERS = {
    "RateLimit-Policy": "How often this client may ask: “q” requests in “w” seconds.",
    "RateLimit": "How often it may still ask (“r”), and in how many seconds anew (“t”).",
}
RETRY_AFTER = {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds."}
REFUSALS = {
    HTTPStatus.UNAUTHORIZED: "The token is not known, or was revoked.",
    HTTPStatus.TOO_MANY_REQUESTS: "Asked too often; “Retry-After” says when to ask again.",
}


def with_limits(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A hook of drf-spectacular's: of an API without operations, nothing is said."""
    components = result["components"]
    components["headers"] = {
        name: {"schema": {"type": "string"}, "description": text} for name, text in HEADERS.items()
    }
    components["securitySchemes"] = {
        SCHEME: {"type": "http", "scheme": "bearer", "description": "For a higher limit only."}
    }
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["security"] = [{}, {SCHEME: []}]
            for status, text in REFUSALS.items():
                operation["responses"][str(status.value)] = _refusal(status, text)
            for answer in operation["responses"].values():
                answer["headers"] = headers | answer.get("headers", {})
    return result


def _refusal(status: HTTPStatus, text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    refusal: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": schema}}, "description": text}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        refusal["headers"] = {"Retry-After": RETRY_AFTER}
    return refusal
