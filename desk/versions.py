"""Documents on their way into the record: the version and the links that each would be.

Nothing is written here; that is for ``desk.publishing``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from desk.models import Submission
from desk.refusals import Refused
from record import search
from record.canonical import digest, new_salt, version_checksum
from record.models import State, Version
from record.types import Document, type_named

BATCH = 2000  # documents read at a time
REVISED = ("revision__schema", "revision__document", "revision__checksum")
# Columns of a version that says nothing yet.
EMPTY = {each.attname: each.get_default() for each in Version._meta.concrete_fields}
# What ``links_of`` says of each link.
LINKED = (
    *("version", "type", "public_id", "sort_key", "edition", "superseded_in"),
    *("predicate", "target", "part"),
)


@dataclass(slots=True)
class Draft:
    """One document on its way into the record. ``checksum``: of the version, with its ``salt``."""

    change: str
    schema: int
    text: str
    salt: str
    checksum: str
    _document: Document | None = field(default=None, init=False, repr=False)

    @property
    def document(self) -> Document:
        """Read when it is asked for: some walk through texts alone."""
        if self._document is None:
            self._document = orjson.loads(self.text)
        return self._document

    def version(self, number: int) -> Version:
        return version_of(
            self.document,
            self.text,
            number,
            change=self.change,
            schema=self.schema,
            sealed=(self.salt, self.checksum),
        )


class Drafts(Mapping[str, Document]):
    """The documents of a submission by id, in the order of their ids.

    They are read some thousands at a time and only those are held, as there may be hundreds of
    thousands: walking through them is quick, and asking here and there is not. ``Refused`` where a
    document is not what was approved. ``tombstones``: ids of those read so far that say no more
    than that the entry has gone. What is kept of each is the salt that its version gets, and its
    checksum with that.
    """

    def __init__(self, submission: Submission) -> None:
        self._submitted = submission.items.order_by("public_id")
        rows = self._submitted.values_list("public_id", "change")
        self._items = {
            public_id: (place, change)
            for place, (public_id, change) in enumerate(rows.iterator(chunk_size=BATCH))
        }
        if not self._items:
            raise Refused("The submission is empty.")
        self._ids = list(self._items)
        self._read: dict[str, Draft] = {}
        self._sealed: dict[str, tuple[str, str]] = {}  # salts and checksums
        self.tombstones: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, public_id: object) -> bool:
        return public_id in self._items

    def __getitem__(self, public_id: str) -> Document:
        return self.draft(public_id).document

    def change(self, public_id: str) -> str:
        return self._items[public_id][1]

    def checksum(self, public_id: str) -> str:
        """Of the version that it will be. No query where they have been walked through."""
        if public_id not in self._sealed:
            self.draft(public_id)
        return self._sealed[public_id][1]

    def draft(self, public_id: str) -> Draft:
        """One query for each batch of them."""
        if public_id not in self._read:
            place = self._items[public_id][0] // BATCH * BATCH
            self._read = dict(self._batch(self._ids[place : place + BATCH]))
        return self._read[public_id]

    def _batch(self, public_ids: Sequence[str]) -> Iterator[tuple[str, Draft]]:
        # From the first to the last: to name each takes Django longer than to read it.
        found = self._submitted.filter(public_id__range=(public_ids[0], public_ids[-1]))
        for public_id, schema, text, checksum in found.values_list("public_id", *REVISED):
            salt, sealed = self._sealed.get(public_id) or (new_salt(), "")
            salted = version_checksum(salt, text)
            # What is approved is a checksum, so it is the checksum that the text has to have; and
            # later that which it had at first.
            is_right = salted == sealed if sealed else digest(text) == checksum
            if not is_right:
                revision = found.get(public_id=public_id).revision
                raise Refused(f"{revision} is not what was saved and reviewed.")
            self._sealed[public_id] = salt, salted
            draft = Draft(self.change(public_id), schema, text, salt, salted)
            if '"state":' in text and "state" in draft.document:
                self.tombstones.add(public_id)
            yield public_id, draft


def links_of(version: Version, document: Document) -> Iterator[tuple[Any, ...]]:
    """The rows of ``LINKED`` that stand beside a version which is published."""
    of_version = (
        version.pk,
        version.type,
        version.public_id,
        version.sort_key,
        version.edition_id,
        version.superseded_in_id,
    )
    for target in type_named(version.type).links(document):
        yield (*of_version, target.predicate, target.id, target.part)


def version_of(
    document: Document,
    text: str,
    number: int,
    *,
    change: str,
    schema: int,
    sealed: tuple[str, str] = ("", ""),
) -> Version:
    """The version that ``document`` would be in edition ``number``; not saved.

    ``sealed``: salt and checksum, as far as they are there already.
    """
    salt = sealed[0] or new_salt()
    state = document.get("state", State.PUBLISHED)
    columns = {
        "public_id": document["id"],
        "type": document["type"],
        "edition_id": number,
        "change": change,
        "state": state,
        "schema": schema,
        "document": text,
        "salt": salt,
        "checksum": sealed[1] or version_checksum(salt, text),
        "slug": document["slug"],
    }
    if state == State.PUBLISHED:
        facts = type_named(document["type"]).facts(document)
        columns |= {
            "label": facts.label,
            "kind": facts.kind,
            "earliest": facts.earliest,
            "latest": facts.latest,
            "sort_key": facts.sort_key,
            "contested": any(
                citation["stance"] == "disputes" for citation in document.get("citations", ())
            ),
            "search_text": search.text_of(facts),
        }
    # In the order of the columns, which takes Django half as long as by their names.
    in_order: Any = (EMPTY | columns).values()
    return Version(*in_order)
