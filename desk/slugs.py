"""Slugs: they may change, but a published one never passes to another entry of its type."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from record.models import Version
from record.types import type_named

BATCH = 1000  # slugs a statement
LOOKS_LIKE_AN_ID = re.compile(r"[A-Za-z][0-9]+")


def slug_problems(wanted: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Why entries cannot have slugs, by id; ``wanted``: ``(type, slug)`` → id.

    One query a thousand slugs.
    """
    problems = {
        public_id: f"The slug “{slug}” looks like a public id; add a word to it."
        for (_, slug), public_id in wanted.items()
        if LOOKS_LIKE_AN_ID.fullmatch(slug)
    }
    problems |= {
        public_id: f"At the address “{slug}” stands another page; add a word to the slug."
        for (type_name, slug), public_id in wanted.items()
        if slug in type_named(type_name).own_pages
    }
    types, slugs = {name for name, _ in wanted}, sorted({slug for _, slug in wanted})
    for start in range(0, len(slugs), BATCH):
        used = Version.objects.filter(type__in=types, slug__in=slugs[start : start + BATCH])
        owners = used.order_by().values_list("type", "slug", "public_id").distinct()
        for type_name, slug, owner in owners:
            public_id = wanted.get((type_name, slug), owner)
            if public_id != owner:
                problems[public_id] = (
                    f"The slug “{slug}” has been the public address of {owner}, and stays with it."
                )
    return problems


def check_slug(entry: Any) -> None:
    """Refuse a slug that looks like an id or has been another entry's."""
    slug, problem = entry.slug_looked_up
    if slug != entry.slug:
        wanted = {(str(entry._meta.model_name), entry.slug): entry.public_id}
        problem = next(iter(slug_problems(wanted).values()), "")
    if problem:
        raise ValidationError({"slug": problem})
