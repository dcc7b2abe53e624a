"""The API's description as a page to read: its operations and shapes, from OpenAPI 3.1 alone.

Only what drf-spectacular writes for this API is understood: parameters and members that are plain,
lists, maps or references, with ``null`` as one of two. Anything else is shown as “any value”.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from record.addresses import address

Fragment = Mapping[str, Any]  # a piece of the description

IN_PATH = re.compile(r"\{\w+\}")
IN_CODE = re.compile(r"``(.+?)``")
FORMATS = {"uri": "an address", "date": "a day, like 1997-07-20", "date-time": "a moment (UTC)"}
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
}
PLACES = {"path": "in the address", "query": "in the query"}


@dataclass(frozen=True)
class Kind:
    """What a value can be: words, then the name of a shape or empty, then what limits it."""

    words: str
    shape: str = ""
    limits: Sequence[str] = ()
    allowed: Sequence[str] = ()


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    required: bool
    kind: Kind
    description: str


@dataclass(frozen=True)
class Answer:
    """What one status means; ``shape`` is of its body in the first of its media types, empty where
    it has none."""

    status: str
    phrase: str
    description: str
    media_type: str
    shape: str


@dataclass(frozen=True)
class Operation:
    """``example`` is an address to try, from the site's root; none where no key for it is known."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Parameter]
    answers: Sequence[Answer]
    example: str


@dataclass(frozen=True)
class Group:
    """The operations of one tag."""

    name: str
    operations: Sequence[Operation]


@dataclass(frozen=True)
class Member:
    name: str
    kind: Kind
    description: str


@dataclass(frozen=True)
class Shape:
    """An object of the answers, and what it always holds."""

    name: str
    description: str
    members: Sequence[Member]


@dataclass(frozen=True)
class Reference:
    title: str
    version: str
    description: str
    groups: Sequence[Group]
    shapes: Sequence[Shape]


def reference_of(description: Fragment, keys: Mapping[str, Sequence[str]]) -> Reference:
    """The whole. ``keys`` by tag: what stands in an address of one, in order, for the examples."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            tag = operation["tags"][0]
            groups.setdefault(tag, []).append(
                _operation(path, method, operation, keys.get(tag, ()))
            )
    info = description["info"]
    return Reference(
        str(info["title"]),
        str(info["version"]),
        _prose(info),
        [Group(tag, operations) for tag, operations in groups.items()],
        [_shape(name, of) for name, of in description["components"]["schemas"].items()],
    )


def _operation(path: str, method: str, of: Fragment, keys: Sequence[str]) -> Operation:
    in_path = IN_PATH.findall(path)
    example = path if in_path else address(path, _query(of))
    for name, key in zip(in_path, keys, strict=False):  # an address may need the first ones alone
        example = example.replace(name, key)
    if len(in_path) > len(keys):
        example = ""
    return Operation(
        of["operationId"].replace("_", "-"),
        method.upper(),
        path,
        str(of["summary"]),
        _prose(of),
        [_parameter(given) for given in of.get("parameters", ())],
        [_answer(status, answer) for status, answer in sorted(of["responses"].items())],
        example,
    )


def _query(of: Fragment) -> str:
    """What an example asks for: all that must be given, or else a short page."""
    parameters = {given["name"]: given for given in of.get("parameters", ())}
    asked = {
        name: next(iter(given["examples"].values()))["value"]
        for name, given in parameters.items()
        if given.get("required")
    }
    return urlencode(asked or ({"limit": 2} if "limit" in parameters else {}))


def _parameter(of: Fragment) -> Parameter:
    required = bool(of.get("required"))
    return Parameter(of["name"], PLACES[of["in"]], required, kind_of(of["schema"]), _prose(of))


def _answer(status: str, of: Fragment) -> Answer:
    bodies: Mapping[str, Fragment] = of.get("content", {})
    shape = next((_named(body["schema"]) for body in bodies.values()), "")
    return Answer(status, HTTPStatus(int(status)).phrase, _prose(of), ", ".join(bodies), shape)


def _shape(name: str, of: Fragment) -> Shape:
    members = [
        Member(member, kind_of(what), "" if "enum" in what else _prose(what))
        for member, what in of.get("properties", {}).items()
    ]
    return Shape(name, _prose(of), members)


def kind_of(of: Fragment) -> Kind:
    """What a value can be, in words."""
    if shape := _named(of):
        return Kind("", shape)
    kinds = _listed(of.get("type", ()))
    plain = [kind for kind in kinds if kind != "null"]
    or_null = " or null" if "null" in kinds else ""
    if "oneOf" in of:
        shape = next((_named(one) for one in of["oneOf"] if _named(one)), "")
        return Kind("null, or" if shape else "any value", shape)
    if plain == ["array"]:
        inner = kind_of(of["items"])
        return Kind(f"a list{or_null}, each item {inner.words}".rstrip(), inner.shape, inner.limits)
    if plain == ["object"] and isinstance(of.get("additionalProperties"), Mapping):
        inner = kind_of(of["additionalProperties"])
        return Kind(f"a map{or_null}, each value {inner.words}".rstrip(), inner.shape)
    if len(plain) != 1:
        return Kind(f"any value{or_null}")
    words = FORMATS.get(of.get("format", ""), KINDS[plain[0]])
    allowed = [str(value) for value in of.get("enum", ()) if value is not None]
    return Kind(words + or_null, limits=list(_limits(of)), allowed=allowed)


def _limits(of: Fragment) -> Iterable[str]:
    least, most = of.get("minimum"), of.get("maximum")
    if least is not None and most is not None:
        yield f"from {least} to {most}"
    elif least is not None:
        yield f"at least {least}"
    if "default" in of:
        yield f"{of['default']} unless given"
    if "maxLength" in of:
        yield f"at most {of['maxLength']} characters"
    if "pattern" in of:
        yield f"of the form {of['pattern']}"


def _named(of: Fragment) -> str:
    """The shape that is referred to, also where it is the first of ``allOf`` or ``anyOf``."""
    one, *_ = of.get("allOf") or of.get("anyOf") or [of]  # of any, the whole comes first
    return str(one.get("$ref", "")).rpartition("/")[2]


def _listed(kinds: str | Sequence[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _prose(of: Fragment) -> str:
    """The description, with names between quotation marks as the site has them."""
    return IN_CODE.sub(r"“\1”", str(of.get("description", "")))
