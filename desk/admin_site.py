"""The desk in the browser: Django's admin under our name, its models in the editors' order."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from desk import drafts
from desk.admin_findings import finding_page
from desk.admin_work import entry_page, home, work_page
from desk.choices import called
from desk.types import desk_types

GROUPS = ["Entries", "Review", "Source texts", "Files", "Readers", "People", "More"]
APP_GROUPS = {
    "desk": "Review",
    "sources": "Source texts",
    "exchange": "Files",
    "letters": "Readers",
    "tokens": "Readers",
    "auth": "People",
    "account": "People",
    "mfa": "People",
}


class Choices(AutocompleteJsonView):
    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": called(obj)}


class DeskSite(AdminSite):
    site_title = "Chronicle desk"
    site_header = "Chronicle desk"
    index_title = "The desk"
    empty_value_display = "–"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What there is to do, and the lists of everything."""
        return super().index(request, home(request) | (extra_context or {}))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("work/<slug:worklist>/", self._view(work_page), name="desk_work"),
            path("entry/<slug:public_id>/", self._view(entry_page), name="desk_entry"),
            path("finding/<slug:facts>/", self._view(finding_page), name="desk_finding"),
        ]
        return own + super().get_urls()

    def _view(self, page: Any) -> Any:
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = page(self, request, **kwargs)
            return response

        return self.admin_view(view)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """``form_of``: for the form of the page, that what is typed into it can be kept."""
        return super().each_context(request) | {"form_of": drafts.sign(request)}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """As Django's; what is posted by who is no longer signed in is kept for them."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            request.as_typed = False  # type: ignore[attr-defined]
            request.too_long = drafts.was_too_long(request)  # type: ignore[attr-defined]
            if request.method != "POST":
                return inner(request, *args, **kwargs)
            if not request.user.is_authenticated:
                drafts.keep(request)
            elif drafts.FORGET in request.POST:
                drafts.forget(request)
                return HttpResponseRedirect(request.get_full_path())
            response = inner(request, *args, **kwargs)
            if drafts.was_taken(request, response):
                drafts.forget(request)
            return response

        return keeping

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        found: Any = Choices.as_view(admin_site=self)(request)
        answer: HttpResponse = found
        return answer

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Entries first, then review, texts and people. One app alone as Django lists it."""
        if app_label:
            return super().get_app_list(request, app_label)
        groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
        for app in super().get_app_list(request):
            for model in app["models"]:
                groups[_group_of(model["model"])].append(model | {"app": app})
        order = [desk_type.model for desk_type in reversed(desk_types())]
        groups["Entries"].sort(key=lambda model: order.index(model["model"]))
        return [
            {
                "name": name,
                "app_label": name.lower().replace(" ", "-"),
                "app_url": "",
                "has_module_perms": True,
                "models": models,
            }
            for name, models in groups.items()
            if models
        ]


def _group_of(model: type[Any]) -> str:
    if any(desk_type.model is model for desk_type in desk_types()):
        return "Entries"
    return APP_GROUPS.get(model._meta.app_label, "More")
