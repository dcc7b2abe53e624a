"""Who may do what at the desk. Roles are Django groups; superusers are administrators."""

from typing import Any

CONTRIBUTOR = "contributor"
EDITOR = "editor"
CHIEF_EDITOR = "chief editor"
ADMINISTRATOR = "administrator"

# Highest first; each role also has what those after it have.
PERMISSIONS: dict[str, list[str]] = {
    CHIEF_EDITOR: ["withdraw_entry"],
    EDITOR: ["approve_submission", "waive_evidence", "accept_finding"],
    CONTRIBUTOR: ["submit_entry"],
}

# What rooms let the roles do beside their entries, as ``app.codename``; see `grant`.
GRANTS: dict[str, list[str]] = {CHIEF_EDITOR: ["auth.view_user"], EDITOR: [], CONTRIBUTOR: []}


def grant(role: str, *permissions: str) -> None:
    """For a room, when Django starts: a model of its own that is no entry."""
    GRANTS[role] += [label for label in permissions if label not in GRANTS[role]]


def role_of(user: Any) -> str:
    """The public name of what a person is here. One query."""
    if user.is_superuser:
        return ADMINISTRATOR
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in PERMISSIONS if role in names), CONTRIBUTOR)
