"""What was folded before signs that nobody sees were left out is brought to what is folded now."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from record.canonical import digest
from record.models import Opening, ShownPassage, ShownText
from record.verification import verify
from sources.coverage import coverage_of
from sources.selectors import FoldedText, fold
from tests import world

pytestmark = pytest.mark.django_db

WORDS = "می\u200cشود گفت که آنها"


def test_openings_are_the_words_of_now_and_stay_guarded(cast):
    event = world.event("Talks", citations=[{"start": WORDS}])
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    migration = import_module("record.migrations.0019_openings_folded")
    connection.check_constraints()
    editor = connection.schema_editor()
    migration.guard(editor, ["version_id", "citation"], "record_opening")
    rows = Opening._base_manager.filter(version__public_id=event.public_id)
    rows.update(words="می شود گفت")

    migration.fold_anew(apps, editor)

    assert rows.get().words == "میشود گفت که"
    assert verify().faults == []
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(words="other")


def test_blocks_that_were_set_aside_are_found_by_their_words():
    source = world.source("A report")
    text = f"The talks\n\n{WORDS}\n\n‹Photo›"
    world.hold_text(source, text)
    migration = import_module("sources.migrations.0006_set_aside_folded")
    for number, words in ((1, "The talks"), (2, WORDS), (3, "‹Photo›")):
        then = digest(migration.folded_then(words))
        source.set_aside.create(block=number, words=then, reason="It claims nothing.")
        assert (then == digest(fold(words))) == (number == 1)

    migration.bind_anew(apps, None)

    found = coverage_of(source, FoldedText(text, []), headings=[])
    assert [each.block.number for each in found.blocks if each.set_aside] == [1, 2, 3]
    assert found.failures == []


def test_what_is_shown_is_filled_in_and_guarded(cast):
    source = world.showing("all", f"The talks\n\n{WORDS}")
    event = world.event("Talks", citations=[{"source": source, "start": WORDS}])
    other = world.event("Others", citations=[{"source": source, "start": "The talks"}])
    world.publish_all(event, other, source, by=cast.contributor, approved_by=cast.editor)
    tables = {model: model._base_manager.order_by("pk") for model in (ShownText, ShownPassage)}
    written = {model: list(rows.values()) for model, rows in tables.items()}
    assert [row["bare"] for row in written[ShownText]] == [fold(f"The talks {WORDS}")]
    assert {row["bare"] for row in written[ShownPassage]} == {None, fold(WORDS)}
    migration = import_module("record.migrations.0020_shown_without_signs")
    editor = connection.schema_editor()
    migration.let_go(apps, editor)
    for rows in tables.values():
        rows.update(bare=None)

    migration.fill(apps, editor)

    assert {model: list(rows.values()) for model, rows in tables.items()} == written
    for rows in tables.values():
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(bare="other")
