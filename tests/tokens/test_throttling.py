"""How often the API may be asked, by whom, and what it says of that."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from desk.refusals import Refused
from record.canonical import digest
from record.kept_answers import kept_answers
from tests import world
from tests.answers import API
from tokens.issuing import change, issue, revoke
from tokens.known import KEPT, SOONEST, known_tokens, last_used
from tokens.models import Token
from tokens.throttling import MOST_CLIENTS, Counts, client_of, counts

pytestmark = pytest.mark.django_db

ADDRESS = f"{API}/events/"
CACHED = "public, max-age=0, s-maxage=30, must-revalidate"


@pytest.fixture(autouse=True)
def limited(settings):
    settings.API_LIMIT = 3
    counts.asked.clear()
    known_tokens.forget()
    known_tokens.used.clear()
    yield
    counts.asked.clear()
    known_tokens.forget()


@pytest.fixture
def clock():
    """At the tenth second of a minute, and still until it is moved."""
    with time_machine.travel("2026-11-26T12:00:10Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def token(cast):
    return issue(name="A mirror", limit=5, by=cast.chief_editor)


def ask(client, address=ADDRESS, secret="", **headers):
    given = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.get(address, headers=given | headers)


def left(response):
    return response["RateLimit-Policy"], response["RateLimit"]


def test_each_answer_says_how_often_one_may_still_ask(reader, clock):
    for number in (2, 1, 0):
        answered = ask(reader)
        assert answered.status_code == 200
        assert left(answered) == ('"default";q=3;w=60', f'"default";r={number};t=50')
    clock.shift(50)
    assert left(ask(reader)) == ('"default";q=3;w=60', '"default";r=2;t=60')


def test_who_asks_too_often_is_told_when_to_ask_again(reader, clock):
    for _ in range(3):
        ask(reader)
    refused = ask(reader)
    assert (refused.status_code, refused["Retry-After"]) == (429, "50")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Cache-Control"] == "no-store"
    assert left(refused) == ('"default";q=3;w=60', '"default";r=0;t=50')
    body = refused.json()
    assert body["title"] == "Too Many Requests"
    assert body["detail"].startswith("You have asked 3 times within a minute")
    assert ask(reader, f"{API}/schema/").status_code == 429
    assert reader.get("/events/").status_code == 200
    assert reader.options(ADDRESS).status_code == 204
    clock.shift(50)
    assert ask(reader).status_code == 200


@pytest.mark.parametrize("address", ["events/?limit=0", "events/E999/", "nothing/", "docs/", ""])
def test_refusals_and_pages_count_too(reader, address):
    assert "RateLimit" in ask(reader, f"{API}/{address}")
    assert re.fullmatch(r'"default";r=1;t=\d+', ask(reader, f"{API}/{address}")["RateLimit"])


def test_headers_are_outside_of_what_is_kept(reader, people, settings, clock):
    settings.KEPT_ANSWERS_BYTES = 1_000_000
    world.publish_all(world.event("Talks"), **people)
    first, kept = ask(reader), ask(reader)
    assert first.content == kept.content
    assert [left(first)[1], left(kept)[1]] == ['"default";r=2;t=50', '"default";r=1;t=50']
    assert not any("RateLimit" in answer.headers for answer in kept_answers.answers.values())
    unchanged = ask(reader, **{"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, left(unchanged)[1]) == (304, '"default";r=0;t=50')


def test_clients_are_counted_apart_by_the_proxies_that_are_trusted(reader, settings):
    def asked(address, forwarded=""):
        extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        return reader.get(ADDRESS, REMOTE_ADDR=address, **extra)["RateLimit"].partition(";t")[0]

    assert asked("192.0.2.1") == asked("192.0.2.2") == '"default";r=2'
    assert asked("192.0.2.1", "203.0.113.9") == '"default";r=1'
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert asked("127.0.0.1", "203.0.113.9") == '"default";r=2'
    assert asked("127.0.0.1", "192.0.2.77, 203.0.113.9") == '"default";r=1'
    # One household has one IPv6 network.
    assert asked("127.0.0.1", "2001:db8::1") == '"default";r=2'
    assert asked("127.0.0.1", "2001:db8::2") == '"default";r=1'
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    assert asked("192.0.2.3", "203.0.113.9") == '"default";r=2'


def test_without_a_limit_nothing_is_said(reader, settings):
    settings.API_LIMIT = 0
    assert "RateLimit" not in ask(reader)
    assert ask(reader, secret="wrong").status_code == 401


def test_token_lets_one_ask_more_often_and_changes_nothing_else(reader, token, clock, people):
    world.publish_all(world.event("Talks"), **people)
    _, secret = token
    plain = ask(reader)
    for number in (4, 3, 2, 1, 0):
        answered = ask(reader, secret=secret)
        assert left(answered) == ('"token";q=5;w=60', f'"token";r={number};t=50')
        assert answered.content == plain.content
        assert answered["ETag"] == plain["ETag"]
        assert answered["Cache-Control"] == CACHED
    assert ask(reader, secret=secret).status_code == 429
    assert ask(reader).status_code == 200


def test_wrong_token_is_refused_with_a_sentence(reader, token, clock):
    for given in ("Bearer wrong", "bearer ", f"Bearer {token[0].digest}"):
        refused = reader.get(ADDRESS, headers={"Authorization": given})
        assert (refused.status_code, refused["Cache-Control"]) == (401, "no-store")
        assert refused["WWW-Authenticate"] == 'Bearer error="invalid_token"'
        assert refused.json()["detail"].startswith("This token is not known here")
    assert left(refused)[1] == '"default";r=0;t=50'
    assert reader.get(ADDRESS, headers={"Authorization": "Bearer wrong"}).status_code == 429


def test_other_kinds_of_authorization_are_not_ours(reader):
    assert reader.get(ADDRESS, headers={"Authorization": "Basic dTpw"}).status_code == 200


def test_asking_writes_nothing_and_asks_for_tokens_twice_a_minute(
    reader, token, clock, django_assert_num_queries
):
    _, secret = token
    with django_assert_num_queries(1 + 2):  # the tokens, and an empty list
        ask(reader, secret=secret)
    for again in (secret, ""):
        with django_assert_num_queries(2):
            ask(reader, secret=again)


def test_revoked_token_is_forgotten_soon(reader, token, cast, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("tokens.known.time.monotonic", lambda: now[0])
    row, secret = token
    assert ask(reader, secret=secret).status_code == 200
    revoke(row, by=cast.chief_editor)
    now[0] += KEPT
    assert KEPT <= 60
    assert ask(reader, secret=secret).status_code == 401
    other, another = issue(name="Another", limit=5, by=cast.chief_editor)
    now[0] += SOONEST
    assert ask(reader, secret=another).status_code == 200
    change(other, name="Another", limit=9, by=cast.chief_editor)
    now[0] += KEPT
    assert ask(reader, secret=another)["RateLimit-Policy"] == '"token";q=9;w=60'


def test_day_of_use_is_noted_once_a_day(reader, token, monkeypatch):
    row, secret = token
    assert last_used([row.pk]) == {}
    noted = []
    keep = cache.set
    monkeypatch.setattr(cache, "set", lambda *args: noted.append(args) or keep(*args))
    for _ in range(3):
        ask(reader, secret=secret)
    assert len(noted) == 1
    assert last_used([row.pk]) == {row.pk: timezone.now().date()}


def test_only_a_digest_of_the_token_is_kept(token):
    row, secret = token
    assert re.fullmatch(r"chronicle_[\w-]{43}", secret)
    stored = Token.objects.values().get(pk=row.pk)
    assert stored["digest"] == digest(secret)
    assert not any(secret in str(value) for value in stored.values())


def test_only_chief_editors_issue_and_revoke(cast, token):
    row, _ = token
    for user in (cast.contributor, cast.editor):
        with pytest.raises(Refused):
            issue(name="Mine", limit=5, by=user)
        with pytest.raises(Refused):
            change(row, name="Mine", limit=5, by=user)
        with pytest.raises(Refused):
            revoke(row, by=user)
    revoke(row, by=cast.chief_editor)
    for again in (revoke, lambda row, by: change(row, name="Mine", limit=5, by=by)):
        with pytest.raises(Refused, match="has been revoked"):
            again(row, by=cast.chief_editor)


def test_clients_that_are_counted_are_bounded():
    several = Counts()
    several.minute = 0
    several.asked = dict.fromkeys(map(str, range(MOST_CLIENTS)), 1)
    assert several.count("another", 30) == 1
    assert len(several.asked) == MOST_CLIENTS
    assert several.count("another", 30) == 2
    assert several.count("another", 60) == 1
    assert several.asked == {"another": 1}


def test_name_of_a_client_is_read_once(rf, monkeypatch):
    request = rf.get(ADDRESS, REMOTE_ADDR="192.0.2.55")
    assert client_of(request) == "192.0.2.55"
    monkeypatch.setattr("tokens.throttling.who_asks", None)
    assert client_of(request) == "192.0.2.55"
