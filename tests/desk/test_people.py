"""What a chief editor may do with people, and that nobody raises themselves by it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from zeal import zeal_ignore

from tests.conftest import PASSWORD, member
from tests.pages import form_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:auth_user_add")


@pytest.fixture
def chief(cast, client_of):
    with zeal_ignore():  # who looks and who is looked at are both asked for by key
        yield client_of(cast.chief_editor)


def page_of(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def form_at(client: Any, url: str) -> dict[str, list[str]]:
    return form_of(client.get(url), form_id="user_form")


def role(name: str) -> str:
    return str(Group.objects.get(name=name).pk)


def new_person(**changed: Any) -> dict[str, Any]:
    given = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}
    return given | {"usable_password": "true", "groups": [role("editor")]} | changed


def test_person_is_added_with_a_role_and_can_enter_the_desk(chief, reader):
    assert set(form_at(chief, ADD)) >= {"username", "email", "password1"}

    assert chief.post(ADD, new_person(email="new@example.org")).status_code == 302

    person = User.objects.get(username="newcomer")
    assert [group.name for group in person.groups.all()] == ["editor"]
    assert (person.is_staff, person.is_superuser, person.email) == (True, False, "new@example.org")
    assert person.has_perm("desk.approve_submission")


def test_person_without_a_role_does_not_enter_the_desk(chief, cast):
    chief.post(ADD, new_person(groups=[]))
    assert User.objects.get(username="newcomer").is_staff is False

    fields = form_at(chief, page_of(cast.contributor)) | {"groups": []}
    assert chief.post(page_of(cast.contributor), fields).status_code == 302
    cast.contributor.refresh_from_db()
    assert cast.contributor.is_staff is False


def test_person_is_moved_to_another_role_and_deactivated(chief, cast):
    fields = form_at(chief, page_of(cast.contributor))
    assert set(fields) >= {"email", "groups", "is_active"}
    fields["groups"] = [role("editor")]
    fields.pop("is_active")

    assert chief.post(page_of(cast.contributor), fields).status_code == 302

    cast.contributor.refresh_from_db()
    assert [group.name for group in cast.contributor.groups.all()] == ["editor"]
    assert (cast.contributor.is_active, cast.contributor.is_staff) == (False, True)


RAISING = {
    "is_superuser": "on",
    "is_staff": "on",
    "user_permissions": "all",
    "username": "administrator-2",
    "password": "anything",
}


@pytest.mark.parametrize("name", RAISING)
def test_what_the_form_does_not_hold_is_not_taken_from_what_is_posted(name, chief, cast):
    everything = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
    given = {name: everything if RAISING[name] == "all" else RAISING[name]}
    before = User.objects.get(pk=cast.contributor.pk)

    # Without a role, so that being of the staff could come from nowhere else.
    fields = form_at(chief, page_of(cast.contributor)) | {"groups": []} | given
    assert name not in form_at(chief, page_of(cast.contributor))
    chief.post(page_of(cast.contributor), fields)

    after = User.objects.get(pk=cast.contributor.pk)
    assert (after.is_superuser, after.is_staff, after.user_permissions.count()) == (False, False, 0)
    assert (after.username, after.password) == (before.username, before.password)
    if name != "username":
        chief.post(ADD, new_person(groups=[]) | given)
        new = User.objects.get(username="newcomer")
        assert (new.is_superuser, new.is_staff, new.user_permissions.count()) == (False, False, 0)
        assert new.check_password(PASSWORD)


def test_no_other_group_than_those_of_the_roles_is_given(chief, cast):
    other = Group.objects.create(name="everything")
    other.permissions.set(Permission.objects.all())
    fields = form_at(chief, page_of(cast.contributor)) | {"groups": [str(other.pk)]}

    refused = chief.post(page_of(cast.contributor), fields)
    assert list(refused.context["adminform"].form.errors) == ["groups"]
    refused = chief.post(ADD, new_person(groups=[str(other.pk)]))
    assert list(refused.context["adminform"].form.errors) == ["groups"]

    assert other.user_set.count() == 0
    assert not User.objects.filter(username="newcomer").exists()


def beyond(kind: str, cast: Any) -> User:
    """Somebody whom a chief editor does not change."""
    if kind == "themselves":
        return cast.chief_editor
    if kind == "superuser":
        return cast.administrator
    person = member("contributor", "somebody")
    if kind == "single permission":
        person.user_permissions.add(Permission.objects.get(codename="view_user"))
    else:
        person.groups.add(Group.objects.create(name="keepers of the server"))
    return person


@pytest.mark.parametrize("kind", ["themselves", "superuser", "single permission", "other group"])
def test_those_who_are_more_than_their_role_are_the_administrators_to_change(kind, chief, cast):
    person = beyond(kind, cast)
    before = User.objects.filter(pk=person.pk).values().get()
    groups = list(person.groups.order_by("pk"))
    taken = {"email": "mine@example.org", "groups": [role("chief editor")]}

    assert chief.get(page_of(person)).status_code == 200
    assert chief.post(page_of(person), taken).status_code == 403

    assert User.objects.filter(pk=person.pk).values().get() == before
    assert list(person.groups.order_by("pk")) == groups


def test_nobodys_password_is_set_but_a_new_persons_first(chief, cast, client_of):
    for person in (cast.editor, cast.administrator, cast.chief_editor):
        url = reverse("admin:auth_user_password_change", args=[person.pk])
        given = {"password1": "x" * 20, "password2": "x" * 20, "usable_password": "true"}
        assert chief.get(url).status_code == 403
        assert chief.post(url, given | {"set-password": "1"}).status_code == 403
        person.refresh_from_db()
        assert person.check_password(PASSWORD)


def test_people_and_groups_are_deleted_and_groups_changed_by_administrators(chief, cast):
    group = Group.objects.get(name="contributor")
    for url in (
        reverse("admin:auth_user_delete", args=[cast.contributor.pk]),
        reverse("admin:auth_group_change", args=[group.pk]),
        reverse("admin:auth_group_add"),
    ):
        assert chief.post(url, {"post": "yes", "name": "x", "permissions": []}).status_code == 403
    assert chief.get(reverse("admin:auth_user_changelist")).context["action_form"] is None
    assert User.objects.filter(pk=cast.contributor.pk).exists()


@pytest.mark.parametrize("name", ["contributor", "editor"])
def test_people_are_no_business_of_other_roles(name, cast, client_of):
    client = client_of(getattr(cast, name))
    with zeal_ignore():
        assert client.post(ADD, new_person()).status_code == 403
        assert client.get(page_of(cast.contributor)).status_code == 403
        assert client.post(page_of(cast.contributor), {"groups": []}).status_code == 403
    assert not User.objects.filter(username="newcomer").exists()


def test_administrator_has_the_whole_form(cast, client_of):
    with zeal_ignore():
        client = client_of(cast.administrator)
        fields = form_at(client, page_of(cast.contributor))
        assert {"is_staff", "username", "last_login_0"} <= set(fields)
        fields |= {"is_superuser": ["on"], "user_permissions": []}
        assert client.post(page_of(cast.contributor), fields).status_code == 302
    cast.contributor.refresh_from_db()
    assert cast.contributor.is_superuser is True


def test_people_are_listed_at_the_same_cost_for_one_and_three(
    chief, cast, django_assert_num_queries
):
    url = reverse("admin:auth_user_changelist")
    counted = []
    for found in ("?q=contributor", "?q=o"):
        with django_assert_num_queries(PEOPLE_QUERIES):
            counted.append(len(chief.get(url + found).context["cl"].result_list))
    assert counted == [1, 4]


PEOPLE_QUERIES = 8
