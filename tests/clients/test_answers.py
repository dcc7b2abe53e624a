"""Answers of a site that is broken, hostile, or no Chronicle: what the client says of them."""

import contextlib
import gzip
import socket
import threading
import time

import httpx
import pytest

from chronicle_client import Chronicle, ChronicleError, NotThere, Unreachable

URL = "https://chronicle.example"
VERSION = {
    "edition": 1,
    "schema": 1,
    "published_at": "2026-01-01T00:00:00Z",
    "change": "new",
    "reason": "First.",
    "salt": "s",
    "sha256": "0" * 64,
}
ENTRY = {"id": "E1", "type": "event", "version": VERSION}
PAGE = {
    "edition": 1,
    "next": None,
    "cursor": "1",
    "results": [ENTRY],
    "editions": {},
    "references": {},
    "checks": {},
}


def answering(*answers):
    """A site that answers so, one after the other; the last again and again."""
    left = list(answers)

    def handle(request):
        answer = left.pop(0) if len(left) > 1 else left[0]
        return answer(request) if callable(answer) else answer

    waited = []
    site = Chronicle(URL, transport=httpx.MockTransport(handle), wait=waited.append)
    site.waited = waited
    return site


def without(name):
    return httpx.Response(200, json={each: PAGE[each] for each in PAGE if each != name})


@pytest.mark.parametrize(
    "answer",
    [
        *[without(name) for name in ("results", "checks", "references", "next")],
        httpx.Response(200, json=PAGE | {"results": [{"id": "E1", "type": "event"}]}),
        httpx.Response(200, json=PAGE | {"results": [1]}),
        httpx.Response(200, json=PAGE | {"references": []}),
        httpx.Response(200, json=PAGE | {"editions": {"x": {}}}),
        httpx.Response(200, json=PAGE | {"next": "http://[::1"}),
        httpx.Response(200, json=PAGE | {"next": 7}),
        httpx.Response(200, text="[" * 200_000),
        httpx.Response(200, content=b'{"edition": 1, "title": "\\ud800"}'),
        httpx.Response(200, content=b'{"edition": 1, "title": "\xff"}'),
        httpx.Response(404, json={"status": 404, "errors": [{"message": "no"}]}),
    ],
)
def test_answer_that_cannot_be_read_is_said(answer):
    with answering(answer) as site, pytest.raises(Unreachable) as raised:
        site.changes()
    assert str(raised.value).startswith(("What https://chronicle.ex", "https://chronicle.ex"))
    with answering(answer) as site, pytest.raises(Unreachable):
        list(site.entries("events"))


def test_pair_of_surrogates_is_text():
    body = httpx.Response(200, content=b'{"edition": 1, "result": {"title": "\\ud83d\\ude00"}}')
    with answering(body) as site:
        assert site.edition(1) == {"title": "\N{GRINNING FACE}"}


def test_tombstone_that_is_none_is_empty():
    body = httpx.Response(410, json={"status": 410, "detail": "Gone.", "result": [1]})
    with answering(body) as site, pytest.raises(ChronicleError, match=r"answers 410\. Gone\.$"):
        site.citation("E1/c1")


def test_citation_that_cannot_be_read_is_said():
    document = {"citations": [{"key": "c1", "source": "S1"}]}
    body = {"edition": 1, "result": ENTRY | document, "references": {}, "checks": {}, "url": URL}
    with answering(httpx.Response(200, json=body)) as site, pytest.raises(Unreachable) as raised:
        site.citation("E1/c1")
    assert str(raised.value) == "Citation E1/c1 cannot be read: KeyError: 'selector'."


def test_mergers_in_a_circle_end():
    def merged(request):
        one, other = ("E1", "E2") if "E1" in request.url.path else ("E2", "E1")
        keys = {f"{one}/c1": f"{other}/c1"}
        return httpx.Response(410, json={"status": 410, "result": {"keys": keys}})

    with answering(merged) as site, pytest.raises(ChronicleError, match="answers 410"):
        site.citation("E1/c1")


def test_lists_that_lead_to_themselves_end():
    page = httpx.Response(200, json=PAGE | {"next": f"{URL}/api/v1/events/?cursor=abc"})
    with answering(page) as site, pytest.raises(Unreachable, match="leads to itself"):
        list(site.entries("events"))


@pytest.mark.parametrize(
    "public_id", ["E1\n", "E1/../../proposals/P1", "E01", "talks", "", "E1?x=1"]
)
def test_what_is_no_id_is_asked_of_no_site(public_id):
    with answering(httpx.Response(500)) as site:
        for ask in (lambda: site.entry(public_id), lambda: site.stored(public_id, 1)):
            with pytest.raises(ChronicleError, match="is no id; ids are like E14"):
                ask()
        with pytest.raises(ChronicleError, match="“citations” is no list of entries"):
            list(site.entries("citations"))


def test_address_that_is_none_is_said():
    with pytest.raises(Unreachable, match="The address “http://a:b” cannot be read"):
        Chronicle("http://a:b")


def test_address_without_its_scheme_is_not_asked_again_and_again():
    with pytest.raises(Unreachable, match="begins with neither https:// nor http://"):
        Chronicle("example.org")


def test_moment_that_no_calendar_has_is_not_waited_for():
    never = "Thu, 01 Jan 99999999999999999999 00:00:00 GMT"
    busy = httpx.Response(503, headers={"Retry-After": never})
    with answering(busy, httpx.Response(200, json={"edition": 7})) as site:
        assert (site.newest(), site.waited) == (7, [2.0])


def test_answer_that_unpacks_to_too_much_is_left(monkeypatch):
    monkeypatch.setattr("chronicle_client.asking.LARGEST", 100_000)
    small, large = (
        httpx.Response(
            200,
            content=gzip.compress(b'{"edition": 1, "x": "' + b"0" * size + b'"}'),
            headers={"Content-Encoding": "gzip"},
        )
        for size in (90_000, 100_000)
    )
    with answering(small) as site:
        assert site.newest() == 1
    with answering(large) as site, pytest.raises(Unreachable, match="is larger than 100000 bytes"):
        site.newest()
    assert site.waited == []


def test_answer_that_is_packed_twice_is_left():
    """One piece of it would unpack to a million times its size."""
    content = gzip.compress(gzip.compress(b'{"edition": 1}'))
    twice = httpx.Response(200, content=content, headers={"Content-Encoding": "gzip, gzip"})
    with answering(twice) as site, pytest.raises(Unreachable, match="packed as gzip, gzip, and"):
        site.newest()


def test_answer_that_trickles_is_left(monkeypatch):
    monkeypatch.setattr("chronicle_client.asking.PATIENCE", 0.2)

    def trickle():
        while True:
            time.sleep(0.05)
            yield b" "

    began = time.monotonic()
    slow = httpx.Response(200, content=trickle())
    with answering(slow) as site, pytest.raises(Unreachable, match=r"takes longer than 0\.2 sec"):
        site.newest()
    assert time.monotonic() - began < 2


def served(head, piece):
    """The address of a site that answers so, and then with that piece again and again."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        with server, server.accept()[0] as client, contextlib.suppress(OSError):
            client.recv(65536)
            client.sendall(head)
            while True:
                client.sendall(piece)
                time.sleep(0.02)

    threading.Thread(target=answer, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10],
            b"\x00\x00\x00\xff\xff" * 100,  # blocks that unpack to nothing
        ),
    ],
    ids=["headers", "hints", "nothing"],
)
def test_answer_that_never_comes_is_left(monkeypatch, head, piece):
    monkeypatch.setattr("chronicle_client.asking.PATIENCE", 0.3)
    began = time.monotonic()
    with (
        Chronicle(served(head, piece)) as site,
        pytest.raises(Unreachable, match=r"takes longer than 0\.3 seconds"),
    ):
        site.newest()
    assert time.monotonic() - began < 2


def redirect(to, content=b""):
    return httpx.Response(301, headers={"Location": to}, content=content)


def test_redirects_are_followed_within_the_site():
    good = httpx.Response(200, json={"edition": 7})
    with answering(redirect("/elsewhere/", iter([b"never read"])), good) as site:
        assert site.newest() == 7
    with (
        answering(redirect("https://other.example/"), good) as site,
        pytest.raises(Unreachable, match="leads to another site: "),
    ):
        site.newest()
    with (
        answering(redirect("/again/")) as site,
        pytest.raises(Unreachable, match="leads on and on"),
    ):
        site.newest()


def test_problem_without_details_keeps_its_kind():
    with answering(httpx.Response(404, json={"status": 404})) as site, pytest.raises(NotThere):
        site.newest()
