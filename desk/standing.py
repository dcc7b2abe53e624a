"""How the working copy of an entry stands: against the record, in review, and in its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from desk.models import SubmissionItem, WorkingCopy
from desk.types import DeskType, desk_type, desk_type_of
from record.types import Document, type_named


@dataclass(frozen=True)
class Standing:
    """``claims``: whole ones, with whether each still needs evidence. ``problems``: sentences
    about the evidence that are about no such claim. ``url``: of the public page, or empty."""

    public_id: str
    revision: int
    published: int | None
    has_changes: bool
    url: str
    submission: int | None
    claims: dict[str, bool]
    problems: list[str]

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

    Two queries, and one for the texts of the sources that it cites.
    """
    copy = (
        WorkingCopy.objects.select_related("revision", "published")
        .filter(public_id=entry.public_id)
        .first()
    )
    if copy is None:
        return None
    document = orjson.loads(copy.revision.document)
    claims, problems = lacking_evidence(desk_type_of(entry), document)
    published = copy.published
    slug = orjson.loads(published.document)["slug"] if published else ""
    items = SubmissionItem.objects.filter(public_id=copy.public_id, is_open=True)
    return Standing(
        public_id=copy.public_id,
        revision=copy.revision.number,
        published=published.number if published else None,
        has_changes=copy.changed,
        url=type_named(copy.type).url(slug) if slug else "",
        submission=items.values_list("submission_id", flat=True).first(),
        claims=claims,
        problems=problems,
    )


def lacking_evidence(of: DeskType, document: Document) -> tuple[dict[str, bool], list[str]]:
    """Whole claims with whether each needs evidence yet, and what else is wrong with it."""
    needed = of.claims(document)
    problems = of.evidence([document]).problems
    open_claims = {problem.claim for problem in problems if needed.get(problem.claim)}
    claims = {claim: claim in open_claims for claim in needed if "." not in claim}
    return claims, [problem.message for problem in problems if problem.claim not in open_claims]


def unpublished_needs(public_ids: Iterable[str]) -> list[WorkingCopy]:
    """What these entries refer to, directly or not, that is neither published nor in review.

    One query for each step of the way, and one for the submissions.
    """
    seen = set(public_ids)
    needs: list[WorkingCopy] = []
    step = list(WorkingCopy.objects.filter(public_id__in=seen).select_related("revision"))
    while step:
        targets = {target.id for copy in step for target in _targets(copy)} - seen
        seen |= targets
        step = list(
            WorkingCopy.objects.filter(public_id__in=targets, published=None).select_related(
                "revision"
            )
        )
        needs += step
    taken = set(
        SubmissionItem.objects.filter(
            public_id__in=[copy.public_id for copy in needs], is_open=True
        ).values_list("public_id", flat=True)
    )
    return sorted(
        (copy for copy in needs if copy.public_id not in taken),
        key=lambda copy: (copy.type, copy.public_id),
    )


def _targets(copy: WorkingCopy) -> list[Any]:
    return list(desk_type(copy.type).targets(orjson.loads(copy.revision.document)))
