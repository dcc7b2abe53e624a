"""What a submission can hold: the newest revisions of entries, where nothing stands against it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import F

from desk.holding import hold_copies
from desk.models import WorkingCopy
from desk.refusals import Refused
from record.models import Change, Version
from record.statements import Among

BATCH = 1000  # entries of a statement


class Content(NamedTuple):
    """What an item says of the revision that it puts up, by the primary key of that."""

    pk: int
    public_id: str
    type: str


def contents_of(public_ids: Iterable[str], change: Change) -> list[tuple[Content, Change]]:
    """The newest revisions of these entries, each with its kind of change.

    Locks the working copies: what is submitted is neither published nor deleted meanwhile.
    """
    wanted = sorted(set(public_ids))
    hold_copies(wanted)
    problems: list[str] = []
    contents: list[tuple[Content, Change]] = []
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        copies = list(_copies(batch))
        problems += [f"{public_id} is not at the desk." for public_id in _missing(batch, copies)]
        problems += [
            f"{copy.public_id} has no changes to publish."
            for copy in copies
            if copy.published_id is not None and not copy.changed
        ]
        problems += undecided(copies)
        problems += [
            f"{copy.public_id} was merged into {copy.merged_into}, and is not published again."
            for copy in copies
            if copy.merged_into
        ]
        versions = Version.objects.filter(Among(F("public_id"), batch)).order_by()
        known = set(versions.values_list("public_id", flat=True).distinct())
        contents += [
            (
                Content(copy.revision_id, copy.public_id, copy.type),
                change if copy.public_id in known else Change.NEW,
            )
            for copy in copies
        ]
    if not wanted:
        problems.append("Choose at least one entry.")
    if problems:
        raise Refused(problems)
    return contents


def _copies(public_ids: list[str]) -> Any:
    """As plain rows: there may be hundreds of thousands."""
    return WorkingCopy.objects.filter(Among(F("public_id"), public_ids)).values_list(
        *("public_id", "type", "revision_id", "published_id"),
        *("changed", "conflicts", "merged_into"),
        named=True,
    )


def undecided(copies: Iterable[Any]) -> list[str]:
    """Entries with claims that a published correction has otherwise, before somebody decides."""
    return [
        f"{copy.public_id} has changes that a published correction goes against; "
        "decide on them first, on its form."
        for copy in copies
        if copy.conflicts
    ]


def _missing(wanted: list[str], copies: Iterable[Any]) -> list[str]:
    return sorted(set(wanted) - {copy.public_id for copy in copies})
