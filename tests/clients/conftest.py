"""The client, asking the application itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from chronicle.wsgi import application
from chronicle_client import Chronicle, Mirror


class Counted(httpx.WSGITransport):
    """The application; ``asked`` are the addresses that it was asked for."""

    def __init__(self) -> None:
        super().__init__(app=application)  # type: ignore[arg-type]
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.raw_path.decode())
        return super().handle_request(request)


@pytest.fixture
def transport() -> Iterator[Counted]:
    """Between requests the connection stays open, as it does for Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Counted()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(db: None, transport: Counted) -> Iterator[Chronicle]:
    with Chronicle("http://testserver/", transport=transport) as chronicle:
        yield chronicle


@pytest.fixture
def mirror_at(tmp_path: Path) -> Iterator[Callable[[str], Mirror]]:
    """A mirror in a file of that name, closed at the end."""
    opened: list[Any] = []

    def at(name: str) -> Mirror:
        opened.append(Mirror(tmp_path / f"{name}.sqlite3"))
        return opened[-1]

    yield at
    for mirror in opened:
        mirror.close()
