"""What has to hold before documents enter the record: evidence, and references that lead there."""

import pytest
from django.db import transaction

from desk.publishing import withdraw
from desk.refusals import Refused
from record.models import Edition, Version
from record.reading import Record
from record.verification import verify
from sources.models import Stance
from tests import world

pytestmark = pytest.mark.django_db

TEXT = """They met by the lake in July.

The second day they met by the bridge, and by the bridge they parted.

“Never again” – said the host."""


@pytest.fixture
def people(contributor, editor):
    return {"by": contributor, "approved_by": editor}


def refusal(call) -> list[str]:
    editions = Edition.objects.count()
    with pytest.raises(Refused) as refused, transaction.atomic():
        call()
    assert Edition.objects.count() == editions
    return refused.value.messages


def publish(entry, people) -> list[str]:
    """What stands against publishing the entry; an empty list where it was published."""
    try:
        with transaction.atomic():
            world.publish_all(entry, **people)
    except Refused as refused:
        return refused.messages
    return []


# Invariant 4: no claim without evidence --------------------------------------------------------


def test_every_claim_that_needs_evidence_has_to_have_it(people):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(
        by=people["by"],
        summary="They met.",
        place=lake,
        quantities=[{"what": "flags", "best": 1}],
        citations=[{"claims": ["summary", "title"]}],
    )

    assert publish(event, people) == [
        f"E1: no citation supports {claim}, and no waiver stands for it."
        for claim in ("entry", "date", "place", "p1")
    ]


@pytest.mark.parametrize("stance", [Stance.DISPUTES, Stance.MENTIONS])
def test_a_citation_that_does_not_support_is_no_evidence(people, stance):
    event = world.event(
        by=people["by"],
        citations=[{"claims": ["entry"]}, {"claims": ["date"], "stance": stance}],
    )

    assert publish(event, people) == ["E1: no citation supports date, and no waiver stands for it."]


def test_a_citation_for_the_entry_is_not_inherited_by_its_claims(people):
    event = world.event(by=people["by"], citations=[{"claims": ["entry", "title"]}])

    assert publish(event, people) == ["E1: no citation supports date, and no waiver stands for it."]


def test_a_waiver_stands_in_for_evidence_and_in_the_document(people):
    event = world.event(
        by=people["by"],
        waivers=[{"claim": "date", "reason": "On every calendar."}],
        citations=[{"claims": ["entry"]}],
    )

    assert publish(event, people) == []
    document = world.document(event)
    assert document["waivers"] == [{"claim": "date", "reason": "On every calendar."}]
    assert '"reason":"On every calendar."' in Version.objects.get(public_id="E1").document


def test_what_is_no_claim_is_neither_cited_nor_waived(people):
    event = world.event(
        by=people["by"],
        waivers=[{"claim": "place", "reason": "There is none."}],
        citations=[{}, {"claims": ["p9", "p9.role", "colour"]}, {"claims": []}],
    )

    assert publish(event, people) == [
        "E1: a waiver is for place, which is no claim of it.",
        "E1: c2 speaks to p9, which is no claim of it.",
        "E1: c2 speaks to p9.role, which is no claim of it.",
        "E1: c2 speaks to colour, which is no claim of it.",
        "E1: c3 speaks to no claim.",
    ]


@pytest.fixture
def held(people):
    source = world.source(by=people["by"])
    world.hold_text(source, TEXT)
    return source


@pytest.mark.parametrize(
    ("selector", "problem"),
    [
        ({"start": "by the lake"}, None),
        ({"start": "They met", "end": "July."}, None),
        ({"start": "by the bridge", "suffix": "they parted"}, None),
        ({"start": '"Never again" - said'}, None),  # quotation marks and dashes are folded
        ({"start": "by the moon"}, "the passage of c2 is not in the text of S1."),
        ({"start": "BY THE LAKE"}, "the passage of c2 is not in the text of S1."),
        ({"start": "by the lak"}, "the passage of c2 is not in the text of S1."),
        ({"start": "July", "end": "They met"}, "the passage of c2 is not in the text of S1."),
        ({"start": "by the bridge"}, "the words of c2 fit more than one passage of S1."),
        (
            {"start": "by the lake", "blocks": [2]},
            "the passage of c2 stands in block 1, not where its locator says.",
        ),
    ],
)
def test_a_passage_has_to_be_found_in_the_text_that_the_desk_holds(people, held, selector, problem):
    event = world.event(
        by=people["by"], citations=[{}, {"source": held, "claims": ["date"], **selector}]
    )

    assert publish(event, people) == ([f"E1: {problem}"] if problem else [])


def test_a_passage_of_a_source_without_a_text_is_unchecked_and_passes(people):
    event = world.event(by=people["by"], citations=[{"start": "by the moon"}])

    assert publish(event, people) == []
    document = world.document(event)
    assert Record.current().checks([document]) == {}


def test_the_newest_text_is_what_counts(people, held):
    event = world.event(by=people["by"], citations=[{"source": held, "start": "by the lake"}])
    world.hold_text(held, "They met on a boat.")

    assert publish(event, people) == ["E1: the passage of c1 is not in the text of S1."]


def test_a_missing_passage_can_be_waived_claim_by_claim(people, held):
    event = world.event(
        by=people["by"],
        citations=[{"source": held, "start": "by the moon"}],
        waivers=[{"claim": "date", "reason": "Known."}],
    )
    assert publish(event, people) == ["E1: the passage of c1 is not in the text of S1."]

    event.waivers.create(claim="entry", reason="Known.")
    world.change(event, by=people["by"])
    assert publish(event, people) == []


@pytest.mark.parametrize(
    ("citation", "problem"),
    [
        (
            {"claims": ["date"], "stance": "disputes", "asserts": {"edtf": "1998"}},
            (
                "what it asserts does not fit the claim: write it as "
                '{"as_given":null,"earliest":"1998-01-01","edtf":"1998","inferred":false,'
                '"latest":"1998-12-31"}.'
            ),
        ),
        (
            {"claims": ["date"], "stance": "disputes", "asserts": {"edtf": "sometime"}},
            "what it asserts does not fit the claim: “s” cannot stand in a date.",
        ),
        (
            {"claims": ["date"], "stance": "disputes", "asserts": "1998"},
            "what it asserts does not fit the claim: A date is an object",
        ),
        (
            {"claims": ["entry"], "stance": "disputes", "asserts": "No."},
            "the claim entry has no value to put another against.",
        ),
        (
            {"claims": ["place"], "stance": "disputes", "asserts": ["L1"]},
            "what it asserts does not fit the claim: ['L1'] is not an id that starts L.",
        ),
        (
            {"claims": ["place"], "stance": "disputes", "asserts": {"a": [1]}},
            "what it asserts does not fit the claim: {'a': [1]} is not an id that starts L.",
        ),
        (
            {"claims": ["p1.best"], "stance": "disputes", "asserts": "1.50"},
            'what it asserts does not fit the claim: write it as "1.5".',
        ),
        (
            {"claims": ["p1"], "stance": "disputes", "asserts": {"best": "2"}},
            (
                "what it asserts does not fit the claim: it has exactly these members: "
                "approximate, best, high, low, unit, what."
            ),
        ),
        (
            {"claims": ["follows"], "stance": "disputes", "asserts": 7},
            "what it asserts does not fit the claim: This is a list of public ids.",
        ),
    ],
)
def test_what_a_citation_asserts_has_the_shape_of_the_claim(people, citation, problem):
    lake = world.place("The Lake", by=people["by"])
    earlier = world.event("Earlier", by=people["by"])
    event = world.event(
        by=people["by"],
        place=lake,
        follows=[earlier],
        quantities=[{"what": "flags", "best": 1}],
        citations=[{}, citation],
    )

    [message] = publish(event, people)
    assert message.startswith(f"E2: c2: {problem}")


@pytest.mark.parametrize(
    ("claims", "asserts"),
    [
        (["title"], "Another title"),
        (["follows"], ["E1"]),
        (["p1.best"], "2.5"),
        (
            ["p1"],
            {
                "what": "flags",
                "low": None,
                "best": "2",
                "high": None,
                "unit": None,
                "approximate": True,
            },
        ),
    ],
)
def test_what_fits_the_claim_is_published(people, claims, asserts):
    earlier = world.event("Earlier", by=people["by"])
    event = world.event(
        by=people["by"],
        follows=[earlier],
        quantities=[{"what": "flags", "best": 1}],
        citations=[{}, {"claims": claims, "stance": "disputes", "asserts": asserts}],
    )

    assert publish(event, people) == []
    assert Version.objects.get(public_id=event.public_id).contested is True


def test_terms_and_sources_need_no_evidence(people):
    assert publish(world.term(by=people["by"]), people) == []
    assert publish(world.source(by=people["by"]), people) == []


# Invariant 7: every reference resolves ---------------------------------------------------------


def only(*entries, people) -> list[str]:
    return refusal(lambda: world.publish_only(*entries, **people))


def test_a_reference_to_what_is_not_published_is_refused(people):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(by=people["by"], place=lake)
    source = event.citations.get().source

    assert only(event, people=people) == [
        "E1 refers to L1, which is not published.",
        "E1 refers to S1, which is not published.",
        "E1 refers to T1, which is not published.",
    ]
    assert only(event, event.kind, source, people=people) == [
        "E1 refers to L1, which is not published."
    ]
    world.publish_only(event, event.kind, source, lake, **people)


def test_a_reference_to_what_was_withdrawn_is_refused(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    world.publish_all(lake, **people)
    withdraw([lake.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")
    event = world.event(by=people["by"], place=lake)

    assert only(event, event.kind, people=people) == ["E1 refers to L1, which is not published."]


def test_a_reference_within_what_a_citation_asserts_has_to_resolve_too(people):
    here, there = world.place("Here", by=people["by"]), world.place("There", by=people["by"])
    event = world.event(
        by=people["by"],
        place=here,
        citations=[{}, {"claims": ["place"], "stance": "disputes", "asserts": there.public_id}],
    )

    assert only(event, event.kind, here, event.citations.first().source, people=people) == [
        f"E1 refers to {there.public_id}, which is not published."
    ]
    assert publish(event, people) == []


def test_a_reference_to_a_part_that_is_not_published_is_refused(people):
    envoy = world.actor("The Envoy", by=people["by"])
    world.publish_all(envoy, **people)
    tenure = envoy.tenures.create(role="Envoy")
    event = world.event(
        by=people["by"], participants=[world.participant(envoy, tenure=tenure, by=people["by"])]
    )
    roles = [event.kind, event.participants.get().role]

    assert only(event, *roles, people=people) == [f"E1 refers to A1/{tenure.key}, which is gone."]
    world.change(envoy, by=people["by"], citations=[{}])
    world.publish_only(event, envoy, *roles, **people)
    assert verify().faults == []


def test_removing_a_part_that_others_refer_to_is_refused(people):
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}], by=people["by"])
    tenure = envoy.tenures.get()
    event = world.event(
        by=people["by"], participants=[world.participant(envoy, tenure=tenure, by=people["by"])]
    )
    world.publish_all(event, **people)
    # At the desk, the event lets go of the tenure; that is not published.
    participant = event.participants.get()
    participant.tenure = None
    participant.save()
    world.change(event, by=people["by"])
    world.change(envoy, by=people["by"], tenures=[], citations=[{}])

    assert only(envoy, people=people) == [f"A1/{tenure.key} cannot go: E1 refers to it."]
    world.publish_only(envoy, event, **people)
    assert verify().faults == []


def test_withdrawing_what_others_refer_to_is_refused_with_their_names(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    events = [world.event(f"Event {number}", place=lake, by=people["by"]) for number in range(3)]
    world.publish_all(*events, **people)

    def attempt(*entries):
        return withdraw(
            [entry.public_id for entry in entries],
            by=chief_editor,
            approved_by=people["approved_by"],
            reason="No.",
        )

    assert refusal(lambda: attempt(lake)) == [
        f"L1 cannot go: {event.public_id} refers to it." for event in events
    ]
    assert refusal(lambda: attempt(lake, *events[:2])) == ["L1 cannot go: E3 refers to it."]
    # All together, or once nobody refers to it any more.
    attempt(lake, *events)
    assert [version.public_id for version in Record.current().versions()] == ["S1", "T1"]
    assert verify().faults == []


def test_what_refers_only_in_the_past_does_not_hold_an_entry_back(people, chief_editor):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(place=lake, by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], place=None, citations=[])
    world.cite(event, by=people["by"])
    world.change(event, by=people["by"])
    world.publish_all(event, **people)

    withdraw([lake.public_id], by=chief_editor, approved_by=people["approved_by"], reason="No.")

    assert Record(1).references(["L1"])["L1"].name == "The Lake"
    assert Record(3).references(["L1"]) == {}
    assert verify().faults == []


def test_two_entries_that_refer_to_one_another_are_published_together(people):
    first, second = world.event("First", by=people["by"]), world.event("Second", by=people["by"])
    first.follows.set([second])
    second.follows.set([first])
    for event in (first, second):
        world.change(event, by=people["by"], citations=[{}])

    assert only(first, first.kind, first.citations.get().source, people=people) == [
        "E1 refers to E2, which is not published."
    ]
    assert publish(first, people) == []
    assert verify().faults == []
