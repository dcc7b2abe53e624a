"""Where two people changed one claim: what each says, and going on with what somebody chose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from desk.applying import apply
from desk.bases import Entry
from desk.carrying import Carried, Divergence, put, value_at
from desk.documents import Declaration
from desk.history import attributed
from desk.holding import hold_copies, hold_entries
from desk.models import Revision, WorkingCopy
from desk.naming import document_of
from desk.refusals import Refused
from desk.revisions import save_revision
from desk.roles import require
from desk.types import desk_type_of
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


def decide(entry: Entry, chosen: Mapping[str, str], *, seen: str, by: Any, reason: str) -> Revision:
    """Settle what a published correction has otherwise. ``chosen``: side by name of the claim.

    ``Refused`` where a choice is missing, or somebody has saved a revision after ``seen``.
    """
    with transaction.atomic(), attributed(by=by, reason=reason):
        copy = held(entry)
        check_seen(seen, copy.revision.number)
        document = document_of(copy.revision)
        for divergence in conflicts_of(copy):
            side = _side(divergence, chosen)
            if side != NOW:
                value = divergence.mine if side == MINE else divergence.theirs
                declaration = desk_type_of(entry).declaration
                document = put(declaration, document, divergence.path, value)
        revision = save(entry, document, by=by, reason=reason)
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


def as_chosen(declaration: Declaration, carried: Carried, chosen: Mapping[str, str]) -> Document:
    """What two people made, claim by claim as somebody chose. What only others changed is taken
    over, unless it is to stay as it was. ``Refused`` where a choice is missing."""
    document = carried.document
    mine = [each for each in carried.conflicts if _side(each, chosen) == MINE]
    mine += [each for each in carried.taken if chosen.get(name_of(each.path)) == MINE]
    for divergence in mine:
        document = put(declaration, document, divergence.path, divergence.mine)
    return document


def held(entry: Entry) -> WorkingCopy:
    """The working copy, held until the transaction ends, with what is published of it."""
    hold_entries([entry.public_id])
    hold_copies([entry.public_id])
    copies = WorkingCopy.objects.select_related("revision", "published")
    return copies.get(public_id=entry.public_id)


def check_seen(seen: str, number: int) -> None:
    """``Refused`` where the page was shown before revision ``number`` was saved."""
    if seen != str(number):
        raise Refused(
            f"Somebody has saved revision {number} meanwhile. This page shows it now; look at it "
            "and save again."
        )


def save(entry: Entry, document: Document, *, by: Any, reason: str) -> Revision:
    """Make it the working copy. ``Refused`` where it has waivers that ``by`` may not grant."""
    if document.get("waivers") != desk_type_of(entry).build(entry).get("waivers"):
        require(by, "waive_evidence")
    apply(document, entry)
    return save_revision(entry, by=by, reason=reason)
