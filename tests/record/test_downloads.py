"""A filtered list as a file: exactly its entries, with what they stand on."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from record import downloads, paging
from tests import world
from tests.answers import answer

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def file_at(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    assert response.streaming
    return response, b"".join(response.streaming_content).decode()


def rows_at(reader, address):
    _, text = file_at(reader, address)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_files_hold_the_filtered_rows_in_their_order(reader, publish, monkeypatch, batch):
    monkeypatch.setattr(downloads, "LINES", batch)
    monkeypatch.setattr(downloads, "ROWS", batch)
    publish(*(world.event(f"Talks {year}", date=str(year)) for year in (2001, 1999, 2000, 2010)))
    for query in ("", "?from=2000", "?sort=-date", "?from=2000&to=2001", "?from=2050"):
        expected = [entry["id"] for entry in answer(reader, f"events/{query}")["results"]]
        assert [row["id"] for row in rows_at(reader, f"/downloads/events.csv{query}")] == expected
        _, text = file_at(reader, f"/downloads/events.jsonl{query}")
        assert [json.loads(line)["id"] for line in text.splitlines()] == expected


def test_json_lines_are_what_the_api_gives(reader, full):
    response, text = file_at(reader, "/downloads/proposals.jsonl")
    assert response["Content-Type"] == "application/x-ndjson"
    assert response["Content-Disposition"] == 'attachment; filename="proposals-edition-1.jsonl"'
    assert [json.loads(line) for line in text.splitlines()] == answer(reader, "proposals/")[
        "results"
    ]


@pytest.mark.parametrize("plural", ["events", "actors", "proposals", "sources", "places", "terms"])
def test_csv_has_every_field_of_every_type(reader, full, plural):
    rows = rows_at(reader, f"/downloads/{plural}.csv")
    results = answer(reader, f"{plural}/")["results"]
    assert [row["id"] for row in rows] == [result["id"] for result in results]
    for row, result in zip(rows, results, strict=True):
        fields = set(result) - {"type", "version"}
        assert set(row) == fields | {"url", "earliest", "latest", "edition", "sha256"}
        for name in fields:
            assert bool(row[name]) == (result[name] not in (None, "", [], {})), name
        assert row["sha256"] == result["version"]["sha256"]


def test_csv_names_what_is_referred_to_and_cites(reader, full):
    [row] = [row for row in rows_at(reader, "/downloads/events.csv") if row["participants"]][:1]
    result = answer(reader, f"events/{row['id']}/")["result"]
    assert len(row["participants"].splitlines()) == len(result["participants"])
    assert len(row["citations"].splitlines()) >= len(result["citations"])
    names = answer(reader, f"events/{row['id']}/")["references"]
    for participant in result["participants"]:
        assert (
            f"{names[participant['actor']]['name']} ({participant['actor']})" in row["participants"]
        )
    for citation in result["citations"]:
        assert f"citation {citation['key']}" in row["citations"]
        assert names[citation["source"]]["name"] in row["citations"]


def test_csv_says_rows_in_words_to_the_letter(reader, publish):
    """Of a list a line for each row: what it is, how it is known, then its members."""
    envoy, source = world.actor("An envoy"), world.source("A report")
    quantity = {"what": "delegates", "best": 1200, "unit": "persons", "approximate": True}
    where = {"section": "Opening", "blocks": [3, 4, 7], "start": "In July", "prefix": "Then"}
    event = world.event(
        "Talks",
        date="1997-07~",
        participants=[world.participant(envoy)],
        quantities=[quantity],
        citations=[
            {"source": source, "claims": ["entry", "date", "p1", "p2", "p2.best"], **where},
            {"source": source, "claims": ["date"], "stance": "disputes", "note": "=1+1"},
        ],
    )
    publish(event)
    [row] = rows_at(reader, "/downloads/events.csv")
    terms = {term["labels"][0]["label"]: term["id"] for term in answer(reader, "terms/")["results"]}
    cited = f"(A report) – source: A report ({source.public_id}); speaks to:"
    assert row["kind"] == f"Meeting ({terms['Meeting']})"
    assert row["date"] == "1997-07~"
    assert row["participants"] == (
        f"participant p1 (An envoy) – actor: An envoy ({envoy.public_id}); "
        f"role: Delegate ({terms['Delegate']})"
    )
    assert row["quantities"] == "quantity p2 (delegates) – delegates: about 1,200 persons"
    assert row["citations"] == (
        f"citation c1 {cited} the entry itself\ndate\nparticipant p1 (An envoy)\n"
        "quantity p2 (delegates)\nquantity p2 (delegates): best estimate; stance: Supports; "
        "where to look: section “Opening”, blocks 3–4, 7; the passage: “In July”, after “Then”\n"
        f"citation c2 {cited} date; stance: Disputes; note: =1+1"
    )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="which plans by its indexes alone")
def test_names_are_looked_for_by_their_ids(reader, full):
    """And not among all versions, however many entries a file has."""
    with CaptureQueriesContext(connection) as asked:
        file_at(reader, "/downloads/events.csv")
    named = [each["sql"] for each in asked.captured_queries if "redacted_in_id" in each["sql"]]
    statement = next(sql for sql in named if " IN (" in sql)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert [line for line in plan if "public_id=?" not in line] == []


def test_what_spreadsheets_would_run_is_escaped(reader, publish):
    publish(world.event('=HYPERLINK("http://example.org")'))
    [row] = rows_at(reader, "/downloads/events.csv")
    assert row["title"] == '\'=HYPERLINK("http://example.org")'


def test_files_hold_no_draft(reader, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, title=CANARY, desk_note=CANARY)
    for form in ("csv", "jsonl"):
        assert CANARY not in file_at(reader, f"/downloads/events.{form}")[1]


@pytest.mark.parametrize("query", ["", "?sort=-date", "?sort=title"])
def test_file_goes_on_where_a_query_ended(reader, full, monkeypatch, query):
    address = f"/downloads/events.jsonl{query}"
    _, whole = file_at(reader, address)
    monkeypatch.setattr(paging, "STEP", 2)
    assert file_at(reader, address)[1] == whole
    assert len(whole.splitlines()) > 2


def test_wrong_filters_are_refused(reader, publish):
    publish(world.event("Talks"))
    response = reader.get("/downloads/events.csv?kind=nonsense")
    assert response.status_code == 400
    assert "kind: There is no" in response.content.decode()
    assert reader.get("/downloads/nonsense.csv").status_code == 404
    assert reader.get("/downloads/events.xml").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_file_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*(world.event(f"Talks {one}") for one in range(number)))
    with django_assert_num_queries(3):
        assert len(rows_at(reader, "/downloads/events.csv")) == number
    with django_assert_num_queries(3):
        assert len(file_at(reader, "/downloads/events.jsonl")[1].splitlines()) == number
