"""The page of an office: who held it, and who on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actors.holders import Holder, Holders, holders_of, office_in
from actors.over_time import HOLDERS, of_claims
from chronicle.named_addresses import url_of
from record.addresses import address, without_noise
from record.backlinks import Linking
from record.called import called, foreign
from record.conditional import conditional, record_of
from record.days import read_day
from record.entry_page import Crumb, home_crumb
from record.moves import entry_or_redirect
from record.pages import pages_of
from record.reading import Record, document_of
from record.rows import Value
from record.timeline.lines import Line, drawing_of
from record.types import type_named
from sources.linked import LinkedClaim, linked_claim

ACTOR = "actor"


@dataclass(frozen=True)
class Group:
    """Tenures of which the same is known for the day. ``note`` says what."""

    title: str
    note: str
    claims: Sequence[LinkedClaim]


@require_safe
@conditional("html")
def office_holders(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who held an office, ``?on=1997-07-20`` on that day. Four queries."""
    if (clean := without_noise(request.GET)) is not None:
        return HttpResponseRedirect(address(request.path, clean))
    record = record_of(request)
    organisation = entry_or_redirect(request, record, ACTOR, slug)
    if isinstance(organisation, HttpResponse):
        return organisation
    office = office_in(organisation, key)
    if office is None:
        raise Http404(f"{organisation.label} has no office {key}.")
    holders = holders_of(record, organisation.public_id, key)
    day = read_day(request.GET.get("on", ""))
    everybody = _claims(record, holders.tenures)
    pages = pages_of(ACTOR)
    document = document_of(organisation)
    name, title = called(document), Value(office["title"], language=foreign(document["language"]))
    organisation_url = record.page(type_named(ACTOR).url(organisation.slug))
    api = url_of("api:office_holders", organisation.public_id, key)
    context = {
        "edition": record.edition,
        "breadcrumbs": [
            home_crumb(record),
            Crumb(str(pages.title), record.page(pages.list_url)),
            Crumb(name.name, organisation_url, name.language),
            Crumb(title.name, language=title.language),
        ],
        "title": title,
        "single_holder": office["single_holder"],
        "organisation": {"name": name, "url": f"{organisation_url}#{key}"},
        "day": day,
        "groups": _groups(record, holders, day.day) if day.day is not None else [],
        "everybody": everybody,
        "over_time": drawing_of(
            [Line(title.name, HOLDERS, "#all", of_claims(everybody), title.language)]
        ),
        "more": holders.more,
        "clear_url": record.page(request.path),
        "api_url": record.page(address(api, f"on={day.written}" if day.written else "")),
    }
    return render(request, "actors/office_holders.html", context)


def _groups(record: Record, holders: Holders, day: int) -> list[Group]:
    """What is known of the day, the surest first. Those who did not hold it then are none."""
    found = [
        (
            # Translators: who held an office.
            gettext("Held it on that day"),
            gettext("That day lies within the tenure, whatever its dates mean."),
            holders.on(day, "certainly"),
        ),
        (
            gettext("May have held it"),
            gettext("The day can lie within the tenure: its dates are not known to the day."),
            holders.on(day, "possibly"),
        ),
        (
            gettext("Not known for that day"),
            gettext("The record does not say when they held it, or not since when or until when."),
            holders.on(day, "unknown"),
        ),
    ]
    return [Group(title, note, _claims(record, them)) for title, note, them in found if them]


def _claims(record: Record, holders: Iterable[Holder]) -> list[LinkedClaim]:
    claims = []
    for holder in holders:
        url = record.page(type_named(ACTOR).url(holder.version.slug))
        title = called(holder.document)
        linking = Linking(title.name, url, holder.document, title.language)
        claims.append(linked_claim(linking, holder.row["key"], date=holder.held))
    return claims
