"""What the style page fills the components of pages for checking the record with."""

from datetime import date
from typing import Any

from record.models import Check, CheckState
from record.reading import Reference
from record.rows import Value
from sources.cards import CHECK_WORDS, SpokenTo
from sources.fitting import ENDS
from sources.quotation import CitedQuotation
from sources.verifying import AloneClaims, EntryClaims, FailingCheck, WaivedClaim

DIGEST = "7ccad342fdb4d095a5c2f0caa1022ed4e1da1b89cda3452a67ce960c0480c3ac"
MEETING = Value("First day by the lake", "/events/")
CITATION = Value("citation 1: supports", "/events/")
SOURCE = Reference("S1", "source", "The talks by the lake", "talks", "/sources/")
CLAIM = SpokenTo("date", Value("date"), "/events/")
CHECK = Check(state=CheckState.MISSING, checked_on=date(2024, 5, 6), text=DIGEST)
VERIFYING_EXAMPLES: dict[str, dict[str, Any]] = {
    "_check_failing": {
        "failing": FailingCheck(
            CHECK, str(CHECK_WORDS["missing"]), MEETING, CITATION, SOURCE, [CLAIM]
        )
    },
    "_claims_alone": {
        "found": EntryClaims("E1", "event", MEETING, [AloneClaims([CLAIM], SOURCE, [CITATION])])
    },
    "_claims_waived": {
        "found": EntryClaims("E1", "event", MEETING, [WaivedClaim(CLAIM, "Known to all.", 2)])
    },
    "_quoted": {"cited": CitedQuotation(MEETING, CITATION, SOURCE, [CLAIM], ENDS)},
}
