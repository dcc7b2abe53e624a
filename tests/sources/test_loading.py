"""Loading a text at the desk: what is read, how it is corrected, what is kept."""

import hashlib
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desk.refusals import Refused
from sources.formats.shapes import Block
from sources.models import SelectorChange, SourceText
from sources.texts import blocks_of, corrected, headings_of, marked_up, text_of
from tests import examples, world
from tests.pages import admin_url, form_of
from tests.sources import files

ADD = reverse("admin:sources_sourcetext_add")


@pytest.fixture
def desk(cast: Any, client_of: Any) -> Client:
    client: Client = client_of(cast.editor)
    return client


def errors(response: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def second_step(page: Any) -> dict[str, list[str]]:
    """The fields of the form that corrects, as a browser has them."""
    return form_of(page, form_id="correct-text")


WORDS = st.text("ab#\\ -é\n", min_size=1).map(str.strip).filter(lambda text: text)


class TestMarks:
    @given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=6))
    def test_what_is_marked_up_is_the_same_when_it_is_not_changed(
        self, pairs: list[tuple[str, bool]]
    ) -> None:
        blocks = [
            Block(line, is_heading)
            for text, is_heading in pairs
            for line in ["\n".join(part.strip() for part in text.split("\n") if part.strip())]
        ]
        assert corrected(marked_up(blocks)) == blocks

    def test_blocks_are_those_of_the_text_that_is_kept(self) -> None:
        blocks = corrected("# One\n\ntwo\nlines\n\n\n\n\\# three\n\n###   Four\n\n#five")
        assert blocks == [
            Block("One", is_heading=True),
            Block("two\nlines"),
            Block("# three"),
            Block("Four", is_heading=True),
            Block("#five"),
        ]
        assert text_of(blocks) == "One\n\ntwo\nlines\n\n# three\n\nFour\n\n#five"
        assert headings_of(blocks) == [1, 4]
        assert blocks_of(text_of(blocks), headings_of(blocks)) == blocks

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (" \n ", "There is no text."),
            ("Some words\x00", "There is a character that nobody can see after “Some words”. Take"),
            ("Half \ud800", "There is a character that nobody can see after “Half ”. Take it out."),
            ("words " * 600_000, "It has 3,599,999 characters; at most 3,000,000 are kept."),
            ("a\n\n" * 20_001, "It has 20,001 blocks; at most 20,000 are kept."),
        ],
    )
    def test_what_cannot_be_kept_is_refused(self, text: str, problem: str) -> None:
        with pytest.raises(Refused) as refused:
            corrected(text)
        assert refused.value.messages[0].startswith(problem)


class TestSteps:
    def test_pasted_text_is_shown_in_blocks_and_nothing_kept_yet(self, desk: Client) -> None:
        source = world.source()
        pasted = examples.TEXT.replace("\n", "\r\n")

        page = desk.post(ADD, {"source": source.public_id, "text": pasted})

        blocks = page.context["blocks"]
        assert [(block["number"], block["is_heading"]) for block in blocks] == [
            (1, False),
            (2, True),
            (3, False),
            (4, True),
            (5, False),
            (6, False),
        ]
        assert page.context["loaded"].format == "plain text"
        assert set(second_step(page)) == {*("source", "marked", "form_of", "beside")}
        assert SourceText.objects.count() == 0

    def test_text_is_kept_as_it_was_corrected(self, cast: Any, desk: Client) -> None:
        source = world.source()
        page = desk.post(ADD, {"source": source.slug, "text": examples.TEXT})
        fields = second_step(page)
        fields["marked"] = ["# " + fields["marked"][0].replace("# ", "")]

        again = desk.post(ADD, fields)
        assert [block["is_heading"] for block in again.context["blocks"]] == [True, *[False] * 5]
        assert SourceText.objects.count() == 0

        kept = desk.post(ADD, second_step(again) | {"_keep": ["1"]})
        text = SourceText.objects.get()
        assert kept.headers["Location"] == admin_url(text, "change")
        assert text.text == examples.TEXT.strip()
        assert text.sha256 == hashlib.sha256(text.text.encode()).hexdigest()
        assert (text.source, text.loaded_by, text.headings) == (source, cast.editor, [1])
        assert LogEntry.objects.get().object_id == str(text.pk)
        shown = desk.get(admin_url(text, "change"))
        assert [block["number"] for block in shown.context["blocks"]] == [1, 2, 3, 4, 5, 6]

    def test_a_file_is_read_by_what_it_holds(self, desk: Client) -> None:
        source = world.source()
        body = files.paragraph("The talks", "H1") + files.paragraph("In July.")
        file = SimpleUploadedFile("talks.txt", files.docx(body))

        page = desk.post(ADD, {"source": source.public_id, "file": file})

        assert page.context["loaded"].format == "DOCX"
        assert second_step(page)["marked"] == ["# The talks\r\n\r\nIn July."]

    def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(self, desk: Client) -> None:
        source = world.source()
        file = SimpleUploadedFile("scan.pdf", files.pdf([[]]))
        page = desk.post(ADD, {"source": source.public_id, "file": file})
        [problem] = errors(page)["file"]
        assert problem.startswith("scan.pdf: It has no text layer: its pages are pictures.")
        assert form_of(page, form_id="load-text")["source"] == [source.public_id]

    def test_a_file_beyond_the_bound_is_not_read(self, desk: Client, monkeypatch: Any) -> None:
        monkeypatch.setattr("sources.formats.reading.MOST_BYTES", 10)
        file = SimpleUploadedFile("book.txt", b"words " * 1_000_000)
        page = desk.post(ADD, {"source": world.source().public_id, "file": file})
        assert errors(page) == {"file": ["book.txt: It has 6 MB; at most 0 MB are read."]}

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            ({"text": ""}, {"__all__": ["Choose a file, or paste the text."]}),
            ({"text": "Words", "source": "S99"}, {"source": ["There is no source “S99”; there"]}),
            ({"text": "Words\x00"}, {"text": ["Null characters are not allowed."]}),
            ({"text": "Words\x1b"}, {"text": ["What you pasted: It holds a control character (U"]}),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, data: dict[str, str], problem: dict[str, list[str]], desk: Client
    ) -> None:
        source = world.source()
        page = desk.post(ADD, {"source": source.public_id} | data)
        assert {
            name: [said[0][: len(problem[name][0])]] for name, said in errors(page).items()
        } == (problem)
        fields = form_of(page, form_id="load-text")
        assert fields["text"] == [data["text"]]

    def test_a_correction_that_cannot_be_kept_stays_as_typed(self, desk: Client) -> None:
        data = {"source": "S99", "marked": "Some\n\nwords", "_keep": "1"}
        page = desk.post(ADD, data)
        assert set(errors(page)) == {"source"}
        assert second_step(page)["marked"] == ["Some\r\n\r\nwords"]
        empty = desk.post(ADD, {"source": world.source().public_id, "marked": " ", "_keep": "1"})
        assert errors(empty) == {"marked": ["There is no text."]}
        assert SourceText.objects.count() == 0

    def test_a_book_of_three_thousand_blocks_works(self, desk: Client) -> None:
        source = world.source()
        book = "\n\n".join(
            f"Block {number} says this. " + "Ö words " * 60 for number in range(3000)
        )
        page = desk.post(ADD, {"source": source.public_id, "text": book})
        kept = desk.post(ADD, second_step(page) | {"_keep": ["1"]})
        assert kept.status_code == 302
        assert len(blocks_of(SourceText.objects.get().text, [])) == 3000

    def test_a_text_that_is_held_already_is_said_to_be_and_becomes_the_newest(
        self, desk: Client
    ) -> None:
        source = world.source()
        first = world.hold_text(source, examples.TEXT)
        world.hold_text(source, "Something else.")
        page = desk.post(ADD, {"source": source.public_id, "text": examples.TEXT})
        assert page.context["already"] == first
        assert "The desk holds this very text already" in page.content.decode()
        desk.post(ADD, second_step(page) | {"_keep": ["1"]})
        assert source.texts.count() == 2
        assert source.texts.first() == first

    def test_what_it_does_to_citations_is_told_before_and_looked_up_after(
        self, desk: Client
    ) -> None:
        source = world.source()
        world.hold_text(source, examples.TEXT, headings=examples.HEADINGS)
        event = world.event(citations=[{"source": source, "start": "In July the"}])
        newer = examples.TEXT.replace("In July the", "In August the")

        page = desk.post(ADD, {"source": source.public_id, "text": newer})
        assert str(page.context["effects"]) == "The one citation is not found in it once:"
        [effect] = page.context["effects"].lost
        assert effect.name == f"{event.public_id}/c1"
        assert SelectorChange.objects.count() == 0

        desk.post(ADD, second_step(page) | {"_keep": ["1"]})
        assert [str(change) for change in SelectorChange.objects.all()] == [effect.name]

    def test_what_was_set_aside_and_is_not_found_in_it_is_named(self, desk: Client) -> None:
        source = world.source()
        world.hold_text(source, "Title\n\nWords.")
        source.set_aside.create(block=1, reason="Only the title.")
        page = desk.post(ADD, {"source": source.public_id, "text": "Banner\n\nTitle"})
        assert page.context["effects"].asides == []
        page = desk.post(ADD, {"source": source.public_id, "text": "Headline\n\nWords."})
        assert "1 that was set aside is no longer found in it:" in page.content.decode()
        assert "<li>Block 1: Only the title.</li>" in page.content.decode()

    def test_it_is_kept_beside_the_text_that_was_shown_or_shown_anew(self, desk: Client) -> None:
        source = world.source()
        fields = second_step(desk.post(ADD, {"source": source.public_id, "text": "My\n\nwords"}))
        other = world.hold_text(source, "Words of somebody else.")

        again = desk.post(ADD, fields | {"_keep": ["1"]})

        assert "The newest text of this source is another one" in again.content.decode()
        assert (again.context["newest"], source.texts.count()) == (other, 1)
        fields = second_step(again)
        assert fields["marked"] == ["My\r\n\r\nwords"]
        for _ in range(2):  # the button is pressed twice
            assert desk.post(ADD, fields | {"_keep": ["1"]}).status_code == 302
        assert [text.text for text in source.texts.all()] == ["My\n\nwords", other.text]

    def test_the_page_of_a_source_leads_here(self, desk: Client) -> None:
        page = desk.get(f"{ADD}?source=S7")
        assert form_of(page, form_id="load-text")["source"] == ["S7"]

    def test_who_may_not_load_does_not(self, cast: Any, client_of: Any) -> None:
        client = client_of(cast.contributor)
        data = {"source": world.source().public_id, "marked": "Words", "_keep": "1"}
        assert client.get(ADD).status_code == 403
        assert client.post(ADD, data).status_code == 403
        assert SourceText.objects.count() == 0

    def test_what_is_sent_after_signing_out_comes_back(self, cast: Any, desk: Client) -> None:
        source = world.source()
        fields = second_step(desk.post(ADD, {"source": source.public_id, "text": "Some words"}))
        Session.objects.all().delete()
        fields["marked"] = ["Some\n\nwords"]
        assert desk.post(ADD, fields | {"_keep": ["1"]}).status_code == 302
        assert SourceText.objects.count() == 0

        desk.force_login(cast.editor)
        page = desk.get(ADD)
        assert "is kept, and has not been saved" in page.content.decode()
        again = second_step(page)
        assert again["marked"] == ["Some\r\n\r\nwords"]
        assert desk.post(ADD, again | {"_keep": ["1"]}).status_code == 302
        assert SourceText.objects.get().text == "Some\n\nwords"
        assert set(form_of(desk.get(ADD), form_id="load-text")) >= {"source", "text"}

    def test_what_came_back_can_be_forgotten(self, cast: Any, desk: Client) -> None:
        fields = form_of(desk.get(ADD), form_id="load-text") | {"text": ["Some words"]}
        Session.objects.all().delete()
        desk.post(ADD, fields)
        desk.force_login(cast.editor)
        assert form_of(desk.get(ADD), form_id="load-text")["text"] == ["Some words"]
        assert desk.post(ADD, {"_forget": "1"}).headers["Location"] == ADD
        assert form_of(desk.get(ADD), form_id="load-text")["text"] == [""]
