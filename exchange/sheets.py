"""What a file holds once it is read, whatever its format: tables of rows of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chronicle.spreadsheets import unescaped
from exchange.problems import NotTaken, Problem, nearest, offer, quoted
from exchange.tables import Table, tables

MOST_ROWS = 20_000  # of a file, all tables together
MOST_COLUMNS = 100
LONGEST_CELL = 40_000  # characters; texts of the desk are shorter


@dataclass(frozen=True)
class Row:
    """``number`` as the spreadsheet counts; ``cells`` by column, without the empty ones' rows."""

    number: int
    cells: dict[str, str]


@dataclass
class Sheet:
    table: Table
    rows: list[Row] = field(default_factory=list)


@dataclass
class Sheets:
    """The tables of a file in the order of the rooms, and what is wrong with it by itself."""

    sheets: list[Sheet]
    problems: list[Problem]


Raw = tuple[int, list[str | NotTaken]]  # number of the row, its cells


def read_sheets(raw: Iterable[tuple[str, Iterable[Raw]]]) -> Sheets:
    """``raw``: names of tables, and their rows from the header on."""
    found: dict[str, Sheet] = {}
    problems: list[Problem] = []
    left = MOST_ROWS
    for name, rows in raw:
        table = tables().get(name.strip().lower())
        if table is None:
            offered = offer(nearest(name, tables()))
            known = "" if offered else " The tables are " + ", ".join(tables()) + "."
            problems.append(Problem(f"There is no table {quoted(name)}.{offered}{known}", name))
        elif table.name in found:
            problems.append(Problem("This table stands in the file twice.", table.name))
        else:
            sheet = found[table.name] = Sheet(table)
            for row in _rows(table, rows, problems):
                left -= 1
                if left < 0:
                    raise NotTaken(
                        f"This file has more than {MOST_ROWS:,} rows. Import it in several parts."
                    )
                sheet.rows.append(row)
    if not found and not problems:
        raise NotTaken("This file holds no table.")
    in_order = [found[name] for name in tables() if name in found]
    return Sheets(in_order, problems)


def _rows(table: Table, raw: Iterable[Raw], problems: list[Problem]) -> Iterator[Row]:
    rows = iter(raw)
    header = next(rows, None)
    if header is None or not any(header[1]):
        problems.append(
            Problem("This table is empty: its first row names its columns.", table.name)
        )
        return
    names = _header(table, header[1], problems)
    for number, cells in rows:
        if not any(cells):
            continue
        read: dict[str, str] = {}
        for place, cell in enumerate(cells):
            column = names[place] if place < len(names) else ""
            if isinstance(cell, NotTaken):
                problems.append(Problem(cell.message, table.name, number, column))
            elif column:
                read[column] = unescaped(cell)
            elif cell.strip():
                problems.append(
                    Problem(
                        f"{quoted(cell)} stands in column {letters(place)}, which has no name.",
                        table.name,
                        number,
                    )
                )
        # A row that ends early is empty to its end.
        yield Row(number, {name: read.get(name, "") for name in names if name})


def _header(table: Table, cells: list[str | NotTaken], problems: list[Problem]) -> list[str]:
    """The columns by place; empty where a column is none of the table's."""
    names: list[str] = []
    for place, cell in enumerate(cells):
        name = "" if isinstance(cell, NotTaken) else cell.strip().lower().replace(" ", "_")
        if name and name in names:
            problems.append(Problem(f"The column {quoted(name)} stands here twice.", table.name, 1))
            name = ""
        elif name and name not in table.columns:
            offered = offer(nearest(name, table.columns))
            known = "" if offered else " Its columns are " + ", ".join(table.columns) + "."
            problems.append(
                Problem(f"This table has no column {quoted(name)}.{offered}{known}", table.name, 1)
            )
            # Reported once, here; its cells are left alone.
            name = f"?{place}"
        names.append(name)
    return names


def letters(place: int) -> str:
    """What a spreadsheet calls the column at ``place``, from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
