"""docs/api.md says what is so."""

import json
import re
from pathlib import Path

import pytest

from actors.filters import ActorFilter
from events.filters import EventFilter
from places.filters import PlaceFilter
from proposals.filters import ProposalFilter
from sources.filters import SourceFilter
from tests import world
from vocabulary.filters import TermFilter

FILTERS = [EventFilter, ProposalFilter, ActorFilter, SourceFilter, PlaceFilter, TermFilter]
TEXT = Path("docs/api.md").read_text()
PLURALS = ["events", "proposals", "actors", "sources", "places", "terms"]


def described():
    """The parameters that the table of filters gives each list."""
    of = {plural: set() for plural in PLURALS}
    scope = set()
    for names, lists in re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", TEXT, re.MULTILINE):
        if "/api/v1" in names:
            continue
        if lists == "all":
            scope = set(PLURALS)
        elif lists.startswith("all but "):
            scope = set(PLURALS) - {lists.removeprefix("all but ")}
        elif lists != "the same":
            scope = set(lists.split(", "))
        for plural in scope:
            of[plural] |= set(re.findall(r"`(\w+)`", names))
    return of


def test_every_filter_is_in_the_reference_and_no_other():
    assert described() == {
        plural: {*filter_class.base_filters, "ids"} - {"sort"}  # which has a table of its own
        for plural, filter_class in zip(PLURALS, FILTERS, strict=True)
    }


@pytest.mark.django_db(transaction=True)
def test_checksums_are_recomputed_by_the_examples(live_server, cast):
    event = world.event("A meeting", summary="“Ərazi” — in good spirits.\nSecond line.")
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    examples = re.findall(r"```python\n(.+?)```", TEXT, re.DOTALL)
    scope = {}
    for example in examples:
        example = example.replace("http://127.0.0.1:8000", live_server.url)
        exec(example.replace("events/E1/", f"events/{event.public_id}/"), scope)  # noqa: S102
    assert len(examples) == 2
    assert scope["document"]["id"] == event.public_id
    assert scope["edition"]["number"] == 1


# Examples ---------------------------------------------------------------------------------------

REQUEST = re.compile(r"^GET (/\S+)$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w*)\n(.+?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b([A-Z])[0-9]+\b")
SINCE = re.compile(r"since=[0-9]+")
LIKE_KEY = re.compile(
    r"[A-Z][0-9]+(/c[0-9]+)?|[0-9]+|none|true|false"
)  # of a map, not of an object


def examples():
    """Each request of the text, and the answer that is shown after it, if one is."""
    blocks = [(kind, text) for kind, text in BLOCK.findall(TEXT)]
    for place, (_, text) in enumerate(blocks):
        for address in REQUEST.findall(text):
            kind, after = blocks[place + 1] if place + 1 < len(blocks) else ("", "")
            yield address, json.loads(after) if kind == "json" else None


def missing(shown, body, place="$"):
    """Members that are shown and are not there, by their places."""
    if isinstance(shown, dict) and isinstance(body, dict):
        for name, value in shown.items():
            if LIKE_KEY.fullmatch(name):
                for inner in list(body.values())[:1]:
                    yield from missing(value, inner, f"{place}.{name}")
            elif name not in body and name != "…":
                yield f"{place}.{name}"
            elif name in body:
                yield from missing(value, body[name], f"{place}.{name}")
    if isinstance(shown, list) and isinstance(body, list):
        for value in shown[:1]:
            if not body and value != "…":
                yield f"{place}[0]"
            if body:  # of several, the one that has most of it
                yield from min(
                    (list(missing(value, item, f"{place}[0]")) for item in body), key=len
                )


@pytest.mark.django_db
def test_every_example_is_answered_and_has_the_members_that_it_shows(reader, full, cast):
    """In a record that has what the examples ask for: of their ids, whatever has them here."""
    report = world.showing("all", "In July the delegations met by the lake.", title="A report")
    meeting = world.event(
        "Talks",
        date="1997-01",
        place=full.place,
        participants=[world.participant(full.actor)],
        citations=[{"source": report, "start": "In July the delegations", "end": "lake"}],
    )
    world.publish_all(meeting, report, by=cast.contributor, approved_by=cast.editor)
    ids = {entry.public_id[0]: entry.public_id for entry in full.entries}
    found = list(examples())
    assert len(found) > 3
    for address, shown in found:
        address = SINCE.sub("since=1", ID.sub(lambda named: ids[named[1]], address))
        answered = reader.get(address)
        assert answered.status_code == 200, (address, answered.content)
        if shown is not None:
            assert list(missing(shown, answered.json())) == [], address


def test_members_that_are_not_there_are_noticed():
    shown = {"results": [{"id": "E1", "date": {"edtf": "…"}}], "references": {"E1": {"name": "…"}}}
    body = {"results": [{"id": "E9", "date": {}}], "references": {"A1": {}}}
    assert list(missing(shown, body)) == ["$.results[0].date.edtf", "$.references.E1.name"]
    assert list(missing({"results": [{"id": "…"}]}, {"results": []})) == ["$.results[0]"]
