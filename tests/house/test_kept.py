"""The world that is put back before a test is the one that ``tests.examples`` builds."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, models, transaction

from record import search
from record.models import Edition, Version
from record.verification import verify
from tests import world
from tests.examples import FullWorld, full_world
from tests.kept import Kept, Row, contents

pytestmark = pytest.mark.django_db

SALTED = {"salt", "checksum", "approved_checksum"}  # differ at every publication


def comparable(tables: dict[type[models.Model], list[Row]]) -> dict[str, list[dict[str, Any]]]:
    """Every row: numbers of rows as their places in order, the hour and the salt left out."""
    places = {
        model: {row[position_of_pk(model)]: place for place, row in enumerate(rows)}
        for model, rows in tables.items()
    }
    salted = {model._meta.label for model in (Edition, Version)} | {"desk.Submission"}

    def value_of(model: type[models.Model], field: Any, value: Any) -> Any:
        if value in (None, ""):
            return value
        if isinstance(field, models.DateTimeField):
            return "at some time"
        if model._meta.label in salted and field.column in SALTED:
            return f"{len(value)} letters"
        if isinstance(field, models.AutoField):
            return places[model][value]
        target = field.target_field if field.is_relation else None
        if isinstance(target, models.AutoField):
            return places[target.model][value]
        if field.name == "id":  # of a row of history: that of the row it is of
            return places[model.instance_type].get(value, f"none, {value}")
        return value

    return {
        model._meta.label: [
            {
                field.column: value_of(model, field, value)
                for field, value in zip(model._meta.local_concrete_fields, row, strict=True)
            }
            for row in rows
        ]
        for model, rows in tables.items()
    }


def position_of_pk(model: type[models.Model]) -> int:
    return model._meta.local_concrete_fields.index(model._meta.pk)


def numbers_given() -> dict[str, int]:
    """The last number that SQLite gave a row of each table; PostgreSQL's are never taken back."""
    if connection.vendor == "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


def test_world_put_back_is_the_one_built(full_world_kept: Kept, people: dict[str, User]):
    with transaction.atomic():
        built = full_world(**people)
        examples = {name: entry.pk for name, entry in vars(built).items()}
        expected, numbers = comparable(contents()), numbers_given()
        transaction.set_rollback(True)

    assert comparable(contents()) != expected
    full = full_world_kept.put_back()

    found = comparable(contents())
    assert found.keys() == expected.keys()
    for table, rows in expected.items():
        assert found[table] == rows, table
    assert numbers_given() == numbers
    if connection.vendor == "sqlite":
        assert {name: entry.pk for name, entry in vars(full).items()} == examples


def test_world_put_back_is_whole(full: FullWorld, people: dict[str, User]):
    connection.check_constraints()
    report = verify()
    assert list(report.faults) == []
    assert search.differing() == set()
    assert report.counts["versions"] == Version.objects.count() > len(full.entries)
    for entry in full.entries:
        assert type(entry).objects.get(public_id=entry.public_id) == entry
        assert world.document(entry)["id"] == entry.public_id
    assert full.edition.submission.created_by == people["by"]
    assert full.edition.submission.approved_by == people["approved_by"]


def test_world_is_not_put_back_over_another(full_world_kept: Kept, people: dict[str, User]):
    world.event(by=people["by"])
    with pytest.raises(DatabaseError), transaction.atomic():
        full_world_kept.put_back()


def test_world_put_back_was_made_a_while_ago_in_one_order(full: FullWorld):
    saved = list(full.event.history.order_by("history_id").values_list("history_date", flat=True))
    hours = [*(each.replace(microsecond=0) for each in saved), full.edition.published_at]
    assert (saved, hours) == (sorted(saved), sorted(hours))
    assert hours[-1] < datetime.datetime.now(datetime.UTC)


def test_guards_of_the_record_are_in_force(full: FullWorld):
    version = full.edition.versions.first()
    for statement in ("UPDATE record_version SET label = 'x'", "DELETE FROM record_version"):
        with (
            pytest.raises(DatabaseError, match="does not change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{statement} WHERE id = {version.pk}")


def test_work_goes_on_from_the_world_put_back(full: FullWorld, people: dict[str, User]):
    event = world.event("A later meeting", by=people["by"], part_of=full.event)
    assert event.pk > full.event.pk
    assert event.public_id not in [entry.public_id for entry in full.entries]
    assert world.publish_all(event, **people).number == 2
    assert list(verify().faults) == []


@pytest.mark.django_db(transaction=True)
def test_world_is_put_back_where_tests_commit(full: FullWorld):
    assert Edition.objects.get() == full.edition
    assert list(verify().faults) == []
