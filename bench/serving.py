"""The same server program for every peer, and the processor time that it takes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
WORKERS, THREADS = 2, 4
# As `make run` serves, but for the address.
GUNICORN = [
    *("gunicorn", "--worker-class", "gthread", "--workers", str(WORKERS)),
    *("--threads", str(THREADS), "--no-control-socket", "--log-level", "warning"),
]
GRANIAN = [
    *("granian", "--interface", "wsgi", "--workers", str(WORKERS)),
    *("--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"),
]


@dataclass(frozen=True)
class Server:
    """A server that is running. ``database``: its processes work for this one as well."""

    name: str
    port: int
    pid: int

    def cpu(self, database: int | None) -> float:
        """Seconds of processor time of its processes so far, and of those of the database."""
        tree = processes()
        pids = {self.pid, *_below(self.pid, tree)}
        if database is not None:
            pids |= {database, *_below(database, tree)}
        return sum(tree[pid][1] for pid in pids if pid in tree)


@contextmanager
def serve(
    name: str, application: str, *, program: str, environment: Mapping[str, str]
) -> Iterator[Server]:
    """``application`` (``module:name``) served at a free port of this machine, until left."""
    port = _free_port()
    where = (
        [*GUNICORN, "--bind", f"127.0.0.1:{port}"]
        if program == "gunicorn"
        else [*GRANIAN, "--host", "127.0.0.1", "--port", str(port)]
    )
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", *where, application],
        env=os.environ | environment,
    )
    try:
        _wait_for(port, process)
        yield Server(name, port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def processes() -> dict[int, tuple[int, float]]:
    """Every process: its parent, and the processor time it has taken, in seconds."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended
            continue
        fields = text.rpartition(")")[2].split()
        cpu = (int(fields[11]) + int(fields[12])) / TICKS
        found[int(file.parent.name)] = (int(fields[1]), cpu)
    return found


def _below(pid: int, tree: dict[int, tuple[int, float]]) -> set[int]:
    children = {child for child, (parent, _) in tree.items() if parent == pid}
    return children.union(*(_below(child, tree) for child in children))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not start.")
