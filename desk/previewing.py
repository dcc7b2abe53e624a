"""An unpublished document as the public would see it, and links to one for outsiders.

What it refers to is read from the record, or from working copies where it is not published.
"""

import datetime
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from desk.bases import normalised
from desk.models import PreviewComment, PreviewLink, Revision, WorkingCopy
from desk.naming import document_of, name_in
from desk.refusals import Refused
from desk.roles import require
from desk.texts import checked_text
from desk.types import desk_type
from desk.versions import version_of
from record.canonical import canonical, digest
from record.models import Change
from record.pages import detail_context, pages_of, templates_of
from record.reading import Record, Reference
from record.referred import Referred
from record.types import Document

LONGEST_DAYS = 30
LONGEST_COMMENT = 5000


class WorkingRecord(Record):
    """The record; and the names of working copies, marked, where it has none."""

    def references(self, ids: Iterable[str]) -> dict[str, Reference]:
        """Two queries, of which the second is for what is not published."""
        wanted = set(ids)
        found = super().references(wanted)
        copies = working(wanted - set(found))
        return found | {copy.public_id: _unpublished(copy) for copy in copies}


def _unpublished(copy: WorkingCopy) -> Reference:
    """Marked, and without a page to lead to."""
    # Translators: behind the name of an entry that is not published, in a preview.
    name = gettext("%(name)s (unpublished)") % {"name": name_in(document_of(copy.revision))}
    return Reference(copy.public_id, copy.type, name, "", "")


class WorkingReferred(Referred):
    """What a working document refers to."""

    def citation_page(self, document: Document, key: str) -> str:
        """None: its citations have pages once it is published."""
        return ""

    def cite_page(self, document: Document, claim: str) -> str:
        """None: nobody can cite what is not published."""
        return ""

    def correction_page(self, document: Document, claim: str) -> str:
        """None: whoever reads it before it is published answers whoever shared it."""
        return ""

    def _open(self, ids: set[str]) -> None:
        super()._open(ids)
        for copy in working(ids - set(self.documents)):
            self.documents[copy.public_id] = document_of(copy.revision)


def working(ids: set[str]) -> list[WorkingCopy]:
    """One query, or none."""
    if not ids:
        return []
    return list(WorkingCopy.objects.filter(public_id__in=ids).select_related("revision"))


def preview_of(
    revision: Revision, parameters: Mapping[str, str]
) -> tuple[list[str], dict[str, Any]]:
    """Templates and context of the public page that this revision would have.

    ``Refused`` where it lacks what every page of its type says. As many queries as the public
    page, one or two for where it stands now, and a few for what is not published.
    """
    document = document_of(revision)
    if "state" in document:
        raise Refused(f"{revision} asks for the end of an entry; there is nothing to read in it.")
    lacking = [
        name for name in desk_type(revision.type).declaration.must_have if not document[name]
    ]
    if lacking:
        raise Refused(f"{revision.public_id} has no {' and no '.join(lacking)} yet.")
    record = WorkingRecord.current()
    # Of what is published, links lead to where it stands now, whatever its slug is to be.
    named = record.references([revision.public_id]).get(revision.public_id)
    document |= {"slug": named.slug if named and named.slug else document["slug"]}
    version = version_of(
        document,
        canonical(document),
        record.number,
        change=Change.NEW,
        schema=revision.schema,
    )
    pages = pages_of(revision.type)
    context = detail_context(pages, record, version, parameters, refer=WorkingReferred)
    # No edition holds it, so none is named as the page's.
    return templates_of(pages, "detail"), context | {"edition": None}


# Links ------------------------------------------------------------------------------------------


def share(revision: Revision, *, by: Any, reader: str, days: int) -> tuple[PreviewLink, str]:
    """Make a link to one revision; the secret of its address is told here and never again."""
    require(by, "share_preview")
    reader = normalised(reader)
    if not reader:
        raise Refused("Say for whom the link is.")
    checked_text(reader)
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"A link leads somewhere for 1 to {LONGEST_DAYS} days.")
    secret = secrets.token_urlsafe(16)
    link = PreviewLink.objects.create(
        revision=revision,
        secret=digest(secret),
        reader=reader,
        made_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    return link, secret


def revoke(link: PreviewLink, *, by: Any) -> None:
    """From now on it leads nowhere; what was written through it stays."""
    require(by, "share_preview")
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def shared_with(secret: str) -> PreviewLink | None:
    """The link of that secret, if it still leads somewhere. One query."""
    links = PreviewLink.objects.filter(
        secret=digest(secret), revoked_at=None, expires_at__gt=timezone.now()
    ).exclude(revision__document="")
    return links.select_related("revision").first()


def comment(link: PreviewLink, *, name: str, text: str) -> PreviewComment:
    """Keep what a reader of the link wrote."""
    text = normalised(text)
    if not text:
        raise Refused("Write something: a comment cannot be empty.")
    if len(text) > LONGEST_COMMENT:
        raise Refused(f"A comment has at most {LONGEST_COMMENT} characters.")
    name = normalised(name)[:120]
    for typed in (text, name):
        checked_text(typed)
    with transaction.atomic():
        return PreviewComment.objects.create(link=link, name=name, text=text)


def links_to(public_id: str) -> list[PreviewLink]:
    """Newest first. One query."""
    links = PreviewLink.objects.filter(revision__public_id=public_id)
    return list(links.select_related("revision", "made_by"))


def comments_on(public_ids: Iterable[str]) -> list[PreviewComment]:
    """What outsiders wrote about any revision of these entries, newest first. One query."""
    comments = PreviewComment.objects.filter(link__revision__public_id__in=public_ids)
    return list(comments.select_related("link__revision"))
