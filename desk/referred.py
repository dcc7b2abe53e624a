"""What documents refer to, as the desk has it: looked up together, merged ids followed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import orjson
from django.db.models import F
from rest_framework import serializers

from desk.keys import NUMBERED
from desk.refusals import Refused
from desk.retirement import KEPT_FOR_OTHERS, kept_uses
from desk.types import DeskType, desk_type_for
from record.canonical import NotCanonical, canonical
from record.models import State, Version
from record.statements import STILL_STANDS, Among
from record.types import Document


def followed(
    desk_type: DeskType, documents: Sequence[Any]
) -> tuple[list[Document | Refused], set[str]]:
    """The documents with ids (and parts) of entries that were merged since followed; in the place
    of what is no document of the type, why. And all ids that they refer to then.

    One query, and one a merger on the way."""
    named: list[set[str] | Refused] = []
    for document in documents:
        try:
            named.append(_named(desk_type, document))
        except Refused as refused:
            named.append(refused)
    mapping = merges_among(set().union(*(ids for ids in named if isinstance(ids, set))))
    found: list[Document | Refused] = []
    referred: set[str] = set()
    for document, ids in zip(documents, named, strict=True):
        if isinstance(ids, Refused):
            found.append(ids)
        elif mapping and not ids.isdisjoint(mapping):
            replaced = desk_type.replace_references(document, mapping)
            found.append(replaced)
            referred |= _named(desk_type, replaced)
        else:
            found.append(document)
            referred |= ids
    return found, referred


def merges_among(ids: set[str]) -> dict[str, str]:
    """Where merged entries and their parts went: ``{"A7": "A9", "A7/p4": "A9/p11"}``."""
    mapping: dict[str, str] = {}
    pending = ids
    while pending:
        tombstones = (
            Version.objects.filter(Among(F("public_id"), pending), STILL_STANDS, state=State.MERGED)
            .order_by()
            .values_list("public_id", "document")
        )
        step: dict[str, str] = {}
        for public_id, text in tombstones:
            document = orjson.loads(text)
            step |= {public_id: document["merged_into"]} | document["keys"]
        mapping = {old: step.get(new, new) for old, new in mapping.items()} | step
        pending = {step[public_id] for public_id in pending if public_id in step}
    return mapping


class Desk:
    """The entries that documents refer to. One query, and one a type referred to."""

    def __init__(self, ids: Iterable[str]) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        for public_id in ids:
            wanted[public_id[0]].add(public_id)
        self.gone = dict(
            Version.objects.filter(Among(F("public_id"), ids), STILL_STANDS)
            .exclude(state=State.PUBLISHED)
            .order_by()
            .values_list("public_id", "state")
        )
        self._entries: dict[str, Any] = {}
        for group in wanted.values():
            self._read(group)

    def seen_from(self, document: Document) -> "View":
        return View(self, str(document.get("id")))

    def entry(self, public_id: str) -> Any:
        """Looked for once more where it was not there: another may just have made it."""
        if public_id not in self._entries:
            self._read({public_id})
        return self._entries.get(public_id)

    def _read(self, ids: set[str]) -> None:
        try:
            model: Any = desk_type_for(next(iter(ids))).model
        except KeyError:
            return
        found = model.named(model.objects.filter(Among(F("public_id"), ids)))
        self._entries |= {entry.public_id: entry for entry in found}


class View:
    """The desk as the references of one entry's document are read against it."""

    def __init__(self, desk: Desk, public_id: str) -> None:
        self.desk, self.public_id = desk, public_id

    @cached_property
    def _kept(self) -> set[str]:
        return kept_uses(self.public_id)

    def entry(self, public_id: Any, letter: str) -> Any:
        if not isinstance(public_id, str) or public_id[:1] != letter:
            raise serializers.ValidationError(
                f"{public_id!r} is not the id of such an entry; those start with {letter}."
            )
        if public_id in self.desk.gone:
            raise serializers.ValidationError(f"{public_id} has been {self.desk.gone[public_id]}.")
        found = self.desk.entry(public_id)
        if found is None:
            raise serializers.ValidationError(f"{public_id} is not at the desk.")
        if getattr(found, "retired", False) and public_id not in self._kept:
            raise serializers.ValidationError(
                f"{found} ({public_id}) {KEPT_FOR_OTHERS} Choose another."
            )
        return found

    def part(self, reference: Any, letter: str, part: str) -> Any:
        public_id, _, key = str(reference).partition("/")
        if self.desk.gone.get(public_id) == State.MERGED:
            raise serializers.ValidationError(
                f"{public_id} has been merged into another, which has not taken {key} over."
            )
        row = getattr(self.entry(public_id, letter), part).filter(key=key).first()
        if row is None:
            raise serializers.ValidationError(f"{public_id} has no {key} among its {part}.")
        return row


def _named(desk_type: DeskType, document: Any) -> set[str]:
    """The ids that a document refers to; what is no id is complained of where it stands.

    ``Refused`` for what no document can be: then all that follows meets nothing but plain JSON.
    """
    if not isinstance(document, dict):
        raise Refused("A document is an object.")
    try:
        canonical(document)
    except NotCanonical as error:
        raise Refused(str(error)) from error
    try:
        ids = [target.id for target in desk_type.targets(document)]
    except (AttributeError, TypeError, KeyError) as error:
        raise Refused("This is not a document of this type.") from error
    return {name for name in ids if isinstance(name, str) and NUMBERED.fullmatch(name)}
