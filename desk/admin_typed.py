"""A form of Django's admin that comes back as it was typed; entries do it themselves."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from desk import drafts


class NotSavedYet:
    """A form that is refused, as nobody has looked at it since it was sent."""

    def clean(self) -> Any:
        self.add_error(None, drafts.NOT_SAVED_YET)  # type: ignore[attr-defined]
        return super().clean()  # type: ignore[misc]


class GivesBack(admin.ModelAdmin):
    """What was typed when nobody was signed in is shown again, for the template's ``form_of``."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        draft = drafts.draft_for(request) if request.method != "POST" else None
        if draft is None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        drafts.as_posted(request, draft)
        return self._changeform_view(request, object_id, "", {})  # type: ignore[attr-defined]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not request.as_typed:  # type: ignore[attr-defined]
            return form
        return type(form)(form.__name__, (NotSavedYet, form), {})
