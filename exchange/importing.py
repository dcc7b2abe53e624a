"""What was planned is written: all of it, into a draft of a submission, or nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F

from desk.history import attributed
from desk.holding import hold_copies, hold_entries
from desk.keys import hold_keys_of, next_public_ids
from desk.models import Submission, WorkingCopy
from desk.refusals import Refused
from desk.revisions import save_built
from desk.roles import may
from desk.rounds import apply_documents, keyed, made_by, named_by, steps_of, without
from desk.submissions import submit
from desk.types import DeskType
from exchange.planned import Plan, Planned
from exchange.problems import Faulty, Problem
from exchange.tables import in_order, tables_of
from record.statements import Among
from record.types import Document, type_named

OF_LIST = re.compile(r"(?s)(\w+)\[([0-9]+)\](?:\.(\w+))?[^:]*: (.*)")  # participants[0].role: …
OF_ROW = re.compile(r"(?s)([pc][0-9]+): (\w+): (.*)")  # p2: role: …
OF_FIELD = re.compile(r"(?s)(?:([\w ]+): )?(\w+): (.*)")  # event: title: …, or title: …
MOVED = "The desk has changed since this was shown. Look at it again."


def carry_out(plan: Plan, *, by: Any, reason: str, **description: Any) -> Submission | None:
    """Write the plan's documents to the desk and gather them in a draft of a submission.

    What is as it is published again has nothing to submit; ``None`` where that is all.

    ``description``: what else ``desk.submissions.submit`` is told of it.

    One transaction. Raises ``Faulty`` with everything that stands against it, and nothing is
    written; ``Refused`` where the submission is, or the desk has moved.
    """
    if not plan.changed:
        raise Refused("Nothing in this file differs from the desk.")
    with transaction.atomic():
        ids = list(write(plan, by=by, reason=reason).values())
        differing = _to_publish(ids)
        if not differing:
            return None
        return submit(differing, by=by, reason=reason, as_draft=True, **description)


def write(plan: Plan, *, by: Any, reason: str, look_over: bool = True) -> dict[str, str]:
    """Write the plan's documents to the desk; the id of each by the one that the plan gives it.

    As `carry_out`, without a submission. ``look_over``: with the integrity checks.
    """
    if problems := list(_not_allowed(plan, by)):
        raise Faulty(in_order(problems))
    with transaction.atomic(), attributed(by=by, reason=reason):
        _hold(plan)
        mapping = _given_ids(plan)
        documents = [_with_ids(each, mapping) for each in plan.changed]
        built = _write(plan.changed, documents)
        save_built(built, by=by, reason=reason, look_over=look_over)
    return {
        each.public_id: document["id"]
        for each, document in zip(plan.changed, documents, strict=True)
    }


def try_out(plan: Plan, *, by: Any) -> None:
    """Do it, and undo it: raises ``Faulty`` or ``Refused`` with what would stand against it."""
    with transaction.atomic():
        try:
            carry_out(plan, by=by, reason="To be undone.")
        finally:
            transaction.set_rollback(True)


def _not_allowed(plan: Plan, by: Any) -> Iterable[Problem]:
    """What the user may not do, entry by entry."""
    for each in plan.changed:
        opts = each.desk_type.model._meta
        verb = "add" if each.is_new else "change"
        plural = type_named(each.desk_type.name).plural
        if not by.has_perm(f"{opts.app_label}.{verb}_{opts.model_name}"):
            yield _at(each, f"You may not {verb} {plural}.")
        waivers = (each.before or {}).get("waivers", [])
        if each.after.get("waivers", []) != waivers and not may(by, "waive_evidence"):
            yield _at(each, "Only an editor grants waivers.", rows="waivers")


def _at(entry: Planned, message: str, *, rows: str = "", column: str = "") -> Problem:
    """A problem of the entry, at the first of its rows there."""
    places = [place for (name, _), place in entry.places.items() if name == rows]
    places = places or list(entry.places.values())
    table, row = places[0] if places else ("", 0)
    return Problem(message, table, row, column)


def _hold(plan: Plan) -> None:
    """Lock what is changed; ``Refused`` where somebody has changed it meanwhile.

    Two queries a type, and six.
    """
    old = {each.public_id: each for each in plan.changed if not each.is_new}
    held = hold_entries(old)
    last = hold_keys_of(old)
    hold_copies(old)
    copies = WorkingCopy.objects.filter(Among(F("public_id"), old)).select_related("revision")
    now = {copy.public_id: copy.revision.checksum for copy in copies}
    for public_id, each in old.items():
        if public_id not in held:
            raise Refused(MOVED)
        if each.revision is None or now.get(public_id) != each.revision.checksum:
            raise Refused(MOVED)
        given = {row["key"] for row in keyed(each.before or {})}
        for row in keyed(each.after):
            letter, number = row["key"][0], int(row["key"][1:])
            if row["key"] not in given and number <= last[f"{public_id}/{letter}"]:
                raise Refused(MOVED)


def _given_ids(plan: Plan) -> dict[str, str]:
    """Ids of their own for what is new: of entries, and of their parts as ``A7/p4``."""
    new: dict[str, list[Planned]] = defaultdict(list)
    for each in plan.changed:
        if each.is_new:
            new[each.desk_type.model.letter].append(each)
    mapping: dict[str, str] = {}
    for letter, group in new.items():
        for each, public_id in zip(group, next_public_ids(letter, len(group)), strict=True):
            mapping[each.public_id] = public_id
            for row in keyed(each.after):
                mapping[f"{each.public_id}/{row['key']}"] = f"{public_id}/{row['key']}"
    return mapping


def _with_ids(entry: Planned, mapping: Mapping[str, str]) -> Document:
    document = entry.desk_type.replace_references(entry.after, mapping)
    return document | {"id": mapping.get(entry.public_id, entry.public_id)}


def _write(planned: Sequence[Planned], documents: Sequence[Document]) -> dict[str, Document]:
    """What they say then, by id. In rounds: each entry without what refers to what is not there
    yet, until it is whole."""
    missing: set[str] = set()
    for entry, document in zip(planned, documents, strict=True):
        missing |= made_by(document) - (set() if entry.is_new else made_by(entry.before or {}))
    waiting = list(zip(planned, documents, strict=True))
    problems: list[Problem] = []
    built: dict[str, Document] = {}
    unmade: set[str] = set()
    while waiting and not problems:
        before, still = len(missing), []
        for kind, group in groupby(waiting, key=lambda pair: pair[0].desk_type):
            now = []
            for entry, document in group:
                less = without(kind, document, missing)
                missing -= made_by(less)
                now.append((entry, less))
                if less != document:
                    still.append((entry, document))
            for step in steps_of(kind, [less for _, less in now]):
                pairs = [now[place] for place in step]
                asked = [pair for pair in pairs if not _names(kind, pair, unmade)]
                said, refused = _applied(kind, asked) if asked else ({}, [])
                unmade |= {less["id"] for each, less in pairs if each.is_new} - said.keys()
                built |= said
                problems += refused
        if len(missing) == before:
            missing = set()  # whatever is named is not to come: let it be refused
        waiting = still
    if problems:
        raise Faulty(in_order(problems))
    return built


def _names(kind: DeskType, pair: tuple[Planned, Document], unmade: set[str]) -> bool:
    """Whether it names an entry that cannot be made: it would be told so of an id that nobody has
    seen."""
    return bool(unmade and named_by(kind, pair[1]) & unmade)


def _applied(
    kind: DeskType, now: Sequence[tuple[Planned, Document]]
) -> tuple[dict[str, Document], list[Problem]]:
    """What the entries of one type say now, by id, and what they are refused for."""
    results = apply_documents(kind, [document for _, document in now])
    built: dict[str, Document] = {}
    problems: list[Problem] = []
    for (entry, document), said in zip(now, results, strict=True):
        if isinstance(said, Refused):
            problems += [_placed(entry, document, message) for message in said.messages]
        else:
            built[said["id"]] = said
    return built, problems


def _to_publish(ids: Sequence[str]) -> list[str]:
    """Those that differ from the record by now."""
    copies = WorkingCopy.objects.filter(Among(F("public_id"), ids), changed=True)
    return list(copies.values_list("public_id", flat=True))


def _placed(entry: Planned, document: Document, message: str) -> Problem:
    """A refusal of ``desk.applying``, at the row and column that it is about."""
    if found := OF_LIST.fullmatch(message):
        name, number, column, words = found.groups()
        rows = document.get(name) or [{}]
        row = rows[min(int(number), len(rows) - 1)]
        place = entry.places.get((name, str(row.get("key"))))
        if place:
            return Problem(words, *place, column or "")
        return _at(entry, words, rows=name, column=column or "")
    if found := OF_ROW.fullmatch(message):
        key, column, words = found.groups()
        for (_, identity), place in entry.places.items():
            if identity == key:
                return Problem(words, *place, "" if column == "__all__" else column)
    if found := OF_FIELD.fullmatch(message):
        of, column, words = found.groups()
        column = "" if column == "__all__" else column
        # Members of one value stand in columns of their own: latitude.
        if not column or column in document or column in tables_of(entry.desk_type)[0].columns:
            return _at(entry, words, column=column)
        for rows, model in _lists_of(entry):
            if str(model._meta.verbose_name) == of:
                return _at(entry, words, rows=rows, column=column)
    return _at(entry, message, rows=_list_that_forbids(entry, message))


def _list_that_forbids(entry: Planned, message: str) -> str:
    """The list whose rows have a constraint with these words; empty where it is the entry."""
    for rows, model in _lists_of(entry):
        if any(each.violation_error_message == message for each in model._meta.constraints):
            return rows
    return ""


def _lists_of(entry: Planned) -> Iterable[tuple[str, Any]]:
    """The lists of its document, each with the model of its rows."""
    for table in tables_of(entry.desk_type)[1:]:
        yield table.rows, getattr(entry.desk_type.model, table.rows).rel.related_model
