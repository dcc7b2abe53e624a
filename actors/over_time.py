"""An actor over time: offices, events and answers to proposals, as lines of one picture."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext_lazy

from record.timeline.lines import Dated, Line, drawing_of
from record.timeline.picture import Drawing
from sources.linked import LinkedClaim

if TYPE_CHECKING:
    from actors.reading import ActorDetail, TenureRow

TENURES = ngettext_lazy("%(count)s tenure", "%(count)s tenures", "number")
HOLDERS = ngettext_lazy("%(count)s holder", "%(count)s holders", "number")
EVENTS = ngettext_lazy("%(count)s event", "%(count)s events", "number")
PROPOSALS = ngettext_lazy("%(count)s proposal", "%(count)s proposals", "number")
RESPONSES = ngettext_lazy("%(count)s response", "%(count)s responses", "number")
FEWEST = 2  # dated things that a picture is worth


def over_time(actor: "ActorDetail") -> Drawing | None:
    """What the page tells with dates; ``None`` where that is not even two things. No query."""
    lines = [
        Line(gettext("Offices held and roles"), TENURES, "#tenures", _tenures(actor.tenures)),
        *(
            Line(
                each.title.name,
                HOLDERS,
                f"#{each.key}",
                of_claims(each.holders),
                each.title.language,
            )
            for each in actor.offices
        ),
        # Translators: who held offices in, or worked for, an organisation.
        Line(gettext("Served here"), TENURES, "#serving-title", of_claims(actor.serving.claims)),
        # Translators: events that name an actor.
        Line(gettext("Appears in"), EVENTS, "#events-title", of_claims(actor.events.claims)),
        Line(
            gettext("Proposals made"),
            PROPOSALS,
            "#authored-title",
            of_claims(actor.authored.claims),
        ),
        Line(
            gettext("Responses"), RESPONSES, "#responded-title", of_claims(actor.responses.claims)
        ),
    ]
    if sum(len(line.dated) for line in lines) < FEWEST:
        return None
    return drawing_of(lines)


def _tenures(rows: Sequence["TenureRow"]) -> list[Dated]:
    return [
        Dated(
            row.capacity.in_words.name,
            row.capacity.held,
            f"#{row.key}",
            row.capacity.title.language,
        )
        for row in rows
        if row.capacity.held
    ]


def of_claims(claims: Iterable[LinkedClaim]) -> list[Dated]:
    """Those that are dated; each leads to where it is made."""
    return [
        Dated(each.entry.name, each.date, each.entry.url, each.entry.language)
        for each in claims
        if each.date
    ]
