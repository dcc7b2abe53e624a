"""What is exported imports again without change, and into an empty desk as the same documents."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.applying import apply
from desk.models import WorkingCopy
from desk.naming import document_of
from desk.revisions import save_revision
from desk.types import desk_type
from exchange.exporting import export
from exchange.formats import read_file, write_file
from exchange.importing import carry_out
from exchange.planning import plan
from record.types import Document
from tests.conftest import Cast
from tests.desk.generated import LETTERS, documents, pool
from tests.examples import (
    FullWorld,
    full_actor,
    full_event,
    full_place,
    full_proposal,
    full_source,
    full_term,
)

pytestmark = pytest.mark.django_db

KINDS = ["xlsx", "csv"]


def everything() -> dict[str, Document]:
    copies = WorkingCopy.objects.select_related("revision")
    return {copy.public_id: document_of(copy.revision) for copy in copies}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_desk_comes_back_without_change(full: FullWorld, kind: str):
    held = everything()

    found = plan(read_file(write_file(export(held), kind), "desk"))

    assert (found.changed, found.unchanged) == ([], len(held))


@pytest.mark.parametrize("type_name", LETTERS)
def test_whatever_a_desk_can_hold_comes_back_without_change(db: None, type_name: str):
    others = pool()
    public_id = f"{LETTERS[type_name]}9000"

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(documents(type_name, others, public_id), st.sampled_from(KINDS))
    def check(document: Document, kind: str) -> None:
        with transaction.atomic():
            entry: Any = desk_type(type_name).model()
            apply(document, entry)
            save_revision(entry, by=None, reason="")

            found = plan(read_file(write_file(export([public_id]), kind), "desk"))

            assert [(each.before, each.after) for each in found.changed] == []
            assert found.unchanged == 1
            transaction.set_rollback(True)

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_desk_takes_all_of_another(cast: Cast, kind: str):
    with transaction.atomic():
        _fill(cast.contributor)
        there = everything()
        data = write_file(export(there), kind)
        transaction.set_rollback(True)
    assert everything() == {}

    submission = carry_out(
        plan(read_file(data, "desk"), of_another_desk=True),
        by=cast.administrator,
        reason="Moved here.",
    )

    here = everything()
    assert submission.items.count() == len(there)
    ids = {(each["type"], each["slug"]): each["id"] for each in here.values()}
    mapping = {old["id"]: ids[old["type"], old["slug"]] for old in there.values()}
    for old in there.values():
        for rows in old.values():
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and "key" in row:
                    mapping[f"{old['id']}/{row['key']}"] = f"{mapping[old['id']]}/{row['key']}"
    moved = [
        desk_type(old["type"]).replace_references(old, mapping) | {"id": mapping[old["id"]]}
        for old in there.values()
    ]
    assert {each["id"]: each for each in moved} == here


def test_the_same_tables_make_the_same_csv(full: FullWorld):
    tables = export(everything())

    assert write_file(tables, "csv") == write_file(tables, "csv")


def _fill(by: User) -> None:
    term, source = full_term(by=by), full_source(by=by)
    place = full_place(source, by=by)
    actor = full_actor(source, by=by)
    event = full_event(term, source, place, actor, by=by)
    full_proposal(source, actor, event, by=by)
