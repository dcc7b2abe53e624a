"""Entries at the desk, with their parts, evidence and revisions, and editions made of them.

Each factory saves an entry and a revision of it. What an entry refers to is made when it is not
given; ``citations`` left out means one that supports every claim that needs evidence. Rich
examples of each type stand in ``tests.examples``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.utils.text import slugify

from actors.models import Actor, ActorKind
from chronicle.dates import PartialDate
from desk.bases import Entry
from desk.history import attributed
from desk.models import Submission, WorkingCopy
from desk.publishing import publish
from desk.redaction import Then, redact
from desk.revisions import add_revision, save_revision
from desk.rows import delete_rows
from desk.submissions import approve, open_submission, submission_checksum, submit
from desk.types import desk_type_of, entry_with_id
from desk.withdrawal import tombstone
from events.models import Event
from places.models import Place
from proposals.models import Proposal
from record.canonical import canonical
from record.models import Change, Edition, State, Version
from record.types import Document
from sources.models import Source, SourceKind, SourceText
from tests.overdue import can_wait, put_off
from vocabulary.models import Term, Vocabulary

Row = Mapping[str, Any]
Date = PartialDate | str | None  # text is EDTF
REASON = "Entered from the source."
_supported: dict[Any, list[str]] = {}  # what a citation supports by default, by `_shape`


def term(
    label: str = "Meeting", *, vocabulary: Vocabulary = Vocabulary.EVENT_KIND, **options: Any
) -> Term:
    """``labels``: rows of Label; left out, one in English."""
    options.setdefault("labels", [{"label": label}])
    return _made(Term, label, {"vocabulary": vocabulary}, options)


def source(title: str = "A report on the talks", **options: Any) -> Source:
    return _made(Source, title, {"title": title, "kind": SourceKind.REPORT}, options)


def place(name: str = "Lakeside", **options: Any) -> Place:
    """``names``: rows of PlaceName; left out, one preferred in English."""
    options.setdefault("names", [{"text": name, "preferred": True}])
    return _made(Place, name, {}, options)


def actor(name: str = "The Republic", **options: Any) -> Actor:
    """``names``: rows of ActorName; left out, one preferred in English."""
    options.setdefault("names", [{"text": name}])
    return _made(Actor, name, {"kind": ActorKind.STATE}, options)


def event(title: str = "A first meeting", *, date: Date = "1997-07", **options: Any) -> Event:
    """``participants`` and ``quantities``: rows."""
    fields = {"title": title, "date": _date(date)}
    if "kind" not in options:
        fields["kind"] = _shared_term("Meeting", Vocabulary.EVENT_KIND, options.get("by"))
    return _made(Event, title, fields, options)


def proposal(
    title: str = "A first plan", *, presented: Date = "1997-09", **options: Any
) -> Proposal:
    """``authors``, ``provisions``, ``lineage``, ``responses``: rows.

    A row of ``lineage`` or ``responses`` may name a provision of this proposal by its place
    in ``provisions``, counted from 0.
    """
    fields = {"title": title, "presented": _date(presented)}
    if "kind" not in options:
        fields["kind"] = _shared_term(
            "Settlement plan", Vocabulary.PROPOSAL_KIND, options.get("by")
        )
    return _made(Proposal, title, fields, options)


def participant(
    who: Actor, role: Term | None = None, *, by: User | None = None, **options: Any
) -> Row:
    return {"actor": who, "role": role or _shared_term("Delegate", Vocabulary.ROLE, by), **options}


def provision(
    summary: str = "Both sides withdraw.", topic: Term | None = None, *, by: User | None = None
) -> Row:
    return {"topic": topic or _shared_term("Withdrawal", Vocabulary.TOPIC, by), "summary": summary}


def cite(entry: Entry, *, by: User | None = None, reason: str = REASON, **fields: Any) -> Any:
    """Give the entry a citation, without a revision. All claims that need evidence, by default."""
    if "source" not in fields:
        fields["source"] = Source.objects.order_by("pk").first() or source(by=by)
    if "claims" not in fields:
        fields["claims"] = claims_to_support(entry)
    with attributed(by=by, reason=reason):
        return entry.citations.create(**fields)  # type: ignore[attr-defined]


def showing(shown: str, text: str, *, title: str = "A report", **options: Any) -> Source:
    """A source that lets the public read so much of this text, once it is published."""
    shows = source(title, text_shown=shown, rights="Free to read.", **options)
    return change(shows, text_sha256=hold_text(shows, text, headings=[1]).sha256)


def hold_text(of: Source, text: str, *, headings: Iterable[int] = ()) -> SourceText:
    """A private copy of the source's text at the desk."""
    return SourceText.objects.create(source=of, text=text, headings=list(headings))


def change(
    entry: Any, *, by: User | None = None, reason: str = "A correction.", **fields: Any
) -> Any:
    """Change fields of the working copy and save it; parts are replaced by the rows given."""
    with attributed(by=by, reason=reason):
        parts = {name: fields.pop(name) for name in list(fields) if _is_list(type(entry), name)}
        for name, value in fields.items():
            setattr(entry, name, value)
        entry.save()
        gone = [row for name in parts for row in getattr(entry, name).all()]
        while gone:  # those that others of them refer to go after those
            held = delete_rows(gone)
            assert len(held) < len(gone), held
            gone = held
        _fill_all(entry, parts, by=by, reason=reason)
        _save(entry, by=by, reason=reason)
    return entry


def document(entry: Entry) -> Document:
    """The entry's document as the desk would build it now."""
    return desk_type_of(entry).build(entry)


def submitted(
    *entries: Entry, by: User, reason: str = REASON, kind: Change = Change.CORRECTION
) -> Submission:
    """Exactly these entries up for review."""
    return submit([entry.public_id for entry in entries], by=by, reason=reason, change=kind)


def publish_only(
    *entries: Entry,
    by: User,
    approved_by: User,
    reason: str = "First publication.",
    kind: Change = Change.CORRECTION,
) -> Edition:
    """Submit, approve and publish exactly these entries."""
    submission = submitted(*entries, by=by, reason=reason, kind=kind)
    approve(submission, by=approved_by, checksum=submission_checksum(submission))
    return publish(submission, by=approved_by)


def publish_all(
    *entries: Entry,
    by: User,
    approved_by: User,
    reason: str = "First publication.",
    kind: Change = Change.CORRECTION,
) -> Edition:
    """``publish_only`` these entries and whatever unpublished ones they refer to."""
    return publish_only(
        *with_what_they_need(entries), by=by, approved_by=approved_by, reason=reason, kind=kind
    )


def merge_by_hand(
    loser: Entry, winner: Entry, *, keys: Mapping[str, str], by: User, approved_by: User
) -> Edition:
    """Publish a tombstone that says where the entry and its parts went; nothing may refer to it."""
    version = Version.objects.get(public_id=loser.public_id, superseded_in=None)
    text = canonical(tombstone(version, State.MERGED, winner.public_id) | {"keys": dict(keys)})
    revision = add_revision(version.public_id, version.type, text, by=by, reason="Twice the same.")
    submission = open_submission([(revision, Change.MERGE)], by=by, reason="Twice the same.")
    approve(submission, by=approved_by, checksum=submission_checksum(submission))
    return publish(submission, by=approved_by)


def redact_first(entry: Entry, cast: Any, **changes: Any) -> None:
    """It says something else in a further edition; what it said in the first is taken away."""
    change(entry, **changes)
    publish_only(entry, by=cast.contributor, approved_by=cast.editor)
    redact(
        entry.public_id,
        editions=[1],
        then=Then.STANDING,
        by=cast.chief_editor,
        reason="For safety.",
        approved_by=cast.administrator,
    )


def claims_to_support(entry: Entry) -> list[str]:
    claims = desk_type_of(entry).claims(document(entry))
    return [claim for claim, needs_evidence in claims.items() if needs_evidence]


def _date(value: Date) -> PartialDate | None:
    return PartialDate(value) if isinstance(value, str) else value


def _made(model: Any, name: str, fields: dict[str, Any], options: dict[str, Any]) -> Any:
    by, reason = options.pop("by", None), options.pop("reason", REASON)
    subjects = options.pop("subjects", [])
    follows = options.pop("follows", [])
    parts = {name: list(options.pop(name)) for name in list(options) if _is_list(model, name)}
    if hasattr(model, "citations"):
        parts.setdefault("citations", [{}])
    fields |= options
    fields.setdefault("slug", _free_slug(model, name))
    with attributed(by=by, reason=reason):
        entry = model.objects.create(**fields)
        if subjects:
            entry.subjects.set(subjects)
        if follows:
            entry.follows.set(follows)
        shape = (
            model,
            bool(subjects),
            bool(follows),
            _shape([fields]),
            *((name, _shape(rows)) for name, rows in parts.items()),
        )
        _fill_all(entry, parts, by=by, reason=reason, shape=shape)
        _save(entry, by=by, reason=reason)
    return entry


def _save(entry: Any, *, by: User | None, reason: str) -> None:
    waits = can_wait()  # asked before: saving begins a transaction
    save_revision(entry, by=by, reason=reason, look_over=not waits)
    if waits:
        put_off(entry.public_id)


def _fill_all(
    entry: Any,
    parts: dict[str, Iterable[Row]],
    *,
    by: User | None,
    reason: str,
    shape: Any = None,
) -> None:
    """Citations last: what they support by default has to be there. ``shape``: of a new entry."""
    for name, rows in parts.items():
        if name != "citations":
            _fill(entry, name, rows)
    for row in parts.get("citations", ()):
        if shape is not None and "claims" not in row:
            if shape not in _supported:
                _supported[shape] = claims_to_support(entry)
            row = {"claims": list(_supported[shape]), **row}
        cite(entry, by=by, reason=reason, **row)


def _shape(rows: Iterable[Row]) -> tuple[Any, ...]:
    """Which values are there, whatever they are: what a new entry claims depends on nothing else.

    Keys count from 1 in each new entry, unless they are given.
    """
    return tuple(
        tuple(
            (name, row[name] if name == "key" else row[name] not in (None, "", [])) for name in row
        )
        for row in rows
    )


def _fill(entry: Any, name: str, rows: Iterable[Row]) -> None:
    manager = getattr(entry, name)
    for position, row in enumerate(rows):
        values = dict(row)
        if hasattr(manager.model, "key"):
            values.setdefault("position", position)
        for own in {"to", "provision"} & set(values):
            if isinstance(values[own], int):
                values[own] = entry.provisions.all()[values[own]]
        manager.create(**values)


def _is_list(model: Any, name: str) -> bool:
    """Whether the name is of rows that belong to the entry alone."""
    return any(
        relation.get_accessor_name() == name and relation.field.name == "entry"
        for relation in model._meta.related_objects
    )


def _free_slug(model: Any, name: str) -> str:
    wanted = slug = slugify(name) or "entry"
    number = 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _shared_term(label: str, vocabulary: Vocabulary, by: User | None = None) -> Term:
    found: Term | None = Term.objects.filter(
        vocabulary=vocabulary, labels__label=label, labels__language="en"
    ).first()
    return found or term(label, vocabulary=vocabulary, by=by)


def with_what_they_need(entries: Iterable[Entry]) -> list[Entry]:
    """The entries, and those unpublished ones that they refer to, directly or not."""
    copies = WorkingCopy.objects.select_related("revision").in_bulk()
    wanted = {entry.public_id: entry for entry in entries}
    pending = list(wanted.values())
    while pending:
        entry = pending.pop()
        document = orjson.loads(copies[entry.public_id].revision.document)
        for target in desk_type_of(entry).targets(document):
            if target.id in wanted or copies[target.id].published_id is not None:
                continue
            found = entry_with_id(target.id)
            assert found is not None
            wanted[target.id] = found
            pending.append(found)
    return list(wanted.values())
