"""The queue of submissions: conditions for those that wait for somebody."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from desk.models import OPEN_STATES, Submission, SubmissionItem, SubmissionNote, SubmissionState


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


def with_numbers(submissions: QuerySet[Any]) -> QuerySet[Any]:
    """Each with ``number`` of its entries, and ``open_notes``, threads that are not resolved."""
    unresolved = SubmissionNote.objects.filter(parent=None, resolved_at=None)
    return submissions.annotate(
        number=_number_of(SubmissionItem.objects.all()), open_notes=_number_of(unresolved)
    )


def with_first_ids(submissions: QuerySet[Any], shown: int) -> QuerySet[Any]:
    """Each with ``id_0``, ``id_1``, … of its first entries, ``None`` where it has fewer.

    One by one, which the index of items answers: to number all items of submissions as large as
    an import takes a quarter of a second.
    """
    items = SubmissionItem.objects.filter(submission=OuterRef("pk")).order_by("public_id")
    ids = items.values("public_id")
    return submissions.annotate(**{f"id_{n}": Subquery(ids[n : n + 1]) for n in range(shown)})


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of ``rows`` are of a submission."""
    of_one = rows.filter(submission=OuterRef("pk")).order_by().values("submission")
    counted = of_one.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


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
