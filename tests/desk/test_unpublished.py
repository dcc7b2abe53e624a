"""Publishing all that is new or changed in one go."""

import datetime

import orjson
import pytest
from django.db import DatabaseError

from desk.models import Submission
from desk.unpublished import publish_unpublished, unpublished_ids
from record.canonical import canonical
from record.models import Edition, EditionCounter, Version
from record.verification import verify
from tests import world
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def standing(entry) -> Version:
    return Version.objects.get(public_id=entry.public_id, superseded_in=None)


def faults() -> list[str]:
    return list(verify().faults)


def test_publish_unpublished_takes_what_is_new_or_changed(people):
    first = world.event("First", by=people["by"])
    world.publish_all(first, **people)
    second = world.event("Second", by=people["by"])
    world.change(first, title="First, corrected", by=people["by"])

    edition = publish_unpublished(reason="June.", **people)

    assert dict(edition.versions.values_list("public_id", "change")) == {
        first.public_id: "correction",
        second.public_id: "new",
    }
    assert unpublished_ids() == []


def test_publish_unpublished_leaves_nothing_behind_when_refused(people):
    world.event(by=people["by"], citations=[])

    assert refusal(lambda: publish_unpublished(reason="June.", **people))
    assert not Submission.objects.exists()
    assert EditionCounter.objects.filter(value__gt=0).count() == 0


def test_documents_are_stored_as_text_that_reads_back(full):
    for version in full.edition.versions.all():
        assert canonical(orjson.loads(version.document)) == version.document


def test_the_database_keeps_numbers_positive(db):
    with pytest.raises(DatabaseError):
        Edition(
            number=0,
            published_at=datetime.datetime.now(datetime.UTC),
            reason="x",
            by="editor",
            approved_by="editor",
            four_eyes=True,
            checksum="x",
        ).save()
