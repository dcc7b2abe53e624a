"""Two people who saved one entry, or one correction, from the same state: what the second made is
kept, and brought together with what the first did, claim by claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction

from desk.aside import working_rows_as
from desk.bases import Entry
from desk.carrying import Carried, carry
from desk.choosing import as_chosen, check_seen, held, save
from desk.corrections import correction_of, newest_in_correction, open_correction, save_correction
from desk.history import attributed
from desk.models import KeptBeside, Revision, Submission, WorkingCopy
from desk.naming import document_of
from desk.types import desk_type
from record.models import Change
from record.types import Document


@dataclass(frozen=True)
class Meeting:
    """``mine``, and ``theirs``: what others made of the same state meanwhile, by ``saves``.

    ``seen``: number of the newest revision in ``theirs``.
    """

    mine: Revision
    theirs: Document
    seen: int
    saves: list[Revision]

    @cached_property
    def start(self) -> Revision:
        return self.mine.starts_from or self.mine

    @cached_property
    def carried(self) -> Carried:
        """What was kept, carried onto what others made."""
        declaration = desk_type(self.mine.type).declaration
        return carry(declaration, document_of(self.start), document_of(self.mine), self.theirs)

    def as_chosen(self, chosen: Mapping[str, str]) -> Document:
        """``chosen``: side by name of the claim. ``Refused`` where a choice is missing."""
        return as_chosen(desk_type(self.mine.type).declaration, self.carried, chosen)


def kept(public_id: str, number: int, *, by: Any, beside: KeptBeside) -> Revision | None:
    """What ``by`` saved while somebody else had saved the same, by its number. One query."""
    found = Revision.objects.filter(
        public_id=public_id, number=number, saved_by=by, kept_beside=beside
    )
    return found.select_related("starts_from", "saved_by").first()


def with_working_copy(mine: Revision, copy: WorkingCopy) -> Meeting:
    """One query, for the saves that ``mine`` has not seen, oldest first."""
    newest, start = copy.revision, mine.starts_from or mine
    between = Revision.objects.filter(
        public_id=mine.public_id,
        starts_from=None,
        number__gt=start.number,
        number__lte=newest.number,
    )
    saves = list(between.select_related("saved_by").order_by("number"))
    return Meeting(mine, document_of(newest), newest.number, saves)


def with_correction(mine: Revision, copy: WorkingCopy) -> Meeting:
    """With the correction under way, or with what is published by now. Two queries.

    ``Refused`` where nothing is published.
    """
    theirs = correction_of(copy).document
    item, start = open_correction(copy.public_id), mine.starts_from or mine
    looked_at = {
        revision.number: revision
        for revision in (copy.published, item.revision if item else None)
        if revision is not None and revision.number > start.number
    }
    saves = [looked_at[number] for number in sorted(looked_at)]
    return Meeting(mine, theirs, newest_in_correction(copy, item), saves)


def bring_together(
    entry: Entry, mine: Revision, chosen: Mapping[str, str], *, seen: str, by: Any, reason: str
) -> Revision:
    """Save what was kept beside the working copy onto it. ``chosen``: side by name of the claim.

    ``Refused`` where a choice is missing, or somebody has saved a revision after ``seen``.
    """
    with transaction.atomic(), attributed(by=by, reason=reason):
        meeting = with_working_copy(mine, held(entry))
        check_seen(seen, meeting.seen)
        return save(entry, meeting.as_chosen(chosen), by=by, reason=reason)


def bring_into_correction(
    entry: Entry,
    mine: Revision,
    chosen: Mapping[str, str],
    *,
    seen: str,
    by: Any,
    reason: str,
    change: Change,
) -> Submission:
    """Put what was kept beside a correction into it, or up for review as one, where the other has
    been published. ``Refused`` as `bring_together`, and as `save_correction`."""
    with transaction.atomic(), attributed(by=by, reason=reason):
        meeting = with_correction(mine, held(entry))
        check_seen(seen, meeting.seen)
        document = meeting.as_chosen(chosen)
        check_fits(entry, document)
        return save_correction(entry, document, by=by, reason=reason, change=change)


def check_fits(entry: Entry, document: Document) -> None:
    """``Refused`` where claims of two people do not hold together as one entry."""
    with working_rows_as(document, entry):
        pass
