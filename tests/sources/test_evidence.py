"""What stands against publishing an entry, as far as its evidence goes."""

from typing import Any

import pytest

from desk.types import Evidence, desk_type
from record.canonical import digest, selector_digest
from sources.models import Source, Stance
from tests import world
from tests.examples import HEADINGS, TEXT

PASSAGE = {"start": "In July the delegations", "end": "by the lake."}


@pytest.fixture
def source(db: None) -> Source:
    return world.source("The talks")


@pytest.fixture
def text_held(source: Source) -> str:
    """SHA-256 of the text that the desk holds."""
    sha256: str = world.hold_text(source, TEXT, headings=HEADINGS).sha256
    return sha256


def evidence(*citations: dict[str, Any], **fields: Any) -> Evidence:
    """Of the one event ``E1``."""
    event = world.event(citations=citations, **fields)
    return desk_type("event").evidence([world.document(event)])


def problems(*citations: dict[str, Any], **fields: Any) -> list[tuple[str, str]]:
    """Claim and sentence, without the name of the event."""
    return [
        (problem.claim, problem.message.removeprefix("E1: "))
        for problem in evidence(*citations, **fields).problems
    ]


def lacks(claim: str) -> tuple[str, str]:
    return claim, f"no citation supports {claim}, and no waiver stands for it."


def test_evidence_asks_for_support_of_each_claim_that_needs_it(source: Source) -> None:
    found = problems(
        summary="They met.",
        participants=[world.participant(world.actor())],
        quantities=[{"what": "delegates", "best": 40}],
    )
    assert found == [lacks(claim) for claim in ("entry", "summary", "date", "p1", "p2")]


def test_evidence_takes_support_from_several_citations(source: Source) -> None:
    assert problems({"claims": ["entry"]}, {"claims": ["date", "title"]}) == []


@pytest.mark.parametrize("stance", [Stance.DISPUTES, Stance.MENTIONS])
def test_evidence_counts_only_what_supports(source: Source, stance: Stance) -> None:
    assert problems({"claims": ["entry"]}, {"claims": ["date"], "stance": stance}) == [
        lacks("date")
    ]


def test_support_of_a_field_of_a_part_is_no_support_of_the_part(source: Source) -> None:
    people = [world.participant(world.actor())]
    found = problems({"claims": ["entry", "date", "p1.role"]}, participants=people)
    assert found == [lacks("p1")]


def test_waiver_stands_for_the_claim_it_names_and_no_other(source: Source) -> None:
    waivers = [{"claim": "date", "reason": "Known to all."}]
    assert problems({"claims": ["title"]}, waivers=waivers) == [lacks("entry")]


def test_waiver_for_what_is_no_claim_is_a_problem(source: Source) -> None:
    waivers = [{"claim": "p9", "reason": "Known to all."}]
    assert problems({"claims": ["entry", "date"]}, waivers=waivers) == [
        ("p9", "a waiver is for p9, which is no claim of it.")
    ]


@pytest.mark.parametrize("claim", ["p9", "place", "colour", "p1.colour", "p1.key", "c1", "slug"])
def test_citation_for_what_is_no_claim_is_a_problem(source: Source, claim: str) -> None:
    people = [world.participant(world.actor())]
    assert problems({"claims": ["entry", "date", "p1", claim]}, participants=people) == [
        (claim, f"c1 speaks to {claim}, which is no claim of it.")
    ]


def test_citation_for_no_claim_is_a_problem(source: Source) -> None:
    assert problems({"claims": ["entry", "date"]}, {"claims": []}) == [
        ("c2", "c2 speaks to no claim.")
    ]


def test_assertion_that_does_not_fit_its_claim_is_a_problem(source: Source) -> None:
    citation = {"claims": ["date"], "stance": Stance.DISPUTES, "asserts": "last summer"}
    [(claim, message)] = problems({"claims": ["entry", "date"]}, citation)
    assert (claim, message[:44]) == ("c2", "c2: what it asserts does not fit the claim: ")


def test_passage_is_looked_up_in_the_text_held(source: Source, text_held: str) -> None:
    found = evidence({"source": source, "blocks": [3], **PASSAGE})
    assert found.problems == []
    [passage] = found.passages
    selector = PASSAGE | {"prefix": None, "suffix": None}
    assert passage == ("E1", "c1", selector_digest(selector), text_held, "exact")


def test_passage_is_looked_up_in_the_newest_text(source: Source, text_held: str) -> None:
    world.hold_text(source, "Something else.")
    [passage] = evidence({"source": source, **PASSAGE}).passages
    assert (passage.text, passage.state) == (digest("Something else."), "missing")


def test_passage_of_a_source_without_text_is_unchecked_and_no_problem(source: Source) -> None:
    found = evidence({"source": source, **PASSAGE})
    assert found.problems == []
    assert [(passage.text, passage.state) for passage in found.passages] == [("", "unchecked")]


def test_citation_without_a_selector_has_no_passage(source: Source, text_held: str) -> None:
    assert evidence({"source": source, "page": "3"}) == Evidence([], [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"start": "In June"}, "the passage of c1 is not in the text of {}."),
        ({"start": "delegations met"}, "the words of c1 fit more than one passage of {}."),
        (
            {"blocks": [4], **PASSAGE},
            "the passage of c1 stands in block 3, not where its locator says.",
        ),
        (
            {"blocks": [3], "start": "the host said.", "end": "The second day"},
            "the passage of c1 stands in block 3, 4, not where its locator says.",
        ),
    ],
)
@pytest.mark.usefixtures("text_held")
def test_passage_that_cannot_be_found_there_is_a_problem(
    source: Source, words: dict[str, Any], message: str
) -> None:
    found = problems({"source": source, **words})
    assert found == [("c1", message.format(source.public_id))]


@pytest.mark.usefixtures("text_held")
def test_passage_is_found_wherever_it_stands_if_no_block_is_named(source: Source) -> None:
    assert problems({"source": source, **PASSAGE}) == []


@pytest.mark.usefixtures("text_held")
def test_waiver_lets_a_passage_that_is_not_there_pass_for_its_claim_alone(source: Source) -> None:
    waivers = [{"claim": "date", "reason": "The page has changed since."}]
    gone = {"source": source, "start": "In June"}
    assert problems({"claims": ["entry"]}, {"claims": ["date"], **gone}, waivers=waivers) == []


@pytest.mark.usefixtures("text_held")
def test_waiver_does_not_let_a_passage_pass_for_other_claims(source: Source) -> None:
    waivers = [{"claim": "date", "reason": "The page has changed since."}]
    gone = {"source": source, "start": "In June"}
    found = problems({"claims": ["entry"]}, {"claims": ["date", "entry"], **gone}, waivers=waivers)
    assert found == [("c2", f"the passage of c2 is not in the text of {source.public_id}.")]


def test_evidence_reads_each_text_once(
    source: Source, text_held: str, django_assert_num_queries: Any
) -> None:
    documents = [
        world.document(world.event(f"Meeting {number}", citations=[{"source": source, **PASSAGE}]))
        for number in range(3)
    ]
    with django_assert_num_queries(1):
        found = desk_type("event").evidence(documents)
    assert [passage.state for passage in found.passages] == ["exact"] * 3


@pytest.mark.parametrize("number", [1, 3])
def test_texts_of_all_sources_are_one_query(db: None, number: int, django_assert_num_queries: Any):
    sources = [world.source(f"Source {each}") for each in range(number)]
    for each in sources:
        world.hold_text(each, "Of before.")
        world.hold_text(each, TEXT, headings=HEADINGS)
    event = world.event(citations=[{"source": each, **PASSAGE} for each in sources])
    document = world.document(event)

    with django_assert_num_queries(1):
        found = desk_type("event").evidence([document])

    assert [passage.state for passage in found.passages] == ["exact"] * number
