"""The desk's actors."""

from typing import Any

from django.contrib import admin

from actors.models import (
    Actor,
    ActorCitation,
    ActorIdentifier,
    ActorName,
    ActorWaiver,
    Office,
    Relation,
    Tenure,
)
from desk.admin import (
    NOTES,
    EntryAdmin,
    IdentifierInline,
    PartInline,
    PartLookupAdmin,
    StackedPartInline,
    WaiverInline,
    date_column,
    decade_of,
)
from sources.admin import CitationInline


class ActorNameInline(PartInline):
    model = ActorName
    fields = ("part_key", "text", "language", "script", "kind", "used", "position")
    verbose_name = "name"


class OfficeInline(PartInline):
    model = Office
    fields = ("part_key", "title", "single_holder", "position")


class TenureInline(StackedPartInline):
    model = Tenure
    fk_name = "entry"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("part_key", "position"),
                    ("office", "role", "organisation"),
                    "held",
                )
            },
        ),
    )


class RelationInline(PartInline):
    model = Relation
    fk_name = "entry"
    fields = ("part_key", "kind", "to", "held", "position")


class ActorIdentifierInline(IdentifierInline):
    model = ActorIdentifier


class ActorWaiverInline(WaiverInline):
    model = ActorWaiver


class ActorCitationInline(CitationInline):
    model = ActorCitation


@admin.register(Actor)
class ActorAdmin(EntryAdmin):
    list_display = (
        "public_id",
        "name",
        "kind",
        date_column("existed", "lived or existed"),
        "standing",
        "evidence",
    )
    list_filter = ["kind", decade_of("existed", "lived or existed"), *EntryAdmin.list_filter]
    search_fields = [*EntryAdmin.search_fields, "names__text"]
    fieldsets = (
        (None, {"fields": ("kind", "slug", "existed", "description")}),
        NOTES,
    )
    inlines = (
        ActorNameInline,
        OfficeInline,
        TenureInline,
        RelationInline,
        ActorIdentifierInline,
        ActorCitationInline,
        ActorWaiverInline,
    )

    @admin.display(ordering="called")
    def name(self, actor: Any) -> str:
        return actor.called or ""


@admin.register(Office)
class OfficeLookup(PartLookupAdmin):
    search_fields = [*PartLookupAdmin.search_fields, "title"]


@admin.register(Tenure)
class TenureLookup(PartLookupAdmin):
    search_fields = [*PartLookupAdmin.search_fields, "role", "office__title"]
