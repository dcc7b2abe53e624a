"""Writes `var/chronicle.env` for a desk of one on this machine, unless it is there."""

import os
import secrets
import tempfile
from pathlib import Path

SETTINGS_FILE = Path(__file__).resolve().parent.parent / "var" / "chronicle.env"

SETTINGS = """\
# Settings of this installation, written by the first `make run`. The environment goes first.
# Keep this file private: whoever has the key can forge sessions.
SECRET_KEY={secret_key}
ALLOWED_HOSTS=localhost,127.0.0.1,[::1]
# A desk of one approves its own work, and each edition says so publicly. Remove this line as
# soon as there are two of you.
FOUR_EYES=false
"""


def write_settings(file: Path = SETTINGS_FILE) -> bool:
    """Readable by its owner only. False if the file was there, which is then left as it is.

    Written whole or not at all: whatever is at ``file`` is what a later run finds and keeps.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists():
        return False
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as settings:
            settings.write(SETTINGS.format(secret_key=secrets.token_urlsafe(50)))
            settings.flush()
            os.fsync(descriptor)
        file.hardlink_to(unfinished)  # a rename would overwrite what somebody else wrote just now
    except FileExistsError:
        return False
    finally:
        unfinished.unlink()
    return True


if __name__ == "__main__" and write_settings():
    print(f"Wrote {SETTINGS_FILE}")
