"""An event drafted from a passage: the address of its form, filled in with what the passage says.

Nothing is saved: the form waits for somebody who reads, corrects and saves it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from actors.models import Actor
from desk.types import entry_keys
from events.models import Participation
from places.models import Place
from reading.held import Held
from reading.offers import Offers
from reading.recognition import DateFound, FigureFound
from sources.selecting import Selector

LONGEST_ADDRESS = 3_500  # characters: servers refuse addresses beyond some four thousand
LONGEST_SECTION = 200
LONGEST_WHAT = 200
LONGEST_UNIT = 60
DECIMALS = 4


@dataclass(frozen=True)
class Choices:
    """What of the offers goes into the draft: public ids, and places in the lists of offers."""

    who: Sequence[str]
    place: str
    date: DateFound | None
    figures: Sequence[FigureFound]


@dataclass(frozen=True)
class Group:
    """A name that may be several: one of them is chosen, or none."""

    words: str
    ids: Sequence[str]


@dataclass(frozen=True)
class ToChoose:
    """What the page offers for a draft: ids of actors and places, and names that may be several."""

    actors: Sequence[str]
    places: Sequence[str]
    groups: Sequence[Group]


def to_choose(offers: Offers) -> ToChoose:
    """Actors and places each once, in the order in which they are named."""
    one = [name.candidates[0] for name in offers.names if len(name.candidates) == 1]
    several = [Group(name.words, name.candidates) for name in offers.names if name.candidates[1:]]
    return ToChoose(
        actors=[each for each in dict.fromkeys(one) if each.startswith(Actor.letter)],
        places=[each for each in dict.fromkeys(one) if each.startswith(Place.letter)],
        groups=list({group.words: group for group in several}.values()),
    )


def draft_url(held: Held, citation: dict[str, Any], choices: Choices, *, back: str) -> str:
    """The form of a new event with the passage as its first citation. Its title is left empty.

    As much as an address can hold: the citation always, figures and participants while there is
    room. Two queries, and one for the roles of participants, two where nobody had one yet.
    """
    keys = entry_keys([held.source.public_id, *choices.who, *filter(None, [choices.place])])
    given: dict[str, Any] = {"next": back}
    if choices.date:
        given |= {"date_edtf": choices.date.edtf, "date_as_given": choices.date.words}
        if choices.date.inferred:
            given["date_inferred"] = "on"
    if choices.place in keys:
        given["place"] = keys[choices.place]
    given |= {
        f"citations-0-{name}": value
        for name, value in (citation | {"source": keys[held.source.public_id]}).items()
        if value
    }
    address = reverse("admin:events_event_add")
    rows = [
        *_participants([keys[each] for each in choices.who if each in keys]),
        *_quantities(choices.figures),
    ]
    for row in rows:
        if len(urlencode(given | row)) < LONGEST_ADDRESS:
            given |= row
    return f"{address}?{urlencode(given)}"


def citation_of(held: Held, selector: Selector, blocks: Sequence[int]) -> dict[str, Any]:
    """The fields of a citation of the passage: where to look, and its words."""
    section = held.folded.blocks[blocks[0] - 1].section
    return {
        "section": section if len(section) <= LONGEST_SECTION else "",
        "blocks": ", ".join(map(str, blocks)),
        **selector,
    }


def _participants(actors: Sequence[int]) -> Iterable[dict[str, Any]]:
    """Each in the role that it most often has; who never had one, in the desk's commonest."""
    if not actors:
        return
    acted = Participation.objects.filter(role__retired=False).order_by()
    roles: dict[int, int] = {}
    counted = acted.filter(actor__in=actors).values("actor", "role").annotate(times=Count("pk"))
    for row in counted.order_by("times", "role"):
        roles[row["actor"]] = row["role"]
    commonest = None
    if set(actors) - set(roles):
        often = acted.values("role").annotate(times=Count("pk")).order_by("-times", "role")
        commonest = often.values_list("role", flat=True).first()
    for number, actor in enumerate(actors):
        row = f"participants-{number}"
        role = roles.get(actor, commonest)
        yield {f"{row}-actor": actor} | ({f"{row}-role": role} if role else {})


def _quantities(figures: Sequence[FigureFound]) -> Iterable[dict[str, Any]]:
    for number, figure in enumerate(figures):
        values = {
            "what": (figure.what or figure.words)[:LONGEST_WHAT],
            "low": figure.low,
            "best": figure.best,
            "high": figure.high,
            "unit": figure.unit[:LONGEST_UNIT],
            "approximate": "on" if figure.best and not figure.exact else "",
        }
        yield {f"quantities-{number}-{name}": value for name, value in values.items() if value}
