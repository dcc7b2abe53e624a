"""The database as the migrations leave it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from record.models import Link, Version
from record.verification import verify
from tests import world

pytestmark = pytest.mark.django_db


def triggers() -> set[str]:
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'record%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'record%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


GUARDED = ("edition", "version", "link", "opening", "check", "showntext", "shownpassage")


def test_the_record_is_guarded_by_triggers():
    assert triggers() == {
        f"record_{table}_{guard}" for table in GUARDED for guard in ("fixed", "kept")
    }


def test_the_search_table_is_there_and_no_model():
    assert "record_search" in connection.introspection.table_names()
    assert "record_search" not in connection.introspection.django_table_names()


def test_sort_keys_compare_by_code_point():
    """As keyset paging compares them, whatever the database's own language."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT table_name, collation_name FROM information_schema.columns"
                " WHERE column_name = 'sort_key' AND table_name LIKE 'record%'"
            )
            tables = ("record_version", "record_link", "record_namekey")
            assert set(cursor.fetchall()) == {(table, "C") for table in tables}
        cursor.execute("SELECT 'Z' < 'a', 'z' < 'ä'")
        if connection.vendor == "sqlite":
            assert cursor.fetchone() == (1, 1)


def test_links_to_single_sources_are_added_to_what_was_published_before(cast):
    world.source("A report")
    one = world.event("Of one source", citations=[{}, {}])
    two = world.event("Of two", citations=[{}, {"source": world.source("A letter")}])
    world.publish_all(one, two, by=cast.contributor, approved_by=cast.editor)
    links = Link.objects.filter(predicate="single source").order_by("pk")
    published = list(links.values("version", "target", "part", "type", "public_id", "sort_key"))
    assert [link["public_id"] for link in published] == [one.public_id]

    connection.check_constraints()
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON record_link"
        cursor.execute(f"DROP TRIGGER record_link_kept{on}")
    links._raw_delete("default")
    import_module("record.migrations.0003_single_source").add(apps, None)

    assert list(links.values(*published[0])) == published


@pytest.mark.django_db(transaction=True)
def test_guards_and_search_can_be_taken_down_and_are_made_again(people):
    """A migration that cannot be undone is one that was never tried.

    In one test: each time down and up again takes half a minute.
    """
    before = triggers()
    event = world.event("A walk", summary="By the lake.", by=people["by"])
    world.publish_all(event, **people)
    call_command("migrate", "record", "0002", verbosity=0)
    (old,) = Version.objects.filter(public_id=event.public_id)
    assert old.search_text == "a walk by the lake"

    call_command("migrate", "record", "0001", verbosity=0)
    assert triggers() == set()
    assert "record_search" not in connection.introspection.table_names()

    call_command("migrate", verbosity=0)
    assert triggers() == before
    (new,) = Version.objects.filter(public_id=event.public_id)
    assert new.search_text == "a walk\nby the lake"
    assert verify().faults == []
