"""Words of fields that have a few choices, as the declarations of the types have them."""

from functools import cache
from typing import Any

from record.types import type_named


def choice_label(type_name: str, path: str, value: str) -> str:
    """A choice in words; ``path`` like ``kind`` or ``names.usage``."""
    return str(_labels(type_name, path)[value])


@cache
def _labels(type_name: str, path: str) -> dict[str, Any]:
    """In whatever language they are asked for: kept as they are declared."""
    return dict(declared_choices(type_name, path))


def declared_choices(type_name: str, path: str) -> list[tuple[str, Any]]:
    """The choices of a field of a type's declaration; ``path`` like ``responses.stance``."""
    serializer: Any = type_named(type_name).declaration()
    *lists, name = path.split(".")
    for part in lists:
        inner = serializer.fields[part]
        serializer = getattr(inner, "child", inner)
    return list(serializer.fields[name].choices.items())
