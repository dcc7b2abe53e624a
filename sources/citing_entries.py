"""Citing an entry, or one claim of it, as it stands in an edition."""

from django.utils.translation import gettext

from record.claimed import EXISTENCE, makes_claim
from record.models import Edition, Version
from record.moves import key_now
from record.pages import pages_of
from record.reading import Moved, Record, document_of
from record.referred import Referred
from record.types import Document, type_named
from sources.choices import SourceKind
from sources.citing import Cited, slugs_of, source_items, stands_on
from sources.reference import reference_of


class NoSuchClaim(LookupError):
    """The entry makes no such claim in that edition: one sentence."""


def cited_entry(
    record: Record, edition: Edition, version: Version, claim: str, *, origin: str
) -> Cited:
    """The entry, or what it claims there. Two to four queries. ``NoSuchClaim``."""
    document = document_of(version)
    referred = Referred(record, [document])
    return cited_document(document, version.label, edition, referred, claim, origin=origin)


def cited_document(
    document: Document,
    title: str,
    edition: Edition,
    referred: Referred,
    claim: str = "",
    *,
    origin: str,
) -> Cited:
    """The same of a document of the edition, with what it refers to. No query."""
    type_name, public_id = document["type"], document["id"]
    one = pages_of(type_name).one
    address = f"{origin}{referred.record.pinned(type_named(type_name).url(public_id))}"
    name, what = public_id, f"{one} {public_id}"
    citations = document.get("citations", [])
    if claim:
        said = _claim_words(document, claim, referred)
        if said is None:
            message = gettext(
                "%(id)s makes no claim “%(claim)s” in edition %(edition)d that could be cited by "
                "itself."
            )
            raise NoSuchClaim(
                message % {"id": public_id, "claim": claim[:40], "edition": edition.number}
            )
        name, title = f"{public_id}/{claim}", f"{title}: {said}"
        # Translators: what is cited: “claim p2 of event E14”.
        what = gettext("claim %(claim)s of %(entry)s") % {"claim": claim, "entry": what}
        address += f"#{claim.partition('.')[0]}"
        citations = [each for each in citations if claim in each["claims"]]
    sentences = stands_on(citations, referred)
    ids = [each[part] for each in citations for part in ("source", "cited_via") if each[part]]
    sources = [referred.documents[source] for source in ids]
    if type_name == "source":
        described = gettext("Describes: %(source)s") % {"source": reference_of(document)}
        sentences, sources = [described], [document]
    elif not citations and _waived(document, claim or EXISTENCE):
        sentences = [gettext("No source is cited for it: its evidence was waived.")]
    return Cited(
        label=f"{name.replace('/', '-').replace('.', '-')}-edition-{edition.number}",
        name=name,
        title=title,
        what=what,
        kind=SourceKind.WEB_PAGE.value,
        edition=edition,
        address=address,
        language=document["language"],
        stands_on=sentences,
        sources=source_items(sources, slugs_of(referred)),
    )


def claim_there(record: Record, moved: Moved, claim: str) -> str:
    """What a claim of a merged entry is called in the other one; empty where it went nowhere.

    Queries as ``key_now``."""
    if moved.tombstone is None:
        return claim
    own, dot, field = claim.partition(".")
    key = key_now(record, moved, own)
    return f"{key}{dot}{field}" if key else ""


def _claim_words(document: Document, claim: str, referred: Referred) -> str | None:
    """``None`` of what the document does not claim."""
    pages = pages_of(document["type"])
    if pages.words is None or not makes_claim(document, claim):
        return None
    return pages.words(document, referred)(claim).name


def _waived(document: Document, claim: str) -> bool:
    return any(waiver["claim"] == claim for waiver in document.get("waivers", ()))
