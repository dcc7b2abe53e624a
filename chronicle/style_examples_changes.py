"""What the style page fills the components of differences with."""

from typing import Any

from record.changes import Change
from record.text_differences import text_difference
from record.wording import Said

SAID = Said(members=[("actor", "The Envoy (A2)"), ("role", "Delegate (T4)")])
REWORDED = text_difference("Delegations met for a day.", "Delegations met for two days.")
CHANGED = Change("summary", "changed", Said("before"), Said("after"), REWORDED)
CHANGE_EXAMPLES: dict[str, dict[str, Any]] = {
    "_change": {"change": CHANGED},
    "_differences": {"changes": [CHANGED]},
    "_said": {"said": SAID},
    "_stretches": {"stretches": REWORDED.stretches},
}
