"""Lists by one link: the target's links are walked, in the order that the list is in.

A link carries its version's type, sort key and id for this: read from the versions' side, a rare
target means looking at every version, and a frequent one, counted, at every link twice.
"""

from typing import Any

from django.db.models import F, QuerySet

from record.models import Version

Versions = QuerySet[Version, Version]

# The link's own copies of what versions are ordered by; its index has them.
ORDER = {"sort_key": "walked_key", "public_id": "walked_id"}
NAMED = {"sort_key": "name_key", "public_id": "named_id"}  # those of the key of its name


def walk(versions: Versions, type_name: str, predicate: str, target: str) -> Versions:
    """Those of ``versions`` (of one type) with this link to ``target`` as a whole, each once."""
    return (
        versions.filter(
            links__target=target, links__predicate=predicate, links__part="", links__type=type_name
        )
        .annotate(**{own: F(f"links__{name}") for name, own in ORDER.items()})
        .order_by(*ORDER.values())
    )


def walk_names(versions: Versions, type_name: str, language: str, **those: Any) -> Versions:
    """In the order of their names in a language: a walk through keys, with their own ids.

    ``those``: what else is asked of the keys, before any version is read.
    """
    asked = {"type": type_name, "language": language, **those}
    return (
        versions.filter(**{f"name_keys__{name}": value for name, value in asked.items()})
        .annotate(**{own: F(f"name_keys__{name}") for name, own in NAMED.items()})
        .order_by(*NAMED.values())
    )


def is_walk_of_names(versions: Versions) -> bool:
    return set(NAMED.values()) <= set(versions.query.annotations)


def is_walk(versions: Versions) -> bool:
    return set(ORDER.values()) <= set(versions.query.annotations)
