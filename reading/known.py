"""Whom and what the desk knows by name: actors and places, for the recogniser of names."""

from collections import defaultdict

from actors.models import Actor, ActorKind
from places.models import Place
from reading.recognition import Known

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def known_entries() -> list[Known]:
    """Every actor and place at the desk that has a name. Two queries."""
    return [*known_actors(), *known_places()]


def known_actors() -> list[Known]:
    """One query."""
    names: dict[str, list[str]] = defaultdict(list)
    persons = set()
    rows = Actor.objects.order_by("pk", "names__position", "names__pk")
    for public_id, kind, name in rows.values_list("public_id", "kind", "names__text"):
        if name:
            names[public_id].append(name)
        if kind == ActorKind.PERSON:
            persons.add(public_id)
    return [
        Known(public_id, tuple(texts), surname_of(texts[0]) if public_id in persons else "")
        for public_id, texts in names.items()
    ]


def known_places() -> list[Known]:
    """One query."""
    names: dict[str, list[str]] = defaultdict(list)
    rows = Place.objects.order_by("pk", "names__position", "names__pk")
    for public_id, name in rows.values_list("public_id", "names__text"):
        if name:
            names[public_id].append(name)
    return [Known(public_id, tuple(texts)) for public_id, texts in names.items()]


def surname_of(name: str) -> str:
    """The last word of a full name, with particles before it: “von der Leyen”.

    Empty for a name of one word, or after a place: “Adela of Marsk”. Names that
    are written surname first are taken like all others.
    """
    words = name.split()
    while len(words) > 1 and words[-1].lower().rstrip(",") in SUFFIXES:
        words.pop()
    if len(words) < 2 or "of" in words:
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:]).rstrip(",")
