"""The limit: a bare WSGI app that asks one SQL query of the record and writes bytes.

No framework, no filters to check, no references, totals, headers or languages, and for HTML no
templates. Names that rows show are read once, as it starts. Nothing in Python that answers from
the same tables can be much quicker.
"""

import csv
import io
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import psycopg

Start = Callable[[str, list[tuple[str, str]]], object]
Query = dict[str, list[str]]

URL = urlsplit(os.environ["DATABASE_URL"])
SQLITE = URL.scheme == "sqlite"
local = threading.local()

EVENTS = "FROM record_version WHERE type = 'event' AND superseded_in_id IS NULL"
CHOSEN = f"{EVENTS} AND kind = ? AND earliest BETWEEN 0 AND ? AND latest >= ?"
ALL = f"SELECT document {CHOSEN} ORDER BY sort_key, public_id"
LIST = f"{ALL} LIMIT 50"
FIRST = f"SELECT document {EVENTS} ORDER BY sort_key, public_id LIMIT 50"
DEEP = (
    f"SELECT document {EVENTS} AND (sort_key, public_id) > (?, ?)"
    " ORDER BY sort_key, public_id LIMIT 50"
)
CHANGES = (
    "SELECT document FROM record_version WHERE (edition_id, public_id) > (?, ?)"
    " ORDER BY edition_id, public_id LIMIT 50"
)
ONE = f"SELECT document {EVENTS} AND slug = ?"
# A cross join, since SQLite would otherwise walk all links of these predicates.
FACETS = (
    f"SELECT predicate, target, count(*) FROM (SELECT id {CHOSEN}) AS found CROSS JOIN record_link"
    " WHERE version_id = found.id AND predicate IN ('participant', 'place', 'cites', 'subject')"
    " GROUP BY predicate, target"
)
MATCH = "record_search MATCH ?" if SQLITE else "words @@ to_tsquery('simple', ?)"
SEARCH = (
    "SELECT document FROM record_search JOIN record_version"
    f" ON id = (record_search.rowid & 4294967295) WHERE {MATCH}"
    " AND type = 'event' AND superseded_in_id IS NULL ORDER BY record_search.rowid LIMIT 50"
)
NAMES = "SELECT public_id, label FROM record_version WHERE type <> 'event' AND label <> ''"


def ask(statement: str, values: Sequence[Any] = ()) -> list[Any]:
    """Rows, through a connection of this thread's own."""
    if not hasattr(local, "connection"):
        if SQLITE:
            local.connection = sqlite3.connect(URL.path[1:], isolation_level=None)
        else:
            local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    if not SQLITE:
        statement = statement.replace("?", "%s")
    rows: list[Any] = local.connection.execute(statement, values).fetchall()
    return rows


NAME = dict(ask(NAMES))


def events_json(query: Query) -> bytes:
    return as_json(ask(LIST, chosen(query)))


def some_fields(query: Query) -> bytes:
    """Picked from the documents: ``json_extract`` and its like take longer, and differ."""
    results = []
    for (document,) in ask(LIST, chosen(query)):
        event = orjson.loads(document)
        date = event["date"]
        results.append(
            {
                "id": event["id"],
                "type": "event",
                "title": event["title"],
                "date": {"edtf": date["edtf"]} if date else None,
                "participants": [
                    {"key": row["key"], "actor": row["actor"]} for row in event["participants"]
                ],
            }
        )
    return orjson.dumps({"results": results})


def events_html(query: Query) -> bytes:
    return as_html(ask(LIST, chosen(query)))


def first_json(query: Query) -> bytes:
    return as_json(ask(FIRST))


def deep_json(query: Query) -> bytes:
    return as_json(ask(DEEP, [query["key"][0], query["id"][0]]))


def changes_json(query: Query) -> bytes:
    return as_json(ask(CHANGES, [int(query["edition"][0]), query["id"][0]]))


def event_json(query: Query) -> bytes:
    return as_json(ask(ONE, query["slug"]))


def event_html(query: Query) -> bytes:
    return as_html(ask(ONE, query["slug"]))


def search_json(query: Query) -> bytes:
    return as_json(ask(SEARCH, query["word"]))


def facets_json(query: Query) -> bytes:
    facets: dict[str, dict[str, int]] = {}
    for predicate, target, total in ask(FACETS, chosen(query)):
        facets.setdefault(predicate, {})[target] = total
    return orjson.dumps(facets)


def all_lines(query: Query) -> bytes:
    return "".join(f"{document}\n" for (document,) in ask(ALL, chosen(query))).encode()


def all_csv(query: Query) -> bytes:
    """What an event says, its participants and citations a line each of one cell."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(["id", "title", "kind", "date", "place", "summary", "participants", "citations"])
    for (document,) in ask(ALL, chosen(query)):
        event = orjson.loads(document)
        rows.writerow(
            [
                event["id"],
                event["title"],
                NAME[event["kind"]],
                event["date"]["edtf"] if event["date"] else "",
                NAME[event["place"]] if event["place"] else "",
                event["summary"],
                "\n".join(NAME[row["actor"]] for row in event["participants"]),
                "\n".join(f"{NAME[row['source']]}: {row['stance']}" for row in event["citations"]),
            ]
        )
    return text.getvalue().encode()


def chosen(query: Query) -> list[Any]:
    return [query["kind"][0], int(query["last"][0]), int(query["first"][0])]


def as_json(rows: Iterable[tuple[str]]) -> bytes:
    return f'{{"results":[{",".join(document for (document,) in rows)}]}}'.encode()


def as_html(rows: Iterable[tuple[str]]) -> bytes:
    articles = "".join(article(orjson.loads(document)) for (document,) in rows)
    return f'<!DOCTYPE html><html lang="en"><title>Events</title>{articles}</html>'.encode()


def article(event: dict[str, Any]) -> str:
    """One event as Chronicle's lists show it, without its forms of words."""
    url = f"/events/{event['slug']}/"
    date = event["date"]["edtf"] if event["date"] else "undated"
    place = escape(NAME[event["place"]]) if event["place"] else ""
    actors = "".join(f"<li>{escape(NAME[row['actor']])}</li>" for row in event["participants"])
    citations = "".join(
        f'<li><a href="{url}#{row["key"]}">{escape(NAME[row["source"]])}</a>: {row["stance"]}, '
        f"{escape(str(row['locator']['page'] or row['locator']['blocks']))}</li>"
        for row in event["citations"]
    )
    return (
        f'<article class="entry-row" id="{event["id"]}"><h2><a href="{url}">'
        f"{escape(event['title'])}</a></h2><p>{escape(NAME[event['kind']])}, {escape(date)}, "
        f"{place}</p><p>{escape(event['summary'])}</p><ul>{actors}</ul><ul>{citations}</ul></article>"
    )


ANSWERS = {
    "/events.json": (events_json, "application/json"),
    "/fields.json": (some_fields, "application/json"),
    "/events.html": (events_html, "text/html; charset=utf-8"),
    "/first.json": (first_json, "application/json"),
    "/deep.json": (deep_json, "application/json"),
    "/changes.json": (changes_json, "application/json"),
    "/event.json": (event_json, "application/json"),
    "/event.html": (event_html, "text/html; charset=utf-8"),
    "/search.json": (search_json, "application/json"),
    "/facets.json": (facets_json, "application/json"),
    "/events.csv": (all_csv, "text/csv; charset=utf-8"),
    "/events.jsonl": (all_lines, "application/x-ndjson"),
}


def application(environ: dict[str, Any], start_response: Start) -> list[bytes]:
    answer, content_type = ANSWERS[environ["PATH_INFO"]]
    body = answer(parse_qs(environ["QUERY_STRING"]))
    start_response("200 OK", [("Content-Type", content_type), ("Content-Length", str(len(body)))])
    return [body]
