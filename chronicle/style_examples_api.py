"""What the style page fills the components of the API's reference with."""

from typing import Any

from chronicle.api_reference import Answer, Kind, Member, Operation, Parameter, Shape

KIND = Kind("a whole number", limits=["from 1 to 200"])
OPERATION = Operation(
    id="example-list",
    method="GET",
    path="/api/v1/events/",
    summary="List events",
    description="One page.",
    parameters=[Parameter("limit", "in the query", False, KIND, "How many results.")],
    answers=[Answer("200", "OK", "As of the current edition.", "application/json", "Example")],
    example="/api/v1/events/?limit=2",
)

API_EXAMPLES: dict[str, dict[str, Any]] = {
    "_kind": {"kind": KIND},
    "_operation": {"operation": OPERATION, "origin": "https://example.org"},
    "_shape": {"shape": Shape("Example", "One of them.", [Member("limit", KIND, "How many.")])},
}
