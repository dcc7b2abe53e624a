"""What is looked for among actors."""

import pytest

from actors.models import ActorKind
from desk.findings import find_everything
from desk.integrity import integrity_check
from desk.models import Finding
from tests import world
from vocabulary.models import Vocabulary

HOLDERS = ["Ada", "Berta", "Cleo"]


@pytest.fixture
def body(db):
    return world.actor("The Council", offices=[{"title": "Chair"}])


def holders(body, *tenures: str) -> None:
    for number, held in enumerate(tenures):
        world.actor(
            HOLDERS[number],
            kind=ActorKind.PERSON,
            tenures=[{"office": body.offices.get(), "held": world._date(held)}],
        )


def told(check: str) -> list[str]:
    return [finding.sentence for finding in Finding.objects.filter(check_name=check)]


def test_two_holders_of_an_office_for_one_at_the_same_time(body):
    holders(body, "1993/1998", "1996-05/2001-02-03")

    assert told("tenures-overlap") == [
        (
            "Ada (A2) (1993 – 1998) and Berta (A3) (May 1996 – 3 February 2001) hold one "
            "office of The Council (A1) at the same time: Chair, which is for one person."
        )
    ]


@pytest.mark.parametrize(
    "tenures",
    [
        ("1993/1998", "1998/2001"),  # in whichever month of 1998 the one handed over
        ("1993/1998-05-03", "1998-05-03/2001"),  # on one day
        ("1993/1998?", "1996/2001"),
        ("1993/", "1996/2001"),  # nobody knows when it ended
        ("1995", "1995"),  # some time in that year
    ],
)
def test_tenures_that_need_not_overlap_are_left_alone(tenures, body):
    holders(body, *tenures)

    assert told("tenures-overlap") == []


def test_tenure_that_goes_on_overlaps_all_later_ones(body):
    holders(body, "1993/..", "1998/2001", "2003/2004")

    assert len(told("tenures-overlap")) == 2


def test_office_for_several_may_have_several(body):
    holders(body, "1993/1998", "1996/2001")
    assert len(told("tenures-overlap")) == 1
    office = body.offices.get()
    office.single_holder = False
    office.save()
    world.change(body, editor_note="Of two chairs.")

    assert told("tenures-overlap") == []


def test_actors_with_names_alike(db):
    world.actor("Heydar Aliyev", kind=ActorKind.PERSON)
    world.actor("Aliyev, Heydər", kind=ActorKind.PERSON)
    world.actor("Heydar Aliyev", kind=ActorKind.GROUP)

    assert told("actors-alike") == [
        (
            "Heydar Aliyev (A1) and Aliyev, Heydər (A2) have names alike, and may be one: "
            "“Heydar Aliyev” and “Aliyev, Heydər”."
        )
    ]


def test_relation_that_mostly_goes_both_ways_and_once_does_not(db):
    ally, member = (world.term(name, vocabulary=Vocabulary.RELATION) for name in ("Ally", "Member"))
    names = ["Axum", "Bosporus", "Carthage", "Dacia"]
    axum, bosporus, carthage, dacia = (world.actor(name) for name in names)
    for first, second in [(axum, bosporus), (bosporus, axum)]:
        world.change(first, relations=[{"kind": ally, "to": second}])
    assert told("relation-one-way") == []
    world.change(carthage, relations=[{"kind": member, "to": dacia}, {"kind": member, "to": axum}])
    world.change(dacia, relations=[{"kind": ally, "to": axum}])
    assert told("relation-one-way") == []  # one pair each way says nothing

    world.change(axum, relations=[{"kind": ally, "to": bosporus}, {"kind": ally, "to": carthage}])
    world.change(carthage, relations=[{"kind": ally, "to": axum}])
    find_everything(integrity_check("relation-one-way"))  # what most do has changed for others
    assert told("relation-one-way") == [
        (
            "Dacia (A4) stands to Axum (A1) as “ally”, but not the other way round, as it is with "
            "most who are related so."
        )
    ]
