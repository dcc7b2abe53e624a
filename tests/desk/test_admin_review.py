"""Submitting, reviewing, publishing and withdrawing in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse
from zeal import zeal_ignore

from chronicle.dates import PartialDate
from desk.models import Revision, Submission, SubmissionState, WorkingCopy
from desk.revisions import save_revision
from desk.submissions import submission_checksum, submit
from events.models import Event
from record.models import Edition, State, Version
from tests import world
from tests.pages import admin_url, form_of

APPROVE = "/desk/desk/submission/approve/"


@pytest.fixture
def contributing(cast, client_of):
    return client_of(cast.contributor)


@pytest.fixture
def editing(cast, client_of):
    return client_of(cast.editor)


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def submission_page(submission: Submission) -> str:
    return reverse("admin:desk_submission_change", args=[submission.pk])


def lines(page: Any) -> list[list[tuple[str, str, str]]]:
    """What changed in each entry: claims first, then what makes none."""
    return [
        [
            (each.where, each.before.text, each.after.text)
            for each in [claim.change for claim in item.changes.claims] + list(item.changes.others)
        ]
        for item in page.context["reviews"][0].items
    ]


def problems(page: Any) -> list[str]:
    return [
        f"{entry.public_id}: {told.about}: {told.message}"
        for entry in page.context["reviews"][0].problems
        for told in entry.told
    ]


def test_chosen_entries_are_submitted_with_what_they_refer_to(cast, contributing):
    place = world.place(by=cast.contributor)
    event = world.event(place=place, by=cast.contributor)
    other = world.event("Another", by=cast.contributor)
    kind, source = event.kind, event.citations.get().source

    asked = contributing.post(
        admin_url(Event, "changelist"),
        {"action": "submit_for_review", "_selected_action": [event.pk, other.pk]},
    )
    assert asked.status_code == 200
    assert Submission.objects.count() == 0
    fields = form_of(asked, action=admin_url(Event, "submit"))
    assert fields["entry"] == [event.public_id, other.public_id]
    assert fields["also"] == [place.public_id, source.public_id, kind.public_id]

    fields |= {"reason": ["First entries."], "change": ["correction"]}
    response = contributing.post(admin_url(Event, "submit"), fields)

    submission = Submission.objects.get()
    assert response.headers["Location"] == submission_page(submission)
    assert (submission.state, submission.reason) == (SubmissionState.SUBMITTED, "First entries.")
    assert submission.created_by == cast.contributor
    assert set(submission.items.values_list("public_id", "change")) == {
        (entry.public_id, "new") for entry in (event, other, place, kind, source)
    }


def test_submission_needs_a_reason(cast, contributing):
    event = world.event(by=cast.contributor)
    page = contributing.get(admin_url(Event, "submit") + f"?entry={event.public_id}")
    fields = form_of(page, action=admin_url(Event, "submit"))
    fields.pop("also")

    refused = contributing.post(admin_url(Event, "submit"), fields)

    assert refused.context["form"].errors == {"reason": ["This field is required."]}
    assert "also" not in form_of(refused, action=admin_url(Event, "submit"))
    assert Submission.objects.count() == 0


def test_entry_already_in_review_is_not_submitted_twice(cast, contributing):
    term = world.term(by=cast.contributor)
    first = submit([term.public_id], by=cast.contributor, reason="First.")
    fields = {"entry": [term.public_id], "reason": ["Again."], "change": ["correction"]}

    refused = contributing.post(reverse("admin:vocabulary_term_submit"), fields)

    errors = refused.context["form"].non_field_errors()
    assert errors == [f"T1 is already in submission {first.pk}."]


def test_review_shows_what_would_change_in_public(cast, editing):
    place = world.place()
    event = world.event(date="1997", quantities=[{"what": "flags", "best": 2}])
    world.publish_all(event, place, by=cast.contributor, approved_by=cast.editor)
    world.change(event, title="Another title", place=place, by=cast.contributor)
    event.citations.update(claims=["entry", "date", "place", "p1"])
    world.change(event, summary="", by=cast.contributor)
    submission = world.submitted(event, by=cast.contributor, reason="The diary.")

    page = editing.get(submission_page(submission))

    assert lines(page) == [
        [
            ("title", "A first meeting", "Another title"),
            ("place", "", "Lakeside (L1)"),
        ]
    ]
    review = page.context["reviews"][0]
    assert (review.problems, review.own, review.has_moved) == ([], False, False)
    assert review.checksum in page.content.decode()


def test_review_lists_everything_that_stands_against_publishing(cast, editing):
    event = world.event(citations=[{"claims": ["entry"]}], by=cast.contributor)
    kind, source = event.kind, event.citations.get().source
    submission = world.submitted(event, by=cast.contributor)
    sentences = [
        f"{event.public_id}: no citation supports date, and no waiver stands for it.",
        f"{event.public_id} refers to {source.public_id}, which is not published.",
        f"{event.public_id} refers to {kind.public_id}, which is not published.",
    ]

    page = editing.get(submission_page(submission))
    assert problems(page) == [
        f"{event.public_id}: date: no citation supports date, and no waiver stands for it.",
        f"{event.public_id}: : {sentences[1]}",
        f"{event.public_id}: : {sentences[2]}",
    ]
    response = editing.post(APPROVE, form_of(page, action=APPROVE))

    assert told(response) == [f"Submission {submission.pk} has not been published.", *sentences]
    submission.refresh_from_db()
    assert (submission.state, submission.approved_by) == (SubmissionState.SUBMITTED, None)
    assert Edition.objects.count() == 0


def test_editor_approves_and_publishes_what_the_page_shows(cast, editing, reader):
    term = world.term("Summit", by=cast.contributor)
    submission = world.submitted(term, by=cast.contributor, reason="First.")
    assert reader.get(f"/api/v1/terms/{term.public_id}/").status_code == 404
    page = editing.get(submission_page(submission))

    response = editing.post(APPROVE, form_of(page, action=APPROVE))

    assert told(response) == [f"Submission {submission.pk} is published, in edition 1."]
    edition = Edition.objects.get()
    assert (edition.reason, edition.by, edition.four_eyes) == ("First.", "editor", True)
    assert reader.get(f"/api/v1/terms/{term.public_id}/").status_code == 200
    done = editing.get(submission_page(submission))
    assert "Approve and publish" not in done.content.decode()
    assert lines(done)[0][0] == ("slug", "", "summit")
    assert done.context["reviews"][0].moved is None


def test_approval_of_what_was_not_shown_is_refused(cast, contributing, editing):
    term = world.term(by=cast.contributor)
    submission = world.submitted(term, by=cast.contributor)
    fields = form_of(editing.get(submission_page(submission)), action=APPROVE)
    world.change(term, editor_note="Later.", by=cast.contributor)
    moved = contributing.get(submission_page(submission))
    assert moved.context["reviews"][0].has_moved is True
    resubmit = reverse("admin:desk_submission_resubmit", args=[submission.pk])
    newest = f"Submission {submission.pk} holds the newest revisions now."
    assert told(contributing.post(resubmit))[-1] == newest

    response = editing.post(APPROVE, fields)

    assert response.status_code == 409
    assert told(response) == [
        f"Submission {submission.pk} has not been published.",
        "The submission has changed since it was shown; look at it again.",
    ]
    assert Edition.objects.count() == 0
    [moved] = response.context["reviews"][0].moved.entries
    assert [(each.where, each.before.text, each.after.text) for each in moved.changes.others] == [
        ("editor note", "", "Later.")
    ]
    text = response.content.decode()
    assert text.index("Changed since you were shown it") < text.index("<dt>Reason</dt>")
    editing.post(APPROVE, form_of(response, action=APPROVE))
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("shown", ["", "x", "T1:", "T1:zz T2", "\0", "T1:" + "a" * 64])
def test_approval_with_a_form_that_is_not_ours_says_what_it_can(shown, cast, editing):
    term = world.term(by=cast.contributor)
    submission = world.submitted(term, by=cast.contributor)

    response = editing.post(
        APPROVE, {"submission": f"{submission.pk}:0", f"shown-{submission.pk}": shown}
    )

    moved = response.context["reviews"][0].moved
    assert (response.status_code, list(moved.entries)) == (409, [])
    assert moved.is_known is shown.endswith("aa")


def test_other_reason_alone_is_told_as_such(cast, editing):
    submission = world.submitted(world.term(by=cast.contributor), by=cast.contributor)
    fields = form_of(editing.get(submission_page(submission)), action=APPROVE)
    Submission.objects.update(reason="Another one.")

    response = editing.post(APPROVE, fields)

    assert "The entries say what they said." in response.content.decode()


def test_approval_stands_out_only_where_publishing_is_possible(cast, editing):
    good = world.submitted(world.term(by=cast.contributor), by=cast.contributor)
    bad = world.submitted(world.event(by=cast.contributor), by=cast.contributor)
    pages = [editing.get(submission_page(each)).content.decode() for each in (good, bad)]

    assert ['<button class="default" type="submit">Approve' in page for page in pages] == [
        True,
        False,
    ]
    assert ['<button type="submit">Approve' in page for page in pages] == [False, True]


def test_problems_come_first_and_lead_to_entry_claim_and_form(cast, editing):
    event = world.event("A bare claim", citations=[{"claims": ["entry"]}], by=cast.contributor)
    submission = world.submitted(event, by=cast.contributor)

    page = editing.get(submission_page(submission)).content.decode()

    assert page.index("It cannot be published as it is") < page.index("<dt>Reason</dt>")
    assert f'<a href="#{event.public_id}">A bare claim ({event.public_id})</a>' in page
    assert f'<a href="#{event.public_id}-date">date</a>' in page
    assert f'id="{event.public_id}-date"' in page
    assert f'href="{admin_url(event, "change")}"' in page


def test_problem_on_another_page_of_the_submission_leads_there(cast, editing, monkeypatch):
    monkeypatch.setattr("desk.reviewing.ITEMS_A_PAGE", 1)
    events = [world.event(title, by=cast.contributor) for title in ("One", "Two")]
    submission = world.submitted(*events, by=cast.contributor)

    page = editing.get(submission_page(submission)).content.decode()

    second = events[1].public_id
    assert f'<a href="{submission_page(submission)}?entries=2#{second}">Two ({second})</a>' in page


def test_drafts_of_others_are_not_named(cast, editing):
    republic, secret = world.actor("The Republic"), world.actor("A secret name")
    event = world.event(participants=[world.participant(republic)])
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    rename = republic.names.get()
    rename.text = "A draft of a name"
    rename.save()
    save_revision(republic, by=cast.contributor, reason="x")
    rows = [world.participant(republic), world.participant(secret)]
    world.change(event, participants=rows, by=cast.contributor)
    submission = world.submitted(event, by=cast.contributor)

    page = editing.get(submission_page(submission)).content.decode()

    assert "The Republic" in page
    assert "A draft of a name" not in page
    assert "A secret name" not in page
    assert f"not published ({secret.public_id})" in page


def test_queue_leads_to_the_review_page_at_once(cast, editing):
    submission = world.submitted(world.term(by=cast.contributor), by=cast.contributor)

    page = editing.get(reverse("admin:desk_submission_changelist")).content.decode()

    assert f'href="{submission_page(submission)}"' in page
    assert editing.get(submission_page(submission)).templates[0].name == "desk/review.html"


def test_nobody_approves_their_own_changes(cast, client_of, settings):
    term = world.term(by=cast.editor)
    submission = world.submitted(term, by=cast.contributor)
    client = client_of(cast.editor)

    page = client.get(submission_page(submission))
    assert page.context["reviews"][0].own is True
    assert f'action="{APPROVE}"' not in page.content.decode()
    shown = f"{submission.pk}:{submission_checksum(submission)}"
    response = client.post(APPROVE, {"submission": shown})
    assert told(response)[1] == (
        "You made changes in this submission; somebody else has to approve it."
    )

    settings.FOUR_EYES = False
    page = client.get(submission_page(submission))
    client.post(APPROVE, form_of(page, action=APPROVE))
    assert Edition.objects.get().four_eyes is False


def test_several_submissions_are_looked_at_and_published_in_turn(cast, editing):
    terms = [world.term(name, by=cast.contributor) for name in ("Summit", "Visit")]
    submissions = [world.submitted(term, by=cast.contributor) for term in terms]

    page = editing.post(
        reverse("admin:desk_submission_changelist"),
        {
            "action": "look_at_to_approve",
            "_selected_action": [submission.pk for submission in submissions],
        },
    )
    assert Edition.objects.count() == 0
    with zeal_ignore():  # one act after another, each with its own questions
        response = editing.post(APPROVE, form_of(page, action=APPROVE))

    assert told(response) == [
        f"Submission {submissions[0].pk} is published, in edition 1.",
        f"Submission {submissions[1].pk} is published, in edition 2.",
    ]


def test_submission_is_taken_back_and_its_entries_are_free(cast, contributing):
    term = world.term(by=cast.contributor)
    submission = world.submitted(term, by=cast.contributor)

    response = contributing.post(reverse("admin:desk_submission_retract", args=[submission.pk]))

    assert told(response) == [f"Submission {submission.pk} has been taken back."]
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WITHDRAWN
    assert world.submitted(term, by=cast.contributor).pk == submission.pk + 1


def test_withdrawal_is_asked_for_by_one_and_approved_by_another(cast, client_of, reader):
    term = world.term(by=cast.contributor)
    world.publish_only(term, by=cast.contributor, approved_by=cast.editor)
    asking = client_of(cast.chief_editor)
    url = admin_url(term, "withdraw")

    response = asking.post(url, {"reason": "It is no word."})

    submission = Submission.objects.get(state=SubmissionState.SUBMITTED)
    assert response.headers["Location"] == submission_page(submission)
    assert reader.get(f"/api/v1/terms/{term.public_id}/").status_code == 200
    own = asking.get(submission_page(submission))
    assert own.context["reviews"][0].own is True
    page = client_of(cast.editor).get(submission_page(submission))
    assert lines(page) == [[("state", "published", "withdrawn")]]
    client_of(cast.editor).post(APPROVE, form_of(page, action=APPROVE))
    tombstone = Version.objects.get(public_id=term.public_id, superseded_in=None)
    assert (tombstone.state, tombstone.edition.reason) == (State.WITHDRAWN, "It is no word.")
    assert reader.get(f"/api/v1/terms/{term.public_id}/").status_code == 410
    copy = WorkingCopy.objects.get(public_id=term.public_id)
    assert (copy.published, copy.changed) == (None, False)


def test_withdrawal_of_what_others_refer_to_is_refused_with_the_list(cast, client_of):
    event = world.event(by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    client_of(cast.chief_editor).post(admin_url(event.kind, "withdraw"), {"reason": "Wrong."})
    submission = Submission.objects.get(state=SubmissionState.SUBMITTED)

    page = client_of(cast.editor).get(submission_page(submission))
    response = client_of(cast.editor).post(APPROVE, form_of(page, action=APPROVE))

    assert told(response)[1:] == [
        f"{event.kind.public_id} cannot go: {event.public_id} refers to it."
    ]


def test_what_is_not_published_cannot_be_withdrawn(cast, client_of):
    event = world.event()

    response = client_of(cast.chief_editor).post(admin_url(event, "withdraw"), {"reason": "No."})

    assert response.context["form"].non_field_errors() == [
        "E1 is not published, so it cannot be withdrawn."
    ]
    assert (Submission.objects.count(), Revision.objects.filter(public_id="E1").count()) == (0, 1)


def test_review_costs_the_same_for_one_entry_and_for_three(
    cast, editing, django_assert_num_queries
):
    one = world.submitted(world.term("A", by=cast.contributor), by=cast.contributor)
    terms = [world.term(name, by=cast.contributor) for name in "BCD"]
    three = world.submitted(*terms, by=cast.contributor)
    for submission in (one, three):
        with django_assert_num_queries(REVIEW_QUERIES):
            assert editing.get(submission_page(submission)).status_code == 200


REVIEW_QUERIES = 25


def test_review_of_claims_and_passages_costs_the_same_for_one_and_for_three(
    cast, editing, django_assert_num_queries
):
    source = world.source("The talks", by=cast.contributor)
    world.hold_text(source, "In July they met.")
    events = [
        world.event(title, citations=[{"source": source, "start": "In July"}], by=cast.contributor)
        for title in ("One", "Two", "Three", "Four")
    ]
    world.publish_all(*events, by=cast.contributor, approved_by=cast.editor)
    for event in events:
        rows = [world.participant(world.actor(f"Actor of {event.title}", by=cast.contributor))]
        world.change(event, participants=rows, date=PartialDate("1998"), by=cast.contributor)
    one = world.submitted(events[0], by=cast.contributor)
    three = world.submitted(*events[1:], by=cast.contributor)
    for submission in (one, three):
        with django_assert_num_queries(CLAIMS_QUERIES):
            page = editing.get(submission_page(submission))
        assert "In July" in page.content.decode()


CLAIMS_QUERIES = 34


def test_source_texts_are_shown_to_those_who_may_see_them_alone(cast, editing, contributing):
    source = world.source("The talks", by=cast.contributor)
    world.hold_text(source, "They came by boat. In July they met. Then they left.")
    event = world.event(citations=[{"source": source, "start": "In July"}], by=cast.contributor)
    submission = world.submitted(event, by=cast.contributor)

    assert "They came by boat." in editing.get(submission_page(submission)).content.decode()
    group = cast.contributor.groups.get()
    group.permissions.remove(Permission.objects.get(codename="view_sourcetext"))
    for url in (submission_page(submission), admin_url(event, "changes")):
        page = contributing.get(url).content.decode()
        assert "They came by boat." not in page
        assert "“In July”" in page


def test_review_of_many_entries_is_shown_a_page_at_a_time(cast, editing, monkeypatch):
    monkeypatch.setattr("desk.reviewing.ITEMS_A_PAGE", 2)
    terms = [world.term(name, by=cast.contributor) for name in "ABC"]
    submission = world.submitted(*terms, by=cast.contributor)

    def shown(query: str) -> list[str]:
        page = editing.get(submission_page(submission) + query)
        return [each.item.public_id for each in page.context["reviews"][0].items]

    assert (shown(""), shown("?entries=2"), shown("?entries=x")) == (
        ["T1", "T2"],
        ["T3"],
        ["T1", "T2"],
    )


def test_list_of_submissions_names_the_first_of_many_entries(cast, editing):
    terms = [world.term(name, by=cast.contributor) for name in "ABCDEFGH"]
    world.submitted(*terms, by=cast.contributor)
    world.submitted(world.term("Z", by=cast.contributor), by=cast.contributor)

    page = editing.get(reverse("admin:desk_submission_changelist"))

    column = [page.context["cl"].model_admin.entries(row) for row in page.context["cl"].result_list]
    assert column == ["T9", "T1, T2, T3, T4, T5, T6 and 2 more"]


def test_submission_is_for_those_who_may_see_all_its_entries(cast, client_of):
    event, term = world.event(by=cast.editor), world.term("Visit", by=cast.editor)
    mixed = world.submitted(event, term, by=cast.editor)
    cast.contributor.groups.clear()
    for codename in ("view_submission", "view_event", "submit_entry", "approve_submission"):
        cast.contributor.user_permissions.add(Permission.objects.get(codename=codename))
    client = client_of(cast.contributor)

    assert client.get(submission_page(mixed)).status_code == 403
    shown = f"{mixed.pk}:{submission_checksum(mixed)}"
    assert client.post(APPROVE, {"submission": shown}).status_code == 403
    for page in ("resubmit", "retract"):
        url = reverse(f"admin:desk_submission_{page}", args=[mixed.pk])
        assert client.post(url).status_code == 403
    looked = {"action": "look_at_to_approve", "_selected_action": [mixed.pk]}
    assert client.post(reverse("admin:desk_submission_changelist"), looked).status_code == 403
    also = {"entry": [event.public_id], "also": [term.public_id], "reason": ["?"]}
    assert client.post(admin_url(Event, "submit"), also).status_code == 403
    mixed.refresh_from_db()
    assert mixed.state == SubmissionState.SUBMITTED
