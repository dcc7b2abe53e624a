"""Which proposals an address asks for, and what there is to be said of those it cannot have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from chronicle import localised
from proposals.filters import ProposalFilter
from record.filter_fields import NamedEntry, values_in
from record.models import State, Version
from record.moves import STATES
from record.naming import find_entries
from record.reading import Record, document_of, standing
from record.types import type_named

LEAST, MOST = 2, 6  # proposals side by side
MOST_LOOKED_AT = 20  # names in an address
MOST_OFFERED = 50  # in the form
LONGEST_SAID = 60  # letters of what was asked for, in the sentence about it


@dataclass(frozen=True)
class Remark:
    """A sentence about what was asked for; ``url`` leads to more of it, called ``more``.

    ``wrong``: something of what was asked for is not there. ``instead``: what a page has then.
    """

    text: str
    url: str = ""
    more: str = ""
    wrong: bool = True
    instead: str = ""


@dataclass(frozen=True)
class Chosen:
    """``remarks`` say what became of names that are of none, or of more than fit."""

    entries: Sequence[NamedEntry]
    remarks: Sequence[Remark]

    @property
    def ids(self) -> list[str]:
        return [entry.id for entry in self.entries]

    @property
    def query(self) -> str:
        return f"ids={','.join(self.ids)}"


@dataclass(frozen=True)
class Offered:
    """A proposal to tick; ``date`` is of its presentation."""

    id: str
    title: str
    url: str
    date: dict[str, Any] | None
    chosen: bool


@dataclass(frozen=True)
class Offer:
    """Proposals to choose from: those chosen first, then those found; ``found``: how many these
    are, where something was looked for. ``remarks`` say what is not here."""

    rows: Sequence[Offered]
    found: int | None
    remarks: Sequence[Remark]


def read_chosen(record: Record, query: Mapping[str, Any], name: str = "ids") -> Chosen:
    """The proposals that the address names, by id or slug; mergers are followed.

    One query; three or four more where a name is not that of a proposal now. None without names.
    """
    names = values_in(query, name)
    looked_at = names[:MOST_LOOKED_AT]
    found = find_entries(record, {"proposal": looked_at})
    entries: dict[str, NamedEntry] = {}
    remarks: list[Remark] = []
    missing = []
    for text in looked_at:
        if ("proposal", text) not in found:
            missing.append(text)
            continue
        entry = found["proposal", text].entry
        entries.setdefault(entry.id, entry)
        if text.isascii() and text[:1] == "P" and text[1:].isdecimal() and text != entry.id:
            message = gettext("%(old)s was merged into %(new)s, which stands here for it.")
            remarks.append(Remark(message % {"old": text, "new": entry.id}, wrong=False))
    if missing:
        remarks += _missing(record, missing)
    kept = list(entries.values())
    if len(kept) > MOST or len(names) > MOST_LOOKED_AT:
        message = gettext(
            "At most %(most)d proposals can stand side by side, and %(number)d were asked for."
        )
        said = message % {"most": MOST, "number": max(len(kept), len(names))}
        instead = gettext("These are the first %(most)d.") % {"most": MOST}
        remarks.append(Remark(said, instead=instead))
    return Chosen(kept[:MOST], remarks)


def _missing(record: Record, names: Sequence[str]) -> list[Remark]:
    """One query."""
    printable = [text for text in names if text.isprintable()]
    wanted = Q(public_id__in=printable) | Q(slug__in=printable)
    gone = (
        Version.objects.filter(standing(record.number), wanted, type="proposal")
        .exclude(state=State.PUBLISHED)
        .select_related("edition")
    )
    by_name = {name: version for version in gone for name in (version.public_id, version.slug)}
    remarks = []
    for text in names:
        if (version := by_name.get(text)) is None:
            said = text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"
            message = gettext(
                "“%(text)s” is neither the id nor the address of a proposal that is published: "
                "give ids, like P1, with commas between them."
            )
            remarks.append(Remark(message % {"text": said}))
            continue
        remarks.append(
            Remark(
                _gone(version),
                record.address("record:entry_history", version.public_id),
                gettext("What it said before"),
            )
        )
    return remarks


def _gone(version: Version) -> str:
    # Translators: “P1 has been withdrawn (edition 7), so it cannot be compared: Told twice.”
    message = gettext("%(id)s %(what)s (edition %(edition)d), so it cannot be compared: %(reason)s")
    return message % {
        "id": version.public_id,
        "what": STATES[State(version.state)],
        "edition": version.edition_id,
        "reason": version.edition.reason,
    }


def offered(record: Record, text: str, chosen: Sequence[str]) -> Offer:
    """Three queries, whatever is looked for."""
    data = {"q": text} if text else {}
    filters = ProposalFilter(data, record=record)
    versions = record.versions("proposal").select_related(None)
    found = filters.qs.select_related(None).exclude(public_id__in=chosen)
    picked = {each.public_id: each for each in versions.filter(public_id__in=chosen)}
    rows = [picked[public_id] for public_id in chosen if public_id in picked]
    rows += list(found[:MOST_OFFERED])
    number = found.count()
    wrong = filters.errors.get("q", [])
    # Translators: %(problem)s is a sentence about what was looked for.
    instead = gettext("%(problem)s All are offered instead.")
    remarks = [Remark(instead % {"problem": problem}) for problem in wrong]
    if number > MOST_OFFERED:
        message = gettext(
            "Of %(number)s proposals the first %(most)d are offered here: search for words of the "
            "one that you want."
        )
        said = {"number": localised.number(number), "most": MOST_OFFERED}
        remarks.append(Remark(message % said))
    looked_for = bool(text) and not wrong
    offers = [_offered(record, row, chosen) for row in rows]
    return Offer(offers, number if looked_for else None, remarks)


def _offered(record: Record, version: Version, chosen: Sequence[str]) -> Offered:
    entry_type = type_named("proposal")
    return Offered(
        version.public_id,
        version.label,
        record.page(entry_type.url(version.slug)),
        document_of(version)["presented"],
        version.public_id in chosen,
    )
