"""Three plans that go back to one another, and who answered how to them."""

from proposals.models import LineageKind, ResponseStance
from tests import world
from vocabulary.models import Vocabulary


def topic(label):
    return world.term(label, vocabulary=Vocabulary.TOPIC)


def three_plans():
    """Returned in the order of time. Nothing is published."""
    withdrawal, status, corridor = topic("Withdrawal"), topic("Status"), topic("Corridor")
    first = world.proposal(
        "The first plan",
        presented="1997-07",
        provisions=[
            world.provision("Both sides withdraw within a year.", withdrawal),
            world.provision("Status is decided later.", status),
        ],
        silences=[{"topic": corridor}],
    )
    withdraw, decide = first.provisions.all()
    second = world.proposal(
        "The second plan",
        presented="1997-09",
        authors=[{"actor": world.actor("The Envoy")}],
        provisions=[world.provision("Both sides withdraw within two years.", withdrawal)],
        lineage=[
            {"provision": 0, "kind": LineageKind.REVISES, "earlier": withdraw},
            {"provision": None, "kind": LineageKind.DROPS, "earlier": decide},
        ],
    )
    third = world.proposal(
        "The third plan",
        presented="1998",
        provisions=[world.provision("Both sides withdraw within two years.", withdrawal)],
        lineage=[{"provision": 0, "kind": LineageKind.SAME_AS, "earlier": second.provisions.get()}],
    )
    return first, second, third


def answered_plan():
    """To the whole and to a provision; with dates that leave open when."""
    kingdom, republic, union = (
        world.actor(f"The {name}") for name in ("Kingdom", "Republic", "Union")
    )
    return world.proposal(
        "The answered plan",
        presented="1997-07-02",
        provisions=[world.provision("Both sides withdraw.", topic("Retreat"))],
        responses=[
            {
                "actor": kingdom,
                "stance": ResponseStance.REJECTS,
                "date": world._date("1997-09"),
            },
            {
                "actor": kingdom,
                "stance": ResponseStance.WITH_RESERVATIONS,
                "event": world.event("The autumn talks", date="1998-11-03"),
            },
            {
                "actor": republic,
                "stance": ResponseStance.ACCEPTS,
                "date": world._date("1998"),
                "to": 0,
            },
            {
                "actor": union,
                "stance": ResponseStance.NONE_FOUND,
                "date": world._date("2024"),
                "looked_in": "The journal.",
            },
        ],
    )


def answered_plans(number):
    """So many plans of so many points, each answered by twice as many at talks of their own."""
    return [
        world.proposal(
            f"Plan {plan}",
            provisions=[world.provision(f"Point {one}") for one in range(number)],
            responses=[
                {
                    "actor": world.actor(f"Side {plan} {one}"),
                    "stance": "accepts",
                    "event": world.event(f"Talks {plan} {one}"),
                    "to": None if one % 2 else one // 2,
                }
                for one in range(2 * number)
            ],
            citations=[{"source": world.source(f"Source {plan}")}],
        )
        for plan in range(number)
    ]
