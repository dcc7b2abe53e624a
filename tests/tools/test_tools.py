"""The tool server, asked by the SDK's own client: read-only, of one edition, with citations."""

import json
import os
import signal
import subprocess
import sys

import pytest
from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command

from desk.publishing import withdraw
from record.models import Edition, Link, Version
from tests import world
from tests.changes import happened

mcp = pytest.importorskip("mcp")
pytestmark = pytest.mark.django_db
CANARY = "zzcanaryzz"
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def connection_stays_open(monkeypatch):
    """As it does between requests of Django's own test client."""
    monkeypatch.setattr("tools.server.close_old_connections", lambda: None)


def ask(name, **arguments):
    """What the client is given: the structured answer, or the sentence of a refusal."""
    from tools.server import make_server

    async def asking():
        async with mcp.Client(make_server()) as client:
            return await client.call_tool(name, arguments)

    result = async_to_sync(asking)()
    if result.is_error:
        return result.content[0].text
    return result.structured_content


@pytest.fixture
def two_editions(full, cast):
    """The second one renames the event, of which a draft says more."""
    people = {"by": cast.contributor, "approved_by": cast.editor}
    world.change(full.event, title="The lake, renamed")
    world.publish_all(full.event, **people)
    world.change(full.event, title=f"The lake {CANARY}")
    return full


def test_tools_are_the_five_and_read_only(db):
    from tools.server import make_server

    async def listing():
        async with mcp.Client(make_server()) as client:
            return (await client.list_tools()).tools

    tools = async_to_sync(listing)()
    assert [tool.name for tool in tools] == [
        *("search", "get_entry", "compare_proposals", "evidence_for", "verify_quote"),
    ]
    assert {tool.annotations.read_only_hint for tool in tools} == {True}
    assert all(tool.input_schema["properties"] for tool in tools)
    assert not [tool.name for tool in tools if not tool.description or "  " in tool.description]


def test_search_gives_entries_with_their_citations(two_editions):
    answer = ask("search", words="lake", type="event")
    event = next(each for each in answer["results"] if each["id"] == two_editions.event.public_id)
    assert event["title"] == "The lake, renamed"
    assert event["url"].startswith(f"{SITE}/events/")
    assert event["url"].endswith("?edition=2")
    assert event["citations"][0]["id"] == f"{event['id']}/c1"
    assert answer["edition"]["number"] == 2
    assert ask("search", words=CANARY)["results"] == []
    assert ask("search", words="renamed", edition=1)["results"] == []


def test_search_says_that_there_are_more_than_were_compared(two_editions, monkeypatch):
    assert ask("search", words="lake")["remark"] == ""
    monkeypatch.setattr("record.ranking.MOST_RANKED", 1)
    answer = ask("search", words="lake", type="proposal")
    assert answer["remark"].startswith("So many entries hold these words that not all were compar")


def test_entry_is_whole_and_of_the_edition_asked_for(two_editions):
    public_id = two_editions.event.public_id
    now, then = ask("get_entry", id=public_id), ask("get_entry", id=public_id, edition=1)
    assert now["document"]["title"] == "The lake, renamed"
    assert then["document"]["title"] == then["entry"]["title"] == "First day by the lake"
    assert then["edition"] == {
        "number": 1,
        "published_at": f"{Edition.objects.get(number=1).published_at:%Y-%m-%dT%H:%M:%SZ}",
        "url": f"{SITE}/editions/1/?edition=1",
        "newest": 2,
    }
    stored = Version.objects.get(public_id=public_id, edition=1).document
    assert len(then["citations"]) == stored.count('"selector"')
    assert then["names"][two_editions.actor.public_id]["url"].endswith("?edition=1")
    assert CANARY not in str(now)


def test_citations_are_bounded_and_disputes_go_first(two_editions, monkeypatch):
    public_id = two_editions.event.public_id
    everything = ask("get_entry", id=public_id)
    stances = [each["stance"] for each in everything["citations"]]
    assert "disputes" in stances[1:]
    assert everything["more_citations"] == 0
    monkeypatch.setattr("tools.answers.MOST_CITATIONS", 1)
    monkeypatch.setattr("tools.answers.MOST_OF_A_HIT", 1)
    found = ask("search", words="renamed", type="event")["results"][0]
    for answer in (ask("get_entry", id=public_id), ask("evidence_for", id=public_id), found):
        assert [each["stance"] for each in answer["citations"]] == ["disputes"]
        assert answer["more_citations"] == len(stances) - 1


def test_evidence_of_a_claim_is_what_speaks_to_it(two_editions):
    public_id = two_editions.event.public_id
    everything = ask("evidence_for", id=public_id)
    some = ask("evidence_for", id=public_id, claim="date")
    assert some["citations"] == [
        each for each in everything["citations"] if "date" in each["claims"]
    ]
    assert len(some["citations"]) > 0
    assert set(some["citations"][0]) == {
        *("id", "stance", "claims", "source", "reference", "locator", "opening_words"),
        *("closing_words", "passage", "check", "note", "url"),
    }


def test_proposals_stand_side_by_side(two_editions, cast):
    other = world.proposal("Another plan")
    world.publish_all(other, by=cast.contributor, approved_by=cast.editor)
    ids = [two_editions.proposal.public_id, other.public_id]
    answer = ask("compare_proposals", ids=ids)
    assert list(answer["proposals"]) == ids
    assert "## Topic by topic" in answer["comparison"]
    assert f"edition {answer['edition']['number']} of" in answer["comparison"]
    assert {each["id"].partition("/")[0] for each in answer["citations"]} <= set(ids)
    text = answer["comparison"].replace("\\", "")
    assert [each["number"] for each in answer["citations"] if f"[{each['number']}]" in text]


def test_quotation_is_looked_for_in_what_is_public(two_editions):
    document = ask("get_entry", id=two_editions.event.public_id)
    words = max((each["opening_words"] for each in document["citations"]), key=len)
    found = ask("verify_quote", quotation=words)
    assert (found["found"], found["edition"]["number"]) == (True, 2)
    cited = {each["id"]: each for each in document["citations"]}
    first = found["citations"][0]
    assert first["entry"] == {
        "id": two_editions.event.public_id,
        "type": "event",
        "title": "The lake, renamed",
        "url": document["entry"]["url"],
    }
    beside = {"how", "entry"}
    assert first["how"] == "selector"
    assert {name: first[name] for name in first if name not in beside} == {
        name: value
        for name, value in cited[first["id"]].items()
        if name not in ("passage", "check")
    }
    invented = ask("verify_quote", quotation=f"{words} and what nobody wrote")
    assert {each["how"] for each in invented["citations"]} == {"begun"}
    assert not invented["found"]
    assert "were not compared" in invented["remark"]
    assert not ask("verify_quote", quotation="words that nobody wrote anywhere")["found"]


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("get_entry", {"id": "X1"}, "“X1” is no id; ids are like T1, S1, L1, A1, E1, P1."),
        ("get_entry", {"id": "E999"}, "Edition 2 has no entry E999."),
        ("get_entry", {"id": "E1", "edition": 9}, "“9” is the number of no edition."),
        ("search", {"words": "…"}, "Search for at least one letter or digit."),
        ("search", {"words": "lake", "type": "novel"}, "“novel” is no type. There are: term,"),
        ("search", {"words": "lake", "limit": 50}, "“limit” is a whole number from 1 to 20."),
        ("compare_proposals", {"ids": ["P1"]}, "Name at least 2 proposals, like P1 and P2."),
        ("verify_quote", {"quotation": "a b"}, "That is too short to be told from other words."),
        ("evidence_for", {"id": "E1", "claim": "date.colour"}, "E1 claims no “date.colour”."),
        ("search", {"words": "lake", "edtion": 1}, "search takes no “edtion”. It takes: words, "),
        ("search", {}, "“words”: Field required."),
        ("search", {"words": "x" * 501}, "“words”: String should have at most 500 characters."),
        ("get_entry", {"id": "E" + "9" * 500}, "“id”: String should have at most 500 characters."),
        ("compare_proposals", {"ids": ["P1"] * 21}, "“ids”: List should have at most 20 items"),
        ("search", {"words": "lake", "limit": "x"}, "“limit”: Input should be a valid integer"),
    ],
)
def test_what_cannot_be_answered_is_said_in_sentences(two_editions, tool, arguments, said):
    answer = ask(tool, **arguments)
    assert said in answer
    assert "pydantic" not in answer


def test_claim_that_is_not_made_is_told_with_those_that_are(two_editions):
    refusal = ask("evidence_for", id=two_editions.event.public_id, claim="colour")
    assert "claims no “colour”. It claims: entry, " in refusal


def test_claim_of_a_merged_entry_is_the_one_that_it_became(cast):
    *_, loser, winner = happened(cast)
    merged = Version.objects.get(public_id=loser.public_id, state="merged")
    became = json.loads(merged.document)["keys"]
    named = next(key for key in became if "/p" in key)
    told = f"{loser.public_id} was merged into {winner.public_id}, which this is."
    answer = ask("evidence_for", id=loser.public_id, claim=named.partition("/")[2])
    assert answer["claims"] == [became[named].partition("/")[2]]
    assert (answer["entry"]["id"], answer["remark"]) == (winner.public_id, told)
    assert ask("get_entry", id=loser.public_id)["remark"] == told
    refused = ask("evidence_for", id=loser.public_id, claim="kind")
    assert f"{told} Its claim “kind” did not go with it" in refused


def test_what_was_redacted_since_says_in_which_edition(cast):
    one, *_ = happened(cast)
    edition = Version.objects.get(public_id=one.public_id, edition=2).redacted_in_id
    said = ask("get_entry", id=one.public_id, edition=2)
    assert f"{one.public_id} was redacted in edition {edition}: For a reason." in said


def test_what_names_an_entry_that_was_redacted_since_is_answered(full, cast):
    actor = full.event.participants.first().actor
    world.redact_first(actor, cast, description="Known to all.")
    answer = ask("get_entry", id=full.event.public_id, edition=1)
    assert answer["names"][actor.public_id]["name"] == actor.public_id
    assert ask("evidence_for", id=full.event.public_id, edition=1)["citations"]
    assert ask("search", words="lake", edition=1)["results"]


def test_names_are_of_what_the_entry_refers_to(two_editions):
    answer = ask("get_entry", id=two_editions.event.public_id)
    assert set(answer["names"]) == set(
        Link.objects.filter(
            version__public_id=two_editions.event.public_id, version__edition=2
        ).values_list("target", flat=True)
    )


def test_what_is_gone_says_why(full, cast):
    withdraw(
        [full.proposal.public_id],
        by=cast.chief_editor,
        reason="Twice the same.",
        approved_by=cast.administrator,
    )
    said = ask("get_entry", id=full.proposal.public_id)
    assert f"{full.proposal.public_id} was withdrawn in edition 2: Twice the same." in said
    assert ask("get_entry", id=full.proposal.public_id, edition=1)["citations"]


def test_nothing_published_is_said(db):
    assert "Nothing has been published yet." in ask("search", words="lake")


def test_command_says_what_is_missing(monkeypatch):
    import builtins

    real = builtins.__import__

    def without(name, *rest, **options):
        if name == "tools.server":
            raise ModuleNotFoundError("No module named 'mcp'", name="mcp")
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CommandError, match="needs the package mcp"):
        call_command("mcp")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, None])
def test_command_says_nothing_of_its_own_and_ends_when_told(tmp_path, how):
    """``None``: at the end of standard input."""
    begin = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": begin}
    with subprocess.Popen(
        [sys.executable, "manage.py", "mcp"],
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(asked).encode() + b"\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["result"]["serverInfo"]["name"] == "Chronicle"
        if how:
            server.send_signal(how)
        else:
            server.stdin.close()
        try:
            assert server.wait(20) == (-how if how else 0)
        finally:
            server.kill()
