from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.utils import timezone

from record.canonical import digest
from record.models import Check
from record.reading import Record, document_of
from sources.models import Source, SourceText
from tests import world
from tests.conftest import Cast

ARTICLE = """The talks by the lake

Opening of the talks

In July the delegations met by the lake. About forty delegates came, the host said.

The second day

The delegations met again “in good spirits” – and parted without a paper.

Photo: Lake Press

Nobody knows what was said in the evening, (though many claim to).

Share
"""


NOT_SURE = (
    "It is not text in UTF-8, and nothing in it says for sure which encoding it is in. "
    "Save it as UTF-8 and load it again."
)


def run(command: str, *arguments: Any) -> str:
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO())
    return out.getvalue()


def refused(command: str, *arguments: Any) -> tuple[str, list[str]]:
    """What the command says before it fails with exit status 1, and why it fails."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(command, *map(str, arguments), stdout=out, stderr=StringIO())
    assert error.value.returncode == 1
    return out.getvalue(), str(error.value).splitlines()


def counts(said: str) -> dict[str, int]:
    lines = [line.split(maxsplit=1) for line in said.splitlines()]
    return {state: int(count) for count, state in lines}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["load_source_text", "verify_citations"])
def test_command_says_what_it_does(name: str) -> None:
    command = load_command_class("sources", name)
    assert len(command.help) > 50
    assert command.help.endswith(".")


class TestLoadSourceText:
    def test_load_source_text_keeps_the_text_and_shows_the_headings_it_found(
        self, cast: Cast, article: Path
    ) -> None:
        source = world.source("The talks")
        said = run("load_source_text", source.slug, article, "--by", cast.editor.username)
        held = SourceText.objects.get()
        assert (held.source, held.text, held.headings, held.loaded_by) == (
            source,
            ARTICLE.strip(),
            [2, 4],
            cast.editor,
        )
        assert said.splitlines() == [
            f"{source.public_id} The talks",
            f"8 blocks, SHA-256 {held.sha256}",
            "Read as plain text.",
            "Headings, as found:",
            "     2  Opening of the talks",
            "     4  The second day",
            "Where one is wrong, say which they are with --headings.",
            "No passage that is cited from it was there to look up.",
        ]

    def test_load_source_text_takes_the_headings_given(self, db: None, article: Path) -> None:
        source = world.source()
        said = run("load_source_text", source.public_id, article, "--headings", "4, 1,4")
        assert SourceText.objects.get().headings == [1, 4]
        assert said.splitlines()[2:] == [
            "Read as plain text.",
            "Headings:",
            "     1  The talks by the lake",
            "     4  The second day",
            "No passage that is cited from it was there to look up.",
        ]

    def test_load_source_text_again_keeps_one_text_with_the_headings_given_last(
        self, db: None, article: Path
    ) -> None:
        source = world.source()
        run("load_source_text", source.slug, article)
        run("load_source_text", source.slug, article, "--headings", "4")
        assert [held.headings for held in SourceText.objects.all()] == [[4]]

    def test_load_source_text_makes_an_older_text_the_newest_again(
        self, db: None, article: Path, tmp_path: Path
    ) -> None:
        source = world.source()
        run("load_source_text", source.slug, article)
        other = tmp_path / "other.txt"
        other.write_text("Something else.", encoding="utf-8")
        run("load_source_text", source.slug, other)
        assert source.texts.first().text == "Something else."
        run("load_source_text", source.slug, article)
        assert source.texts.first().text == ARTICLE.strip()
        assert source.texts.count() == 2

    def test_load_source_text_keeps_texts_as_the_desk_does(self, db: None, tmp_path: Path) -> None:
        source = world.source()
        file = tmp_path / "text.txt"
        file.write_bytes("\ufeff\r\nCafe\u0301\r\n\r\nb ".encode())
        run("load_source_text", source.slug, file)
        held = SourceText.objects.get()
        assert (held.text, held.sha256) == ("Café\n\nb", digest("Café\n\nb"))

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (
                b"caf\xe9",
                f": {NOT_SURE}",
            ),
            (b" \n\n ", ": It holds no text."),
            (None, " cannot be read: No such file or directory."),
        ],
    )
    def test_load_source_text_refuses_a_file_it_cannot_use(
        self, db: None, tmp_path: Path, content: bytes | None, problem: str
    ) -> None:
        source = world.source()
        file = tmp_path / "text.txt"
        if content is not None:
            file.write_bytes(content)
        assert refused("load_source_text", source.slug, file) == ("", [f"{file}{problem}"])
        assert SourceText.objects.count() == 0

    def test_load_source_text_refuses_headings_that_are_no_blocks(
        self, db: None, article: Path
    ) -> None:
        source = world.source()
        _, problems = refused("load_source_text", source.slug, article, "--headings", "2,9,0")
        assert problems == ["The text has 8 blocks; there is no 9, 0 among them."]
        assert SourceText.objects.count() == 0

    def test_load_source_text_refuses_a_source_that_is_not_there(
        self, db: None, article: Path
    ) -> None:
        world.source("The diary")
        assert refused("load_source_text", "S9", article)[1] == [
            "There is no source “S9”; there are: the-diary."
        ]


class TestVerifyCitations:
    @pytest.fixture
    def cited(self, cast: Cast) -> Source:
        """A source that one event cites three times, and a dataset that it cites by record."""
        source, dataset = world.source("The talks"), world.source("A dataset")
        event = world.event(
            by=cast.contributor,
            citations=[
                {"source": source, "start": "In July the", "end": "the lake.", "blocks": [3]},
                {"source": source, "start": "About forty delegates", "claims": ["date"]},
                {"source": dataset, "record": "7", "claims": ["date"]},
            ],
        )
        world.publish_all(event, dataset, by=cast.contributor, approved_by=cast.editor)
        return source

    def cite_badly(self, cast: Cast, source: Source, **words: Any) -> str:
        """Publish a citation of a source whose text is not held; its name."""
        event = world.event("Second talks", by=cast.contributor, citations=[])
        citation = world.cite(event, source=source, **words)
        world.change(event, by=cast.contributor, editor_note="Cited.")
        world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
        return f"{event.public_id}/{citation.key}"

    def test_verify_citations_looks_passages_up_in_the_text_given(
        self, cited: Source, article: Path
    ) -> None:
        said = run("verify_citations", "--text", article)
        assert counts(said) == {
            "exact": 2,
            "ambiguous": 0,
            "missing": 0,
            "unchecked": 0,
            "without a selector": 1,
        }
        assert sorted(Check.objects.values_list("citation", "text", "state", "checked_on")) == [
            (key, digest(ARTICLE.strip()), "exact", timezone.now().date()) for key in ("c1", "c2")
        ]

    def test_verify_citations_again_on_the_same_day_adds_no_checks(
        self, cited: Source, article: Path
    ) -> None:
        run("verify_citations", "--text", article)
        run("verify_citations", "--text", article, "--source", cited.slug)
        assert Check.objects.count() == 2

    def test_verify_citations_on_another_day_adds_to_the_log(
        self, cited: Source, article: Path, time_machine: Any
    ) -> None:
        time_machine.move_to("2026-11-24T12:00:00Z")
        run("verify_citations", "--text", article)
        time_machine.move_to("2026-11-25T12:00:00Z")
        run("verify_citations", "--text", article)
        assert Check.objects.count() == 4

    def test_verify_citations_without_a_text_says_how_many_are_unchecked(
        self, cited: Source
    ) -> None:
        said = counts(run("verify_citations"))
        assert (said["exact"], said["unchecked"], said["without a selector"]) == (0, 2, 1)
        assert Check.objects.count() == 0

    def test_verify_citations_uses_the_texts_that_the_desk_holds(self, cited: Source) -> None:
        world.hold_text(cited, ARTICLE)
        said = counts(run("verify_citations"))
        assert (said["exact"], said["unchecked"]) == (2, 0)

    def test_verify_citations_prefers_the_text_given_to_the_one_held(
        self, cited: Source, tmp_path: Path
    ) -> None:
        world.hold_text(cited, ARTICLE)
        file = tmp_path / "short.txt"
        file.write_text("In July the end of the lake.", encoding="utf-8")
        said, problems = refused("verify_citations", "--source", cited.slug, "--text", file)
        assert (counts(said)["exact"], counts(said)["missing"]) == (1, 1)
        assert len(problems) == 2  # one is missing, the other stands in another block

    def test_verify_citations_names_each_that_is_missing_ambiguous_or_elsewhere(
        self, cast: Cast, cited: Source, article: Path
    ) -> None:
        missing = self.cite_badly(cast, cited, start="In June the delegations")
        ambiguous = self.cite_badly(cast, cited, start="delegations met")
        elsewhere = self.cite_badly(cast, cited, start="Opening of the talks", blocks=[5])
        said, problems = refused("verify_citations", "--text", article)
        assert counts(said) == {
            "exact": 3,
            "ambiguous": 1,
            "missing": 1,
            "unchecked": 0,
            "without a selector": 1,
        }
        source = cited.public_id
        assert problems == [
            f"{missing} “In June the delegations …”: not in the text of {source}.",
            f"{ambiguous} “delegations met …”: fits more than one passage of {source}.",
            f"{elsewhere} “Opening of the talks …”: stands in block 2, not where its locator says.",
        ]

    def test_verify_citations_looks_at_the_source_named_and_no_other(
        self, cast: Cast, cited: Source, article: Path
    ) -> None:
        other = world.source("Another")
        self.cite_badly(cast, other, start="In June the delegations")
        said = counts(run("verify_citations", "--source", cited.public_id, "--text", article))
        assert (said["exact"], said["missing"], said["unchecked"]) == (2, 0, 0)
        assert said["without a selector"] == 0

    def test_verify_citations_asks_whose_text_it_is_where_that_is_not_plain(
        self, cast: Cast, cited: Source, article: Path
    ) -> None:
        other = world.source("Another")
        self.cite_badly(cast, other, start="In June the delegations")
        _, problems = refused("verify_citations", "--text", article)
        [problem] = problems
        assert problem == (
            "Say whose text this is, with --source; cited with passages: "
            f"{cited.public_id}, {other.public_id}."
        )
        assert Check.objects.count() == 0

    def test_verify_citations_looks_at_what_is_published_and_not_at_drafts(
        self, cast: Cast, cited: Source, article: Path
    ) -> None:
        draft = world.event("A draft", by=cast.contributor, citations=[])
        world.cite(draft, source=cited, start="In June the delegations")
        world.change(draft, by=cast.contributor, editor_note="Not yet.")
        assert counts(run("verify_citations", "--text", article))["missing"] == 0

    def test_verify_citations_shows_what_it_found_in_the_record(
        self, cited: Source, article: Path
    ) -> None:
        run("verify_citations", "--text", article)
        record = Record.current()
        [version] = record.versions("event")
        checks = record.checks([document_of(version)])
        assert {name: check.state for name, check in checks.items()} == {
            f"{version.public_id}/c1": "exact",
            f"{version.public_id}/c2": "exact",
        }

    def test_verify_citations_refuses_a_source_that_is_not_there(self, db: None) -> None:
        assert refused("verify_citations", "--source", "S9")[1] == [
            "There is no source “S9”; there are: none yet."
        ]
