"""Datasets into the desk: what is made of them, and that nothing is made twice."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.models import Revision, SubmissionState, WorkingCopy
from desk.naming import document_of
from desk.types import desk_type_of, entry_with_id
from desk.unpublished import publish_submission
from events.models import Event
from exchange.datasets import gathering, importing
from exchange.models import ImportedRow
from record.models import Version
from tests import world
from tests.conftest import Cast
from tests.exchange.datasets import (
    GED,
    PLAIN,
    as_csv,
    as_json_lines,
    as_workbook,
    counts,
    documents,
    run,
    told,
)

pytestmark = pytest.mark.django_db


def everything() -> dict[str, Any]:
    """What the desk says, and how often it has been saved."""
    copies = WorkingCopy.objects.select_related("revision")
    return {copy.public_id: (copy.revision.checksum, copy.revision.number) for copy in copies}


def with_slugs(value: Any) -> Any:
    """Ids as slugs, so that a document can be written down here."""
    slugs = {each.public_id: document_of(each.revision)["slug"] for each in copies_now()}

    def said(inner: Any) -> Any:
        if isinstance(inner, dict):
            return {key: said(each) for key, each in inner.items() if key != "id"}
        if isinstance(inner, list):
            return [said(each) for each in inner]
        return slugs.get(inner, inner) if isinstance(inner, str) else inner

    return said(value)


def copies_now() -> Any:
    return WorkingCopy.objects.select_related("revision")


CITED = {
    "accessed_on": None,
    "asserts": None,
    "claims": ["entry", "date", "place", "p1", "p2", "p3"],
    "locator": {"section": None, "blocks": [], "page": None, "timecode": None, "record": "101"},
    "note": None,
    "selector": None,
    "stance": "supports",
}


@pytest.mark.parametrize("write", [as_csv, as_json_lines, as_workbook])
def test_an_event_of_the_georeferenced_dataset_is_made_whole(
    write: Any, tmp_path: Path, administrator
):
    report = run(tmp_path, write([GED]), "ucdp_ged", by=administrator)

    dataset = "ucdp-georeferenced-event-dataset"
    assert counts(report) == (1, 0, 0, 0)
    assert dict(report.linked) == {"term": 3, "source": 3, "place": 2, "actor": 2}
    [event] = documents("event")
    assert with_slugs(event) == {
        "type": "event",
        "slug": "ucdp-ged-101",
        "language": "en",
        "identifiers": [{"scheme": "ucdp-ged", "value": "101"}],
        "subjects": [],
        "editor_note": None,
        "waivers": [],
        "title": "Government of the Vale - Hill Front: Lakeside town, The Vale",
        "summary": None,
        "kind": "state-based-violence",
        "date": {
            "edtf": "2013-01-03",
            "earliest": "2013-01-03",
            "latest": "2013-01-03",
            "as_given": None,
            "inferred": False,
        },
        "place": "lakeside-town",
        "part_of": None,
        "follows": [],
        "participants": [
            {"key": "p1", "actor": "government-of-the-vale", "role": "side-a", "tenure": None},
            {"key": "p2", "actor": "hill-front", "role": "side-b", "tenure": None},
        ],
        "quantities": [
            {
                "key": "p3",
                "what": "deaths",
                "low": "1",
                "best": "2",
                "high": "3",
                "unit": "people",
                "approximate": False,
            }
        ],
        "citations": [
            CITED | {"key": "c1", "source": dataset, "cited_via": None},
            CITED | {"key": "c2", "source": "two-killed-town-shelled", "cited_via": dataset},
            CITED | {"key": "c3", "source": "who-won", "cited_via": dataset},
        ],
    }
    articles = [
        (each["title"], each["publisher"], (each["published"] or {}).get("edtf"))
        for each in documents("source")
        if each["kind"] == "article"
    ]
    assert articles == [
        ("Two killed; town shelled", "Vale News", "2013-01-04"),
        ('Who "won', "Hill Post", "2013-01-05"),
    ]
    [place] = [each for each in documents("place") if each["coordinates"]]
    assert place["coordinates"] == {
        "latitude": "33.5",
        "longitude": "-36.25",
        "precision": "settlement",
    }
    assert [each["kind"] for each in documents("actor")] == ["state", "group"]


@pytest.mark.parametrize(
    ("precision", "start", "end", "edtf"),
    [
        ("1", "2013-01-03", "2013-01-03 00:00:00.000", "2013-01-03"),
        ("2", "2013-01-03", "2013-01-06", "[2013-01-03..2013-01-06]"),
        ("3", "2013-02-04", "2013-02-10", "[2013-02-04..2013-02-10]"),
        ("4", "2012-02-01", "2012-02-29", "2012-02"),
        ("4", "2013-02-10", "2013-03-09", "[2013-02-10..2013-03-09]"),
        ("5", "2013-01-01", "2013-12-31", "2013"),
        ("5", "2013-03-01", "2013-07-22", "[2013-03-01..2013-07-22]"),
    ],
)
def test_days_and_their_precision_become_a_date(
    precision: str, start: str, end: str, edtf: str, tmp_path: Path, administrator
):
    row = GED | {"date_prec": precision, "date_start": start, "date_end": end}

    run(tmp_path, as_csv([row]), "ucdp_ged", by=administrator)

    assert [each["date"]["edtf"] for each in documents("event")] == [edtf]


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ('Vale News 4 Jan 2013 "Two killed; town shelled', 1),
        ('Vale News, 2013-01-04, "Two killed; town shelled"; Hill Post 5 Jan "Who; won', 2),
        ("Vale News 4 Jan 2013 Two killed; Hill Post", 2),
        ('"Vale News,2013-01-04,Two "killed"; or not";"Hill Post,2013-01-05,Who"', 2),
    ],
)
def test_a_separator_in_a_quotation_makes_no_other_source(
    cell: str, titles: int, tmp_path: Path, administrator
):
    run(tmp_path, as_csv([GED | {"source_article": cell}]), "ucdp_ged", by=administrator)

    articles = [each for each in documents("source") if each["kind"] == "article"]
    assert len(articles) == titles


def test_a_plain_list_names_what_the_desk_has_and_makes_the_rest(tmp_path: Path, administrator):
    world.term("Meeting", by=administrator)
    world.term("Participant", vocabulary=world.Vocabulary.ROLE, by=administrator)
    vale = world.actor("The Vale", by=administrator)

    rows = [PLAIN, PLAIN | {"id": "e2", "title": "A second one", "page": "4", "actors": ""}]
    report = run(tmp_path, as_csv(rows), "plain_events", by=administrator)

    assert (counts(report), dict(report.linked)) == (
        (2, 0, 0, 0),
        {"actor": 1, "place": 1, "source": 1},
    )
    first, second = documents("event")
    assert [row["actor"] for row in first["participants"]] == [vale.public_id, "A2"]
    assert (second["participants"], first["date"]["edtf"]) == ([], "1997-07~")
    assert [row["claims"] for row in first["citations"]] == [
        ["entry", "summary", "date", "place", "p1", "p2"]
    ]


def test_a_plain_list_cites_the_page_that_each_row_says(tmp_path: Path, administrator):
    world.term("Meeting", by=administrator)
    world.term("Participant", vocabulary=world.Vocabulary.ROLE, by=administrator)
    urls = ["https://example.org/1", "https://example.org/2", "", "https://example.org/1", ""]
    rows = [
        PLAIN | {"id": f"e{number}", "title": f"Number {number}", "url": url}
        for number, url in enumerate(urls)
    ]

    run(tmp_path, as_csv(rows), "plain_events", by=administrator)

    pages = {each["id"]: each["url"] or "" for each in documents("source")}
    cited = [each["citations"][0]["source"] for each in documents("event")]
    assert [pages[each] for each in cited] == urls
    assert len(pages) == 3


FIGURES = """
[row]
type = "event"
scheme = "list"
value = "{id}"
title = "{id}"
kind = "meeting"

[[row.quantities]]
what = "deaths"
best = { text = "{dead}", decimal = "," }

[[row.quantities]]
if = { text = "{hurt}", values = { 0 = "", "-99" = "", Unknown = "" }, otherwise = "{hurt}" }
what = "injured"
best = "{hurt}"

[[row.quantities]]
if = "missing"
what = "missing"
best = "{missing}"
"""


def test_a_row_of_a_list_is_left_out_where_what_it_needs_says_nothing(
    tmp_path: Path, administrator
):
    world.term("Meeting", by=administrator)
    mapping = tmp_path / "figures.toml"
    mapping.write_text(FIGURES)
    rows = [
        {"id": "1", "dead": "1.234,5", "hurt": "2", "missing": " "},
        {"id": "2", "dead": "1 234", "hurt": "-99", "missing": "0"},
        {"id": "3", "dead": "0,5", "hurt": "Unknown", "missing": ""},
        {"id": "4", "dead": "1.5", "hurt": "", "missing": ""},
    ]

    report = run(tmp_path, as_csv(rows), mapping, by=administrator)

    assert [
        [(row["what"], row["best"]) for row in each["quantities"]] for each in documents("event")
    ] == [
        [("deaths", "1234.5"), ("injured", "2")],
        [("deaths", "1234"), ("missing", "0")],
        [("deaths", "0.5")],
    ]
    assert told(report) == [(5, "dead", "“1.5” is no number with “,” before its decimals.")]


def test_all_of_it_stands_in_one_draft_that_can_be_published(tmp_path: Path, administrator):
    rows = [GED, GED | {"id": "102", "side_b": "Marsh Band", "side_b_new_id": "23"}]

    report = run(tmp_path, as_csv(rows), "ucdp_ged", by=administrator)

    submission = report.submission
    assert submission is not None
    assert (submission.state, Version.objects.count()) == (SubmissionState.DRAFT, 0)
    assert set(submission.items.values_list("public_id", flat=True)) == set(everything())
    with mock.patch("django.conf.settings.FOUR_EYES", False):
        edition = publish_submission(submission.pk, by=administrator, approved_by=administrator)
    assert edition.versions.count() == len(everything())
    assert not WorkingCopy.objects.filter(changed=True).exists()


def test_the_same_file_again_changes_nothing(tmp_path: Path, administrator):
    data = as_csv([GED, GED | {"id": "102"}])
    run(tmp_path, data, "ucdp_ged", by=administrator)
    before = everything()

    again = run(tmp_path, data, "ucdp_ged", by=administrator)

    assert (counts(again), again.submission) == ((0, 0, 2, 0), None)
    assert everything() == before


def test_what_an_editor_has_changed_since_stays_as_long_as_the_row_does(
    tmp_path: Path, administrator
):
    run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)
    world.change(Event.objects.get(), by=administrator, title="A better title")

    again = run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)

    assert (counts(again), Event.objects.get().title) == ((0, 0, 1, 0), "A better title")


def test_what_another_import_changes_meanwhile_goes_on_waiting(
    tmp_path: Path, administrator, monkeypatch
):
    other = {"type": "event", "scheme": "ucdp-ged", "value": "other", "public_id": "E99"}
    monkeypatch.setattr(
        gathering, "_look_over", lambda _: ImportedRow.objects.create(**other, waits=True)
    )

    run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)

    waiting = ImportedRow.objects.filter(waits=True)
    assert list(waiting.values_list("value", flat=True)) == ["other"]


def test_a_submission_is_called_like_the_file_as_far_as_there_is_room(
    tmp_path: Path, administrator
):
    name = f"\x07{'x' * 220}"

    report = run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator, name=name)

    assert report.submission is not None
    assert report.submission.title == f"Import of {'x' * 190}"


TERMS = """
[row]
type = "event"
scheme = "list"
value = "{id}"
title = "{title}"
kind = { link = "kind" }

[links.kind]
type = "term"
find = ["name"]
vocabulary = "Event kind"
labels = { label = "{kind}", definition = "A role." }
"""


def test_a_term_is_found_however_its_vocabulary_is_written(tmp_path: Path, administrator):
    mapping = tmp_path / "terms.toml"
    mapping.write_text(TERMS)
    for number in ("1", "2"):
        rows = [{"id": number, "title": "A meeting", "kind": "Meeting"}]
        run(tmp_path, as_csv(rows), mapping, by=administrator)

    assert [each["slug"] for each in documents("term")] == ["meeting"]


def test_a_row_that_has_changed_changes_its_entry_and_keeps_the_keys(tmp_path: Path, administrator):
    run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)
    before = documents("event")[0]

    again = run(tmp_path, as_csv([GED | {"best": "3"}]), "ucdp_ged", by=administrator)

    [after] = documents("event")
    assert counts(again) == (0, 1, 0, 0)
    assert after == before | {"quantities": [before["quantities"][0] | {"best": "3"}]}


def test_a_dry_run_reports_the_same_and_keeps_nothing(tmp_path: Path, administrator):
    rows = [GED, GED | {"id": "102", "date_prec": "7"}]

    dry = run(tmp_path, as_csv(rows), "ucdp_ged", by=administrator, dry_run=True)
    left = (everything(), Revision.objects.count(), ImportedRow.objects.count())
    wet = run(tmp_path, as_csv(rows), "ucdp_ged", by=administrator)

    assert left == ({}, 0, 0)
    assert (counts(dry), dry.linked, told(dry)) == (counts(wet), wet.linked, told(wet))


def test_an_import_that_was_interrupted_goes_on(tmp_path: Path, administrator, monkeypatch):
    monkeypatch.setattr(importing, "ROWS", 2)
    data = as_csv([GED | {"id": str(number)} for number in range(5)])
    kept, batches = importing.keep_rows, []

    def fail_in_the_second(rows: Any) -> None:
        batches.append(1)
        if len(batches) == 2:
            raise KeyboardInterrupt
        kept(rows)

    monkeypatch.setattr(importing, "keep_rows", fail_in_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, data, "ucdp_ged", by=administrator)
    assert Event.objects.count() == 2

    again = run(tmp_path, data, "ucdp_ged", by=administrator)

    assert (counts(again), Event.objects.count()) == ((3, 0, 2, 0), 5)
    assert again.submission is not None
    assert set(again.submission.items.values_list("public_id", flat=True)) == set(everything())


def test_every_claim_of_what_was_imported_has_its_citation(tmp_path: Path, administrator):
    run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)

    assert list(WorkingCopy.objects.values_list("gaps", flat=True).distinct()) == [0]


def test_each_row_that_was_made_has_its_history(tmp_path: Path, administrator):
    run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)

    event = Event.objects.get()
    tables = [
        Event,
        *(getattr(Event, name).rel.related_model for name in ("participants", "citations")),
    ]
    for model in tables:
        rows = model.history.order_by("id").values_list(
            "id", "history_type", "history_user", "history_change_reason"
        )
        pks = model.objects.order_by("pk").values_list("pk", flat=True)
        assert list(rows) == [(pk, "+", administrator.pk, "A dataset.") for pk in pks]
    assert event.history.get().title == event.title
    assert event.history.get().date_earliest == event.date_earliest


def test_what_was_kept_is_what_would_be_read_back(tmp_path: Path, administrator):
    run(tmp_path, as_csv([GED, GED | {"id": "102"}]), "ucdp_ged", by=administrator)
    for copy in copies_now():
        entry = entry_with_id(copy.public_id)
        assert entry is not None
        assert desk_type_of(entry).build(entry) == document_of(copy.revision)


def test_who_may_not_add_terms_imports_none(tmp_path: Path, cast: Cast):
    report = run(tmp_path, as_csv([GED]), "ucdp_ged", by=cast.contributor)

    assert (counts(report), everything()) == ((0, 0, 0, 1), {})
    assert [reason for *_, reason in told(report)] == ["You may not add terms."]


def test_a_batch_costs_as_many_statements_for_six_rows_as_for_two(tmp_path: Path, administrator):
    run(tmp_path, as_csv([GED]), "ucdp_ged", by=administrator)
    counted = []
    for ids in (range(200, 202), range(300, 306)):
        with CaptureQueriesContext(connection) as queries:
            run(
                tmp_path,
                as_csv([GED | {"id": str(each)} for each in ids]),
                "ucdp_ged",
                by=administrator,
            )
        counted.append(len(queries))

    assert counted == [118, 118]


def test_the_example_of_the_documentation_works(tmp_path: Path, administrator):
    world.term("Meeting", by=administrator)
    world.term("Participant", vocabulary=world.Vocabulary.ROLE, by=administrator)
    docs = Path(__file__).resolve().parents[2] / "docs" / "datasets.md"
    mapping = tmp_path / "meetings.toml"
    mapping.write_text(docs.read_text().split("```toml\n")[1].split("```")[0])
    row = {"no": "1", "what": "Talks at the lake", "day": "1997-07", "where": "Lakeside"}

    report = run(
        tmp_path, as_csv([row | {"who": "The Vale; Hill Front"}]), mapping, by=administrator
    )

    assert (counts(report), dict(report.linked)) == (
        (1, 0, 0, 0),
        {"actor": 2, "place": 1, "source": 1},
    )
