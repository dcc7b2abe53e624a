"""The form that reads what filters are asked for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from record.filter_fields import written


class FilterForm(forms.Form):
    """Refuses what would otherwise be dropped: a second value where only one can be.

    ``fields`` hold nothing of one request, so they are not copied for each, as Django's are.
    """

    def __init__(self, data: Mapping[str, Any], fields: dict[str, forms.Field]) -> None:
        super().__init__(data)
        self.fields = fields

    def clean(self) -> None:
        for name, field in self.fields.items():
            if not getattr(field, "several", False) and len(written(self.data, name)) > 1:
                self.add_error(name, gettext("Give this once."))
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start and end and start.bounds.first_day > end.bounds.last_day:
            # Translators: dates as they were typed: “1994 ends before 1995 begins.”
            message = gettext("%(end)s ends before %(start)s begins.")
            self.add_error("to", message % {"end": end.edtf, "start": start.edtf})
