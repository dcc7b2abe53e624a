"""Atom feeds (RFC 4287): the whole record, corrections, one entry, or any filtered list.

An item is a version, dated by its edition: nothing here has a time of modification. Ids are made
of checksums (RFC 9562, version 5), so they are the same at every address and on every copy of the
record, and stay when slugs change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from record.addresses import origin_of
from record.editions import ListedVersion, listed
from record.models import Edition, Version
from record.paging import page
from record.reading import Record
from record.sorting import CHANGED

LENGTH = 50  # versions of one feed
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # Atom has feeds say when they were updated


@dataclass(frozen=True)
class Feed:
    """``path`` is the address of the page that shows the same, within this site."""

    title: str
    subtitle: str
    path: str


class _Atom(Atom1Feed):
    """Atom as Django writes it, never dated by the clock."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NOTHING_YET)


def newest(versions: QuerySet[Version, Version], record: Record) -> list[ListedVersion]:
    """The newest of these versions. Two queries at most."""
    found = page(
        versions.defer("document", "salt", "search_text"), cursor=None, limit=LENGTH, order=CHANGED
    )
    return listed(found.items, record)


def atom(request: HttpRequest, feed: Feed, versions: Sequence[ListedVersion]) -> HttpResponse:
    """The feed as an answer. One query, for what the feed's own id is made of."""
    origin = origin_of(request)
    first = Edition.objects.filter(number=1).values_list("checksum", flat=True).first()
    said: Any = _Atom(
        title=feed.title,
        link=origin + feed.path,
        description="",
        subtitle=feed.subtitle,
        feed_url=request.build_absolute_uri(),
        feed_guid=_urn(f"{first} {request.get_full_path()}"),
        author_name="Chronicle",
    )
    for version in versions:
        said.add_item(
            title=f"{version.name}: {version.change.lower()}",
            link=origin + version.history_url,
            description=escape(version.edition.reason),  # Django says that it is HTML
            unique_id=_urn(version.checksum),
            pubdate=version.edition.published_at,
            updateddate=version.edition.published_at,
            categories=(version.type, version.change.lower()),
        )
    return HttpResponse(said.writeString("utf-8"), content_type=_Atom.content_type)


def _urn(text: str) -> str:
    return uuid5(NAMESPACE_OID, text).urn
