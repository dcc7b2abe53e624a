"""Cards of evidence: everything that is known of the citations of one entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chronicle.dates import display
from record.models import Check
from record.reading import Reference
from record.referred import Referred, targets_in
from record.rows import foreign
from record.types import Document
from sources.marks import Claims, number_of
from sources.passage import locator_words, passage_url
from sources.reference import FormattedReference, reference_of

STANCES = {"supports": "Supports", "disputes": "Disputes", "mentions": "Mentions"}
CHECK_WORDS = {
    "exact": "found once in the source’s text",
    "ambiguous": "found more than once in the source’s text",
    "missing": "not found in the source’s text",
}
WordsForClaim = Callable[[str], str]


@dataclass(frozen=True)
class SpokenTo:
    """A claim in words, and where on the page it is made."""

    words: str
    href: str


@dataclass(frozen=True)
class CheckResult:
    """The last verification of a passage; without ``text``, why there is none."""

    words: str
    state: str
    day: Any = None
    text: str = ""


@dataclass(frozen=True)
class Asserted:
    """What a disputing citation says instead, or one member of it."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceCard:
    """Everything that is known of one citation."""

    key: str
    number: str
    stance: str
    stance_words: str
    source: Reference
    reference: FormattedReference
    locator: str
    language: str
    opening: str
    closing: str
    passage_url: str
    at_passage: bool
    archived_url: str
    archived_on: str
    claims: Sequence[SpokenTo]
    asserts: Sequence[Asserted]
    check: CheckResult
    accessed_on: str
    cited_via: Reference | None
    note: str


def cards(
    document: Document, referred: Referred, checks: Mapping[str, Check], words: WordsForClaim
) -> list[EvidenceCard]:
    """The evidence of one entry. ``checks`` as ``Record.checks`` gives them."""
    return [
        _card(document, citation, referred, checks, words) for citation in document["citations"]
    ]


def _card(
    document: Document,
    citation: Document,
    referred: Referred,
    checks: Mapping[str, Check],
    words: WordsForClaim,
) -> EvidenceCard:
    source = referred.documents[citation["source"]]
    selector = citation["selector"] or {}
    return EvidenceCard(
        key=citation["key"],
        number=number_of(citation),
        stance=citation["stance"],
        stance_words=STANCES[citation["stance"]],
        source=referred.names[citation["source"]],
        reference=reference_of(source),
        locator=locator_words(citation["locator"]),
        language=foreign(source["language"]),
        opening=selector.get("start") or "",
        closing=selector.get("end") or "",
        passage_url=passage_url(source["url"], citation["selector"]),
        at_passage=bool(selector),
        archived_url=passage_url(source["archived_url"], citation["selector"]),
        archived_on=source["archived_on"] or "",
        claims=[_spoken_to(claim, words) for claim in citation["claims"]],
        asserts=_asserted(document, citation, referred),
        check=_check(citation, checks.get(f"{document['id']}/{citation['key']}")),
        accessed_on=citation["accessed_on"] or "",
        cited_via=referred.name(citation["cited_via"]),
        note=citation["note"] or "",
    )


def _check(citation: Document, check: Check | None) -> CheckResult:
    if citation["selector"] is None:
        return CheckResult("no words are given that could be looked for", "unchecked")
    if check is None:
        return CheckResult("unchecked: no copy of the source’s text has been compared", "unchecked")
    return CheckResult(CHECK_WORDS[check.state], check.state, check.checked_on, check.text)


def _asserted(document: Document, citation: Document, referred: Referred) -> list[Asserted]:
    value = citation["asserts"]
    if value is None:
        return []
    ids = {target.id for target in targets_in(document) if target.predicate == "asserts"}
    if isinstance(value, dict) and "edtf" not in value:
        return [
            _said(label.replace("_", " "), inner, ids, referred)
            for label, inner in value.items()
            if inner is not None
        ]
    return [
        _said("", inner, ids, referred) for inner in (value if isinstance(value, list) else [value])
    ]


def _said(label: str, value: Any, ids: set[str], referred: Referred) -> Asserted:
    if isinstance(value, dict) and "edtf" in value:
        given = f" (in the source: “{value['as_given']}”)" if value["as_given"] else ""
        return Asserted(label, display(value["edtf"]) + given)
    if isinstance(value, bool):
        return Asserted(label, "yes" if value else "no")
    if isinstance(value, str) and value.partition("/")[0] in ids:
        name = referred.names[value.partition("/")[0]]
        return Asserted(label, name.name, name.url)
    return Asserted(label, str(value))


def claim_words(
    entry: str, parts: Mapping[str, str], fields: Mapping[str, str] | None = None
) -> WordsForClaim:
    """Says claims in words: ``entry`` for that of existence, ``parts`` by key, ``fields`` by
    name where the name alone would not do."""
    fields = fields or {}

    def words(claim: str) -> str:
        name, _, field = claim.partition(".")
        if claim == "entry":
            return entry
        said = parts.get(name) or fields.get(name) or name.replace("_", " ")
        return f"{said}: {field.replace('_', ' ')}" if field else said

    return words


@dataclass(frozen=True)
class ShownWaiver:
    """Leave to stand without evidence: for what, why, and where a mark leads."""

    claim: SpokenTo
    reason: str
    anchor: str


def evidence(
    document: Document, referred: Referred, checks: Mapping[str, Check], words: WordsForClaim
) -> dict[str, Any]:
    """What a page needs of an entry's evidence: its claims, cards and waivers."""
    return {
        "claims": Claims(document),
        "cards": cards(document, referred, checks, words),
        "waivers": [
            ShownWaiver(
                _spoken_to(waiver["claim"], words), waiver["reason"], f"waiver-{waiver['claim']}"
            )
            for waiver in document["waivers"]
        ],
        "entry_claim": words("entry"),
    }


def _spoken_to(claim: str, words: WordsForClaim) -> SpokenTo:
    return SpokenTo(words(claim), f"#{claim.partition('.')[0]}")
