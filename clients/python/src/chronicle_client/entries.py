"""What the API gives, with names and types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import httpx

from chronicle_client.verify import canonical, sha256

Data = dict[str, Any]

# Lists by the letter of the ids in them.
LISTS: Mapping[str, str] = {
    "A": "actors",
    "E": "events",
    "L": "places",
    "P": "proposals",
    "S": "sources",
    "T": "terms",
}
ID = re.compile(rf"[{''.join(LISTS)}][1-9][0-9]*")
PUBLISHED = "published"


@dataclass(frozen=True)
class Reference:
    """An entry that another one names."""

    type: str
    name: str
    slug: str
    url: str


@dataclass(frozen=True)
class Version:
    """Which edition says this, and the checksum of ``salt`` followed by the document.

    ``redacts`` and ``redacted_in`` are known of changes alone: the editions that lost what they
    said of the entry by this version, and the one that took what it said itself.
    """

    edition: int
    schema: int
    published_at: str
    change: str
    reason: str
    salt: str | None
    sha256: str
    redacted_in: int | None = None
    redacts: tuple[int, ...] = ()

    @classmethod
    def read(cls, data: Data) -> Self:
        names = ("edition", "schema", "published_at", "change", "reason", "salt", "sha256")
        redacts = tuple(data.get("redacts", ()))
        said = {name: data[name] for name in names}
        return cls(**said, redacted_in=data.get("redacted_in"), redacts=redacts)


@dataclass(frozen=True)
class Entry:
    """One entry as an edition says it; ``references`` and ``checks`` are those of the answer."""

    id: str
    type: str
    document: Data
    version: Version
    references: Mapping[str, Reference]
    checks: Mapping[str, Data]
    url: str | None = None

    @classmethod
    def read(
        cls,
        result: Data,
        references: Mapping[str, Reference],
        checks: Mapping[str, Data],
        url: str | None = None,
    ) -> Self:
        document = {name: value for name, value in result.items() if name != "version"}
        version = Version.read(result["version"])
        return cls(result["id"], result["type"], document, version, references, checks, url)

    @classmethod
    def alone(cls, body: Data) -> Self:
        """The one that an answer is about."""
        return cls.read(body["result"], references_in(body), body["checks"], body["url"])

    @property
    def state(self) -> str:
        """``published``, or what became of it: ``withdrawn``, ``merged``, ``redacted``."""
        return str(self.document.get("state", PUBLISHED))

    @property
    def is_redacted(self) -> bool:
        """Whether this version has lost what it said."""
        return self.version.salt is None

    @property
    def text(self) -> str:
        """The document in canonical form (RFC 8785)."""
        return canonical(self.document)

    def fits_checksum(self) -> bool:
        """Whether the document is the very one that was published; one that was redacted may be.

        One of an older schema is not, in lists and by id: there it is brought to that of today.
        """
        return self.is_redacted or sha256(f"{self.version.salt}{self.text}") == self.version.sha256


@dataclass(frozen=True)
class Page:
    """A page of a list, or of changes (which have ``cursor`` and ``editions``), as of ``edition``.

    ``next`` is the address of what follows, ``None`` at the end.
    """

    edition: int
    entries: tuple[Entry, ...]
    next: str | None
    cursor: str
    editions: Mapping[int, Data]

    @classmethod
    def read(cls, body: Data) -> Self:
        references = references_in(body)
        return cls(
            edition=body["edition"],
            entries=tuple(
                Entry.read(result, references, body["checks"]) for result in body["results"]
            ),
            next=None if body["next"] is None else str(httpx.URL(body["next"])),
            cursor=body.get("cursor", ""),
            editions={int(number): each for number, each in body.get("editions", {}).items()},
        )


def references_in(body: Data) -> Mapping[str, Reference]:
    return {
        public_id: Reference(each["type"], each["name"], each["slug"], each["url"])
        for public_id, each in body["references"].items()
    }
