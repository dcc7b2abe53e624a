"""The groups of the roles, made after each migration with what each role may do in the admin."""

from collections import defaultdict
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions

from desk.roles import CONTRIBUTOR, EDITOR, GRANTS, PERMISSIONS
from desk.types import desk_types

READ_ONLY = ["desk.view_submission", "desk.view_revision"]


def permissions_of(role: str) -> set[str]:
    """Every permission of a role, as ``app.codename``, with those of the roles below it."""
    roles = list(PERMISSIONS)
    own = _own_permissions()
    return {label for below in roles[roles.index(role) :] for label in own[below]}


def make_groups(app_config: AppConfig, using: str, apps: Any = installed_apps, **_: Any) -> None:
    """Give each group the permissions of this app that its role has. Takes none away.

    Sent by ``post_migrate``, once an app. Django's own receiver may run after this one, so the
    app's permissions are made here first. A flush sends no ``apps``.
    """
    wanted = {
        role: {label for label in permissions_of(role) if label.startswith(f"{app_config.label}.")}
        for role in PERMISSIONS
    }
    if not any(wanted.values()):
        return
    try:
        permission, group = (apps.get_model("auth", name) for name in ("Permission", "Group"))
    except LookupError:
        return  # a migration that goes no further than this app
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    made = {
        item.codename: item
        for item in permission.objects.using(using).filter(content_type__app_label=app_config.label)
    }
    for role, labels in wanted.items():
        found, _ = group.objects.using(using).get_or_create(name=role)
        found.permissions.add(*(made[label.partition(".")[2]] for label in labels))


def _own_permissions() -> dict[str, list[str]]:
    own: dict[str, list[str]] = defaultdict(list)
    for role, codenames in PERMISSIONS.items():
        own[role] += [f"desk.{codename}" for codename in codenames]
    own[CONTRIBUTOR] += READ_ONLY
    for desk_type in desk_types():
        app, model = desk_type.model._meta.app_label, desk_type.model._meta.model_name
        own[CONTRIBUTOR].append(f"{app}.view_{model}")
        own[desk_type.edited_by] += [f"{app}.add_{model}", f"{app}.change_{model}"]
        # Only what was never published can be deleted: see `desk.deletion`.
        deleted_by = EDITOR if desk_type.edited_by == CONTRIBUTOR else desk_type.edited_by
        own[deleted_by].append(f"{app}.delete_{model}")
    for role, labels in GRANTS.items():
        own[role] += labels
    return own
