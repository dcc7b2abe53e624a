"""Words of fields that have a few choices, as the declarations of the types have them."""

from functools import cache
from typing import Any

from record.filter_kinds import declared_choices


def choice_label(type_name: str, path: str, value: str) -> str:
    """A choice in words; ``path`` like ``kind`` or ``names.usage``."""
    return str(_labels(type_name, path)[value])


@cache
def _labels(type_name: str, path: str) -> dict[str, Any]:
    """In whatever language they are asked for: kept as they are declared."""
    return dict(declared_choices(type_name, path))
