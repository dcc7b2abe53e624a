"""The citations beside a claim. Nothing here asks the database."""

import re
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/_marks.html")
def marks(claims: Any, claim: str, words: str = "") -> dict[str, Any]:
    """The marks of one claim; nothing where ``claims`` is ``None``, as of sources and terms.

    ``words`` stand before them, and only with them.
    """
    return {"shown": [claims.of(claim, words)] if claims is not None else []}


@register.filter
def paragraphs(text: str) -> list[str]:
    """The pieces between blank lines."""
    return [piece for piece in re.split(r"\n\s*\n", text) if piece.strip()]


@register.inclusion_tag("components/_marks.html")
def part_marks(claims: Any, key: str) -> dict[str, Any]:
    """The marks of a part, and those of single fields of it, each with the field's name."""
    return {"shown": [claims.of(key), *claims.fields_of(key)] if claims is not None else []}
