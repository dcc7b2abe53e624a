"""The page of an entry that says what each of its claims rests on."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from desk.admin_actions import page_context
from desk.evidence_table import evidence_table


class ShowsEvidence:
    """A page of its own for entries that cite: ``…/evidence/``, and the way there."""

    def get_urls(self) -> list[URLPattern]:
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        if not cites(self):
            return urls
        view = self.admin_site.admin_view(self.evidence_view)  # type: ignore[attr-defined]
        return [path("<path:object_id>/evidence/", view, name=_name(self)), *urls]

    def evidence_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """As many queries for one claim as for a hundred."""
        admin: Any = self
        entry = admin.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not admin.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        title = f"Evidence of {entry.public_id}"
        context = page_context(admin, request, title) | {
            "subtitle": str(entry),
            "entry": entry,
            "entry_url": admin.change_url(entry),
            "table": evidence_table(entry),
        }
        return TemplateResponse(request, "desk/evidence.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        entry: Any = kwargs.get("obj")
        shown = entry is not None and cites(self)
        context["evidence_url"] = reverse(f"admin:{_name(self)}", args=[entry.pk]) if shown else ""
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def cites(model_admin: Any) -> bool:
    return hasattr(model_admin.model, "citations")


def _name(model_admin: Any) -> str:
    return f"{model_admin.opts.app_label}_{model_admin.opts.model_name}_evidence"
