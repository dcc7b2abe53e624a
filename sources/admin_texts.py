"""Source texts at the desk: each as it is held, all of a source, and what differs between two."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from chronicle.bodies import takes_much
from desk.admin_actions import page_context
from desk.admin_search import BoundedSearch
from desk.choices import is_key
from sources.admin_loading import load_page
from sources.effects import effects_of
from sources.models import Source, SourceText
from sources.queue import waiting
from sources.selectors import FoldedText
from sources.text_comparing import compare
from sources.texts import blocks_of

LONGEST_NUMBER = 6  # digits of the number of a page


@admin.register(SourceText)
class SourceTextAdmin(BoundedSearch, admin.ModelAdmin):
    """Copies of sources' texts, for the staff alone."""

    change_form_template = "desk/source_text_form.html"
    list_display = ("source", "short_digest", "loaded_at", "loaded_by")
    list_select_related = ("source", "loaded_by")
    search_fields = ("=source__public_id", "source__title", "sha256")
    fields = ("source", "digest", "loaded_at", "loaded_by", "headings")
    readonly_fields = ("source", "digest", "loaded_at", "loaded_by")

    @admin.display(description="SHA-256")
    def short_digest(self, text: SourceText) -> str:
        return text.sha256[:12]

    @admin.display(description="SHA-256")
    def digest(self, text: SourceText) -> str:
        return text.sha256

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("text")

    @takes_much
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return load_page(self, request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        text: SourceText = kwargs["obj"]
        context["to_look_at"] = waiting().filter(source=text.source).count()
        context["blocks"] = [
            {"number": number, "text": block.text, "is_heading": block.is_heading}
            for number, block in enumerate(blocks_of(text.text, text.headings), start=1)
        ]
        return super().render_change_form(request, context, *args, **kwargs)


class ShowsTexts:
    """Pages of a source: ``…/texts/``, all that the desk holds of it, and what differs."""

    def get_urls(self) -> list[URLPattern]:
        admin: Any = self
        pages = (
            ("texts/compare/", compare_page, "compare"),
            ("texts/", texts_page, "texts"),
        )
        own = [
            path(
                f"<path:object_id>/{address}",
                admin.admin_site.admin_view(_bound(admin, page)),
                name=f"sources_source_{name}",
            )
            for address, page, name in pages
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        source = kwargs.get("obj")
        may_see = source is not None and request.user.has_perm("sources.view_sourcetext")
        url = reverse("admin:sources_source_texts", args=[source.pk]) if source and may_see else ""
        context["texts_url"] = url
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _bound(model_admin: Any, page: Any) -> Any:
    def view(request: HttpRequest, object_id: str) -> HttpResponse:
        response: HttpResponse = page(model_admin, request, object_id)
        return response

    return view


def _source(model_admin: Any, request: HttpRequest, object_id: str) -> Source:
    source: Source | None = model_admin.get_object(request, unquote(object_id))
    if source is None:
        raise Http404
    may_see = model_admin.has_view_or_change_permission(request, source)
    if not (may_see and request.user.has_perm("sources.view_sourcetext")):
        raise PermissionDenied
    return source


def _context(model_admin: Any, request: HttpRequest, title: str, source: Source) -> dict[str, Any]:
    return page_context(model_admin, request, title) | {
        "subtitle": str(source),
        "entry": source,
        "entry_url": model_admin.change_url(source),
        "texts_url": reverse("admin:sources_source_texts", args=[source.pk]),
    }


def texts_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Every text of a source, the newest first. As many queries for one as for ten."""
    source = _source(model_admin, request, object_id)
    held = list(source.texts.select_related("loaded_by"))
    context = _context(model_admin, request, f"Texts of {source.public_id}", source) | {
        "texts": [
            {
                "held": text,
                "url": reverse("admin:sources_sourcetext_change", args=[text.pk]),
                "blocks": len(FoldedText(text.text, []).blocks),
                "before": number == 1,
                "after": number == 0,
            }
            for number, text in enumerate(held)
        ],
        "compare_url": reverse("admin:sources_source_compare", args=[source.pk]),
        "load_url": (
            f"{reverse('admin:sources_sourcetext_add')}?source={source.public_id}"
            if request.user.has_perm("sources.add_sourcetext")
            else ""
        ),
    }
    return TemplateResponse(request, "desk/texts.html", context)


def compare_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """What differs between two texts of a source (``before`` and ``after``), a page at a time,
    and which citations are found otherwise."""
    source = _source(model_admin, request, object_id)
    before, after = (_text(source, request.GET.get(name, "")) for name in ("before", "after"))
    old, new = FoldedText(before.text, []), FoldedText(after.text, [])
    page = request.GET.get("page", "")
    number = int(page) if is_key(page) and len(page) <= LONGEST_NUMBER else 1
    found = compare(
        [block.text for block in old.blocks], [block.text for block in new.blocks], page=number
    )
    address = f"?before={before.pk}&after={after.pk}&page="
    context = _context(model_admin, request, f"Two texts of {source.public_id}", source) | {
        "before": before,
        "after": after,
        "found": found,
        "effects": effects_of(source, old, new),
        "earlier_url": f"{address}{found.earlier}" if found.earlier else "",
        "later_url": f"{address}{found.later}" if found.later else "",
    }
    return TemplateResponse(request, "desk/text_compare.html", context)


def _text(source: Source, key: str) -> SourceText:
    text = source.texts.filter(pk=key).first() if is_key(key) else None
    if text is None:
        raise Http404("There is no such text of this source.")
    return text
