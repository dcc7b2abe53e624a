"""How much of a source's text the public reads, by its rights."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from desk import publishing, versions
from desk.models import Revision
from desk.redaction import Then, redact
from desk.refusals import Refused
from record.canonical import canonical, digest
from record.models import ShownPassage, ShownText, Version
from record.types import type_named
from record.verification import verify
from sources.models import Source, SourceText
from sources.texts import store_text
from tests import examples, world
from tests.page_reading import page_at
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


LAKE = (
    "# The talks\n\nIt rained. In July the delegations met by the lake, the host said. Nobody "
    "else was there.\n\nAnother block that nobody cites."
)


@pytest.fixture
def let(cast, publish):
    """A function: a source that shows that much of its text, cited by a published event."""

    def made(shown):
        source = world.source("A report", by=cast.contributor, text_shown=shown)
        text = world.hold_text(source, LAKE, headings=[1])
        world.change(source, by=cast.contributor, text_sha256=text.sha256)
        cited = {"source": source, "start": "In July the delegations", "end": "lake"}
        event = world.event(by=cast.contributor, citations=[cited])
        publish(source, event)
        return source, event

    return made


PASSAGE = (2, "It rained. ", "In July the delegations met by the lake")


def passages():
    return list(ShownPassage.objects.values_list("block", "before", "passage"))


def test_nothing_of_a_text_enters_the_record_where_nothing_is_shown(let):
    let("nothing")
    assert (passages(), ShownText.objects.count()) == ([], 0)


def test_short_context_keeps_the_passage_and_the_nearest_words_alone(let):
    let("short context")
    assert (passages(), ShownText.objects.count()) == ([PASSAGE], 0)
    assert verify().faults == []


def test_all_keeps_the_whole_text(let):
    source, _ = let("all")
    assert passages() == [PASSAGE]
    row = ShownText.objects.get()
    assert (row.source, row.sha256, row.headings) == (source.public_id, source.text_sha256, [1])
    assert verify().faults == []


def test_passages_are_kept_where_entries_are_written_one_by_one(let, monkeypatch):
    """Those that cite come before the source, as their letters do."""
    monkeypatch.setattr(publishing, "BATCH", 1)
    monkeypatch.setattr(versions, "BATCH", 1)
    source, event = let("all")
    assert event.public_id < source.public_id
    assert (passages(), ShownText.objects.count()) == ([PASSAGE], 1)
    assert verify().faults == []


def test_text_let_later_brings_the_passages_of_what_was_published_before(let, publish, cast):
    source, _ = let("nothing")
    world.change(source, by=cast.contributor, text_shown="short context")
    publish(source)
    assert passages() == [PASSAGE]


def test_citation_published_later_brings_its_passage(let, publish, cast):
    source, _ = let("short context")
    cited = {"source": source, "start": "the host said"}
    publish(world.event("Another", by=cast.contributor, citations=[cited]))
    assert [passage for _, _, passage in passages()] == [PASSAGE[2], "the host said"]


def test_redaction_of_what_cites_takes_its_passage(let, cast):
    _, event = let("all")
    redact(
        event.public_id,
        editions=[Version.objects.get(public_id=event.public_id).edition_id],
        then=Then.TOMBSTONE,
        by=cast.chief_editor,
        reason="For safety.",
        approved_by=cast.editor,
    )
    assert (passages(), ShownText.objects.count()) == ([], 1)
    assert verify().faults == []


def test_mended_heading_is_read_in_public_with_the_next_letting(let, publish, reader):
    source, _ = let("all")
    store_text(source, LAKE, headings=[1, 3], by=None)
    assert ShownText.objects.get().headings == [1]

    publish(world.event("Another", citations=[{"source": source, "start": "It rained."}]))

    shown = ShownText.objects.get()
    assert (shown.headings, shown.text) == ([1, 3], LAKE)
    page = page_at(reader, f"/sources/{source.slug}/text/")
    shown = [each.tag for each in page.elements if each.text in LAKE.split("\n\n")]
    assert [tag for tag in shown if tag in {"h2", "p"}] == ["h2", "p", "h2"]
    assert verify().faults == []


def test_redaction_of_what_the_source_said_takes_its_text(let, publish, cast):
    source, _ = let("all")
    first = Version.objects.get(public_id=source.public_id).edition_id
    world.change(source, by=cast.contributor, text_shown="nothing", text_sha256="")
    publish(source)
    assert (passages(), ShownText.objects.count()) == ([PASSAGE], 1)
    redact(
        source.public_id,
        editions=[first],
        then=Then.STANDING,
        by=cast.chief_editor,
        reason="By law.",
        approved_by=cast.editor,
    )
    assert (passages(), ShownText.objects.count()) == ([], 0)
    assert verify().faults == []


def test_verification_notices_what_does_not_belong(let):
    source, event = let("short context")
    ShownText.objects.create(source=source.public_id, sha256="0" * 64, headings=[], text="Other.")
    row = ShownPassage.objects.create(
        public_id=event.public_id,
        citation="c7",
        selector="0" * 64,
        source=source.public_id,
        text=source.text_sha256,
        block=1,
    )
    name = f"{source.public_id} ({'0' * 12})"
    assert verify().faults == [
        f"The text of {name} that is shown does not fit its digest.",
        f"A text of {name} is kept to be shown, and no version names it.",
        f"The passage of {row} is kept to be shown, and no version cites it.",
    ]
