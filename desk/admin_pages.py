"""The pages that an entry has at the desk beside its form: one row each."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from desk import (
    admin_actions,
    admin_choosing,
    admin_correcting,
    admin_history,
    admin_joining,
    admin_merging,
    admin_preview,
    admin_redaction,
)

Page = Callable[..., HttpResponse]
OF_ALL: dict[str, Page] = {"submit": admin_actions.submit_page}
# By what stands in the address, which is also the end of its name.
OF_ONE: dict[str, Page] = {
    "withdraw": admin_actions.withdraw_page,
    "changes": admin_history.changes_page,
    "correct": admin_correcting.correct_page,
    "decide": admin_choosing.decide_page,
    "redact": admin_redaction.redact_page,
    "preview": admin_preview.preview_page,
    "links": admin_preview.links_page,
    "merge": admin_merging.merge_page,
}
# What somebody made while others saved the same: the address, the end of its name.
KEPT: list[tuple[str, str, Page]] = [
    # First, as the other would take it for an entry called "1/correct".
    ("correct/kept", "join_correction", admin_joining.join_correction_page),
    ("kept", "join", admin_joining.join_page),
]


class EntryPages(admin.ModelAdmin):
    """Each page checks itself who may see it."""

    def get_urls(self) -> list[URLPattern]:
        names = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(f"{name}/", self._view(page), name=f"{names}_{name}")
            for name, page in OF_ALL.items()
        ]
        own += [
            path(f"<path:object_id>/{name}/", self._view(page), name=f"{names}_{name}")
            for name, page in OF_ONE.items()
        ]
        own += [
            path(f"<path:object_id>/{kept}/<int:number>/", self._view(page), name=f"{names}_{name}")
            for kept, name, page in KEPT
        ]
        return own + super().get_urls()

    def _view(self, page: Page) -> Any:
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return page(self, request, **kwargs)

        return self.admin_site.admin_view(view)
