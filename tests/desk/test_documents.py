"""What documents are made of: there and back, and nothing of anybody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle.dates import display
from desk.applying import apply
from desk.documents import by_number
from desk.types import desk_type, desk_type_of
from record.canonical import canonical
from record.types import Document, Target, type_named
from tests import world
from tests.desk.generated import CANARY, LETTERS, Pool, documents, pool

pytestmark = pytest.mark.django_db

TYPES = list(LETTERS)
OF_A_VERSION = {"version", "edition", "schema", "change", "checksum", "sha256", "salt", "checks"}

# Each example writes some forty rows, with their history; CHRONICLE_EXAMPLES=200 is thorough.
thorough = settings(
    max_examples=int(os.environ.get("CHRONICLE_EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def others(kept: Any) -> Pool:
    return kept(pool)


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins with the same desk."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_of(entry: Any) -> list[Any]:
    """All that belongs to the entry, freshly read."""
    relations = [one for one in entry._meta.related_objects if one.field.name == "entry"]
    return [
        row
        for relation in relations
        for row in relation.related_model._base_manager.filter(entry=entry)
    ]


def history_of(entry: Any) -> int:
    """How many history rows there are of the entry's type, its rows and those of its rows."""
    models = [type(entry), *(type(row) for row in rows_of(entry))]
    return sum(model.history.count() for model in set(models))


def members_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Every member of the document at any depth, with its value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from members_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield "", inner
            yield from members_of(inner)


@pytest.mark.parametrize("type_name", TYPES)
def test_documents_come_back_as_they_were(type_name: str, others: Pool):
    public_id = f"{LETTERS[type_name]}9000"

    @thorough
    @given(
        documents(type_name, others, public_id),
        documents(type_name, others, public_id),
    )
    def check(first: Document, second: Document) -> None:
        build = desk_type(type_name).build
        with undone():
            entry = desk_type(type_name).model()
            apply(first, entry)
            assert build(entry) == first

            apply(second, entry)
            assert canonical(build(entry)) == canonical(second)

            before = history_of(entry)
            apply(second, type(entry).objects.get(pk=entry.pk))
            assert history_of(entry) == before

            for row in [type(entry).objects.get(pk=entry.pk), *rows_of(entry)]:
                row.save()
            built = build(entry)
            assert canonical(built) == canonical(second)
            assert_nothing_of_others(built)

    check()


def assert_nothing_of_others(document: Document) -> None:
    """No name, address or rendered date, nothing of a version, no float."""
    text = canonical(document)
    # All that it refers to has the canary in its names, slugs and texts.
    assert CANARY not in text
    assert type_named(document["type"]).url(document["slug"]) not in text
    for name, value in members_of(document):
        assert not isinstance(value, float)
        assert name not in OF_A_VERSION
        if name == "edtf":
            shown = display(value)
            assert shown == value or shown not in text


@pytest.mark.parametrize("type_name", TYPES)
def test_documents_hold_no_note_of_the_desk(type_name: str, full):
    entry = getattr(full, type_name)
    world.change(entry, desk_note=f"{CANARY} is never shown.")

    assert_nothing_of_others(world.document(entry))


@pytest.mark.parametrize("type_name", TYPES)
def test_references_are_replaced_wherever_they_stand(type_name: str, others: Pool):
    mapping = {
        public_id: f"{public_id[0]}7{public_id[1:]}"
        for ids in others.ids.values()
        for public_id in ids
    }
    mapping |= {
        name: f"{mapping[name.partition('/')[0]]}/p7{name.partition('/p')[2]}"
        for names in others.parts.values()
        for name in names
    }
    back = {new: old for old, new in mapping.items()}

    def replaced(target: Target) -> Target:
        new, _, part = mapping[
            f"{target.id}/{target.part}" if target.part else target.id
        ].partition("/")
        predicate, _, role = target.predicate.partition(" as ")
        return Target(f"{predicate} as {mapping[role]}" if role else predicate, new, part)

    @thorough
    @given(documents(type_name, others, f"{LETTERS[type_name]}9000"))
    def check(document: Document) -> None:
        there = desk_type(type_name).replace_references(document, mapping)
        targets = desk_type(type_name).targets

        assert set(targets(there)) == {replaced(target) for target in targets(document)}
        assert desk_type(type_name).replace_references(there, back) == document
        assert desk_type(type_name).replace_references(document, {}) == document

    check()


def test_texts_are_kept_in_one_form(db: None):
    event = world.event(
        "  Ge\u0301ne\u0300ve  ",
        summary="one\r\ntwo\rthree\n",
        quantities=[{"what": "A\u030angstro\u0308m", "best": 1}],
        citations=[{"note": "a\r\nb", "start": "cafe\u0301"}],
    )
    document = world.document(event)

    assert document["title"] == "Génève"
    assert document["summary"] == "one\ntwo\nthree"
    assert document["quantities"][0]["what"] == "Ångström"
    assert document["citations"][0]["note"] == "a\nb"
    assert document["citations"][0]["selector"]["start"] == "café"


def test_json_of_citations_is_kept_in_one_form(db: None):
    event = world.event(
        citations=[
            {},
            {
                "claims": ["summary"],
                "stance": "disputes",
                "asserts": "Nobody came to Gene\u0300ve.\r\n",
            },
        ],
        summary="Everybody came.",
    )

    assert world.document(event)["citations"][1]["asserts"] == "Nobody came to Genève."


def test_identifiers_and_waivers_stand_in_an_order_that_no_database_chooses(db: None):
    event = world.event(
        identifiers=[
            {"scheme": scheme, "value": value}
            for scheme, value in [("b", "1"), ("B", "1"), ("a", "ə"), ("a", "z"), ("a", "Z")]
        ],
        waivers=[{"claim": claim, "reason": "Known."} for claim in ("title", "entry", "date")],
    )
    document = world.document(event)

    assert [(row["scheme"], row["value"]) for row in document["identifiers"]] == [
        ("B", "1"),
        ("a", "Z"),
        ("a", "z"),
        ("a", "ə"),
        ("b", "1"),
    ]
    assert [row["claim"] for row in document["waivers"]] == ["date", "entry", "title"]


def test_build_asks_as_often_for_three_rows_as_for_one(
    contributor, editor, django_assert_num_queries
):
    for count in (1, 3):
        actors = [world.actor(f"Actor {count} {number}") for number in range(count)]
        event = world.event(
            f"Meeting of {count}",
            participants=[world.participant(actor) for actor in actors],
            quantities=[{"what": f"Thing {number}", "best": number} for number in range(count)],
        )
        with django_assert_num_queries(8):
            desk_type_of(event).build(event)


def test_claims_are_all_that_can_be_right_or_wrong(full):
    claims = desk_type("event").claims(world.document(full.event))

    assert claims == {
        "entry": True,
        "title": False,
        "summary": True,
        "kind": False,
        "date": True,
        "place": True,
        "part_of": True,
        "follows": True,
        "p1": True,
        "p1.actor": False,
        "p1.role": False,
        "p1.tenure": False,
        "p2": True,
        "p2.actor": False,
        "p2.role": False,
        "p3": True,
        "p3.what": False,
        "p3.best": False,
        "p3.unit": False,
        "p3.approximate": False,
        "p4": True,
        "p4.what": False,
        "p4.low": False,
        "p4.high": False,
        "p4.approximate": False,
    }
    # Terms and sources need no evidence.
    for entry in (full.term, full.source):
        assert set(desk_type_of(entry).claims(world.document(entry)).values()) == {False}


def test_claims_of_what_is_not_said_are_none(db: None):
    event = world.event(date=None)

    assert desk_type("event").claims(world.document(event)) == {
        "entry": True,
        "title": False,
        "kind": False,
    }


def test_targets_are_every_entry_and_part_named(full):
    event, document = full.event, world.document(full.event)
    first, second = document["participants"]
    subject = full.event.subjects.get().public_id
    other = event.citations.all()[1].source.public_id

    assert set(desk_type("event").targets(document)) == {
        Target("subject", subject),
        Target("cites", full.source.public_id),
        Target("cites", other),
        Target("cites via", other),
        Target("kind", full.term.public_id),
        Target("place", full.place.public_id),
        Target("part of", event.part_of.public_id),
        Target("follows", event.follows.get().public_id),
        Target("participant", first["actor"]),
        Target("participant", second["actor"]),
        Target("role", first["role"]),
        Target(f"participant as {first['role']}", first["actor"]),
        Target(f"participant as {second['role']}", second["actor"]),
        Target("tenure", full.actor.public_id, full.actor.tenures.first().key),
    }


def test_references_within_what_a_citation_asserts_are_targets_and_are_replaced(db: None):
    here, there = world.place("Here"), world.place("There")
    king = world.actor("The King", tenures=[{"role": "King"}])
    event = world.event(
        place=here,
        participants=[world.participant(king)],
        citations=[
            {},
            {"claims": ["place"], "stance": "disputes", "asserts": there.public_id},
            {
                "claims": ["p1.tenure"],
                "stance": "disputes",
                "asserts": f"{king.public_id}/{king.tenures.get().key}",
            },
        ],
    )
    document = world.document(event)
    part = f"{king.public_id}/{king.tenures.get().key}"
    asserted = [
        target for target in desk_type("event").targets(document) if target.predicate == "asserts"
    ]
    replaced = desk_type("event").replace_references(
        document, {there.public_id: "L700", part: "A700/p7"}
    )

    assert asserted == [
        Target("asserts", there.public_id),
        Target("asserts", king.public_id, king.tenures.get().key),
    ]
    assert [row["asserts"] for row in replaced["citations"]] == [None, "L700", "A700/p7"]
    assert replaced["place"] == here.public_id


def test_references_are_sorted_by_number_once_replaced(db: None):
    events = [world.event(f"Earlier {number}") for number in range(3)]
    event = world.event(follows=events)
    first = min((event.public_id for event in events), key=by_number)

    replaced = desk_type("event").replace_references(world.document(event), {first: "E100"})

    assert replaced["follows"] == [*sorted(e.public_id for e in events)[1:], "E100"]


@given(st.integers(1, 99), st.integers(1, 99))
def test_ids_sort_by_number(one: int, other: int):
    assert (by_number(f"E{one}") < by_number(f"E{other}")) == (one < other)
