"""Forms about submissions: what they are called and why, and notes on them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q

from desk.forms import LinesField, TypedForm
from desk.gathering import description_of
from desk.models import Submission
from desk.notices import approvers
from desk.submissions import EDITORIAL
from record.models import Change

NEW = "new"


class DescriptionForm(TypedForm):
    """``given``: the submission that is described anew, which the form is filled in from."""

    title = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="What reviewers see in the list of submissions, and in letters about it.",
    )
    reason = LinesField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="Why the record should have this. Shown in public with the edition.",
    )
    change = forms.ChoiceField(
        label="Kind of change",
        choices=[(kind.value, kind.label) for kind in EDITORIAL],
        initial=Change.CORRECTION.value,
        help_text="Of entries that have been published before; the others are new.",
    )
    reviewer = forms.ModelChoiceField(
        get_user_model().objects.none(),
        required=False,
        empty_label="Whoever may approve it",
        help_text="Is told by e-mail. Nobody approves what they changed or worded themselves.",
    )
    due_on = forms.DateField(
        label="To be reviewed by",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, given: Submission | None = None) -> None:
        names = ("title", "reason", "change", "reviewer", "due_on")
        initial = {name: getattr(given, name) for name in names} if given else {}
        if given:
            initial["seen"] = description_of(given)
        super().__init__(data, initial=initial)
        present = Q(pk=given.reviewer_id) if given and given.reviewer_id else Q(pk__in=[])
        reviewers: Any = self.fields["reviewer"]
        reviewers.queryset = (
            get_user_model()
            .objects.filter(Q(pk__in=approvers().values("pk")) | present)
            .order_by("username")
        )
        change: Any = self.fields["change"]
        if given and given.change not in EDITORIAL:
            change.choices = [(given.change, given.get_change_display())]

    def see(self, submission: Submission) -> None:
        """What was typed has been held against the submission as it stands: save it next time."""
        self.data = dict(self.data.items()) | {"seen": description_of(submission)}

    @property
    def description(self) -> dict[str, Any]:
        """What the verbs take; the form has to be valid."""
        told = {name: self.cleaned_data[name] for name in ("title", "reason", "reviewer", "due_on")}
        return told | {"change": Change(self.cleaned_data["change"])}


class SubmitForm(DescriptionForm):
    """Entries into a submission: a new one, which is described, or one that can be chosen,
    ``into``."""

    into = forms.ChoiceField(
        label="Submission", widget=forms.RadioSelect, required=False, initial=NEW
    )

    field_order = ["into", "title", "reason", "change", "reviewer", "due_on"]

    def __init__(self, data: Any = None, *, into: Iterable[Submission] = ()) -> None:
        super().__init__(data)
        del self.fields["seen"]
        self.drafts = {str(draft.pk): draft for draft in into}
        field: Any = self.fields["into"]
        field.choices = [(NEW, "A new one, described below")]
        field.choices += [
            (pk, f"{draft}: {draft.get_state_display().lower()}")
            for pk, draft in self.drafts.items()
        ]
        if not self.drafts:
            del self.fields["into"]
        # Or a browser would ask for the reason of a draft that has one.
        self.use_required_attribute = not self.drafts
        if self.draft is not None:
            self.fields["reason"].required = False

    @property
    def draft(self) -> Submission | None:
        """The one of the drafts that is chosen."""
        return self.drafts.get(self.data.get("into", ""))


class NoteForm(TypedForm):
    """``claims``: those of the entry that the note is about, to choose from."""

    claim = forms.ChoiceField(label="About", required=False)
    text = LinesField(
        label="Note", widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
    )

    def __init__(self, data: Any = None, *, claims: Iterable[str] = (), claim: str = "") -> None:
        super().__init__(data, initial={"claim": claim})
        about: Any = self.fields["claim"]
        about.choices = [("", "The entry as a whole"), *((name, name) for name in claims)]
        if len(about.choices) == 1:
            del self.fields["claim"]
