"""What is retired stays with the entries that have it, and comes to no others."""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import F

from desk.documents import field_names
from desk.models import WorkingCopy
from desk.naming import document_of
from desk.types import Problem, desk_type, desk_types
from record.models import Link, State, Version
from record.referred import targets_of_all
from record.statements import STILL_STANDS, Among
from record.types import Document

BATCH = 2000  # ids a statement
KEPT_FOR_OTHERS = "is retired: it is kept for the entries that have it, and not for others."


def kept_uses(public_id: str) -> set[str]:
    """Ids that the entry uses already, retired or not: as it was last saved, or as it is
    published. Two queries."""
    copy = WorkingCopy.objects.filter(public_id=public_id).select_related("revision").first()
    saved = targets_of_all([document_of(copy.revision)]) if copy else set()
    links = Link.objects.filter(public_id=public_id, superseded_in=None).order_by()
    return {target.id for target in saved} | set(links.values_list("target", flat=True))


def retired_uses(
    documents: Mapping[str, Document], gone: Collection[str], used: Collection[str]
) -> Iterator[Problem]:
    """New uses, in these documents, of entries that are retired.

    ``gone``: which of them are tombstones; ``used``: what they refer to. One query a thousand or
    two of the entries that they use, and one where any of those is retired; then they are walked
    through.
    """
    letters = {
        each.model.letter for each in desk_types() if "retired" in field_names(each.declaration)
    }
    retired = _retired({each for each in used if each[:1] in letters}, documents, gone)
    if not retired:
        return
    known = set(
        Link.objects.filter(Among(F("target"), retired), STILL_STANDS)
        .order_by()
        .values_list("public_id", "target")
    )
    uses = {
        (public_id, target.id)
        for public_id, document in documents.items()
        if public_id not in gone
        for target in desk_type(document["type"]).targets(document)
        if target.id in retired
    }
    for public_id, target in sorted(uses - known):
        yield Problem(public_id, "", f"{public_id} uses {target}, which {KEPT_FOR_OTHERS}")


def _retired(ids: set[str], documents: Mapping[str, Document], gone: Collection[str]) -> set[str]:
    own = sorted(each for each in ids if each in documents and each not in gone)
    found = {public_id for public_id in own if documents[public_id]["retired"]}
    others = sorted(ids - set(own))
    for start in range(0, len(others), BATCH):
        standing = Version.objects.filter(
            Among(F("public_id"), others[start : start + BATCH]),
            STILL_STANDS,
            state=State.PUBLISHED,
            document__contains='"retired":true',
        )
        found |= set(standing.order_by().values_list("public_id", flat=True))
    return found
