"""An empty form of an entry, filled in from its address: whatever leads there says what it knows.

Fields and rows have the names that the form gives them: ``date_edtf=1997-07`` and
``participants-0-actor=12``. Nothing is saved by it, and what cannot be chosen is left out.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme

from chronicle.fields import PartialDateField
from chronicle.forms import PartialDateWidget
from desk.choices import is_key

ROW = re.compile(r"(?P<rows>[a-z_]+)-(?P<number>[0-9]|[1-4][0-9])-(?P<field>[a-z_]+)")
NOT_GIVEN = {"id", "entry", "key", "part_key"}  # the form's own


class FilledFromAddress:
    """An admin of entries whose empty form takes what its address gives."""

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Fields of the entry, where what is given can be what the field takes."""
        admin: Any = self
        given: dict[str, Any] = super().get_changeform_initial_data(request)  # type: ignore[misc]
        relations = {
            field.name
            for field in [*admin.opts.fields, *admin.opts.many_to_many]
            if field.is_relation
        }
        fits = {
            name: value
            for name, value in given.items()
            if name not in relations
            or all(map(is_key, value if isinstance(value, list) else [value]))
        }
        return fits | dates_given(admin.model, request.GET)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> Any:
        """Back to where the empty form was filled in from, if it was."""
        if address := came_from(request):
            return HttpResponseRedirect(address)
        return super().response_post_save_add(request, obj)  # type: ignore[misc]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """The rows given. Not when the form comes back: what is as it was would not count."""
        options: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        if request.method != "POST" and obj.pk is None:
            options["initial"] = rows_given(prefix, request.GET)
        return options


def came_from(request: HttpRequest) -> str:
    """The page of the desk that the form was opened from, as its address says; else empty."""
    address = request.GET.get("next", "")
    desk = reverse("admin:index")
    return (
        address
        if url_has_allowed_host_and_scheme(address, None) and (address.startswith(desk))
        else ""
    )


def dates_given(model: Any, address: QueryDict) -> dict[str, Any]:
    """What a partial date's inputs hold, by the name of the field."""
    widget = PartialDateWidget()
    return {
        field.name: widget.value_from_datadict(address, MultiValueDict(), field.name)
        for field in model._meta.fields
        if isinstance(field, PartialDateField)
        and not widget.value_omitted_from_data(address, MultiValueDict(), field.name)
    }


def rows_given(rows: str, address: QueryDict) -> list[Mapping[str, str]]:
    """The rows of one list, in order; fifty at most."""
    found: dict[int, dict[str, str]] = {}
    for name, value in address.items():
        match = ROW.fullmatch(name)
        if match and match["rows"] == rows and match["field"] not in NOT_GIVEN:
            found.setdefault(int(match["number"]), {})[match["field"]] = str(value)
    return [found[number] for number in sorted(found)]
