"""Where two people changed one claim: what each says, and going on with what somebody chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from desk.applying import apply
from desk.bases import Entry
from desk.carrying import Carried, Divergence, carry, put, value_at
from desk.documents import Declaration
from desk.history import attributed
from desk.models import Revision, WorkingCopy
from desk.naming import document_of
from desk.refusals import Refused
from desk.revisions import save_revision
from desk.roles import require
from desk.types import desk_type, desk_type_of
from record.types import Document
from record.wording import Said, Wording

MINE, THEIRS, NOW = "mine", "theirs", "now"
NOTHING = "nothing"


@dataclass(frozen=True)
class Side:
    """What a claim can be made to say, in words. ``value`` is what a form sends for it."""

    value: str
    label: str
    said: Said
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """A claim to decide on; ``name`` in the form, ``missing`` where nothing was chosen."""

    name: str
    where: str
    before: Said
    sides: list[Side]
    missing: bool = False


def kept_beside(public_id: str, number: int, *, by: Any) -> Revision | None:
    """What ``by`` saved while somebody else had saved the entry, by its number. One query."""
    found = Revision.objects.filter(
        public_id=public_id, number=number, saved_by=by, items=None, starts_from__isnull=False
    )
    return found.select_related("starts_from", "saved_by").first()


def brought_together(mine: Revision, newest: Revision) -> Carried:
    """What was kept beside the working copy, carried onto what the working copy says now."""
    return carry(
        desk_type(mine.type).declaration,
        document_of(mine.starts_from or mine),
        document_of(mine),
        document_of(newest),
    )


def saved_meanwhile(mine: Revision, newest: Revision) -> list[Revision]:
    """The saves that ``mine`` has not seen, oldest first. One query."""
    start = mine.starts_from or mine
    found = Revision.objects.filter(
        public_id=mine.public_id,
        starts_from=None,
        number__gt=start.number,
        number__lte=newest.number,
    )
    return list(found.select_related("saved_by").order_by("number"))


def bring_together(
    entry: Entry, mine: Revision, chosen: Mapping[str, str], *, seen: str, by: Any, reason: str
) -> Revision:
    """Save what was kept beside the working copy onto it. ``chosen``: side by name of the claim.

    ``Refused`` where a choice is missing, or somebody has saved a revision after ``seen``.
    """
    with transaction.atomic(), attributed(by=by, reason=reason):
        newest = _held(entry, seen).revision
        carried = brought_together(mine, newest)
        declaration = desk_type_of(entry).declaration
        document = carried.document
        for divergence in carried.conflicts:
            if _side(divergence, chosen) == MINE:
                document = put(declaration, document, divergence.path, divergence.mine)
        for divergence in carried.taken:
            if chosen.get(name_of(divergence.path)) == MINE:
                document = put(declaration, document, divergence.path, divergence.mine)
        return _save(entry, document, by=by, reason=reason)


def decide(entry: Entry, chosen: Mapping[str, str], *, seen: str, by: Any, reason: str) -> Revision:
    """Settle what a published correction has otherwise. ``chosen``: side by name of the claim.

    ``Refused`` where a choice is missing, or somebody has saved a revision after ``seen``.
    """
    with transaction.atomic(), attributed(by=by, reason=reason):
        copy = _held(entry, seen)
        document = document_of(copy.revision)
        for divergence in conflicts_of(copy):
            side = _side(divergence, chosen)
            if side != NOW:
                value = divergence.mine if side == MINE else divergence.theirs
                declaration = desk_type_of(entry).declaration
                document = put(declaration, document, divergence.path, value)
        revision = _save(entry, document, by=by, reason=reason)
        WorkingCopy.objects.filter(pk=copy.pk).update(conflicts=[])
        return revision


def conflicts_of(copy: WorkingCopy) -> list[Divergence]:
    """What is to be decided, each claim once: of two corrections, the later one counts."""
    found = {
        tuple(each["path"]): Divergence(
            tuple(each["path"]), each["base"], each["mine"], each["theirs"]
        )
        for each in copy.conflicts
    }
    return list(found.values())


def choices(
    divergences: Iterable[Divergence],
    labels: Mapping[str, str],
    words: Wording,
    chosen: Mapping[str, str],
    *,
    default: str = "",
    now: tuple[Declaration, Document] | None = None,
    asked: bool = False,
) -> list[Choice]:
    """The claims as a form shows them. ``labels``: what each side is called.

    ``now``: the working document, where what it says may be neither side's. ``asked``: whether
    the form has been sent, so that what is not chosen is missing.
    """
    return [
        _choice(each, labels, words, chosen, default=default, now=now, asked=asked)
        for each in divergences
    ]


def _choice(
    divergence: Divergence,
    labels: Mapping[str, str],
    words: Wording,
    chosen: Mapping[str, str],
    *,
    default: str,
    now: tuple[Declaration, Document] | None,
    asked: bool,
) -> Choice:
    values = {MINE: divergence.mine, THEIRS: divergence.theirs}
    if now is not None:
        said = value_at(*now, divergence.path)
        if said not in values.values():
            values[NOW] = said
    name = name_of(divergence.path)
    side = chosen.get(name, default)
    return Choice(
        name,
        words.where(divergence.path),
        _said(words, divergence, divergence.base),
        [
            Side(value, labels[value], _said(words, divergence, said), value == side)
            for value, said in values.items()
        ],
        missing=asked and side not in values,
    )


def name_of(path: Iterable[str]) -> str:
    """The claim in a form: ``claim:participants/p2/role``."""
    return "claim:" + "/".join(path)


def _said(words: Wording, divergence: Divergence, value: Any) -> Said:
    return words.said(divergence.path, value) or Said(NOTHING)


def _side(divergence: Divergence, chosen: Mapping[str, str]) -> str:
    side = chosen.get(name_of(divergence.path), "")
    if side not in (MINE, THEIRS, NOW):
        raise Refused(f"Choose what {divergence.where} is to say.")
    return side


def _held(entry: Entry, seen: str) -> WorkingCopy:
    """The working copy, held until the transaction ends, if nobody has saved it since."""
    model: Any = type(entry)
    model.objects.select_for_update(no_key=True).get(pk=entry.pk)
    WorkingCopy.objects.select_for_update().filter(public_id=entry.public_id).first()
    copies = WorkingCopy.objects.select_related("revision")
    copy: WorkingCopy = copies.get(public_id=entry.public_id)
    if seen != str(copy.revision.number):
        raise Refused(
            f"Somebody has saved revision {copy.revision.number} meanwhile. This page shows it "
            "now; look at it and save again."
        )
    return copy


def _save(entry: Entry, document: Document, *, by: Any, reason: str) -> Revision:
    if document.get("waivers") != desk_type_of(entry).build(entry).get("waivers"):
        require(by, "waive_evidence")
    apply(document, entry)
    return save_revision(entry, by=by, reason=reason)
