"""The citations of two documents of an entry, with their passages and what their checks found."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desk.passages import Passage, passages_of
from record.canonical import selector_digest
from record.changes import Change
from record.models import Check
from record.types import Document
from record.wording import Wording

Checks = Mapping[tuple[str, str, str], str]  # (entry, citation, digest of selector) → state
Pair = tuple[Document | None, Document]  # before, after


@dataclass(frozen=True, kw_only=True)
class CitedPassage:
    """A citation beside a claim. ``change``: "added", "removed", "changed", or empty.

    ``was``: what its check found when it was published, where that is not what is found now.
    ``here``: "newly" or "no longer", where it has come to speak to the claim or ceased to.
    ``again``: shown in full with an earlier claim.
    """

    key: str
    anchor: str
    change: str
    changes: Sequence[Change]
    source: str
    stance: str
    locator: str
    selector: str
    asserts: str
    claims: frozenset[str]
    claims_before: frozenset[str]
    passage: Passage
    was: str = ""
    here: str = ""
    again: bool = False

    @property
    def found_otherwise(self) -> bool:
        """Where no text is held now, nobody looked, and nothing has changed."""
        return bool(self.was and self.passage.sha256)

    @property
    def has_changed(self) -> bool:
        return bool(self.change) or self.found_otherwise

    @property
    def all_claims(self) -> frozenset[str]:
        return self.claims | self.claims_before

    @property
    def touched(self) -> frozenset[str]:
        """The claims whose evidence changed by it."""
        if self.change == "changed" and len(self.changes) == 1 and not self.found_otherwise:
            return (self.claims ^ self.claims_before) or self.claims
        return self.all_claims if self.has_changed else frozenset()

    def at(self, claim: str, *, again: bool) -> "CitedPassage":
        here = ""
        if self.change == "changed" and claim in self.all_claims:
            if claim not in self.claims_before:
                here = "newly"
            elif claim not in self.claims:
                here = "no longer"
        return replace(self, again=again, here=here)


class Evidence:
    """What is cited in some pairs of documents. One query, for all of them.

    ``texts``: whether the reader may see the sources' texts. ``checks``: what was found when the
    documents before were published, from ``checks_then``.
    """

    def __init__(self, pairs: Iterable[Pair], *, texts: bool, checks: Checks | None = None) -> None:
        self.checks = checks or {}
        cited = [
            (after["id"], citation) for _, after in pairs for citation in after.get("citations", ())
        ]
        passages = passages_of([citation for _, citation in cited], texts=texts)
        self.passages = {
            (public_id, citation["key"]): passage
            for (public_id, citation), passage in zip(cited, passages, strict=True)
        }

    def of(
        self,
        before: Document,
        after: Document,
        changes: Mapping[str, Sequence[Change]],
        words: Wording,
    ) -> list[CitedPassage]:
        """Every citation of the two, those that are gone last. ``changes``: by key."""
        old = {row["key"]: row for row in before.get("citations", ())}
        new = {row["key"]: row for row in after.get("citations", ())}
        return [
            self._cited(after["id"], old.get(key), new.get(key), changes.get(key, ()), words)
            for key in dict.fromkeys([*new, *old])
        ]

    def _cited(
        self,
        public_id: str,
        old: Document | None,
        new: Document | None,
        changes: Sequence[Change],
        words: Wording,
    ) -> CitedPassage:
        citation = new or old or {}
        key = citation["key"]
        passage = self.passages.get((public_id, key), Passage()) if new else Passage()
        change = "changed" if changes else ""
        if old is None or new is None:
            change = "added" if old is None else "removed"

        def said(name: str) -> str:
            return words.said(["citations", key, name], citation[name]).text

        return CitedPassage(
            key=key,
            anchor=f"{public_id}-{key}",
            change=change,
            changes=changes if change == "changed" else (),
            source=said("source"),
            stance=citation["stance"],
            locator=said("locator"),
            selector=said("selector"),
            asserts=said("asserts"),
            claims=frozenset(new["claims"] if new else ()),
            claims_before=frozenset(old["claims"] if old else ()),
            passage=passage,
            was=self._was(public_id, old, new, passage),
        )

    def _was(
        self, public_id: str, old: Document | None, new: Document | None, passage: Passage
    ) -> str:
        if old is None or new is None or old["selector"] != new["selector"] or not new["selector"]:
            return ""
        was = self.checks.get((public_id, new["key"], selector_digest(new["selector"])), "")
        return was if was != passage.state else ""


def checks_then(published: Mapping[str, datetime.date]) -> Checks:
    """What was found of each selector by the day on which the entry was published. One query."""
    found = Check.objects.filter(public_id__in=list(published)).order_by("id")
    rows = found.values_list("public_id", "citation", "selector", "state", "checked_on")
    return {
        (public_id, citation, selector): state
        for public_id, citation, selector, state, day in rows.iterator()
        if day <= published[public_id]
    }
