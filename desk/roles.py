"""Who may do what at the desk. Roles are Django groups; superusers are administrators."""

from typing import Any

from django.utils.translation import pgettext_lazy

from desk.refusals import Refused

CONTRIBUTOR = "contributor"
EDITOR = "editor"
CHIEF_EDITOR = "chief editor"
ADMINISTRATOR = "administrator"

# What readers are told of who published an edition: pages look these words up.
# Translators: what somebody is who works on the record, in lower case.
IN_WORDS = {
    CONTRIBUTOR: pgettext_lazy("role at the desk", "contributor"),
    EDITOR: pgettext_lazy("role at the desk", "editor"),
    CHIEF_EDITOR: pgettext_lazy("role at the desk", "chief editor"),
    ADMINISTRATOR: pgettext_lazy("role at the desk", "administrator"),
}

# Highest first; each role also has what those after it have.
PERMISSIONS: dict[str, list[str]] = {
    CHIEF_EDITOR: ["withdraw_entry", "merge_entry", "redact_version"],
    EDITOR: ["approve_submission", "waive_evidence", "accept_finding", "share_preview"],
    CONTRIBUTOR: ["submit_entry"],
}

# What rooms let the roles do beside their entries, as ``app.codename``; see `grant`.
# People are added and changed within the bounds of `desk.admin_people`.
GRANTS: dict[str, list[str]] = {
    CHIEF_EDITOR: ["auth.view_user", "auth.add_user", "auth.change_user"],
    EDITOR: [],
    CONTRIBUTOR: [],
}


def grant(role: str, *permissions: str) -> None:
    """For a room, when Django starts: a model of its own that is no entry."""
    GRANTS[role] += [label for label in permissions if label not in GRANTS[role]]


def role_of(user: Any) -> str:
    """The public name of what a person is here. One query."""
    if user.is_superuser:
        return ADMINISTRATOR
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in PERMISSIONS if role in names), CONTRIBUTOR)


def may(user: Any, permission: str) -> bool:
    """Whether the user is still here and has this permission of the desk."""
    return bool(user.is_active and user.has_perm(f"desk.{permission}"))


def require(user: Any, permission: str) -> None:
    """``Refused`` unless the user has this permission of the desk."""
    if not may(user, permission):
        raise Refused(not_for(user, permission))


def not_for(user: Any, permission: str) -> str:
    """The sentence for somebody who lacks a permission, of the desk or of a room."""
    if not user.is_active:
        return f"{user} may do nothing here any more: the account is inactive."
    roles = [
        role
        for role in PERMISSIONS
        if permission in (*PERMISSIONS[role], *(each.partition(".")[2] for each in GRANTS[role]))
    ]
    return f"{user} may not do this: it is for {roles[0] if roles else ADMINISTRATOR}s."
