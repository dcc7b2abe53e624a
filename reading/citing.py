"""A passage cited for claims of an entry that is at the desk already."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from desk.bases import normalised
from desk.history import attributed
from desk.models import WorkingCopy
from desk.refusals import Refused
from desk.revisions import save_revision
from desk.texts import checked_text
from desk.types import desk_type_of
from reading.access import require
from sources.models import Source, Stance


class Cited(NamedTuple):
    """The citation, and whether it was there before: of a button pressed twice, say."""

    row: Any
    already: bool


def cite(
    entry: Any,
    *,
    source: Source,
    passage: dict[str, Any],
    claims: Collection[str],
    stance: str = Stance.SUPPORTS,
    note: str = "",
    reason: str = "",
    by: Any,
) -> Cited:
    """The citation, saved with a revision of the entry. ``passage``: its locator and selector.

    The same passage is cited for the same claims in the same stance once. ``Refused`` where
    that was with another note; where it names no claim, or one that the entry no longer makes;
    where the entry was merged; and, as in its form, without a reason where it has been published.
    """
    opts = entry._meta
    require(by, f"{opts.app_label}.change_{opts.model_name}")
    reason, note = checked_text(normalised(reason)), normalised(note)
    with transaction.atomic(), attributed(by=by, reason=reason):
        # Whoever saves the entry meanwhile is waited for: the claims are those it makes then.
        locked = type(entry).objects.select_for_update(no_key=True).get(pk=entry.pk)
        _check(locked, claims, reason)
        same = {name: passage[name] for name in ("start", "end", "prefix", "suffix")}
        for row in locked.citations.filter(source=source, stance=stance, **same):
            if set(row.claims) == set(claims):
                return Cited(_with_note(row, note), already=True)
        last = locked.citations.aggregate(last=Max("position"))["last"] or 0
        row = locked.citations.model(
            entry=locked,
            source=source,
            claims=list(claims),
            stance=stance,
            note=note,
            position=last + 1,
            **passage,
        )
        try:
            row.full_clean(exclude={"key"})
        except ValidationError as error:
            raise Refused(error.messages) from error
        row.save()
        save_revision(locked, by=by, reason=reason)
    return Cited(row, already=False)


def _with_note(row: Any, note: str) -> Any:
    if note and note != row.note:
        raise Refused(
            f"The passage is cited for these claims already, as {row.key}, with another note. "
            "Change that one in the form of the entry."
        )
    return row


def _check(entry: Any, claims: Collection[str], reason: str) -> None:
    copy = WorkingCopy.objects.filter(public_id=entry.public_id).first()
    if copy is not None and copy.merged_into:
        raise Refused(f"{entry.public_id} was merged into {copy.merged_into}; cite for that.")
    if copy is not None and copy.published_id is not None and not reason:
        raise Refused("This entry has been published: say why you change it.")
    if not claims:
        raise Refused("Choose what the passage speaks to.")
    desk_type = desk_type_of(entry)
    made = desk_type.claims(desk_type.build(entry))
    for claim in claims:
        if claim not in made:
            raise Refused(f"{entry.public_id} no longer makes the claim {claim}; choose another.")
