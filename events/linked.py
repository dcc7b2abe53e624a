"""What other entries say of an event."""

from chronicle import localised
from record.backlinks import LinkedBack
from record.choices import choice_label
from record.referred import Referred
from record.rows import Value, value_of
from record.types import Document
from sources.linked import LinkedClaims, linked_claim, parts_about


def parts_of_it(linked: LinkedBack) -> LinkedClaims:
    """Events that are part of this one."""
    return _events(linked, "part_of")


def later(linked: LinkedBack) -> LinkedClaims:
    """Events that follow this one."""
    return _events(linked, "follows")


def presented_here(linked: LinkedBack) -> LinkedClaims:
    found = [
        linked_claim(linking, "event", date=linking.document["presented"])
        for linking in linked.entries
    ]
    return LinkedClaims(found, linked.cut)


def given_here(document: Document, linked: LinkedBack, referred: Referred) -> LinkedClaims:
    """Responses to proposals that were given at this event."""
    found = [
        linked_claim(
            linking,
            part["key"],
            date=part["date"],
            notes=[value_of(referred.names[part["actor"]]), Value(stance)],
        )
        for linking, part in parts_about(linked, "responses", "event", document["id"])
        for stance in [
            localised.lower(choice_label("proposal", "responses.stance", part["stance"]))
        ]
    ]
    return LinkedClaims(found, linked.cut)


def _events(linked: LinkedBack, claim: str) -> LinkedClaims:
    found = [
        linked_claim(linking, claim, date=linking.document["date"]) for linking in linked.entries
    ]
    return LinkedClaims(found, linked.cut)
