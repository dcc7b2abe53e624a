"""An example of every answer in the API's description, made from the shape that it has there.

So none is forgotten, and none says what the serializers do not. Values are chosen by the names of
members, or by what their type, format or pattern lets through; of a list, one item is shown.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from record.problems import MEDIA_TYPE, TYPE

Fragment = Mapping[str, Any]

DEEPEST = 12  # shapes within shapes that a shape may hold itself in
DAY, MOMENT = "1997-07-02", "2026-11-23T12:00:00Z"
ADDRESS = "https://chronicle.example.org/events/first-day-by-the-lake/"
# What fits a pattern, or the name of a member.
SAMPLES = [
    *("E14", "A7", "P2", "S1", "L3", "T5", "p2", "c1", "E14/c1", "A7/p4", "P2/p4", "40"),
    *("0123456789abcdef" * 2, "0123456789abcdef" * 4),
]
NAMED: dict[str, Any] = {
    "edition": 7,
    "number": 7,
    "schema": 1,
    "total": 1,
    "id": "E14",
    "type": "event",
    "slug": "first-day-by-the-lake",
    "name": "First day by the lake",
    "title": "First day by the lake",
    "language": "en",
    "edtf": DAY,
    "as_given": "on 2 July",
    "claim": "date",
    "claims": ["date"],
    "claims_in_words": ["the date"],
    "reason": "First publication.",
    "label": "Meeting",
    "text": "First day by the lake",
    "start": "In July the delegations",
    "by": "contributor",
    "approved_by": "editor",
    "locator_in_words": "block 3",
    "blocks": [3],
}
DETAILS = {
    HTTPStatus.BAD_REQUEST: "These parameters are not valid: limit.",
    HTTPStatus.UNAUTHORIZED: "This token is not known here: it was mistyped or revoked.",
    HTTPStatus.NOT_FOUND: "Edition 7 has nothing of that name.",
    HTTPStatus.NOT_ACCEPTABLE: "This address answers in application/json; ask for it in Accept.",
    HTTPStatus.GONE: "E14 was withdrawn in edition 7: Twice the same.",
    HTTPStatus.TOO_MANY_REQUESTS: "You have asked too often. Ask again in 24 seconds.",
}
# Of what is no JSON of our own shapes, by its media type.
CITED = {"id": "S1", "type": "article", "title": "The talks by the lake"}
OTHER_FORMS: dict[str, Any] = {
    "application/ld+json": {
        "@context": "https://chronicle.example.org/api/v1/context.jsonld",
        "@id": "https://chronicle.example.org/events/E14/",
        "@type": "WebPage",
        "name": "First day by the lake",
    },
    "application/vnd.citationstyles.csl+json": [CITED],
    "application/x-bibtex": "@article{S1,\n  title = {The talks by the lake},\n}\n",
    "application/x-research-info-systems": "TY  - JOUR\nTI  - The talks by the lake\nER  - \n",
    "text/csv": "id,title,date\nE14,First day by the lake,1997-07-02\n",
}
WRONG = [{"parameter": "limit", "detail": "This is a whole number from 1 to 200."}]


def with_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A hook of drf-spectacular's: answers that have an example already keep theirs."""
    shapes = result["components"]["schemas"]
    examples = result["components"].setdefault("examples", {})
    for methods in result["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                for media_type, body in answer.get("content", {}).items():
                    if not {"example", "examples"} & set(body):
                        name, value = _example(body["schema"], status, media_type, shapes)
                        examples[name] = {"value": value}
                        body["examples"] = {name: {"$ref": f"#/components/examples/{name}"}}
    return result


def _example(of: Fragment, status: str, media_type: str, shapes: Fragment) -> tuple[str, Any]:
    """Its name and value: one for each shape, of problems one for each status."""
    if "$ref" not in of:
        name = re.sub(r"\W", "_", media_type.partition("/")[2])
        return name, OTHER_FORMS.get(media_type, example_of(of, shapes))
    shape = of["$ref"].rpartition("/")[2]
    value = example_of(of, shapes)
    if media_type != MEDIA_TYPE:
        return shape, value
    known = HTTPStatus(int(status))
    value |= {
        "type": TYPE,
        "title": known.phrase,
        "status": known.value,
        "detail": DETAILS.get(known, known.description or known.phrase),
        "instance": "/api/v1/events/",
    }
    if "errors" in value:
        value["errors"] = WRONG
    return f"{shape}{status}", value


def example_of(of: Fragment, shapes: Fragment, name: str = "", depth: int = 0) -> Any:
    """A value that is as ``of`` describes: the first kind of several, and all that is named."""
    if "$ref" in of:
        return example_of(shapes[of["$ref"].rpartition("/")[2]], shapes, name, depth + 1)
    for several in ("allOf", "oneOf", "anyOf"):
        if several in of:
            return example_of(of[several][0], shapes, name, depth)
    kinds = [of["type"]] if isinstance(of.get("type"), str) else list(of.get("type", ["object"]))
    if "null" in kinds and (depth > DEEPEST or _says_nothing(of, name, kinds)):
        return None
    if "enum" in of:
        fitting = NAMED.get(name)
        return fitting if fitting in of["enum"] else of["enum"][0]
    match kinds[0]:
        case "object":
            return _object(of, shapes, depth)
        case "array":
            return NAMED.get(name) or [example_of(of["items"], shapes, name, depth + 1)]
        case "integer" | "number":
            return NAMED.get(name) or max(int(of.get("minimum", 1)), 1)
        case "boolean":
            return True
    return _text(of, name)


def _says_nothing(of: Fragment, name: str, kinds: list[str]) -> bool:
    """What may be empty, and of which nothing is known but that it is a text or anything."""
    if name in ("next", "previous") or len(kinds) > 2:
        return True
    return "string" in kinds and name not in NAMED and not {"pattern", "format", "enum"} & set(of)


def _object(of: Fragment, shapes: Fragment, depth: int) -> dict[str, Any]:
    named = {
        name: example_of(member, shapes, name, depth + 1)
        for name, member in of.get("properties", {}).items()
    }
    every = of.get("additionalProperties")
    if isinstance(every, Mapping) and every and not named:
        return {"E14": example_of(every, shapes, "", depth + 1)}
    return named


def _text(of: Fragment, name: str) -> str:
    if "pattern" in of:
        fitting = (sample for sample in SAMPLES if re.search(of["pattern"], sample))
        return next(fitting, "…")
    by_format = {"date": DAY, "date-time": MOMENT, "uri": ADDRESS}
    given = by_format.get(of.get("format", ""), NAMED.get(name, "…"))
    return given if isinstance(given, str) else "…"
