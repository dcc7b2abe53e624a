"""The desk's home and its lists in the browser, and the way through a list from form to form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format

from desk.findings import findings_of
from desk.integrity import integrity_checks
from desk.models import Finding, Submission, WorkingCopy
from desk.naming import names_of
from desk.types import desk_type, desk_type_for, desk_types, entry_keys
from desk.worklists import (
    LOST_PASSAGE,
    WORKLISTS,
    Asking,
    Key,
    Place,
    WorkList,
    place_in,
    rows_after,
    visible_types,
    worklists_for,
)
from record.models import Edition

SHOWN_AT_HOME = 5
ROWS_A_PAGE = 50
FACTS = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Line:
    """A row of a list: what it is called, what there is to say of it, where it opens."""

    name: str
    address: str
    about: str
    says: str = ""


@dataclass(frozen=True)
class Shown:
    """A list at home: how many there are, and the first few."""

    worklist: WorkList
    total: int
    lines: list[Line]
    address: str


@dataclass(frozen=True)
class HomeLine:
    """A line at home that leads to a page of some room: its name, and what is to be said of it."""

    name: str
    address: str
    says: str


_lines: list[Callable[[Any], HomeLine | None]] = []


def register_line(line: Callable[[Any], HomeLine | None]) -> None:
    """For a room, when Django starts: what home says of it to a user, if anything."""
    _lines.append(line)


def home(request: HttpRequest) -> dict[str, Any]:
    """What the index shows above the lists of models.

    Two queries a list that this person has, and three more, and what the lines of rooms ask.
    """
    asking = Asking(request.user)
    worklists = worklists_for(request.user)
    first = {each.name: list(each.in_order(asking)[:SHOWN_AT_HOME]) for each in worklists}
    totals = {each.name: each.rows(asking).count() for each in worklists}
    names = names_of(_ids([row for rows in first.values() for row in rows]))
    shown = {
        each.name: Shown(
            each,
            totals[each.name],
            [_line(each, asking, row, names) for row in first[each.name]],
            each.address(asking),
        )
        for each in worklists
    }
    return {
        "lines": [said for line in _lines if (said := line(request.user))],
        "mine": [each for each in shown.values() if each.worklist.about == "submission"],
        "entries": [each for each in shown.values() if each.worklist.about == "entry"],
        "by_check": _by_check(asking),
        # A query that groups has none of the model's own order.
        "editions": Edition.objects.annotate(size=Count("versions")).order_by("-number")[
            :SHOWN_AT_HOME
        ],
    }


def work_page(site: Any, request: HttpRequest, worklist: str) -> HttpResponse:
    """One list, a page of it at a time. As many queries for one row as for fifty."""
    chosen = WORKLISTS.get(worklist)
    if chosen is None:
        raise Http404
    if not chosen.may(request.user):
        raise PermissionDenied
    asking = _asking(request)
    rows = list(rows_after(chosen, asking, _after(chosen, request))[: ROWS_A_PAGE + 1])
    more, rows = rows[ROWS_A_PAGE:], rows[:ROWS_A_PAGE]
    names = names_of(_ids(rows))
    context = _page(site, request, chosen.title) | {
        "worklist": chosen,
        "asking": asking,
        "total": chosen.rows(asking).count(),
        "lines": [_line(chosen, asking, row, names) for row in rows],
        "is_first": "after" not in request.GET,
        "next": chosen.address(asking, after=_name_of(chosen, rows[-1])) if more else "",
        "start": chosen.address(asking),
        "types": _type_choices(request.user) if chosen.about == "entry" else [],
        "checks": _check_choices() if chosen.name == "findings" else [],
    }
    return TemplateResponse(request, "desk/work.html", context)


def entry_page(site: Any, request: HttpRequest, public_id: str) -> HttpResponse:
    """From an id to the form of its entry, which checks whether it may be seen."""
    try:
        opts = desk_type_for(public_id).model._meta
        key = entry_keys([public_id])[public_id]
    except KeyError:
        raise Http404(f"There is no {public_id} at the desk.") from None
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[key])
    query = request.META["QUERY_STRING"]
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def place_of(request: HttpRequest, row: Any) -> Place | None:
    """Where this entry or submission stands in the list that the address names, if it does."""
    chosen = WORKLISTS.get(request.GET.get("list", ""))
    if chosen is None or not chosen.may(request.user):
        return None
    if isinstance(row, Submission) != (chosen.about == "submission"):
        return None
    key: Key = (row.pk,)
    if chosen.about == "entry":
        key = _key_of_id(row.public_id, request.GET.get("at", ""), chosen)
    return place_in(chosen, _asking(request), key)


class WorksThroughLists:
    """An entry's form that knows its way through a list, and what was found about the entry."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        entry = kwargs.get("obj")
        context |= {
            "work": place_of(request, entry) if entry else None,
            "findings": findings_of(entry.public_id) if entry else [],
            "can_accept": request.user.has_perm("desk.accept_finding"),
        }
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Saved out of a list: on to the next, or back to the list, as the button says."""
        response: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]
        work = place_of(request, obj)
        if work is None or "_addanother" in request.POST:
            return response
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.get_full_path())
        if "_next" in request.POST and work.next:
            return HttpResponseRedirect(work.next)
        return HttpResponseRedirect(work.list_address)


def _page(site: Any, request: HttpRequest, title: str) -> dict[str, Any]:
    request.current_app = site.name
    return {**site.each_context(request), "title": title, "subtitle": None}


def _asking(request: HttpRequest) -> Asking:
    """What the address asks for; what there is not is not asked for."""
    wanted, check = request.GET.get("type", ""), request.GET.get("check", "")
    return Asking(
        request.user,
        wanted if wanted in {each.name for each in desk_types()} else "",
        check if check in {each.name for each in integrity_checks()} else "",
    )


def _after(worklist: WorkList, request: HttpRequest) -> Key | None:
    """The place that the address wants to go on from: ``E14``, ``E14:facts`` or a number."""
    given = request.GET.get("after", "")
    if worklist.about == "submission":
        return (int(given),) if re.fullmatch("[0-9]{1,18}", given) else None
    public_id, _, facts = given.partition(":")
    if not re.fullmatch("[A-Z][0-9]{1,15}", public_id):
        return None
    try:
        return _key_of_id(public_id, facts, worklist)
    except KeyError:
        return None


def _key_of_id(public_id: str, facts: str, worklist: WorkList) -> Key:
    key: Key = (desk_type_for(public_id).name, len(public_id), public_id)
    if "facts" not in worklist.order:
        return key
    # Behind all of the entry where the address names none of them, or nonsense.
    return (*key, facts if FACTS.fullmatch(facts) else "g")


def _name_of(worklist: WorkList, row: Any) -> str:
    """The row as ``_after`` reads it."""
    if worklist.about == "submission":
        return str(row.pk)
    return f"{row.public_id}:{row.facts}" if isinstance(row, Finding) else str(row.public_id)


def _ids(rows: list[Any]) -> set[str]:
    return {row.public_id for row in rows if not isinstance(row, Submission)}


def _line(worklist: WorkList, asking: Asking, row: Any, names: dict[str, str]) -> Line:
    address = worklist.address_of(asking, row)
    if isinstance(row, Submission):
        return Line(row.called, address, _about(row))
    name = names.get(row.public_id, row.public_id)
    about = f"{desk_type(row.type).model._meta.verbose_name} {row.public_id}"
    if isinstance(row, Finding):
        return Line(name, address, about, row.sentence)
    return Line(name, address, about, _lacks(row) if worklist.name == "gaps" else _standing(row))


def _about(submission: Submission) -> str:
    pieces = [submission.get_state_display().lower(), f"by {submission.created_by}"]
    if submission.reviewer:
        pieces.append(f"for {submission.reviewer}")
    if submission.due_on:
        pieces.append(f"due {date_format(submission.due_on, 'j F Y')}")
    return ", ".join(pieces)


def _lacks(copy: WorkingCopy) -> str:
    return "1 claim lacks evidence" if copy.gaps == 1 else f"{copy.gaps} claims lack evidence"


def _standing(copy: WorkingCopy) -> str:
    return "not published yet" if copy.published_id is None else "changed since it was published"


def _by_check(asking: Asking) -> list[tuple[str, int, str]]:
    """Findings by check, those that were found: title, how many, where. One query."""
    findings = WORKLISTS["findings"]
    rows = findings.rows(asking).order_by().values("check_name").annotate(number=Count("pk"))
    numbers = {row["check_name"]: row["number"] for row in rows}
    return [
        (check.title, numbers[check.name], findings.address(Asking(asking.user, check=check.name)))
        for check in integrity_checks()
        if check.name in numbers
    ]


def _type_choices(user: Any) -> list[tuple[str, str]]:
    return [
        (name, str(desk_type(name).model._meta.verbose_name_plural).capitalize())
        for name in visible_types(user)
    ]


def _check_choices() -> list[tuple[str, str]]:
    return [(each.name, each.title) for each in integrity_checks() if each.name != LOST_PASSAGE]
