"""What there is to do at the desk, as lists that can be worked through one after the other.

Lists are kept in no session: an address names its list, and what is next follows from the order
of the list, whether what was just mended still stands in it or not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from desk.authors import with_author
from desk.models import OPEN_STATES, Finding, Submission, SubmissionState, WorkingCopy
from desk.types import desk_types

ID_ORDER = ("type", "length", "public_id")  # E2 before E10
LOST_PASSAGE = "lost-passage"  # the check of `sources` that has a list of its own
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Asking:
    """Who looks at a list, and what of it: ``type`` of entries, ``check`` of findings."""

    user: Any
    type: str = ""
    check: str = ""

    @property
    def types(self) -> list[str]:
        """The types of entries that this person may see, or the one of them asked for."""
        return [name for name in visible_types(self.user) if self.type in ("", name)]


@dataclass(frozen=True)
class WorkList:
    """``rows`` of whoever asks, in ``order``; ``about`` names what opens: entry or submission.

    ``nothing`` is said of an empty one: why, and what is next. ``may``: who has such a list.
    """

    name: str
    title: str
    says: str
    nothing: str
    rows: Callable[[Asking], QuerySet[Any]]
    about: str = "entry"
    order: tuple[str, ...] = ID_ORDER
    may: Callable[[Any], bool] = field(default=lambda user: True)

    def in_order(self, asking: Asking) -> QuerySet[Any]:
        return self.rows(asking).order_by(*self.order)

    def key_of(self, row: Any) -> Key:
        return tuple(getattr(row, name) for name in self.order)

    def address(self, asking: Asking, **more: str) -> str:
        """Of the list itself."""
        address = reverse("admin:desk_work", args=[self.name])
        query = {"type": asking.type, "check": asking.check, **more}
        given = urlencode({name: value for name, value in query.items() if value})
        return f"{address}?{given}" if given else address

    def query(self, asking: Asking, row: Any) -> str:
        """What the address of a form has behind it while the list is worked through."""
        query = {"list": self.name, "type": asking.type, "check": asking.check}
        if isinstance(row, Finding):
            query["at"] = row.facts
        return urlencode({name: value for name, value in query.items() if value})

    def address_of(self, asking: Asking, row: Any) -> str:
        """Of the form, or the review page, of one row. No query."""
        if self.about == "submission":
            address = reverse("admin:desk_submission_change", args=[row.pk])
        else:
            address = reverse("admin:desk_entry", args=[row.public_id])
        return f"{address}?{self.query(asking, row)}"


@dataclass(frozen=True)
class Place:
    """Where something stands in a list: ``number`` of ``total``, or not in it any more (None)."""

    worklist: WorkList
    asking: Asking
    number: int | None
    total: int
    previous: str
    next: str

    @property
    def list_address(self) -> str:
        return self.worklist.address(self.asking)


def place_in(worklist: WorkList, asking: Asking, key: Key) -> Place:
    """Three queries."""
    rows = worklist.in_order(asking)
    before = _beside(worklist.order, key, "lt")
    counts = rows.order_by().aggregate(
        total=Count("pk"),
        before=Count("pk", filter=before),
        here=Count("pk", filter=Q(**dict(zip(worklist.order, key, strict=True)))),
    )
    previous = rows.filter(before).reverse().first()
    following = rows.filter(_beside(worklist.order, key, "gt")).first()
    return Place(
        worklist,
        asking,
        counts["before"] + 1 if counts["here"] else None,
        counts["total"],
        worklist.address_of(asking, previous) if previous else "",
        worklist.address_of(asking, following) if following else "",
    )


def rows_after(worklist: WorkList, asking: Asking, key: Key | None) -> QuerySet[Any]:
    """The rows behind this place in the list, or all."""
    rows = worklist.in_order(asking)
    return rows if key is None else rows.filter(_beside(worklist.order, key, "gt"))


def worklists_for(user: Any) -> list[WorkList]:
    return [worklist for worklist in WORKLISTS.values() if worklist.may(user)]


def visible_types(user: Any) -> list[str]:
    """Names of the types of entries that the user may see."""
    return [
        each.name
        for each in desk_types()
        if any(
            user.has_perm(f"{each.model._meta.app_label}.{verb}_{each.model._meta.model_name}")
            for verb in ("view", "change")
        )
    ]


def may_see_submissions(user: Any) -> bool:
    return bool(user.has_perm("desk.view_submission"))


def _beside(order: tuple[str, ...], key: Key, lookup: str) -> Q:
    """Rows before (``lt``) or behind (``gt``) the place of ``key``."""
    found = Q(pk__in=[])
    for number, name in enumerate(order):
        same = dict(zip(order[:number], key[:number], strict=True))
        found |= Q(**same, **{f"{name}__{lookup}": key[number]})
    return found


def _copies(asking: Asking) -> QuerySet[WorkingCopy]:
    copies = WorkingCopy.objects.annotate(length=Length("public_id")).select_related("revision")
    return _of_types(copies, asking)


def _of_types(rows: QuerySet[Any], asking: Asking) -> QuerySet[Any]:
    wanted = asking.types
    if len(wanted) == len(desk_types()):
        return rows  # no condition, so that an index serves in its order
    return rows.filter(type__in=wanted)


def _changes(asking: Asking) -> QuerySet[WorkingCopy]:
    return _copies(asking).filter(changed=True)


def _gaps(asking: Asking) -> QuerySet[WorkingCopy]:
    withdrawn = Q(published=None) & Q(changed=False)
    return _copies(asking).filter(gaps__gt=0).exclude(withdrawn)


def _findings(asking: Asking) -> QuerySet[Finding]:
    findings = Finding.objects.annotate(length=Length("public_id")).filter(accepted_at=None)
    return _of_types(findings, asking)


def _passages(asking: Asking) -> QuerySet[Finding]:
    return _findings(asking).filter(check_name=LOST_PASSAGE)


def _others(asking: Asking) -> QuerySet[Finding]:
    if asking.check:
        return _findings(asking).filter(check_name=asking.check)
    return _findings(asking).exclude(check_name=LOST_PASSAGE)


def _submissions(state: Mapping[str, Any]) -> QuerySet[Submission]:
    return Submission.objects.filter(**state).select_related("created_by", "reviewer")


def _drafts(asking: Asking) -> QuerySet[Submission]:
    return _submissions({"state": SubmissionState.DRAFT, "created_by": asking.user})


def _returned(asking: Asking) -> QuerySet[Submission]:
    state = SubmissionState.CHANGES_REQUESTED
    return _submissions({"state": state, "created_by": asking.user})


def _to_review(asking: Asking) -> QuerySet[Submission]:
    """Those given to this person, and those given to nobody of which they are no author."""
    mine = Q(reviewer=asking.user) | Q(reviewer=None) & ~with_author(asking.user.pk)
    return _submissions({"state": SubmissionState.SUBMITTED}).filter(mine)


def _overdue(asking: Asking) -> QuerySet[Submission]:
    """Of one's own and those to review; all of them for who may approve."""
    late = _submissions({"state__in": OPEN_STATES, "due_on__lt": timezone.localdate()})
    if may_approve(asking.user):
        return late
    return late.filter(Q(created_by=asking.user) | Q(reviewer=asking.user))


def may_approve(user: Any) -> bool:
    return bool(user.has_perm("desk.approve_submission"))


def _submission_list(**options: Any) -> WorkList:
    options.setdefault("may", may_see_submissions)
    return WorkList(about="submission", order=("pk",), **options)


WORKLISTS: dict[str, WorkList] = {
    worklist.name: worklist
    for worklist in (
        _submission_list(
            name="returned",
            title="Returned to me",
            says="A reviewer has asked for changes.",
            nothing="Nothing has come back to you. What a reviewer wants changed appears here.",
            rows=_returned,
        ),
        _submission_list(
            name="review",
            title="Waiting for my review",
            says="Given to you, or to nobody yet and without changes of yours.",
            nothing="Nothing waits for you. What others submit appears here.",
            rows=_to_review,
            may=lambda user: may_see_submissions(user) and may_approve(user),
        ),
        _submission_list(
            name="overdue",
            title="Overdue",
            says="Submissions whose day has passed before they were published.",
            nothing="Nothing is overdue.",
            rows=_overdue,
        ),
        _submission_list(
            name="drafts",
            title="My drafts",
            says="Submissions that you have begun and not put up for review yet.",
            nothing="You have begun no submission. Choose entries in a list to submit them.",
            rows=_drafts,
        ),
        WorkList(
            name="changes",
            title="Unpublished changes",
            says="Entries that differ from what the public reads.",
            nothing="The public reads every entry as it stands here. What you save appears here.",
            rows=_changes,
        ),
        WorkList(
            name="gaps",
            title="Evidence gaps",
            says="Entries with claims that need a citation before they are published.",
            nothing="No claim lacks evidence. Saving an entry looks again.",
            rows=_gaps,
        ),
        WorkList(
            name="passages",
            title="Passages no longer found",
            says="The newest check did not find the words that a citation quotes.",
            nothing="Every passage that was checked is where its citation says.",
            rows=_passages,
            order=(*ID_ORDER, "facts"),
        ),
        WorkList(
            name="findings",
            title="Integrity findings",
            says="What cannot be, or is worth a second look.",
            nothing="The checks find nothing that nobody has accepted.",
            rows=_others,
            order=(*ID_ORDER, "facts"),
        ),
    )
}
