"""The pages on which one entry is merged into another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.models import Submission
from desk.publishing import approve_and_publish
from desk.submissions import submission_checksum
from tests import world
from tests.pages import EntryForm, _Forms, admin_url

pytestmark = pytest.mark.django_db


def two_actors(cast):
    people = {"by": cast.contributor, "approved_by": cast.editor}
    winner = world.actor("The Republic", by=people["by"])
    loser = world.actor("Republic, the", by=people["by"], description="Another description.")
    event = world.event(by=people["by"], participants=[world.participant(loser, by=people["by"])])
    world.publish_all(winner, event, **people)
    return loser, winner, event


@pytest.fixture
def two(kept):
    return kept(two_actors)


def test_the_form_leads_to_the_merger_and_shows_it_before_anything(two, chief_editor, client_of):
    loser, winner, event = two
    client = client_of(chief_editor)
    url = admin_url(loser, "merge")
    assert url in client.get(admin_url(loser, "change")).content.decode()

    shown = client.get(url, {"winner": winner.pk})
    text = shown.content.decode()

    assert not Submission.objects.filter(change="merge").exists()
    assert "1 published entry refers" in text
    assert "Another description." in text
    fields = _merge_form(shown)
    fields["reason"] = ["One and the same."]
    answer = client.post(url, fields)
    submission = Submission.objects.get(change="merge")
    assert answer["Location"] == admin_url(submission, "change")
    ids = submission.items.values_list("public_id", flat=True)
    assert sorted(ids) == sorted([loser.public_id, winner.public_id, event.public_id])
    page = client.get(admin_url(submission, "change"))
    assert "merge" in page.content.decode()


def _merge_form(response):
    """What a browser would send of the form that asks for the merger."""
    reader = _Forms()
    reader.feed(response.content.decode())
    [fields] = [fields for _, fields in reader.forms if "seen" in fields]
    fields.pop("csrfmiddlewaretoken")
    return fields


def test_what_was_typed_stays_where_it_is_refused(two, chief_editor, client_of):
    loser, winner, _ = two
    client = client_of(chief_editor)
    url = admin_url(loser, "merge")
    fields = _merge_form(client.get(url, {"winner": winner.pk}))
    fields["take"] = []

    answer = client.post(url, fields | {"reason": ["Typed."]})

    assert answer.status_code == 200
    assert "it is shown anew here" in answer.content.decode()
    again = _merge_form(answer)
    assert again["reason"] == ["Typed."]
    assert "take" not in again
    assert client.post(url, again).status_code == 302


def test_shown_again_writes_nothing_and_keeps_what_was_chosen_and_typed(
    two, chief_editor, client_of
):
    loser, winner, _ = two
    client = client_of(chief_editor)
    url = admin_url(loser, "merge")
    page = client.get(url, {"winner": winner.pk})
    assert 'formmethod="get"' not in page.content.decode()  # which puts a sign into the address
    fields = _merge_form(page) | {"take": [], "reason": ["Typed."], "again": ["yes"]}

    answer = client.post(url, fields)

    assert not Submission.objects.filter(change="merge").exists()
    again = _merge_form(answer)
    assert (again["reason"], "take" in again) == (["Typed."], False)
    assert client.post(url, again).status_code == 302


def test_a_choice_that_cannot_be_is_answered_with_a_sentence(two, chief_editor, client_of):
    loser, _, _ = two
    client = client_of(chief_editor)
    url = admin_url(loser, "merge")

    def said(**query):
        return client.get(url, query).content.decode()

    assert "cannot be merged into itself" in said(winner=loser.pk)
    assert "Choose the entry that it is merged into." in said(winner="")
    assert "has never been published" in said(winner_id="A99")


def test_a_merged_entry_can_be_looked_at_and_says_where_it_went(
    two, chief_editor, editor, client_of
):
    loser, winner, event = two
    client = client_of(chief_editor)
    url = admin_url(loser, "merge")
    fields = _merge_form(client.get(url, {"winner": winner.pk}))
    client.post(url, fields | {"reason": ["One."]})
    submission = Submission.objects.get(change="merge")
    approve_and_publish(submission, by=editor, checksum=submission_checksum(submission))

    page = client.get(admin_url(loser, "change"))

    text = page.content.decode()
    assert "Merged into" in text
    assert admin_url(winner, "change") in text
    assert 'name="_save"' not in text
    assert client.post(admin_url(loser, "change"), {"slug": "x"}).status_code == 403
    listed = client.get(admin_url(type(loser), "changelist"), {"standing": "merged"})
    assert [row.public_id for row in listed.context["cl"].result_list] == [loser.public_id]
    offered = client.get(
        "/desk/autocomplete/",
        {
            "term": "republic",
            "app_label": "events",
            "model_name": "participation",
            "field_name": "actor",
        },
    ).json()
    assert [row["id"] for row in offered["results"]] == [str(winner.pk)]
    form = EntryForm(client, event)
    form.row("participants", 0, actor=loser.pk)
    form.set(reason="x")
    assert form.refused() == [
        f"{loser.public_id} was merged into {winner.public_id}; choose from that."
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_many_referrers(
    two, people, chief_editor, client_of, number
):
    loser, winner, _ = two
    for each in range(number - 1):
        world.publish_all(
            world.event(
                f"Another {each}",
                by=people["by"],
                participants=[world.participant(loser, by=people["by"])],
            ),
            **people,
        )
    client = client_of(chief_editor)
    url = admin_url(loser, "merge")
    client.get(url, {"winner": winner.pk})

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(url, {"winner": winner.pk})

    assert len(queries) == QUERIES


QUERIES = 23


def test_the_form_says_where_an_old_address_leads(two, chief_editor, client_of):
    _, winner, _ = two

    form = EntryForm(client_of(chief_editor), winner)

    assert "/actors/the-republic/ will lead here" in form.page.content.decode()
