"""Who let a claim stand without evidence is told at the desk; in public, that an editor did."""

import pytest

from desk.waivers import granted_in
from tests import world
from tests.pages import admin_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(editor):
    return world.event(
        by=editor,
        citations=[{"claims": ["entry"]}],
        waivers=[{"claim": "date", "reason": "Known to all."}],
    )


def granted(*entries):
    found = granted_in([world.document(entry) for entry in entries])
    return {
        public_id: [(each.claim, each.reason, each.by) for each in own]
        for public_id, own in found.items()
    }


def test_who_wrote_the_waiver_as_it_stands_granted_it(event, chief_editor, contributor):
    world.change(event, by=contributor, title="Another title")
    assert granted(event) == {"E1": [("date", "Known to all.", "editor")]}
    world.change(event, by=chief_editor, waivers=[{"claim": "date", "reason": "Found nowhere."}])
    assert granted(event) == {"E1": [("date", "Found nowhere.", "chief-editor")]}


def test_whose_history_is_gone_is_not_made_up(event):
    event.waivers.model.history.all().delete()
    assert granted(event) == {"E1": [("date", "Known to all.", "")]}


def test_it_costs_one_query_a_type_and_none_without_waivers(
    event, editor, django_assert_num_queries
):
    waiver = {"claim": "date", "reason": "Known."}
    more = [
        world.event(f"Event {n}", by=editor, citations=[{"claims": ["entry"]}], waivers=[waiver])
        for n in range(2)
    ]
    without = world.document(world.event("Without", by=editor))
    for entries in ([event], [event, *more]):
        documents = [world.document(entry) for entry in entries]
        with django_assert_num_queries(1):
            granted_in(documents)
    with django_assert_num_queries(0):
        assert granted_in([without]) == {}


def test_form_and_review_name_who_granted_it(event, editor, contributor, client_of):
    submission = world.submitted(*world.with_what_they_need([event]), by=contributor)
    client = client_of(editor)
    for url in (admin_url(event, "change"), admin_url(submission, "change")):
        page = " ".join(client.get(url).content.decode().split())
        assert "“Known to all.”, granted by editor on" in page
