"""Keeping the package of an edition, and the SQLite file made of it, for `/data/`."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from packages.building import Progress, build
from packages.descriptor import name_of
from packages.kept import MAKING, SQLITE, ZIP, describe, folder, folder_of, kept, stale, states_of
from packages.sqlite_file import write_sqlite
from record.models import Edition

LOCK = ".lock"


class NotMade(Exception):
    """Why a package was not made, in a sentence."""


@contextmanager
def alone() -> Iterator[None]:
    """While packages are made and deleted: one process at a time. ``NotMade`` for a second one."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotMade("Packages are being made already; try again later.") from error
        yield


def missing() -> list[Edition]:
    """The editions of which nothing is kept, or nothing any more."""
    every = list(Edition.objects.order_by("number"))
    return [each.edition for each in kept(every) if not each.files]


def make(edition: Edition, *, progress: Progress | None = None) -> Path:
    """Make both files, in place of any that are there, and say where they are.

    Within ``alone``. ``NotMade`` where something was redacted meanwhile. They appear whole: who
    downloads meanwhile is given what was there before, or nothing.
    """
    state = _state(edition)
    here = folder_of(edition, state)
    with tempfile.TemporaryDirectory(dir=folder(), prefix=MAKING) as aside:
        name = name_of(edition.number)
        package, database = Path(aside, f"{name}.{ZIP}"), Path(aside, f"{name}.{SQLITE}")
        build(edition.number, package, progress=progress)
        write_sqlite(package, database)
        if _state(edition) != state:
            raise NotMade(
                f"Something in edition {edition.number} was redacted while its package was made, "
                "so it was thrown away. Make it again."
            )
        here.mkdir(exist_ok=True)
        names = {ZIP: here / package.name, SQLITE: here / database.name}
        package.replace(names[ZIP])
        database.replace(names[SQLITE])
        describe(here, names)
    return here


def clear() -> int:
    """Delete what is stale, within ``alone``; how many editions' files that were."""
    gone = stale()
    for path in gone:
        shutil.rmtree(path)
    return len(gone)


def _state(edition: Edition) -> str:
    return states_of([edition.number])[edition.number]
