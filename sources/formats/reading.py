"""Reading a file that somebody gives us, whatever it may do to whoever reads it.

It is read in a process of its own with bounds for memory, time and what it says
(``sources.formats.child``), so that the worst that a file can do is to be refused.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

from desk.bases import normalised
from desk.refusals import Refused
from sources.formats.shapes import Block, LoadedText

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_BYTES = 40 * 1024**2
LONGEST_WAIT = 90  # seconds, of which the child may take most for itself
LONGEST_QUEUE = 20  # seconds that a file waits for the others
INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
ONE_AT_A_TIME = Lock()
BUSY = "Other files are being read just now. Nothing of it was kept: load it again in a minute."
TOO_LONG = "Reading it takes longer than is allowed. Load it in parts, or as plain text."


def blocks_of_file(name: str, data: bytes) -> LoadedText:
    """Blocks in the form the desk keeps texts in; what the file is called decides next to nothing.

    ``Refused`` with a sentence that names the file. A tenth of a second for a short text, some
    seconds for a book as PDF, at most ``LONGEST_QUEUE`` and ``LONGEST_WAIT``.
    """
    check_size(name, len(data))
    said = _read(name, data)
    if "problem" in said:
        raise Refused(f"{name}: {said['problem']}")
    blocks = [Block(normalised(text), is_heading) for text, is_heading in said["blocks"]]
    return LoadedText([block for block in blocks if block.text], said["format"], said["notes"])


def check_size(name: str, size: int) -> None:
    """``Refused`` where a file of so many bytes is not read."""
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        raise Refused(f"{name}: It has {size / 1024**2:,.0f} MB; at most {most} MB are read.")


def _read(name: str, data: bytes) -> dict[str, Any]:
    """What the child says. One child at a time, so that a server's memory is bounded as well;
    whoever comes meanwhile waits a little, and is then told."""
    if not ONE_AT_A_TIME.acquire(timeout=LONGEST_QUEUE):
        return {"problem": BUSY}
    try:
        return _said_by_child(name, data)
    finally:
        ONE_AT_A_TIME.release()


def _said_by_child(name: str, data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-m", "sources.formats.child", name.replace("\0", "")[-100:]]
    environment = {key: os.environ[key] for key in INHERITED if key in os.environ}
    with TemporaryFile() as file, TemporaryFile() as answer:
        file.write(data)
        file.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603 - our own module, and a name that is no option
                command,
                stdin=file,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=environment,
                timeout=LONGEST_WAIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"problem": TOO_LONG}
        answer.seek(0)
        if ended.returncode == 0:
            said: dict[str, Any] = json.load(answer)
            return said
    if -ended.returncode in (9, 24):  # SIGKILL, SIGXCPU
        return {"problem": TOO_LONG}
    return {"problem": "It cannot be read: it is damaged, or made to do harm."}
