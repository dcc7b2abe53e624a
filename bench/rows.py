"""What is asked of the three: the rows of the table, each as addresses of the same questions."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any
from urllib.parse import urlencode

import orjson
from django.db.models import Count, Max

from bench.world import OF_TEXTS, words_of
from record.models import Change, Version
from record.paging import page
from record.reading import Record

Read = Callable[[bytes], Any]
EVENTS = "/api/v1/events/"
FIELDS = "fields=title,date.edtf,participants.actor"
COUNTED = "facets=actor,place,source,subject&limit=1"
# Facets by the names that the limit and the tutorial have for them, and the letter of their values.
FACETS = {
    **{"participant": "A", "place": "L", "cites": "S", "subject": "T"},
    **{"actor": "A", "source": "S"},
}
LIST, AS_OF = "list, HTML", "list, HTML, as of an old edition"
FIRST, DEEP = "first page", "page at 90 %"
# What one row may take of another's time: as it runs, and made anew, 0 for no mark.
RATIOS = ((DEEP, FIRST, 1.3, 0), (AS_OF, LIST, 2, 2))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row. ``limit``, ``chronicle`` and ``tutorial`` answer question for question the same.

    ``read`` gets of an answer's body what all three must say alike. ``marks``: the share of the
    limit, and how many times the tutorial's rate, that Chronicle is to reach. ``unchanged``:
    Chronicle is asked whether its answer has changed. ``streamed``: it is made anew each time; the
    tutorial has no such thing.
    """

    name: str
    limit: Sequence[str]
    chronicle: Sequence[str]
    tutorial: Sequence[str] = ()
    read: Read
    marks: tuple[float, float] | None = None
    unchanged: bool = False
    streamed: bool = False


def all_rows(record: Record) -> list[Row]:
    total = record.versions("event").count()
    lists = _lists(record)
    some = [number * 37 % total + 1 for number in range(300)]
    entries = [(f"E{number}", f"event-{number}") for number in some]
    words = words_of(OF_TEXTS)[100:200]
    places = _places()
    key, public_id, cursor, number = _deep(record, total)
    json = Row(
        name="list, JSON",
        limit=[f"/events.json?{limit}" for limit, _, _ in lists],
        chronicle=[f"{EVENTS}?{chronicle}&count=exact" for _, chronicle, _ in lists],
        tutorial=[f"/api/events/?{tutorial}" for _, _, tutorial in lists],
        read=ids_of_json,
        marks=(0.3, 12),
    )
    return [
        json,
        Row(
            name="list, some fields",
            limit=[f"/fields.json?{limit}" for limit, _, _ in lists],
            chronicle=[f"{EVENTS}?{chronicle}&{FIELDS}" for _, chronicle, _ in lists],
            read=results_of_json,
        ),
        replace(json, name="list, 304", marks=(1, 0), unchanged=True),
        Row(
            name=LIST,
            limit=[f"/events.html?{limit}" for limit, _, _ in lists],
            chronicle=[f"/events/?{chronicle}" for _, chronicle, _ in lists],
            tutorial=[f"/events/?{tutorial}" for _, _, tutorial in lists],
            read=ids_of_html,
            marks=(0.2, 10),
        ),
        Row(
            # The peers have no second clock. What is corrected since keeps its kind and its date.
            name=AS_OF,
            limit=[f"/events.html?{limit}" for limit, _, _ in lists],
            chronicle=[
                f"/events/?{chronicle}&edition={_before_corrections()}" for _, chronicle, _ in lists
            ],
            tutorial=[f"/events/?{tutorial}" for _, _, tutorial in lists],
            read=ids_of_html,
        ),
        Row(
            name="entry, HTML",
            limit=[f"/event.html?slug={slug}" for _, slug in entries],
            chronicle=[f"/events/{slug}/" for _, slug in entries],
            tutorial=[f"/events/{slug}/" for _, slug in entries],
            read=keys_of_html,
            marks=(0.25, 3),
        ),
        Row(
            name="entry, JSON",
            limit=[f"/event.json?slug={slug}" for _, slug in entries],
            chronicle=[f"{EVENTS}{slug}/" for _, slug in entries],
            tutorial=[f"/api/events/{public_id}/" for public_id, _ in entries],
            read=ids_of_json,
            marks=(0.3, 6),
        ),
        Row(
            name="search",
            limit=[f"/search.json?word={word}" for word in words],
            chronicle=[f"{EVENTS}?q={word}" for word in words],
            tutorial=[f"/api/events/?search={word}" for word in words],
            read=found_in_json,
            marks=(0.6, 40),
        ),
        Row(
            name="four facets",
            limit=[f"/facets.json?{limit}" for limit, _, _ in lists],
            chronicle=[f"{EVENTS}?{chronicle}&{COUNTED}" for _, chronicle, _ in lists],
            tutorial=[f"/api/events/facets/?{tutorial}" for _, _, tutorial in lists],
            read=totals_of_json,
            marks=(0.5, 10),
        ),
        Row(
            name=FIRST,
            limit=["/first.json"],
            chronicle=[EVENTS],
            tutorial=["/api/events/"],
            read=ids_of_json,
        ),
        Row(
            name=DEEP,
            limit=[f"/deep.json?{urlencode({'key': key, 'id': public_id})}"],
            chronicle=[f"{EVENTS}?{urlencode({'cursor': cursor})}"],
            tutorial=[f"/api/events/?page={number}"],
            read=ids_of_json,
            marks=(0, 50),
        ),
        Row(
            name="page of changes",
            limit=[
                f"/changes.json?{urlencode({'edition': edition, 'id': public_id})}"
                for edition, public_id in places
            ],
            chronicle=[
                f"/api/v1/changes/?since={edition}/{public_id}" for edition, public_id in places
            ],
            read=ids_of_json,
        ),
        *(
            Row(
                name=f"download, {name}",
                limit=[f"/events.{form}?{limit}" for limit, _, _ in lists[::10]],
                chronicle=[f"/downloads/events.{form}?{asked}" for _, asked, _ in lists[::10]],
                read=read,
                streamed=True,
            )
            for form, name, read in (
                ("csv", "CSV", ids_of_csv),
                ("jsonl", "JSON Lines", ids_of_lines),
            )
        ),
    ]


def _lists(record: Record) -> list[tuple[str, str, str]]:
    """Queries for the limit, Chronicle and the tutorial: the commonest kinds, in three years."""
    kinds = record.versions("event").order_by().values_list("kind").annotate(total=Count("pk"))
    slugs = dict(record.versions("term").values_list("public_id", "slug"))
    return [
        (
            urlencode(
                {
                    "kind": kind,
                    "first": date(year, 1, 1).toordinal(),
                    "last": date(year + 2, 12, 31).toordinal(),
                }
            ),
            urlencode({"kind": slugs[kind], "from": year, "to": year + 2}),
            urlencode({"kind": slugs[kind], "first": f"{year}-01-01", "last": f"{year + 2}-12-31"}),
        )
        for (kind, _), year in product(kinds.order_by("-total")[:8], range(1990, 2018, 3))
    ]


def _before_corrections() -> int:
    """The edition that brought the last events: of all that follow, corrections are some."""
    new = Version.objects.filter(type="event", change=Change.NEW)
    return int(new.aggregate(newest=Max("edition"))["newest"])


def _places() -> list[tuple[int, str]]:
    """From where changes are asked for: everywhere in the record, within editions."""
    versions = Version.objects.order_by("edition", "public_id")
    step = max(versions.count() // 100, 1)
    return list(versions.values_list("edition", "public_id")[: 80 * step : step])


def _deep(record: Record, total: int) -> tuple[str, str, str, int]:
    """The end of the page before, and Chronicle's cursor and the tutorial's number of the page."""
    number = total * 9 // 10 // 50
    versions: Any = record.versions("event").select_related(None).only("sort_key", "public_id")
    before = page(versions, cursor=None, limit=number * 50)
    last: Version = before.items[-1]
    return last.sort_key, last.public_id, before.next or "", number + 1


def ids_of_json(body: bytes) -> list[str]:
    """Of a list or of one entry."""
    answer = orjson.loads(body)
    results = answer.get("results", [answer.get("result", answer)])
    return [result["id"] for result in results]


def results_of_json(body: bytes) -> list[dict[str, Any]]:
    """Of a list, whole."""
    results: list[dict[str, Any]] = orjson.loads(body)["results"]
    return results


def ids_of_lines(body: bytes) -> list[str]:
    return [orjson.loads(line)["id"] for line in body.splitlines()]


def ids_of_csv(body: bytes) -> list[str]:
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return [row["id"] for row in rows]


def found_in_json(body: bytes) -> list[str] | int:
    """Ids in any order; of a full page their number: days that many share may end it anywhere."""
    ids = ids_of_json(body)
    return sorted(ids) if len(ids) < 50 else len(ids)


def totals_of_json(body: bytes) -> dict[str, int]:
    """Of facets: how often each entry is named, under its type's letter and number."""
    answer = orjson.loads(body)
    return {
        f"{FACETS[facet]}{re.sub('[A-Z]', '', value)}": total
        for facet, totals in answer.get("facets", answer).items()
        for value, total in totals.items()
        if value != "none"  # which the others do not count
    }


def ids_of_html(body: bytes) -> list[str]:
    """Of the rows, in their order."""
    articles = re.findall(r'<article class="entry-row"[^>]*>', body.decode())
    return [re.findall(r"E[0-9]+", article)[0] for article in articles]


def keys_of_html(body: bytes) -> int:
    """How many citations the page of an entry shows."""
    return len(set(re.findall(r'(?:id="|#)[E0-9-]*(c[0-9]+)"', body.decode())))
