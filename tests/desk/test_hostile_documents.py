"""Hostile documents are refused, and nothing else happens."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.applying import apply
from desk.publishing import withdraw
from desk.refusals import Refused
from desk.types import desk_type_of
from places.models import Place
from record.types import Document
from sources.models import Source
from tests import world
from vocabulary.models import Term

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


SCALARS = [
    None,
    True,
    0,
    -1,
    2**53,
    2**70,
    1.5,
    float("nan"),
    "",
    "E1",
    "A1/p1",
    "p1",
    "é" * 300,
    "\x00",
    "\ud800",
    "1e999999999",
    "NaN",
    b"bytes",
]
NAMES = ["key", "id", "edtf", "claims", "date", "ß", ""]
junk = st.recursive(
    st.sampled_from(SCALARS) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(found for name, item in inner for found in paths_of(item, (*path, name)))]


def spoilt(document: Document, path: tuple[Any, ...], how: str, value: Any) -> Any:
    """The document with the value at ``path`` replaced or taken away, or one more beside it."""
    document = deepcopy(document)
    if not path:
        return value if how == "replace" else document | {"extra": value}
    holder = document
    for name in path[:-1]:
        holder = holder[name]
    if how == "remove":
        del holder[path[-1]]
    elif how == "replace":
        holder[path[-1]] = value
    elif isinstance(holder, dict):
        holder["extra"] = value
    else:
        holder.append(value)
    return document


@pytest.mark.parametrize("type_name", ["term", "source", "place", "actor", "event", "proposal"])
def test_apply_refuses_hostile_documents_and_nothing_else_happens(type_name, full):
    entry = getattr(full, type_name)
    document = world.document(entry)
    paths = paths_of(document)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        st.sampled_from(paths),
        st.sampled_from(["replace", "replace", "remove", "add"]),
        junk,
        st.booleans(),
    )
    def check(path: tuple[Any, ...], how: str, value: Any, new: bool) -> None:
        hostile = spoilt(document, path, how, value)
        with transaction.atomic():
            target = type(entry)() if new else fresh(entry)
            before = numbers_of_history(entry)
            try:
                apply(hostile, target)
            except Refused:
                after = (world.document(entry), numbers_of_history(entry))
                assert after == (document, before)
            else:
                assert desk_type_of(entry).build(target) == hostile
            transaction.set_rollback(True)

    check()


@pytest.mark.parametrize("hostile", [None, [], "{}", 7, {}, {"id": "E1"}])
def test_apply_refuses_what_is_no_document(db, hostile):
    for entry in (world.event(), Term(), Source(), Place()):
        assert refusal(hostile, entry)


def test_apply_refuses_endless_nesting(db):
    event = world.event()
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    assert refusal(world.document(event) | {"summary": deep}, event)


def test_apply_refuses_a_tombstone(contributor, editor, chief_editor):
    for entry in (world.source("Not ours"), world.place("Nowhere")):
        world.publish_all(entry, by=contributor, approved_by=editor)
    entry = world.place("Elsewhere")
    world.publish_all(entry, by=contributor, approved_by=editor)
    edition = withdraw(
        [entry.public_id], by=chief_editor, approved_by=editor, reason="There is no such place."
    )
    tombstone = json.loads(edition.versions.get().document)

    assert refusal(tombstone, entry)
    assert world.document(entry)["slug"] == "elsewhere"
