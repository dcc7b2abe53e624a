"""A small world that never changes, to take pictures of: a mark of every form there is."""

from decimal import Decimal

from chronicle.dates import PartialDate
from record.models import Change
from tests import world
from tests.conftest import Cast
from tests.proposals.plans import answered_plan, three_plans
from vocabulary.models import Vocabulary

DATES = [
    "1990-02-03",
    "1990",
    "1991/1994",
    "1992/..",
    "../1995",
    "1996-05",
    "1999-12-31",
    *(5 * ["1997-07-02"]),
]
PRECISIONS = ["point", "settlement", "area", "country"]


def pictures_world(cast: Cast) -> None:
    """Two editions; of the entries of the first one, the second corrects one and adds one."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    chair = world.actor("The Conference", offices=[{"title": "Chair"}])
    office = chair.offices.get()
    actors = [
        world.actor(
            name,
            kind="person",
            tenures=[{"office": office, "held": PartialDate(held)}],
        )
        for name, held in (("Ada Envoy", "1990/1995-06"), ("Ben Chair", "1995/.."))
    ] + [world.actor("The Republic"), world.actor("A union of the states by the lake")]
    kinds = [
        world.term(name, vocabulary=Vocabulary.EVENT_KIND)
        for name in ("Talks", "Visit", "Decision")
    ]
    places = [
        world.place(
            f"Place {at}",
            latitude=Decimal(36 + at * 7 % 13),
            longitude=Decimal(10 + at * 17 % 41),
            precision=PRECISIONS[at % 4],
        )
        for at in range(8)
    ]
    events = [
        world.event(
            f"A meeting by the lake, number {at}",
            date=when,
            kind=kinds[at % 3],
            place=places[at % 8],
            summary="The delegations met again and parted without a paper." if at == 2 else "",
            participants=[world.participant(actors[(at + step) % 4]) for step in range(1 + at % 3)],
        )
        for at, when in enumerate(DATES)
    ]
    world.publish_all(chair, *events, *three_plans(), answered_plan(), **people)
    world.change(events[2], by=cast.contributor, title="A meeting by the river")
    world.publish_all(
        events[2], world.event("A later visit", date="2001"), kind=Change.CORRECTION, **people
    )
