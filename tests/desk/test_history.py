"""Who changed which row, when and why: on every row of every tracked model."""

import pytest
from django.apps import apps
from django.test import RequestFactory
from simple_history.models import HistoricalRecords

from desk.bases import Identifier, Keyed, Tracked, Waiver
from desk.history import attributed
from desk.types import desk_types
from events.models import Event
from tests import world
from tests.examples import full_world
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


def tracked_models():
    return [model for model in apps.get_models() if issubclass(model, Tracked)]


def test_every_entry_part_and_citation_is_tracked():
    expected = set()
    for desk_type in desk_types():
        expected.add(desk_type.model)
        expected |= {
            relation.related_model
            for relation in desk_type.model._meta.related_objects
            if relation.field.name == "entry"
        }
    models = [model for model in tracked_models() if hasattr(model, "history")]

    assert expected <= set(models)
    assert {
        model for model in apps.get_models() if issubclass(model, (Keyed, Identifier, Waiver))
    } <= set(models)


def test_every_row_of_a_full_entry_names_its_user_and_reason(contributor, editor):
    full_world(by=contributor, approved_by=editor)

    for model in tracked_models():
        assert model.objects.exists(), model
        rows = model.history.all()
        assert rows.count() >= model.objects.count(), model
        assert {row.history_user for row in rows} == {contributor}, model
        assert {row.history_change_reason for row in rows} == {world.REASON}, model


def test_rows_say_what_was_done(contributor, editor):
    event = world.event(by=contributor, quantities=[{"what": "flags", "best": 1}])
    world.change(event, by=editor, reason="A better title.", title="Another title", quantities=[])

    changes = event.history.order_by("history_date", "history_id")
    assert [(row.history_type, row.title, row.history_user) for row in changes] == [
        ("+", "A first meeting", contributor),
        ("~", "Another title", editor),
    ]
    gone = event.quantities.model.history.order_by("history_id").last()
    assert (gone.history_type, gone.history_user, gone.history_change_reason, gone.what) == (
        "-",
        editor,
        "A better title.",
        "flags",
    )


def test_lists_of_references_are_tracked(contributor, editor):
    war, peace = (
        world.term(label, vocabulary=Vocabulary.SUBJECT, by=contributor)
        for label in ("War", "Peace")
    )
    earlier = world.event("Earlier", by=contributor)
    event = world.event(by=contributor, subjects=[war], follows=[earlier])

    with attributed(by=editor, reason="About peace."):
        event.subjects.set([war, peace])
        event.follows.clear()

    newest = event.history.latest()
    assert {row.term for row in newest.subjects.all()} == {war, peace}
    assert newest.follows.count() == 0
    rows = event.history.filter(history_user=editor)
    assert {row.history_change_reason for row in rows} == {"About peace."}
    assert rows.count() == 2


def test_attribution_ends_with_its_block(contributor, editor):
    with attributed(by=contributor, reason="Outer."):
        with attributed(by=editor, reason="Inner."):
            event = world.event(by=editor, reason="Inner.")
        event.title = "Outer title"
        event.save()
    event.title = "Nobody's title"
    event.save()

    rows = event.history.order_by("history_id").values_list("history_user", "history_change_reason")
    assert [*rows][-2:] == [(contributor.pk, "Outer."), (None, None)]


def test_attribution_ends_with_an_error_too(contributor):
    with pytest.raises(RuntimeError), attributed(by=contributor, reason="Interrupted."):
        raise RuntimeError
    event = Event.objects.create(title="After", slug="after", kind=world.term())

    assert event.history.get().history_user is None


def test_saves_outside_a_block_are_those_of_whoever_is_signed_in(contributor):
    request = RequestFactory().post("/")
    request.user = contributor
    HistoricalRecords.context.request = request
    try:
        event = Event.objects.create(title="By hand", slug="by-hand", kind=world.term())
    finally:
        del HistoricalRecords.context.request

    assert event.history.get().history_user == contributor
