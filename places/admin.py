"""The desk's places."""

from typing import Any

from django.contrib import admin

from desk.admin import NOTES, EntryAdmin, IdentifierInline, PartInline, WaiverInline, name_column
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
    list_display = ("public_id", "name", name_column("part_of", "part of"), "standing", "evidence")
    list_filter = ["precision", *EntryAdmin.list_filter]
    search_fields = [*EntryAdmin.search_fields, "names__text"]
    fieldsets = (
        (None, {"fields": ("slug", ("latitude", "longitude", "precision"), "part_of")}),
        NOTES,
    )
    inlines = (PlaceNameInline, PlaceIdentifierInline, PlaceCitationInline, PlaceWaiverInline)

    @admin.display(ordering="called")
    def name(self, place: Any) -> str:
        return place.called or ""
