"""The model fields, on a model of their own that exists only here."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from chronicle.dates import OPEN_END, PartialDate, bounds_of, certainly_within, possibly_within
from chronicle.fields import DayField, PartialDateField, SortKeyField, bounds_constraint
from chronicle.forms import PartialDateFormField

JULY = PartialDate("1997-07", "in July 1997")
STORED = '{"as_given": "in July 1997", "edtf": "1997-07", "inferred": false}'


@pytest.fixture
def sighting() -> Iterator[Any]:
    """A model class with a date; not in the database."""
    with isolate_apps("django.contrib.contenttypes"):

        class Sighting(models.Model):
            date = PartialDateField()
            date_earliest = DayField("date", "earliest")
            date_latest = DayField(of="date", end="latest")
            sort_key = SortKeyField(max_length=20, default="-")

            class Meta:
                app_label = "contenttypes"
                constraints = [bounds_constraint("sighting_date_bounds", "date")]

            def __str__(self) -> str:
                return str(self.date)

        yield Sighting


@pytest.fixture
def sightings(sighting: Any, transactional_db: None) -> Iterator[Any]:
    """The same, with a table."""
    with connection.schema_editor() as editor:
        editor.create_model(sighting)
    yield sighting
    with connection.schema_editor() as editor:
        editor.delete_model(sighting)


def field(model: Any, name: str) -> Any:
    return model._meta.get_field(name)


def test_date_field_is_optional_unless_told_otherwise():
    assert (PartialDateField().null, PartialDateField().blank) == (True, True)
    required = PartialDateField(null=False, blank=False).clone()
    assert (required.null, required.blank) == (False, False)


@pytest.mark.parametrize(
    ("made", "path", "options"),
    [
        (PartialDateField(), "chronicle.fields.PartialDateField", {}),
        (PartialDateField(blank=False), "chronicle.fields.PartialDateField", {"blank": False}),
        (DayField("date", "latest"), "chronicle.fields.DayField", {"of": "date", "end": "latest"}),
        (
            DayField("date", "latest", db_index=False),
            "chronicle.fields.DayField",
            {"of": "date", "end": "latest", "db_index": False},
        ),
        (SortKeyField(max_length=9), "chronicle.fields.SortKeyField", {"max_length": 9}),
    ],
)
def test_fields_deconstruct(made, path, options):
    assert made.deconstruct()[1:] == (path, [], options)
    assert made.clone().deconstruct()[1:] == (path, [], options)
    assert copy.deepcopy(made).deconstruct()[1:] == (path, [], options)
    assert MigrationWriter.serialize(made)[0]


def test_date_field_stores_sorted_json_and_reads_it_without_parsing():
    made = PartialDateField()
    assert made.get_prep_value(JULY) == STORED
    assert made.get_prep_value(None) is None
    assert made.from_db_value(STORED, None, connection) == JULY
    unread = '{"as_given": "", "edtf": "never valid", "inferred": true}'
    assert made.from_db_value(unread, None, connection) == PartialDate("never valid", "", True)


@pytest.mark.parametrize(
    "value", [JULY, STORED, json.loads(STORED), JULY.as_document(), {"edtf": " 1997-07 "}]
)
def test_date_field_makes_dates_of(value):
    made = PartialDateField().to_python(value)
    assert made is not None
    assert made.edtf == "1997-07"


@pytest.mark.parametrize(
    "value", ["1997-07", "{", "[" * 100_000, "[]", 1997, {"edtf": "1999-02-29"}, {"edtf": []}]
)
def test_date_field_refuses(value):
    with pytest.raises(ValidationError):
        PartialDateField().clean(value, None)


def test_date_field_cleaning_parses():
    with pytest.raises(ValidationError, match="does not exist"):
        PartialDateField().clean(PartialDate("1999-02-29"), None)


def test_date_field_has_its_form_field_in_the_admin_too():
    from django.contrib.admin.widgets import AdminTextareaWidget

    form_field = PartialDateField(verbose_name="when").formfield(widget=AdminTextareaWidget)
    assert type(form_field) is PartialDateFormField
    assert (form_field.required, form_field.label) == (False, "When")


def test_day_field_follows_the_date(sighting):
    seen = sighting(date=JULY)
    assert (seen.date_earliest, seen.date_latest) == (JULY.first_day, JULY.last_day)
    seen.date = {"edtf": "2020/.."}
    assert (seen.date_earliest, seen.date_latest) == (bounds_of("2020").first_day, OPEN_END)
    seen.date = None
    assert (seen.date_earliest, seen.date_latest) == (None, None)
    seen.date_earliest = 5
    assert field(sighting, "date_earliest").pre_save(seen, add=True) is None


def test_day_field_leaves_a_bad_date_to_the_date_field(sighting):
    seen = sighting(date=PartialDate("1999-02-29"))
    assert seen.date_earliest is None
    with pytest.raises(ValidationError) as caught:
        seen.clean_fields()
    assert list(caught.value.message_dict) == ["date"]
    with pytest.raises(ValidationError, match="does not exist"):
        field(sighting, "date_earliest").pre_save(seen, add=True)


def test_day_field_checks_what_it_is_of(sighting):
    assert sighting.check() == []
    with isolate_apps("django.contrib.contenttypes"):

        class Lost(models.Model):
            date_earliest = DayField("date", "earliest")

            class Meta:
                app_label = "contenttypes"

            def __str__(self) -> str:
                return ""

        assert [error.id for error in Lost.check()] == ["chronicle.E001"]
    with pytest.raises(ValueError, match="not 'middle'"):
        DayField("date", "middle")  # type: ignore[arg-type]


def test_sort_key_field_has_the_collation_of_its_database(monkeypatch):
    made = SortKeyField(max_length=20)
    made.set_attributes_from_name("sort_key")
    for vendor, collation in [("sqlite", None), ("postgresql", "C")]:
        monkeypatch.setattr(type(connections["default"]), "vendor", vendor)
        assert made.db_parameters(connection)["collation"] == collation


def test_saving_writes_the_date_and_its_days(sightings):
    seen = sightings(date={"edtf": "1997-07", "as_given": "in July 1997"})
    seen.full_clean()
    seen.save()
    assert seen.date == JULY
    row = sightings.objects.values("date", "date_earliest", "date_latest").get()
    assert row == {
        "date": JULY,
        "date_earliest": JULY.first_day,
        "date_latest": JULY.last_day,
    }
    assert sightings.objects.get(date=JULY) == seen
    seen.date = None
    seen.full_clean()
    seen.save()
    assert sightings.objects.filter(date=None, date_earliest=None, date_latest=None).count() == 1


def test_days_can_be_loaded_without_the_date(sightings, django_assert_num_queries):
    sightings.objects.create(date=JULY)
    with django_assert_num_queries(1):
        assert sightings.objects.only("date_latest").get().date_latest == JULY.last_day


def test_saving_refuses_a_bad_date(sightings):
    with pytest.raises(ValidationError, match="does not exist"):
        sightings.objects.create(date=PartialDate("1999-02-29"))
    assert sightings.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"date": None},
        {"date_earliest": None},
        {"date_latest": None},
        {"date_earliest": -1},
        {"date_latest": OPEN_END + 1},
        {"date_latest": 1},
    ],
)
def test_database_refuses_days_that_do_not_fit(sightings, changes):
    sightings.objects.create(date=JULY)
    with pytest.raises(IntegrityError), transaction.atomic():
        sightings.objects.update(**changes)


def test_fixture_is_readable_and_loads_the_same_row(sightings):
    seen = sightings(pk=1, date=JULY)
    fields = json.loads(serializers.serialize("json", [seen, sightings(pk=2)]))
    assert [row["fields"] for row in fields] == [
        {"date": json.loads(STORED), "sort_key": "-"},
        {"date": None, "sort_key": "-"},
    ]
    for row in fields:
        date = field(sightings, "date").to_python(row["fields"]["date"])
        sightings(pk=row["pk"], date=date).save_base(raw=True)
    assert list(sightings.objects.order_by("pk").values_list("date", "date_earliest")) == [
        (JULY, JULY.first_day),
        (None, None),
    ]


def test_within_finds_dated_rows_alone(sightings):
    for edtf in ["1997-07", "1997/1998", "1996/..", "../1997", "2001"]:
        sightings.objects.create(date=PartialDate(edtf))
    sightings.objects.create()
    year = bounds_of("1997")
    columns: dict[str, Any] = {"earliest": "date_earliest", "latest": "date_latest"}

    def found(condition: models.Q) -> list[str]:
        return [row.date.edtf for row in sightings.objects.filter(condition).order_by("pk")]

    asked = (year.first_day, year.last_day)
    assert found(certainly_within(*asked, **columns)) == ["1997-07"]
    assert found(possibly_within(*asked, **columns)) == [
        "1997-07",
        "1997/1998",
        "1996/..",
        "../1997",
    ]


def test_sort_keys_order_by_code_point(sightings):
    keys = ["a", "B", "É", "ə", "İ", "z", "-1", "10", "9", "\U0001f600", "\uffee"]
    sightings.objects.bulk_create([sightings(sort_key=key) for key in keys])
    ordered = sightings.objects.order_by("sort_key").values_list("sort_key", flat=True)
    assert list(ordered) == sorted(keys)
