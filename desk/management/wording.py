"""What the commands of all rooms share: naming people, and telling how far they are."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper

SECONDS = 0.5  # between two lines of progress
BAR = 30  # characters


def user_named(name: str) -> Any:
    """The active user of that name; ``CommandError`` if there is none."""
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody here is called “{name}”.")
    return user


def add_people(parser: ArgumentParser, *, by: str) -> None:
    """``--by``, with the help ``by``, and ``--approved-by``: for ``people_in``."""
    parser.add_argument("--by", required=True, metavar="NAME", help=by)
    parser.add_argument(
        "--approved-by",
        metavar="NAME",
        help="who approves it; left out, the same person, which only a desk of one allows",
    )


def people_in(options: Mapping[str, Any]) -> dict[str, Any]:
    """``by`` and ``approved_by`` as the desk's functions take them."""
    by = user_named(options["by"])
    approver = options["approved_by"]
    return {"by": by, "approved_by": user_named(approver) if approver else by}


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


def bar_on(stream: OutputWrapper) -> Callable[[str, int, int], None] | None:
    """A bar that grows on a terminal; ``None`` for anything else, which nobody watches."""
    if not stream.isatty():
        return None

    def tell(stage: str, done: int, of: int) -> None:
        share = min(done / of, 1) if of else 1.0
        bar = "#" * round(share * BAR)
        end = "\n" if done >= of else ""
        stream.write(f"\r[{bar:<{BAR}}] {share:4.0%}  {done:,} of {of:,} {stage}", ending=end)
        stream.flush()

    return tell
