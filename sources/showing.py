"""The evidence of an entry as its page shows it: source by source, dissent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from record.called import foreign
from record.models import Check
from record.reading import Reference
from record.referred import Referred
from record.types import Document, WordsForClaim
from sources.cards import EvidenceCard, SpokenTo, cards, spoken_to
from sources.marks import Claims
from sources.passage import passage_url
from sources.reference import FormattedReference


@dataclass(frozen=True)
class CitedWork:
    """A source, where it is on the web if anywhere, and what is cited of it here."""

    source: Reference
    address: str
    reference: FormattedReference
    cards: Sequence[EvidenceCard]


@dataclass(frozen=True)
class Disagreement:
    """A contested claim, with the citations on either side."""

    claim: SpokenTo
    supporting: Sequence[EvidenceCard]
    disputing: Sequence[EvidenceCard]


@dataclass(frozen=True)
class ShownWaiver:
    """Leave to stand without evidence: for what, why, and where a mark leads.

    ``language``: of the reason, where it is not the page's."""

    claim: SpokenTo
    reason: str
    anchor: str
    language: str = ""


@dataclass(frozen=True)
class Evidence:
    """``supported`` claims have supporting citations, ``alone`` of them of one source only.
    ``in_blocks``: a citation is located by blocks, which readers have to be told of."""

    works: Sequence[CitedWork]
    disagreements: Sequence[Disagreement]
    waivers: Sequence[ShownWaiver]
    supported: int
    alone: int
    in_blocks: bool


def evidence(
    document: Document, referred: Referred, checks: Mapping[str, Check], words: WordsForClaim
) -> dict[str, Any]:
    """What a page needs of an entry's evidence: the claims for their marks, and the cards."""
    claims = Claims(document)
    shown = cards(document, referred, checks, words)
    return {
        "claims": claims,
        "evidence": Evidence(
            works=_by_source(shown, referred),
            disagreements=_disagreements(shown),
            waivers=[
                ShownWaiver(
                    spoken_to(waiver["claim"], words),
                    waiver["reason"],
                    f"waiver-{waiver['claim']}",
                    foreign(document["language"]),
                )
                for waiver in document["waivers"]
            ],
            supported=len(claims.supporting),
            alone=sum(len(sources) == 1 for sources in claims.supporting.values()),
            in_blocks=any(citation["locator"]["blocks"] for citation in document["citations"]),
        ),
        "heading": claims.of_heading(words),
    }


def _by_source(shown: Sequence[EvidenceCard], referred: Referred) -> list[CitedWork]:
    """In the order in which the sources come up."""
    works: dict[str, list[EvidenceCard]] = {}
    for card in shown:
        works.setdefault(card.source.id, []).append(card)
    return [
        CitedWork(
            found[0].source,
            passage_url(referred.documents[source]["url"], None),
            found[0].reference,
            found,
        )
        for source, found in works.items()
    ]


def _disagreements(shown: Sequence[EvidenceCard]) -> list[Disagreement]:
    contested = {
        claim.claim: claim for card in shown if card.stance == "disputes" for claim in card.claims
    }
    return [
        Disagreement(
            claim,
            supporting=[card for card in shown if card.stance == "supports" and _is_on(card, key)],
            disputing=[card for card in shown if card.stance == "disputes" and _is_on(card, key)],
        )
        for key, claim in contested.items()
    ]


def _is_on(card: EvidenceCard, claim: str) -> bool:
    return any(spoken.claim == claim for spoken in card.claims)
