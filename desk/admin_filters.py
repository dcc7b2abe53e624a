"""Filters of the desk's lists, and how each entry stands against the record."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from chronicle.dates import OPEN_END, OPEN_START, PartialDate, possibly_within
from desk.models import WorkingCopy
from desk.types import desk_types
from record.models import Version

YEAR = re.compile("[0-9]{4}")
FIRST_YEAR, LAST_YEAR = 1000, 2199  # that have a decade of their own in the filter


def with_standing(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Entries with ``stands_published``, ``was_published``, ``has_changes``, ``gaps``,
    ``merged_into`` and ``revision_number``, of the newest revision of the working copy."""
    copies = WorkingCopy.objects.filter(public_id=OuterRef("public_id"))
    return entries.annotate(
        stands_published=Exists(copies.filter(published__isnull=False)),
        was_published=Exists(Version.objects.filter(public_id=OuterRef("public_id"))),
        has_changes=Exists(copies.filter(changed=True)),
        gaps=Subquery(copies.values("gaps")[:1]),
        merged_into=Subquery(copies.values("merged_into")[:1]),
        revision_number=Subquery(copies.values("revision__number")[:1]),
    )


def _copies_of(entries: QuerySet[Any], **conditions: Any) -> QuerySet[Any]:
    """Public ids of working copies, few of many: so the entries are found by them."""
    copies = WorkingCopy.objects.filter(type=entries.model._meta.model_name, **conditions)
    return copies.values("public_id")


class StandingFilter(SimpleListFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("changed", "Unpublished changes"),
            ("new", "Never published"),
            ("as published", "As published"),
            ("withdrawn", "Withdrawn"),
            ("merged", "Merged"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "changed":
                return queryset.filter(public_id__in=_copies_of(queryset, changed=True))
            case "new":
                return queryset.filter(was_published=False)
            case "as published":
                own = WorkingCopy.objects.filter(public_id=OuterRef("public_id"))
                return queryset.filter(Exists(own.filter(published__isnull=False, changed=False)))
            case "withdrawn":
                return queryset.filter(was_published=True, stands_published=False, merged_into="")
            case "merged":
                return queryset.filter(merged_into__gt="")
        return queryset


class EvidenceFilter(SimpleListFilter):
    title = "evidence"
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("lacking", "Lacks citations"), ("complete", "Complete")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "lacking":
                return queryset.filter(public_id__in=_copies_of(queryset, gaps__gt=0))
            case "complete":
                return queryset.filter(gaps=0)
        return queryset


class DecadeFilter(SimpleListFilter):
    """Entries that can lie in a decade; ``field`` names their date."""

    field: str
    parameter_name = "decade"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Decades between the first and the last day that a date at the desk names. One query."""
        columns = [f"{self.field}_earliest", f"{self.field}_latest"]
        named = model_admin.model.objects.aggregate(
            **{
                f"{column}_{end.name}": end(column, filter=~_open(column))
                for column in columns
                for end in (Min, Max)
            }
        )
        decades = [_decade_of(day) for day in named.values() if day is not None]
        within = range(min(decades), max(decades) + 10, 10) if decades else []
        return [*((str(year), f"{year}s") for year in within), ("undated", "Undated")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "undated":
            return queryset.filter(**{f"{self.field}__isnull": True})
        if value and YEAR.fullmatch(value) and FIRST_YEAR <= int(value) <= LAST_YEAR:
            decade = PartialDate(f"{value[:3]}X")
            return queryset.filter(
                possibly_within(
                    decade.first_day,
                    decade.last_day,
                    earliest=f"{self.field}_earliest",
                    latest=f"{self.field}_latest",
                )
            )
        return queryset


def decade_of(field: str, title: str) -> type[DecadeFilter]:
    return type("DecadeFilter", (DecadeFilter,), {"field": field, "title": title})


def date_column(field: str, title: str = "") -> Any:
    """A column of dates in words, in the order of their first days."""

    @admin.display(description=title or field, ordering=f"{field}_earliest")
    def column(entry: Any) -> str:
        return str(getattr(entry, field) or "")

    column.__name__ = field
    return column


def name_column(field: str, title: str = "") -> Any:
    """A column of what entries that are referred to are called, which `with_names_in` finds.

    In the order of their slugs, since an order of names would have to find all of them.
    """

    @admin.display(description=title or field, ordering=f"{field}__slug")
    def column(entry: Any) -> str:
        return getattr(entry, f"{field}_called") or ""

    column.__name__ = field
    column.names = field  # type: ignore[attr-defined]
    return column


def with_names_in(columns: Iterable[Any], entries: QuerySet[Any]) -> QuerySet[Any]:
    """Entries with what those columns show that name others. No query more."""
    fields = [column.names for column in columns if hasattr(column, "names")]
    related = {field: entries.model._meta.get_field(field).related_model for field in fields}
    return entries.annotate(
        **{f"{field}_called": model.name_of(f"{field}_id") for field, model in related.items()}
    )


class NamedFilter(RelatedOnlyFieldListFilter):
    """By an entry that is referred to, with the names of those that are. One query."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        model = field.related_model
        used = model_admin.model.objects.values(field.name)
        return [(each.pk, str(each)) for each in model.named(model.objects.filter(pk__in=used))]


class TypeFilter(SimpleListFilter):
    """Rows by type of entry."""

    title = "type"
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (desk_type.name, str(desk_type.model._meta.verbose_name_plural).capitalize())
            for desk_type in desk_types()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(type=self.value()) if self.value() else queryset


def _open(column: str) -> Any:
    return Q(**{f"{column}__in": [OPEN_START, OPEN_END]})


def _decade_of(day: int) -> int:
    year = date.fromordinal(max(1, min(day, date.max.toordinal()))).year
    return max(FIRST_YEAR, min(year, LAST_YEAR)) // 10 * 10
