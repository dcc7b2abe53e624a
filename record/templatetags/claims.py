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


@register.inclusion_tag("components/_marks_there.html")
def marks_there(claims: Any, key: str) -> dict[str, Any]:
    """The citations of a claim that another entry makes: they lead to that entry's page, so they
    look otherwise than the marks of this one, and name the entry."""
    found = [claims.of(key), *claims.fields_of(key)]
    shown = [claim for claim in found if claim.marks or claim.waiver]
    return {"shown": shown, "entry": claims.document["id"]}


@register.filter
def paragraphs(text: str) -> list[str]:
    """The pieces between blank lines."""
    return [piece for piece in re.split(r"\n\s*\n", text) if piece.strip()]


@register.inclusion_tag("components/_marks.html")
def part_marks(claims: Any, key: str) -> dict[str, Any]:
    """The marks of a part, and those of single fields of it, each with the field's name."""
    return {"shown": [claims.of(key), *claims.fields_of(key)] if claims is not None else []}
