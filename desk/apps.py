from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from desk.groups import make_groups

        post_migrate.connect(make_groups, dispatch_uid="desk.groups")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin, as our own site."""

    default = False
    default_site = "desk.admin_site.DeskSite"
