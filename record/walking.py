"""Lists by one link: the target's links are walked, in the order that the list is in.

A link carries its version's type, sort key and id for this: read from the versions' side, a rare
target means looking at every version, and a frequent one, counted, at every link twice.
"""

from django.db.models import F, QuerySet

from record.models import Version

Versions = QuerySet[Version, Version]

# The link's own copies of what versions are ordered by; its index has them.
ORDER = {"sort_key": "walked_key", "public_id": "walked_id"}


def walk(versions: Versions, type_name: str, predicate: str, target: str) -> Versions:
    """Those of ``versions`` (of one type) with this link to ``target`` as a whole, each once."""
    return (
        versions.filter(
            links__target=target, links__predicate=predicate, links__part="", links__type=type_name
        )
        .annotate(**{own: F(f"links__{name}") for name, own in ORDER.items()})
        .order_by(*ORDER.values())
    )


def is_walk(versions: Versions) -> bool:
    return set(ORDER.values()) <= set(versions.query.annotations)
