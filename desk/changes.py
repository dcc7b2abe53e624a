"""What changed in an entry, claim by claim, each beside the passages that are cited for it.

One function, ``changes_of``, serves the review page, the changes since publication, and any two
versions or revisions: documents in, words and passages out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from desk.cited import CitedPassage, Evidence
from desk.documents import claims_of, parts_of
from desk.notes import Thread
from desk.types import desk_type
from record.changes import Change, change_of
from record.differences import Difference, differences
from record.types import Document
from record.wording import Said, Wording


@dataclass(frozen=True)
class ClaimChange:
    """A claim that changed, or what is cited for it. ``stands``: what it says, if that stayed.

    ``cited``: for it, or where nothing is cited for a field of a part, for the part; then
    ``of_part`` names that. ``waived``: why it stands without evidence. ``notes``: threads about
    it, in a submission.
    """

    anchor: str
    claim: str
    change: Change
    stands: Said
    needs_evidence: bool
    is_gone: bool
    cited: Sequence[CitedPassage]
    of_part: str
    waived: str
    notes: Sequence[Thread] = ()


@dataclass(frozen=True)
class EntryChanges:
    """``claims`` in the order of the entry's fields; ``others`` make no claims; ``uncited`` are
    changed citations of no claim that is listed."""

    claims: Sequence[ClaimChange] = ()
    others: Sequence[Change] = ()
    uncited: Sequence[CitedPassage] = ()

    def __bool__(self) -> bool:
        return bool(self.claims or self.others or self.uncited)

    def with_notes(self, notes: Mapping[str, Sequence[Thread]]) -> Self:
        """With the threads about each claim beside it; ``notes`` by claim."""
        claims = [replace(claim, notes=notes.get(claim.claim, ())) for claim in self.claims]
        return replace(self, claims=claims)


def changes_of(
    before: Document | None, after: Document, names: Mapping[str, str], evidence: Evidence
) -> EntryChanges:
    """No query. ``names`` as ``desk.naming.public_names`` has them; ``evidence``: the passages of
    these documents, perhaps among others'."""
    found = differences(desk_type(after["type"]).declaration, before, after)
    words = Wording(after["type"], [after, before], names)
    if any("state" in document for document in (before, after) if document):
        return EntryChanges(others=[change_of(each, words) for each in found])
    return _Changes(before, after, words, evidence).of(found)


def plain_changes(
    type_name: str, before: Document | None, after: Document | None, names: Mapping[str, str]
) -> list[Change]:
    """What differs, in words alone: without what is cited for it. No query."""
    words = Wording(type_name, [after, before], names)
    found = differences(desk_type(type_name).declaration, before, after)
    return [change_of(each, words) for each in found]


class _Changes:
    """The changes of one entry, while they are put together."""

    def __init__(
        self, before: Document | None, after: Document, words: Wording, evidence: Evidence
    ) -> None:
        declaration = desk_type(after["type"]).declaration
        self.is_new, self.before, self.after = before is None, before or {}, after
        self.words, self.evidence = words, evidence
        self.now = claims_of(declaration, after)
        # Parts that are gone come after those that stand.
        self.claims = self.now | (
            {claim: False for claim in claims_of(declaration, before) if claim not in self.now}
            if before
            else {}
        )
        self.parts = parts_of(declaration)
        self.has_evidence = "citations" in after
        self.seen: set[str] = set()  # citations shown in full

    def of(self, found: Iterable[Difference]) -> EntryChanges:
        by_claim: dict[str, Difference] = {}
        of_citations: dict[str, list[Change]] = {}
        others: list[Change] = []
        for difference in found:
            path = difference.path
            claim = self._claim(path)
            if claim:
                by_claim[claim] = difference
            elif path[0] == "citations" and len(path) > 1:
                change = change_of(difference, self.words)
                if len(path) == 3:
                    change = replace(change, where=self.words.member(path))
                of_citations.setdefault(path[1], []).append(change)
            else:
                others.append(change_of(difference, self.words))
        cited = self.evidence.of(self.before, self.after, of_citations, self.words)
        touched = {claim for each in cited for claim in each.touched}
        if self.is_new and self.has_evidence:
            touched.add("entry")
        claims = [
            self._claim_change(claim, by_claim.get(claim), cited)
            for claim in self._in_order(by_claim, touched)
        ]
        uncited = [each for each in cited if each.has_changed and each.key not in self.seen]
        return EntryChanges(claims, others, uncited)

    def _claim(self, path: Sequence[str]) -> str:
        """The claim that is made there; empty where there is none."""
        if not self.has_evidence:
            return ""
        if path[0] in self.parts:
            return ".".join(path[1:])
        return path[0] if path[0] in self.claims and len(path) == 1 else ""

    def _in_order(self, by_claim: Mapping[str, Difference], touched: set[str]) -> Iterable[str]:
        """Fields of a part that is listed as a whole are listed with it."""
        for claim in dict.fromkeys([*self.claims, *by_claim, *sorted(touched)]):
            part, dot, _ = claim.partition(".")
            if claim in by_claim or (claim in touched and not (dot and part in by_claim)):
                yield claim

    def _claim_change(
        self, claim: str, difference: Difference | None, cited: Sequence[CitedPassage]
    ) -> ClaimChange:
        part, dot, _ = claim.partition(".")
        here = [each for each in cited if claim in each.all_claims]
        if (
            difference is not None and len(difference.path) == 2
        ):  # with what is cited for its fields
            within = f"{claim}."
            here += [
                each
                for each in cited
                if each not in here and any(one.startswith(within) for one in each.all_claims)
            ]
        stands_by_part = bool(dot) and not here
        if stands_by_part:
            here = [each for each in cited if part in each.all_claims]
        change = Change(self.words.claim(claim), "evidence", Said(), Said())
        if difference is not None:
            change = change_of(difference, self.words)
        elif self.is_new:
            change = Change(self.words.claim(claim), "added", Said(), Said())
        shown = [each.at(claim, again=each.key in self.seen) for each in here]
        self.seen.update(each.key for each in here)
        return ClaimChange(
            anchor=f"{self.after['id']}-{claim}",
            claim=claim,
            change=change,
            stands=Said() if difference else self.words.claimed(claim, self.after),
            needs_evidence=self.claims.get(claim, False),
            is_gone=claim not in self.now,
            cited=shown,
            of_part=self.words.claim(part) if stands_by_part and shown else "",
            waived=self._waiver(claim),
        )

    def _waiver(self, claim: str) -> str:
        rows = self.after.get("waivers", ())
        return next((row["reason"] for row in rows if row["claim"] == claim), "")
