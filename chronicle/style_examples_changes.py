"""What the style page fills the components of versions and of their differences with."""

from datetime import UTC, datetime
from typing import Any

from record.changes import Change
from record.entry_page import EntryPage
from record.rows import Value
from record.text_differences import text_difference
from record.wording import Said

DIGEST = "7ccad342fdb4d095a5c2f0caa1022ed4e1da1b89cda3452a67ce960c0480c3ac"
PAGE = EntryPage(
    title_language="",
    id="E1",
    type="event",
    title="First day by the lake",
    description="",
    language="",
    contested=True,
    subjects=[Value("Negotiations", "/terms/")],
    identifiers=[("Wikidata", Value("Q1", "https://www.wikidata.org/wiki/Q1"))],
    editor_note="The day is disputed.",
    api_url="/api/v1/",
    edition=2,
    published_at=datetime(2024, 5, 6, tzinfo=UTC),
    change="Correction",
    reason="A better passage was found.",
    schema=1,
    checksum=DIGEST,
    salt="85e54c29c6df05b9a02157052da29e67",
    versions=2,
    history_url="/entries/",
    feed_url="/feeds/",
)
SAID = Said(members=[("actor", "The Envoy (A2)"), ("role", "Delegate (T4)")])
REWORDED = text_difference("Delegations met for a day.", "Delegations met for two days.")
CHANGED = Change("summary", "changed", Said("before"), Said("after"), REWORDED)
CHANGE_EXAMPLES: dict[str, dict[str, Any]] = {
    "_change": {"change": CHANGED},
    "_differences": {"changes": [CHANGED]},
    "_said": {"said": SAID},
    "_stretches": {"stretches": REWORDED.stretches},
}
