"""What other entries say of an actor."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from actors.tenures import capacity, capacity_of
from record.backlinks import LinkedBack
from record.called import foreign
from record.choices import choice_label
from record.phrases import phrase
from record.referred import Referred
from record.rows import Value, value_of
from record.types import Document
from sources.linked import LinkedClaim, LinkedClaims, linked_claim, parts_about


def holders_here(document: Document, linked: LinkedBack) -> Mapping[str, Sequence[LinkedClaim]]:
    """Who held each office of this organisation, by the office's key."""
    holders = defaultdict(list)
    for part in document["offices"]:
        reference = f"{document['id']}/{part['key']}"
        for linking, tenure in parts_about(linked, "tenures", "office", reference):
            holders[part["key"]].append(linked_claim(linking, tenure["key"], date=tenure["held"]))
    return holders


def serving_here(document: Document, linked: LinkedBack, referred: Referred) -> LinkedClaims:
    """Who served this organisation otherwise than in an office of its own."""
    found = [
        linked_claim(
            linking,
            tenure["key"],
            date=tenure["held"],
            notes=[capacity_of(tenure, linking.document, referred).title],
        )
        for linking, tenure in parts_about(linked, "tenures", "organisation", document["id"])
        if (tenure["office"] or "").partition("/")[0] != document["id"]
    ]
    return LinkedClaims(found, linked.cut)


def related_here(document: Document, linked: LinkedBack, referred: Referred) -> LinkedClaims:
    """Relations of others to this actor."""
    found = [
        linked_claim(
            linking,
            relation["key"],
            date=relation["held"],
            notes=[value_of(referred.names[relation["kind"]])],
        )
        for linking, relation in parts_about(linked, "relations", "to", document["id"])
    ]
    return LinkedClaims(found, linked.cut)


def events_of(document: Document, linked: LinkedBack, referred: Referred) -> LinkedClaims:
    """Events this actor took part in: as what, and in which capacity."""
    found = []
    for linking, part in parts_about(linked, "participants", "actor", document["id"]):
        notes = [value_of(referred.names[part["role"]])]
        held = capacity(part["tenure"], referred)
        if held is not None:
            notes.append(held.in_words)
        found.append(linked_claim(linking, part["key"], date=linking.document["date"], notes=notes))
    return LinkedClaims(found, linked.cut)


def proposals_by(document: Document, linked: LinkedBack) -> LinkedClaims:
    """Proposals this actor is an author of."""
    found = [
        linked_claim(linking, part["key"], date=linking.document["presented"])
        for linking, part in parts_about(linked, "authors", "actor", document["id"])
    ]
    return LinkedClaims(found, linked.cut)


def responses_by(document: Document, linked: LinkedBack) -> LinkedClaims:
    """What this actor said to proposals, or to provisions of them."""
    found = []
    for linking, part in parts_about(linked, "responses", "actor", document["id"]):
        provisions = {row["key"]: row["summary"] for row in linking.document["provisions"]}
        language = foreign(linking.document["language"])
        # Translators: an answer to all of a proposal, not to one provision: “to: the whole”.
        to = Value(gettext("the whole"))
        if part["to"]:
            to = Value(provisions[part["to"]], language=language)
        stance = choice_label("proposal", "responses.stance", part["stance"])
        # Translators: in the list of an actor's answers to proposals: “to: the whole”.
        answered = phrase(gettext("to: %(provision)s"), provision=to)
        found.append(
            linked_claim(
                linking,
                part["key"],
                date=part["date"],
                notes=[Value(stance), answered, *_looked_in(part, language)],
            )
        )
    return LinkedClaims(found, linked.cut)


def _looked_in(response: Document, language: str) -> list[Value]:
    if not response["looked_in"]:
        return []
    where = Value(response["looked_in"], language=language)
    # Translators: where an answer to a proposal was looked for, and none found.
    return [phrase(gettext("looked in: %(where)s"), where=where)]
