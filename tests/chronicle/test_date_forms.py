"""The form field of a partial date."""

import html as markup
import re
from typing import Any

import pytest
from django import forms

from chronicle.dates import PartialDate
from chronicle.forms import HELP_TEXT, PartialDateFormField, PartialDateWidget

GIVEN = PartialDate("1984~", "around 1984", inferred=True)


class SightingForm(forms.Form):
    date = PartialDateFormField(required=False)


class LabelledForm(forms.Form):
    date = PartialDateFormField(label="When")


class RequiredForm(forms.Form):
    date = PartialDateFormField()


def posted(edtf: str = "", as_given: str = "", inferred: bool = False) -> dict[str, str]:
    data = {"date_edtf": edtf, "date_as_given": as_given}
    return {**data, "date_inferred": "on"} if inferred else data


def errors(form: forms.Form) -> list[str]:
    return [str(message) for message in form.errors.get("date", [])]


@pytest.mark.parametrize(
    ("data", "date"),
    [
        (posted(), None),
        (posted("  ", " "), None),
        ({}, None),
        (posted("1997-07"), PartialDate("1997-07")),
        (posted(" 1984~ ", " around 1984", inferred=True), GIVEN),
    ],
)
def test_form_gives_a_date_or_none(data, date):
    form = SightingForm(data)
    assert errors(form) == []
    assert form.cleaned_data == {"date": date}


def test_form_refuses_a_bad_date_with_one_sentence_and_keeps_what_was_typed():
    form = SightingForm(posted("2005/2004", "from 2005 “back”", inferred=True))
    assert errors(form) == [
        "“2005/2004” ends before it begins. Write the earlier date first, as in 1993/2003."
    ]
    html = str(form["date"])
    assert re.findall(r'value="([^"]*)"', html) == ["2005/2004", "from 2005 “back”"]
    assert html.count(" checked") == 1


@pytest.mark.parametrize("data", [posted(as_given="in spring"), posted(inferred=True)])
def test_form_refuses_a_wording_without_a_date(data):
    form = SightingForm(data)
    sentences = (
        "There is a wording or an “inferred” without a date. "
        "Write the date too, for example 1984~, or clear the other two."
    )
    assert errors(form) == [sentences]


def test_form_requires_a_date_when_it_must():
    assert errors(RequiredForm(posted())) == ["This field is required."]
    assert errors(RequiredForm(posted("1984"))) == []
    assert " required" not in str(RequiredForm()["date"])


@pytest.mark.parametrize("value", ["\x00", "19\x0084", "\ud800", "9" * 10_000, "[" * 99])
def test_form_refuses_any_text_with_a_message(value):
    assert len(errors(SightingForm(posted(value)))) == 1
    assert len(errors(SightingForm(posted("1984", value + "\n" + "x" * 500)))) == 1


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (None, posted(), False),
        (None, {}, False),
        (GIVEN, posted("1984~", "around 1984", inferred=True), False),
        (GIVEN.as_document(), posted("1984~", "around 1984", inferred=True), False),
        (GIVEN, posted("1984~ ", "around 1984", inferred=True), False),
        (GIVEN, posted("1984", "around 1984", inferred=True), True),
        (GIVEN, posted("1984~", "", inferred=True), True),
        (GIVEN, posted("1984~", "around 1984"), True),
        (GIVEN, posted(), True),
        (None, posted("1984~"), True),
    ],
)
def test_form_knows_whether_it_was_changed(initial, data, changed):
    assert SightingForm(data, initial={"date": initial}).has_changed() is changed


def test_form_shown_and_sent_back_is_unchanged():
    for date in [GIVEN, PartialDate("[1667, 1760-12]", '1667 & <December> "1760"'), None]:
        html = str(SightingForm(initial={"date": date})["date"])
        data: dict[str, Any] = {}
        for tag in re.findall(r"<input[^>]*>", html):
            attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
            if attributes["type"] == "text":
                data[attributes["name"]] = markup.unescape(attributes.get("value", ""))
            elif " checked" in tag:
                data[attributes["name"]] = attributes.get("value", "on")
        form = SightingForm(data, initial={"date": date})
        assert form.has_changed() is False
        assert errors(form) == []
        assert form.cleaned_data == {"date": date}


def test_each_input_has_its_label_and_the_field_its_legend():
    html = str(SightingForm()["date"])
    labels = re.findall(r'<label for="([^"]*)">([^<]*)</label>', html)
    assert labels == [
        ("id_date_0", "Date (EDTF)"),
        ("id_date_1", "Wording in the source"),
        ("id_date_2", "Inferred: no source states it"),
    ]
    assert re.findall(r'\bid="([^"]*)"', html) == [target for target, _ in labels]
    assert SightingForm()["date"].legend_tag() == "<legend>Date:</legend>"
    assert SightingForm()["date"].help_text == HELP_TEXT


def test_group_is_named_where_the_page_has_no_fieldset():
    html = str(LabelledForm()["date"])
    assert re.findall(r'role="group" aria-label="([^"]*)"', html) == ["When"]


def test_errors_are_tied_to_the_date():
    html = str(SightingForm(posted("1984!"))["date"])
    assert re.findall(r'aria-describedby="([^"]*)"', html) == ["id_date_error"]
    assert 'id="id_date_error"' in str(SightingForm(posted("1984!")))


def test_inputs_without_ids_are_named_all_the_same():
    html = str(SightingForm(auto_id=False)["date"])
    assert re.findall(r'aria-label="([^"]*)"', html) == [
        "Date (EDTF)",
        "Wording in the source",
        "Inferred: no source states it",
    ]


def test_widget_has_nothing_inline():
    html = str(SightingForm(initial={"date": GIVEN})["date"])
    assert re.findall(r"<script|\bstyle=|\bon[a-z]+=", html) == []


def test_disabled_field_keeps_its_date():
    form = SightingForm(posted("1999"), initial={"date": GIVEN})
    form.fields["date"].disabled = True
    assert errors(form) == []
    assert form.cleaned_data == {"date": GIVEN}


def test_widget_knows_when_it_was_not_sent():
    widget = PartialDateWidget()
    assert widget.value_omitted_from_data({}, {}, "date") is True
    assert widget.value_omitted_from_data(posted(), {}, "date") is False
