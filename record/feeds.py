"""Atom feeds (RFC 4287): the whole record, corrections, one entry, or any filtered list.

An item is a version, dated by its edition: nothing here has a time of modification. Ids are made
of checksums (RFC 9562, version 5), so they are the same at every address and on every copy of the
record, and stay when slugs change. A feed of more than fits into one document goes on in others
(RFC 5005, section 3), down to its first version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from record.addresses import address, origin_of
from record.editions import ListedVersion, listed
from record.models import Edition, Version
from record.paging import BadCursor, Page, decode, page
from record.reading import Record
from record.sorting import CHANGED

CURSOR = "cursor"

LENGTH = 50  # versions of one feed
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # Atom has feeds say when they were updated


@dataclass(frozen=True)
class Feed:
    """``path`` is the address of the page that shows the same, within this site."""

    title: str
    subtitle: str
    path: str


@dataclass(frozen=True)
class Part:
    """One document of a feed. ``pages``: queries of the others, by how they relate to it."""

    versions: Sequence[ListedVersion]
    pages: Mapping[str, str]


class _Atom(Atom1Feed):
    """Atom as Django writes it, never dated by the clock, and with links to its other documents."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NOTHING_YET)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, href in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": href})


def newest(
    versions: QuerySet[Version, Version], record: Record, query: QueryDict | None = None
) -> Part:
    """The newest of these versions, or those further back that ``query`` asks for.

    Two queries at most. ``Http404`` where its cursor is none.
    """
    query = query or QueryDict()
    found = page(
        versions.defer("salt", "search_text"),
        cursor=cursor_in(query),
        limit=LENGTH,
        order=CHANGED,
    )
    return Part(listed(found.items, record), _pages(query, found))


def cursor_in(query: QueryDict) -> str | None:
    """``Http404`` where it is none of these feeds."""
    cursor = query.get(CURSOR)
    try:
        if cursor is not None:
            decode(cursor, CHANGED)
    except BadCursor as error:
        raise Http404(f"{error} Follow “next” from the beginning of the feed.") from None
    return cursor


def edition_in(cursor: str | None) -> int | None:
    """The edition in which a part of a feed begins or ends."""
    return None if cursor is None else -decode(cursor, CHANGED)[1][0]


def _pages(query: QueryDict, found: Page) -> Mapping[str, str]:
    cursors = {"previous": found.previous, "next": found.next}
    queries = {
        relation: _query(query, cursor)
        for relation, cursor in cursors.items()
        if cursor is not None
    }
    return {"first": _query(query, None), **queries} if queries else {}


def _query(query: QueryDict, cursor: str | None) -> str:
    copy = query.copy()
    copy.pop(CURSOR, None)
    if cursor is not None:
        copy[CURSOR] = cursor
    return copy.urlencode(safe=",/:")


def atom(request: HttpRequest, feed: Feed, part: Part) -> HttpResponse:
    """The feed as an answer. One query, for what the feed's own id is made of."""
    origin = origin_of(request)
    first = Edition.objects.filter(number=1).values_list("checksum", flat=True).first()
    said: Any = _Atom(
        title=feed.title,
        link=origin + feed.path,
        description="",
        subtitle=feed.subtitle,
        feed_url=request.build_absolute_uri(),
        feed_guid=_urn(f"{first} {_whole(request)}"),
        author_name=settings.SITE_PUBLISHER or settings.SITE_NAME,
        pages={
            relation: origin + address(request.path, query)
            for relation, query in part.pages.items()
        },
    )
    for version in part.versions:
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


def _whole(request: HttpRequest) -> str:
    """The address of the feed, of which this may be a later document."""
    if CURSOR not in request.GET:
        return request.get_full_path()
    return address(request.path, _query(request.GET, None))


def _urn(text: str) -> str:
    return uuid5(NAMESPACE_OID, text).urn
