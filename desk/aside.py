"""Working on another document of an entry than its working copy, with the same rows and forms."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from desk.applying import apply
from desk.bases import Entry
from desk.keys import give_back_none, hold_keys
from record.types import Document


@contextmanager
def working_rows_as(document: Document, entry: Entry) -> Iterator[None]:
    """Inside, the working rows of ``entry`` say what ``document`` says; afterwards, what they
    said before, with the history of before.

    For transactions that hold the entry's row. A savepoint that is always rolled back; the keys
    that were given out inside stay given. ``Refused`` where the document cannot be applied.
    """
    public_id = entry.public_id
    hold_keys(public_id)
    with transaction.atomic():
        apply(document, entry, releasing=True)
        yield
        given = hold_keys(public_id)
        transaction.set_rollback(True)
    give_back_none(public_id, given)
