"""Answers are given again as long as nothing that they depend on has changed."""

import pytest
from django.http import HttpResponse

from record.canonical import selector_digest
from record.kept_answers import KeptAnswers, kept_answers
from record.models import Check
from record.reading import Record, document_of
from tests import world
from tests.answers import API

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/events/", "/search/?q=meeting", f"{API}/events/", f"{API}/events/E1/"]


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.KEPT_ANSWERS_BYTES = 1_000_000


@pytest.fixture
def meeting(people):
    event = world.event("A first meeting", citations=[{"start": "Some words"}])
    world.publish_all(event, **people)
    return event


@pytest.mark.parametrize("address", ADDRESSES)
def test_second_answer_is_the_same_for_one_query(
    reader, meeting, address, django_assert_num_queries
):
    first = reader.get(address)
    with django_assert_num_queries(1):
        second = reader.get(address)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)
    assert len(second.content) > 500


@pytest.mark.parametrize("address", ["/events/", f"{API}/events/"])
def test_new_edition_is_seen_at_once_and_clears_what_was_said_before(
    reader, meeting, people, address
):
    reader.get(address)
    world.publish_all(world.change(meeting, title="A second meeting"), **people)

    assert "A second meeting" in reader.get(address).content.decode()
    kept = b"".join(answer.content for answer in kept_answers.answers.values())
    assert b"A second meeting" in kept
    assert b"A first meeting" not in kept


def test_new_check_is_seen_at_once(reader, meeting):
    address = f"{API}/events/{meeting.public_id}/"
    assert reader.get(address).json()["checks"]["E1/c1"]["state"] == "unchecked"
    [citation] = document_of(Record.current().get("event", "E1"))["citations"]
    Check.objects.create(
        public_id="E1",
        citation="c1",
        selector=selector_digest(citation["selector"]),
        text="0" * 64,
        state="missing",
        checked_on="2027-01-02",
    )
    assert reader.get(address).json()["checks"]["E1/c1"]["state"] == "missing"


def test_answer_is_kept_for_its_very_address_and_accept(reader, meeting):
    json = reader.get(f"{API}/events/")
    assert reader.get(f"{API}/events/?q=nothing").json()["results"] == []
    assert reader.get(f"{API}/events/", headers={"Accept": "image/png"}).status_code == 406
    assert reader.get(f"{API}/events/").content == json.content


def test_head_after_get_says_the_same_without_a_body(reader, meeting):
    before = reader.head(f"{API}/events/")
    answer = reader.get(f"{API}/events/")
    after = reader.head(f"{API}/events/")
    assert (before.content, after.content) == (b"", b"")
    assert dict(before.headers) == dict(after.headers) == dict(answer.headers)


def test_refusals_are_not_kept(reader, meeting):
    kept_answers.answers.clear()
    for address in ("events/?limit=0", "events/E999/", "nothing/"):
        reader.get(f"{API}/{address}")
    assert list(kept_answers.answers) == []


def test_what_was_not_asked_for_longest_goes_first(settings):
    settings.KEPT_ANSWERS_BYTES = 30
    answers = KeptAnswers()
    for mark in "abc":
        answers.keep(mark, HttpResponse(b"0123456789"), ("state", 1))
    answers.get("a")
    answers.keep("d", HttpResponse(b"0123456789"), ("state", 1))
    answers.keep("too large", HttpResponse(b"0" * 31), ("state", 1))

    assert list(answers.answers) == ["c", "a", "d"]
    assert answers.size == 30


def test_answer_to_one_person_is_not_kept(settings):
    answers = KeptAnswers()
    response = HttpResponse(b"for you")
    response.set_cookie("you", "1")
    answers.keep("a", response, ("state", 1))
    assert list(answers.answers) == []
