"""The form field of a partial date: EDTF, the source's wording, whether it is inferred."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from chronicle.dates import PartialDate

HELP_TEXT = _(
    "In EDTF: 1997-07-20, 1997-07 or 1997; 1984? if uncertain, 1984~ for about, 199X for a decade; "
    "1993/2003 for from–to, 2020/.. if still open."
)
LABELS = {
    "edtf": _("Date (EDTF)"),
    "as_given": _("Wording in the source"),
    "inferred": _("Inferred: no source states it"),
}


class PartialDateWidget(forms.MultiWidget):
    """Two text inputs and a checkbox, each with its label, in a group that has the field's."""

    template_name = "chronicle/widgets/partial_date.html"
    use_fieldset = True
    # The field's label: the admin of Django 5.2 has no fieldset around a widget's inputs.
    legend: Any = None

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        typed = {"autocomplete": "off", "spellcheck": "false", "class": "vTextField"}
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "edtf": forms.TextInput(typed),
            "as_given": forms.TextInput({"autocomplete": "off", "class": "vTextField"}),
            "inferred": forms.CheckboxInput(),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, Mapping):
            value = PartialDate.from_document(value)
        if not isinstance(value, PartialDate):
            return ["", "", False]
        return [value.edtf, value.as_given, value.inferred]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["legend"] = self.legend
        for part, label in zip(context["widget"]["subwidgets"], LABELS.values(), strict=True):
            part["label"] = label
            if not part["attrs"].get("id"):
                part["attrs"]["aria-label"] = label
        if attrs and attrs.get("id") and attrs.get("aria-invalid"):
            # Django ties a list of errors to single inputs and fieldsets alone, by this id.
            context["widget"]["subwidgets"][0]["attrs"]["aria-describedby"] = f"{attrs['id']}_error"
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        # Forms look for templates in installed apps alone; this one is with the project's.
        return super().render(name, value, attrs, TemplatesSetting())

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        # A checkbox that is not ticked is not sent, so it says nothing.
        return f"{name}_edtf" not in data and f"{name}_as_given" not in data


class PartialDateFormField(forms.MultiValueField):
    """Gives a valid PartialDate, or None when nothing was entered."""

    widget = PartialDateWidget
    default_error_messages = {
        "no_date": _(
            "There is a wording or an “inferred” without a date. "
            "Write the date too, for example 1984~, or clear the other two."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.CharField(required=False),
            forms.CharField(required=False),
            forms.BooleanField(required=False),
        )
        kwargs["help_text"] = kwargs.get("help_text") or HELP_TEXT
        super().__init__(fields, require_all_fields=False, **kwargs)
        self.widget.legend = self.label

    def compress(self, data_list: Any) -> PartialDate | None:
        edtf, as_given, inferred = data_list or ("", "", False)
        if edtf:
            date = PartialDate(edtf, as_given, inferred)
            date.validate()
            return date
        if as_given or inferred:
            raise ValidationError(self.error_messages["no_date"], code="no_date")
        if self.required:
            # Django takes an unticked checkbox for something entered.
            raise ValidationError(self.error_messages["required"], code="required")
        return None
