"""The queue of submissions: conditions for those that wait for somebody."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from desk.models import OPEN_STATES, Submission, SubmissionNote, SubmissionState


def made_by(user: Any) -> Q:
    return Q(created_by=user)


def returned_to(user: Any) -> Q:
    """Changes have been requested of them."""
    return Q(created_by=user, state=SubmissionState.CHANGES_REQUESTED)


def waiting_for(user: Any) -> Q:
    """Submitted, and theirs to review: given to them, or to nobody and not worded by them.

    Whether they changed an entry in it is told on its page alone: it would cost a look at every
    revision.
    """
    if not user.has_perm("desk.approve_submission"):
        return Q(pk__in=[])
    unassigned = Q(reviewer=None)
    if settings.FOUR_EYES:
        own = Submission.objects.filter(worded_by=user).values("pk")
        unassigned &= ~Q(pk__in=own)
    return Q(state=SubmissionState.SUBMITTED) & (Q(reviewer=user) | unassigned)


def overdue() -> Q:
    """Still open after the day that they were to be done by."""
    return Q(due_on__lt=timezone.now().date(), state__in=OPEN_STATES)


def with_open_notes(submissions: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``open_notes``, the number of threads that are not resolved."""
    unresolved = (
        SubmissionNote.objects.filter(submission=OuterRef("pk"), parent=None, resolved_at=None)
        .order_by()
        .values("submission")
        .annotate(number=Count("pk"))
        .values("number")
    )
    counted = Coalesce(Subquery(unresolved, output_field=IntegerField()), 0)
    return submissions.annotate(open_notes=counted)


def due_in_words(submission: Submission) -> str:
    """``12 March 2027``, and that it is overdue; empty without a day."""
    day = submission.due_on
    if day is None:
        return ""
    words = f"{day.day} {day:%B %Y}"
    late = (timezone.now().date() - day) // datetime.timedelta(days=1)
    if submission.state not in OPEN_STATES or late <= 0:
        return words
    return f"{words}, overdue by {late} day{'s' if late > 1 else ''}"
