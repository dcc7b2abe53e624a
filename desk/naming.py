"""What the desk calls entries, and the values of their documents, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from desk.models import Revision, Submission, SubmissionItem, WorkingCopy
from desk.types import desk_type
from record.reading import Record
from record.reading import document_of as published_document
from record.referred import targets_of_all
from record.types import Document, type_named
from record.wording import Wording, call_parts

UNPUBLISHED = "not published"  # in the place of a name that is a draft's


def document_of(revision: Revision) -> Document:
    """The revision's document, brought to the schema of today; a tombstone as it is."""
    document: Document = orjson.loads(revision.document)
    if "state" in document:
        return document
    return type_named(revision.type).upcast(document, revision.schema)


def name_in(document: Document) -> str:
    """What lists call the entry; its id while it lacks what an entry of its type must say."""
    required = desk_type(document["type"]).declaration.must_have
    if "state" in document or not all(document.get(field) for field in required):
        return str(document["id"])
    return type_named(document["type"]).facts(document).label


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """What entries are called in their working copies, by public id. One query."""
    copies = WorkingCopy.objects.filter(public_id__in=set(public_ids)).select_related("revision")
    return {copy.public_id: name_in(document_of(copy.revision)) for copy in copies}


def desk_words(type_name: str, *documents: Document | None) -> Wording:
    """Words for documents of one type, with what entries are called at the desk. One query."""
    names = names_of(target.id for target in targets_of_all(documents))
    return Wording(type_name, documents, names)


def public_names(
    documents: Iterable[Document | None], record: Record, given: Mapping[str, Document]
) -> dict[str, str]:
    """Names of what documents refer to, by public id, and by ``A7/p4`` of parts.

    As ``given`` has them (documents by id, like those of a submission), else as ``record`` does:
    never as drafts do, of which they say that they are not published. One query, and another
    where parts that are referred to are named by other entries.
    """
    names: dict[str, str] = {}
    opened: dict[str, Document] = {}
    targets = targets_of_all(documents)
    wanted = {target.id for target in targets}
    parts = {target for target in targets if target.part}
    _open(wanted, record, given, opened, names)
    beyond = targets_of_all(opened[target.id] for target in parts if target.id in opened)
    _open({target.id for target in beyond} - set(opened), record, given, opened, names)
    # Those beyond come first, since they are part of what the others are called.
    call_parts([*(each for each in beyond if each.part), *parts], opened, names)
    return dict.fromkeys(wanted, UNPUBLISHED) | names


def given_by(submission: Submission, documents: Sequence[Document | None]) -> dict[str, Document]:
    """Those of the submission's own documents that these refer to, by id. One query."""
    wanted = {target.id for target in targets_of_all(documents)}
    items = SubmissionItem.objects.filter(submission=submission, public_id__in=wanted)
    found = {
        item.public_id: document_of(item.revision) for item in items.select_related("revision")
    }
    return {public_id: each for public_id, each in found.items() if "state" not in each}


def _open(
    ids: set[str],
    record: Record,
    given: Mapping[str, Document],
    opened: dict[str, Document],
    names: dict[str, str],
) -> None:
    for public_id in ids & set(given):
        opened[public_id] = given[public_id]
        names[public_id] = name_in(given[public_id])
    missing = ids - set(given)
    if missing:
        for version in record.versions().filter(public_id__in=missing).order_by():
            opened[version.public_id] = published_document(version)
            names[version.public_id] = version.label


def in_words(value: Any) -> str:
    """The value of a field as text; empty for none."""
    match value:
        case None | "" | []:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(in_words(item) for item in value)
        case dict():
            members = ((name, in_words(member)) for name, member in value.items())
            return "; ".join(f"{name.replace('_', ' ')}: {text}" for name, text in members if text)
    return str(value)
