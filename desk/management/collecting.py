"""Looking for circles of objects that nobody uses, less often than Python does by itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (200_000, 20, 50)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """For commands that make millions of objects: it took a third of the time of an import."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
