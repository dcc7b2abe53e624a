"""An empty form takes what its address gives, and nothing that it could not take."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from desk.models import Submission, WorkingCopy
from events.models import Event
from tests import world
from tests.conftest import Cast
from tests.pages import admin_url, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.contributor)


def given(client: Client, **address: Any) -> dict[str, list[str]]:
    page = client.get(admin_url(Event, "add"), address)
    assert page.status_code == 200
    return form_of(page, form_id="event_form")


def test_fields_and_rows_are_filled_in_from_the_address(client: Client, cast: Cast) -> None:
    actors = [world.actor(name, by=cast.contributor) for name in ("One", "Two", "Three")]
    rows = {f"participants-{n}-actor": actor.pk for n, actor in enumerate(actors)}
    fields = given(client, title="Talks", date_edtf="1997", date_inferred="on", **rows)
    assert fields["title"] == ["Talks"]
    assert (fields["date_edtf"], fields["date_inferred"]) == (["1997"], ["on"])
    assert fields["participants-TOTAL_FORMS"] == ["3"]
    assert [fields[f"participants-{n}-actor"] for n in range(3)] == [
        [str(actor.pk)] for actor in actors
    ]
    assert [fields[f"participants-{n}-part_key"] for n in range(3)] == [
        *(["new-1"], ["new-2"], ["new-3"]),
    ]


def test_what_cannot_be_taken_is_left_out(client: Client) -> None:
    fields = given(
        client,
        place="x",
        **{
            "participants-0-actor": "9" * 40,
            "participants-0-id": "1",
            "participants-0-nonsense": "1",
            "participants-777-actor": "1",
            "nonsense-0-actor": "1",
            "next": "https://example.org/",
        },
    )
    assert (fields["place"], fields["participants-0-actor"]) == ([""], [])
    assert (fields["participants-TOTAL_FORMS"], fields["participants-0-id"]) == (["1"], [""])


def test_a_filled_in_form_costs_as_much_for_1_row_as_for_3(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    actors = [world.actor(name, by=cast.contributor) for name in ("One", "Two", "Three")]
    costs = set()
    for number in (1, 3):
        rows = {f"participants-{n}-actor": actor.pk for n, actor in enumerate(actors[:number])}
        with django_assert_num_queries(5) as asked:
            given(client, **rows)
        costs.add(len(asked))
    assert len(costs) == 1


# Saved and submitted at once --------------------------------------------------------------------


def draft(client: Client, cast: Cast, **values: str) -> Any:
    """The form of a new event that cites a new source; sent with the button that submits."""
    source = world.source("A report", by=cast.contributor)
    kind = world.term("Talks", by=cast.chief_editor)
    fields = given(client, kind=kind.pk, **{"citations-0-source": source.pk})
    fields |= {"title": ["Talks"], "slug": ["talks"], "date_edtf": ["1997"], "_submit": ["1"]}
    fields |= {name: [value] for name, value in values.items()}
    return client.post(admin_url(Event, "add"), fields)


def test_a_new_entry_is_submitted_with_what_it_needs(client: Client, cast: Cast) -> None:
    answer = draft(client, cast, reason="The talks were reported.")
    submission = Submission.objects.get()
    assert answer["Location"] == admin_url(submission, "change")
    assert (submission.state, submission.reason) == ("submitted", "The talks were reported.")
    assert submission.created_by == cast.contributor
    held = sorted(submission.items.values_list("public_id", "change"))
    assert [(public_id[0], change) for public_id, change in held] == [
        *(("E", "new"), ("S", "new"), ("T", "new")),
    ]


def test_without_a_reason_nothing_is_saved_and_what_was_typed_stays(
    client: Client, cast: Cast
) -> None:
    answer = draft(client, cast)
    assert answer.status_code == 200
    assert "Say why: a submission needs a reason." in answer.content.decode()
    assert form_of(answer, form_id="event_form")["title"] == ["Talks"]
    assert (Event.objects.count(), Submission.objects.count()) == (0, 0)
    assert not WorkingCopy.objects.filter(type="event").exists()


def test_the_button_stands_where_an_entry_was_never_published(
    client: Client, cast: Cast, people: Any
) -> None:
    def offered(event: Any) -> bool:
        return 'name="_submit"' in client.get(admin_url(event, "change")).content.decode()

    event = world.event("Talks", by=cast.contributor)
    assert offered(event)
    world.submitted(event, by=cast.contributor)
    assert not offered(event)
    other = world.event("More talks", by=cast.contributor)
    world.publish_all(other, **people)
    assert not offered(other)
