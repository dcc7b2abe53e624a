"""Correcting what is published, in the browser: the form, and what it leaves alone."""

from typing import Any

import orjson
import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.corrections import open_correction, save_correction
from desk.models import Counter, Revision, Submission, WorkingCopy
from desk.publishing import approve_and_publish
from desk.standing import standing_of
from desk.submissions import retract, submission_checksum
from desk.withdrawal import request_withdrawal
from record.models import Version
from sources.models import Source
from tests import world
from tests.pages import EntryForm, admin_url, form_of

pytestmark = pytest.mark.django_db
REASON = "The day was wrong."


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.editor)


def meeting(cast):
    """Published with one figure; at the desk that is gone, and there are two others."""
    event = world.event("A meeting", by=cast.contributor, quantities=[{"what": "flags", "best": 1}])
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    others = [{"what": "chairs", "best": 2}, {"what": "tables", "best": 3}]
    return world.change(event, by=cast.contributor, quantities=others, title="Unfinished")


@pytest.fixture
def event(kept):
    return kept(meeting)


class CorrectionForm(EntryForm):
    """The form that "Correct what is published" opens."""

    def __init__(self, client: Any, thing: Any) -> None:
        self.client = client
        self.url = admin_url(thing, "correct")
        self.form_id = f"{thing._meta.model_name}_form"
        self.page = client.post(self.url, {"_open": "1"})
        self.fields = form_of(self.page, form_id=self.form_id)


def published(entry: Any) -> Any:
    version = Version.objects.get(public_id=entry.public_id, superseded_in=None)
    return orjson.loads(version.document)


def state(entry: Any) -> Any:
    """Everything of the entry that a correction must leave alone."""
    rows = [
        list(relation.related_model.objects.filter(entry=entry).order_by("pk").values())
        for relation in entry._meta.related_objects
        if relation.field.name == "entry"
    ]
    history = [
        relation.related_model.history.filter(entry_id=entry.pk).count()
        for relation in entry._meta.related_objects
        if relation.field.name == "entry" and hasattr(relation.related_model, "history")
    ]
    own = type(entry).objects.filter(pk=entry.pk).values().get()
    return own, rows, history, type(entry).history.filter(id=entry.pk).count()


def test_form_holds_what_is_published_and_opening_it_changes_nothing(event, desk):
    before = state(event), list(Counter.objects.order_by("name").values())

    form = CorrectionForm(desk, event)

    assert form.page.status_code == 200
    assert form.fields["title"] == ["A meeting"]
    assert form.fields["quantities-0-what"] == ["flags"]
    assert form.fields["quantities-0-id"] == ["p1"]
    assert form.fields["quantities-INITIAL_FORMS"] == ["1"]
    assert (state(event), list(Counter.objects.order_by("name").values())) == before


def test_correction_with_new_parts_and_citations_is_reviewed_and_published(event, desk, cast):
    before, working = state(event), world.document(event)
    form = CorrectionForm(desk, event)
    form.set(title="The meeting", reason=REASON, change_kind="clarification")
    form.row("quantities", 0, best="7")
    form.row("quantities", 1, what="lamps", best="4")
    name = form.fields["quantities-1-part_key"][0]
    form.row("citations", 1, source=Source.objects.get().pk, claims=f"{name}, {name}.best")

    response = form.send()

    submission = Submission.objects.get(is_correction=True)
    assert response["Location"] == admin_url(submission, "change")
    assert state(event) == before
    item = submission.items.get()
    assert (item.change, submission.reason, str(submission.created_by)) == (
        "clarification",
        REASON,
        "editor",
    )
    made = orjson.loads(item.revision.document)
    assert [(row["key"], row["what"], row["best"]) for row in made["quantities"]] == [
        ("p1", "flags", "7"),
        ("p4", "lamps", "4"),
    ]
    assert made["citations"][1]["claims"] == ["p4", "p4.best"]
    assert WorkingCopy.objects.get(public_id=event.public_id).revision.number == 2

    approve_and_publish(submission, by=cast.chief_editor, checksum=submission_checksum(submission))

    assert published(event) == made
    document = world.document(event)
    assert document["title"] == "The meeting"  # both changed it: the published one, for now
    # p1 has gone at the desk and was corrected: it is there again until somebody decides.
    assert [row["key"] for row in document["quantities"]] == ["p1", "p4", "p2", "p3"]
    copy = WorkingCopy.objects.get(public_id=event.public_id)
    assert [each["path"] for each in copy.conflicts] == [["title"], ["quantities", "p1"]]
    assert {row["key"] for row in working["quantities"]} == {"p2", "p3"}


def test_correction_with_errors_comes_back_as_typed(event, desk):
    before = state(event)
    form = CorrectionForm(desk, event)
    form.set(title="", reason="")
    form.row("quantities", 1, what="lamps", best="4")

    assert form.refused() == [
        "This field is required.",
        "This entry has been published: say why you change it.",
    ]

    assert state(event) == before
    assert Submission.objects.filter(is_correction=True).count() == 0


def test_correction_in_review_is_gone_on_with(event, desk, cast):
    save_correction(event, published(event) | {"title": "The meeting"}, by=cast.editor, reason="x")
    form = CorrectionForm(desk, event)
    assert form.fields["title"] == ["The meeting"]
    form.set(title="The first meeting", reason="Better.")

    form.send()

    submission = Submission.objects.get(is_correction=True)
    assert submission.reason == "Better."
    document = orjson.loads(open_correction(event.public_id).revision.document)
    assert document == published(event) | {"title": "The first meeting"}


def test_two_corrections_at_once_hold_what_both_corrected(event, desk, cast, client_of):
    first, second = CorrectionForm(desk, event), CorrectionForm(client_of(cast.contributor), event)
    first.set(title="The meeting", reason=REASON)
    second.set(reason="Mine.", language="fr")

    first.send()
    second.send()

    document = orjson.loads(open_correction(event.public_id).revision.document)
    assert document == published(event) | {"title": "The meeting", "language": "fr"}


def test_what_two_people_corrected_otherwise_is_chosen_by_the_second(event, desk, cast, client_of):
    other = client_of(cast.contributor)
    first, second = CorrectionForm(desk, event), CorrectionForm(other, event)
    first.set(title="The meeting", reason=REASON, editor_note="A note.")
    second.set(title="The first meeting", reason="Mine.", language="fr")
    second.set(change_kind="clarification")
    first.send()

    response = second.send()

    kept = Revision.objects.get(kept_beside="correction")
    assert (str(kept.saved_by), kept.starts_from.number) == ("contributor", 1)
    under_way = open_correction(event.public_id)
    assert orjson.loads(under_way.revision.document)["title"] == "The meeting"
    page = other.get(response["Location"])
    assert [
        (each.where, [(side.label, side.said.in_a_line, side.chosen) for side in each.sides])
        for name in ("conflicts", "taken")
        for each in page.context[name]
    ] == [
        (
            "title",
            [("yours", "The first meeting", False), ("theirs", "The meeting", False)],
        ),
        (
            "editor note",
            [("leave as it was", "nothing", False), ("take over", "A note.", True)],
        ),
    ]
    assert [str(save.saved_by) for save in page.context["saves"]] == ["editor"]
    url = page.wsgi_request.path
    fields = form_of(page, action="")
    assert (fields["reason"], fields["change_kind"]) == (["Mine."], ["clarification"])
    assert desk.get(url).status_code == 404
    again = other.post(url, fields)
    assert [str(each) for each in again.context["messages"]] == [
        "Nothing has been saved yet; what you entered is kept.",
        "Choose what title is to say.",
    ]

    done = other.post(url, fields | {"claim:title": "mine"})

    under_way = open_correction(event.public_id)
    assert done["Location"] == admin_url(under_way.submission, "change")
    assert (under_way.change, under_way.submission.reason) == ("clarification", "Mine.")
    document = orjson.loads(under_way.revision.document)
    assert document == published(event) | {
        "title": "The first meeting",
        "editor_note": "A note.",
        "language": "fr",
    }
    shown = other.get(admin_url(kept, "change")).content.decode()
    assert f'href="{url}"' in shown


def test_correction_that_was_published_meanwhile_is_chosen_against_too(
    event, desk, cast, client_of
):
    form = CorrectionForm(desk, event)
    form.set(title="The first meeting", reason=REASON)
    other = save_correction(
        event, published(event) | {"title": "The meeting"}, by=cast.contributor, reason="x"
    )
    approve_and_publish(other, by=cast.chief_editor, checksum=submission_checksum(other))

    page = desk.get(form.send()["Location"])
    fields = form_of(page, action="") | {"claim:title": "mine"}
    world.change(event, by=cast.contributor, summary="Unfinished too.")
    desk.post(page.wsgi_request.path, fields)

    document = orjson.loads(open_correction(event.public_id).revision.document)
    assert published(event)["title"] == "The meeting"
    assert document == published(event) | {"title": "The first meeting"}


def test_corrections_that_do_not_fit_together_are_chosen_between(event, desk, cast):
    """Nobody changed a claim that the other did; but the one's best is above the other's high."""
    form = CorrectionForm(desk, event)
    form.row("quantities", 0, best="7")
    form.set(reason=REASON)
    public = published(event)
    [row] = public["quantities"]
    other = public | {"quantities": [row | {"low": "0", "high": "5"}]}
    save_correction(event, other, by=cast.contributor, reason="x")

    page = desk.get(form.send()["Location"])

    assert [
        [each.where for each in page.context[name]] for name in ("conflicts", "taken", "kept")
    ] == [
        [],
        ["quantity p1 (flags): lowest", "quantity p1 (flags): highest"],
        ["quantity p1 (flags): best estimate"],
    ]
    fields = form_of(page, action="")
    again = desk.post(page.wsgi_request.path, fields)
    assert len(again.context["messages"]) == 2
    chosen = {"claim:quantities/p1/high": "mine"}
    assert desk.post(page.wsgi_request.path, fields | chosen).status_code == 302


def test_unchanged_correction_is_refused_with_a_sentence(event, desk):
    form = CorrectionForm(desk, event)
    form.set(reason=REASON)

    response = form.send()

    assert [str(each) for each in get_messages(response.wsgi_request)] == [
        "Nothing has been changed, so there is no correction to review."
    ]
    assert Revision.objects.filter(starts_from__isnull=False).count() == 0


def test_correction_that_is_refused_is_kept_as_it_was_typed(event, desk, cast):
    form = CorrectionForm(desk, event)
    form.set(title="The meeting", reason=REASON)
    withdrawal = request_withdrawal([event.public_id], by=cast.chief_editor, reason="x")

    response = form.send()

    assert [str(each) for each in get_messages(response.wsgi_request)] == [
        f"The withdrawal of {event.public_id} is in review; take it back first."
    ]
    assert response["Location"] == form.url
    assert "is kept, and has not been saved" in desk.get(form.url).content.decode()
    retract(withdrawal, by=cast.chief_editor)
    assert CorrectionForm(desk, event).fields["title"] == ["The meeting"]


def test_entry_that_is_not_published_has_nothing_to_correct(desk, cast):
    draft = world.event(by=cast.contributor)
    page = desk.get(admin_url(draft, "change")).content.decode()
    assert "Correct what is published" not in page

    response = desk.post(admin_url(draft, "correct"), {"_open": "1"})

    assert response["Location"] == admin_url(draft, "change")
    assert [str(each) for each in get_messages(response.wsgi_request)] == [
        f"{draft.public_id} is not published, so there is nothing to correct."
    ]


def test_conflicts_stand_on_the_form_until_somebody_decides(event, desk, cast):
    correction = save_correction(
        event, published(event) | {"title": "The meeting"}, by=cast.editor, reason=REASON
    )
    approve_and_publish(correction, by=cast.chief_editor, checksum=submission_checksum(correction))
    page = desk.get(admin_url(event, "change"))
    assert [
        (each.where, [(side.label, side.said.in_a_line) for side in each.sides])
        for each in page.context["standing"].undecided
    ] == [("title", [("unpublished", "Unfinished"), ("published", "The meeting")])]
    url = admin_url(event, "decide")
    assert f'href="{url}"' in page.content.decode()

    fields = form_of(desk.get(url))
    again = desk.post(url, fields | {"reason": "x"})
    assert [str(each) for each in again.context["messages"]] == [
        "Nothing has been saved yet; what you entered is kept.",
        "Choose what title is to say.",
    ]
    response = desk.post(url, fields | {"claim:title": "mine", "reason": "It is ours."})

    assert response["Location"] == admin_url(event, "change")
    copy = WorkingCopy.objects.select_related("revision").get(public_id=event.public_id)
    assert (copy.conflicts, copy.revision.reason) == ([], "It is ours.")
    assert world.document(event)["title"] == "Unfinished"
    assert "nothing to decide" in desk.get(url).content.decode()


def test_what_is_to_be_decided_costs_one_query_however_much_it_is(event, desk, cast):
    """The names of what the entry refers to."""

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            standing_of(event)
        return len(queries)

    one = {"path": ["title"], "base": "a", "mine": "b", "theirs": "c", "edition": 2}
    copies = WorkingCopy.objects.filter(public_id=event.public_id)
    none = cost()
    copies.update(conflicts=[one])
    assert cost() == none + 1
    copies.update(conflicts=[one, one | {"path": ["summary"]}, one | {"path": ["language"]}])
    assert cost() == none + 1


def test_correcting_and_deciding_are_for_those_who_may_edit(full, cast, client_of):
    for user, answers in ((cast.contributor, [403, 403]), (cast.chief_editor, [200, 200])):
        client = client_of(user)
        assert [
            client.post(admin_url(full.term, "correct"), {"_open": "1"}).status_code,
            client.post(admin_url(full.term, "decide"), {"reason": "x"}).status_code,
        ] == answers
