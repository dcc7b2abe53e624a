"""From a document back to the working entry: restore, import and conflict resolution."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import ProtectedError
from rest_framework import serializers

from desk.bases import Entry
from desk.documents import References
from desk.making import Made, make_all, save_made
from desk.reading import Reader, Row, assign, made_of, own_parts
from desk.referred import followed
from desk.refusals import Refused
from desk.rows import delete_rows, save_rows
from desk.slugs import slug_problems
from desk.types import DeskType, desk_type_of
from record.types import Document


def apply(document: Document, entry: Entry, *, releasing: bool = False) -> None:
    """Make the working ``entry`` (saved or new) say what ``document`` says, and save it.

    Parts and citations are matched by key, made, changed or removed; rows that stay the same
    leave no history. Creates no other entry. ``Refused`` with named problems, and nothing
    changed in the database, where a reference is missing or withdrawn, where it is to what is
    retired and the entry does not use that already, or where a value does not fit;
    ids merged since are followed. ``releasing``: rows of other entries that refer to a part which
    goes are deleted with it; for whoever undoes all of it afterwards.

    Two queries for the references, one a type and one a part referred to, one a table; two where
    something retired is referred to.
    """
    with transaction.atomic():
        (said,) = apply_each([(document, entry)], releasing=releasing)
        if isinstance(said, Refused):
            raise said


def apply_each(
    pairs: Sequence[tuple[Document, Any]], *, releasing: bool = False
) -> list[Document | Refused]:
    """`apply` for entries of one type; in that order what each says now, or is refused for.

    Called in a transaction, which is undone where anything is refused. What the documents refer
    to and what the entries say afterwards is read together, and new entries are made together;
    rows of an entry that has been read with them (``desk.loading.with_rows``) are not read again,
    so it is not used afterwards.
    """
    desk_type, entries = desk_type_of(pairs[0][1]), [entry for _, entry in pairs]
    documents, named = followed(desk_type, [document for document, _ in pairs])
    reader = Reader(desk_type, named)
    _look_up_slugs(desk_type, documents, entries)
    numbers, several = range(len(pairs)), len(pairs) > 1
    together = [each for each in numbers if several and entries[each]._state.adding]
    alone = [each for each in numbers if not (several and entries[each]._state.adding)]
    # Of several, each is undone by itself, so that it is known what is wrong with the others.
    apart = transaction.atomic if several else nullcontext
    delete = _release if releasing else _delete
    said: dict[int, Document | Refused] = {}
    for number in alone:
        try:
            with apart():
                _write(reader, documents[number], entries[number], delete=delete)
        except Refused as refused:
            said[number] = refused
    written = [each for each in alone if each not in said]
    built = desk_type.build_all([entries[number].pk for number in written])
    said |= {each: _as_meant(documents[each], built[entries[each].pk]) for each in written}
    said |= _made_together(reader, {each: (documents[each], entries[each]) for each in together})
    return [said[number] for number in numbers]


def _look_up_slugs(
    desk_type: DeskType, documents: Sequence[Document | Refused], entries: Sequence[Any]
) -> None:
    """Of several new entries together: their own ``clean`` would ask once each."""
    new = [
        (entry, str(document["slug"]))
        for document, entry in zip(documents, entries, strict=True)
        if not isinstance(document, Refused)
        and entry._state.adding
        and entry.public_id
        and isinstance(document.get("slug"), str)
    ]
    if len(new) > 1:
        found = slug_problems({(desk_type.name, slug): entry.public_id for entry, slug in new})
        for entry, slug in new:
            entry.slug_looked_up = slug, found.get(entry.public_id, "")


def _delete(row: Any) -> None:
    row.delete()


def _release(row: Any) -> None:
    """Delete the row, and first whatever refers to it."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        for user in error.protected_objects:
            _release(user)
        row.delete()


def _write(reader: Reader, document: Any, entry: Any, *, delete: Callable[[Any], None]) -> None:
    if entry._state.adding:
        save_made(made_of(reader, document, entry))
        return
    data, fields = reader.read(document, entry), reader.fields
    try:
        if assign(entry, reader.own_values(data)):
            save_rows([entry])
        for field in fields:
            if isinstance(field, References):
                held, wanted = getattr(entry, str(field.source)), data[str(field.source)]
                if {each.pk for each in wanted} != {each.pk for each in held.all()}:
                    held.set(wanted)
        lists = [field for field in fields if isinstance(field, serializers.ListSerializer)]
        still_used = [_write_rows(field, entry, data[str(field.source)]) for field in lists]
        for rows in reversed(still_used):
            for row in rows:
                delete(row)
    except ProtectedError as error:
        users = ", ".join(sorted(str(user) for user in error.protected_objects))
        raise Refused(f"A part that would be removed is used by {users}.") from error


def _write_rows(field: Any, entry: Any, wanted: list[Row]) -> list[Any]:
    """Make, change and delete the rows of one list; returns those to delete that are in use."""
    manager = getattr(entry, field.source)
    identity: tuple[str, ...] = field.child.identity
    parts = own_parts(field)
    existing = {tuple(getattr(row, name) for name in identity): row for row in manager.all()}
    kept = [existing.pop(tuple(values[name] for name in identity), None) for values in wanted]
    still_used = delete_rows(existing.values())
    changed = []
    for position, (values, own) in enumerate(zip(wanted, kept, strict=True)):
        row = own or manager.model(entry=entry)
        for source, part in parts.items():
            values[source] = _own_part(entry, part, values[source])
        if hasattr(row, "position"):
            values["position"] = position
        if assign(row, values):
            changed.append(row)
    save_rows(changed)
    return still_used


def _own_part(entry: Any, part: str, key: str | None) -> Any:
    if key is None:
        return None
    row = getattr(entry, part).filter(key=key).first()
    if row is None:
        raise Refused(f"{entry.public_id} has no {key} among its {part}.")
    return row


def _made_together(
    reader: Reader, new: Mapping[int, tuple[Document | Refused, Any]]
) -> dict[int, Document | Refused]:
    """What each of several new entries says once all are there, or is refused for.

    Their documents are built of what is then saved, and looked at before it is.
    """
    found = {number: _coming(reader, *one) for number, one in new.items()}
    coming = {each: one for each, one in found.items() if isinstance(one, _Coming)}
    refusals = make_all({number: one.made for number, one in coming.items()})
    said = {number: one.document for number, one in coming.items()}
    return (
        {number: one for number, one in found.items() if isinstance(one, Refused)} | said | refusals
    )


class _Coming(NamedTuple):
    """A new entry, not saved, and its document."""

    made: Made
    document: Document


def _coming(reader: Reader, document: Document | Refused, entry: Any) -> _Coming | Refused:
    try:
        made = made_of(reader, document, entry)
        said = _as_meant(document, reader.desk_type.build_made(made.written))
    except Refused as refused:
        return refused
    return said if isinstance(said, Refused) else _Coming(made, said)


def _as_meant(document: Any, built: Document) -> Document | Refused:
    """What the entry says, unless that is something else than the document that it was made of."""
    if document == built:
        return built
    names = sorted(set(document) | set(built))
    differences = [each for each in names if document.get(each, ...) != built.get(each, ...)]
    return Refused(
        f"{built['id']}: this document would not come back as it is; it differs at "
        + ", ".join(differences)
        + "."
    )
