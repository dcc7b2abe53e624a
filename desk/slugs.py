"""Slugs: they may change, but a published one never passes to another entry of its type."""

import re
from typing import Any

from django.core.exceptions import ValidationError

from record.models import Version

LOOKS_LIKE_AN_ID = re.compile(r"[A-Za-z][0-9]+")


def slug_problem(type_name: str, public_id: str, slug: str) -> str | None:
    """Why this entry cannot have this slug, or ``None``. One query."""
    if LOOKS_LIKE_AN_ID.fullmatch(slug):
        return f"The slug “{slug}” looks like a public id; add a word to it."
    taken = (
        Version.objects.filter(type=type_name, slug=slug)
        .exclude(public_id=public_id)
        .values_list("public_id", flat=True)
        .first()
    )
    if taken:
        return f"The slug “{slug}” has been the public address of {taken}, and stays with it."
    return None


def check_slug(entry: Any) -> None:
    """Refuse a slug that looks like an id or has been another entry's."""
    problem = slug_problem(entry._meta.model_name, entry.public_id, entry.slug)
    if problem:
        raise ValidationError({"slug": problem})
