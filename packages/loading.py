"""A package in an empty installation: the same record, edition by edition, and a desk that says
what the record says.

The one other writer of editions beside ``desk.publishing`` (DESIGN, invariant 2).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction

from desk.edition_counter import lock_record, raise_counter
from desk.fixtures import desk_is_empty
from desk.publishing import look_at, write_versions
from desk.refusals import Refused
from desk.versions import version_of
from packages.loading_desk import fill_desk
from record import verify
from record.canonical import canonical
from record.models import Change, Check, CheckState, Edition, State, Version
from record.types import Document, type_named, type_of
from record.verification import verify as verify_record

Progress = Callable[[str, int, int], None]
Line = dict[str, Any]
BATCH = 2000  # versions
MOST_SAID = 20  # faults of a package
UNFIT = (*verify.UNREADABLE, LookupError, AttributeError, DatabaseError)


def load_edition(path: Path, *, by: Any, reason: str, progress: Progress | None = None) -> Edition:
    """Make this installation, which is empty, serve the record of the package.

    The package is verified first, and the record once it is written; the desk is filled through
    ``apply``, by ``by``. One transaction. ``Refused``, with nothing written, where the package is
    broken, was made of an edition some of which has been redacted since, or is of a schema that is
    not known here; and where anything has been published here or stands at the desk.
    ``progress`` is told ``(stage, done, of)``.
    """
    _check(path)
    with transaction.atomic():
        lock_record()
        if not desk_is_empty() or Edition.objects.exists() or Check.objects.exists():
            raise Refused(
                "Something stands at the desk or in the record here already; a package is loaded "
                "into an empty installation only."
            )
        try:
            with verify.Package(path) as package:
                newest = package.newest()
                _load_record(package, progress)
        except UNFIT as error:
            raise Refused(
                f"The package holds what is no record of ours: {type(error).__name__}: {error}"
            ) from error
        fill_desk(by=by, reason=reason, progress=progress)
        if faults := verify_record(progress).faults:
            raise Refused(_sentences("The record would not verify here.", faults))
    return Edition.objects.get(number=newest)


def _check(path: Path) -> None:
    try:
        faults = verify.verify_package(path).faults
        with verify.Package(path) as package:
            newest = package.newest()
            lines = package.lines("record/versions.jsonl")
            later = max((line["redacted_in"] or 0 for line in lines), default=0)
    except verify.Unreadable as error:
        raise Refused(str(error)) from error
    except UNFIT as error:
        raise Refused(f"{path} is no package of a record: {error!r}") from error
    if faults:
        raise Refused(_sentences("The package does not verify, so nothing was loaded.", faults))
    if not newest:
        raise Refused("The package holds no edition.")
    if later > newest:
        raise Refused(
            f"Something in this package was redacted in edition {later}, which it does not have. "
            f"Load the package of edition {later} or a later one."
        )


def _sentences(first: str, faults: list[str]) -> list[str]:
    more = len(faults) - MOST_SAID
    return [first, *faults[:MOST_SAID], *([f"And {more} more."] if more > 0 else [])]


def _load_record(package: verify.Package, progress: Progress | None) -> None:
    for line in package.lines("record/editions.jsonl"):
        _edition(line).save()
    if raise_counter(by=package.newest()) != package.newest():
        raise Refused("Editions have been counted here before; this installation is not empty.")
    done, total = 0, sum(len(edition["versions"]) for edition in package.editions.values())
    for batch in _batches(package.lines("record/versions.jsonl")):
        documents = [_document(line) for line in batch]
        versions = [_version(*pair) for pair in zip(batch, documents, strict=True)]
        write_versions(versions, documents)
        done += len(batch)
        if progress:
            progress("writing", done, total)
    look_at(total)
    for batch in _batches(package.lines("record/checks.jsonl")):
        Check.objects.bulk_create([_logged(line) for line in batch])


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    rest = iter(lines)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _edition(line: Line) -> Edition:
    names = ("number", "reason", "by", "approved_by", "four_eyes", "checksum")
    published_at = datetime.fromisoformat(line["published_at"])
    return Edition(published_at=published_at, **{name: line[name] for name in names})


def _document(line: Line) -> Document:
    """In today's schema."""
    document: Document = line["document"] or {}
    if not document or "state" in document:
        return document
    entry_type = type_named(document["type"])
    if not 1 <= line["schema"] <= entry_type.schema:
        raise Refused(
            f"{line['id']} in edition {line['edition']} is of schema {line['schema']}, which this "
            "release does not know."
        )
    return entry_type.upcast(document, line["schema"])


def _version(line: Line, document: Document) -> Version:
    if document:
        version = version_of(
            document,
            canonical(line["document"]),
            line["edition"],
            change=Change(line["change"]),
            schema=line["schema"],
            sealed=(line["salt"], ""),
        )
    else:
        version = Version(
            public_id=line["id"],
            type=type_of(line["id"]).name,
            edition_id=line["edition"],
            change=Change(line["change"]),
            state=State.REDACTED,
            schema=line["schema"],
            checksum=line["checksum"],
            slug=line["slug"],
        )
    version.superseded_in_id, version.redacted_in_id = line["superseded_in"], line["redacted_in"]
    return version


def _logged(line: Line) -> Check:
    return Check(
        public_id=line["id"],
        checked_on=date.fromisoformat(line["checked_on"]),
        state=CheckState(line["state"]),
        **{name: line[name] for name in ("citation", "selector", "text", "known_from")},
    )
