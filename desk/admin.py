"""What the rooms build their admins on, and the admin of review."""

from django.contrib import admin

from desk.admin_entries import NOTES, EntryAdmin
from desk.admin_filters import NamedFilter, date_column, decade_of, name_column
from desk.admin_people import PeopleAdmin
from desk.admin_review import RevisionAdmin, SubmissionAdmin
from desk.admin_rows import (
    STACKED,
    IdentifierInline,
    PartInline,
    PartLookupAdmin,
    RowInline,
    StackedPartInline,
    WaiverInline,
)
from desk.models import Revision, Submission

__all__ = [
    "NOTES",
    "STACKED",
    "EntryAdmin",
    "IdentifierInline",
    "NamedFilter",
    "PartInline",
    "PartLookupAdmin",
    "PeopleAdmin",
    "RowInline",
    "StackedPartInline",
    "WaiverInline",
    "date_column",
    "decade_of",
    "name_column",
]

admin.site.register(Submission, SubmissionAdmin)
admin.site.register(Revision, RevisionAdmin)
