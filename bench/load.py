"""A small generator of load: a few connections that are kept, each asking one thing at a time."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

TIMEOUT = 60  # seconds for one answer


class WrongAnswer(Exception):
    """A server did not answer as it should."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """A kept connection to a server of our own; it understands what such servers answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> Answer:
        self.socket.sendall(request)
        head, _, body = self._read_until(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        status = int(first.split()[1])
        if headers.get("transfer-encoding") == "chunked":
            return Answer(status, headers, self._chunks(body))
        length = 0 if status == 304 else int(headers["content-length"])
        while len(body) < length:
            body += self._receive()
        return Answer(status, headers, body)

    def _chunks(self, received: bytes) -> bytes:
        """The body that comes in pieces, each after its length (RFC 9112, 7.1)."""
        pieces: list[bytes] = []
        while True:
            while b"\r\n" not in received:
                received += self._receive()
            size, _, received = received.partition(b"\r\n")
            length = int(size, 16)
            while len(received) < length + 2:
                received += self._receive()
            if not length:
                return b"".join(pieces)
            pieces.append(received[:length])
            received = received[length + 2 :]

    def _read_until(self, mark: bytes) -> tuple[bytes, bytes, bytes]:
        received = b""
        while mark not in received:
            received += self._receive()
        return received.partition(mark)

    def _receive(self) -> bytes:
        received = self.socket.recv(1 << 18)
        if not received:
            raise WrongAnswer("The server closed the connection.")
        return received

    def close(self) -> None:
        self.socket.close()


def get(port: int, address: str, **headers: str) -> bytes:
    """The bytes of a request to a server of our own."""
    fields = {"Host": f"127.0.0.1:{port}"} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"GET {address} HTTP/1.1\r\n{lines}\r\n".encode()


def ask_once(port: int, address: str) -> Answer:
    """The answer to one request, through a connection of its own."""
    connection = Connection(port)
    try:
        return connection.send(get(port, address))
    finally:
        connection.close()


def load(
    port: int,
    requests: Sequence[bytes],
    *,
    status: int,
    seconds: float,
    connections: int = 4,
    at_least: int = 0,
) -> tuple[int, float]:
    """Ask ``requests`` in turn for ``seconds``; how many were answered, and how long it took.

    Each connection asks ``at_least`` so many, however long that takes. ``WrongAnswer`` as soon as
    one has another status.
    """
    totals = [0] * connections
    failures: list[BaseException] = []
    began = time.monotonic()

    def ask(index: int) -> None:
        connection = Connection(port)
        try:
            first = index * len(requests) // connections
            while not failures and (totals[index] < at_least or time.monotonic() - began < seconds):
                request = requests[(first + totals[index]) % len(requests)]
                answer = connection.send(request)
                if answer.status != status:
                    raise WrongAnswer(f"{answer.status} for {request[:200]!r}")
                totals[index] += 1
        except Exception as error:  # noqa: BLE001 - told in the thread that started this one
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(totals), time.monotonic() - began
