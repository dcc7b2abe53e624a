"""Parameters of the API as its description has them: what shapes answers, and examples of all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from record.negotiation import FORMAT, all_forms
from record.selecting_fields import EXPAND, FIELDS, OMIT, expandable
from record.shapes import Serializer

# What each parameter may say. Filters that take entries have ids of their own as examples.
EXAMPLES: Mapping[str, Any] = {
    "as_of": "2026-03-31",
    "changed_since": "2026-01-01",
    "contested": "true",
    "count": "exact",
    "cursor": "WyJhZnRlciIsIjI0NTE5MTEiLCJFMSJd",
    "date": "none",
    "edition": 1,
    "from": "1994-05",
    "limit": 10,
    "number": 1,
    "q": "“cease-fire” talk*",
    "single_source": "true",
    "sort": "changed",
    "to": "1999",
    "within": "certainly",
}


def picking_parameters(shape: type[Serializer]) -> list[OpenApiParameter]:
    """What any result can be asked in parts by."""
    names = [str(name) for name in shape().fields]
    kept = " and ".join(f"“{name}”" for name in identity_of(shape))
    fields = (
        f"What results hold, with commas between, and dots into what they hold: "
        f"{', '.join(names)}. What each is known by ({kept}, “key” of parts) is always given."
    )
    omit = f"What results do not hold, written as in “{FIELDS}”; beside that, what is taken away."
    other = next(name for name in names if name not in identity_of(shape))
    return [
        OpenApiParameter(FIELDS, str, description=fields, examples=example(other)),
        OpenApiParameter(OMIT, str, description=omit, examples=example(names[-1])),
    ]


def shaping_parameters(shape: type[Serializer]) -> list[OpenApiParameter]:
    """The same of entries, which can stand in place of their ids, too."""
    names = list(expandable(shape))
    text = (
        f"Entries to stand in place of their ids, one level deep, with commas between: "
        f"{', '.join(names)}. “{FIELDS}” and “{OMIT}” reach into them."
    )
    expand = OpenApiParameter(EXPAND, str, description=text, examples=example(names[-1]))
    return [*picking_parameters(shape), expand]


def format_parameter() -> OpenApiParameter:
    """In which form an answer comes."""
    text = "The form of the answer, for links; else Accept says it."
    names = [form.name for form in all_forms()]
    return OpenApiParameter(FORMAT, str, description=text, enum=names, examples=example("csv"))


def identity_of(shape: type[Serializer]) -> Sequence[str]:
    """The members that are always given."""
    identity: Sequence[str] = getattr(shape, "identity", ("id", "type"))
    return identity


def example(value: Any) -> list[OpenApiExample]:
    return [OpenApiExample("For example", value=value)]


def with_examples(parameters: Iterable[OpenApiParameter]) -> list[OpenApiParameter]:
    """The same, each with an example: its own, else the first that it may say, else of its name."""
    found = list(parameters)
    for parameter in found:
        if not parameter.examples:
            of_name = EXAMPLES.get(parameter.name)
            value = parameter.enum[0] if parameter.enum and of_name is None else of_name
            parameter.examples = example(value) if value is not None else []
    return found
