"""Documents on their way into the record: the version and the links that each would be.

Nothing is written here; that is for ``desk.publishing``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
# What ``links_of`` says of each link.
LINKED = (
    *("version", "type", "public_id", "sort_key", "edition", "superseded_in"),
    *("predicate", "target", "part"),
)


@dataclass(frozen=True)
class Draft:
    """One document on its way into the record."""

    change: str
    schema: int
    text: str

    @cached_property
    def document(self) -> Document:
        """Read when it is asked for: some walk through texts alone."""
        read: Document = orjson.loads(self.text)
        return read

    def version(self, number: int, salt: str) -> Version:
        return version_of(
            self.document, self.text, number, change=self.change, schema=self.schema, salt=salt
        )


class Drafts(Mapping[str, Document]):
    """The documents of a submission by id, in the order of their ids.

    They are read some thousands at a time and only those are held, as there may be hundreds of
    thousands: walking through them is quick, and asking here and there is not. ``Refused`` where a
    document is not what was approved. ``tombstones``: ids of those read so far that say no more
    than that the entry has gone.
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

    def draft(self, public_id: str) -> Draft:
        """One query for each batch of them."""
        if public_id not in self._read:
            place = self._items[public_id][0] // BATCH * BATCH
            self._read = dict(self._batch(self._ids[place : place + BATCH]))
        return self._read[public_id]

    def _batch(self, public_ids: Sequence[str]) -> Iterator[tuple[str, Draft]]:
        # From the first to the last: to name each takes Django longer than to read it. As plain
        # rows, since all of them are read several times.
        found = self._submitted.filter(public_id__range=(public_ids[0], public_ids[-1]))
        for public_id, schema, text, checksum in found.values_list("public_id", *REVISED):
            # What is approved is a checksum, so it is the checksum that the text has to have.
            if digest(text) != checksum:
                revision = found.get(public_id=public_id).revision
                raise Refused(f"{revision} is not what was saved and reviewed.")
            draft = Draft(self.change(public_id), schema, text)
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
    document: Document, text: str, number: int, *, change: str, schema: int, salt: str = ""
) -> Version:
    """The version that ``document`` would be in edition ``number``; not saved.

    ``salt``: where it has been chosen already.
    """
    salt = salt or new_salt()
    state = document.get("state", State.PUBLISHED)
    version = Version(
        public_id=document["id"],
        type=document["type"],
        edition_id=number,
        change=change,
        state=state,
        schema=schema,
        document=text,
        salt=salt,
        checksum=version_checksum(salt, text),
        slug=document["slug"],
    )
    if state == State.PUBLISHED:
        facts = type_named(document["type"]).facts(document)
        version.label = facts.label
        version.kind = facts.kind
        version.earliest, version.latest = facts.earliest, facts.latest
        version.sort_key = facts.sort_key
        version.contested = any(
            citation["stance"] == "disputes" for citation in document.get("citations", ())
        )
        version.search_text = search.text_of(facts)
    return version
