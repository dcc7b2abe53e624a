"""The entry types that the desk works on: each room announces its own when Django starts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson
from django.db.models import F

from desk.bases import Entry
from desk.deletion import guard
from desk.documents import EntryDocument, claims_of, schema_of
from desk.loading import with_rows
from desk.making import Written
from desk.references import replace_references, targets_of
from desk.refusals import Refused
from desk.roles import CONTRIBUTOR
from record.canonical import NotCanonical, canonical
from record.statements import Among
from record.types import Document, Target


class Problem(NamedTuple):
    """Why a document cannot be published: a sentence for the editor.

    ``claim``: which it is about, or the key of a citation; empty where it is about neither.
    """

    public_id: str
    claim: str
    message: str


class Passage(NamedTuple):
    """What became of one selector: ``state`` is a ``record.models.CheckState`` or "unchecked"."""

    public_id: str
    citation: str
    selector: str
    text: str
    state: str


@dataclass(frozen=True)
class Evidence:
    """What the evidence of some documents amounts to."""

    problems: list[Problem] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def nothing_left_behind(public_id: str) -> list[str]:
    return []


def no_evidence_needed(documents: Sequence[Document]) -> Evidence:
    return Evidence()


@dataclass(frozen=True, kw_only=True)
class DeskType:
    """How the desk turns one type of entry into documents and back.

    ``edited_by``: the lowest role that may add and change such entries. ``left_behind``: sentences
    about what the desk keeps beside the document of an entry, and no merger moves.
    """

    model: type[Entry]
    declaration: type[EntryDocument]
    edited_by: str = CONTRIBUTOR
    evidence: Callable[[Sequence[Document]], Evidence] = no_evidence_needed
    left_behind: Callable[[str], list[str]] = nothing_left_behind

    @property
    def name(self) -> str:
        return self.declaration.type_name

    def build(self, entry: Entry) -> Document:
        """The document of a working entry as it is saved, whatever ``entry`` holds in memory.

        One query for the entry and one for each of its lists. ``Refused`` where it holds what
        no document can, like a float in what a citation asserts.
        """
        return self.build_all([entry.pk])[entry.pk]

    def build_all(self, keys: Sequence[int]) -> dict[int, Document]:
        """`build` for several entries, by primary key. As many queries as for one."""
        if not keys:
            return {}
        found = with_rows(self.model, self.declaration).filter(Among(F("pk"), keys)).order_by()
        serializer = self.declaration()  # making one takes longer than writing an entry with it
        return {saved.pk: _built(serializer, saved) for saved in found}

    def build_made(self, made: Written) -> Document:
        """`build` for an entry that is made of what has been cleaned, saved or not. No query.

        Not looked through as `build` does: ``desk.applying`` compares it with the document that it
        was made of, which has been.
        """
        built: Document = schema_of(self.declaration).to_representation(made)
        return built

    def claims(self, document: Document) -> dict[str, bool]:
        """Every claim, and whether it needs evidence."""
        return claims_of(self.declaration, document)

    def targets(self, document: Document) -> list[Target]:
        return targets_of(self.declaration, document)

    def replace_references(self, document: Document, mapping: Mapping[str, str]) -> Document:
        return replace_references(self.declaration, document, mapping)


_types: dict[str, DeskType] = {}


def register(desk_type: DeskType) -> None:
    """Announce a type of entry; from then on its published entries cannot be deleted."""
    _types[desk_type.name] = desk_type
    guard(desk_type.model)


def desk_types() -> list[DeskType]:
    """All types, in the order in which the rooms stand (lowest first)."""
    return list(_types.values())


def desk_type(name: str) -> DeskType:
    return _types[name]


def desk_type_of(entry: Entry) -> DeskType:
    return _types[str(entry._meta.model_name)]


def desk_type_for(public_id: str) -> DeskType:
    """The type whose letter the id starts with; ``KeyError`` if there is none."""
    for known in _types.values():
        if known.model.letter == public_id[:1]:
            return known
    raise KeyError(public_id)


def entry_with_id(public_id: str) -> Entry | None:
    """The working entry of that id. One query."""
    model: Any = desk_type_for(public_id).model
    entry: Entry | None = model.objects.filter(public_id=public_id).first()
    return entry


def entry_keys(public_ids: Iterable[str]) -> dict[str, int]:
    """Primary keys of the working entries of these ids. One query a type that is among them."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for public_id in public_ids:
        by_type[desk_type_for(public_id).name].append(public_id)
    keys: dict[str, int] = {}
    for name, ids in by_type.items():
        model: Any = _types[name].model
        found = model.objects.filter(public_id__in=ids).order_by()
        keys |= dict(found.values_list("public_id", "pk"))
    return keys


def _built(serializer: EntryDocument, saved: Entry) -> Document:
    try:
        text = canonical(serializer.to_representation(saved))
    except NotCanonical as error:
        raise Refused(f"{saved.public_id} cannot be written as a document: {error}") from error
    built: Document = orjson.loads(text)
    return built
