"""Peace proposals as pages show them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from chronicle import localised
from proposals.claims import words
from record.backlinks import Backlink, Cut
from record.called import foreign
from record.choices import choice_label
from record.pages import Reading
from record.phrases import labelled_value
from record.referred import Referred, part_of
from record.rows import EntryRow, Value, fact, first_of, is_contested, value_of, value_or_none
from record.types import Document
from sources.linked import LinkedClaim, linked_claim
from sources.marks import cited_sources
from sources.showing import evidence

BACKLINKS = (
    Backlink(
        name="later",
        type="proposal",
        predicates=("earlier",),
        parts=True,
        parameter="earlier",
        many=pgettext_lazy("type of entries", "proposals that take it up"),
    ),
)
ANSWERS = 6  # in a list's row
WHOLE = ""  # instead of the key of a provision


@dataclass(frozen=True)
class Author:
    key: str
    actor: Value


@dataclass(frozen=True)
class Ancestor:
    """How a provision stands to one of an earlier proposal; ``words`` are the earlier one's.

    None where the whole stands to the whole of the earlier one.
    """

    key: str
    kind: str
    proposal: Value
    words: Value | None


@dataclass(frozen=True, kw_only=True)
class Response:
    """``to`` is the provision's words, empty for the whole proposal."""

    key: str
    actor: Value
    to: str
    to_key: str
    stance: str
    none_found: bool
    date: dict[str, Any] | None
    event: Value | None
    looked_in: str


@dataclass(frozen=True, kw_only=True)
class Provision:
    key: str
    summary: str
    ancestors: Sequence[Ancestor]
    later: Sequence[LinkedClaim]
    responses: Sequence[Response]


@dataclass(frozen=True)
class Topic:
    topic: Value
    provisions: Sequence[Provision]


@dataclass(frozen=True)
class Silence:
    """A topic that it does not address."""

    key: str
    topic: Value


@dataclass(frozen=True, kw_only=True)
class ProposalDetail:
    """``later_cut``: where not all later proposals that take it up are told of."""

    kind: Value
    summary: str
    presented: dict[str, Any] | None
    event: Value | None
    authors: Sequence[Author]
    outcome: str
    topics: Sequence[Topic]
    silences: Sequence[Silence]
    ancestors: Sequence[Ancestor]
    later: Sequence[LinkedClaim]
    later_cut: Cut | None
    dropped: Sequence[Ancestor]
    responses: Sequence[Response]
    to_the_whole: Sequence[Response]


def row(document: Document, referred: Referred) -> EntryRow:
    url, kind = referred.entry_page(document), referred.names[document["kind"]]
    topics = dict.fromkeys(part["topic"] for part in document["provisions"])
    return EntryRow(
        id=document["id"],
        type="proposal",
        url=url,
        title=document["title"],
        language=foreign(document["language"]),
        kind=kind.name,
        kind_language=kind.language,
        date=document["presented"],
        undated=pgettext("of an entry", "undated"),
        summary=document["summary"] or "",
        contested=is_contested(document),
        facts=[
            *fact(
                pgettext("fact: authors", "By"),
                [value_of(referred.names[part["actor"]]) for part in document["authors"]],
            ),
            *fact(
                pgettext("fact: topics", "On"),
                [value_of(referred.names[topic]) for topic in topics],
            ),
            *fact(
                pgettext("fact", "Outcome"),
                [Value(document["outcome"], language=foreign(document["language"]))]
                if document["outcome"]
                else [],
            ),
            *fact(
                pgettext("fact", "Responses"),
                first_of(
                    [_answer(part, referred) for part in document["responses"]],
                    ANSWERS,
                    f"{url}#responses",
                ),
            ),
        ],
        sources=cited_sources(document, referred, url),
    )


def _answer(part: Document, referred: Referred) -> Value:
    """Who answers what, in few words, leading to who it is."""
    actor = referred.names[part["actor"]]
    stance = localised.lower(choice_label("proposal", "responses.stance", part["stance"]))
    return replace(labelled_value(value_of(actor), Value(stance)), url=actor.url)


def detail(reading: Reading) -> dict[str, Any]:
    document, referred = reading.document, reading.referred
    provisions = {part["key"]: part["summary"] for part in document["provisions"]}
    responses = [_response(part, provisions, referred) for part in document["responses"]]
    taken_up = _taken_up(reading)
    proposal = ProposalDetail(
        kind=value_of(referred.names[document["kind"]]),
        summary=document["summary"] or "",
        presented=document["presented"],
        event=value_or_none(referred.name(document["event"])),
        authors=[
            Author(part["key"], value_of(referred.names[part["actor"]]))
            for part in document["authors"]
        ],
        outcome=document["outcome"] or "",
        topics=_topics(reading, responses, taken_up),
        silences=[
            Silence(part["key"], value_of(referred.names[part["topic"]]))
            for part in document["silences"]
        ],
        ancestors=[
            _ancestor(part, referred) for part in document["lineage"] if not part["earlier"]
        ],
        later=taken_up.get(WHOLE, ()),
        later_cut=reading.back["later"].cut,
        dropped=[
            _ancestor(part, referred)
            for part in document["lineage"]
            if part["earlier"] and not part["provision"]
        ],
        responses=responses,
        to_the_whole=[response for response in responses if not response.to],
    )
    return {"entry": proposal} | evidence(
        document, referred, reading.checks, words(document, referred)
    )


def _topics(
    reading: Reading,
    responses: Sequence[Response],
    taken_up: Mapping[str, Sequence[LinkedClaim]],
) -> list[Topic]:
    """Provisions by topic, in the order in which topics come up."""
    document, referred = reading.document, reading.referred
    by_topic: dict[str, list[Provision]] = defaultdict(list)
    for part in document["provisions"]:
        key = part["key"]
        by_topic[part["topic"]].append(
            Provision(
                key=key,
                summary=part["summary"],
                ancestors=[
                    _ancestor(row, referred)
                    for row in document["lineage"]
                    if row["provision"] == key
                ],
                later=taken_up.get(key, ()),
                responses=[response for response in responses if response.to_key == key],
            )
        )
    return [Topic(value_of(referred.names[topic]), rows) for topic, rows in by_topic.items()]


def _taken_up(reading: Reading) -> Mapping[str, Sequence[LinkedClaim]]:
    """What later proposals did with each provision of this one, by its key, and with ``WHOLE``."""
    later: dict[str, list[LinkedClaim]] = defaultdict(list)
    for linking in reading.back["later"].entries:
        for part in linking.document["lineage"]:
            public_id, key = earlier_of(part)
            if public_id == reading.document["id"]:
                kind = choice_label("proposal", "lineage.kind", part["kind"])
                later[key].append(
                    linked_claim(
                        linking,
                        part["key"],
                        date=linking.document["presented"],
                        notes=[Value(kind)],
                    )
                )
    return later


def earlier_of(part: Document) -> tuple[str, str]:
    """Id of the earlier proposal, and the key of its provision or ``WHOLE``."""
    public_id, _, key = (part["earlier"] or part["earlier_proposal"]).partition("/")
    return public_id, key


def _ancestor(part: Document, referred: Referred) -> Ancestor:
    public_id, key = earlier_of(part)
    proposal, words = referred.names[public_id], None
    if key and (document := referred.documents.get(public_id)):
        summary = part_of(document, "provisions", key)["summary"]
        words = Value(summary, language=foreign(document["language"]))
    return Ancestor(
        key=part["key"],
        kind=choice_label("proposal", "lineage.kind", part["kind"]),
        proposal=Value(
            proposal.name, f"{proposal.url}#{key}" if key else proposal.url, proposal.language
        ),
        words=words,
    )


def _response(part: Document, provisions: Mapping[str, str], referred: Referred) -> Response:
    return Response(
        key=part["key"],
        actor=value_of(referred.names[part["actor"]]),
        to=provisions[part["to"]] if part["to"] else "",
        to_key=part["to"] or "",
        stance=choice_label("proposal", "responses.stance", part["stance"]),
        none_found=part["stance"] == "none found",
        date=part["date"],
        event=value_or_none(referred.name(part["event"])),
        looked_in=part["looked_in"] or "",
    )
