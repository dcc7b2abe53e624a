"""What is deployed, as one digest: it changes whenever a page could look different."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings


def deployed() -> str:
    """SHA-256 (hex) of the code, templates, requirements and static manifest; no query.

    Read once a process, by ``chronicle.wsgi`` as it starts: what changes on the disk afterwards is
    not what runs. With DEBUG each time, since then templates are read anew.
    """
    return _digest_of_all() if settings.DEBUG else _at_start()


@cache
def _at_start() -> str:
    return _digest_of_all()


def _digest_of_all() -> str:
    return digest_of(settings.BASE_DIR, [*_files(settings.BASE_DIR), _static_manifest()])


def digest_of(base: Path, files: Iterable[Path]) -> str:
    """Of names (below ``base``, where they are) and contents; files that are missing are not in it.

    The same for the same files on every machine, so that its servers give the same ETags.
    """
    whole = hashlib.sha256()
    for file in sorted(set(files)):
        if file.is_file():
            name = file.relative_to(base) if file.is_relative_to(base) else Path(file.name)
            contents = hashlib.sha256(file.read_bytes())
            whole.update(f"{name.as_posix()}\0{contents.hexdigest()}\n".encode())
    return whole.hexdigest()


def _files(base: Path) -> Iterator[Path]:
    yield base / "requirements.txt"
    yield from (base / "templates").rglob("*")
    yield from (base / "locale").rglob("*.mo")
    for package in ("chronicle", *settings.ROOMS):
        yield from (base / package).rglob("*.py")


def _static_manifest() -> Path:
    """Names every static file with the digest of its contents."""
    return Path(settings.STATIC_ROOT) / "staticfiles.json"
