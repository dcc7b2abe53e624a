"""What the desk does not take as text, as an identifier or as a day."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from desk.submissions import submit
from desk.texts import LONGEST, text_problem, texts_in
from events.models import EventIdentifier
from tests import world
from tests.pages import EntryForm
from tests.refusals import refusal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A line.\nAnother,\twith a tab.",
        "e\u0301 “–” 🙂",
        "x" * LONGEST,
        "می\u200cخواهم \u200f(1)",
    ],
)
def test_text_is_kept(text):
    assert text_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x" * (LONGEST + 1), "This has 20,001 characters; at most 20,000 are kept."),
        (
            "They met\x07.",
            (
                "There is a control character (U+0007) after “They met”, which nobody can see. "
                "Take it out."
            ),
        ),
        (
            "\x00",
            (
                "There is a control character (U+0000) at its beginning, which nobody can see. "
                "Take it out."
            ),
        ),
        (
            "They\x85met",
            (
                "There is a control character (U+0085) after “They”, which nobody can see. "
                "Take it out."
            ),
        ),
        (
            "They\ufffemet",
            (
                "There is a control character (U+FFFE) after “They”, which nobody can see. "
                "Take it out."
            ),
        ),
        (
            "paid \u202e001",
            (
                "There is a character (U+202E) after “paid ” that turns the order of the letters. "
                "Take it out."
            ),
        ),
        (
            "\u2067They",
            (
                "There is a character (U+2067) at its beginning that turns the order of the "
                "letters. Take it out."
            ),
        ),
        ("\u200b\u2060 ", "Nothing of this can be seen. Write a word, or leave it empty."),
    ],
)
def test_text_is_refused_with_the_reason(text, problem):
    assert text_problem(text) == problem


def test_texts_of_json_are_found_wherever_they_stand():
    assert texts_in({"a": ["b", {"c": None}], "d": 1}) == ["a", "b", "c", "d"]


def problems(row, *fields):
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return {name: refused.value.message_dict[name] for name in fields}


@pytest.mark.django_db
def test_entries_refuse_texts_that_are_too_long_or_hold_what_nobody_sees(contributor):
    event = world.event(by=contributor)
    event.summary, event.editor_note = "x" * 2_000_000, "A\x0bnote"
    assert problems(event, "summary", "editor_note") == {
        "summary": ["This has 2,000,000 characters; at most 20,000 are kept."],
        "editor_note": [
            "There is a control character (U+000B) after “A”, which nobody can see. Take it out."
        ],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("value", "good"), [("Q1", True), ("Q07", False), ("7251", False)])
def test_identifiers_of_wikidata_are_its_own(contributor, value, good):
    row = EventIdentifier(entry=world.event(by=contributor), scheme="Wikidata", value=value)
    if good:
        row.full_clean()
        return
    assert problems(row, "value") == {"value": ["What Wikidata calls things looks like Q7251."]}


@pytest.mark.django_db
def test_days_that_have_not_come_are_refused(contributor):
    event = world.event(by=contributor)
    citation = event.citations.get()
    citation.accessed_on = datetime.date(2999, 1, 2)
    assert problems(citation, "accessed_on") == {"accessed_on": ["2999-01-02 has not come yet."]}
    citation.accessed_on = datetime.datetime.now(tz=datetime.UTC).date()
    citation.full_clean(exclude={"claims"})
    citation.source.archived_on = datetime.date(2999, 1, 2)
    assert problems(citation.source, "archived_on") == {
        "archived_on": ["2999-01-02 has not come yet."]
    }


@pytest.mark.django_db
def test_what_a_citation_asserts_holds_texts_as_all_others(contributor):
    event = world.event(by=contributor)
    citation = event.citations.get()
    citation.stance, citation.claims, citation.asserts = "disputes", ["title"], "A\x07"
    assert problems(citation, "asserts") == {
        "asserts": [
            "There is a control character (U+0007) after “A”, which nobody can see. Take it out."
        ]
    }


@pytest.mark.django_db
def test_reasons_are_texts_too(contributor):
    event = world.event(by=contributor)
    assert refusal(lambda: submit([event.public_id], by=contributor, reason="A\x07")) == [
        "There is a control character (U+0007) after “A”, which nobody can see. Take it out."
    ]


@pytest.mark.django_db
def test_reason_that_nobody_can_see_is_none(contributor):
    event = world.event(by=contributor)
    assert refusal(lambda: submit([event.public_id], by=contributor, reason="\u200b")) == [
        "Nothing of this can be seen. Write a word, or leave it empty."
    ]


@pytest.mark.django_db
def test_form_gives_back_what_was_typed_beside_the_reason(contributor, client_of):
    form = EntryForm(client_of(contributor), world.event(by=contributor))
    form.set(summary="They met\x07.", reason="A reason\r\nin two lines")
    assert form.refused() == [
        "There is a control character (U+0007) after “They met”, which nobody can see. Take it out."
    ]
