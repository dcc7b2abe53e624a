"""Who may use the reading room: each of its pages checks it here, since texts are private."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from desk.admin_work import HomeLine
from desk.refusals import Refused
from desk.roles import not_for
from sources.models import Source

TEXTS = ("sources.view_sourcetext", "sources.view_source")
Page = Callable[..., HttpResponse]


def require(by: Any, permission: str) -> None:
    """``Refused`` unless the user is still here and has the permission, like ``app.verb_model``."""
    if not (by.is_active and by.has_perm(permission)):
        raise Refused(not_for(by, permission.partition(".")[2]))


def for_readers(page: Page) -> Any:
    """A page of the desk, for those who may see texts of sources."""

    def view(request: HttpRequest, **named: Any) -> HttpResponse:
        if not request.user.has_perms(TEXTS):
            raise PermissionDenied
        return page(request, **named)

    return admin.site.admin_view(view)


def of_source(page: Page) -> Any:
    """The same, of the source whose id stands in the address."""

    def view(request: HttpRequest, public_id: str, **named: Any) -> HttpResponse:
        source = Source.objects.filter(public_id=public_id).first()
        if source is None:
            raise Http404(f"There is no source {public_id} at the desk.")
        return page(request, source, **named)

    return for_readers(view)


def at_home(user: Any) -> HomeLine | None:
    """What the desk's home says of the reading room."""
    if not user.has_perms(TEXTS):
        return None
    says = "from the text of a source to cited entries"
    return HomeLine("The reading room", reverse("reading:sources"), says)


def may_change(user: Any, model: Any) -> bool:
    return bool(user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"))


def page_context(request: HttpRequest, title: str) -> dict[str, Any]:
    """What the admin's page skeleton wants of a page of ours."""
    request.current_app = admin.site.name
    return {**admin.site.each_context(request), "title": title, "subtitle": None}
