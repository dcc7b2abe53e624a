"""What the commands of all rooms share: naming people, and telling how far they are."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper

SECONDS = 0.5  # between two lines of progress


def user_named(name: str) -> Any:
    """The active user of that name; ``CommandError`` if there is none."""
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody here is called “{name}”.")
    return user


def refusal(error: ValidationError) -> CommandError:
    """What the desk refused, as the command says it: one problem a line."""
    return CommandError("\n".join(error.messages))


def progress_on(stream: OutputWrapper) -> Callable[[str, int, int], None]:
    """Tells ``(stage, done, of)`` on ``stream``, at the end of each stage and twice a second."""
    told = time.monotonic()

    def tell(stage: str, done: int, of: int) -> None:
        nonlocal told
        now = time.monotonic()
        if done == of or now - told >= SECONDS:
            told = now
            stream.write(f"{stage}: {done} of {of}")

    return tell
