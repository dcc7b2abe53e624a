"""Pages of the exchange: what comes in by file, what goes out."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from desk.admin_actions import may_see_type, page_context
from desk.admin_review import ReadOnlyAdmin
from desk.models import WorkingCopy
from desk.types import desk_type_of, desk_types
from exchange.admin_preview import preview_page, told
from exchange.exporting import empty_tables, export, sources_to_write
from exchange.formats import FORMATS, write_file
from exchange.forms import ExportForm, UploadForm
from exchange.importing import try_out
from exchange.incoming import Incoming
from exchange.models import ImportedFile, keep_file, oldest_kept
from exchange.problems import Faulty, NotTaken, Problem
from record.types import type_named
from sources.bibliography.formats import FORMATS as BIBLIOGRAPHIES
from sources.bibliography.formats import write_bibliography
from sources.models import Source


@admin.register(ImportedFile)
class ImportedFileAdmin(ReadOnlyAdmin):
    """The user's own file alone, until its time is up."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        standing = super().get_queryset(request).filter(uploaded_at__gt=oldest_kept())
        return standing.filter(owner=request.user.pk)

    def get_urls(self) -> list[URLPattern]:
        out = self.admin_site.admin_view(self.export_view)
        sources = self.admin_site.admin_view(self.bibliography_view)
        return [
            path("export/", out, name="exchange_importedfile_export"),
            path("bibliography/", sources, name="exchange_importedfile_bibliography"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Where files come in and go out. Posting a file looks it through and keeps it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = UploadForm()
        problems: list[Problem] = []
        if request.method == "POST":
            if not request.user.has_perm("desk.submit_entry"):
                raise PermissionDenied
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                try:
                    return HttpResponseRedirect(_preview_url(_taken(form, request.user)))
                except NotTaken as refused:
                    form.add_error("file", refused.message)
                except Faulty as faulty:
                    problems = faulty.problems
                except ValidationError as refused:
                    form.add_error(None, refused)
        context = page_context(self, request, "Import and export") | {
            "form": form,
            "may_import": request.user.has_perm("desk.submit_entry"),
            "file_name": _name_of(request),
            "waiting": self.get_queryset(request).defer("data", "items").first(),
            "export_form": ExportForm(types=_types(request)),
            "bibliographies": [(name, label) for name, (label, *_) in BIBLIOGRAPHIES.items()],
            **told(problems),
        }
        return TemplateResponse(request, "exchange/home.html", context)

    def change_view(
        self, request: HttpRequest, object_id: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What the file would change. Posting imports exactly that, or forgets the file."""
        file: ImportedFile = self.get_visible(request, str(object_id))
        if request.method == "POST" and not request.user.has_perm("desk.submit_entry"):
            raise PermissionDenied
        return preview_page(self, request, file)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Everything of the types asked for, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = ExportForm(request.GET, types=_types(request))
        if not form.is_valid():
            for message in form.errors.get("types", ["Choose a format."]):
                messages.error(request, f"Nothing was exported. {message}")
            return HttpResponseRedirect(reverse("admin:exchange_importedfile_changelist"))
        types = form.cleaned_data["types"]
        if form.cleaned_data["empty"]:
            return download(empty_tables(types), form.cleaned_data["format"], "empty")
        copies = WorkingCopy.objects.filter(type__in=types, merged_into="")
        tables = export(copies.values_list("public_id", flat=True))
        # Types of which there is nothing yet have their tables too.
        whole = empty_tables(types) | tables
        return download(whole, form.cleaned_data["format"], "chronicle")

    def bibliography_view(self, request: HttpRequest) -> HttpResponse:
        """The sources that are named (``source``), or all, in a format of bibliographies."""
        if not (self.has_view_permission(request) and may_see_type(request, "source")):
            raise PermissionDenied
        kind = request.GET.get("format", "")
        if kind not in BIBLIOGRAPHIES:
            messages.error(request, "Nothing was exported. Choose a format.")
            return HttpResponseRedirect(reverse("admin:exchange_importedfile_changelist"))
        return bibliography(kind, request.GET.getlist("source"))


@admin.action(description="Export as XLSX", permissions=["view"])
def export_selected(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]
) -> HttpResponse:
    """The tables of the chosen entries."""
    tables = export(queryset.order_by("pk").values_list("public_id", flat=True))
    name = type_named(desk_type_of(model_admin.model()).name).plural
    return download(tables, "xlsx", name)


def export_as(kind: str) -> Any:
    """An action on the list of sources."""
    label = BIBLIOGRAPHIES[kind][0]

    @admin.action(description=f"Export as {label}", permissions=["view"])
    def export_bibliography(
        model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse:
        return bibliography(kind, queryset.values_list("public_id", flat=True))

    export_bibliography.__name__ = f"export_{kind}"
    return export_bibliography


for desk_type in desk_types():
    entry_admin: Any = admin.site.get_model_admin(desk_type.model)
    entry_admin.actions = [*entry_admin.actions, export_selected]
source_admin: Any = admin.site.get_model_admin(Source)
source_admin.actions = [*source_admin.actions, *map(export_as, BIBLIOGRAPHIES)]
source_admin.change_form_template = "exchange/source_form.html"


def bibliography(kind: str, public_ids: Iterable[str]) -> HttpResponse:
    """Of these sources as a file; of all where none is named."""
    _, ending, content_type, _ = BIBLIOGRAPHIES[kind]
    text = write_bibliography(sources_to_write(public_ids), kind)
    return attached(text.encode(), content_type, f"sources-{_today()}.{ending}")


def download(tables: Any, kind: str, name: str) -> HttpResponse:
    _, ending, content_type, _ = FORMATS[kind]
    return attached(write_file(tables, kind), content_type, f"{name}-{_today()}.{ending}")


def attached(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to keep, which nobody else keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers)


def _today() -> str:
    return timezone.now().date().isoformat()


def _taken(form: UploadForm, user: Any) -> ImportedFile:
    """Look the file through, and keep it if nothing is wrong."""
    upload, of_another_desk = form.cleaned_data["file"], form.cleaned_data["of_another_desk"]
    data = upload.read()
    found = Incoming(data, upload.name, of_another_desk=of_another_desk, choices={})
    planned = found.plan()
    # Of a bibliography something can be chosen first.
    if not planned.changed and not found.items:
        raise NotTaken(
            f"All {planned.unchanged} entries of this file are as the desk has them: "
            "there is nothing to import."
        )
    if planned.changed:
        try_out(planned, by=user)
    return keep_file(
        owner=user,
        name=upload.name,
        data=data,
        of_another_desk=of_another_desk,
        choices=found.choices,
        items=found.items,
    )


def _preview_url(file: ImportedFile) -> str:
    return reverse("admin:exchange_importedfile_change", args=[file.pk])


def _name_of(request: HttpRequest) -> str:
    """Of the file that was posted: a browser does not give it again."""
    file = request.FILES.get("file")
    return (file.name or "") if file else ""


def _types(request: HttpRequest) -> list[tuple[str, str]]:
    """Those that the user may see, as their plurals."""
    return [
        (each.name, type_named(each.name).plural)
        for each in desk_types()
        if may_see_type(request, each.name)
    ]
