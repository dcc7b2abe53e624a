"""Who let which claim stand without evidence: the desk's history tells, documents do not.

A document holds claim and reason. In public it is an editor who granted it, as only editors can.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desk.types import desk_type
from record.types import Document


@dataclass(frozen=True)
class Granted:
    """``by`` is empty and ``at`` ``None`` where the history of it is gone."""

    claim: str
    reason: str
    by: str
    at: datetime.datetime | None


def granted_in(documents: Iterable[Document]) -> dict[str, list[Granted]]:
    """The waivers of working documents, by the entry's id. One query a type that has any."""
    waivers: dict[str, dict[str, list[Document]]] = defaultdict(dict)
    for document in documents:
        if document.get("waivers"):
            waivers[document["type"]][document["id"]] = document["waivers"]
    return {
        public_id: [_granted(public_id, waiver, found) for waiver in own]
        for type_name, wanted in waivers.items()
        for found in [_history(type_name, wanted)]
        for public_id, own in wanted.items()
    }


def _granted(public_id: str, waiver: Document, found: dict[Any, Any]) -> Granted:
    claim, reason = waiver["claim"], waiver["reason"]
    by, at = found.get((public_id, claim, reason), ("", None))
    return Granted(claim, reason, by, at)


def _history(type_name: str, ids: Iterable[str]) -> dict[tuple[str, str, str], tuple[str, Any]]:
    """Who last wrote each waiver as it stands, and when."""
    table: Any = desk_type(type_name).model.waivers.rel.related_model  # type: ignore[attr-defined]
    rows = (
        table.history.filter(entry__public_id__in=list(ids))
        .exclude(history_type="-")
        .order_by("history_date", "history_id")
        .values_list(
            "entry__public_id", "claim", "reason", "history_user__username", "history_date"
        )
    )
    return {(public_id, claim, reason): (by or "", at) for public_id, claim, reason, by, at in rows}
