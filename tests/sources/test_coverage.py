"""What is claimed from a text, what is set aside, and what is left over."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from desk.publishing import withdraw
from sources.coverage import coverage_of, sentences
from sources.models import Source
from sources.selectors import FoldedText
from sources.texts import store_text
from tests import world
from tests.conftest import Cast

ARTICLE = """The talks by the lake

The second day

The delegations met again. Nobody signed. It rained.

Photo: Lake Press
"""
HEADINGS = [2]


@pytest.fixture
def source(db: None) -> Source:
    return world.source("The talks")


def covered(source: Source) -> Any:
    return coverage_of(source, FoldedText(ARTICLE, HEADINGS), headings=HEADINGS)


def cite(source: Source, *, by: Any = None, **passage: str) -> Any:
    citation = {"source": source, "claims": ["entry", "date"], "blocks": [3], **passage}
    return world.event("The second day", by=by, citations=[citation])


def aside(source: Source, block: int, start: str = "", end: str = "") -> None:
    source.set_aside.create(block=block, start=start, end=end, reason="It claims nothing.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]),
        ("The U.S. President spoke. He left.", ["The U.S. President spoke. ", "He left."]),
        ("Resolution No. 318 was adopted.", ["Resolution No. 318 was adopted."]),
        ("He said: “Stop.” Nobody did.", ["He said: “Stop.” ", "Nobody did."]),
        ("Yer 3.5 km. Şuşa da var.", ["Yer 3.5 km. ", "Şuşa da var."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, expected: list[str]) -> None:
    folded = FoldedText(text, []).text if text else ""
    found = [folded[start:end] for start, end in sentences(folded)]
    assert found == [FoldedText(each, []).text + " " * each.endswith(" ") for each in expected]


def test_coverage_tells_cited_set_aside_and_open_sentences(source: Source) -> None:
    event = cite(source, start="The delegations met", end="again.")
    aside(source, 1)
    aside(source, 3, "It rained.")

    found = covered(source)

    assert [
        ([(cited.citation, cited.claims) for cited in each.cited], len(each.set_aside), each.open)
        for each in found.blocks
    ] == [
        ([], 1, []),
        ([], 0, []),
        ([(f"{event.public_id}/c1", ["entry", "date"])], 1, ["Nobody signed."]),
        ([], 0, ["Photo: Lake Press"]),
    ]
    assert (found.failures, found.is_whole) == ([], False)


def test_coverage_names_passages_that_are_not_in_the_text(source: Source) -> None:
    event = cite(source, start="The delegations parted")
    aside(source, 4, "It snowed.")
    aside(source, 9)

    assert covered(source).failures == [
        f"{event.public_id}/c1 “The delegations parted …”: not in the text.",
        "Set aside, block 4 from “It snowed.”: no longer found in the text.",
        "Set aside, block 9: no longer found in the text.",
    ]


def test_what_is_set_aside_follows_its_words_into_a_newer_text(source: Source) -> None:
    world.hold_text(source, ARTICLE)
    aside(source, 1)
    aside(source, 3, "It rained.")
    aside(source, 4)
    newer = ARTICLE.replace("The second", "A note\n\nThe second").replace("Photo", "Picture")
    world.hold_text(source, f"A banner\n\n{newer}")

    found = coverage_of(
        source, FoldedText(source.texts.get(text__startswith="A b").text, []), headings=[]
    )

    assert [
        (each.block.number, each.set_aside[0].block) for each in found.blocks if each.set_aside
    ] == [
        (2, 1),
        (5, 3),
    ]
    assert found.failures == ["Set aside, block 4: no longer found in the text."]


def test_of_blocks_with_the_same_words_the_nearest_is_set_aside(source: Source) -> None:
    world.hold_text(source, "Photo\n\nOne.\n\nTwo.\n\nPhoto")
    aside(source, 4)
    newer = FoldedText("Photo\n\nOne.\n\nTwo.\n\nThree.\n\nPhoto", [])

    found = coverage_of(source, newer, headings=[])

    assert [each.block.number for each in found.blocks if each.set_aside] == [5]


def test_what_was_set_aside_before_there_was_a_text_is_bound_to_the_first(source: Source) -> None:
    aside(source, 1)
    assert source.set_aside.get().words == ""
    store_text(source, "Title\n\nWords.", headings=[], by=None)
    store_text(source, "Banner\n\nTitle\n\nWords.", headings=[], by=None)

    found = coverage_of(source, FoldedText("Banner\n\nTitle\n\nWords.", []), headings=[])

    assert [each.block.number for each in found.blocks if each.set_aside] == [2]


def test_coverage_takes_no_account_of_other_sources(source: Source) -> None:
    cite(world.source("Another"), start="The delegations met")

    assert covered(source).blocks[2].cited == []


def test_coverage_takes_no_account_of_withdrawn_entries(cast: Cast, source: Source) -> None:
    event = cite(source, start="The delegations met", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    assert len(covered(source).blocks[2].cited) == 1
    withdraw(
        [event.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="Wrong."
    )

    assert covered(source).blocks[2].cited == []


@pytest.mark.parametrize("number", [1, 3])
def test_coverage_costs_the_same_for_1_and_3(
    source: Source, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        cite(source, start="The delegations met")
    aside(source, 1)
    with django_assert_num_queries(6):
        assert len(covered(source).blocks[2].cited) == number


def test_set_aside_with_closing_words_alone_is_refused(source: Source) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        aside(source, 3, end="It rained.")


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "article.txt"
        file.write_text(ARTICLE, encoding="utf-8")
        return file

    def run(self, *arguments: Any) -> tuple[str, str]:
        """What it prints, and what it fails with."""
        out, failure = StringIO(), ""
        try:
            call_command("coverage", *map(str, arguments), stdout=out)
        except CommandError as error:
            failure = str(error)
        return out.getvalue(), failure

    def test_coverage_prints_each_block_and_fails_where_a_sentence_is_open(
        self, source: Source, file: Path
    ) -> None:
        event = cite(source, start="The delegations met", end="signed.")
        aside(source, 1)
        aside(source, 4)

        said, failure = self.run(source.slug, "--text", file)

        assert failure == "block 3: It rained."
        assert said.splitlines() == [
            "",
            "[1] The talks by the lake",
            "    set aside: It claims nothing.",
            "",
            "[2] The second day",
            "",
            "[3] The delegations met again. Nobody signed. It rained.",
            f"    {event.public_id}/c1: entry, date",
            "    OPEN: It rained.",
            "",
            "[4] Photo: Lake Press",
            "    set aside: It claims nothing.",
            "",
            "       4 blocks",
            "       1 headings",
            "       1 cited",
            "       2 set aside",
            "       1 with open sentences",
        ]

    def test_coverage_is_clean_where_everything_is_accounted_for(
        self, source: Source, file: Path
    ) -> None:
        world.hold_text(source, ARTICLE, headings=HEADINGS)
        cite(source, start="The delegations met", end="It rained.")
        aside(source, 1)
        aside(source, 4)

        assert self.run(source.public_id)[1] == ""

    def test_coverage_without_a_text_says_where_to_name_one(self, source: Source) -> None:
        assert self.run(source.public_id) == (
            "",
            f"The desk holds no text of {source.public_id}: name one with --text.",
        )
