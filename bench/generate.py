"""Fills a database: the documents through the desk's door, and the tutorial's tables.

Revisions are written in bulk, as a large import would; from there on everything is done by
``desk.submissions`` and ``desk.publishing``, so the record is as publishing makes it.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from bench.tutorial import models as tutorial
from bench.world import Document, World
from desk.models import Revision, WorkingCopy
from desk.publishing import approve_and_publish
from desk.submissions import submission_checksum, submit
from record.canonical import canonical, digest
from record.types import type_named

BATCH = 5000
Say = Callable[[str], None]


def fill(world: World, *, say: Say) -> None:
    """Publish every edition of ``world`` into an empty record, and fill the tutorial's tables."""
    editor, approver = (User.objects.create_superuser(name) for name in ("editor", "approver"))
    for reason, documents in world.editions:
        _revise(documents, by=editor)
        ids = [document["id"] for document in documents]
        submission = submit(ids, by=editor, reason=reason)
        edition = approve_and_publish(
            submission, by=approver, checksum=submission_checksum(submission)
        )
        say(f"{edition}: {len(documents)} entries")
    _fill_tutorial(world)
    say("The tutorial's tables are filled.")


def _revise(documents: list[Document], *, by: User) -> None:
    """A revision of each, newest of its working copy."""
    copies = WorkingCopy.objects.select_related("revision").in_bulk(
        [document["id"] for document in documents]
    )
    revisions = [_revision(document, copies.get(document["id"]), by) for document in documents]
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    WorkingCopy.objects.bulk_create(
        [
            WorkingCopy(public_id=new.public_id, type=new.type, revision=new)
            for new in revisions
            if new.public_id not in copies
        ],
        batch_size=BATCH,
    )
    for new in revisions:
        if new.public_id in copies:
            copies[new.public_id].revision, copies[new.public_id].changed = new, True
    WorkingCopy.objects.bulk_update(copies.values(), ["revision", "changed"], batch_size=BATCH)


def _revision(document: Document, copy: WorkingCopy | None, by: User) -> Revision:
    text = canonical(document)
    return Revision(
        public_id=document["id"],
        type=document["type"],
        number=copy.revision.number + 1 if copy else 1,
        schema=type_named(document["type"]).schema,
        document=text,
        checksum=digest(text),
        saved_at=timezone.now(),
        saved_by=by,
        reason="Made up.",
    )


def _fill_tutorial(world: World) -> None:
    """The same events and what they name, as rows; ids are the numbers of the public ids."""
    named = world.editions[0][1]
    models: dict[str, Any] = {
        "term": tutorial.Term,
        "source": tutorial.Source,
        "place": tutorial.Place,
        "actor": tutorial.Actor,
    }
    for type_name, model in models.items():
        rows = [document for document in named if document["type"] == type_name]
        facts = type_named(type_name).facts
        _create(
            model,
            (model(id=_number(row["id"]), slug=row["slug"], name=facts(row).label) for row in rows),
        )
    _create(tutorial.Event, map(_event, world.events))
    through: Any = tutorial.Event.subjects.through
    _create(
        through,
        (
            through(event_id=_number(event["id"]), term_id=_number(subject))
            for event in world.events
            for subject in event["subjects"]
        ),
    )
    _create(
        tutorial.Participation,
        (
            tutorial.Participation(
                event_id=_number(event["id"]),
                key=row["key"],
                actor_id=_number(row["actor"]),
                role_id=_number(row["role"]),
            )
            for event in world.events
            for row in event["participants"]
        ),
    )
    _create(
        tutorial.Citation,
        (
            tutorial.Citation(
                event_id=_number(event["id"]),
                key=row["key"],
                source_id=_number(row["source"]),
                stance=row["stance"],
                claims=row["claims"],
                locator=row["locator"],
                selector=row["selector"],
            )
            for event in world.events
            for row in event["citations"]
        ),
    )


def _event(document: Document) -> tutorial.Event:
    date = document["date"]
    return tutorial.Event(
        id=_number(document["id"]),
        public_id=document["id"],
        slug=document["slug"],
        title=document["title"],
        summary=document["summary"],
        kind_id=_number(document["kind"]),
        place_id=_number(document["place"]) if document["place"] else None,
        date=date["edtf"] if date else "",
        earliest=date["earliest"] if date else "9999-12-31",
        latest=date["latest"] if date else "9999-12-31",
    )


def _create(model: Any, rows: Iterable[Any]) -> None:
    remaining: Iterator[Any] = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        model.objects.bulk_create(batch)


def _number(public_id: str) -> int:
    return int(public_id[1:])
