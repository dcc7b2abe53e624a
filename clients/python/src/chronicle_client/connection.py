"""The connection to a site, to be shut from outside."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any

MADE = ("connect_tcp.complete", "start_tls.complete")


class Connection:
    """The newest one that httpx has made; requests come one after the other, so it is the one.

    The timeouts of httpx are of each piece that is read. Headers that trickle, or a body that
    unpacks to nothing, never reach one.
    """

    def __init__(self) -> None:
        self.stream: Any = None

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """https://www.encode.io/httpcore/extensions/#trace"""
        if event.endswith(MADE):
            self.stream = info["return_value"]

    @contextmanager
    def shut_after(self, seconds: float) -> Iterator[None]:
        """Whoever still reads then, reads an end."""
        timer = Timer(seconds, self._shut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _shut(self) -> None:
        if self.stream is not None:
            with suppress(OSError):  # it is closed already
                self.stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
