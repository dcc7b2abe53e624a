"""Writes `var/chronicle.env` for a desk of one on this machine, unless it is there."""

import os
import secrets
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
    """Readable by its owner only. False if the file was there, which is then left as it is."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(secret_key=secrets.token_urlsafe(50)))
    return True


if __name__ == "__main__" and write_settings():
    print(f"Wrote {SETTINGS_FILE}")
