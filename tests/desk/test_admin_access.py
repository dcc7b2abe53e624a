"""Who may open and do what at the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from desk.models import Revision, Submission
from sources.models import SourceText
from tests import world
from tests.pages import admin_url

SIGN_IN = 302
ROLES = ["reader", "outsider", "contributor", "editor", "chief_editor", "administrator"]
ENTRIES = ["event", "actor", "proposal", "place", "source"]


@pytest.fixture
def browsers(cast, client_of, django_user_model):
    """A browser for each; the outsider has an account and is not of the staff."""
    outsider = django_user_model.objects.create_user("outsider")
    people = {role: getattr(cast, role) for role in ROLES[2:]} | {"outsider": outsider}
    return {"reader": Client()} | {role: client_of(user) for role, user in people.items()}


def statuses(browsers: dict[str, Client], url: str, data: Any = None) -> list[int]:
    """What each gets, in the order of ``ROLES``."""
    found = []
    for role in ROLES:
        client = browsers[role]
        response = client.get(url) if data is None else client.post(url, data)
        found.append(response.status_code)
    return found


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("page", ["change", "changes", "history"])
def test_staff_of_every_role_works_on_entries(name, page, full, browsers):
    url = admin_url(getattr(full, name), page)

    assert statuses(browsers, url) == [SIGN_IN, SIGN_IN, 200, 200, 200, 200]


@pytest.mark.parametrize("name", ENTRIES)
def test_staff_of_every_role_lists_adds_and_submits_entries(name, full, browsers):
    model = type(getattr(full, name))
    for page in ("changelist", "add", "submit"):
        assert statuses(browsers, admin_url(model, page)) == [SIGN_IN, SIGN_IN, 200, 200, 200, 200]


def test_terms_are_for_the_chief_editor_and_read_by_all_staff(full, browsers):
    everyone = [SIGN_IN, SIGN_IN, 200, 200, 200, 200]
    chiefs = [SIGN_IN, SIGN_IN, 403, 403, 200, 200]

    assert statuses(browsers, admin_url(type(full.term), "changelist")) == everyone
    assert statuses(browsers, admin_url(full.term, "change")) == everyone
    assert statuses(browsers, admin_url(full.term, "history")) == everyone
    assert statuses(browsers, admin_url(type(full.term), "add")) == chiefs
    assert statuses(browsers, admin_url(full.term, "change"), {}) == chiefs


def test_term_is_shown_without_controls_to_those_who_may_not_change_it(full, browsers):
    page = browsers["contributor"].get(admin_url(full.term, "change")).content.decode()

    assert 'name="slug"' not in page
    assert 'name="reason"' not in page
    assert "Negotiations" not in page
    assert full.term.slug in page


def test_withdrawal_is_for_the_chief_editor(full, browsers):
    url = admin_url(full.event, "withdraw")

    assert statuses(browsers, url) == [SIGN_IN, SIGN_IN, 403, 403, 200, 200]
    assert statuses(browsers, url, {"reason": ""}) == [SIGN_IN, SIGN_IN, 403, 403, 200, 200]
    assert Submission.objects.exclude(state="published").count() == 0


def test_only_staff_reads_and_restores_revisions(full, browsers):
    revision = Revision.objects.get(public_id=full.event.public_id)
    page = reverse("admin:desk_revision_change", args=[revision.pk])
    restore = reverse("admin:desk_revision_restore", args=[revision.pk])
    everyone = [SIGN_IN, SIGN_IN, 200, 200, 200, 200]

    assert statuses(browsers, reverse("admin:desk_revision_changelist")) == everyone
    assert statuses(browsers, page) == everyone
    assert statuses(browsers, page + "?against=1") == everyone
    assert statuses(browsers, restore) == [SIGN_IN, SIGN_IN, 302, 302, 302, 302]
    term = Revision.objects.get(public_id=full.term.public_id)
    term_restore = reverse("admin:desk_revision_restore", args=[term.pk])
    assert statuses(browsers, term_restore, {"reason": "Back."}) == [302, 302, 403, 403, 302, 302]


def test_only_editors_approve(cast, full, browsers):
    world.change(full.event, title="Another title", by=cast.contributor)
    submission = world.submitted(full.event, by=cast.contributor)
    page = reverse("admin:desk_submission_change", args=[submission.pk])
    approve = reverse("admin:desk_submission_approve")
    offers = [f'action="{approve}"' in browsers[role].get(page).content.decode() for role in ROLES]

    assert offers == [False, False, False, True, True, True]
    assert statuses(browsers, approve) == [SIGN_IN, SIGN_IN, 405, 405, 405, 405]
    contributor = browsers["contributor"]
    contributor.post(approve, {"submission": f"{submission.pk}:whatever"})
    listed = contributor.get(reverse("admin:desk_submission_changelist"))
    assert listed.context["action_form"] is None
    submission.refresh_from_db()
    assert submission.state == "submitted"


def test_submissions_are_listed_for_staff_and_made_by_nobody_by_hand(full, browsers):
    everyone = [SIGN_IN, SIGN_IN, 200, 200, 200, 200]

    assert statuses(browsers, reverse("admin:desk_submission_changelist")) == everyone
    assert statuses(browsers, reverse("admin:desk_submission_add"))[2:] == [403] * 4
    assert statuses(browsers, reverse("admin:desk_revision_add"))[2:] == [403] * 4
    submission = Submission.objects.get()
    delete = reverse("admin:desk_submission_delete", args=[submission.pk])
    assert statuses(browsers, delete, {"post": "yes"})[2:] == [403] * 4


def test_source_texts_are_for_the_staff_alone(full, browsers):
    text = SourceText.objects.get()
    everyone = [SIGN_IN, SIGN_IN, 200, 200, 200, 200]

    assert statuses(browsers, admin_url(SourceText, "changelist")) == everyone
    assert statuses(browsers, admin_url(SourceText, "add")) == [302, 302, 403, 200, 200, 200]
    assert statuses(browsers, admin_url(text, "change")) == everyone
    assert statuses(browsers, admin_url(text, "delete")) == [302, 302, 403, 403, 200, 200]


def test_people_are_for_the_chief_editor(cast, browsers):
    url = reverse("admin:auth_user_change", args=[cast.contributor.pk])

    with zeal_ignore():  # who looks and who is looked at are both asked for by key
        assert statuses(browsers, url) == [SIGN_IN, SIGN_IN, 403, 403, 200, 200]
        assert statuses(browsers, url, {}) == [SIGN_IN, SIGN_IN, 403, 403, 302, 200]


def test_published_entry_is_deleted_by_nobody(full, browsers):
    url = admin_url(full.event, "delete")

    for role in ROLES[2:]:
        response = browsers[role].post(url, {"post": "yes"}, follow=True)
        assert response.redirect_chain == [(admin_url(full.event, "change"), 302)]
        assert [str(message) for message in response.context["messages"]] == [
            f"{full.event.public_id} has been published, so it is not deleted. Withdraw it instead."
        ]
        assert "deletelink" not in response.content.decode()
    assert type(full.event).objects.filter(pk=full.event.pk).count() == 1


def test_draft_is_deleted_by_editors(cast, client_of):
    for user, status, left in [(cast.contributor, 403, 1), (cast.editor, 302, 0)]:
        event = world.event("Draft", slug=f"draft-{user.pk}", quantities=[{"what": "x", "best": 1}])
        response = client_of(user).post(admin_url(event, "delete"), {"post": "yes"})
        assert response.status_code == status
        assert type(event).objects.filter(pk=event.pk).count() == left
    row = type(event).history.filter(id=event.pk).latest("history_id")
    assert (row.history_type, row.history_user) == ("-", cast.editor)


def test_actor_with_offices_is_deleted_with_them(editor, client_of):
    actor = world.actor(offices=[{"title": "Chair"}])

    page = client_of(editor).get(admin_url(actor, "delete"))
    assert page.context["perms_lacking"] == set()
    assert client_of(editor).post(admin_url(actor, "delete"), {"post": "yes"}).status_code == 302
    assert type(actor).objects.count() == 0
