"""What the style page fills each component with: the same types that pages give it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message

from actors.reading import NameRow
from actors.tenures import Capacity
from chronicle.example import Example
from chronicle.searching import HitRow, Next, OtherSearch
from chronicle.style_examples_api import API_EXAMPLES
from chronicle.style_examples_changes import CHANGE_EXAMPLES, PAGE
from chronicle.style_examples_citing import CITING_EXAMPLES
from chronicle.style_examples_forms import CONTROL, FACET, FORM_EXAMPLES
from chronicle.style_examples_languages import LANGUAGE_EXAMPLES
from chronicle.style_examples_map import MAP_EXAMPLES
from chronicle.style_examples_proposals import PROPOSAL_EXAMPLES
from chronicle.style_examples_timeline import TIMELINE_EXAMPLES
from chronicle.style_examples_verifying import VERIFYING_EXAMPLES
from proposals.reading import Ancestor, Provision, Response
from record.as_of import AsOf
from record.backlinks import Cut
from record.highlighting import Piece
from record.histogram import Bar, Histogram
from record.neighbours import InTime, Neighbour
from record.reading import Reference
from record.rows import CitedSource, EntryRow, Fact, ShortCitation, Value
from sources.cards import Asserted, CheckResult, EvidenceCard, SpokenTo
from sources.citations import ClaimSides
from sources.linked import LinkedClaim, LinkedClaims
from sources.marks import Claims
from sources.passages import Passage, RestingClaim
from sources.reference import FormattedReference
from sources.showing import CitedWork, Disagreement, Evidence, ShownWaiver
from sources.shown import Context

DAY = {"edtf": "1997-07-02", "as_given": None, "inferred": False}
ABOUT = {"edtf": "1997-07-02~", "as_given": "in early July", "inferred": True}
LAKE = Value("Lakeside", "/places/")
ENVOY = Value("The Envoy", "/actors/")
PLAN = Value("The plan of two points", "/proposals/")
MEETING = Value("First day by the lake", "/events/")
DIGEST = "7ccad342fdb4d095a5c2f0caa1022ed4e1da1b89cda3452a67ce960c0480c3ac"
DOCUMENT: dict[str, Any] = {
    "id": "E1",
    "citations": [
        {
            "key": key,
            "source": "S1",
            "claims": claims,
            "stance": stance,
            "locator": {
                "section": None,
                "blocks": [3],
                "page": None,
                "timecode": None,
                "record": None,
            },
        }
        for key, claims, stance in (
            ("c1", ["date", "p1"], "supports"),
            ("c2", ["date"], "disputes"),
            ("c3", ["p1"], "mentions"),
        )
    ],
    "waivers": [{"claim": "p2", "reason": "Plain from any map."}],
}
CLAIMS = Claims(DOCUMENT, "/events/")
REFERENCE = FormattedReference(
    authors="Writer, A.",
    date={"edtf": "2005-03"},
    title="The talks by the lake",
    language="",
    whole=False,
    container="Journal of the Lake",
    after="Lake Press",
)
SOURCE = Reference("S1", "source", "The talks by the lake", "talks", "/sources/")
DATE_CLAIM = SpokenTo("date", Value("date"), "/events/")
CHECK = CheckResult("found once in the source’s text", "exact", date(2024, 5, 6), DIGEST)


def _card(key: str, stance: str, **given: Any) -> EvidenceCard:
    values: dict[str, Any] = {
        "key": key,
        "url": "/events/",
        "number": key.removeprefix("c"),
        "stance": stance,
        "stance_words": stance.capitalize(),
        "source": SOURCE,
        "reference": REFERENCE,
        "short": "Writer, 2005",
        "locator": Value("section “Opening of the talks”, block 3"),
        "brief": Value("block 3"),
        "names_blocks": True,
        "language": "",
        "opening": "In July the delegations",
        "closing": "the host said.",
        "before": "",
        "after": "",
        "passage_url": "https://example.org/talks",
        "at_passage": True,
        "is_pdf": False,
        "findable": "",
        "archived_url": "https://archive.example.org/talks",
        "archived_on": "2024-05-06",
        "context": None,
        "claims": [DATE_CLAIM, SpokenTo("p1", Value("The Envoy (Delegate)"), "/events/")],
        "asserts": [],
        "check": CHECK,
        "accessed_on": "2024-05-06",
        "cited_via": None,
        "note": "",
    }
    return EvidenceCard(**values | given)


SUPPORTS = _card(
    "c11",
    "supports",
    note="The host is not named.",
    context=Context(
        "… by boat. ", "In July the delegations met, the host said.", " Nobody …", "/sources/"
    ),
)
DISPUTES = _card(
    "c12",
    "disputes",
    asserts=[Asserted("", "August 1997")],
    findable="the delegations met",
    check=CheckResult("not found in the source’s text", "missing", date(2024, 5, 6), DIGEST),
)
MENTIONS = _card("c13", "mentions", check=CheckResult("no words are given", "unchecked"))
LINKED = [
    LinkedClaim(MEETING, CLAIMS, "date", date=DAY, notes=[Value("Delegate", "/terms/")]),
    LinkedClaim(Value("A meeting without a date", "/events/"), CLAIMS, "p1"),
]
CUT = Cut(50, 1234, "events", "/events/")
NAME = NameRow("p23", "Elçi", "az", "Azerbaijani", "Latin", "As in the source", None)
RESPONSE = Response(
    key="p21",
    actor=ENVOY,
    to="",
    to_key="",
    stance="Accepts with reservations",
    none_found=False,
    date=DAY,
    event=MEETING,
    looked_in="",
)
ANCESTOR = Ancestor(
    "p22", "Revises", Value("The earlier plan", "/proposals/"), Value("Both sides stop.")
)
ROW = EntryRow(
    id="E1",
    type="event",
    url="/events/",
    title="First day by the lake",
    kind="Round of talks",
    date=ABOUT,
    summary="Delegations met for the first time.",
    contested=True,
    facts=[Fact("Place", [LAKE]), Fact("Actors", [ENVOY, Value("The Kingdom", "/actors/")])],
    sources=[
        CitedSource(
            "Writer, 2005",
            "",
            [
                ShortCitation("1", "/events/", "supports", Value("block 3")),
                ShortCitation("2", "/events/", "disputes", Value("block 7")),
            ],
        )
    ],
)


def _bar(year: int | None, possible: int, certain: int) -> Bar:
    last = year or 1989
    labelled = year in (None, 1990)
    height, height_certain = possible * 25, certain * 25
    return Bar(year, last, possible, certain, height, height_certain, labelled, year == 1991, "")


HISTOGRAM = Histogram(
    bars=[_bar(None, 1, 0), _bar(1990, 1, 1), _bar(1991, 4, 3), _bar(1992, 0, 0), _bar(1993, 2, 0)],
    step=1,
    highest=4,
    undated=2,
    undated_query="",
    all_query="",
    chosen=True,
)


MARKED = [Piece("First", True), Piece(" day by the lake", False)]
FILTER = [{"label": "Kind", "shown": "Round of talks", "query": ""}]
PAGES = {"one": "event", "many": "events", "none": "Nothing yet."}
EVIDENCE = Evidence(
    works=[
        CitedWork(SOURCE, "https://example.org/talks", REFERENCE, [SUPPORTS, DISPUTES, MENTIONS])
    ],
    disagreements=[Disagreement(DATE_CLAIM, [SUPPORTS], [DISPUTES])],
    waivers=[ShownWaiver(SpokenTo("p2", Value("part of"), "/events/"), "Plain.", "waiver-p2")],
    supported=7,
    alone=3,
    in_blocks=True,
)

EXAMPLES: dict[str, dict[str, Any]] = {
    **API_EXAMPLES,
    **CHANGE_EXAMPLES,
    **CITING_EXAMPLES,
    **FORM_EXAMPLES,
    **LANGUAGE_EXAMPLES,
    **MAP_EXAMPLES,
    **PROPOSAL_EXAMPLES,
    **TIMELINE_EXAMPLES,
    **VERIFYING_EXAMPLES,
    "_about": {"page": PAGE},
    "_ancestor": {"ancestor": ANCESTOR, "claims": CLAIMS},
    "_as_of": {
        "as_of": AsOf(
            number=2, published_at=datetime(2024, 5, 6, tzinfo=UTC), newest=5, now_url="/terms/"
        )
    },
    "_asserted": {
        "values": [Asserted("", "August 1997"), Asserted("place", "Hilltop", "/places/")]
    },
    "_capacity": {
        "capacity": Capacity(Value("Chair"), Value("Conference of States", "/actors/"), DAY)
    },
    "_check": {"check": CHECK},
    "_chips": {
        "active": FILTER,
        "unused": [{"label": "From", "shown": "199x", "query": ""}],
        "list_url": "/events/",
        "clear_url": "/events/",
    },
    "_citation": {"card": _card("c1", "supports")},
    "_cut": {"cut": CUT},
    "_date": {"date": ABOUT},
    "_date_notes": {"date": ABOUT},
    "_day": {"day": "2024-05-06"},
    "_disagreement": {"disagreement": Disagreement(DATE_CLAIM, [SUPPORTS], [DISPUTES])},
    "_entry_row": {"row": ROW},
    "_evidence": {"evidence": EVIDENCE},
    "_example": {"example": Example("First day by the lake", "", "/events/", DAY, SUPPORTS)},
    "_filters": {
        "list_url": "/",
        "problems": 0,
        "fields": [FACET, CONTROL],
        "kept": [],
        "sorts": [],
        "unused": [],
    },
    "_histogram": {"histogram": HISTOGRAM, "title": "Events", "list_url": "/events/"},
    "_hit": {
        "hit": HitRow(
            row=replace(ROW, id="E2"),
            kind="event",
            title=MARKED,
            passage=[Piece("Delegations met for the ", False), Piece("first", True)],
            through=[[Piece("Lakeside", True)]],
        )
    },
    "_in_time": {"in_time": InTime(Neighbour(MEETING, DAY), Neighbour(PLAN, ABOUT))},
    "_linked": {"linked": LINKED},
    "_linked_section": {
        "id": "example",
        "title": "Followed by",
        "linked": LinkedClaims(LINKED, CUT),
    },
    "_lists": {},
    "_marks_there": {"shown": [CLAIMS.of("date"), CLAIMS.of("p2")], "entry": "E1"},
    "_marks": {"shown": [CLAIMS.of("date", "date"), CLAIMS.of("p2")]},
    "_marked": {"pieces": MARKED},
    "_messages": {"messages": [Message(SUCCESS, "The event was saved.")]},
    "_names": {"names": [NAME], "claims": CLAIMS, "dated": False},
    "_not_found": {
        "next": Next(
            missing=["lak"],
            meant=[OtherSearch("lake", "q=lake")],
            fewer=None,
            alone=[OtherSearch("first", "q=first"), OtherSearch("day", "q=day")],
        )
    },
    "_nothing": {"active": FILTER, "total": 0, "pages": PAGES, "clear_url": "/events/"},
    "_open_source": {"card": DISPUTES},
    "_paging": {"previous_url": "/events/", "next_url": "/events/"},
    "_passage": {"card": SUPPORTS},
    "_provision": {
        "provision": Provision(
            key="p20",
            summary="Both sides withdraw.",
            ancestors=[replace(ANCESTOR, key="p24")],
            later=LINKED,
            responses=[replace(RESPONSE, key="p25")],
        ),
        "claims": CLAIMS,
        "language": "",
    },
    "_reference": {"reference": REFERENCE},
    "_response": {"response": RESPONSE, "claims": CLAIMS, "language": ""},
    "_resting": {
        "passage": Passage(
            section="",
            where="block 3",
            entry=MEETING,
            type="event",
            number="1",
            stance="supports",
            opening="In July the delegations",
            via=False,
            claims=[RestingClaim(DATE_CLAIM, True)],
        ),
        "language": "",
    },
    "_row_citations": {"sources": ROW.sources},
    "_side": {
        "side": ClaimSides(DATE_CLAIM, [Asserted("", "2 July 1997")], [DISPUTES]),
        "card": SUPPORTS,
    },
    "_value": {"value": LAKE},
    "_version": {"page": PAGE, "as_of": None},
    "_when": {"date": ABOUT},
}
