"""The evidence of one entry, claim by claim: what each claim rests on, and what it lacks."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desk.models import WorkingCopy
from desk.naming import desk_words, document_of
from desk.problems import in_words
from desk.types import Passage, desk_type_of
from record.reading import Record
from record.types import Document
from record.wording import Said, Wording

EXISTENCE = "That it is, or happened."


@dataclass(frozen=True)
class Cited:
    """A citation that speaks to a claim. ``number``: of its row in the form, from 0.

    ``state``: of the newest check of the very words it quotes, on a day, against the text whose
    digest begins with ``text``; without words it has none.
    """

    key: str
    number: int
    source: str
    stance: str
    locator: str
    quotes: str
    state: str
    checked_on: date | None
    text: str


@dataclass(frozen=True)
class Granted:
    """Leave to publish a claim without evidence: why, by whom and when."""

    reason: str
    by: str
    at: Any


@dataclass(frozen=True)
class ClaimLine:
    """``missing``: sentences that stand against publishing the claim."""

    claim: str
    name: str
    says: Said
    needs: bool
    cited: list[Cited]
    waiver: Granted | None
    missing: list[str]


@dataclass(frozen=True)
class EvidenceTable:
    """``others``: what is wrong with the evidence, and about no claim here."""

    revision: int
    lines: list[ClaimLine]
    others: list[str] = field(default_factory=list)

    @property
    def lacking(self) -> int:
        return sum(bool(line.missing) for line in self.lines)


def evidence_table(entry: Any) -> EvidenceTable | None:
    """``None`` for an entry that was never saved as a whole.

    Five queries, and those of the evidence: one a source that is cited.
    """
    copies = WorkingCopy.objects.filter(public_id=entry.public_id).select_related("revision")
    copy = copies.first()
    if copy is None:
        return None
    document = document_of(copy.revision)
    desk_type = desk_type_of(entry)
    claims = desk_type.claims(document)
    evidence = desk_type.evidence([document])
    words = desk_words(document["type"], document)
    missing: dict[str, list[str]] = defaultdict(list)
    others = []
    for problem in evidence.problems:
        message = in_words(problem.message.removeprefix(f"{entry.public_id}: "), words)
        if problem.claim in claims:
            missing[problem.claim].append(_sentence(message))
        else:
            others.append(_sentence(message))
    cited = _cited(document, words, evidence.passages)
    waivers = _waivers(entry)
    lines = [
        ClaimLine(
            claim,
            words.claim(claim),
            words.claimed(claim, document) or Said(EXISTENCE),
            needs,
            cited[claim],
            waivers.get(claim),
            missing[claim],
        )
        for claim, needs in claims.items()
        if "." not in claim or cited[claim] or claim in waivers
    ]
    return EvidenceTable(copy.revision.number, lines, others)


def _cited(document: Document, words: Wording, passages: list[Passage]) -> dict[str, list[Cited]]:
    """Citations by claim. One query."""
    checks = Record(0).checks([document])
    now = {passage.citation: passage for passage in passages}
    found: dict[str, list[Cited]] = defaultdict(list)
    for number, citation in enumerate(document.get("citations", ())):
        key, selector = citation["key"], citation["selector"]
        check = checks.get(f"{document['id']}/{key}")
        passage = now.get(key)
        state, text, on = "", "", None
        if check is not None:
            state, text, on = check.state, check.text, check.checked_on
        elif selector and passage is not None:
            # Not logged before it is published; looked up at this moment instead.
            state, text = passage.state, passage.text
        cited = Cited(
            key,
            number,
            words.names.get(citation["source"], citation["source"]),
            citation["stance"],
            words.said(["citations", key, "locator"], citation["locator"]).text,
            " … ".join(filter(None, [selector["start"], selector["end"]])) if selector else "",
            state,
            on,
            text[:12],
        )
        for claim in citation["claims"]:
            found[claim].append(cited)
    return found


def _waivers(entry: Any) -> dict[str, Granted]:
    """Waivers that stand, by claim, with who wrote the reason as it is now. Two queries."""
    standing = {waiver.pk: waiver for waiver in entry.waivers.all()}
    if not standing:
        return {}
    history = entry.waivers.model.history.filter(id__in=standing).select_related("history_user")
    granted: dict[str, Granted] = {}
    for row in history.order_by("history_date", "history_id"):
        waiver = standing[row.id]
        known = granted.get(waiver.claim)
        if row.reason == waiver.reason and (known is None or known.reason != row.reason):
            granted[waiver.claim] = Granted(
                waiver.reason, str(row.history_user or ""), row.history_date
            )
    return granted


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
