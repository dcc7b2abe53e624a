"""Invariant 4: no claim without evidence."""

import pytest

from record.models import Version
from record.reading import Record
from sources.models import Stance
from tests import world
from tests.refusals import against_publishing

pytestmark = pytest.mark.django_db

TEXT = """They met by the lake in July.

The second day they met by the bridge, and by the bridge they parted.

“Never again” – said the host."""


def test_every_claim_that_needs_evidence_has_to_have_it(people):
    lake = world.place("The Lake", by=people["by"])
    event = world.event(
        by=people["by"],
        summary="They met.",
        place=lake,
        quantities=[{"what": "flags", "best": 1}],
        citations=[{"claims": ["summary", "title"]}],
    )

    assert against_publishing(event, people) == [
        f"E1: no citation supports {claim}, and no waiver stands for it."
        for claim in ("entry", "date", "place", "quantity p1 (flags)")
    ]


@pytest.mark.parametrize("stance", [Stance.DISPUTES, Stance.MENTIONS])
def test_a_citation_that_does_not_support_is_no_evidence(people, stance):
    event = world.event(
        by=people["by"],
        citations=[{"claims": ["entry"]}, {"claims": ["date"], "stance": stance}],
    )

    assert against_publishing(event, people) == [
        "E1: no citation supports date, and no waiver stands for it."
    ]


def test_a_citation_for_the_entry_is_not_inherited_by_its_claims(people):
    event = world.event(by=people["by"], citations=[{"claims": ["entry", "title"]}])

    assert against_publishing(event, people) == [
        "E1: no citation supports date, and no waiver stands for it."
    ]


def test_a_waiver_stands_in_for_evidence_and_in_the_document(people):
    event = world.event(
        by=people["by"],
        waivers=[{"claim": "date", "reason": "On every calendar."}],
        citations=[{"claims": ["entry"]}],
    )

    assert against_publishing(event, people) == []
    document = world.document(event)
    assert document["waivers"] == [{"claim": "date", "reason": "On every calendar."}]
    assert '"reason":"On every calendar."' in Version.objects.get(public_id="E1").document


def test_what_is_no_claim_is_neither_cited_nor_waived(people):
    event = world.event(
        by=people["by"],
        waivers=[{"claim": "place", "reason": "There is none."}],
        citations=[{}, {"claims": ["p9", "p9.role", "colour"]}, {"claims": []}],
    )

    assert against_publishing(event, people) == [
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

    assert against_publishing(event, people) == ([f"E1: {problem}"] if problem else [])


def test_a_passage_of_a_source_without_a_text_is_unchecked_and_passes(people):
    event = world.event(by=people["by"], citations=[{"start": "by the moon"}])

    assert against_publishing(event, people) == []
    document = world.document(event)
    assert Record.current().checks([document]) == {}


def test_the_newest_text_is_what_counts(people, held):
    event = world.event(by=people["by"], citations=[{"source": held, "start": "by the lake"}])
    world.hold_text(held, "They met on a boat.")

    assert against_publishing(event, people) == ["E1: the passage of c1 is not in the text of S1."]


def test_a_missing_passage_can_be_waived_claim_by_claim(people, held):
    event = world.event(
        by=people["by"],
        citations=[{"source": held, "start": "by the moon"}],
        waivers=[{"claim": "date", "reason": "Known."}],
    )
    assert against_publishing(event, people) == ["E1: the passage of c1 is not in the text of S1."]

    event.waivers.create(claim="entry", reason="Known.")
    world.change(event, by=people["by"])
    assert against_publishing(event, people) == []


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
            "what it asserts does not fit the claim: “['L1']” is not an id like L1.",
        ),
        (
            {"claims": ["place"], "stance": "disputes", "asserts": {"a": [1]}},
            "what it asserts does not fit the claim: “{'a': [1]}” is not an id like L1.",
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

    [message] = against_publishing(event, people)
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

    assert against_publishing(event, people) == []
    assert Version.objects.get(public_id=event.public_id).contested is True


def test_terms_and_sources_need_no_evidence(people):
    assert against_publishing(world.term(by=people["by"]), people) == []
    assert against_publishing(world.source(by=people["by"]), people) == []
