"""Lists, entries and citations through the client; and a site that cannot answer."""

import httpx
import pytest
from zeal import zeal_ignore

from chronicle_client import (
    Chronicle,
    ChronicleError,
    Gone,
    NotThere,
    Refused,
    Unreachable,
)
from chronicle_client.__main__ import main
from desk.publishing import withdraw
from record.models import Version
from tests import world
from tests.changes import happened

pytestmark = pytest.mark.django_db


def test_lists_are_walked_to_their_end_under_filters(site, transport, people, monkeypatch):
    monkeypatch.setattr("chronicle_client.site.MOST", 2)
    events = [world.event(f"Talks {year}", date=str(year)) for year in range(1990, 1997)]
    world.publish_all(*events, **people)
    found = list(site.entries("events", from_="1992", to=1996))
    assert [entry.document["title"] for entry in found] == [
        f"Talks {year}" for year in range(1992, 1997)
    ]
    assert [address.partition("&cursor")[0] for address in transport.asked[1:]] == [
        "/api/v1/events/?limit=2&from=1992&to=1996"
    ] * 2
    assert all(entry.fits_checksum() for entry in found)
    assert found[0].references[found[0].document["kind"]].name == "Meeting"


def test_entries_can_be_put_in_place(site, full):
    found = {event.id: event for event in site.entries("events", expand="place")}
    assert found[full.event.public_id].document["place"]["id"] == full.place.public_id


def test_walk_stays_with_its_edition(site, people, monkeypatch):
    monkeypatch.setattr("chronicle_client.site.MOST", 1)
    terms = [world.term(f"Word {one}") for one in range(3)]
    world.publish_all(*terms, **people)
    walk = site.entries("terms")
    first = next(walk)
    for term in terms:
        world.change(term, editor_note="Later.")
    world.publish_all(*terms, **people)
    assert [entry.version.edition for entry in [first, *walk]] == [1, 1, 1]


def test_filters_of_several_values_and_truths(site, full):
    ids = [entry.public_id for entry in full.entries if entry.public_id[0] == "E"]
    assert [entry.id for entry in site.entries("events", ids=ids)] == ids
    contested = [entry.id for entry in site.entries("events", contested=True)]
    assert contested == list(
        Version.objects.filter(type="event", contested=True).values_list("public_id", flat=True)
    )


def test_empty_list_of_values_matches_nothing(site, transport, full):
    assert list(site.entries("events")) != []
    transport.asked.clear()
    assert list(site.entries("events", kind=[])) == list(site.entries("events", ids=[])) == []
    assert transport.asked == []


def test_edition_0_is_not_the_newest(site, full):
    for number in (0, -1, 99):
        with pytest.raises(Refused):
            site.entry(full.event.public_id, edition=number)


def test_entry_is_that_of_an_edition(site, people):
    event = world.event("Talks")
    world.publish_all(event, **people)
    world.change(event, title="Other talks")
    world.publish_all(event, **people)
    assert site.entry(event.public_id).document["title"] == "Other talks"
    then = site.entry(event.public_id, edition=1)
    assert (then.document["title"], then.state, then.version.change) == (
        "Talks",
        "published",
        "new",
    )
    assert (site.newest(), site.edition(2)["number"]) == (2, 2)


def test_citation_leads_to_its_passage(site, full):
    (document,) = [entry.document for entry in site.entries("events", ids=full.event.public_id)]
    first = document["citations"][0]
    name = f"{full.event.public_id}/{first['key']}"
    citation = site.citation(name)
    assert (citation.id, citation.stance, citation.claims) == (
        name,
        first["stance"],
        tuple(first["claims"]),
    )
    assert citation.source.id == first["source"]
    assert citation.source.document["title"] in citation.reference
    assert citation.opening == first["selector"]["start"]
    assert citation.check == "exact"
    page = citation.url.removeprefix("http://testserver")
    assert page == f"/events/{full.event.slug}/citations/{first['key']}/"
    assert httpx.Client(transport=site.asking.http._transport).get(citation.url).status_code == 200
    assert str(citation).splitlines()[0].startswith(f"{name} supports entry")


def test_merged_citation_is_found_where_it_is_now(site, transport, people, cast, capsys):
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator}
    first, second, third = (world.event("Talks", citations=[{}, {}]) for _ in range(3))
    world.publish_all(first, second, third, **people)
    for loser, winner in ((first, second), (second, third)):
        keys = {f"{loser.public_id}/c1": f"{winner.public_id}/c2"}
        keys |= {f"{loser.public_id}/c2": f"{winner.public_id}/c1"}
        world.merge_by_hand(loser, winner, keys=keys, **chiefs)
    name, there = f"{first.public_id}/c1", f"{third.public_id}/c1"
    with zeal_ignore():  # the site asks one query a merger
        found = site.citation(name)
        assert main(["citation", "http://testserver", name], transport=transport) == 0
    assert (found.id, found.entry.id) == (there, third.public_id)
    assert found == site.citation(there)
    assert site.citation(name, edition=1).id == name
    assert capsys.readouterr().out == f"{name} was merged into {there}:\n{found}\n"
    with zeal_ignore(), pytest.raises(Gone, match=rf"Go on with {second.public_id}\.$"):
        site.citation(f"{first.public_id}/c3")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("E14", "“E14” names no citation; they are called like E14/c3."),
        ("{event}/c99", "{event} has no citation c99. It has c1"),
    ],
)
def test_what_is_no_citation_is_said(site, full, name, said):
    with pytest.raises(ChronicleError) as raised:
        site.citation(name.format(event=full.event.public_id))
    assert str(raised.value).startswith(said.format(event=full.event.public_id))


def test_problems_are_told_as_the_site_says_them(site, kept):
    _, other, loser, winner = kept(happened)
    with pytest.raises(Refused) as refused:
        list(site.entries("events", colour="red"))
    assert "colour: This address has no such parameter." in str(refused.value)
    assert refused.value.status == 400
    with pytest.raises(NotThere, match="has no event with the id or slug “E99”"):
        site.entry("E99")
    with pytest.raises(Gone, match="was withdrawn in edition 3: For a reason"):
        site.entry(other.public_id)
    with pytest.raises(Gone) as gone:
        site.entry(loser.public_id)
    assert gone.value.merged_into == winner.public_id
    with pytest.raises(ChronicleError, match="“X1” is no id"):
        site.entry("X1")


def test_withdrawn_entry_can_still_be_read_as_of_then(site, people, cast):
    term = world.term("Parley")
    world.publish_all(term, **people)
    withdraw([term.public_id], by=cast.chief_editor, reason="No.", approved_by=cast.administrator)
    assert site.entry(term.public_id, edition=1).state == "published"


# A site that cannot answer: no database is asked --------------------------------------------------

ANSWER = {"edition": 7}


def asked(*answers, url="https://chronicle.example"):
    """What the client makes of these answers, one after the other; and how long it waited."""
    left, waited = list(answers), []

    def handle(request):
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with Chronicle(url, transport=httpx.MockTransport(handle), wait=waited.append) as chronicle:
        try:
            return chronicle.newest(), waited
        except ChronicleError as error:
            return error, waited


def busy(status, retry_after=None):
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return httpx.Response(status, headers=headers)


def test_busy_site_is_asked_again_when_it_says():
    good = httpx.Response(200, json=ANSWER)
    assert asked(busy(429, "7"), busy(503, "0"), good) == (7, [7.0, 0.0])
    assert asked(busy(503), busy(502), good) == (7, [2.0, 4.0])
    assert asked(busy(429, "Thu, 01 Jan 1998 00:00:00 GMT"), good) == (7, [0.0])
    assert asked(busy(429, "nonsense"), good) == (7, [2.0])


def test_site_that_stays_busy_is_left_alone():
    error, waited = asked(*[busy(503, "1")] * 5)
    assert isinstance(error, Unreachable)
    assert str(error) == "https://chronicle.example is busy, and answers 503."
    assert waited == [1.0] * 4
    error, waited = asked(busy(429, "86400"))
    assert str(error).endswith("It asks to come back in 86400 seconds.")
    assert waited == []


def test_network_that_fails_is_tried_again_and_told():
    good = httpx.Response(200, json=ANSWER)
    assert asked(httpx.ConnectError("no route"), good) == (7, [2.0])
    error, _ = asked(*[httpx.ReadTimeout("too slow")] * 5)
    assert str(error) == "https://chronicle.example does not answer: too slow"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[1]),
        httpx.Response(200, json={"other": 1}),
        httpx.Response(500, text="Oops"),
    ],
)
def test_what_is_no_chronicle_is_said(answer):
    error, _ = asked(answer)
    assert isinstance(error, Unreachable)
    assert str(error).endswith(f"answers {answer.status_code}, and not as a Chronicle.")


def test_token_goes_with_every_request():
    sent = []

    def handle(request):
        sent.append(request.headers.get("Authorization"))
        return httpx.Response(200, json=ANSWER)

    for token in ("", "a-token"):
        with Chronicle(
            "https://chronicle.example", token=token, transport=httpx.MockTransport(handle)
        ) as site:
            site.newest()
    assert sent == [None, "Bearer a-token"]
