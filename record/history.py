"""What has been said of one entry, edition by edition, and what differs between any two of them.

Nothing of an entry is hidden once it is withdrawn or merged: what it said before stays to be read.
What was redacted is gone, and is only told of.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import orjson

from chronicle.told import told
from record.called import Called, called, is_translated
from record.changes import Change, change_of
from record.differences import Difference, differences
from record.models import State, Version
from record.reading import LIKE_ID, LONGEST_SLUG, NotInRecord, Record, document_of
from record.referred import targets_of_all
from record.types import Document, type_named
from record.wording import Wording, call_parts

EVIDENCE = ("citations", "waivers")  # the lists of a document that say what the rest stands on
UNSHOWN = "document", "search_text"


class NoSuchVersion(ValueError):
    """That edition wrote no version of the entry."""


@dataclass(frozen=True)
class History:
    """The versions of one entry up to an edition, newest first, without their documents."""

    versions: Sequence[Version]

    @property
    def newest(self) -> Version:
        return self.versions[0]

    @cached_property
    def title(self) -> Called:
        """What it was called last; its id where that was taken away. One query, once."""
        for each in self.versions:
            if each.state == State.PUBLISHED and not each.redacted_in_id:
                return called(document_of(each))
        return Called(self.newest.public_id, "")

    @property
    def name(self) -> str:
        return self.title.name

    def at(self, text: str) -> Version:
        """The version that an edition wrote, by its number in an address. ``NoSuchVersion``."""
        for version in self.versions:
            if str(version.edition_id) == text:
                return version
        raise NoSuchVersion(text)

    def before(self, version: Version) -> Version | None:
        number = self.versions.index(version) + 1
        return self.versions[number] if number < len(self.versions) else None


@dataclass(frozen=True)
class Comparison:
    """What changed from ``before`` (``None``: there was nothing) to ``after``.

    ``says``: in what the entry says; ``evidence``: in what that stands on. ``redacted``: the one
    of the two that cannot be compared any more. ``merged_into``: the id, where it went that way.
    ``named``: ids of what the two refer to, and of their parts.
    """

    before: Version | None
    after: Version
    says: Sequence[Change] = ()
    evidence: Sequence[Change] = ()
    redacted: Version | None = None
    merged_into: str = ""
    named: Collection[str] = ()


def history_of(record: Record, public_id: str) -> History:
    """One query. ``NotInRecord`` where no version of that id has been published."""
    if len(public_id) > LONGEST_SLUG or not LIKE_ID.fullmatch(public_id):
        raise NotInRecord(public_id)
    versions = (
        Version.objects.filter(public_id=public_id, edition__lte=record.number)
        .select_related("edition", "redacted_in")
        .defer(*UNSHOWN)
        .order_by("-edition_id")
    )
    found = list(versions)
    if not found:
        raise NotInRecord(public_id)
    return History(found)


def compared(
    record: Record, before: Version | None, after: Version, *, tells: bool = False
) -> Comparison:
    """Two versions of one entry; if it ``tells``, in lines that say their language
    (`chronicle.told`). One query, and those of ``names_of``."""
    gone = next((each for each in (before, after) if each and each.redacted_in_id), None)
    if gone is not None:
        return Comparison(before, after, redacted=gone)
    old, new = _documents(before, after)
    found = differences(type_named(after.type).declaration, old, new)
    names = names_of([old, new], record, tells=tells)
    language = new.get("language", "") if tells else ""
    words = Wording(after.type, [new, old], names, language=language)
    return Comparison(
        before,
        after,
        says=_said(found, words, evidence=False),
        evidence=_said(found, words, evidence=True),
        merged_into=new["merged_into"] if after.state == State.MERGED else "",
        named=names.keys(),
    )


def names_of(
    documents: Iterable[Document | None], record: Record, *, tells: bool = False
) -> dict[str, str]:
    """Names of what documents refer to, by public id, and by ``A7/p4`` of parts; if it ``tells``,
    with their language (`chronicle.told`).

    As the newest version has them that says any, since what was referred to may be gone. One
    query, and up to three more where parts are named; another for each where names are told or
    translated.
    """
    targets = targets_of_all(documents)
    parts = {target for target in targets if target.part}
    newest = _newest({target.id for target in targets}, record, tells=tells)
    opened = _opened({target.id for target in parts}, newest)
    beyond = targets_of_all(opened.values())
    newest |= _newest({target.id for target in beyond} - set(newest), record, tells=tells)
    parts_beyond = {target for target in beyond if target.part}
    opened |= _opened({target.id for target in parts_beyond} - set(opened), newest)
    names = {public_id: label for public_id, (_, label) in newest.items()}
    # Those beyond come first, since they are part of what the others are called.
    call_parts([*parts_beyond, *parts], opened, names, tells=tells)
    return names


def _documents(before: Version | None, after: Version) -> tuple[Document | None, Document]:
    """One query."""
    wanted = [each.pk for each in (before, after) if each]
    by_id = {each.pk: _standing(each) for each in Version.objects.filter(pk__in=wanted)}
    return (by_id[before.pk] if before else None), by_id[after.pk]


def _standing(version: Version) -> Document:
    """The document as comparing takes it; of a tombstone what stands in it."""
    if version.state == State.PUBLISHED:
        return document_of(version)
    document: Document = orjson.loads(version.document)
    return document


def _said(found: Iterable[Difference], words: Wording, *, evidence: bool) -> list[Change]:
    """In what the entry says, or in what that stands on."""
    return [change_of(each, words) for each in found if (each.path[0] in EVIDENCE) is evidence]


def called_last(versions: Iterable[Version], record: Record) -> dict[str, str]:
    """What entries that are gone were called while they stood, by id. One query, or none."""
    gone = {version.public_id for version in versions if not version.label}
    return {public_id: label for public_id, (_, label) in _newest(gone, record).items()}


def _newest(ids: set[str], record: Record, *, tells: bool = False) -> dict[str, tuple[int, str]]:
    """Of each entry the newest version that still says something: its row, and what it is called.

    One query, or none; one more if it ``tells``, or in another language than that of the source.
    """
    if not ids:
        return {}
    # What was redacted is left out here, and what is newest is found here: asked for either, SQLite
    # walks all versions that were not redacted, or all editions, rather than look for the ids.
    said = Version.objects.filter(
        public_id__in=ids, edition__lte=record.number, state=State.PUBLISHED
    ).order_by()
    rows = said.values_list("edition_id", "public_id", "pk", "label", "redacted_in_id")
    found = {
        public_id: (pk, label)
        for _, public_id, pk, label, redacted_in in sorted(rows, key=itemgetter(0))
        if redacted_in is None  # the last stays
    }
    if found and (tells or is_translated()):
        last = [pk for pk, _ in found.values()]
        for version in Version.objects.filter(pk__in=last).defer("search_text"):
            name, language = called(document_of(version))
            found[version.public_id] = version.pk, told(name, language) if tells else name
    return found


def _opened(ids: set[str], newest: Mapping[str, tuple[int, str]]) -> dict[str, Document]:
    """Their documents, by id. One query, or none."""
    rows = [newest[public_id][0] for public_id in ids if public_id in newest]
    versions = Version.objects.filter(pk__in=rows).defer("search_text") if rows else ()
    return {version.public_id: document_of(version) for version in versions}
