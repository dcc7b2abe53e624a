"""Model fields of the ground: partial dates, the days they span, sort keys."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.query_utils import DeferredAttribute
from django.forms import Field as FormField
from django.utils.translation import gettext_lazy as _

from chronicle.dates import OPEN_END, OPEN_START, PartialDate
from chronicle.forms import PartialDateFormField, PartialDateWidget

STORED_KEYS = ("as_given", "edtf", "inferred")


class PartialDateField(models.TextField):
    """A PartialDate, or None for undated. Optional unless told otherwise.

    The column holds JSON text with sorted keys. Rows are read without parsing their EDTF, so
    that a list costs nothing; cleaning and saving parse it and raise ValidationError.
    """

    description = _("A partial date (EDTF)")
    empty_strings_allowed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for option in ("null", "blank"):
            kwargs.pop(option, None)
            if not getattr(self, option):
                kwargs[option] = False
        return name, path, list(args), kwargs

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or value == "" or isinstance(value, PartialDate):
            return value or None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                value = None
        if not isinstance(value, Mapping):
            raise ValidationError(
                _("A date is stored as an object such as {“edtf”: “1997-07”}."), code="date_types"
            )
        return PartialDate.from_document(value)

    def from_db_value(self, value: str | None, *context: Any) -> PartialDate | None:
        return None if value is None else PartialDate(**json.loads(value))

    def get_prep_value(self, value: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            return value
        date = self.to_python(value)
        return None if date is None else json.dumps(_stored(date), ensure_ascii=False)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if hasattr(value, "resolve_expression"):
            return value
        date = self.to_python(value)
        if date is not None:
            date.validate()
        setattr(model_instance, self.attname, date)
        return date

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is not None:
            value.validate()

    def value_to_string(self, obj: models.Model) -> Any:
        # A mapping rather than text, so that the JSON of fixtures can be read and edited.
        date = self.to_python(self.value_from_object(obj))
        return None if date is None else _stored(date)

    def formfield(self, **kwargs: Any) -> FormField | None:
        # The admin offers every TextField its own text area, which cannot hold a date.
        widget = kwargs.get("widget")
        kind = widget if isinstance(widget, type) else type(widget)
        if not issubclass(kind, PartialDateWidget):
            kwargs.pop("widget", None)
        # Past TextField, whose form field takes a length.
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})


def _stored(date: PartialDate) -> dict[str, Any]:
    return {key: getattr(date, key) for key in STORED_KEYS}


class DayAttribute(DeferredAttribute):
    """Follows the date on each reading, so that cleaning sees the days that saving will write."""

    field: "DayField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.of in instance.__dict__:
            try:
                return self.field.day_of(instance)
            except ValidationError:
                # The date itself is refused, with its reason, where it is cleaned and saved.
                return instance.__dict__.get(self.field.attname)
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: int | None) -> None:
        instance.__dict__[self.field.attname] = value


class DayField(models.IntegerField):
    """The first or last day of a sibling PartialDateField: an ordinal, or a sentinel if open.

    NULL if undated. Always computed: setting it has no effect beside a date that is loaded.
    Writes that skip `save()`, and `save(update_fields=…)`, must name it along with its date.
    """

    description = _("The first or last day of a partial date")
    descriptor_class = DayAttribute

    def __init__(
        self, of: str, end: Literal["earliest", "latest"], *args: Any, **kwargs: Any
    ) -> None:
        if end not in ("earliest", "latest"):
            raise ValueError(f"end is “earliest” or “latest”, not {end!r}")
        self.of, self.end = of, end
        # Derived, so neither edited nor written to fixtures.
        options = {"null": True, "blank": True, "editable": False, "serialize": False}
        super().__init__(*args, **{"db_index": True, **kwargs, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        indexed = kwargs.pop("db_index", False)
        for option in ("null", "blank", "editable", "serialize"):
            kwargs.pop(option, None)
        if not indexed:
            kwargs["db_index"] = False
        return name, path, list(args), {**kwargs, "of": self.of, "end": self.end}

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_of()]

    def _check_of(self) -> list[checks.CheckMessage]:
        try:
            sibling = self.model._meta.get_field(self.of)
        except FieldDoesNotExist:
            sibling = None
        if isinstance(sibling, PartialDateField):
            return []
        return [checks.Error(f"“{self.of}” is no PartialDateField.", obj=self, id="chronicle.E001")]

    def day_of(self, instance: models.Model) -> int | None:
        """Raises ValidationError if the date cannot be read."""
        sibling = instance._meta.get_field(self.of)
        date = sibling.to_python(getattr(instance, self.of))  # type: ignore[union-attr]
        if date is None:
            return None
        day: int = date.first_day if self.end == "earliest" else date.last_day
        return day

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:
        day = self.day_of(model_instance)
        setattr(model_instance, self.attname, day)
        return day


def bounds_constraint(name: str, field: str) -> models.CheckConstraint:
    """A date and its two day columns are null together; otherwise the days are in order."""
    earliest, latest = f"{field}_earliest", f"{field}_latest"
    undated = {f"{column}__isnull": True for column in (field, earliest, latest)}
    dated = {f"{column}__isnull": False for column in (field, earliest, latest)}
    in_order = {
        f"{earliest}__gte": OPEN_START,
        f"{earliest}__lte": F(latest),
        f"{latest}__lte": OPEN_END,
    }
    return models.CheckConstraint(
        condition=Q(**undated) | Q(**dated, **in_order),
        name=name,
        violation_error_message=_("The earliest and latest days do not fit the date."),
    )


class SortKeyField(models.CharField):
    """Text that sorts by code point on every database, as keyset paging compares it.

    PostgreSQL is told collation "C"; SQLite's default, BINARY, is the same for UTF-8.
    """

    description = _("A sort key")

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
