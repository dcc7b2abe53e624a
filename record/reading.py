"""The one way to read the record: as it stood at an edition."""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple, Self

import orjson
from django.db import connection
from django.db.models import Max, Q, QuerySet

from record.as_read import AsRead
from record.called import Called, called, foreign, is_translated
from record.canonical import digest
from record.kept_names import Checks, KeptNames, kept_checks, kept_names
from record.models import Check, Edition, Link, State, Version
from record.statements import CHECKED, ENTRY, LINKED, OPENED, STANDING, TOLD_IN, ask, of_these
from record.types import Document, type_named

LONGEST_SLUG = 120
# Every request asks this, and the ORM takes ten times longer to write it than it takes to run.
NEWEST = (
    "SELECT number, checksum, (SELECT max(id) FROM record_check)"
    " FROM record_edition ORDER BY number DESC LIMIT 1"
)
LIKE_ID = re.compile(r"[A-Z][0-9]+")  # no slug does


class NotInRecord(LookupError):
    """No entry of that id or slug has been published by this edition."""


class Moved(LookupError):
    """The slug is an old one, or the entry was merged: ``version`` is where to go.

    ``tombstone`` is the merged entry's own version, ``None`` for an old slug.
    """

    def __init__(self, version: Version, tombstone: Version | None = None) -> None:
        super().__init__(f"It is now {version.public_id}.")
        self.version = version
        self.tombstone = tombstone


class Gone(LookupError):
    """The entry was withdrawn, merged or redacted: ``version`` is its own tombstone.

    ``into`` is the tombstone of what it was merged into, where that is gone as well.
    """

    def __init__(self, version: Version, into: Version | None = None) -> None:
        super().__init__(f"{version.public_id} is {version.state}.")
        self.version = version
        self.into = into


class Reference(NamedTuple):
    """What is shown of an entry that another one names."""

    id: str
    type: str
    name: str
    slug: str
    url: str
    language: str = ""  # of the name, where it is not the page's


def standing(number: int) -> Q:
    """Rows (of Version or Link) that edition ``number`` has and has not superseded."""
    return Q(edition__lte=number) & (Q(superseded_in=None) | Q(superseded_in__gt=number))


@lru_cache(maxsize=64)
def _versions(number: int, type_name: str | None) -> QuerySet[Version, Version]:
    """The query alone, to be copied: that is much quicker than to make one."""
    found = Version.objects.filter(standing(number), state=State.PUBLISHED)
    if type_name is not None:
        found = found.filter(type=type_name)
    return found.select_related("edition").order_by("sort_key", "public_id")


def document_of(version: Version) -> Document:
    """The version's document, brought to the schema of today."""
    document = orjson.loads(version.document)
    if version.state != State.PUBLISHED:
        return document
    return type_named(version.type).upcast(document, version.schema)


class Record(AsRead):
    """The record at one edition. Editions never change, so neither does what this answers.

    ``number`` 0 is the empty record before the first edition. ``newest`` is the number of the
    newest edition, where another may have been asked for: then ``is_asked``.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.newest = number
        # Checksum of the newest edition and id of the newest check, where they have been read:
        # nothing that is said in public changes while they stay the same.
        self.state: tuple[str, int] = ("", 0)

    @classmethod
    def current(cls) -> Self:
        """The record as of the newest edition. One query, which also gives its ``state``."""
        with connection.cursor() as cursor:
            cursor.execute(NEWEST)
            number, checksum, newest_check = cursor.fetchone() or (0, "", 0)
        record = cls(number)
        record.state = checksum, newest_check or 0
        return record

    @classmethod
    def on(cls, day: datetime.date) -> Self:
        """The record as it stood at the end of ``day`` (UTC). One query."""
        end = datetime.datetime.combine(day, datetime.time.max, tzinfo=datetime.UTC)
        newest = Edition.objects.filter(published_at__lte=end).aggregate(newest=Max("number"))
        return cls(newest["newest"] or 0)

    def at(self, number: int) -> Self:
        """The record as an edition left it, that an address asks for; this one is the newest."""
        asked = type(self)(number)
        asked.newest, asked.is_asked = self.number, True
        asked.state = self.state  # what was redacted since is gone from it as well
        return asked

    @property
    def now(self) -> Self:
        """The record as of the newest edition."""
        if not self.is_asked:
            return self
        record = type(self)(self.newest)
        record.state = self.state
        return record

    @property
    def checksum(self) -> str:
        """Of the newest edition: what is kept of any edition is kept until another comes, as a
        redaction reaches all of them. Empty without editions. One query, unless it was read."""
        return self.state[0] or (self.edition.checksum if self.edition else "")

    @cached_property
    def edition(self) -> Edition | None:
        """One query, or none, as for ``references``."""
        return self.editions([self.number]).get(self.number)

    def versions(self, type_name: str | None = None) -> QuerySet[Version, Version]:
        """Current versions, tombstones excluded, in the order of their sort keys."""
        return _versions(self.number, type_name).all()

    def links(self) -> QuerySet[Link, Link]:
        """Links of the current versions (tombstones have none)."""
        return Link.objects.filter(standing(self.number))

    def get(self, type_name: str, id_or_slug: str) -> Version:
        """The current version of one entry, without its edition. One or two queries; one a merge.

        Raises ``NotInRecord``, ``Moved`` (an old slug, or merged) or ``Gone`` (a tombstone).
        An id always wins, as no slug looks like one.
        """
        if len(id_or_slug) > LONGEST_SLUG or not id_or_slug.isprintable():
            raise NotInRecord(id_or_slug)  # PostgreSQL takes no NUL
        standing_here = Version.objects.filter(
            standing(self.number), type=type_name
        ).select_related("edition")
        by = "public_id" if LIKE_ID.fullmatch(id_or_slug) else "slug"
        named = Version.objects.raw(
            ENTRY.format(columns="*", stands=STANDING, column=by),
            [self.number, self.number, type_name, id_or_slug],
        )
        version = next(iter(named), None)
        if version is None:
            # By later slugs too: they never belong to another entry, so what it is called now
            # leads to how it was called then.
            ids = Version.objects.filter(type=type_name, slug=id_or_slug).values("public_id")
            version = next(iter(standing_here.filter(public_id__in=ids).order_by()[:1]), None)
            if version is None:
                raise NotInRecord(id_or_slug)
            if version.state == State.PUBLISHED:
                raise Moved(version)
        if version.state == State.MERGED:
            merged_into = orjson.loads(version.document)["merged_into"]
            try:
                now = self.resolve(type_name, merged_into)
            except Gone as gone:
                raise Gone(version, into=gone.version) from None
            raise Moved(now, tombstone=version)
        if version.state != State.PUBLISHED:
            raise Gone(version)
        return version

    def resolve(self, type_name: str, public_id: str) -> Version:
        """Follow merges to the entry that stands now; one query each.

        ``Gone`` with the tombstone at the end, where what stood there was withdrawn or redacted.
        """
        while True:
            version = Version.objects.select_related("edition", "redacted_in").get(
                standing(self.number), type=type_name, public_id=public_id
            )
            if version.state == State.PUBLISHED:
                return version
            if version.state != State.MERGED:  # of a redacted one, not even the document is left
                raise Gone(version)
            public_id = orjson.loads(version.document)["merged_into"]

    def references(self, ids: Iterable[str]) -> dict[str, Reference]:
        """Name, slug and address of each entry named, by id; names in the reader's language.

        One query, or none where all of them have been asked for since the newest edition; and one
        where any is missing.
        """
        kept = self.kept.entries
        wanted = set(ids)
        found = {public_id: name for public_id in wanted if (name := kept.get(public_id))}
        if missing := wanted - found.keys():
            fresh = self._references(missing)
            kept |= fresh
            found |= fresh
        return found

    def references_of(self, versions: Collection[int]) -> dict[str, Reference]:
        """The same of every entry that these versions, by primary key, refer to. One query more, or
        none, as for these."""
        kept = self.kept.targets
        targets = {version: ids for version in versions if (ids := kept.get(version)) is not None}
        if missing := [version for version in versions if version not in targets]:
            fresh: dict[int, list[str]] = {version: [] for version in missing}
            for version, target in ask(of_these(LINKED, missing), missing):
                fresh[version].append(target)
            kept |= fresh
            targets |= fresh
        return self.references(chain.from_iterable(targets.values()))

    def editions(self, numbers: Iterable[int]) -> Mapping[int, Edition]:
        """By number. One query, or none, as for ``references``."""
        kept = self.kept.editions
        if missing := {number for number in numbers if number not in kept}:
            kept |= Edition.objects.in_bulk(missing)
        return kept

    @property
    def kept(self) -> KeptNames:
        """Names that have been read of it."""
        return kept_names(self.state[0], self.number, asked=self.is_asked)

    def _references(self, ids: set[str]) -> dict[str, Reference]:
        # A label is a column; what another language calls it stands in the document alone.
        translated = is_translated()
        inside = "schema, document" if translated else TOLD_IN[connection.vendor]
        statement = of_these(OPENED, ids, columns=f"public_id, type, label, slug, {inside}")
        rows = ask(statement, [self.number, self.number, *ids])
        around = {name: type_named(name).around_slug for name in {row[1] for row in rows}}
        found = {}
        for public_id, type_name, label, slug, *said in rows:
            before, after = around[type_name]
            url = self.page(f"{before}{slug}{after}")
            name, language = _called(type_name, *said) if translated else (label, foreign(*said))
            found[public_id] = Reference(public_id, type_name, name, slug, url, language)
        return found | self._redacted_since(ids - found.keys())

    def _redacted_since(self, ids: Collection[str]) -> dict[str, Reference]:
        """Everything published resolves, but as of an edition nothing may be left of it: then its
        id is its name. One query, or none."""
        rows = Version.objects.filter(standing(self.number), public_id__in=ids)
        gone = rows.exclude(redacted_in=None).values_list("public_id", "type") if ids else ()
        found = {}
        for public_id, name in gone:
            url = self.page(type_named(name).url(public_id))
            found[public_id] = Reference(public_id, name, public_id, public_id, url)
        return found

    def documents(self, ids: Collection[str]) -> dict[str, Document]:
        """Those of the entries named, by id; of what was redacted since, what stands for it, if
        its type has that. One query, and one where any is missing."""
        if not ids:
            return {}
        statement = of_these(OPENED, ids, columns="public_id, type, schema, document")
        rows = ask(statement, [self.number, self.number, *ids])
        found = {
            public_id: type_named(type_name).upcast(orjson.loads(document), schema)
            for public_id, type_name, schema, document in rows
        }
        for each in self._redacted_since(set(ids) - found.keys()).values():
            if nothing_left := type_named(each.type).nothing_left:
                found[each.id] = nothing_left(each.id)
        return found

    def checks(self, documents: Iterable[Document]) -> dict[str, Check]:
        """Newest check of each citation's very selector, by ``E14/c1``. One query."""
        return self.checks_of(dict(chain.from_iterable(map(passages_in, documents))))

    def checks_of(self, passages: Mapping[str, str]) -> dict[str, Check]:
        """The same of passages as ``passages_in`` has them.

        One query, or none where all of them have been asked for since the newest check.
        """
        kept = kept_checks(self.state)
        ids = {name.partition("/")[0] for name in passages}
        checks = {public_id: own for public_id in ids if (own := kept.get(public_id)) is not None}
        if missing := ids - checks.keys():
            fresh: Checks = {public_id: {} for public_id in missing}
            for *row, checked_on in ask(of_these(CHECKED, missing), list(missing)):
                check = Check(*row, checked_on=datetime.date.fromisoformat(str(checked_on)))
                name = f"{check.public_id}/{check.citation}"
                fresh[check.public_id][name, check.selector] = check
            kept |= fresh
            checks |= fresh
        known = {passage: check for own in checks.values() for passage, check in own.items()}
        return {item[0]: known[item] for item in passages.items() if item in known}


def _called(type_name: str, schema: int, document: str) -> Called:
    return called(type_named(type_name).upcast(orjson.loads(document), schema))


def passages_in(document: Document) -> Iterator[tuple[str, str]]:
    """Each citation that has a selector, as ``E14/c1``, and the selector's digest."""
    for citation in document.get("citations", ()):
        if selector := citation["selector"]:
            # As ``selector_digest`` has it; what stands in a document is known to be canonical.
            text = orjson.dumps(selector, option=orjson.OPT_SORT_KEYS).decode()
            yield f"{document['id']}/{citation['key']}", digest(text)


def targets_of(version: Version, document: Document | None = None) -> set[str]:
    """Ids of the entries that a version's document refers to."""
    links: Any = type_named(version.type).links(document or document_of(version))
    return {target.id for target in links}


def part_keys(document: Document) -> set[str]:
    """Keys of the document's parts; citations have others."""
    return {
        row["key"]
        for value in document.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict) and str(row.get("key", "")).startswith("p")
    }
