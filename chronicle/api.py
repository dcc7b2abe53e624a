"""The root of the API: where everything is, and its description, for programs and as a page."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path, re_path, reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

import chronicle.openapi  # noqa: F401 - its extensions register as they are imported
from chronicle.api_reference import Reference, reference_of
from record.api import PublicView
from record.conditional import conditional, record_of
from record.entry_page import Crumb, home_crumb
from record.types import entry_types, type_named
from sources.resting import citing_types


class ApiRoot(PublicView):
    """The addresses of the API."""

    schema = None  # type: ignore[assignment]

    def get(self, request: Request) -> HttpResponse:
        """One query."""
        self.refuse_parameters()
        record = record_of(request)
        lists = {
            entry_type.plural: record.address(f"api:{entry_type.name}_list")
            for entry_type in sorted(entry_types(), key=lambda entry_type: entry_type.plural)
        }
        addresses = lists | {
            "citations": record.address("api:citation_list"),
            "editions": record.address("api:edition_list"),
            "changes": record.address("api:change_list"),
            "activities": record.address("api:activity_list"),
            "verify-quote": record.address("api:verify_quote"),
            "compare": record.address("api:proposal_compare"),
            "responses": record.address("api:proposal_responses"),
            "schema": reverse("api:schema"),
            "docs": reverse("api:docs"),
        }
        absolute = {name: self.origin + address for name, address in addresses.items()}
        return self.answer({"edition": record.number, **absolute})


class NothingHere(PublicView):
    """Any other address under the API's."""

    schema = None  # type: ignore[assignment]

    def get(self, request: Request, rest: str) -> HttpResponse:
        raise NotFound(f"There is nothing here. What there is, {reverse('api:root')} lists.")


class ApiSchema(PublicView):
    """The description in OpenAPI 3.1: JSON, or YAML where Accept asks for it."""

    schema = None  # type: ignore[assignment]
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer]

    def get(self, request: Request) -> Response:
        """One query."""
        self.refuse_parameters()
        return Response(description())


@require_safe
@conditional("html")
def api_docs(request: HttpRequest) -> HttpResponse:
    """The description as a page: it needs no JavaScript, and is the site's own design."""
    record = record_of(request)
    context = {
        "edition": record.edition,
        "breadcrumbs": [home_crumb(record), Crumb("API")],
        "reference": reference(),
        "origin": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "chronicle/api_docs.html", context)


@cache
def description() -> dict[str, Any]:
    """The description, which nothing changes while the program runs. Made in about a second."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@cache
def reference() -> Reference:
    """The same as a page shows it; its examples read the first entry of each type."""
    keys = {entry_type.plural: f"{entry_type.letter}1" for entry_type in entry_types()}
    citing = f"{type_named(citing_types()[0]).letter}1"
    beside = {
        "citations": [citing, "c1"],
        "editions": ["1"],
        "versions": [next(iter(keys.values())), "1"],
    }
    return reference_of(description(), {tag: [key] for tag, key in keys.items()} | beside)


# A room that the public reads has an api.py, so that a further one is a line in the settings. All
# addresses stand in one list, as lists within lists take a part of each answer to look through.
OF_ROOMS = [f"{room}.api" for room in settings.ROOMS if find_spec(f"{room}.api")]
OF_ROOMS.remove("record.api")  # has what all of them are made of
OF_THE_RECORD = ["editions", "versions", "changes", "activities", "differences", "context"]
MODULES = [*OF_ROOMS, *(f"record.api_{name}" for name in OF_THE_RECORD)]

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", ApiRoot.as_view(), name="root"),
    path("schema/", ApiSchema.as_view(), name="schema"),
    path("docs/", api_docs, name="docs"),
    *(pattern for module in MODULES for pattern in import_module(module).urlpatterns),
    # Also of several lines; only with its last slash, so that addresses without one are led on.
    re_path(r"^(?P<rest>[\s\S]+)/$", NothingHere.as_view()),
]
