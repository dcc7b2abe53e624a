"""What search engines ask for: the pages of all current entries, and what they are to leave alone.

The day of a page is that of the edition that its version came with (sitemaps.org, 0.9).
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index as index_of
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_script_prefix, reverse
from django.views.decorators.http import require_safe

from chronicle.languages import beginnings, tag_of
from record.addresses import origin_of
from record.conditional import conditional, record_of
from record.models import Edition, Version
from record.reading import Record
from record.types import entry_types, type_named

# Entries of one sitemap, each in every language: some half a second, 4 MB and, packed, 100 KB.
LIMIT = 1000
CLOSED = ("/desk/", "/account/", "/preview/")
CLOSED_PAGES = ("/letters/", "/search/suggestions/")  # in each language
ROBOTS = "text/plain; charset=utf-8"


class EntrySitemap(Sitemap):
    """The current entries of one type, by id, each in every language. Three queries a page.

    Every address has the same alternates, itself among them, as those who read them ask for.
    """

    limit = LIMIT

    def __init__(self, type_name: str, record: Record) -> None:
        self.type_name, self.record = type_name, record

    def items(self) -> Any:
        versions = self.record.versions(self.type_name)
        columns = versions.only("public_id", "slug", "edition__published_at")
        return columns.order_by("public_id")

    def location(self, item: Version) -> str:
        return self.record.page(type_named(self.type_name).url(item.slug))

    def lastmod(self, item: Version) -> datetime:
        return item.edition.published_at

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        origin = f"{protocol}://{domain}"
        script = get_script_prefix().rstrip("/")
        languages = [
            (tag_of(code), f"{origin}{begun}")
            for (code, _), begun in zip(settings.LANGUAGES, beginnings(), strict=True)
        ]
        found = []
        for url in super()._urls(page, protocol, domain):  # type: ignore[misc]
            path, day = url["location"].removeprefix(f"{origin}{script}"), url["lastmod"].date()
            alternates = [(tag, f"{begun}{path}") for tag, begun in languages]
            alternates.append(("x-default", url["location"]))
            found += [
                url | {"location": f"{begun}{path}", "alternates": alternates, "day": day}
                for _, begun in languages
            ]
        return found

    def get_latest_lastmod(self) -> datetime | None:
        """Without reading all of them, as Django would."""
        newest = self.record.versions(self.type_name).aggregate(newest=Max("edition"))["newest"]
        edition = Edition.objects.filter(number=newest).first()
        return edition.published_at if edition else None


def _sitemaps(request: HttpRequest) -> dict[str, Any]:
    record = record_of(request)
    return {each.plural: EntrySitemap(each.name, record) for each in entry_types()}


@require_safe
@conditional("sitemap")
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    answer = index_of(request, _sitemaps(request), sitemap_url_name="files:sitemap")
    for part in (answer.context_data or {})["sitemaps"]:
        part.location = record_of(request).page(part.location)
    return answer.render()


@require_safe
@conditional("sitemap")
def sitemap(request: HttpRequest, section: str) -> HttpResponseBase:
    return sitemap_of(
        request, _sitemaps(request), section, template_name="record/sitemap.xml"
    ).render()


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309. Everything that is public may be read; what asks for an account is nobody's."""
    pages = [f"{prefix}{path}" for prefix in beginnings() for path in CLOSED_PAGES]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in (*CLOSED, *pages)),
        f"Sitemap: {origin_of(request)}{reverse('files:sitemap_index')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=ROBOTS)
