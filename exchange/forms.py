"""Forms of the exchange: a file in, tables out."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exchange.formats import FORMATS, LARGEST, too_large


class UploadForm(forms.Form):
    file = forms.FileField(
        help_text="XLSX, CSV named like its table, or a ZIP of those; BibTeX, RIS or CSL-JSON. "
        f"At most {LARGEST // 1024 // 1024} MB. It is looked through and shown to you first."
    )
    of_another_desk = forms.BooleanField(
        label="It comes from another desk",
        required=False,
        help_text="Its ids are not ours: every row makes a new entry.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(too_large(file.size).message)
        return file


class ExportForm(forms.Form):
    """``types``: names and plurals of those that the user may see."""

    types = forms.MultipleChoiceField(label="Entries", widget=forms.CheckboxSelectMultiple)
    format = forms.ChoiceField(
        label="Format",
        widget=forms.RadioSelect,
        choices=[(name, label) for name, (label, *_) in FORMATS.items()],
        initial="xlsx",
    )
    empty = forms.BooleanField(
        label="Only the headers, to be filled",
        required=False,
    )

    def __init__(self, data: Any = None, *, types: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"types": [name for name, _ in types]}, auto_id="export_%s")
        choices: Any = self.fields["types"]
        choices.choices = [(name, plural.capitalize()) for name, plural in types]
