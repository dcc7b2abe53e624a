"""What the style page fills components of citing with."""

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

CITING_EXAMPLES: dict[str, dict[str, Any]] = {
    "_cite_forms": {
        "cited": SimpleNamespace(lines=LINES, sources=["S1"]),
        "forms": [(Written("RIS", "ris", "TY  - ELEC\nTI  - The talks by the lake"), "/events/")],
    },
    "_set_changes": {
        "id": "left",
        "title": "No longer in the set",
        "changes": SimpleNamespace(total=1, shown=[LEFT]),
        "most_shown": 50,
    },
    "_set_checksum": {"found": SimpleNamespace(checksum="5f" * 32)},
}
