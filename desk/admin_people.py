"""People in the admin: administrators do everything, chief editors what their role allows.

Whoever is no superuser adds people, puts them into the groups of the roles and deactivates them.
They make no superuser and change none, grant no single permission and no other group, set nobody's
password but a new person's first, and change nothing of themselves. The form holds no field for
what they may not do, so nothing that is posted reaches it.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse

from desk.roles import PERMISSIONS

ROLES = list(PERMISSIONS)
# Whether somebody may sign in to the desk follows from their having a role.
NEW_PERSON = ("username", "first_name", "last_name", "email", "password1", "password2", "groups")
PERSON = ("username", "first_name", "last_name", "email", "is_active", "groups")


class PeopleAdmin(UserAdmin):
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_for(request.user, obj))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if _is_superuser(request):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": PERSON if obj else NEW_PERSON})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A name stands in the history of what somebody did, so it stays."""
        if _is_superuser(request):
            return super().get_readonly_fields(request, obj)
        return ("username",) if obj else ()

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: Any
    ) -> Any:
        is_of_roles = db_field.name == "groups" and not _is_superuser(request)
        if is_of_roles:
            options["queryset"] = Group.objects.filter(name__in=ROLES)
            options["widget"] = CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **options)
        if is_of_roles and field is not None:
            field.label = "Roles"
            field.help_text = "Without one, a person cannot enter the desk."
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not _is_superuser(request):
            person = form.instance
            person.is_staff = person.groups.exists()
            person.save(update_fields=["is_staff"])

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002 (Django's name)
        """Whoever knows another's password can be the second pair of eyes themselves."""
        if not _is_superuser(request):
            raise PermissionDenied
        response: HttpResponse = super().user_change_password(request, id, form_url)
        return response


def is_for(user: Any, person: Any) -> bool:
    """Whether ``user`` may change this person. Two queries for those who are no superuser."""
    if user.is_superuser:
        return True
    beyond_the_roles = (
        person.is_superuser
        or person.user_permissions.exists()
        or person.groups.exclude(name__in=ROLES).exists()
    )
    return not beyond_the_roles and person.pk != user.pk


def _is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)


admin.site.unregister(get_user_model())
admin.site.register(get_user_model(), PeopleAdmin)
