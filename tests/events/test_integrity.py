"""What is looked for among events, and between them and who took part."""

import pytest

from actors.models import ActorKind
from desk.models import Finding
from tests import world


def told(check: str) -> list[str]:
    return [finding.sentence for finding in Finding.objects.filter(check_name=check)]


@pytest.fixture
def envoy(db):
    return world.actor(
        "Envoy",
        kind=ActorKind.PERSON,
        existed=world._date("1940-02-01/2003-12-12"),
        tenures=[{"role": "chair", "held": world._date("1993-10/1994")}],
    )


@pytest.mark.parametrize("date", ["1993-09-30", "1995/1996", "1993-08/1993-09"])
def test_person_who_acts_outside_a_tenure(date, envoy):
    row = world.participant(envoy, tenure=envoy.tenures.get())
    event = world.event("A meeting", date=date, participants=[row])

    assert told("acts-outside-tenure") == [
        (
            f"A meeting (E1) is of {event.date}, but Envoy (A1) takes part in a capacity held "
            "October 1993 – 1994 (A1/p1)."
        )
    ]


@pytest.mark.parametrize("date", ["1993", "1994-12-31", "1993-09/1995", "1992~", None])
def test_person_who_may_have_acted_within_the_tenure(date, envoy):
    world.event(date=date, participants=[world.participant(envoy, tenure=envoy.tenures.get())])

    assert told("acts-outside-tenure") == []


def test_tenure_that_is_mended_clears_the_event(envoy):
    row = world.participant(envoy, tenure=envoy.tenures.get())
    world.event(date="1995", participants=[row])
    assert len(told("acts-outside-tenure")) == 1
    tenure = envoy.tenures.get()
    tenure.held = world._date("1993/1996")
    tenure.save()
    world.change(envoy, description="An envoy.")

    assert told("acts-outside-tenure") == []


def test_event_outside_the_life_of_who_took_part(envoy):
    world.event("A wake", date="2003-12-13", participants=[world.participant(envoy)])
    world.event("A visit", date="2003-12", participants=[world.participant(envoy)])

    assert told("outside-existence") == [
        (
            "A wake (E1) is of 13 December 2003, but Envoy (A1), who takes part, existed "
            "1 February 1940 – 12 December 2003."
        )
    ]


def test_source_that_came_out_before_what_it_reports(db):
    report = world.source("A report", published=world._date("1996"))
    event = world.event("A meeting", date="1997-01-01", citations=[{"source": report}])
    world.event("Another", date="1996-12", citations=[{"source": report}])
    world.event("A third", date="1998", citations=[{"source": report, "stance": "mentions"}])
    assert told("source-before-event") == [
        (
            "A meeting (E1) is of 1 January 1997, but A report (S1), which c1 cites for it, was "
            "published before, 1996."
        )
    ]

    world.change(report, published=world._date("1997"))
    assert told("source-before-event") == []
    assert event.citations.count() == 1


def test_events_with_titles_alike_on_one_date(db):
    for title, date in [
        ("Meeting of the ministers", "1997-07-20"),
        ("Meeting of ministers, the", "1997-07-20"),
        ("Meeting of the ministers", "1997-07-21"),
        ("Session of the ministers", "1997-07-20"),
    ]:
        world.event(title, date=date)

    assert told("events-alike") == [
        (
            "Meeting of the ministers (E1) and Meeting of ministers, the (E2) have titles alike, "
            "are both of 20 July 1997, and may be one event."
        )
    ]
