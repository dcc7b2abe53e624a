"""A world with one of everything that is drawn, and no more, to see what its pictures become."""

from decimal import Decimal

from django.contrib.auth.models import User

from chronicle.dates import PartialDate
from tests import world


def sparse_world(*, by: User, approved_by: User) -> None:
    """One event, office and place, two plans, one of them answered by one; two editions."""
    envoy = world.actor("The Envoy", offices=[{"title": "Chair"}])
    office = envoy.offices.get()
    held = {"office": office, "held": PartialDate("../1998")}
    chair = world.actor("The Chair", kind="person", tenures=[held])
    where = {"latitude": Decimal(40), "longitude": Decimal(45), "precision": "settlement"}
    event = world.event(
        "The only one",
        date="1997-07-20",
        place=world.place("The Town", **where),
        participants=[world.participant(envoy)],
    )
    plan = world.proposal(
        "A plan",
        provisions=[world.provision()],
        responses=[{"actor": envoy, "stance": "accepts", "date": PartialDate("1998-01")}],
    )
    people = {"by": by, "approved_by": approved_by}
    other = world.proposal("Another plan", provisions=[world.provision()])
    world.publish_all(chair, event, plan, other, **people)
    world.change(plan, by=by, title="A plan for the lake")
    world.publish_all(plan, **people)


def fill() -> None:
    """A database that has nothing yet."""
    editor, approver = (User.objects.create_superuser(name) for name in ("editor", "approver"))
    sparse_world(by=editor, approved_by=approver)
