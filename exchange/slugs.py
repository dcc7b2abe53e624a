"""Slugs for new entries that come without one."""

from collections.abc import Sequence

from django.utils.text import slugify

from desk.slugs import LOOKS_LIKE_AN_ID
from desk.types import DeskType
from exchange.names import Names
from record.types import type_named

LONGEST = 100  # characters, so that a number fits behind


def free_slug(names: Names, kind: DeskType, called: Sequence[str]) -> str:
    """Of what the entry is called, and the first number that makes it free.

    One query a type, the first time.
    """
    letter = kind.model.letter
    wanted = slugify(next(filter(None, called), ""))[:LONGEST].strip("-") or f"new-{kind.name}"
    if LOOKS_LIKE_AN_ID.fullmatch(wanted) or wanted in type_named(kind.name).own_pages:
        wanted = f"{kind.name}-{wanted}"
    # From the last number that was free, as thousands may be called the same.
    key = f"{letter} {wanted}"
    number = names.numbers.get(key, 1)
    slug = wanted if number == 1 else f"{wanted}-{number}"
    taken = (names.slugs[letter], names.slugs_of_file[letter], names.former_slugs(letter))
    while any(slug in slugs for slugs in taken):
        number += 1
        slug = f"{wanted}-{number}"
    if number > 1:
        names.numbers[key] = number
    return slug
