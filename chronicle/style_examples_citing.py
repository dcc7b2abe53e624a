"""What the style page fills components of citing with."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from sources.citing import Written

ADDRESS = "https://example.org/events/E14/?edition=2"
LINES = [
    f"“The talks by the lake”. Chronicle, edition 2 (6 May 2024), entry E14. {ADDRESS}",
    "Rests on: Writer, A. (March 2005). The talks. Block 3.",
]
LEFT = SimpleNamespace(
    version=SimpleNamespace(url="/events/", name="The second round", id="E15"),
    words="withdrawn in edition 3",
    url="/editions/",
)

CARD = SimpleNamespace(
    title="The talks by the lake",
    title_language="",
    language="",
    page="/events/E14/?edition=2",
    changes="/entries/E14/history/",
    lines=["Meeting, 2 July 1997"],
    summary="Delegations met for two days.",
    counts=["3 claims", "5 citations of 2 sources", "contested"],
    edition=SimpleNamespace(number=2, published_at=datetime(2024, 5, 6, tzinfo=UTC)),
)

CITING_EXAMPLES: dict[str, dict[str, Any]] = {
    "_cite_forms": {
        "cited": SimpleNamespace(lines=LINES, sources=["S1"]),
        "forms": [(Written("RIS", "ris", "TY  - ELEC\nTI  - The talks by the lake"), "/events/")],
    },
    "_embed_quote": {"card": CARD, "origin": "", "site_name": "Chronicle"},
    "_set_changes": {
        "id": "left",
        "title": "No longer in the set",
        "changes": SimpleNamespace(total=1, shown=[LEFT]),
        "most_shown": 50,
    },
    "_set_checksum": {"found": SimpleNamespace(checksum="5f" * 32)},
}
