"""Rows of a dataset that say something else than when they were last imported."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from desk.models import WorkingCopy
from desk.submissions import submit_draft
from desk.unpublished import publish_submission
from events.models import Event
from tests import world
from tests.exchange.datasets import as_csv, counts, documents, run, told

pytestmark = pytest.mark.django_db

EVENTS = """
[row]
type = "event"
scheme = "list"
value = "{id}"
title = "A battle"
kind = "meeting"
summary = "{summary}"
date = "{date}"

[[row.participants]]
each = "who"
actor = { link = "who" }
role = "participant"

[[row.quantities]]
if = "deaths"
what = "deaths"
best = "{deaths}"

[[row.citations]]
each = "of"
source = { link = "of" }

[items.who]
column = "who"
[items.of]
column = "of"

[links.who]
type = "actor"
each = "who"
find = ["name"]
kind = "group"
names = { text = "{who}" }
citations = { each = "of", source = { link = "of" } }

[links.of]
type = "source"
each = "of"
find = ["name"]
kind = "article"
title = "{of}"
"""
ROW = {"id": "1", "who": "X; Y", "summary": "They met.", "date": "2020-09-27"}
ROW |= {"deaths": "3", "of": "News; Post"}


@pytest.fixture
def imported(tmp_path: Path, administrator) -> Any:
    """Import the row, with these changes, by that mapping."""
    world.term("Meeting", by=administrator)
    world.term("Participant", vocabulary=world.Vocabulary.ROLE, by=administrator)
    (tmp_path / "events.toml").write_text(EVENTS)

    def again(**changes: str) -> Any:
        row = ROW | changes
        return run(tmp_path, as_csv([row]), tmp_path / "events.toml", by=administrator)

    return again


def claims() -> list[list[str]]:
    return [each["claims"] for each in documents("event")[0]["citations"]]


ALL = ["entry", "summary", "date", "p1", "p2", "p3"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"who": "X"}, [ALL, ALL]),
        ({"deaths": ""}, [ALL, ALL]),
        ({"summary": "", "of": "News"}, [["entry", "date", "p1", "p2", "p3"]] * 2),
        (
            {"date": "2020-09-28", "deaths": "5", "of": "News"},
            [ALL, ["entry", "summary", "p1", "p2"]],
        ),
        (
            {"date": "2020-09-28", "of": "Post; Times"},
            [["entry", "summary", "p1", "p2", "p3"], ALL, ALL],
        ),
        ({"who": "X; Y; Z"}, [["entry", "summary", "date", "p1", "p2", "p3", "p4"]] * 2),
    ],
)
def test_a_citation_speaks_to_what_its_source_was_cited_for(
    changes: dict[str, str], expected: list[list[str]], imported: Any
):
    imported()
    assert claims() == [ALL, ALL]

    imported(**changes)

    assert [sorted(each) for each in claims()] == [sorted(each) for each in expected]


def test_a_row_that_says_less_changes_nothing_and_can_be_published(imported: Any, administrator):
    first = imported()

    again = imported(who="X")

    assert (counts(again), told(again)) == ((0, 0, 1, 0), [])
    with mock.patch("django.conf.settings.FOUR_EYES", False):
        publish_submission(first.submission.pk, by=administrator, approved_by=administrator)


def test_words_that_are_the_id_of_the_entry_are_words(imported: Any):
    imported()
    (event,) = documents("event")

    again = imported(summary=event["id"])

    assert (counts(again), told(again)) == ((0, 1, 0, 0), [])
    assert documents("event")[0]["summary"] == event["id"]


def test_a_citation_by_hand_of_what_has_changed_is_left_for_somebody_to_decide(
    imported: Any, administrator
):
    imported()
    event = Event.objects.get()
    world.cite(event, by=administrator, claims=["p3"], position=9)
    world.change(event, by=administrator)

    imported(deaths="5", of="News")

    assert claims() == [ALL, ["entry", "summary", "date", "p1", "p2"], []]


NAMES = """
[row]
type = "{type}"
scheme = "list"
value = "{{id}}"
{kind}
[[row.names]]
text = "{{name}}"
{preferred}
[[row.names]]
each = "other"
text = "{{other}}"
{other}

[items.other]
column = "others"
"""
OF_PLACES = NAMES.format(type="place", kind="", preferred="preferred = 'yes'", other="")
OF_ACTORS = NAMES.format(
    type="actor", kind="kind = 'group'", preferred="kind = 'preferred'", other="kind = 'variant'"
)


@pytest.mark.parametrize(("of", "mapping"), [("place", OF_PLACES), ("actor", OF_ACTORS)])
@pytest.mark.parametrize("name", ["Vail", "Vale Valley"])
def test_a_name_of_which_there_is_one_is_changed(
    name: str, of: str, mapping: str, tmp_path: Path, administrator
):
    (tmp_path / "names.toml").write_text(mapping)
    row = {"id": "1", "name": "Vale", "others": "Vale Valley;The Vale"}

    reports = [
        run(tmp_path, as_csv([each]), tmp_path / "names.toml", by=administrator)
        for each in (row, row | {"name": name})
    ]

    assert [told(report) for report in reports] == [[], []]
    [entry] = documents(of)
    assert [(each["key"], each["text"]) for each in entry["names"]] == [
        ("p1", name),
        ("p2", "Vale Valley"),
        ("p3", "The Vale"),
    ]


def test_what_is_new_joins_the_draft_that_holds_what_it_goes_with(imported: Any, administrator):
    first, again = imported(), imported(id="2", who="X; Z")
    changed = imported(summary="They met again.")

    assert first.submission == again.submission == changed.submission
    [sentence] = changed.gathered()
    assert sentence.startswith(f"Everything new stands in submission {first.submission.pk}, a ")
    with mock.patch("django.conf.settings.FOUR_EYES", False):
        publish_submission(first.submission.pk, by=administrator, approved_by=administrator)
    assert not WorkingCopy.objects.filter(changed=True).exists()


def test_what_stands_in_a_submission_already_is_told(imported: Any, administrator):
    first = imported().submission
    submit_draft(first, by=administrator)
    stand = f"entries stand in submission {first.pk} already, changed or referred to"

    changed, again = imported(summary="They met again."), imported(id="2")

    assert (changed.submission, again.submission.items.count()) == (None, 1)
    sentences = [*changed.gathered(), *again.gathered()]
    assert [each.split(". ")[0] for each in sentences] == [
        f"7 {stand}",
        f"What else is new stands in submission {again.submission.pk}, a draft",
        f"6 {stand}",
    ]
