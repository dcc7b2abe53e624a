"""What the tools answer, to programs that reason with it: of one edition, which every answer names,
with the citations that it rests on. All addresses show that edition for good.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from proposals.choosing import LEAST, read_chosen
from proposals.comparing import compare
from proposals.dossier import Frame, of_comparison
from proposals.dossier_markdown import as_markdown
from record.claimed import claims_in, makes_claim
from record.models import Version
from record.query import parse
from record.ranking import ranked
from record.reading import Moved
from record.types import Document, entry_types, type_named
from sources.citing_entries import claim_there
from sources.passage import blocks_words, locator_words
from sources.quotation import MOST_SHOWN, Fitting, NotAQuotation, look_for, read_quotation
from sources.reference import reference_of, short_reference
from sources.shown import text_url
from sources.telling import Told
from tools.reader import Answer, NoAnswer, Reader

MOST_HITS = 20
MOST_CITATIONS, MOST_OF_A_HIT = 100, 5  # of an entry, and of each that was found
NOTHING_ELSE = (
    "Only what the public may read was looked through. Words that are not found here can still "
    "stand in a source."
)
NOT_ALL = (
    "So many entries hold these words that not all were compared: there are more than were found, "
    "perhaps also of a type of which none was. Add words to find them."
)


def search(
    words: str, *, type_name: str = "", limit: int = 10, edition: int | None = None
) -> Answer:
    """Entries that hold all words, the best first. Ten queries at most."""
    reader = Reader(edition)
    known = [each.name for each in entry_types()]
    if type_name and type_name not in known:
        raise NoAnswer(f"“{type_name}” is no type. There are: {', '.join(known)}.")
    if not 1 <= limit <= MOST_HITS:
        raise NoAnswer(f"“limit” is a whole number from 1 to {MOST_HITS}.")
    try:
        query = parse(words)
    except ValueError as error:
        raise NoAnswer(str(error)) from None
    if not query.terms:
        raise NoAnswer("Search for at least one letter or digit.")
    compared = ranked(reader.record, query)
    hits = [hit for hit in compared.hits if not type_name or hit.type == type_name]
    versions = reader.record.versions().order_by().in_bulk([hit.version for hit in hits[:limit]])
    found = [versions[hit.version] for hit in hits[:limit]]
    told = Told(reader.record, found)
    return reader.answer(
        words=words,
        found=len(hits),
        remark="" if compared.whole else NOT_ALL,
        results=[_hit(reader, told, version) for version in found],
    )


def _hit(reader: Reader, told: Told, version: Version) -> Answer:
    document = told.documents[version.public_id]
    return {
        **_named(reader, told, version),
        "summary": document.get("summary") or "",
        **_first(_briefly(reader, told, document), MOST_OF_A_HIT),
    }


def _first(citations: Iterable[Answer], most: int) -> Answer:
    """Where there are more, those that dispute something go first."""
    found = list(citations)
    if len(found) > most:
        found.sort(key=lambda each: each["stance"] != "disputes")
    return {"citations": found[:most], "more_citations": max(0, len(found) - most)}


def _named(reader: Reader, told: Told, version: Version) -> Answer:
    return {
        "id": version.public_id,
        "type": version.type,
        "title": version.label,
        "url": reader.whole(told.url(version)),
    }


def _briefly(reader: Reader, told: Told, document: Document) -> Iterable[Answer]:
    for citation in document.get("citations", ()):
        url = told.referred.citation_page(document, citation["key"])
        yield {
            "id": f"{document['id']}/{citation['key']}",
            "stance": citation["stance"],
            "reference": short_reference(told.referred.documents[citation["source"]]),
            "url": reader.whole(url),
        }


def get_entry(public_id: str, *, edition: int | None = None) -> Answer:
    """All that the edition says of an entry, with its citations. Ten queries at most."""
    reader = Reader(edition)
    version, moved = reader.entry(public_id)
    told = Told(reader.record, [version])
    document = told.documents[version.public_id]
    targets = {target.id for target in type_named(version.type).links(document)}
    return reader.answer(
        entry=_named(reader, told, version),
        remark=_merged(public_id, moved),
        document=_said(document),
        names={
            named: {"name": name.name, "url": reader.whole(name.url)}
            for named, name in sorted(told.referred.names.items())
            if named in targets
        },
        **_first(
            (reader.citation(version.public_id, card) for card in reader.cards(told, version)),
            MOST_CITATIONS,
        ),
    )


def _said(document: Mapping[str, Any]) -> Answer:
    """Without its citations, which are told beside it."""
    return {name: value for name, value in document.items() if name != "citations"}


def _merged(public_id: str, moved: Moved | None) -> str:
    return f"{public_id} was merged into {moved.version.public_id}, which this is." if moved else ""


def evidence_for(public_id: str, *, claim: str = "", edition: int | None = None) -> Answer:
    """What supports and what disputes the claims of an entry, or one claim. Ten queries at most."""
    reader = Reader(edition)
    version, moved = reader.entry(public_id)
    told = Told(reader.record, [version])
    document = told.documents[version.public_id]
    claims = list(claims_in(document))
    if claim and moved:
        claim = _claim_now(reader, public_id, moved, claim)
    if claim and not makes_claim(document, claim):
        raise NoAnswer(f"{version.public_id} claims no “{claim}”. It claims: {', '.join(claims)}.")
    spoken = [
        reader.citation(version.public_id, card)
        for card in reader.cards(told, version)
        if not claim or claim in {each.claim for each in card.claims}
    ]
    waivers = [waiver for waiver in document.get("waivers", ()) if claim in ("", waiver["claim"])]
    return reader.answer(
        entry=_named(reader, told, version),
        remark=_merged(public_id, moved),
        claims=[claim] if claim else claims,
        waived={waiver["claim"]: waiver["reason"] for waiver in waivers},
        **_first(spoken, MOST_CITATIONS),
    )


def _claim_now(reader: Reader, public_id: str, moved: Moved, claim: str) -> str:
    """What a claim of a merged entry is called in the one that it was merged into."""
    if now := claim_there(reader.record, moved, claim):
        return now
    raise NoAnswer(
        f"{_merged(public_id, moved)} Its claim “{claim}” did not go with it; ask for the evidence "
        f"of {moved.version.public_id} without a claim."
    )


def compare_proposals(ids: Sequence[str], *, edition: int | None = None) -> Answer:
    """Proposals side by side, topic by topic, as Markdown with numbered citations.

    Eight to twelve queries.
    """
    reader = Reader(edition)
    chosen = read_chosen(reader.record, {"ids": list(ids)})
    remarks = [remark.text for remark in chosen.remarks]
    if len(chosen.ids) < LEAST:
        raise NoAnswer(" ".join([*remarks, f"Name at least {LEAST} proposals, like P1 and P2."]))
    comparison = compare(reader.record, chosen.ids)
    url = reader.record.pinned(f"{reverse('proposals:proposal_compare')}?{chosen.query}")
    title = " – ".join(entry.label for entry in chosen.entries)
    frame = Frame(reader.edition, settings.SITE_URL, url, title)
    written = as_markdown(of_comparison(comparison, frame))
    return reader.answer(
        proposals={entry.id: entry.label for entry in chosen.entries},
        remarks=remarks,
        url=reader.whole(url),
        citations=[
            {
                "number": each.number,
                "id": each.there,
                "stance": each.stance,
                "reference": str(each.reference),
                "locator": each.locator.name,
                "url": reader.whole(each.page),
            }
            for each in comparison.cited.listed
        ],
        comparison=written,
    )


def verify_quote(quotation: str, *, edition: int | None = None) -> Answer:
    """Whether words stand in what the public may read, and what rests on them. A dozen queries."""
    reader = Reader(edition)
    try:
        folded = read_quotation(quotation)
    except NotAQuotation as error:
        raise NoAnswer(str(error)) from None
    found = look_for(reader.record, folded)
    shown = found.fitting[:MOST_SHOWN]
    told = Told(reader.record, {each.version.pk: each.version for each in shown}.values())
    return reader.answer(
        found=found.found,
        texts=[
            {
                "source": each.source["id"],
                "reference": str(reference_of(each.source)),
                "locator": blocks_words(each.blocks),
                "url": reader.whole(text_url(reader.record, each.source, each.blocks[0])),
            }
            for each in found.texts
        ],
        citations=[_quoted(reader, told, each) for each in shown],
        more=found.more or len(found.fitting) > MOST_SHOWN,
        remark=found.remark or NOTHING_ELSE,
    )


def _quoted(reader: Reader, told: Told, fitting: Fitting) -> Answer:
    """As other tools tell citations, with the entry and ``how`` the words belong to the passage."""
    version, citation, how = fitting
    document, selector = told.documents[version.public_id], citation["selector"] or {}
    return {
        "id": f"{version.public_id}/{citation['key']}",
        "how": how,
        "entry": _named(reader, told, version),
        "stance": citation["stance"],
        "claims": {claim.claim: claim.words for claim in told.claims(version, citation)},
        "source": citation["source"],
        "reference": str(reference_of(told.referred.documents[citation["source"]])),
        "locator": locator_words(citation["locator"]),
        "opening_words": selector.get("start") or "",
        "closing_words": selector.get("end") or "",
        "note": citation["note"] or "",
        "url": reader.whole(told.referred.citation_page(document, citation["key"])),
    }
