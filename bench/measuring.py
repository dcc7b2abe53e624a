"""Asking the peers, comparing what they answer, and the table of what it cost."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from django.db import connection

from bench.load import ask_once, get, load
from bench.rows import RATIOS, Row
from bench.serving import Server, processes

Figures = Mapping[tuple[str, str], list[tuple[float, float]]]  # (row, peer): CPU ms, requests/s
# Chronicle twice: as it runs, and without the answers that it keeps.
PEERS = ("limit", "chronicle", "chronicle anew", "tutorial")
# So many that each of the two worker processes has some, and so is asked everything.
WARMING = 12


def check(rows: Sequence[Row], peers: Mapping[str, Server]) -> list[str]:
    """Where the answer to a first question is no 200, or the three do not say the same."""
    faults = []
    for row in rows:
        said = []
        for name in PEERS:
            for address in addresses(row, name)[:1]:
                answer = ask_once(peers[name].port, address)
                if answer.status != 200:
                    faults.append(f"{row.name}: {name} answers {answer.status} to {address}")
                else:
                    said.append(row.read(answer.body))
        if any(one != said[0] for one in said) or not all(said):
            faults.append(f"{row.name}: they say {said}")
    return faults


def addresses(row: Row, peer: str) -> Sequence[str]:
    of_all = {"limit": row.limit, "chronicle": row.chronicle, "tutorial": row.tutorial}
    return of_all[peer.removesuffix(" anew")]


def database_process() -> int | None:
    """The process above all of PostgreSQL's, if it is on this machine; SQLite has none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    return processes()[own][0] if own in processes() else None


def measure(
    rows: Sequence[Row],
    peers: Mapping[str, Server],
    database: int | None,
    *,
    seconds: float,
    rounds: int,
    say: Callable[[str], None],
) -> Figures:
    """The peers take turns, so that what else the machine does meets all of them."""
    figures = defaultdict(list)
    _warm(rows, peers)
    say("Warm.")
    for number in range(rounds):
        for row in rows:
            for name in _asked(row):
                server = peers[name]
                status, requests = _requests(row, server)
                before = server.cpu(database)
                total, elapsed = load(server.port, requests, status=status, seconds=seconds)
                cost = (server.cpu(database) - before) / total * 1000
                figures[row.name, name].append((cost, total / elapsed))
        say(f"Round {number + 1} of {rounds}")
    return figures


def _warm(rows: Sequence[Row], peers: Mapping[str, Server]) -> None:
    """Ask everybody for a second, and Chronicle, which keeps what it answers, everything."""
    for row in rows:
        for name in _asked(row):
            status, requests = _requests(row, peers[name])
            keeps = name == "chronicle" and not row.streamed
            load(
                peers[name].port,
                requests,
                status=status,
                seconds=1,
                connections=WARMING if keeps else 4,
                at_least=len(requests) if keeps else 0,
            )


def _asked(row: Row) -> list[str]:
    """The peers that have such a thing."""
    return [name for name in PEERS if addresses(row, name)]


def _requests(row: Row, server: Server) -> tuple[int, list[bytes]]:
    asked = addresses(row, server.name)
    if not (row.unchanged and server.name.startswith("chronicle")):
        return 200, [get(server.port, address) for address in asked]
    tags = [ask_once(server.port, address).headers["etag"] for address in asked]
    return 304, [
        get(server.port, address, If_None_Match=tag)
        for address, tag in zip(asked, tags, strict=True)
    ]


def table(rows: Sequence[Row], figures: Figures) -> str:
    """In Markdown: medians of the rounds, and ratios of the processor time a request takes."""
    lines = [
        "| | limit | Chronicle | anew | tutorial | share of the limit | times the tutorial |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cost = {name: _cost(figures, row.name, name) for name in _asked(row)}
        chronicle, anew = cost["chronicle"], cost["chronicle anew"]
        marks = dict(zip(("limit", "tutorial"), row.marks or (0, 0), strict=True))
        cells = [_cell(figures[row.name, name]) if name in cost else "–" for name in PEERS]
        cells += [
            f"{_ratio(cost[peer], chronicle, mark)}, anew {_ratio(cost[peer], anew)}"
            if peer in cost
            else "–"
            for peer, mark in marks.items()
        ]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    for one, other, *most in RATIOS:
        if {one, other} <= {row.name for row in rows}:
            as_it_runs, without = (
                _ratio(_cost(figures, one, name), _cost(figures, other, name), mark)
                for name, mark in zip(("chronicle", "chronicle anew"), most, strict=True)
            )
            lines += ["", f"{one} to {other}: {as_it_runs}, anew {without}"]
    return "\n".join(lines)


def _cost(figures: Figures, row: str, peer: str) -> float:
    return median(cost for cost, _ in figures[row, peer])


def _cell(rounds: Sequence[tuple[float, float]]) -> str:
    cost, rate = (median(values) for values in zip(*rounds, strict=True))
    return f"{cost:.2f} ms, {rate:.0f}/s"


def _ratio(value: float, to: float, mark: float = 0) -> str:
    return f"{value / to:.2f} (mark: {mark:g})" if mark else f"{value / to:.2f}"
