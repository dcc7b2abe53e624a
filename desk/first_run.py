"""What an installation needs before it can be used: content, and somebody to look after it."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.dispatch import Signal

from desk.fixtures import Progress, desk_is_empty, load_content
from desk.unpublished import publish_unpublished

ADMINISTRATOR = "administrator"
REASON = "First publication."
# Sent at every start with ``say``, like that of `prepare`: rooms forget what has had its time, and
# make up what they keep beside their rows.
prepared = Signal()


def prepare(folder: Path, *, say: Callable[[str], None], progress: Progress | None = None) -> None:
    """Make an administrator if there is none, and load and publish the content if there is none.

    Forgets what has had its time, and changes nothing else, so it can be called at every start.
    With four eyes, the content stays at the desk until a second person approves it. ``say`` is
    given what a person should read, once it has come to stay: before, a password might be of an
    administrator who never was.
    """
    with transaction.atomic(durable=True):
        administrator, sentences = _administrator()
        if desk_is_empty():
            sentences.append(_fill(folder, by=administrator, progress=progress))
    for sentence in sentences:
        say(sentence)
    prepared.send(sender=None, say=say)


def _fill(folder: Path, *, by: Any, progress: Progress | None) -> str:
    """Load the content and, at a desk of one, publish it. What has been done, in words."""
    counts = load_content(folder, by=by, reason=REASON, progress=progress)
    loaded = f"Loaded {sum(counts.values())} entries"
    if settings.FOUR_EYES:
        return f"{loaded}. Somebody else has to approve them: see `manage.py publish --help`."
    edition = publish_unpublished(by=by, approved_by=by, reason=REASON, progress=progress)
    return f"{loaded} and published them as edition {edition.number}."


def _administrator() -> tuple[Any, list[str]]:
    """The first superuser, made if there is none, and what to say of one that was made."""
    users: Any = get_user_model().objects
    found = users.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if found is not None:
        return found, []
    password = secrets.token_urlsafe(15)
    name = ADMINISTRATOR
    while users.filter(username=name).exists():
        name += secrets.choice("23456789")
    made = users.create_superuser(name, password=password)
    return made, [
        f"Made an administrator. Name: {name}  Password: {password}",
        "The password is shown this once; `manage.py changepassword` sets another.",
    ]
