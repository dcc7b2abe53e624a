"""The desk's events."""

from django.contrib import admin

from desk.admin import (
    NOTES,
    EntryAdmin,
    IdentifierInline,
    NamedFilter,
    PartInline,
    WaiverInline,
    date_column,
    decade_of,
    name_column,
)
from events.models import (
    Event,
    EventCitation,
    EventIdentifier,
    EventWaiver,
    Participation,
    Quantity,
)
from sources.admin import CitationInline


class ParticipationInline(PartInline):
    model = Participation
    fields = ("part_key", "actor", "role", "tenure", "position")
    verbose_name = "participant"


class QuantityInline(PartInline):
    model = Quantity
    fields = ("part_key", "what", "low", "best", "high", "unit", "approximate", "position")


class EventIdentifierInline(IdentifierInline):
    model = EventIdentifier


class EventWaiverInline(WaiverInline):
    model = EventWaiver


class EventCitationInline(CitationInline):
    model = EventCitation


@admin.register(Event)
class EventAdmin(EntryAdmin):
    list_display = (
        "public_id",
        "title",
        name_column("kind"),
        date_column("date"),
        name_column("place"),
        "standing",
        "evidence",
    )
    list_filter = [
        ("kind", NamedFilter),
        decade_of("date", "date"),
        *EntryAdmin.list_filter,
    ]
    search_fields = [*EntryAdmin.search_fields, "title", "summary"]
    ordering = ("date_earliest", "date_latest", "pk")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "date", "summary")}),
        ("Where it belongs", {"fields": ("place", "part_of", "follows")}),
        NOTES,
    )
    inlines = (
        ParticipationInline,
        QuantityInline,
        EventIdentifierInline,
        EventCitationInline,
        EventWaiverInline,
    )
