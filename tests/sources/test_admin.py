"""Sources and their texts at the desk, and what a citation's form takes."""

import pytest

from sources.models import Source, SourceText
from tests import examples, world
from tests.pages import EntryForm, admin_url, form_of


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.editor)


def test_headings_can_be_named_later_and_the_text_cannot_be_changed(desk, db):
    text = world.hold_text(world.source(), examples.TEXT)
    page = desk.get(admin_url(text, "change"))
    fields = form_of(page, form_id="sourcetext_form")
    assert set(fields) == {"headings", "form_of"}

    data = {"headings": "1", "text": "Something else.", "sha256": "0" * 64}
    assert desk.post(admin_url(text, "change"), data).status_code == 302

    held = SourceText.objects.get()
    assert (held.headings, held.text, held.sha256) == ([1], text.text, text.sha256)


def test_list_of_texts_costs_the_same_for_one_row_and_for_three(
    cast, desk, django_assert_num_queries
):
    for number in range(3):
        text = world.hold_text(world.source(f"Source {number}"), f"{examples.TEXT} {number}")
        SourceText.objects.filter(pk=text.pk).update(loaded_by=cast.editor)
        with django_assert_num_queries(7):
            page = desk.get(admin_url(SourceText, "changelist"))
        assert len(page.context["cl"].result_list) == number + 1


def test_source_is_entered_with_its_authors(desk, db):
    form = EntryForm(desk, Source)
    form.set(title="The talks", slug="the-talks", kind="book", url="example.org/talks")
    form.row("authors", 0, family="Lake", given="Ana")
    form.row("authors", 1, role="editor", literal="The Institute")

    assert form.send().status_code == 302
    document = world.document(Source.objects.get())
    assert document["url"] == "https://example.org/talks"
    assert [(row["key"], row["family"], row["literal"]) for row in document["authors"]] == [
        ("p1", "Lake", None),
        ("p2", None, "The Institute"),
    ]


def test_author_is_a_person_or_a_body(desk, db):
    form = EntryForm(desk, Source)
    form.set(title="The talks", slug="the-talks", kind="book")
    form.row("authors", 0, family="Lake", literal="The Institute")

    assert form.refused() == ["Give a family name (and given name), or a body's name."]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"blocks": "15-x"}, "“15-x” is not a block number; write 15 or 15, 16."),
        ({"end": "the host said."}, "A selector needs opening words."),
        ({"asserts": "{"}, "Enter a valid JSON."),
        ({"asserts": "[" * 5000}, "Enter a valid JSON."),
        ({"asserts": "9" * 5000}, "Enter a valid JSON."),
        ({"asserts": r'"\ud800"'}, "Enter a valid JSON."),
        (
            {"asserts": '"1997"'},
            "Another value can be given where exactly one claim is disputed.",
        ),
        (
            {"asserts": '"1997"', "claims": "date"},
            "Only a disputing citation asserts another value.",
        ),
        (
            {"asserts": "1.5", "claims": "date", "stance": "disputes"},
            "$: a float cannot stand in a document.",
        ),
    ],
)
def test_citation_says_what_is_wrong_with_it(values, error, desk, db):
    event = world.event(citations=[])
    form = EntryForm(desk, event)
    form.row("citations", 0, source=world.source().pk, **values)

    assert form.refused() == [error]


def test_citation_keeps_locator_selector_and_what_it_asserts(desk, db):
    event = world.event()
    other = world.source("A letter")
    form = EntryForm(desk, event)
    form.row(
        "citations",
        1,
        source=event.citations.get().source_id,
        claims="date",
        stance="disputes",
        asserts='{"edtf": "1998", "earliest": "1998-01-01", "latest": "1998-12-31", '
        '"as_given": null, "inferred": false}',
        section="The second day",
        blocks="5-6",
        start="The delegations",
        end="a paper.",
        accessed_on="06/05/2024",
        cited_via=other.pk,
        note="Seen in a letter.",
    )

    assert form.send().status_code == 302
    assert world.document(event)["citations"][1] == {
        "key": "c2",
        "source": event.citations.get(key="c1").source.public_id,
        "claims": ["date"],
        "stance": "disputes",
        "asserts": {
            "edtf": "1998",
            "earliest": "1998-01-01",
            "latest": "1998-12-31",
            "as_given": None,
            "inferred": False,
        },
        "locator": {
            "section": "The second day",
            "blocks": [5, 6],
            "page": None,
            "timecode": None,
            "record": None,
        },
        "selector": {"start": "The delegations", "end": "a paper.", "prefix": None, "suffix": None},
        "accessed_on": "2024-05-06",
        "cited_via": other.public_id,
        "note": "Seen in a letter.",
    }


def test_form_of_an_entry_says_where_a_passage_is_not_found(desk, db):
    source = world.source()
    world.hold_text(source, examples.TEXT, headings=examples.HEADINGS)
    event = world.event(citations=[{"source": source, "start": "Nothing like it"}])

    page = desk.get(admin_url(event, "change"))

    assert page.context["standing"].problems == [
        f"{event.public_id}: the passage of c1 is not in the text of {source.public_id}."
    ]
    assert "the passage of c1 is not in the text" in page.content.decode()
