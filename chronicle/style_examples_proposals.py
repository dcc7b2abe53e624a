"""What the style page fills components of several proposals with."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from proposals.choosing import Remark
from proposals.cited import NumberedCitation
from proposals.comparing import Cell as ComparedCell
from proposals.comparing import Column, Provided, Reworded, Step
from proposals.descent import SENTENCES, Descends, Descent, Dot, Heading, Line, Thread
from proposals.responses import Cell, Stood
from record.rows import Value
from record.text_differences import text_difference
from sources.marks import ClaimMarks, Mark
from sources.reference import FormattedReference

PLAN, EARLIER = (
    Value("The plan of two points", "/proposals/"),
    Value("The earlier plan", "/proposals/"),
)
MARKS = [
    ClaimMarks(
        "p1", "", [Mark("c2", "3", "supports", "/proposals/", "citation 3: supports")], "", ""
    )
]
BEFORE, AFTER = "Both sides withdraw within a year.", "Both sides withdraw within two years."
STEP = Step("Revises", EARLIER, BEFORE, "", "words-1", MARKS)
DOCUMENT: dict[str, Any] = {"id": "P2"}
COLUMN = Column(
    id="P2",
    proposal=PLAN,
    date=None,
    kind=Value("Settlement plan", "/terms/"),
    authors=[],
    wholes=[],
    document=DOCUMENT,
)
CITED = NumberedCitation(
    number="3",
    there="P2/c2",
    url="/proposals/",
    page="/proposals/",
    stance="disputes",
    reference=FormattedReference("Writer, A.", {"edtf": "2005-03"}, "The talks", "", False, "", ""),
    locator=Value("section “Opening of the talks”, block 3"),
    opening="In July the delegations",
    closing="the host said.",
    language="",
    source_url="https://example.org/talks",
)
DESCENT = Descent(
    width="468",
    height="108",
    headings=[
        Heading("243", "The earlier plan", "The earlier plan", "/proposals/"),
        Heading("393", "The plan of two po…", "The plan of two points", "/proposals/"),
    ],
    threads=[
        Thread(
            "57",
            "Withdrawal",
            "Withdrawal",
            [Line("243", "57", "393", "57", "revises", "The plan of two points: revises it")],
            [Dot("243", "57", BEFORE, "/proposals/"), Dot("393", "57", AFTER, "/proposals/")],
        ),
        Thread(
            "91",
            "Status",
            "Status",
            [Line("243", "91", "393", "91", "drops", "The plan of two points: drops it")],
            [
                Dot("243", "91", "Decided later", "/proposals/"),
                Dot("393", "91", "Drops it", "/proposals/", dropped=True),
            ],
        ),
    ],
    rows=[Descends("Withdrawal", EARLIER, BEFORE, SENTENCES["revises"], PLAN, AFTER, MARKS)],
)
STOOD = Stood(
    key="p3",
    sign="reservations",
    words="accepts with reservations",
    certain=False,
    none_found=False,
    date={"edtf": "1997-07", "as_given": None, "inferred": False},
    event=Value("First day by the lake", "/events/"),
    looked_in="",
    marks=MARKS,
)

PROPOSAL_EXAMPLES: dict[str, dict[str, Any]] = {
    "_cited": {"cited": [CITED]},
    "_compared": {
        "cell": ComparedCell(
            COLUMN, [Provided("p1", "/proposals/", AFTER, "", [STEP], MARKS)], [], MARKS
        )
    },
    "_descent": {"descent": DESCENT},
    "_remarks": {"remarks": [Remark("P3 is withdrawn.", "/proposals/", "What it said before")]},
    "_reworded": {
        "reworded": Reworded(
            "words-1",
            "Withdrawal",
            SENTENCES["revises"],
            PLAN,
            EARLIER,
            BEFORE,
            AFTER,
            text_difference(BEFORE, AFTER),
        )
    },
    "_signs": {},
    "_step": {"step": STEP},
    "_stood": {"cell": Cell([STOOD], also=2)},
    "_take_away": {
        "edition": SimpleNamespace(number=2, published_at=datetime(2024, 5, 6, tzinfo=UTC)),
        "address": "https://example.org/proposals/compare/?ids=P1,P2&edition=2",
        "forms": {"docx": "/proposals/", "md": "/proposals/"},
    },
}
