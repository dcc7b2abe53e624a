"""From a document back to the working entry: what is refused, and what is left alone."""

from typing import Any

import pytest

from desk.applying import apply, merges_among
from desk.publishing import withdraw
from desk.refusals import Refused
from tests import world
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


def refusal(document: Any, entry: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        apply(document, entry)
    return refused.value.messages


def fresh(entry: Any) -> Any:
    return type(entry).objects.get(pk=entry.pk)


def numbers_of_history(entry: Any) -> int:
    return entry.history.count() + sum(
        relation.related_model.history.count()
        for relation in entry._meta.related_objects
        if relation.field.name == "entry"
    )


def test_apply_leaves_other_entries_alone(full):
    before = {entry.public_id: world.document(entry) for entry in full.entries}
    document = before[full.event.public_id] | {"title": "Another title"}

    apply(document, full.event)

    after = {entry.public_id: world.document(entry) for entry in full.entries}
    assert after == before | {full.event.public_id: document}


def test_apply_matches_rows_by_key_and_leaves_no_history_of_those_that_stay(db):
    event = world.event(
        quantities=[{"what": "flags", "best": 1}, {"what": "chairs", "best": 2}],
    )
    flags, chairs = event.quantities.all()
    document = world.document(event)
    document["quantities"] = [
        {**document["quantities"][0], "best": "3"},
        {**document["quantities"][1], "key": "p9", "what": "tables"},
    ]

    apply(document, event)

    assert world.document(event) == document
    assert event.quantities.first() == flags
    history = event.quantities.model.history
    assert [row.history_type for row in history.filter(id=flags.pk).order_by("history_id")] == [
        "+",
        "~",
    ]
    assert [row.history_type for row in history.filter(id=chairs.pk).order_by("history_id")] == [
        "+",
        "-",
    ]
    assert event.history.count() == 1


def test_apply_gives_no_key_again_after_a_part_came_back(db):
    event = world.event(quantities=[{"what": "flags", "best": 1}, {"what": "chairs", "best": 2}])
    before = world.document(event)
    world.change(event, quantities=[])

    apply(before, event)
    added = event.quantities.create(what="tables", best=1, position=2)

    assert [row["key"] for row in before["quantities"]] == ["p1", "p2"]
    assert added.key == "p3"
    assert world.document(event)["quantities"][:2] == before["quantities"]


def test_apply_swaps_what_no_two_rows_may_share(db):
    term = world.term(
        labels=[{"label": "Talks", "language": "en"}, {"label": "Söhbət", "language": "az"}]
    )
    document = world.document(term)
    first, second = document["labels"]
    first["language"], second["language"] = "az", "en"

    apply(document, term)

    assert world.document(term) == document
    assert [(row.key, row.language) for row in term.labels.all()] == [("p1", "az"), ("p2", "en")]


def test_apply_gives_a_removed_rows_place_to_another(db):
    term = world.term(labels=[{"label": "Talks", "language": "en"}])
    document = world.document(term)
    document["labels"][0] = {**document["labels"][0], "key": "p2", "label": "Negotiations"}

    apply(document, term)

    assert world.document(term) == document


def test_apply_names_every_reference_that_is_missing_or_of_another_type(db):
    event = world.event()
    document = world.document(event) | {
        "place": "L99",
        "part_of": "A1",
        "follows": ["E98", 7],
        "kind": None,
    }

    assert refusal(document, event) == [
        "kind: This field may not be null.",
        "place: L99 is not at the desk.",
        "part_of: 'A1' is not the id of such an entry; those start with E.",
        "follows: E98 is not at the desk.",
    ]


def test_apply_names_a_part_that_is_missing(db):
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}])
    event = world.event(participants=[world.participant(envoy, tenure=envoy.tenures.get())])
    document = world.document(event)
    name = envoy.names.get().key
    document["participants"][0]["tenure"] = f"{envoy.public_id}/{name}"

    assert refusal(document, event) == [
        f"participants[0].tenure: {envoy.public_id} has no {name} among its tenures."
    ]


def test_apply_refuses_a_term_of_another_vocabulary(db):
    event = world.event()
    topic = world.term("Borders", vocabulary=Vocabulary.TOPIC)
    document = world.document(event) | {"kind": topic.public_id}

    assert refusal(document, event) == [
        f"event: kind: {topic.public_id} is not one of the choices."
    ]


def test_apply_refuses_references_to_what_was_withdrawn(contributor, editor, chief_editor):
    lake = world.place("The Lake")
    event = world.event(place=lake, by=contributor)
    world.publish_all(event, by=contributor, approved_by=editor)
    before = world.document(event)
    event.citations.update(claims=["entry", "date"])
    world.change(event, place=None, by=contributor)
    world.publish_all(event, by=contributor, approved_by=editor)
    withdraw([lake.public_id], by=chief_editor, approved_by=editor, reason="There is no lake.")

    assert refusal(before, event) == [f"place: {lake.public_id} has been withdrawn."]
    assert event.place is None


def test_apply_follows_merges_of_entries_and_of_their_parts(contributor, editor):
    loser = world.actor("The Envoy", tenures=[{"role": "Envoy"}], by=contributor)
    winner = world.actor("The Special Envoy", tenures=[{"role": "Special envoy"}], by=contributor)
    event = world.event(participants=[world.participant(loser, tenure=loser.tenures.get())])
    before = world.document(event)
    world.publish_all(loser, winner, by=contributor, approved_by=editor)
    there = f"{winner.public_id}/{winner.tenures.get().key}"
    world.merge_by_hand(
        loser,
        winner,
        keys={f"{loser.public_id}/{loser.tenures.get().key}": there},
        by=contributor,
        approved_by=editor,
    )

    apply(before, event)

    [participant] = world.document(event)["participants"]
    assert (participant["actor"], participant["tenure"]) == (winner.public_id, there)


def test_merges_are_followed_to_the_end(contributor, editor):
    first, second, third = (world.actor(f"Actor {number}") for number in range(3))
    world.publish_all(first, second, third, by=contributor, approved_by=editor)
    people = {"by": contributor, "approved_by": editor}
    one, two = first.public_id, second.public_id
    world.merge_by_hand(first, second, keys={f"{one}/p1": f"{two}/p7"}, **people)
    world.merge_by_hand(second, third, keys={f"{two}/p7": f"{third.public_id}/p9"}, **people)

    assert merges_among({one}) == {
        one: third.public_id,
        f"{one}/p1": f"{third.public_id}/p9",
        two: third.public_id,
        f"{two}/p7": f"{third.public_id}/p9",
    }
    assert merges_among({third.public_id}) == {}


def test_apply_refuses_the_document_of_another_entry(db):
    one, other = world.event("One"), world.event("Other")

    assert refusal(world.document(other), one) == [
        f"This is a document of {other.public_id}, not of {one.public_id}."
    ]
    assert refusal({**world.document(one), "id": "A7"}, type(one)()) == [
        "A7 is no id of this type: it has no E."
    ]


def test_apply_refuses_a_slug_that_another_entry_has(db):
    one, other = world.event("One"), world.event("Other")
    document = world.document(one) | {"slug": other.slug}

    assert refusal(document, one) == ["Event with this Slug already exists."]
    assert fresh(one).slug == "one"


def test_apply_refuses_a_key_that_two_rows_have(db):
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}])
    document = world.document(envoy)
    document["tenures"][0]["key"] = document["names"][0]["key"] = "p7"

    assert refusal(document, envoy) == ["There is more than one p7."]


def test_apply_refuses_to_remove_a_part_that_another_entry_uses(db):
    envoy = world.actor("The Envoy", tenures=[{"role": "Envoy"}])
    event = world.event(participants=[world.participant(envoy, tenure=envoy.tenures.get())])
    document = world.document(envoy) | {"tenures": []}

    [message] = refusal(document, envoy)

    assert message.startswith("A part that would be removed is used by ")
    assert world.document(event)["participants"][0]["tenure"] == (
        f"{envoy.public_id}/{envoy.tenures.get().key}"
    )


@pytest.mark.parametrize(
    ("member", "value", "complaint"),
    [
        ("title", None, "title: This field may not be null."),
        ("title", "x" * 201, "title: Ensure this field has no more than 200 characters."),
        ("language", "English", "event: language: Use a tag like en or az."),
        ("slug", "No Slug!", "event: slug: Enter a valid “slug” consisting of"),
        ("slug", "e14", "event: slug: The slug “e14” looks like a public id; add a word to it."),
        ("date", {"edtf": "31 July"}, "date: "),
        ("summary", "e\u0301", "$.summary: the text is not in Unicode NFC"),
        (
            "summary",
            " spaces ",
            "E1: this document would not come back as it is; it differs at sum",
        ),
        ("summary", "", "summary: This field may not be blank."),
        ("colour", "blue", "E1: this document would not come back as it is; it differs at colour."),
        ("type", "actor", "E1: this document would not come back as it is; it differs at type."),
    ],
)
def test_apply_says_what_does_not_fit(db, member, value, complaint):
    event = world.event()
    document = world.document(event)

    [message] = refusal(document | {member: value}, event)

    assert message.startswith(complaint)
    assert world.document(event) == document


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"low": None, "best": None, "high": None}, "Give at least one figure."),
        ({"low": "3", "best": "2"}, "Low, best and high have to be in ascending order."),
        ({"best": "1e30"}, "p1: best: Ensure that there are no more than 18 digits in total."),
        ({"best": "0.00001"}, "p1: best: Ensure that there are no more than 4 decimal places."),
    ],
)
def test_apply_says_which_constraint_refuses_a_row(db, row, complaint):
    event = world.event(quantities=[{"what": "flags", "best": 1}])
    document = world.document(event)
    document["quantities"][0] |= row

    assert refusal(document, event)[0] == complaint
    assert event.quantities.get().best == 1


def test_apply_takes_a_retired_term_only_where_the_entry_uses_it_already(contributor, editor):
    kept, saved = (world.event(title, by=contributor) for title in ("One", "Two"))
    other = world.event("Three", kind=world.term("Other"), by=contributor)
    term = kept.kind
    world.publish_all(kept, by=contributor, approved_by=editor)
    published = world.document(kept)
    world.change(kept, by=contributor, kind=other.kind)
    world.change(term, by=editor, retired=True)

    apply(published, kept)  # it is used by what is published
    apply(world.document(saved) | {"title": "Corrected"}, saved)
    with pytest.raises(Refused) as refused:
        apply(world.document(other) | {"kind": term.public_id}, other)

    assert refused.value.messages == [
        (
            f"kind: Meeting ({term.public_id}) is retired: it is kept for the entries that have "
            "it, and not for others. Choose another."
        )
    ]
