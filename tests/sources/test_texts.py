"""Several texts of a source: their list, what differs between two, and what that does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sources.effects import effects_of
from sources.models import Source, SourceText
from sources.selectors import FoldedText
from sources.text_comparing import MOST, compare
from tests import examples, world

OLD = "Title\n\nIn July the delegations met.\n\nForty came.\n\nThey left by boat."
NEW = "Title\n\nA new line.\n\nIn July the delegations met.\n\nThey left. Forty came. They left."


@pytest.fixture
def desk(cast: Any, client_of: Any) -> Client:
    client: Client = client_of(cast.editor)
    return client


def texts_url(source: Source, page: str = "texts") -> str:
    return reverse(f"admin:sources_source_{page}", args=[source.pk])


def told(comparison: Any) -> list[tuple[str, str, str]]:
    return [(change.kind, change.before, change.after) for change in comparison.changes]


class TestComparing:
    def test_blocks_are_compared_and_words_within_them(self) -> None:
        found = compare(
            ["One", "two is here for you", "three", "four"],
            ["One", "two is there for you", "three", "four", "five", "six"],
            page=1,
        )
        assert told(found) == [("changed", "block 2", "block 2"), ("added", "", "blocks 5–6")]
        assert [(each.kind, each.text) for each in found.changes[0].text.stretches] == [
            ("same", "two is "),
            ("removed", "here"),
            ("added", "there"),
            ("same", " for you"),
        ]
        assert (found.total, found.same) == (2, 3)

    def test_same_texts_have_no_differences(self) -> None:
        assert told(compare(["One", "two"], ["One", "two"], page=1)) == []
        assert told(compare([], [], page=1)) == []

    def test_a_removed_block_is_one(self) -> None:
        assert told(compare(["a", "b", "c"], ["a", "c"], page=1)) == [("removed", "block 2", "")]

    def test_many_differences_come_in_pages(self) -> None:
        old = [f"block {n} {word}" for n in range(MOST + 5) for word in ("is kept", "was here")]
        new = [text.replace("was", "is") for text in old]
        first, second = compare(old, new, page=1), compare(old, new, page=9)
        assert (len(first.changes), first.earlier, first.later) == (MOST, 0, 2)
        assert (len(second.changes), second.earlier, second.later) == (5, 1, 0)

    def test_blocks_that_repeat_without_end_are_one_difference(self) -> None:
        found = compare(["a", *["x"] * 9000, "b"], ["a", "y", *["x"] * 9001, "z", "b"], page=1)
        assert told(found) == [("changed", "blocks 2–9001", "blocks 2–9004")]


class TestEffects:
    def effects(self, source: Source, *, before: str | None = OLD, after: str = NEW) -> Any:
        old = FoldedText(before, []) if before else None
        return effects_of(source, old, FoldedText(after, []))

    def test_each_citation_is_told_that_is_found_otherwise(self, cast: Any) -> None:
        source = world.source()
        event = world.event(
            by=cast.contributor,
            citations=[
                {"source": source, "start": "Title"},
                {"source": source, "start": "In July"},
                {"source": source, "start": "Forty came. They left by"},
                {"source": source, "start": "They left"},
                {"source": source, "start": "A new line"},
                {"source": source, "page": "7"},
            ],
        )
        found = self.effects(source)
        assert str(found) == "3 of 5 citations are found in it once; these 2 are not:"
        name = event.public_id
        assert [(each.name, str(each.before), str(each.after)) for each in found.lost] == [
            (f"{name}/c3", "found once, in blocks 3–4", "not found"),
            (f"{name}/c4", "found once, in block 4", "found more than once"),
        ]
        [moved, regained] = found.kinds
        assert moved[0] == "1 stands in another block than before, which locators have to name"
        assert [(each.name, str(each.before), str(each.after)) for each in moved[1]] == [
            (f"{name}/c2", "found once, in block 2", "found once, in block 3")
        ]
        assert regained[0] == "1 is found that was not before"
        assert [(each.name, str(each.before), str(each.after)) for each in regained[1]] == [
            (f"{name}/c5", "not found", "found once, in block 2")
        ]

    def test_a_first_text_is_told_by_what_it_has(self, db: None) -> None:
        source = world.source()
        world.event(
            citations=[{"source": source, "start": "Title"}, {"source": source, "start": "Nothing"}]
        )
        found = self.effects(source, before=None)
        assert str(found) == "1 of 2 citations is found in it once; this one is not:"
        assert [(each.before, each.after.state) for each in found.lost] == [(None, "missing")]

    def test_where_nothing_is_otherwise_it_says_so(self, db: None) -> None:
        source = world.source()
        assert str(self.effects(source)) == "No citation names words of this source."
        event = world.event(citations=[{"source": source, "start": "Title"}])
        assert str(self.effects(source)) == "The one citation is found in it once."
        world.cite(event, source=source, start="the delegations", end="met.")
        same = self.effects(source, after=OLD)
        assert str(same) == "All 2 citations are found in it, each once."

    def test_what_is_published_and_what_is_saved_are_both_looked_up(self, cast: Any) -> None:
        source = world.source()
        event = world.event(
            by=cast.contributor, citations=[{"source": source, "start": "Forty came. They left by"}]
        )
        world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
        assert [each.is_public for each in self.effects(source).lost] == [True]
        citation = event.citations.get()
        citation.start = "delegations met"
        citation.save()
        found = self.effects(source)
        assert [each.is_public for each in found.lost] == [True]
        assert [each.is_public for each in found.moved] == [False]


class TestPages:
    def test_texts_of_a_source_are_listed_the_newest_first(self, cast: Any, desk: Client) -> None:
        source = world.source()
        old, new = world.hold_text(source, OLD), world.hold_text(source, NEW)
        world.hold_text(world.source("Another"), OLD)
        page = desk.get(texts_url(source))
        assert [(text["held"], text["blocks"]) for text in page.context["texts"]] == [
            (new, 4),
            (old, 4),
        ]
        assert page.context["load_url"].endswith(f"?source={source.public_id}")

    def test_a_source_without_texts_says_so(self, desk: Client, db: None) -> None:
        page = desk.get(texts_url(world.source()))
        assert "The desk holds no text of this source" in page.content.decode()

    def test_list_costs_the_same_for_one_text_and_for_three(
        self, cast: Any, desk: Client, django_assert_num_queries: Any
    ) -> None:
        source = world.source()
        for number in range(3):
            text = world.hold_text(source, f"{OLD} {number}")
            SourceText.objects.filter(pk=text.pk).update(loaded_by=cast.editor)
            with django_assert_num_queries(6):
                page = desk.get(texts_url(source))
            assert len(page.context["texts"]) == number + 1

    def test_two_texts_are_compared_with_what_it_does_to_citations(self, desk: Client) -> None:
        source = world.source()
        old, new = world.hold_text(source, OLD), world.hold_text(source, NEW)
        event = world.event(citations=[{"source": source, "start": "In July"}])
        page = desk.get(f"{texts_url(source, 'compare')}?before={old.pk}&after={new.pk}")
        assert told(page.context["found"]) == [
            ("added", "", "block 2"),
            ("changed", "blocks 3–4", "block 4"),
        ]
        assert [each.public_id for each in page.context["effects"].moved] == [event.public_id]
        assert "found once, in block 3" in page.content.decode()

    def test_comparison_costs_the_same_for_one_citation_and_for_three(
        self, desk: Client, django_assert_num_queries: Any
    ) -> None:
        source = world.source()
        old, new = world.hold_text(source, OLD), world.hold_text(source, NEW)
        event = world.event(citations=[{"source": source, "start": "In July"}])
        url = f"{texts_url(source, 'compare')}?before={old.pk}&after={new.pk}&page=x"
        for number in range(3):
            with django_assert_num_queries(15):
                page = desk.get(url)
            assert len(page.context["effects"].moved) == number + 1
            world.cite(event, source=source, start="the delegations", end="met" + "." * number)

    @pytest.mark.parametrize("query", ["", "?before=x&after=y", "?before=9&after=9"])
    def test_texts_that_are_not_there_are_not_found(self, query: str, desk: Client) -> None:
        source = world.source()
        assert desk.get(texts_url(source, "compare") + query).status_code == 404

    def test_texts_of_another_source_are_not_compared(self, desk: Client) -> None:
        source, text = world.source(), world.hold_text(world.source("Another"), OLD)
        url = f"{texts_url(source, 'compare')}?before={text.pk}&after={text.pk}"
        assert desk.get(url).status_code == 404

    def test_who_may_not_see_texts_does_not(self, cast: Any, client_of: Any) -> None:
        source = world.source()
        text = world.hold_text(source, examples.TEXT)
        group = cast.contributor.groups.get()
        group.permissions.remove(*group.permissions.filter(codename="view_sourcetext"))
        client = client_of(cast.contributor)
        query = f"?before={text.pk}&after={text.pk}"
        assert client.get(texts_url(source)).status_code == 403
        assert client.get(texts_url(source, "compare") + query).status_code == 403
        form = client.get(reverse("admin:sources_source_change", args=[source.pk]))
        assert form.context["texts_url"] == ""
