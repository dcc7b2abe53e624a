"""What citations of an entry speak to when a dataset has changed it."""

from typing import Any

from desk.documents import claims_of, parts_of
from desk.types import DeskType
from exchange.planned import Plan, Planned
from record.types import Document


def with_evidence(plan: Plan) -> Plan:
    """The plan with no citation that speaks to what its source was never cited for."""
    for entry in plan.changed:
        if entry.before is not None:
            entry.after["citations"] = _citations(entry, entry.before)
    changed = [each for each in plan.changed if each.before != each.after]
    return Plan(changed, plan.unchanged + len(plan.changed) - len(changed))


def _citations(entry: Planned, before: Document) -> list[Document]:
    """Each that stood speaks to what this import says it does, and to what it spoke to that is
    still the same."""
    was, now = _values(entry.desk_type, before), _values(entry.desk_type, entry.after)
    stood = {each["key"]: each["claims"] for each in before["citations"]}
    citations = []
    for each in entry.after["citations"]:
        if each["key"] in stood:
            claims = {claim for claim in stood[each["key"]] if was.get(claim) == now.get(claim)}
            if ("citations", each["key"]) in entry.places:
                claims |= {*each["claims"]}
            each = each | {"claims": [claim for claim in now if claim in claims]}
        citations.append(each)
    return citations


def _values(of: DeskType, document: Document) -> dict[str, Any]:
    """What each claim says, in the order of the schema; parts by their keys."""
    parts = {row["key"]: row for name in parts_of(of.declaration) for row in document.get(name, ())}
    values: dict[str, Any] = {"entry": True}
    for claim in claims_of(of.declaration, document):
        key, dot, member = claim.partition(".")
        if claim != "entry":
            part = parts.get(key)
            values[claim] = document[claim] if part is None else part[member] if dot else part
    return values
