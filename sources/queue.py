"""Passages to look at: those that a newer text of their source no longer gives as they were."""

from collections.abc import Collection, Iterable
from typing import Any

import orjson
from django.db.models import QuerySet
from django.utils import timezone

from desk.bases import normalised
from desk.models import Revision
from desk.refusals import Refused
from desk.roles import not_for
from desk.texts import checked_text
from record.models import CheckState
from sources.evidence import HeldTexts
from sources.models import SelectorChange, Source

BATCH = 1000  # rows a statement


def waiting() -> QuerySet[SelectorChange, SelectorChange]:
    """Those that nobody has mended or marked as seen."""
    return SelectorChange.objects.filter(settled_at=None, seen_at=None)


def queue(changes: Iterable[SelectorChange]) -> None:
    """Put them up to be looked at, once a citation, whoever has seen an earlier change of it."""
    SelectorChange.objects.bulk_create(
        list(changes),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["public_id", "citation"],
        update_fields=[
            *("source", "was", "now", "text", "is_public", "found_at"),
            *("settled_at", "seen_at", "seen_by", "seen_reason"),
        ],
    )


def settle_all_but(failing: Collection[tuple[str, str]], *, source: Source) -> None:
    """Those of the source are done whose passages are found again, or cited no more."""
    rows = SelectorChange.objects.filter(source=source, settled_at=None)
    done = [
        pk
        for pk, *citation in rows.values_list("pk", "public_id", "citation")
        if tuple(citation) not in failing
    ]
    for start in range(0, len(done), BATCH):
        of = SelectorChange.objects.filter(pk__in=done[start : start + BATCH])
        of.update(settled_at=timezone.now())


def settle_mended(instance: Revision, **_: Any) -> None:
    """Sent when an entry has been saved: whatever its citations are found by now is done.

    One query, and one more where something of the entry waits.
    """
    rows = list(
        SelectorChange.objects.filter(public_id=instance.public_id, settled_at=None).order_by()
    )
    if not rows:
        return
    document = orjson.loads(instance.document)
    if "state" in document:
        return  # somebody asks for a withdrawal; the working copy is what it was
    selectors = {
        citation["key"]: (citation["source"], citation["selector"])
        for citation in document.get("citations", ())
        if citation["selector"]
    }
    texts = HeldTexts(source for source, _ in selectors.values())
    for row in rows:
        source, selector = selectors.get(row.citation, ("", None))
        held = texts.of(source) if selector else None
        if held is None or held[1].state(selector) == CheckState.EXACT:
            row.settled_at = timezone.now()
            row.save(update_fields=["settled_at"])


def forget_reason(public_id: str, **_: Any) -> None:
    """Sent when an entry is redacted: what was said of it goes."""
    SelectorChange.objects.filter(public_id=public_id).update(seen_reason="")


def mark_seen(change: SelectorChange, *, by: Any, reason: str) -> None:
    """Somebody has looked, and leaves it as it is. ``Refused`` where it waits no more."""
    if not (by.is_active and by.has_perm("sources.change_selectorchange")):
        raise Refused(not_for(by, "change_selectorchange"))
    reason = checked_text(normalised(reason))
    if not reason:
        raise Refused("Say why it can stay as it is.")
    marked = waiting().filter(pk=change.pk)
    if not marked.update(seen_at=timezone.now(), seen_by=by, seen_reason=reason):
        raise Refused("Somebody has mended it or marked it as seen meanwhile.")
