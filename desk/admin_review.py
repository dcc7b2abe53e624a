"""Submissions and revisions in the admin: to read, to compare, and to decide on."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from desk import admin_moves, drafts
from desk.admin_actions import may_see_type, page_context, submission_url
from desk.admin_filters import TypeFilter
from desk.admin_joining import join_url
from desk.admin_moves import tell
from desk.admin_paging import PagedByKeys
from desk.admin_queue import SHOWN_IDS, QueueColumns, QueueFilter
from desk.admin_search import BoundedSearch
from desk.admin_work import place_of
from desk.bases import normalised
from desk.comparing import compared
from desk.models import Revision, Submission, SubmissionItem
from desk.passages import may_read_texts
from desk.publishing import approve_and_publish
from desk.queue import with_first_ids, with_numbers
from desk.refusals import Refused
from desk.reviewing import review_of
from desk.revisions import restore
from desk.submissions import submission_checksum
from desk.types import desk_types, entry_with_id

ENTRIES_VAR = "entries"  # names the page of a submission's entries; `p` is the list's own


class ReadOnlyAdmin(PagedByKeys, BoundedSearch, admin.ModelAdmin):
    """To look at. What can be done has buttons of its own."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_visible(self, request: HttpRequest, object_id: str) -> Any:
        """The object, or 404, or 403 where this user may not see this one."""
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        return found

    def posted(self, view: Any) -> Any:
        return self.admin_site.admin_view(require_POST(view))


class OfVisibleTypes(ReadOnlyAdmin):
    """Of rows with the ``public_id`` of an entry: those about entries that this user may see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request)
        for each in desk_types():
            if not may_see_type(request, each.name):
                found = found.exclude(public_id__startswith=each.model.letter)
        return found


class SubmissionAdmin(QueueColumns, ReadOnlyAdmin):
    list_display = ["called", "state", "entries", "author", "reviewer", "due", "notes", "edition"]
    list_filter = [QueueFilter, "state", "items__change"]
    list_select_related = ["created_by", "reviewer", "edition"]
    search_fields = ["title", "reason", "=items__public_id"]
    actions = ["look_at_to_approve"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_first_ids(with_numbers(super().get_queryset(request)), SHOWN_IDS)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or all(may_see_type(request, type_name) for type_name in types_in(obj))
        )

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("desk.approve_submission"))

    def get_urls(self) -> list[URLPattern]:
        approve = path("approve/", self.posted(self.approve_view), name="desk_submission_approve")
        return [approve, *admin_moves.urls(self), *super().get_urls()]

    @admin.action(description="Approve and publish…", permissions=["approve"])
    def look_at_to_approve(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        """Shows what would be published; the button there approves exactly that."""
        return self._review_page(request, list(queryset.order_by("pk")), "Approve and publish")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kw: Any) -> Any:
        submission = self.get_visible(request, object_id)
        return self._review_page(request, [submission], str(submission))

    def _review_page(
        self,
        request: HttpRequest,
        submissions: list[Submission],
        title: str,
        *,
        shown: Mapping[int, str] | None = None,
    ) -> HttpResponse:
        """``shown``: by submission, the revisions that somebody tried to approve, and that are
        not those of now: what has changed since comes first."""
        if not all(self.has_view_permission(request, submission) for submission in submissions):
            raise PermissionDenied
        context = page_context(self, request, title) | {
            "reviews": [
                review_of(
                    submission,
                    by=request.user,
                    page=request.GET.get(ENTRIES_VAR),
                    texts=may_read_texts(request.user),
                    shown=(shown or {}).get(submission.pk),
                )
                for submission in submissions
            ],
            "page_var": ENTRIES_VAR,
            "work": place_of(request, submissions[0]) if len(submissions) == 1 else None,
            "may_approve": self.has_approve_permission(request),
        }
        status = 200 if shown is None else 409
        return TemplateResponse(request, "desk/review.html", context, status=status)

    def approve_view(self, request: HttpRequest) -> HttpResponse:
        """Publish each submission posted as ``number:checksum``, in an edition of its own.

        Of those that moved since they were shown, the page says how (``shown-number``: what was).
        """
        shown = [each.partition(":") for each in request.POST.getlist("submission")]
        numbers = [number for number, _, _ in shown if number.isdecimal() and len(number) < 19]
        submissions = self.get_queryset(request).in_bulk([int(number) for number in numbers])
        if not all(self.has_view_permission(request, each) for each in submissions.values()):
            raise PermissionDenied
        submission, moved = None, {}
        for number, _, checksum in shown:
            submission = submissions.get(int(number)) if number in numbers else None
            if submission is None:
                raise Http404
            try:
                edition = approve_and_publish(submission, by=request.user, checksum=checksum)
            except Refused as refused:
                tell(request, refused, f"{submission} has not been published.")
                if submission_checksum(submission) != checksum:
                    moved[submission.pk] = request.POST.get(f"shown-{number}", "")
            else:
                done = f"{submission} is published, in edition {edition.number}."
                messages.success(request, done)
        if moved:
            changed = [submissions[pk] for pk in moved]
            title = str(changed[0]) if len(changed) == 1 else "Changed since they were shown"
            return self._review_page(request, changed, title, shown=moved)
        return _back_to(submission)


class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "type", "number", "saved_at", "saved_by", "reason"]
    list_filter = [TypeFilter]
    list_select_related = ["saved_by"]
    search_fields = ["=public_id", "reason"]
    ordering = ["-saved_at", "-pk"]
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Revisions of the types that this user may see."""
        hidden = [each.name for each in desk_types() if not may_see_type(request, each.name)]
        found = super().get_queryset(request).select_related("saved_by", "starts_from")
        return found.exclude(type__in=hidden) if hidden else found

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or may_see_type(request, obj.type)
        )

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:object_id>/restore/",
            self.admin_site.admin_view(self.restore_view),
            name="desk_revision_restore",
        )
        return [own, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kw: Any) -> Any:
        """The document, and what differs from another revision of the same entry."""
        revision = self.get_visible(request, object_id)
        entry = entry_with_id(revision.public_id)
        restore_url = reverse("admin:desk_revision_restore", args=[revision.pk])
        typed = drafts.draft_for(request, restore_url)
        context = page_context(self, request, str(revision)) | {
            "revision": revision,
            "compared": compared(
                revision,
                request.GET.get("against", ""),
                texts=may_read_texts(request.user),
            ),
            "entry": entry,
            "entry_url": _entry_admin(self, entry).change_url(entry) if entry else "",
            "may_restore": self._may_restore(request, entry),
            "kept_url": _kept_url(request, revision, entry),
            "restore_url": restore_url,
            "form_of": drafts.sign(request, restore_url),
            "reason": typed.get("reason", "") if typed else "",
        }
        return TemplateResponse(request, "desk/revision.html", context)

    def restore_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Into the working copy; nothing changes in public. Asked for without a form, as after
        signing in anew, it leads to where that is."""
        revision = self.get_visible(request, str(object_id))
        page = HttpResponseRedirect(reverse("admin:desk_revision_change", args=[revision.pk]))
        if request.method != "POST":
            return page
        entry = entry_with_id(revision.public_id)
        if not self._may_restore(request, entry):
            raise PermissionDenied
        reason = normalised(request.POST.get("reason", ""))
        try:
            if not reason:
                raise Refused("Say why you restore it.")
            restore(entry, revision, by=request.user, reason=reason)  # type: ignore[arg-type]
        except Refused as refused:
            tell(request, refused, f"{revision} has not been restored.")
            drafts.keep(request)
            return page
        messages.success(request, f"{revision} is the working copy again. Nothing is published.")
        return HttpResponseRedirect(_entry_admin(self, entry).change_url(entry))

    def _may_restore(self, request: HttpRequest, entry: Any) -> bool:
        return entry is not None and _entry_admin(self, entry).has_change_permission(request, entry)


def types_in(submission: Submission) -> list[str]:
    """Types of the entries in a submission. One query."""
    items = SubmissionItem.objects.filter(submission=submission).order_by()
    return list(items.values_list("type", flat=True).distinct())


def _entry_admin(own: ReadOnlyAdmin, entry: Any) -> Any:
    return own.admin_site.get_model_admin(type(entry))


def _kept_url(request: HttpRequest, revision: Revision, entry: Any) -> str:
    """Where what was kept beside the working copy is brought together with it, by who typed it."""
    if not revision.kept_beside or entry is None or revision.saved_by != request.user:
        return ""
    return join_url(entry, revision)


def _back_to(submission: Submission | None) -> HttpResponse:
    if submission is None:
        return HttpResponseRedirect(reverse("admin:desk_submission_changelist"))
    return HttpResponseRedirect(submission_url(submission))
