"""Datasets that tests make themselves, of the shape of real ones, in each format."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from desk.models import WorkingCopy
from desk.naming import document_of
from exchange.datasets.importing import import_dataset
from exchange.datasets.mapping import read_mapping
from exchange.datasets.reading import Dataset
from exchange.datasets.report import Report
from exchange.management.commands.import_dataset import MAPPINGS

REASON = "A dataset."
SIDES = {"side_a_new_id": "11", "side_a": "Government of the Vale", "gwnoa": "999"}
SIDES |= {"side_b_new_id": "22", "side_b": "Hill Front", "gwnob": ""}
WHERE = {"where_coordinates": "Lakeside town", "country": "The Vale", "country_id": "999"}
WHERE |= {"where_prec": "1", "latitude": "33.5", "longitude": "-36.25"}
# One event in the columns of the Georeferenced Event Dataset that its mapping reads; all made up.
GED = {
    "id": "101",
    "type_of_violence": "1",
    "dyad_name": "Government of the Vale - Hill Front",
    **SIDES,
    **WHERE,
    "date_prec": "1",
    "date_start": "2013-01-03",
    "date_end": "2013-01-03",
    "low": "1",
    "best": "2",
    "high": "3",
    "source_article": (
        '"Vale News,2013-01-04,Two killed; town shelled";"Hill Post,2013-01-05,Who "won""'
    ),
}
PLAIN = {
    "id": "e1",
    "title": "A meeting at the lake",
    "date": "1997-07~",
    "kind": "Meeting",
    "summary": "They met.",
    "place": "Lakeside",
    "actors": "The Vale; Hill Front",
    "source": "Vale News",
    "url": "https://example.org/1",
    "page": "3",
}


def as_csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json_lines(rows: list[dict[str, str]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def as_workbook(rows: list[dict[str, str]]) -> bytes:
    book, data = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        sheet.append(row)
    book.save(data)
    return data.getvalue()


def run(
    folder: Path, data: bytes, mapping: str | Path, *, by: Any, name: str = "data", **options: Any
) -> Report:
    """``mapping``: the name of one that is shipped, or a file; ``name``: that of the dataset."""
    file = folder / name
    file.write_bytes(data)
    dataset = Dataset(file)
    path = mapping if isinstance(mapping, Path) else MAPPINGS / f"{mapping}.toml"
    read = read_mapping(path, dataset.columns)
    return import_dataset(dataset, read, by=by, reason=REASON, **options)


def told(report: Report) -> list[tuple[int, str, str]]:
    return [(each.line, each.column, each.reason) for each in report.rejected]


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.made, report.changed, report.unchanged, len(report.rejected)


def documents(type_name: str) -> list[Any]:
    copies = WorkingCopy.objects.filter(type=type_name).select_related("revision")
    found = [document_of(copy.revision) for copy in copies]
    return sorted(found, key=lambda each: int(each["id"][1:]))
