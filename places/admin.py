"""The desk's places."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from desk.admin import NOTES, EntryAdmin, IdentifierInline, PartInline, WaiverInline, slug_column
from places.models import Place, PlaceCitation, PlaceIdentifier, PlaceName, PlaceWaiver
from sources.admin import CitationInline


class PlaceNameInline(PartInline):
    model = PlaceName
    fields = ("part_key", "text", "language", "usage", "preferred", "position")
    verbose_name = "name"


class PlaceIdentifierInline(IdentifierInline):
    model = PlaceIdentifier


class PlaceWaiverInline(WaiverInline):
    model = PlaceWaiver


class PlaceCitationInline(CitationInline):
    model = PlaceCitation


@admin.register(Place)
class PlaceAdmin(EntryAdmin):
    list_display = ("public_id", "name", slug_column("part_of", "part of"), "standing", "evidence")
    list_filter = ["precision", *EntryAdmin.list_filter]
    list_select_related = ("part_of",)
    search_fields = [*EntryAdmin.search_fields, "names__text"]
    fieldsets = (
        (None, {"fields": ("slug", ("latitude", "longitude", "precision"), "part_of")}),
        NOTES,
    )
    inlines = (PlaceNameInline, PlaceIdentifierInline, PlaceCitationInline, PlaceWaiverInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        names = PlaceName.objects.filter(entry=OuterRef("pk"))
        first = names.order_by("-preferred", "position", "pk").values("text")[:1]
        return super().get_queryset(request).annotate(name=Subquery(first))

    @admin.display(ordering="name")
    def name(self, place: Any) -> str:
        return place.name or ""
