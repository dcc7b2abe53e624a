"""The packages that are kept to be downloaded: `manage.py build_data` writes them, pages read them.

A package is kept under what it was made from: its edition, and what has been redacted up to now of
the versions that it holds. So what was made before a redaction is found by nobody any more.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from packages.building import sha256_of
from record.canonical import digest
from record.models import Edition, Version

ZIP, SQLITE = "zip", "sqlite3"
FORMS = (ZIP, SQLITE)
ABOUT = "about.json"
PART = "part"
MAKING = ".making-"  # before what is being made
# The folder may hold other things too, which are nobody's to delete here.
OURS = re.compile(rf"[0-9]+-[0-9a-f]{{16}}|{re.escape(MAKING)}.+")


@dataclass(frozen=True)
class KeptFile:
    """``size`` in bytes."""

    form: str
    path: Path
    size: int
    sha256: str


@dataclass(frozen=True)
class Kept:
    """The files that are kept of one edition; none where they have not been made."""

    edition: Edition
    files: Sequence[KeptFile]

    def file(self, form: str) -> KeptFile | None:
        return next((each for each in self.files if each.form == form), None)


def folder() -> Path:
    found: Path = settings.DATA_DIR
    return found


def kept(editions: Sequence[Edition]) -> list[Kept]:
    """What is kept of each. One query, and two small files read of the disk for each."""
    states = states_of([edition.number for edition in editions])
    return [
        Kept(edition, _files(folder_of(edition, states[edition.number]))) for edition in editions
    ]


def on_the_shelf() -> str:
    """Changes with whatever is made or deleted: what pages show of it depends on this as well."""
    about = sorted(folder().glob(f"*/{ABOUT}"))
    return digest(" ".join(f"{path.parent.name} {path.stat().st_mtime_ns}" for path in about))


def states_of(numbers: Sequence[int]) -> dict[int, str]:
    """For each edition, the redactions that its package has lost something to. One query."""
    found = Version.objects.filter(redacted_in__isnull=False).order_by()
    pairs = sorted(set(found.values_list("edition", "redacted_in")))
    return {
        number: ",".join(f"{edition}:{gone}" for edition, gone in pairs if edition <= number)
        for number in numbers
    }


def folder_of(edition: Edition, state: str) -> Path:
    return folder() / f"{edition.number}-{digest(f'{edition.checksum} {state}')[:16]}"


def stale() -> list[Path]:
    """Of what was made here, that from which nothing is served: it is of another record, from
    before a redaction, or unfinished."""
    if not folder().is_dir():
        return []
    editions = list(Edition.objects.all())
    states = states_of([edition.number for edition in editions])
    current = {folder_of(edition, states[edition.number]) for edition in editions}
    return [
        path for path in folder().iterdir() if OURS.fullmatch(path.name) and path not in current
    ]


def describe(here: Path, names: dict[str, Path]) -> None:
    """Say beside the files how large they are, so that no page has to read them."""
    about = {}
    for form, path in names.items():
        about[form] = {
            "name": path.name,
            "size": path.stat().st_size,
            "sha256": sha256_of(path),
        }
    part = here / f"{ABOUT}.{PART}"
    part.write_text(json.dumps(about), encoding="utf-8")
    part.replace(here / ABOUT)


def _files(here: Path) -> list[KeptFile]:
    try:
        about: dict[str, Any] = json.loads((here / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [
        KeptFile(form, here / about[form]["name"], about[form]["size"], about[form]["sha256"])
        for form in FORMS
        if form in about
    ]
