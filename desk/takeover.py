"""What an entry takes over from another that is merged into it, worked out on their documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from desk.documents import (
    OwnPart,
    PartDocument,
    PartReference,
    Reference,
    References,
    by_number,
    schema_of,
)
from desk.references import replace_references
from desk.types import desk_type
from record.types import Document

CITATIONS, IDENTIFIERS, SUBJECTS, WAIVERS = "citations", "identifiers", "subjects", "waivers"
NEVER_TAKEN = {"id", "type"}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something that the loser has and the winner could take over.

    ``name`` is what choices call it: ``p2``, ``c3``, ``subjects T4``. ``same`` is what the winner
    has that says the same already; ``obstacle`` why it cannot be taken. ``needed_by``: entries
    that refer to it, so that it has to be. ``unsaid``: claims that a citation speaks to no more.
    """

    name: str
    of: str
    value: Any
    key: str = ""
    same: str = ""
    obstacle: str = ""
    needed_by: Sequence[str] = ()
    unsaid: Sequence[str] = ()
    taken: bool = False

    @property
    def is_choice(self) -> bool:
        return not (self.same or self.obstacle or self.needed_by)


@dataclass(frozen=True)
class Takeover:
    """``keys``: where parts and citations went, as ``A7/p4`` → ``A9/p11``.

    ``document`` is the winner's as it would be; ``left`` the loser's own fields that say something
    else than the winner's.
    """

    document: Document
    offers: list[Offer]
    keys: dict[str, str]
    left: list[tuple[str, Any]]
    obstacles: list[str]


def take_over(
    loser: Document,
    winner: Document,
    *,
    chosen: frozenset[str] | None,
    needed: Mapping[str, Sequence[str]],
    first: Mapping[str, int],
) -> Takeover:
    """What comes of it where the editor ``chosen`` these of the offers, or ``None``: all.

    ``needed``: who refers to which part of the loser. ``first``: number of the winner's next key,
    by letter.
    """
    return _Taking(loser, winner, chosen, needed, first).done()


class _Taking:
    def __init__(
        self,
        loser: Document,
        winner: Document,
        chosen: frozenset[str] | None,
        needed: Mapping[str, Sequence[str]],
        first: Mapping[str, int],
    ) -> None:
        self.declaration = desk_type(loser["type"]).declaration
        self.loser, self.winner = loser, winner
        self.chosen, self.needed = chosen, self._with_own(needed)
        self.next = dict(first)
        self.ids = {loser["id"]: winner["id"]}
        self.keys: dict[str, str] = {}
        self.document = {
            name: list(value) if isinstance(value, list) else value
            for name, value in winner.items()
        }
        self.offers: list[Offer] = []

    def done(self) -> Takeover:
        fields = schema_of(self.declaration).fields
        for name, field in fields.items():
            child: Any = getattr(field, "child", None)
            if isinstance(child, PartDocument):  # in this order, as later ones name earlier ones
                for index in range(len(self.loser[name])):
                    self._part(name, child, index)
        self._subjects()
        self._identifiers()
        if WAIVERS in fields:
            self._waivers()
        if CITATIONS in fields:
            for index in range(len(self.loser[CITATIONS])):
                self._citation(fields[CITATIONS].child, index)  # type: ignore[attr-defined]
        return Takeover(
            self.document, self.offers, self.keys, list(self._left()), list(self._obstacles())
        )

    def _with_own(self, needed: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """The parts that are needed, and those that they name in turn."""
        users = {key: list(ids) for key, ids in needed.items()}
        for name, field in reversed(list(schema_of(self.declaration).fields.items())):
            child: Any = getattr(field, "child", None)
            if not isinstance(child, PartDocument):
                continue
            for row in self.loser[name]:
                if row["key"] in users:
                    for part in self._own_parts(child, row):
                        users.setdefault(part, []).append(f"{self.loser['id']}/{row['key']}")
        return users

    def _own_parts(self, child: PartDocument, row: Document) -> Iterator[str]:
        for name, field in child.fields.items():
            value = row[name]
            if value is None:
                continue
            if isinstance(field, OwnPart):
                yield value
            elif isinstance(field, PartReference):
                public_id, _, key = value.partition("/")
                if public_id == self.loser["id"]:
                    yield key

    def _moved(self) -> Document:
        """The loser's document with what has been mapped so far."""
        return replace_references(self.declaration, self.loser, self.ids | self.keys)

    def _part(self, name: str, child: PartDocument, index: int) -> None:
        key = self.loser[name][index]["key"]
        moved = dict(self._moved()[name][index])  # which is filled in
        obstacle = self._unresolved(child, moved)
        row = type(child).taken_over(moved)
        same = _same_row([moved, row], self.document[name])
        if not obstacle and not same:
            obstacle = self._clash(child, row, self.document[name])
        self._offer(
            name, key, row, same=same, obstacle=obstacle, needed_by=self.needed.get(key, ())
        )

    def _unresolved(self, child: Any, row: Document) -> str:
        """Why the row cannot stand in the winner; fills in the new keys of own parts it names."""
        for name, field in child.fields.items():
            value = row.get(name)
            if value is None:
                continue
            if isinstance(field, OwnPart):
                there = self.keys.get(f"{self.loser['id']}/{value}")
                if there is None:
                    return f"it names {value}, which is not taken over"
                row[name] = there.partition("/")[2]
            elif isinstance(field, PartReference):
                if value.startswith(f"{self.loser['id']}/"):
                    return f"it names {value}, which is not taken over"
            elif isinstance(field, Reference) and value == self.winner["id"]:
                return f"it would refer to {value} itself"
        return ""

    def _clash(self, child: PartDocument, row: Document, rows: Sequence[Document]) -> str:
        if not child.unique:
            return ""
        for own in rows:
            if all(own[member] == row[member] for member in child.unique):
                words = " and ".join(child.unique)
                return f"{self.winner['id']} has {own['key']} of the same {words}"
        return ""

    def _citation(self, child: Any, index: int) -> None:
        row = dict(self._moved()[CITATIONS][index])
        mapped = {claim: self._claim(claim) for claim in row["claims"]}
        unsaid = [claim for claim, there in mapped.items() if there is None]
        row["claims"] = [there for there in mapped.values() if there is not None]
        same = _same_row([row], self.document[CITATIONS])
        obstacle = ""
        if not row["claims"]:
            obstacle = f"{self.winner['id']} says nothing that it speaks to"
        elif row["asserts"] is not None and self._asserts_own_part(row):
            obstacle = "what it asserts names a part by its key"
        self._offer(CITATIONS, row["key"], row, same=same, obstacle=obstacle, unsaid=unsaid)

    def _claim(self, claim: str) -> str | None:
        """The same claim of the winner, where it makes it: then the evidence holds for it too."""
        name, _, member = claim.partition(".")
        if name == "entry":
            return claim
        there = self.keys.get(f"{self.loser['id']}/{name}")
        if there is not None:
            key = there.partition("/")[2]
            return f"{key}.{member}" if member else key
        says = self._moved().get(name)
        return claim if name in self.loser and says == self.document.get(name) else None

    def _asserts_own_part(self, row: Document) -> bool:
        name, _, member = row["claims"][0].partition(".")
        for field in schema_of(self.declaration).fields.values():
            child: Any = getattr(field, "child", None)
            if not isinstance(child, PartDocument):
                continue
            if not any(own["key"] == name for own in self.document[str(field.field_name)]):
                continue
            members = [member] if member else list(child.fields)
            return any(isinstance(child.fields.get(each), OwnPart) for each in members)
        return False

    def _offer(self, name: str, key: str, row: Document, *, same: str = "", **told: Any) -> None:
        """A row with a key: taken under the winner's next one, or mapped to what says the same."""
        old = f"{self.loser['id']}/{key}"
        offer = Offer(name=key, of=name, value=row, same=same, **told)
        if same:
            self.keys[old] = f"{self.winner['id']}/{same}"
        elif not offer.obstacle and (offer.needed_by or self._is_chosen(key)):
            letter = key[0]
            new = f"{letter}{self.next[letter]}"
            self.next[letter] += 1
            self.keys[old] = f"{self.winner['id']}/{new}"
            self.document[name].append(row | {"key": new})
            offer = Offer(name=key, of=name, value=row, key=new, taken=True, **told)
        self.offers.append(offer)

    def _is_chosen(self, name: str) -> bool:
        return self.chosen is None or name in self.chosen

    def _subjects(self) -> None:
        for subject in self._moved()[SUBJECTS]:
            obstacle = f"it would refer to {subject} itself" if subject == self.winner["id"] else ""
            self._plain(SUBJECTS, subject, subject, obstacle)
        self.document[SUBJECTS].sort(key=by_number)

    def _identifiers(self) -> None:
        for row in self.loser[IDENTIFIERS]:
            self._plain(IDENTIFIERS, f"{row['scheme']} {row['value']}", row, "")
        self.document[IDENTIFIERS].sort(key=lambda row: (row["scheme"], row["value"]))

    def _waivers(self) -> None:
        present = {waiver["claim"] for waiver in self.winner[WAIVERS]}
        for row in self.loser[WAIVERS]:
            part = row["claim"].partition(".")[0]
            moves = any(offer.taken and offer.name == part for offer in self.offers)
            claim = self._claim(row["claim"]) if moves else None
            obstacle = "" if claim else f"{self.winner['id']} has what it is for of its own"
            if claim in present:
                obstacle = f"{self.winner['id']} has one for {claim}"
            self._plain(WAIVERS, row["claim"], row | {"claim": claim or row["claim"]}, obstacle)
        self.document[WAIVERS].sort(key=lambda row: row["claim"])

    def _plain(self, of: str, words: str, value: Any, obstacle: str) -> None:
        """Something without a key."""
        name = f"{of} {words}"
        same = words if value in self.document[of] else ""
        taken = not same and not obstacle and self._is_chosen(name)
        if taken:
            self.document[of].append(value)
        self.offers.append(
            Offer(name=name, of=of, value=value, same=same, obstacle=obstacle, taken=taken)
        )

    def _left(self) -> Iterator[tuple[str, Any]]:
        moved = self._moved()
        for name, field in schema_of(self.declaration).fields.items():
            if name in NEVER_TAKEN or isinstance(field, serializers.ListSerializer):
                continue
            if isinstance(field, References) and name == SUBJECTS:
                continue
            if moved[name] not in (None, "", [], self.winner[name]):
                yield name, moved[name]

    def _obstacles(self) -> Iterator[str]:
        for offer in self.offers:
            if offer.obstacle and offer.needed_by:
                users = ", ".join(offer.needed_by)
                yield (
                    f"{self.loser['id']}/{offer.name} cannot be taken over, as {offer.obstacle}; "
                    f"and {users} refers to it."
                )


def _same_row(wanted: Sequence[Document], rows: Sequence[Document]) -> str:
    """Key of the row that says the same as any of those wanted, or nothing."""
    for row in rows:
        if any(_said(row) == _said(each) for each in wanted):
            return str(row["key"])
    return ""


def _said(row: Document) -> Document:
    return {name: value for name, value in row.items() if name != "key"}
