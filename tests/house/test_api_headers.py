"""What every address of the API says of itself, whatever it is of, and of what it cannot answer."""

import re

import pytest

from tests.answers import API
from tests.house.addresses import Addresses, patterns
from tokens.throttling import counts

pytestmark = pytest.mark.django_db

CACHED = "public, max-age=0, s-maxage=30, must-revalidate"
ASKED = {
    "proposal_compare": "?ids=P1,P2",
    "verify_quote": "?text=the+delegations+met+by+the+lake",
}
PROBLEM = ["type", "title", "status", "detail", "instance"]


@pytest.fixture
def addresses(full, cast):
    """By name, with what an address needs to be answered."""
    every = Addresses(full, cast.contributor).all()
    found = {name: address for name, address in every.items() if name.startswith("api:")}
    assert set(found) == {name for name, _ in patterns() if name.startswith("api:")}
    return {
        name: address + ASKED.get(name.partition(":")[2], "") for name, address in found.items()
    }


def test_every_address_is_cacheable_and_known_again(reader, addresses, settings):
    settings.API_LIMIT = 1_000
    counts.asked.clear()
    for name, address in addresses.items():
        answered = reader.get(address)
        assert answered.status_code == 200, name
        assert answered["Cache-Control"] == CACHED, name
        assert "Accept" in re.split(r",\s*", answered["Vary"]), name
        assert answered.cookies == {}, name
        assert re.fullmatch(r'"default";r=\d+;t=\d+', answered["RateLimit"]), name
        again = reader.get(address, headers={"If-None-Match": answered["ETag"]})
        assert (again.status_code, again.content) == (304, b""), name
        assert (again["ETag"], again["Cache-Control"]) == (answered["ETag"], CACHED), name
        assert re.fullmatch(r'"default";r=\d+;t=\d+', again["RateLimit"]), name
        head = reader.head(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", answered["ETag"]), name
    counts.asked.clear()


def test_what_cannot_be_answered_is_a_problem_at_every_address(reader, addresses):
    """A parameter that there is not, an edition that there is not, and a method that writes."""
    for name, address in addresses.items():
        if name in ("api:context", "api:docs", "api:schema"):  # which no parameter changes
            continue
        joint = "&" if "?" in address else "?"
        for status, answered in (
            (400, reader.get(f"{address}{joint}colour=blue")),
            (400, reader.get(f"{address}{joint}edition=999")),
            (405, reader.post(address)),
        ):
            assert answered.status_code == status, (name, answered.content)
            assert answered["Content-Type"] == "application/problem+json", name
            body = answered.json()
            assert list(body)[:5] == PROBLEM, name
            assert (body["type"], body["status"]) == ("about:blank", status), name
            assert body["instance"] == address.partition("?")[0], name
            assert body["detail"].endswith("."), name
            assert "ETag" not in answered, name


@pytest.mark.parametrize("address", ["nothing/", "events/E1/of/it/", "no%0Athing/", "%F3%0A/"])
def test_nothing_is_a_problem_too(reader, db, address):
    answered = reader.get(f"{API}/{address}")
    assert answered.status_code == 404
    assert list(answered.json()) == PROBLEM


def test_problem_names_where_it_happened_as_a_uri(reader, db):
    problem = reader.get(f'{API}/events/görüş "1"/').json()
    assert problem["instance"] == f"{API}/events/g%C3%B6r%C3%BC%C5%9F%20%221%22/"
