"""Forms of the reading room: words to find, a passage cited, a passage set aside."""

from collections.abc import Iterable
from typing import Any

from django import forms

from desk.forms import LinesField, TypedForm
from reading.held import DIGITS, LONGEST_PASSAGE
from sources.models import Stance

BIGGEST = 10**DIGITS


class WordsForm(TypedForm):
    """Words of the text. A script says in which ``block`` they were selected, and behind what."""

    words = forms.CharField(
        label="Words from the source",
        max_length=2 * LONGEST_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Exactly as they stand there. Spaces, quotation marks and dashes may differ.",
        error_messages={
            "required": "Paste or type the words that you are looking for.",
            "max_length": f"A passage has {LONGEST_PASSAGE:,} letters at most. Paste fewer words.",
        },
    )
    block = forms.IntegerField(
        required=False, max_value=BIGGEST, widget=forms.HiddenInput, initial=""
    )
    before = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class CiteForm(TypedForm):
    """What the passage says for an entry. ``claims``: its claims, with what each is called."""

    claims = forms.MultipleChoiceField(
        label="The claims that the passage speaks to",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the passage speaks to."},
    )
    stance = forms.ChoiceField(choices=Stance.choices, initial=Stance.SUPPORTS)
    note = LinesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Shown in public.",
    )
    reason = LinesField(
        required=False,
        label="Reason for this change",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(
        self, data: Any = None, *, claims: Iterable[tuple[str, str]], reason_needed: bool
    ) -> None:
        super().__init__(data)
        choices: Any = self.fields["claims"]
        choices.choices = list(claims)
        reason: Any = self.fields["reason"]
        reason.required = reason_needed
        reason.error_messages["required"] = "This entry has been published: say why you change it."
        reason.help_text = "Kept in the history at the desk." + (
            " Published entries are not changed without one." if reason_needed else ""
        )


class AsideForm(TypedForm):
    """Why nothing is claimed from a block, or from a passage of it."""

    block = forms.IntegerField(min_value=1, max_value=BIGGEST, label="Block")
    reason = LinesField(
        label="Why nothing is claimed from it",
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="Kept at the desk.",
        error_messages={"required": "Say why nothing is claimed from it."},
    )
