"""How the working copy of an entry stands: against the record, in review, and in its evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from desk.choosing import MINE, NOW, THEIRS, Choice, choices, conflicts_of
from desk.gates import gaps_in
from desk.models import PreviewComment, SubmissionItem, WorkingCopy
from desk.naming import desk_words
from desk.problems import PART, in_words
from desk.types import DeskType, desk_type, desk_type_of
from desk.waivers import Granted, granted_in
from record.statements import Among
from record.types import Document, type_named

BATCH = 1000  # ids a statement


@dataclass(frozen=True)
class Standing:
    """``claims``: whole ones, with whether each still needs evidence. ``problems``: sentences
    about what it must say and does not, and about evidence that is about no such claim.
    ``url``: of the public page, or empty. ``undecided``: where a published correction goes
    against unfinished changes."""

    public_id: str
    revision: int
    published: int | None
    has_changes: bool
    url: str
    merged_into: str
    comments: int
    submission: int | None
    correction: int | None
    undecided: list[Choice]
    decide_url: str
    claims: dict[str, bool]
    problems: list[str]
    waivers: list[Granted]

    @property
    def needing(self) -> list[str]:
        return [claim for claim, needs in self.claims.items() if needs]

    def lacking(self) -> list[str]:
        """What still stands against publishing it, as far as its evidence goes."""
        sentences = list(self.problems)
        if self.needing:
            number = len(self.needing)
            what = "claim still needs" if number == 1 else "claims still need"
            sentences.insert(0, f"{number} {what} evidence: {', '.join(self.needing)}.")
        return sentences


def standing_of(entry: Any) -> Standing | None:
    """``None`` for an entry that was never saved as a whole.

    Two queries, one more where it has waivers, and one for the texts of the sources that it cites.
    """
    copy = (
        WorkingCopy.objects.select_related("revision", "published")
        .filter(public_id=entry.public_id)
        .annotate(comments=_comments())
        .first()
    )
    if copy is None:
        return None
    document = orjson.loads(copy.revision.document)
    claims, problems = lacking_evidence(desk_type_of(entry), document)
    gaps = [gap.message for gap in gaps_in(document)]
    published = copy.published
    slug = orjson.loads(published.document)["slug"] if published else ""
    items = SubmissionItem.objects.filter(public_id=copy.public_id, is_open=True)
    submissions = dict(items.values_list("is_correction", "submission_id"))
    opts = entry._meta
    return Standing(
        public_id=copy.public_id,
        revision=copy.revision.number,
        published=published.number if published else None,
        has_changes=copy.changed,
        url=type_named(copy.type).url(slug) if slug else "",
        merged_into=copy.merged_into,
        comments=copy.comments,
        submission=submissions.get(False),
        correction=submissions.get(True),
        undecided=_undecided(copy) if copy.conflicts else [],
        decide_url=reverse(f"admin:{opts.app_label}_{opts.model_name}_decide", args=[entry.pk]),
        claims=claims,
        problems=[*gaps, *_in_words(problems, document)],
        waivers=granted_in([document]).get(copy.public_id, []),
    )


def _in_words(problems: list[str], document: Document) -> list[str]:
    """One query, for the names of entries, where a sentence is about a part."""
    if not any(map(PART.search, problems)):
        return problems
    words = desk_words(document["type"], document)
    return [in_words(problem, words) for problem in problems]


def _undecided(copy: WorkingCopy) -> list[Choice]:
    """What each side says. One query, for the names of entries."""
    document = orjson.loads(copy.revision.document)
    labels = {MINE: "unpublished", THEIRS: "published", NOW: "here now"}
    now = desk_type(copy.type).declaration, document
    words = desk_words(copy.type, document)
    return choices(conflicts_of(copy), labels, words, {}, now=now)


def _comments() -> Any:
    """How many outsiders' comments there are on any revision of a working copy."""
    comments = PreviewComment.objects.filter(link__revision__public_id=OuterRef("public_id"))
    counted = comments.order_by().values("link__revision__public_id").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def lacking_evidence(of: DeskType, document: Document) -> tuple[dict[str, bool], list[str]]:
    """Whole claims with whether each needs evidence yet, and what else is wrong with it."""
    needed = of.claims(document)
    problems = of.evidence([document]).problems
    open_claims = {problem.claim for problem in problems if needed.get(problem.claim)}
    claims = {claim: claim in open_claims for claim in needed if "." not in claim}
    return claims, [problem.message for problem in problems if problem.claim not in open_claims]


def unpublished_needs(public_ids: Iterable[str]) -> list[WorkingCopy]:
    """What these entries refer to, directly or not, that is neither published nor in review.

    The queries of `ids_needed`, and two.
    """
    needed = ids_needed(public_ids)
    taken = set(
        SubmissionItem.objects.filter(public_id__in=needed, is_open=True).values_list(
            "public_id", flat=True
        )
    )
    left = [public_id for public_id in needed if public_id not in taken]
    copies = WorkingCopy.objects.filter(public_id__in=left).select_related("revision")
    return sorted(copies, key=lambda copy: (copy.type, copy.public_id))


def ids_needed(public_ids: Iterable[str]) -> list[str]:
    """Ids of what these entries refer to, directly or not, that is not published.

    Two queries a thousand entries, for each step of the way.
    """
    step = sorted(set(public_ids))
    seen, needed = set(step), []
    while step:
        targets: set[str] = set()
        for batch in _batches(step):
            copies = WorkingCopy.objects.filter(Among(F("public_id"), batch))
            for type_name, document in copies.values_list("type", "revision__document"):
                found = desk_type(type_name).targets(orjson.loads(document))
                targets.update(target.id for target in found)
        targets -= seen
        seen |= targets
        step = []
        for batch in _batches(sorted(targets)):
            # Sifted here: SQLite would walk through everything that is not published.
            copies = WorkingCopy.objects.filter(Among(F("public_id"), batch))
            rows = copies.values_list("public_id", "published", "merged_into")
            step += [each for each, published, into in rows if not (published or into)]
        needed += step
    return needed


def _batches(public_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(public_ids), BATCH):
        yield public_ids[start : start + BATCH]
