"""Claims and values of documents in words."""

import pytest

from record.changes import change_of
from record.differences import Difference
from record.wording import Said, Wording
from tests import world

NAMES = {
    "A1": "The Republic",
    "A2": "The Envoy",
    "A2/p4": "The Envoy, Head of the delegation",
    "L1": "Lakeside",
    "S1": "The talks by the lake",
    "T5": "Delegate",
    "T9": "Withdrawal",
}


@pytest.fixture
def event(full):
    return world.document(full.event)


def words(document, names=NAMES):
    return Wording(document["type"], [document], names)


EVENT = {
    "id": "E1",
    "type": "event",
    "participants": [{"key": "p2", "actor": "A2", "role": "T5", "tenure": "A2/p4"}],
    "quantities": [
        {
            "key": "p3",
            "what": "delegates",
            "low": None,
            "best": "40",
            "high": None,
            "unit": None,
            "approximate": True,
        }
    ],
    "citations": [
        {"key": "c1", "source": "S1", "claims": ["p2.role"], "asserts": "T9", "stance": "disputes"}
    ],
    "identifiers": [{"scheme": "doi", "value": "10.5555/1"}],
    "waivers": [{"claim": "p2.role", "reason": "Known."}],
}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("date",), "date"),
        (("part_of",), "part of"),
        (("participants", "p2"), "participant p2 (The Envoy)"),
        (("participants", "p2", "role"), "participant p2 (The Envoy): role"),
        (("participants", "p2", "tenure"), "participant p2 (The Envoy): in the capacity of"),
        (("quantities", "p3", "best"), "quantity p3 (delegates): best estimate"),
        (("citations", "c1"), "citation c1 (The talks by the lake)"),
        (("citations", "c1", "claims"), "citation c1 (The talks by the lake): speaks to"),
        (("identifiers", "doi 10.5555/1"), "identifier doi 10.5555/1"),
        (("waivers", "p2.role"), "waiver for participant p2 (The Envoy): role"),
        (("participants", "p9"), "participants p9"),
        (("state",), "state"),
    ],
)
def test_places_in_a_document_are_said_in_words(path, said):
    assert words(EVENT).where(path) == said


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("entry", "the entry itself"),
        ("date", "date"),
        ("p2", "participant p2 (The Envoy)"),
        ("p2.role", "participant p2 (The Envoy): role"),
        ("p9", "p9"),
    ],
)
def test_claims_are_said_in_words(claim, said):
    assert words(EVENT).claim(claim) == said


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("title",), "L1", "L1"),  # a title that looks like an id is none
        (("place",), "L1", "Lakeside (L1)"),
        (("place",), "L7", "L7"),
        (("follows",), ["E3", "E4"], "E3, E4"),
        (("participants", "p2", "tenure"), "A2/p4", "The Envoy, Head of the delegation (A2/p4)"),
        (("quantities", "p3", "approximate"), True, "yes"),
        (("citations", "c1", "stance"), "disputes", "Disputes"),
        (("citations", "c1", "accessed_on"), "2024-05-06", "6 May 2024"),
        (
            ("citations", "c1", "claims"),
            ["entry", "p2"],
            "the entry itself\nparticipant p2 (The Envoy)",
        ),
        (("citations", "c1", "asserts"), "T9", "Withdrawal (T9)"),
        (("quantities",), ["p3"], "quantity p3 (delegates)"),
        (
            ("date",),
            {"edtf": "1997-07", "as_given": "in July", "inferred": True},
            "July 1997 (1997-07; in the source: “in July”), inferred",
        ),
        (("date",), {"edtf": "1997", "as_given": None, "inferred": False}, "1997"),
        (
            ("citations", "c1", "locator"),
            {
                "section": "Opening",
                "blocks": [3, 4],
                "page": None,
                "timecode": None,
                "record": None,
            },
            "section “Opening”, blocks 3–4",
        ),
        (
            ("citations", "c1", "selector"),
            {"start": "In July", "end": "the lake", "prefix": None, "suffix": "."},
            "“In July […] the lake”, before “.”",
        ),
    ],
)
def test_values_are_said_as_readers_see_them(path, value, said):
    assert words(EVENT).said(path, value) == Said(said)


def test_whole_rows_are_said_by_their_members():
    wording = words(EVENT)

    assert wording.said(["participants", "p2"], EVENT["participants"][0]) == Said(
        members=[
            ("actor", "The Envoy (A2)"),
            ("role", "Delegate (T5)"),
            ("in the capacity of", "The Envoy, Head of the delegation (A2/p4)"),
        ]
    )
    assert wording.said(["quantities", "p3"], EVENT["quantities"][0]) == Said("delegates: about 40")


def test_coordinates_and_choices_are_said_as_on_the_pages(full):
    place = world.document(full.place)

    assert words(place).said(["coordinates"], place["coordinates"]) == Said(
        "40.4093°\xa0N, 49.867°\xa0W, centre of a settlement"
    )
    assert words(place).claimed("p2", place).members[2] == ("usage", "Official")


def test_parts_of_the_same_entry_are_named(full):
    proposal = world.document(full.proposal)
    response = next(row for row in proposal["responses"] if row["to"])
    topic = next(row["topic"] for row in proposal["provisions"] if row["key"] == response["to"])

    said = words(proposal, {topic: "Withdrawal"}).said(
        ["responses", response["key"], "to"], response["to"]
    )

    assert said == Said(f"provision {response['to']} (Withdrawal)")


def test_everything_that_a_document_of_each_type_holds_is_said(full):
    for entry in (full.term, full.source, full.place, full.actor, full.event, full.proposal):
        document = world.document(entry)
        for name, value in document.items():
            if name not in ("id", "type") and value not in (None, "", [], False):
                rows = value if isinstance(value, list) and isinstance(value[0], dict) else None
                paths = [([name], value)]
                if rows and "key" in rows[0]:
                    paths = [([name, row["key"]], row) for row in rows]
                for path, inner in paths:
                    if not (rows and len(path) == 1):
                        assert words(document).said(path, inner), (path, inner)


def test_of_a_list_what_went_and_what_came_is_said():
    change = change_of(
        Difference(("follows",), "changed", ["E3", "E4"], ["E4", "E5"]), words(EVENT)
    )

    assert (change.before, change.after, change.is_list) == (Said("E3"), Said("E5"), True)


def test_only_texts_are_compared_word_by_word():
    title = change_of(
        Difference(("title",), "changed", "A first talk", "A last talk"), words(EVENT)
    )
    place = change_of(Difference(("place",), "changed", "L1", "L2"), words(EVENT))

    assert title.text.marked is True
    assert place.text is None


def test_a_text_is_told_in_the_language_of_its_row():
    actor = {
        "id": "A1",
        "type": "actor",
        "language": "fr",
        "names": [
            {"key": "p1", "text": "The envoy", "language": "en"},
            {"key": "p2", "text": "Посланник", "language": "ru"},
        ],
    }
    told = Wording("actor", [actor], {}, language="fr")
    paths = [("description",), ("names", "p1", "text"), ("names", "p2", "text"), ("names", "p2")]
    assert [told.language_at(path) for path in paths] == ["fr", "", "ru", ""]
    assert [words(actor).language_at(path) for path in paths] == ["", "", "", ""]
