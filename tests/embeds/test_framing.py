"""Only cards may stand in frames of other sites; they may do nothing else."""

import pytest

pytestmark = pytest.mark.django_db

ANY = "frame-ancestors *"
NONE = "frame-ancestors 'none'"


def policy(answer) -> tuple[str, str | None]:
    directives = answer["Content-Security-Policy"].split("; ")
    (framing,) = (each for each in directives if each.startswith("frame-ancestors"))
    return framing, answer.headers.get("X-Frame-Options")


CARDS = [
    "/embed/entries/E1/",
    "/embed/timeline/events/",
    "/embed/compare/?ids=P1,P2",
    "/embed/responses/",
]


def test_cards_can_be_framed_by_anybody(reader, full):
    for address in CARDS:
        pinned = f"{address}{'&' if '?' in address else '?'}edition=1"
        for asked in (address, pinned, pinned):  # the last one is kept
            answer = reader.get(asked)
            assert policy(answer) == (ANY, None), asked
        assert "script-src" not in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        unchanged = reader.get(pinned, headers={"If-None-Match": answer["ETag"]})
        assert (unchanged.status_code, policy(unchanged)) == (304, (ANY, None))


def test_nothing_else_can(reader, full):
    for address in (
        "/",
        "/events/",
        f"/events/{full.event.slug}/",
        "/timeline/events/",
        "/proposals/compare/?ids=P1,P2",
        "/proposals/responses/",
        "/embedding/entries/E1/",
        "/embed/entries/E99/?edition=1",
        "/oembed?url=http://testserver/events/E1/",
        "/account/login/",
        "/desk/",
        "/api/v1/events/",
    ):
        for _ in range(2):
            assert policy(reader.get(address)) == (NONE, "DENY"), address
