"""Programs in pages of other sites read the API (CORS), and nothing else."""

import pytest

from tests import world
from tests.answers import API

pytestmark = pytest.mark.django_db

EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"


def origins(response):
    return (
        response.headers.get("Access-Control-Allow-Origin"),
        response.headers.get("Access-Control-Expose-Headers"),
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("", 200),
        ("events/", 200),
        ("schema/", 200),
        ("docs/", 200),
        ("events", 301),
        ("events/?as_of=2026-01-01", 400),
        ("events/?limit=0", 400),
        ("events/E999/", 404),
        ("nothing/", 404),
    ],
)
def test_every_answer_may_be_read_from_any_origin(reader, address, status):
    response = reader.get(f"{API}/{address}", headers={"Origin": "https://example.org"})
    assert (response.status_code, *origins(response)) == (status, "*", EXPOSED)


def test_answers_without_a_body_and_failures_may_be_read_too(reader, people, monkeypatch):
    world.publish_all(world.event(), **people)
    address = f"{API}/events/"
    tag = reader.get(address)["ETag"]
    assert origins(reader.get(address, headers={"If-None-Match": tag})) == ("*", EXPOSED)
    assert origins(reader.head(address)) == ("*", EXPOSED)
    assert origins(reader.post(address)) == ("*", EXPOSED)
    reader.raise_request_exception = False
    monkeypatch.setattr("record.filters.page", None)
    failed = reader.get(f"{address}?limit=1")
    assert (failed.status_code, *origins(failed)) == (500, "*", EXPOSED)


def test_what_a_browser_asks_before_is_answered(reader, django_assert_num_queries):
    headers = {"Access-Control-Request-Method": "GET", "Origin": "https://example.org"}
    with django_assert_num_queries(0):
        response = reader.options(f"{API}/events/", headers=headers)
    assert (response.status_code, *origins(response)) == (204, "*", EXPOSED)
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "Accept, Authorization, If-None-Match"
    assert reader.options(f"{API}/events/").status_code == 204


@pytest.mark.parametrize("address", ["/", "/events/", "/account/login/", "/desk/"])
def test_pages_are_open_to_no_other_origin(reader, address):
    response = reader.get(address, headers={"Origin": "https://example.org"})
    assert origins(response) == (None, None)
