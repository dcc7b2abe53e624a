"""Citations beside claims and in lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from django.utils.translation import gettext, pgettext_lazy

from chronicle.localised import listed
from record.called import foreign
from record.field_words import field_words, labelled
from record.referred import Referred
from record.rows import CitedSource, ShortCitation
from record.types import Document, WordsForClaim
from sources.passage import briefly_located, locator_words
from sources.reference import short_reference

# Translators: what a citation does to a claim, behind its name: “citation 3: supports”.
STANCES = {
    "supports": pgettext_lazy("stance of a citation", "supports"),
    "disputes": pgettext_lazy("stance of a citation", "disputes"),
    "mentions": pgettext_lazy("stance of a citation", "mentions"),
}
HEADING = (("entry", "title"), ("entry",), ("title",))  # claims whose marks stand beside it


@dataclass(frozen=True)
class Mark:
    """A citation at a claim; ``href`` leads to its card."""

    key: str
    number: str
    stance: str
    href: str
    name: str


@dataclass(frozen=True)
class ClaimMarks:
    """What stands beside a claim. ``contested`` and ``waiver`` are addresses, or empty.

    ``words`` say what the marks are for, where they do not stand beside just that. ``claim`` is
    several, with spaces between, where the marks are of all of them.
    """

    claim: str
    words: str
    marks: Sequence[Mark]
    contested: str
    waiver: str


class Claims:
    """The claims of one document and the citations at each. ``url`` is of the entry's page,
    empty on that page itself. ``supporting``: the sources that support each claim."""

    def __init__(self, document: Document, url: str = "") -> None:
        self.document, self.url = document, url
        self.waived = {waiver["claim"] for waiver in document.get("waivers", ())}
        self.citations: dict[str, list[Document]] = {}
        self.supporting: dict[str, set[str]] = {}
        for citation in document.get("citations", ()):
            for claim in citation["claims"]:
                self.citations.setdefault(claim, []).append(citation)
                if citation["stance"] == "supports":
                    self.supporting.setdefault(claim, set()).add(citation["source"])

    def of(self, claim: str, words: str = "") -> ClaimMarks:
        """``words`` say what the marks are for, where the place does not."""
        citations = self.citations.get(claim, ())
        disputing = next((item for item in citations if item["stance"] == "disputes"), None)
        return ClaimMarks(
            claim=claim,
            words=words or _field_words(claim),
            marks=[self._mark(citation) for citation in citations],
            contested=f"{self.url}#{disputing['key']}" if disputing else "",
            waiver=f"{self.url}#waiver-{claim}" if claim in self.waived else "",
        )

    def of_heading(self, words: WordsForClaim) -> list[ClaimMarks]:
        """What stands beside the heading: each citation of the entry's existence or its title
        once, named for what it is there for: both, the one, the other."""
        found = [self._together(claims, words) for claims in HEADING]
        shown = [claims for claims in found if claims.marks or claims.waiver]
        return sorted(shown, key=lambda claims: min(map(_by_number, claims.marks), default=inf))

    def _together(self, claims: Sequence[str], words: WordsForClaim) -> ClaimMarks:
        """The citations that speak to just these claims of the heading."""
        citations = [
            citation
            for citation in self.document.get("citations", ())
            if [claim for claim in HEADING[0] if claim in citation["claims"]] == list(claims)
        ]
        said = listed(words(claim).name for claim in claims)
        disputing = next((item for item in citations if item["stance"] == "disputes"), None)
        waived = claims[0] if len(claims) == 1 and claims[0] in self.waived else ""
        return ClaimMarks(
            claim=" ".join(claims),
            words="",
            marks=[self._mark(citation, f" {said}") for citation in citations],
            contested=f"{self.url}#{disputing['key']}" if disputing else "",
            waiver=f"{self.url}#waiver-{waived}" if waived else "",
        )

    def fields_of(self, key: str) -> list[ClaimMarks]:
        """Of a part: its fields that citations speak to, or that a waiver is for."""
        claims = dict.fromkeys([*self.citations, *sorted(self.waived)])
        return [self.of(claim) for claim in claims if claim.startswith(f"{key}.")]

    def of_part(self, key: str) -> list[ClaimMarks]:
        """Of a part as such, and of single fields of it, each with the field's name."""
        return [self.of(key), *self.fields_of(key)]

    def shown_of_part(self, key: str) -> list[ClaimMarks]:
        """The same without those that show nothing."""
        return [claim for claim in self.of_part(key) if claim.marks or claim.waiver]

    def _mark(self, citation: Document, said: str = "") -> Mark:
        where = locator_words(citation["locator"])
        number = number_of(citation)
        # Names hold what is to be read on the mark: voice control goes by that.
        there = f"{self.document['id']}/{citation['key']}"
        called = there if self.url else gettext("citation %(number)s") % {"number": number}
        stands = stance_words(citation["stance"])
        return Mark(
            key=citation["key"],
            number=number,
            stance=citation["stance"],
            href=f"{self.url}#{citation['key']}",
            name=labelled(called, f"{stands}{said}") + (f", {where}" * bool(where)),
        )


def stance_words(stance: str) -> str:
    """What a citation does to a claim, in a word: “supports”."""
    return str(STANCES[stance])


def _field_words(claim: str) -> str:
    """Of a claim that is a field of a part."""
    field = claim.partition(".")[2]
    return field_words(field) if field else ""


def _by_number(mark: Mark) -> float:
    return int(mark.number)


def number_of(citation: Document) -> str:
    """The number of its key, which no other citation of the entry ever has."""
    key: str = citation["key"]
    return key.removeprefix("c")


def cited_sources(document: Document, referred: Referred, url: str) -> list[CitedSource]:
    """Every citation of an entry as lists show it, source by source. ``url``: of the entry."""
    by_source: dict[str, list[ShortCitation]] = {}
    named = {citation["source"] for citation in document["citations"]}
    languages = {source: foreign(referred.documents[source]["language"]) for source in named}
    for citation in document["citations"]:
        by_source.setdefault(citation["source"], []).append(
            ShortCitation(
                number=number_of(citation),
                href=f"{url}#{citation['key']}",
                stance=citation["stance"],
                locator=briefly_located(citation["locator"], languages[citation["source"]]),
            )
        )
    return [
        CitedSource(short_reference(referred.documents[source]), languages[source], citations)
        for source, citations in by_source.items()
    ]
