"""The page of one citation: all that is known of it, beside the others of the same claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from record.called import Called, called
from record.conditional import View, conditional, record_of
from record.entry_page import Crumb, api_address, home_crumb
from record.models import Version
from record.moves import entry_or_redirect, last_with_citation
from record.pages import EntryPages, words_of
from record.reading import Record, document_of
from record.referred import Referred
from record.types import Document
from sources.cards import Asserted, EvidenceCard, SpokenTo, cards, claimed


@dataclass(frozen=True)
class ClaimSides:
    """A claim that the citation speaks to: what the entry says, and who else speaks to it."""

    claim: SpokenTo
    says: Sequence[Asserted]
    others: Sequence[EvidenceCard]


def citation_view(pages: EntryPages) -> View:
    """A page for each citation of a type's entries, as permanent as the entry itself."""

    @require_safe
    @conditional("html")
    def entry_citation(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        record = record_of(request)
        version = entry_or_redirect(request, record, pages.type_name, slug, citation=key)
        if isinstance(version, HttpResponse):
            return version
        document = document_of(version)
        if not any(citation["key"] == key for citation in document["citations"]):
            return _gone(request, record, pages, version, key)
        context = _trail(record, pages, version, called(document), key)
        context |= _found(record, pages, version, document, key)
        permanent = pages.entry_type.citation_url(version.public_id, key)
        context["address"] = request.build_absolute_uri(permanent)
        return render(request, "sources/citation_detail.html", context)

    return entry_citation


def _trail(
    record: Record, pages: EntryPages, version: Version, title: Called, key: str
) -> dict[str, Any]:
    entry_url = record.page(pages.entry_type.url(version.slug))
    number = key.removeprefix("c")
    return {
        "edition": record.edition,
        "breadcrumbs": [
            home_crumb(record),
            Crumb(str(pages.title), record.page(pages.list_url)),
            Crumb(title.name, entry_url, title.language),
            Crumb(gettext("Citation %(number)s") % {"number": number}),
        ],
        "version": version,
        "title": title,
        "entry_url": entry_url,
        "key": key,
        "number": number,
    }


def _found(
    record: Record, pages: EntryPages, version: Version, document: Document, key: str
) -> dict[str, Any]:
    referred = Referred(record, [document])
    words = words_of(pages, document, referred)
    url = referred.entry_page(document)
    shown = cards(document, referred, record.checks([document]), words, url)
    card = next(card for card in shown if card.key == key)
    return {
        "card": card,
        "sides": [_sides(document, referred, card, claim, shown) for claim in card.claims],
        "published": record.editions([version.edition_id])[version.edition_id],
        "canonical": card.url,
        "api_url": api_address(record, version),
    }


def _sides(
    document: Document,
    referred: Referred,
    card: EvidenceCard,
    claim: SpokenTo,
    shown: Sequence[EvidenceCard],
) -> ClaimSides:
    return ClaimSides(
        claim,
        claimed(document, claim.claim, referred),
        [
            other
            for other in shown
            if other.key != card.key and claim.claim in {one.claim for one in other.claims}
        ],
    )


def _gone(
    request: HttpRequest, record: Record, pages: EntryPages, version: Version, key: str
) -> HttpResponse:
    """410 where the entry once had that citation; raises Http404 where it never did."""
    last = last_with_citation(record, version, key)
    if last is None:
        raise Http404(f"{version.public_id} has no citation “{key}”.")
    title = called(document_of(version))
    context = _trail(record, pages, version, title, key) | {"removed": last.superseded_in}
    return render(request, "sources/citation_gone.html", context, status=410)
