"""Whether the claims of documents rest on passages that can be found."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from django.db.models import OuterRef, Subquery

from desk.documents import Declaration, claims_of, schema_of
from desk.types import Evidence, Passage, Problem
from record.canonical import selector_digest
from record.models import CheckState
from record.types import Document
from sources.asserting import assertion_problem
from sources.models import SourceText, Stance
from sources.selectors import FoldedText

UNCHECKED = "unchecked"


class HeldTexts:
    """The newest text the desk holds of each source. One query for all that are named at first."""

    def __init__(self, source_ids: Iterable[str]) -> None:
        wanted = SourceText.objects.filter(source__public_id__in=set(source_ids))
        same = SourceText.objects.filter(source=OuterRef("source")).order_by("-loaded_at", "-pk")
        newest = (
            wanted.filter(pk=Subquery(same.values("pk")[:1])).select_related("source").to_read()
        )
        self.texts = {text.source.public_id: text for text in newest}
        self.of = cache(self._of)

    def _of(self, source_id: str) -> tuple[str, FoldedText] | None:
        text = self.texts.get(source_id)
        if text is None:
            return None
        return text.sha256, text.folded()


def evidence_of(declaration: Declaration) -> Callable[[Sequence[Document]], Evidence]:
    """The evidence of documents of one type of entry, as the desk asks for it."""

    def evidence(documents: Sequence[Document]) -> Evidence:
        found = Evidence()
        texts = HeldTexts(
            citation["source"]
            for document in documents
            for citation in document["citations"]
            if citation["selector"] is not None
        )
        for document in documents:
            _look_at(declaration, document, texts, found)
        return found

    return evidence


def _look_at(
    declaration: Declaration, document: Document, texts: HeldTexts, found: Evidence
) -> None:
    public_id = document["id"]
    claims = claims_of(declaration, document)
    waived = {waiver["claim"] for waiver in document["waivers"]}
    supported = set(waived)

    def problem(claim: str, message: str) -> None:
        found.problems.append(Problem(public_id, claim, f"{public_id}: {message}"))

    for waiver in document["waivers"]:
        if waiver["claim"] not in claims:
            problem(waiver["claim"], f"a waiver is for {waiver['claim']}, which is no claim of it.")
    for citation in document["citations"]:
        key = citation["key"]
        for claim in citation["claims"]:
            if claim not in claims:
                problem(claim, f"{key} speaks to {claim}, which is no claim of it.")
        if not citation["claims"]:
            problem(key, f"{key} speaks to no claim.")
        wrong = assertion_problem(schema_of(declaration), document, citation)
        if wrong:
            problem(key, f"{key}: {wrong.rstrip('.')}.")
        if citation["stance"] == Stance.SUPPORTS:
            supported |= set(citation["claims"])
        messages = _check_selector(public_id, citation, texts, found.passages)
        if not waived.issuperset(citation["claims"]):
            for message in messages:
                problem(key, message)
    for claim, needs_evidence in claims.items():
        if needs_evidence and claim not in supported:
            problem(claim, f"no citation supports {claim}, and no waiver stands for it.")


def _check_selector(
    public_id: str, citation: Document, texts: HeldTexts, passages: list[Passage]
) -> list[str]:
    """Log the state of the citation's selector; the sentences that stand against publishing it."""
    selector, key = citation["selector"], citation["key"]
    if selector is None:
        return []
    held = texts.of(citation["source"])
    digest = selector_digest(selector)
    if held is None:
        passages.append(Passage(public_id, key, digest, "", UNCHECKED))
        return []
    sha256, text = held
    spans = text.passages(selector)
    state = text.state(selector)
    passages.append(Passage(public_id, key, digest, sha256, state))
    if state == CheckState.MISSING:
        return [f"the passage of {key} is not in the text of {citation['source']}."]
    if state == CheckState.AMBIGUOUS:
        return [f"the words of {key} fit more than one passage of {citation['source']}."]
    blocks = text.blocks_of(spans[0])
    if citation["locator"]["blocks"] not in ([], blocks):
        there = ", ".join(map(str, blocks))
        return [f"the passage of {key} stands in block {there}, not where its locator says."]
    return []
