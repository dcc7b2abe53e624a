"""Two editors, one entry: the second to save brings both together, and nothing is lost."""

from typing import Any

import orjson
import pytest
from django.urls import reverse

from desk.models import Revision, WorkingCopy
from sources.models import Source
from tests import world
from tests.pages import EntryForm, admin_url, form_of
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast):
    return world.event(
        "A meeting", by=cast.administrator, quantities=[{"what": "flags", "best": 1}]
    )


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def choices(page: Any, name: str) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The claims to choose on: where, what it was, and each side with whether it is chosen."""
    return [
        (
            each.where,
            each.before.in_a_line,
            [(side.label, side.said.in_a_line, side.chosen) for side in each.sides],
        )
        for each in page.context[name]
    ]


def saved(desk: Any, form: EntryForm) -> Any:
    """Send the form; the page that brings both together."""
    response = form.send()
    assert response.status_code == 302, form_of(response, form_id=form.form_id)
    page = desk.get(response["Location"])
    assert page.status_code == 200
    return page


def send(desk: Any, page: Any, **chosen: str) -> Any:
    fields = form_of(page, action="")
    return desk.post(page.wsgi_request.path, fields | chosen)


def test_second_to_save_gets_their_own_text_with_the_others_beside_it(event, desk, cast):
    form = EntryForm(desk, event)
    form.set(title="My meeting", summary="Mine alone.", reason="Mine.")
    form.row("quantities", 1, what="chairs", best="2")
    world.change(
        event, by=cast.editor, reason="Theirs.", title="Their meeting", editor_note="Theirs alone."
    )
    with_flags = world.document(event)

    page = saved(desk, form)

    assert world.document(event) == with_flags
    assert [(save.number, str(save.saved_by), save.reason) for save in page.context["saves"]] == [
        (2, "editor", "Theirs.")
    ]
    assert choices(page, "conflicts") == [
        ("title", "A meeting", [("yours", "My meeting", False), ("theirs", "Their meeting", False)])
    ]
    assert choices(page, "taken") == [
        (
            "editor note",
            "nothing",
            [("leave as it was", "nothing", False), ("take over", "Theirs alone.", True)],
        )
    ]
    assert [where for where, _, _ in choices(page, "kept")] == ["summary", "quantity p2 (chairs)"]

    response = send(desk, page, **{"claim:title": "mine"})

    assert response["Location"] == admin_url(event, "change")
    document = world.document(event)
    assert {name: document[name] for name in ("title", "summary", "editor_note")} == {
        "title": "My meeting",
        "summary": "Mine alone.",
        "editor_note": "Theirs alone.",
    }
    assert {row["key"]: row["what"] for row in document["quantities"]} == {
        "p1": "flags",
        "p2": "chairs",
    }
    newest = WorkingCopy.objects.get(public_id=event.public_id).revision
    assert (newest.number, str(newest.saved_by), newest.reason) == (4, "contributor", "Mine.")
    assert orjson.loads(newest.document) == document


def test_parts_and_citations_added_by_both_keep_keys_of_their_own(event, desk, cast):
    form = EntryForm(desk, event)
    form.row("quantities", 1, what="chairs", best="2")
    name = form.fields["quantities-1-part_key"][0]
    form.row("citations", 1, source=Source.objects.get().pk, claims=name)
    world.change(
        event,
        by=cast.editor,
        quantities=[{"what": "flags", "best": 1}, {"what": "tables", "best": 3}],
    )
    theirs = {row["what"]: row["key"] for row in world.document(event)["quantities"]}

    send(desk, saved(desk, form))

    document = world.document(event)
    keys = {row["what"]: row["key"] for row in document["quantities"]}
    assert keys == theirs | {"chairs": keys["chairs"]}
    assert keys["chairs"] not in theirs.values()
    assert document["citations"][-1]["claims"] == [keys["chairs"]]


def test_nothing_is_saved_until_every_conflict_is_decided(event, desk, cast):
    form = EntryForm(desk, event)
    form.set(title="My meeting", reason="Mine.")
    world.change(event, by=cast.editor, title="Their meeting")
    page = saved(desk, form)

    again = send(desk, page)

    assert again.status_code == 200
    assert [str(each) for each in again.context["messages"]] == [
        "Nothing has been saved yet; what you entered is kept.",
        "Choose what title is to say.",
    ]
    assert [each.missing for each in again.context["conflicts"]] == [True]
    assert world.document(event)["title"] == "Their meeting"


def test_a_third_save_meanwhile_is_shown_too(event, desk, cast):
    form = EntryForm(desk, event)
    form.set(title="My meeting", reason="Mine.")
    world.change(event, by=cast.editor, title="Their meeting")
    page = saved(desk, form)
    world.change(event, by=cast.chief_editor, summary="A third.")

    again = send(desk, page, **{"claim:title": "mine"})

    assert again.status_code == 200
    assert [str(each) for each in again.context["messages"]][1] == (
        "Somebody has saved revision 4 meanwhile. This page shows it now; look at it and save "
        "again."
    )
    assert [save.number for save in again.context["saves"]] == [2, 4]
    assert [side.chosen for side in again.context["conflicts"][0].sides] == [True, False]
    assert send(desk, again).status_code == 302
    document = world.document(event)
    assert (document["title"], document["summary"]) == ("My meeting", "A third.")


def test_form_with_errors_comes_back_over_what_it_was_opened_on(event, desk, cast):
    form = EntryForm(desk, event)
    form.set(title="", summary="Mine.")
    world.change(event, by=cast.editor, quantities=[])
    before = world.document(event)

    assert form.refused() == ["This field is required."]

    assert world.document(event) == before
    form.set(title="My meeting")
    page = saved(desk, form)
    assert choices(page, "conflicts") == []
    assert [where for where, _, _ in choices(page, "taken")] == ["quantity p1 (flags)"]
    assert world.document(event) == before


def test_what_no_document_holds_is_saved_at_once_and_nothing_of_it_undone(event, desk, cast):
    form = EntryForm(desk, event)
    form.set(title="My meeting", desk_note="Ask the archive.")
    world.change(event, by=cast.editor, summary="Theirs.", desk_note="Ask the host.")

    saved(desk, form)

    event.refresh_from_db()
    assert event.desk_note == "Ask the host.\n\nAsk the archive."
    assert event.title == "A meeting"


def test_passages_set_aside_beside_somebody_elses_save_are_kept(cast, desk):
    source = world.source(by=cast.editor)
    form = EntryForm(desk, source)
    form.set(title="My report")
    form.row("set_aside", 0, block="3", reason="A heading.")
    world.change(source, by=cast.editor, publisher="Theirs")

    saved(desk, form)

    assert [(row.block, row.reason) for row in source.set_aside.all()] == [(3, "A heading.")]


def test_form_sent_unchanged_after_somebody_elses_save_says_so(event, desk, cast):
    form = EntryForm(desk, event)
    world.change(event, by=cast.editor, title="Their meeting")

    response = form.send()

    assert response["Location"] == admin_url(event, "change")
    assert Revision.objects.filter(starts_from__isnull=False).count() == 0


def test_what_is_kept_is_for_whoever_typed_it(event, desk, cast, client_of):
    form = EntryForm(desk, event)
    form.set(title="My meeting")
    world.change(event, by=cast.editor, title="Their meeting")
    page = saved(desk, form)
    url = page.wsgi_request.path

    mine = Revision.objects.get(starts_from__isnull=False)
    assert f'href="{url}"' in desk.get(admin_url(mine, "change")).content.decode()
    for_editor = client_of(cast.editor).get(admin_url(mine, "change")).content.decode()
    assert "It stands beside the working copy, and starts from revision 1." in for_editor
    assert url not in for_editor
    assert client_of(cast.editor).get(url).status_code == 404
    assert client_of(cast.editor).post(url, {"claim:title": "mine"}).status_code == 404
    opts = event._meta
    other = reverse(f"admin:{opts.app_label}_{opts.model_name}_join", args=[event.pk, 2])
    assert desk.get(other).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_bringing_together_takes_the_same_queries_whatever_there_is(
    rows, event, desk, cast, django_assert_num_queries
):
    form = EntryForm(desk, event)
    for number in range(1, rows + 1):
        form.row("quantities", number, what=f"chairs {number}", best="2")
    world.change(event, by=cast.editor, title="Their meeting")
    for number in range(1, rows):
        world.change(event, by=cast.editor, summary=f"Summary {number}")
    page = saved(desk, form)

    with django_assert_num_queries(9):
        desk.get(page.wsgi_request.path)


@pytest.mark.django_db(transaction=True)
def test_forms_sent_at_one_instant_are_both_kept(threads, cast, client_of):
    event = world.event("A meeting", by=cast.administrator)
    for round_ in range(2):
        clients = [client_of(user) for user in (cast.contributor, cast.editor, cast.chief_editor)]
        forms = [EntryForm(client, event) for client in clients]
        for number, form in enumerate(forms):
            form.set(title=f"Title {round_}, {number}")
            blank = form.blank("quantities")
            form.row("quantities", blank, what=f"figure {round_}, {number}", best="1")

        responses = at_once(*(form.send for form in forms))

        assert [getattr(each, "status_code", each) for each in responses] == [302] * 3
        beside = [
            (client, each["Location"])
            for client, each in zip(clients, responses, strict=True)
            if "/kept/" in each["Location"]
        ]
        assert len(beside) == 2
        for client, url in beside:
            page = client.get(url)
            answer = send(client, page, **{"claim:title": "mine"})
            assert answer.status_code == 302
    quantities = world.document(event)["quantities"]
    assert sorted(row["what"] for row in quantities) == [
        f"figure {round_}, {number}" for round_ in range(2) for number in range(3)
    ]
    assert len({row["key"] for row in quantities}) == 6
