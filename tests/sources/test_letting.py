"""How much of a source's text the public reads, by its rights."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from desk.models import Revision
from desk.refusals import Refused
from record.canonical import canonical, digest
from record.models import Version
from record.types import type_named
from sources.models import Source, SourceText
from tests import examples, world
from tests.pages import EntryForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.mark.parametrize(("may_be", "shown"), [(True, "all"), (False, "nothing")])
def test_document_of_schema_1_names_no_text(may_be, shown):
    brought = type_named("source").upcast({"title": "A report", "text_shown": may_be}, 1)
    assert brought == {"title": "A report", "text_shown": shown, "text_sha256": None}


@pytest.mark.django_db(transaction=True)
def test_migration_keeps_what_rights_allowed():
    for title, shown in (("Closed", "nothing"), ("Open", "all"), ("In part", "short context")):
        world.source(title, text_shown=shown)

    MigrationExecutor(connection).migrate([("sources", "0003_selector_changes")])
    call_command("migrate", verbosity=0)

    rows = {source.title: source.text_shown for source in Source.objects.all()}
    assert rows == {"Closed": "nothing", "Open": "all", "In part": "nothing"}
    history = Source.history.values_list("title", "text_shown").distinct()
    assert dict(history) == rows


def test_save_that_only_changes_the_schema_is_no_change(cast, publish):
    source = world.source("A report", by=cast.contributor)
    publish(source)
    revisions = Revision.objects.filter(public_id=source.public_id)
    old = canonical(world.document(source) | {"text_shown": False})
    revisions.update(schema=1, document=old, checksum=digest(old))
    before = revisions.count()

    world.change(source, by=cast.contributor, title="A report")
    assert revisions.count() == before
    world.change(source, by=cast.contributor, title="The report")
    assert revisions.count() == before + 1


def test_editor_chooses_among_the_texts_of_the_source(cast, client_of):
    source = world.source("A report", by=cast.contributor)
    text = world.hold_text(source, examples.TEXT)
    world.hold_text(world.source("Another"), "Other words.")
    form = EntryForm(client_of(cast.editor), source)
    form.set(text_shown="all", text_sha256=text.sha256)
    assert form.send().status_code == 302
    source.refresh_from_db()
    assert (source.text_shown, source.text_sha256) == ("all", text.sha256)


def test_text_that_the_desk_does_not_hold_is_not_published(publish):
    source = world.source("A report", text_shown="all")
    text = world.hold_text(source, examples.TEXT)
    world.change(source, text_sha256=text.sha256)
    SourceText.objects.all().delete()
    with pytest.raises(Refused) as refused:
        publish(source)
    assert "the text that the public would read of is not at the desk" in str(refused.value)
    assert not Version.objects.exists()
