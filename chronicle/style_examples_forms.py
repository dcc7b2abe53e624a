"""What the style page fills the components of forms with."""

from dataclasses import replace
from typing import Any

from django import forms

from record.controls import Choice, Control
from record.facets import Facet, Option
from record.unused import FacetInError, Typed

FACET = Facet(
    name="example-kind",
    label="Kind",
    options=[
        Option("talks", "Round of talks", "", 3, True),
        Option("visit", "Visit", "", 1, False),
    ],
    hidden=2,
    find="",
)
CONTROL = Control(
    name="example-within",
    label="Dates",
    value="",
    choices=[Choice("", "Possibly within", True), Choice("certainly", "Certainly within", False)],
)
WRONG_CONTROL = Control(
    name="example-from",
    label="From",
    value="199x",
    hint="A year, month or day.",
    errors=["“x” cannot stand in a date."],
)
WRONG_FACET = FacetInError(
    **vars(replace(FACET, name="example-facet", errors=["There is no event kind “vizit”."])),
    typed=[Typed("vizit", "vizit", True)],
)


class ExampleForm(forms.Form):
    name = forms.CharField(label="Example name", help_text="As it is signed in with.")


FORM_EXAMPLES: dict[str, dict[str, Any]] = {
    "_control": {"field": WRONG_CONTROL},
    "_facet": {"field": WRONG_FACET, "list_url": "/events/"},
    "_form_field": {"field": ExampleForm()["name"]},
}
