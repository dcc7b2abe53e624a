"""Documents on their way into the record: the version and the links that each would be.

Nothing is written here; that is for ``desk.publishing``.
"""

from dataclasses import dataclass
from typing import Protocol

import orjson

from desk.models import Submission, SubmissionItem
from desk.refusals import Refused
from record import search
from record.canonical import digest, new_salt, version_checksum
from record.models import Link, Opening, State, Version
from record.quotable import openings_of
from record.types import Document, type_named

BATCH = 2000  # rows read at a time


class Beside(Protocol):
    """What rows stand beside a version, once it is written."""

    def links(self, version: Version) -> list[Link]: ...

    def openings(self, version: Version) -> list[Opening]: ...


@dataclass(frozen=True)
class Draft:
    """One document on its way into the record."""

    item: SubmissionItem
    text: str
    document: Document

    @property
    def id(self) -> str:
        return self.item.public_id

    @property
    def state(self) -> str:
        state: str = self.document.get("state", State.PUBLISHED)
        return state

    def version(self, number: int) -> Version:
        return version_of(
            self.document,
            self.text,
            number,
            change=self.item.change,
            schema=self.item.revision.schema,
        )

    def links(self, version: Version) -> list[Link]:
        return links_of(version, self.document) if self.state == State.PUBLISHED else []

    def openings(self, version: Version) -> list[Opening]:
        return openings_of(version, self.document) if self.state == State.PUBLISHED else []


def links_of(version: Version, document: Document) -> list[Link]:
    """The rows that stand beside a version which is published; not saved."""
    return [
        Link(
            version=version,
            predicate=target.predicate,
            target=target.id,
            part=target.part,
            type=version.type,
            public_id=version.public_id,
            sort_key=version.sort_key,
            edition_id=version.edition_id,
            superseded_in_id=version.superseded_in_id,
        )
        for target in type_named(version.type).links(document)
    ]


def version_of(
    document: Document, text: str, number: int, *, change: str, schema: int, salt: str = ""
) -> Version:
    """The version that ``document`` would be in edition ``number``; not saved.

    ``salt``: the one that it has already, of a version that was published elsewhere.
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


def drafts_in(submission: Submission) -> list[Draft]:
    items = submission.items.select_related("revision").order_by("public_id")
    drafts = [
        Draft(item, item.revision.document, orjson.loads(item.revision.document))
        for item in items.iterator(chunk_size=BATCH)
    ]
    if not drafts:
        raise Refused("The submission is empty.")
    # What is approved is a checksum, so it is the checksum that the text has to have.
    for draft in drafts:
        if digest(draft.text) != draft.item.revision.checksum:
            raise Refused(f"{draft.item.revision} is not what was saved and reviewed.")
    return drafts
