"""Looking every passage of a source up again when the desk holds a new text of it.

Working copies and published versions alike. What was found in a published version goes to the
log of checks, and to the desk's list of lost passages; what is no longer found as it was goes to
the queue (``sources.queue``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from desk.checks import log_checks
from desk.findings import find_everything
from desk.models import WorkingCopy
from record.canonical import selector_digest
from record.models import Check, CheckState
from record.reading import document_of
from sources.evidence import UNCHECKED
from sources.integrity import LostPassage
from sources.models import Citation, SelectorChange, Source, SourceText
from sources.queue import queue, settle_all_but
from sources.selectors import FoldedText
from sources.verification import citing_versions

Progress = Callable[[str, int, int], None]
BATCH = 500  # passages at a time
STAGE = "looking passages up"


class Cited(NamedTuple):
    """One selector of a citation, in a working copy or in the version that is published."""

    public_id: str
    key: str
    selector: dict[str, Any]
    is_public: bool


@dataclass
class Recheck:
    """How many selectors were looked up, and how many citations are no longer found as before."""

    checked: int = 0
    changed: int = 0

    def __str__(self) -> str:
        if not self.checked:
            return "No passage that is cited from it was there to look up."
        one = self.checked == 1
        looked = f"{self.checked:,} passage{'' if one else 's'} looked up in it"
        if not self.changed:
            return f"{looked}: none is found otherwise than before."
        return (
            f"{looked}: {self.changed:,} no longer found as before. They wait under "
            f"“{SelectorChange._meta.verbose_name_plural}”."
        )


def recheck(text: SourceText, *, progress: Progress | None = None) -> Recheck:
    """Look up in ``text``, just loaded, what is cited from its source with a selector.

    Reads five hundred citations at a time, and remembers some 200 bytes of each; two texts are
    held. A handful of queries a batch, and those of the integrity check. ``progress`` is told
    ``(stage, done, of)``.
    """
    with transaction.atomic():
        looking = _Looking(text)
        total = _number_of(text.source)
        batch: list[Cited] = []
        for done, cited in enumerate(cited_selectors(text.source), start=1):
            batch.append(cited)
            if len(batch) == BATCH:
                looking.at(batch)
                batch = []
                if progress:
                    progress(STAGE, min(done, total), total)
        looking.at(batch)
        settle_all_but(looking.failing, source=text.source)
        find_everything(LostPassage())
        if progress and total:
            progress(STAGE, total, total)
    return looking.result


@dataclass
class _Looking:
    """What has been found so far."""

    text: SourceText
    result: Recheck = field(default_factory=Recheck)
    failing: set[tuple[str, str]] = field(default_factory=set)
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.now = FoldedText(self.text.text, [])
        others = self.text.source.texts.exclude(pk=self.text.pk)
        before = others.order_by("-loaded_at", "-pk").first()
        self.before = FoldedText(before.text, []) if before else None
        self.on = timezone.now().date()

    def at(self, batch: list[Cited]) -> None:
        checks: list[Check] = []
        changes: dict[tuple[str, str], SelectorChange] = {}
        for cited in batch:
            digest = selector_digest(cited.selector)
            if (cited.public_id, cited.key, digest) in self.seen:
                continue  # the working copy's is the one that is published
            self.seen.add((cited.public_id, cited.key, digest))
            self.result.checked += 1
            state = self.now.state(cited.selector)
            if cited.is_public:
                checks.append(self._check(cited, digest, state))
            if state == CheckState.EXACT:
                continue
            citation = (cited.public_id, cited.key)
            was = self.before.state(cited.selector) if self.before else UNCHECKED
            if was != state and citation not in self.failing:
                changes[citation] = self._change(cited, was, state)
            self.failing.add(citation)
        log_checks(checks)
        queue(changes.values())
        self.result.changed += len(changes)

    def _check(self, cited: Cited, digest: str, state: CheckState) -> Check:
        return Check(
            public_id=cited.public_id,
            citation=cited.key,
            selector=digest,
            text=self.text.sha256,
            state=state,
            checked_on=self.on,
        )

    def _change(self, cited: Cited, was: str, state: CheckState) -> SelectorChange:
        return SelectorChange(
            source=self.text.source,
            public_id=cited.public_id,
            citation=cited.key,
            was=was,
            now=state,
            text=self.text.sha256,
            is_public=cited.is_public,
            found_at=timezone.now(),
        )


def cited_selectors(source: Source) -> Iterator[Cited]:
    """The published ones first."""
    for version in citing_versions(source.public_id):
        for citation in document_of(version).get("citations", ()):
            if citation["source"] == source.public_id and citation["selector"]:
                yield Cited(version.public_id, citation["key"], citation["selector"], True)
    gone = set(
        WorkingCopy.objects.filter(published=None, changed=False).values_list(
            "public_id", flat=True
        )
    )
    for table in citation_tables():
        rows = table.objects.filter(source=source).exclude(start="").order_by("pk")
        columns = ("entry__public_id", "key", "start", "end", "prefix", "suffix")
        for public_id, key, *words in rows.values_list(*columns).iterator(chunk_size=BATCH):
            if public_id not in gone:
                names = ("start", "end", "prefix", "suffix")
                selector = {name: word or None for name, word in zip(names, words, strict=True)}
                yield Cited(public_id, key, selector, False)


def _number_of(source: Source) -> int:
    """How many working citations there are to look up; what is published is mostly the same."""
    return sum(
        table.objects.filter(source=source).exclude(start="").count() for table in citation_tables()
    )


def citation_tables() -> list[Any]:
    """The concrete models of citations, one a type of entry."""
    return [
        relation.related_model
        for relation in Source._meta.related_objects
        if issubclass(relation.related_model, Citation) and relation.field.name == "source"
    ]
