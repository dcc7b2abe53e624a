"""Editions as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse

from record.called import Called, called
from record.history import called_last
from record.models import Change, Edition, State, Version
from record.reading import Record, document_of
from record.types import type_named


@dataclass(frozen=True)
class ListedVersion:
    """What an edition says about one entry.

    ``code`` is the kind of change as the record has it, ``change`` the same in words. ``now``: in
    which edition that changed, 0 if not; ``redacted_in``: in which it was taken away, 0 if it was
    not. Its slug may have gone with it, then the id is its address.
    """

    id: str
    type: str
    name: str
    language: str
    url: str
    code: str
    change: str
    state: str
    checksum: str
    now: int
    redacted_in: int
    edition: Edition
    history_url: str

    @property
    def one(self) -> str:
        """What an entry of its type is called."""
        return str(type_named(self.type).one)


@dataclass(frozen=True)
class ChangeCount:
    words: str
    total: int


def edition_rows(record: Record) -> QuerySet[Edition, Edition]:
    """The editions that the record has, each with how many versions it wrote."""
    return Edition.objects.filter(number__lte=record.number).annotate(total=Count("versions"))


def editions_around(record: Record, number: int) -> dict[int, Edition]:
    """The edition of that number and its neighbours, by number. One query."""
    around = range(number - 1, number + 2)
    return {
        edition.number: edition
        for edition in Edition.objects.filter(number__in=around, number__lte=record.number)
    }


def contents(edition: Edition) -> QuerySet[Version, Version]:
    """The versions that the edition wrote, tombstones included."""
    wrote = Version.objects.filter(edition=edition).select_related("edition")
    return wrote.defer("salt", "search_text").order_by("sort_key", "public_id")


def change_counts(edition: Edition) -> list[ChangeCount]:
    """How many versions there are of each kind of change. One query."""
    rows = contents(edition).order_by("change").values_list("change").annotate(total=Count("pk"))
    return [ChangeCount(str(Change(change).label), total) for change, total in rows]


def listed(versions: Sequence[Version], record: Record) -> list[ListedVersion]:
    """The versions as a list shows them. What came of them is told as of ``record``.

    One query where any of them is a tombstone.
    """
    last = called_last(versions, record)
    titles = [
        called(document_of(version))
        if version.state == State.PUBLISHED and not version.redacted_in_id
        else Called(last.get(version.public_id) or version.public_id, "")
        for version in versions
    ]
    return [
        ListedVersion(
            id=version.public_id,
            type=version.type,
            name=title.name,
            language=title.language,
            url=record.page(type_named(version.type).url(version.slug or version.public_id)),
            code=version.change,
            change=str(Change(version.change).label),
            state="" if version.state == State.PUBLISHED else version.state,
            checksum=version.checksum,
            now=version.superseded_in_id
            if version.superseded_in_id and version.superseded_in_id <= record.number
            else 0,
            redacted_in=version.redacted_in_id or 0,
            edition=version.edition,
            history_url=record.page(
                f"{reverse('record:entry_history', args=[version.public_id])}"
                f"?to={version.edition_id}"
            ),
        )
        for version, title in zip(versions, titles, strict=True)
    ]
