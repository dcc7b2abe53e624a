"""The desk's peace proposals."""

from django.contrib import admin

from desk.admin import (
    NOTES,
    EntryAdmin,
    IdentifierInline,
    NamedFilter,
    PartInline,
    PartLookupAdmin,
    StackedPartInline,
    WaiverInline,
    date_column,
    decade_of,
    name_column,
)
from desk.forms import OwnPartField, PartForm
from proposals.models import (
    Author,
    Lineage,
    Proposal,
    ProposalCitation,
    ProposalIdentifier,
    ProposalWaiver,
    Provision,
    Response,
    Silence,
)
from sources.admin import CitationInline


class LineageForm(PartForm):
    provision = OwnPartField(
        of="provisions",
        required=False,
        help_text="Its key, like p2 or new-1. Left empty where one is dropped, or of the whole.",
    )


class ResponseForm(PartForm):
    to = OwnPartField(
        of="provisions",
        required=False,
        help_text="The key of a provision, like p2 or new-1. Left empty: the whole proposal.",
    )


class AuthorInline(PartInline):
    model = Author
    fields = ("part_key", "actor", "position")


class ProvisionInline(PartInline):
    model = Provision
    fields = ("part_key", "topic", "summary", "position")


class SilenceInline(PartInline):
    model = Silence
    fields = ("part_key", "topic", "position")


class LineageInline(PartInline):
    model = Lineage
    fk_name = "entry"
    form = LineageForm
    fields = ("part_key", "provision", "kind", "earlier", "earlier_proposal", "position")


class ResponseInline(StackedPartInline):
    model = Response
    form = ResponseForm
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("part_key", "position"),
                    ("actor", "to", "stance"),
                    "date",
                    ("event", "looked_in"),
                )
            },
        ),
    )


class ProposalIdentifierInline(IdentifierInline):
    model = ProposalIdentifier


class ProposalWaiverInline(WaiverInline):
    model = ProposalWaiver


class ProposalCitationInline(CitationInline):
    model = ProposalCitation


@admin.register(Proposal)
class ProposalAdmin(EntryAdmin):
    list_display = (
        "public_id",
        "title",
        name_column("kind"),
        date_column("presented"),
        "standing",
        "evidence",
    )
    list_filter = [
        ("kind", NamedFilter),
        decade_of("presented", "presented"),
        *EntryAdmin.list_filter,
    ]
    search_fields = [*EntryAdmin.search_fields, "title", "summary"]
    ordering = ("presented_earliest", "presented_latest", "pk")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "presented", "event", "summary", "outcome")}),
        NOTES,
    )
    inlines = (
        AuthorInline,
        ProvisionInline,
        SilenceInline,
        LineageInline,
        ResponseInline,
        ProposalIdentifierInline,
        ProposalCitationInline,
        ProposalWaiverInline,
    )


@admin.register(Provision)
class ProvisionLookup(PartLookupAdmin):
    search_fields = [*PartLookupAdmin.search_fields, "summary", "entry__title"]
