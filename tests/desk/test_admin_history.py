"""The history tab, revisions beside one another, and restoring one."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from chronicle.dates import PartialDate
from desk.history import attributed
from desk.models import Revision, WorkingCopy
from desk.publishing import withdraw
from desk.revisions import save_revision
from desk.timeline import timeline
from events.models import Event
from record.canonical import canonical
from record.models import Edition
from tests import world
from tests.pages import admin_url, form_of


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.contributor)


def revision_of(entry: Any, number: int) -> Revision:
    return Revision.objects.get(public_id=entry.public_id, number=number)


def revision_url(revision: Revision, page: str = "change") -> str:
    return reverse(f"admin:desk_revision_{page}", args=[revision.pk])


def lines(response: Any) -> list[tuple[str, str, str]]:
    """What changed: claims first, then what makes none."""
    found = response.context["compared"].changes
    return [
        (each.where, each.before.text, each.after.text)
        for each in [claim.change for claim in found.claims] + list(found.others)
    ]


def changes(save: Any) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (change.what, change.verb, [(f.label, f.before, f.after) for f in change.fields])
        for change in save.changes
    ]


def test_history_says_who_changed_what_when_and_why(cast, desk):
    event = world.event(
        date="1997", citations=[{"claims": ["entry"]}], by=cast.contributor, reason="Entered."
    )
    world.change(event, date=PartialDate("1997-07"), by=cast.editor, reason="The diary.")
    world.change(event, quantities=[{"what": "flags", "best": 2}], by=cast.editor, reason="Seen.")
    citation = event.citations.get()
    citation.note = "A note."
    with attributed(by=cast.contributor, reason="Clearer."):
        citation.save()
    save_revision(event, by=cast.contributor, reason="Clearer.")

    saves = desk.get(admin_url(event, "history")).context["saves"].object_list

    assert [(save.by, save.reason, save.revision.number) for save in saves] == [
        ("contributor", "Clearer.", 4),
        ("editor", "Seen.", 3),
        ("editor", "The diary.", 2),
        ("contributor", "Entered.", 1),
    ]
    assert changes(saves[0]) == [("citations c1", "changed", [("note", "", "A note.")])]
    flags = [("what", "", "flags"), ("best", "", "2"), ("approximate", "", "no")]
    assert changes(saves[1]) == [("quantities p1", "added", flags)]
    assert changes(saves[2]) == [("", "changed", [("date", "1997", "July 1997 (1997-07)")])]
    assert saves[0].at == citation.history.latest("history_id").history_date


def test_history_names_what_is_referred_to_and_what_was_removed(cast):
    first, second = world.place("Lakeside"), world.place("Hillside")
    subject = world.term("Peace")
    republic = world.actor("The Republic")
    event = world.event(place=first, participants=[world.participant(republic)])
    event.subjects.add(subject)
    world.change(event, place=second, participants=[], reason="Moved.")

    happened = [change for save in timeline(event) for change in changes(save)]

    assert ("", "changed", [("place", "L1 lakeside", "L2 hillside")]) in happened
    removed = [
        ("actor", f"{republic}", ""),
        ("role", "delegate (role of a participant)", ""),
    ]
    assert ("participants p1", "removed", removed) in happened
    assert ("", "changed", [("subjects", "", f"{subject}")]) in happened


def test_history_costs_the_same_however_long_it_is(cast, desk, django_assert_num_queries):
    event = world.event(place=world.place(), quantities=[{"what": "flags", "best": 1}])
    with django_assert_num_queries(HISTORY_QUERIES):
        assert desk.get(admin_url(event, "history")).status_code == 200
    for number in range(2, 5):
        where = world.place(f"Place {number}")
        world.change(
            event, place=where, quantities=[{"what": "flags", "best": number}], by=cast.editor
        )
    with django_assert_num_queries(HISTORY_QUERIES):
        assert len(desk.get(admin_url(event, "history")).context["saves"]) == 4


HISTORY_QUERIES = 18


def test_history_is_shown_a_page_at_a_time(desk, db, monkeypatch):
    monkeypatch.setattr("desk.admin_history.SAVES_A_PAGE", 2)
    event = world.event()
    for number in range(3):
        world.change(event, title=f"Title {number}")

    first = desk.get(admin_url(event, "history"))
    second = desk.get(admin_url(event, "history") + "?p=2")

    assert [save.revision.number for save in first.context["saves"]] == [4, 3]
    assert [save.revision.number for save in second.context["saves"]] == [2, 1]


def test_old_row_cannot_be_put_back_by_itself(desk, db):
    event = world.event("First")
    world.change(event, title="Second")
    row = Event.history.filter(id=event.pk).earliest("history_id")

    response = desk.post(admin_url(event, "history") + f"{row.history_id}/", {"title": "First"})

    assert response.status_code == 302
    event.refresh_from_db()
    assert event.title == "Second"


def test_revision_is_compared_claim_by_claim(desk, cast):
    place = world.place("Lakeside")
    event = world.event(date="1997", quantities=[{"what": "flags", "best": 2}])
    world.change(event, place=place, date=PartialDate("1997-07", as_given="in July"))
    world.change(event, title="Another title", quantities=[])

    third = desk.get(revision_url(revision_of(event, 3)))
    assert third.context["compared"].other.number == 2
    assert lines(third) == [
        ("title", "A first meeting", "Another title"),
        ("quantity p1 (flags)", "flags: 2", ""),
    ]
    against_first = desk.get(revision_url(revision_of(event, 3)) + "?against=1")
    assert lines(against_first) == [
        ("title", "A first meeting", "Another title"),
        ("date", "1997", "July 1997 (1997-07; in the source: “in July”)"),
        ("place", "", "not published (L1)"),
        ("quantity p1 (flags)", "flags: 2", ""),
    ]
    first = desk.get(revision_url(revision_of(event, 1)))
    assert (first.context["compared"].other, lines(first)) == (None, [])


def test_what_is_older_stands_before_whichever_is_asked_for(desk, db):
    event = world.event("First")
    world.change(event, title="Second")

    asked = desk.get(revision_url(revision_of(event, 1)) + "?against=2")

    compared = asked.context["compared"]
    assert (compared.before.number, compared.after.number) == (1, 2)
    assert lines(asked) == [("title", "First", "Second")]


def test_revision_is_compared_with_what_is_published(cast, desk):
    event = world.event("First", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    for title in ("Second", "Third"):
        world.change(event, title=title, by=cast.contributor)

    page = desk.get(revision_url(revision_of(event, 3)) + "?against=published")

    assert lines(page) == [("title", "First", "Third")]
    assert "in edition 1" in page.content.decode()


def test_changes_since_published_are_shown_from_form_and_history(cast, desk):
    event = world.event("First", by=cast.contributor)
    url = admin_url(event, "changes")
    assert "It is not public" in desk.get(url).content.decode()
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    assert "Nothing has changed since." in desk.get(url).content.decode()
    world.change(event, title="Second", by=cast.contributor)
    world.change(event, editor_note="Noted.", by=cast.contributor)

    found = desk.get(url).context["since"]

    assert (found.edition, found.revision.number) == (1, 3)
    assert [claim.change.where for claim in found.changes.claims] == ["title"]
    assert [each.where for each in found.changes.others] == ["editor note"]
    for page in ("change", "history"):
        assert f'href="{url}"' in desk.get(admin_url(event, page)).content.decode()


def test_changes_cost_the_same_for_one_and_for_three(cast, desk, django_assert_num_queries):
    event = world.event("First", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    for number in (1, 3):
        rows = [
            world.participant(world.actor(f"Actor {number} {each}", by=cast.contributor))
            for each in range(number)
        ]
        cites = [{"claims": ["date"]} for _ in range(number)]
        world.change(event, participants=rows, citations=cites, by=cast.contributor)
        with django_assert_num_queries(CHANGES_QUERIES):
            assert desk.get(admin_url(event, "changes")).status_code == 200


CHANGES_QUERIES = 11


def test_comparison_never_reaches_another_entry(desk, cast):
    event, other = world.event("Mine"), world.event("Other")
    for title in ("Second", "Third"):
        world.change(other, title=title)

    response = desk.get(revision_url(revision_of(event, 1)) + "?against=3")

    assert response.context["compared"].other is None


def test_restore_brings_back_fields_parts_and_citations_and_changes_nothing_public(
    full, cast, client_of, reader
):
    event = full.event
    public = reader.get(f"/api/v1/events/{event.public_id}/").content
    before = revision_of(event, 1).document
    world.change(event, title="Wrong", participants=[], by=cast.contributor)
    event.citations.first().delete()
    save_revision(event, by=cast.contributor, reason="Less.")
    editions = Edition.objects.count()

    client = client_of(cast.contributor)
    page = client.get(revision_url(revision_of(event, 1)))
    url = revision_url(revision_of(event, 1), "restore")
    fields = form_of(page, action=url)
    assert set(fields) == {"reason", "form_of", "entry"}
    response = client.post(url, {"reason": "It was right."})

    assert response.headers["Location"] == admin_url(event, "change")
    restored = revision_of(event, 4)
    assert (restored.document, restored.reason) == (before, "It was right.")
    assert str(restored.saved_by) == "contributor"
    assert canonical(world.document(event)) == before
    assert WorkingCopy.objects.get(public_id=event.public_id).changed is False
    assert reader.get(f"/api/v1/events/{event.public_id}/").content == public
    assert Edition.objects.count() == editions
    newest = timeline(event)[0]
    assert (newest.by, newest.reason) == ("contributor", "It was right.")


def test_restore_needs_a_reason(desk, db):
    event = world.event("First")
    world.change(event, title="Second")

    response = desk.post(revision_url(revision_of(event, 1), "restore"), {"reason": "  "})

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "E1 revision 1 has not been restored.",
        "Say why you restore it.",
    ]
    event.refresh_from_db()
    assert event.title == "Second"


def test_restore_is_refused_where_something_it_names_is_gone(desk, db):
    place = world.place()
    event = world.event(place=place)
    world.change(event, place=None)
    place.delete()

    response = desk.post(revision_url(revision_of(event, 1), "restore"), {"reason": "Back."})

    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "E1 revision 1 has not been restored.",
        "place: L1 is not at the desk.",
    ]


@pytest.mark.parametrize("gone", [False, True])
def test_restore_moves_the_preferred_name_back(desk, db, gone):
    place = world.place(names=[{"text": "Old", "preferred": True}])
    old = place.names.get()
    old.preferred = False
    old.save()
    new = place.names.create(text="New", preferred=True)
    save_revision(place, by=None, reason="Renamed.")
    if not gone:
        both = [{"text": "Old", "preferred": True, "key": "p1"}, {"text": "New", "key": "p2"}]
        new.preferred = False
        new.save()
        old.preferred = True
        old.save()
        save_revision(place, by=None, reason="Both.")
        world.change(place, names=[{**both[1], "preferred": True}])
    target = 1 if gone else 2

    response = desk.post(revision_url(revision_of(place, target), "restore"), {"reason": "Back."})

    assert response.headers["Location"] == admin_url(place, "change")
    assert canonical(world.document(place)) == revision_of(place, target).document


def test_withdrawal_holds_nothing_to_restore(cast, client_of):
    term = world.term(by=cast.contributor)
    world.publish_only(term, by=cast.contributor, approved_by=cast.editor)
    withdraw([term.public_id], by=cast.chief_editor, reason="Gone.", approved_by=cast.editor)
    client = client_of(cast.chief_editor)

    page = client.get(revision_url(revision_of(term, 2)))
    assert lines(page) == [("state", "published", "withdrawn")]
    assert "Restore" not in page.content.decode()
    response = client.post(revision_url(revision_of(term, 2), "restore"), {"reason": "Back."})

    assert [str(message) for message in get_messages(response.wsgi_request)][1] == (
        "Revision 2 holds no entry: it withdraws or was redacted."
    )


def test_revisions_of_a_deleted_entry_stay_to_be_read(cast, client_of):
    event = world.event("Short-lived")
    revision = revision_of(event, 1)
    event.delete()

    page = client_of(cast.contributor).get(revision_url(revision))

    assert page.status_code == 200
    assert (page.context["entry"], page.context["may_restore"]) == (None, False)


def test_revisions_are_for_those_who_may_see_their_type(cast, client_of):
    event, place = world.event(), world.place()
    cast.contributor.groups.clear()
    for codename in ("view_revision", "view_submission", "view_event", "submit_entry"):
        cast.contributor.user_permissions.add(Permission.objects.get(codename=codename))
    client = client_of(cast.contributor)

    seen = revision_url(revision_of(event, 1))
    assert client.get(seen).status_code == 200
    assert client.post(revision_url(revision_of(event, 1), "restore")).status_code == 403
    assert client.get(admin_url(event, "history")).status_code == 200
    unseen = revision_of(place, 1)
    assert client.get(revision_url(unseen)).status_code == 404
    assert client.post(revision_url(unseen, "restore")).status_code == 404
    assert client.get(admin_url(place, "history")).status_code == 403
    listed = client.get(reverse("admin:desk_revision_changelist"))
    assert {row.public_id for row in listed.context["cl"].queryset} == {event.public_id}
