"""A world that no chronicle is of, to see what becomes of its pictures: far too much of it."""

from datetime import date
from decimal import Decimal
from random import Random

from django.contrib.auth.models import User

from events.models import Event
from tests import world
from tests.many import publish_many
from vocabulary.models import Vocabulary

ON_ONE_DAY, PLACES = 10_000, 3_000
DAY = date(1997, 7, 20)
UNBROKEN = "W" * 80  # letters
LONG = "Consultations of the delegations on the draft agreement concerning the lakeside"
DATES = [
    *("0001", "0001-01-01", "0476-09", "1066-10-14", "1500~", "9999", "9999-12-31"),
    *("0001/9999", "../0500", "9000/..", "1900/2100", None),
]


def absurd_world(*, by: User, approved_by: User) -> None:
    """Events of all years there are, 10,000 on one day, 3,000 places, names of 80 letters."""
    envoy = world.actor("The Envoy", offices=[{"title": f"Head of {LONG.lower()}"[:80]}])
    actors = [envoy, world.actor(UNBROKEN), world.actor(LONG), world.actor("The Republic")]
    kinds = [
        world.term(name, vocabulary=Vocabulary.EVENT_KIND) for name in ("Talks", LONG, UNBROKEN)
    ]
    where = {"latitude": Decimal(40), "longitude": Decimal(45), "precision": "settlement"}
    places = [world.place(name, **where) for name in ("The Town", LONG, UNBROKEN)]
    topic = world.term(UNBROKEN, vocabulary=Vocabulary.TOPIC)
    events = [
        world.event(
            (UNBROKEN, LONG, f"Of {when}")[at % 3],
            date=when,
            kind=kinds[at % 3],
            place=places[at % 3],
            participants=[world.participant(actors[(at + step) % 4]) for step in range(1 + at % 4)],
        )
        for at, when in enumerate(DATES)
    ]
    plans = [
        world.proposal(
            name,
            presented=when,
            provisions=[{"topic": topic, "summary": f"{name} {LONG}"}],
            responses=[{"actor": actor, "stance": "accepts"} for actor in actors],
        )
        for name, when in ((UNBROKEN, "0001"), (LONG, "9999-12-31"))
    ]
    world.publish_all(*events, *plans, by=by, approved_by=approved_by)
    many_on_one_day(events[0])
    many_places(places[0].public_id)


def many_on_one_day(like: Event) -> None:
    day = DAY.isoformat()
    date_of_it = world.document(like)["date"] | {"edtf": day, "earliest": day, "latest": day}
    publish_many(
        like.public_id,
        ({"title": f"Talks {at}", "date": date_of_it} for at in range(ON_ONE_DAY)),
    )


def many_places(like: str) -> None:
    dice = Random(8)  # noqa: S311 - the same every time is what is wanted
    publish_many(
        like,
        (
            {
                "names": [
                    {
                        "key": "p1",
                        "text": f"Place {at}",
                        "language": "en",
                        "usage": "usual",
                        "preferred": True,
                    }
                ],
                "coordinates": {
                    "latitude": f"{dice.uniform(-60, 70):.2f}",
                    "longitude": f"{dice.uniform(-179, 179):.2f}",
                    "precision": dice.choice(["point", "settlement", "area", "country"]),
                },
            }
            for at in range(PLACES)
        ),
    )


def fill() -> None:
    """A database that has nothing yet."""
    editor, approver = (User.objects.create_superuser(name) for name in ("editor", "approver"))
    absurd_world(by=editor, approved_by=approver)
