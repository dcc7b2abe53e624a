"""The groups of the roles, as migrating leaves them."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from desk.groups import permissions_of
from desk.roles import CHIEF_EDITOR, CONTRIBUTOR, EDITOR

CURATED = ["actors.actor", "events.event", "places.place", "proposals.proposal", "sources.source"]


def held(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list(
        "content_type__app_label", "codename"
    )
    return {f"{app}.{codename}" for app, codename in rows}


def on(verb: str, models: list[str]) -> set[str]:
    return {f"{name.split('.')[0]}.{verb}_{name.split('.')[1]}" for name in models}


def test_groups_hold_what_their_roles_may_do(db):
    contributor = {
        *on("view", [*CURATED, "vocabulary.term"]),
        *on("add", CURATED),
        *on("change", CURATED),
        "desk.submit_entry",
        "desk.view_revision",
        "desk.view_submission",
        "exchange.view_importedfile",
        "letters.view_letter",
        "sources.view_selectorchange",
        "sources.view_sourcetext",
    }
    editor = {
        *on("delete", CURATED),
        "desk.accept_finding",
        "desk.approve_submission",
        "desk.waive_evidence",
        "desk.share_preview",
        "letters.change_letter",
        "sources.add_sourcetext",
        "sources.change_selectorchange",
        "sources.change_sourcetext",
    }
    chief_editor = {
        "auth.add_user",
        "auth.change_user",
        "auth.view_user",
        "desk.merge_entry",
        "desk.redact_version",
        "desk.withdraw_entry",
        "letters.delete_letter",
        "sources.delete_sourcetext",
        "tokens.add_token",
        "tokens.change_token",
        "tokens.view_token",
        "vocabulary.add_term",
        "vocabulary.change_term",
        "vocabulary.delete_term",
    }

    assert held(CONTRIBUTOR) == contributor
    assert held(EDITOR) == contributor | editor
    assert held(CHIEF_EDITOR) == contributor | editor | chief_editor


@pytest.mark.parametrize("role", [CONTRIBUTOR, EDITOR, CHIEF_EDITOR])
def test_every_permission_of_a_role_exists(role, db):
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    assert permissions_of(role) <= {f"{app}.{codename}" for app, codename in rows}


def test_migrating_again_gives_back_what_is_missing_and_takes_nothing_away(db):
    group = Group.objects.get(name=CONTRIBUTOR)
    extra = Permission.objects.get(codename="view_user")
    group.permissions.set([extra])

    call_command("migrate", verbosity=0)

    assert held(CONTRIBUTOR) == permissions_of(CONTRIBUTOR) | {"auth.view_user"}
