"""The list of submissions as a queue: what waits for whom, and until when."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from desk.queue import due_in_words, made_by, overdue, returned_to, waiting_for

SHOWN_IDS = 6  # in the list


class QueueFilter(admin.SimpleListFilter):
    """What concerns whoever looks."""

    title = "queue"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("mine", "Mine"),
            ("waiting", "Waiting for my review"),
            ("overdue", "Overdue"),
            ("returned", "Returned to me"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "mine":
                return queryset.filter(made_by(request.user))
            case "waiting":
                return queryset.filter(waiting_for(request.user))
            case "overdue":
                return queryset.filter(overdue())
            case "returned":
                return queryset.filter(returned_to(request.user))
        return queryset


class QueueColumns:
    """Columns of the list."""

    @admin.display(description="title", ordering="title")
    def called(self, submission: Any) -> str:
        return str(submission.called)

    @admin.display(description="entries")
    def entries(self, submission: Any) -> str:
        ids = [getattr(submission, f"id_{n}") for n in range(min(SHOWN_IDS, submission.number))]
        more = f" and {submission.number - len(ids)} more" if submission.number > len(ids) else ""
        return ", ".join(ids) + more

    @admin.display(description="author", ordering="created_by__username")
    def author(self, submission: Any) -> str:
        return str(submission.created_by)

    @admin.display(description="due", ordering="due_on")
    def due(self, submission: Any) -> str:
        return due_in_words(submission)

    @admin.display(description="open notes", ordering="open_notes")
    def notes(self, submission: Any) -> str:
        return str(submission.open_notes or "")
