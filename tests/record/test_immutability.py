"""Invariant 3: a version never changes and never disappears, whoever asks and however."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from desk.publishing import withdraw
from events.models import Event
from record.models import (
    Check,
    Edition,
    Link,
    Opening,
    RecordIsImmutable,
    ShownPassage,
    ShownText,
    Version,
)
from tests import world

pytestmark = pytest.mark.django_db

ROWS = [Edition, Version, Link, Opening, Check, ShownText, ShownPassage]
# Columns that change once, from nothing, and how a text is shown; everything else never does.
CHANGING = {"superseded_in_id", "redacted_in_id", "headings"}


def event_of_two_editions(cast) -> Event:
    """An event of two editions: every table holds rows that stand, and rows that do not."""
    contributor, editor = cast.contributor, cast.editor
    source = world.source(by=contributor, text_shown="all")
    text = world.hold_text(source, "They met by the lake.")
    world.change(source, by=contributor, text_sha256=text.sha256)
    event = world.event(by=contributor, citations=[{"source": source, "start": "by the lake"}])
    world.publish_all(event, by=contributor, approved_by=editor)
    world.change(event, by=contributor, title="A meeting by the lake")
    world.publish_all(event, by=contributor, approved_by=editor)
    return event


@pytest.fixture
def event(kept) -> Event:
    return kept(event_of_two_editions)


def contents() -> dict[str, list[tuple[object, ...]]]:
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in ROWS}


def refused_by_the_database(statement: str, parameters: list[object] | None = None) -> str:
    """The database's own words; ``DatabaseError`` has to be what it says."""
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters or [])
    return str(refused.value)


def test_every_table_of_the_record_holds_something_to_break(event):
    assert {name: bool(rows) for name, rows in contents().items()} == {
        "Edition": True,
        "Version": True,
        "Link": True,
        "Opening": True,
        "Check": True,
        "ShownText": True,
        "ShownPassage": True,
    }


@pytest.mark.parametrize("model", ROWS)
def test_rows_refuse_to_be_saved_again_or_deleted(event, model):
    before = contents()
    row = model.objects.first()

    with pytest.raises(RecordIsImmutable):
        row.save()
    with pytest.raises(RecordIsImmutable):
        row.save(update_fields=[model._meta.concrete_fields[-1].name])
    with pytest.raises(RecordIsImmutable):
        row.delete()

    assert contents() == before


@pytest.mark.parametrize("model", ROWS)
def test_querysets_refuse_bulk_changes(event, model):
    before = contents()
    rows = model.objects.all()
    column = model._meta.concrete_fields[-1].name

    for change in (
        lambda: rows.update(**{column: ""}),
        lambda: rows.filter(pk=rows.first().pk).delete(),
        lambda: rows.all().delete(),
        lambda: model.objects.bulk_update([rows.first()], [column]),
        lambda: model._default_manager.update(**{column: ""}),
    ):
        with pytest.raises(RecordIsImmutable), transaction.atomic():
            change()

    assert contents() == before


def test_relations_refuse_bulk_changes(event):
    before = contents()
    edition = Edition.objects.get(number=1)

    for change in (
        lambda: edition.versions.update(label="Another"),
        lambda: edition.versions.all().delete(),
        lambda: edition.versions.first().links.all().delete(),
    ):
        with pytest.raises(RecordIsImmutable), transaction.atomic():
            change()

    assert contents() == before


@pytest.mark.parametrize("model", ROWS)
def test_managers_behind_the_models_are_refused_by_the_database(event, model):
    before = contents()
    column = {
        Edition: "reason",
        Version: "label",
        Link: "target",
        Check: "citation",
        Opening: "words",
        ShownText: "text",
        ShownPassage: "passage",
    }[model]

    with pytest.raises(DatabaseError), transaction.atomic():
        model._base_manager.update(**{column: "other"})
    with pytest.raises(DatabaseError), transaction.atomic():
        model._base_manager.all()._raw_delete("default")

    assert contents() == before


@pytest.mark.parametrize("model", ROWS)
def test_the_database_refuses_to_change_any_column(event, model):
    before = contents()
    fixed = [
        field
        for field in model._meta.concrete_fields
        if field.column not in CHANGING and (not field.primary_key or model is Edition)
    ]

    for field in fixed:
        other = {
            "BooleanField": f'NOT "{field.column}"',
            "DateTimeField": "'2001-01-01 00:00:00+00:00'",
            "DateField": "'2001-01-01'",
        }.get(field.get_internal_type(), "'7'")
        message = refused_by_the_database(
            f'UPDATE {model._meta.db_table} SET "{field.column}" = {other}'  # noqa: S608
        )
        assert "What has been published does not change." in message, field.column

    assert contents() == before


@pytest.mark.parametrize("model", ROWS)
def test_the_database_refuses_to_delete(event, model):
    before = contents()

    message = refused_by_the_database(f"DELETE FROM {model._meta.db_table}")  # noqa: S608

    assert "What has been published does not change." in message
    assert contents() == before


@pytest.mark.parametrize("model", [Version, Link])
def test_what_was_superseded_stays_so(event, model):
    before = contents()
    table = model._meta.db_table
    assert model.objects.filter(superseded_in=2).exists()

    for value in ("NULL", "3", "1"):
        refused_by_the_database(
            f"UPDATE {table} SET superseded_in_id = {value} WHERE superseded_in_id = 2"  # noqa: S608
        )

    assert contents() == before


def test_marking_goes_round_the_queryset_but_not_round_the_database(event):
    before = contents()

    for values in ({"label": "Another"}, {"document": "{}"}, {"superseded_in": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(superseded_in=2).mark(**values)

    assert contents() == before


EMPTY: dict[str, object] = {
    "redacted_in": 2,
    "state": "redacted",
    "earliest": None,
    "latest": None,
    "contested": False,
    **dict.fromkeys(("document", "salt", "label", "slug", "kind", "sort_key", "search_text"), ""),
}
OTHER: dict[str, object] = {
    "earliest": 7,
    "latest": 7,
    "contested": True,
    "schema": 7,
    "superseded_in_id": 1,
    "redacted_in": 1,
    "state": "published",
}


def test_redaction_takes_contents_and_keeps_number_and_checksum(event):
    """What a redaction may do to a row: empty it, as a whole, where it stands no more."""
    version = Version.objects.filter(superseded_in=2).get()
    kept = (version.public_id, version.type, version.change, version.schema, version.checksum)
    before = contents()

    columns = [each.attname for each in Version._meta.concrete_fields if not each.primary_key]
    for name in {*columns, "redacted_in"} - {"slug", "redacted_in_id", "edition_id"}:
        # One column otherwise than a redaction leaves it.
        wrong = EMPTY | {name: OTHER.get(name, "other")}
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=version.pk).mark(**wrong)
        assert contents() == before, name
    for values in ({"redacted_in": 2}, EMPTY | {"slug": "another"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=version.pk).mark(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(public_id=event.public_id, superseded_in=None).mark(**EMPTY)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.links.all()._raw_delete("default")

    Version.objects.filter(pk=version.pk).mark(**EMPTY)
    version.links.all()._raw_delete("default")
    version.refresh_from_db()

    assert version.document == ""
    assert version.links.count() == 0
    assert (
        version.public_id,
        version.type,
        version.change,
        version.schema,
        version.checksum,
    ) == kept
    # Once redacted, for good.
    for values in ({"redacted_in": None}, {"document": "{}"}, {"redacted_in": 1, "salt": "00"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(pk=version.pk).mark(**values)


def test_withdrawn_entries_leave_a_tombstone_and_their_past(event, editor, chief_editor):
    past = {version.pk: version.document for version in Version.objects.all()}

    edition = withdraw(
        [event.public_id], by=chief_editor, approved_by=editor, reason="It never took place."
    )

    [tombstone] = edition.versions.all()
    assert tombstone.document == (
        f'{{"id":"{event.public_id}","keys":{{}},"merged_into":null,'
        '"slug":"a-first-meeting","state":"withdrawn","type":"event"}'
    )
    assert (tombstone.change, tombstone.state) == ("withdrawal", "withdrawn")
    assert (tombstone.label, tombstone.search_text, tombstone.links.count()) == ("", "", 0)
    assert edition.reason == "It never took place."
    assert {pk: Version.objects.get(pk=pk).document for pk in past} == past
    assert list(
        Version.objects.filter(public_id=event.public_id)
        .order_by("edition_id")
        .values_list("edition", "superseded_in")
    ) == [(1, 2), (2, 3), (3, None)]


def test_one_version_of_an_entry_stands_at_a_time(event):
    """The database refuses a second one, should publishing ever forget to supersede."""
    version = Version.objects.get(public_id=event.public_id, superseded_in=None)
    version.pk, version._state.adding = None, True
    version.edition_id = 1

    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()
    assert not Version.objects.filter(superseded_in__lte=F("edition")).exists()
