"""Whether the passages that published citations name can be found in the sources' texts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desk.checks import log_checks
from desk.findings import find_everything
from desk.refusals import Refused
from record.canonical import digest, selector_digest
from record.models import Check, CheckState
from record.reading import Record, document_of
from record.types import Document
from sources.evidence import UNCHECKED, HeldTexts
from sources.integrity import LostPassage
from sources.selectors import FoldedText

BATCH = 1000


@dataclass
class Findings:
    """``counts``: citations by state; ``failures``: a sentence for each that has to be mended."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def verify_citations(*, on: date, source: str | None = None, text: str | None = None) -> Findings:
    """Look up every selector of the current edition, and add what was found to the checks.

    ``source``: the id of the only one to look at. ``text``: its text, instead of the newest one
    that the desk holds; where ``source`` is left out, of the only source cited with selectors.
    ``Refused`` where there are several.
    """
    cited = [
        (version.public_id, citation)
        for version in citing_versions(source)
        for citation in document_of(version).get("citations", ())
        if source in (None, citation["source"])
    ]
    held = HeldTexts(citation["source"] for _, citation in cited)
    given = {}
    if text is not None:
        given[source or _only_source(cited)] = (digest(text), FoldedText(text, []))
    findings, checks = Findings(), []
    for public_id, citation in cited:
        if citation["selector"] is None:
            findings.counts["without a selector"] += 1
            continue
        found = given.get(citation["source"]) or held.of(citation["source"])
        if found is None:
            findings.counts[UNCHECKED] += 1
            continue
        sha256, folded = found
        state = folded.state(citation["selector"])
        findings.counts[state] += 1
        findings.failures += _failure(f"{public_id}/{citation['key']}", citation, folded, state)
        checks.append(
            Check(
                public_id=public_id,
                citation=citation["key"],
                selector=selector_digest(citation["selector"]),
                text=sha256,
                state=state,
                checked_on=on,
            )
        )
    log_checks(checks)
    find_everything(LostPassage())
    return findings


def citing_versions(source: str | None) -> Any:
    """Current versions that cite it, or anything, a thousand at a time."""
    record = Record.current()
    links = record.links().filter(predicate="cites")
    if source is not None:
        links = links.filter(target=source)
    versions = record.versions().filter(pk__in=links.values("version"))
    return versions.order_by("type", "sort_key", "public_id").iterator(chunk_size=BATCH)


def _only_source(cited: list[tuple[str, Document]]) -> str:
    sources = {citation["source"] for _, citation in cited if citation["selector"]}
    if len(sources) != 1:
        which = ", ".join(sorted(sources)) or "none yet"
        raise Refused(f"Say whose text this is, with --source; cited with passages: {which}.")
    return str(sources.pop())


def _failure(name: str, citation: Document, text: FoldedText, state: CheckState) -> list[str]:
    """What is wrong with one citation, as a list of no or one sentence."""
    words = citation["selector"]["start"]
    if state == CheckState.MISSING:
        return [f"{name} “{words} …”: not in the text of {citation['source']}."]
    if state == CheckState.AMBIGUOUS:
        return [f"{name} “{words} …”: fits more than one passage of {citation['source']}."]
    blocks = text.blocks_of(text.passages(citation["selector"])[0])
    if citation["locator"]["blocks"] not in ([], blocks):
        there = ", ".join(map(str, blocks))
        return [f"{name} “{words} …”: stands in block {there}, not where its locator says."]
    return []
