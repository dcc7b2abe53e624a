"""Readers write about a claim; the desk answers; whoever has the address sees what comes of it."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from desk.publishing import approve_and_publish
from desk.refusals import Refused
from desk.submissions import submission_checksum
from letters import reader_views as views
from letters.models import Letter, State
from letters.writing import answer, letter_of, send
from record.models import Version
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"
GIVEN = {"claim": "entry", "text": "It was in June.", "source": "A report, page 3."}


def published_talks(cast):
    event = world.event("Talks", editor_note="They met.")
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    return event


@pytest.fixture
def event(kept):
    return kept(published_talks)


@pytest.fixture
def version(event):
    return Version.objects.get(public_id=event.public_id)


def address(event):
    return f"/entries/{event.public_id}/suggest-correction/"


def sent(reader, event, **given):
    response = reader.post(address(event), GIVEN | given)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def test_entry_leads_to_the_form_which_offers_its_claims(reader, event):
    page = page_at(reader, f"/events/{event.slug}/")
    assert page.link("Suggest a correction") == address(event)
    form = page_at(reader, f"{address(event)}?claim=date")
    assert [option.text.split(":")[0] for option in form.all("option")] == [
        "the entry itself",
        "editor note",
        "title",
        "kind",
        "date",
    ]
    [chosen] = [option.text for option in form.all("option") if "selected" in option.attributes]
    assert chosen == "date: July 1997 (1997-07)"


def test_every_claim_with_evidence_leads_to_its_letter(reader, event):
    for there in (f"/events/{event.slug}/", f"/events/{event.slug}/citations/c1/"):
        links = page_at(reader, there).all("a", rel="nofollow")
        assert {link.get("href"): link.get("aria-label") for link in links} == {
            f"{address(event)}?claim={claim}": f"Suggest a correction: {words}"
            for claim, words in (("entry", "that it happened"), ("date", "date"))
        }


def test_letter_is_kept_and_followed_by_its_address_alone(reader, event):
    there = sent(reader, event, claim="date")
    secret = there.split("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", secret)
    letter = Letter.objects.get()
    assert (letter.public_id, letter.claim, letter.edition) == (event.public_id, "date", 1)
    assert secret not in str(Letter.objects.values())
    page = page_at(reader, there)
    assert "nobody has answered yet" in page.text
    assert "It was in June." in page.text
    response = reader.get(there)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == (
        "no-store",
        "noindex, nofollow, noarchive",
    )
    assert reader.get("/letters/other/").status_code == 404


def test_letter_is_about_the_version_that_was_read(reader, event, people):
    form = page_at(reader, address(event))
    world.change(event, title="Other talks")
    world.publish_all(event, **people)
    edition = form.at("id_edition").get("value")
    assert "Talks" in page_at(reader, sent(reader, event, claim="title", edition=edition)).text
    assert Letter.objects.get().edition == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"text": " "}, "Say what is wrong."),
        ({"source": ""}, "Say where it can be checked: nothing stands here without."),
        ({"claim": "p9"}, "Select a valid choice. p9 is not one of the available choices."),
        ({"text": "x" * 5001}, "Ensure this value has at most 5000 characters (it has 5001)."),
        (
            {"text": "a\x07b"},
            "There is a control character (U+0007) after “a”, which nobody can see.",
        ),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(reader, event, given, message):
    response = reader.post(address(event), GIVEN | given)
    assert response.status_code == 200
    assert message in response.content.decode()
    if "source" not in given:
        assert "A report, page 3." in response.content.decode()
    assert Letter.objects.count() == 0


def test_programs_that_fill_in_everything_are_thanked_and_not_heard(reader, event):
    assert sent(reader, event, website="http://example.org") == "/letters/sent/"
    assert Letter.objects.count() == 0


def test_letters_from_one_address_are_few_an_hour(reader, event, monkeypatch, still_clock):
    monkeypatch.setattr(views, "LETTERS_AN_ADDRESS", 2)
    for _ in range(2):
        sent(reader, event)
    response = reader.post(address(event), GIVEN)
    assert str(views.TOO_MANY) in response.content.decode()
    assert "It was in June." in response.content.decode()
    assert Letter.objects.count() == 2


def test_letters_are_shown_to_nobody_else(reader, event):
    sent(reader, event, text=CANARY)
    for there in (f"/events/{event.slug}/", "/feeds/", f"/entries/{event.public_id}/history/"):
        assert CANARY not in reader.get(there).content.decode()


def test_form_of_what_is_not_published_is_not_there(reader, event):
    draft = world.event("Draft")
    assert reader.get(address(draft)).status_code == 404
    assert reader.post(address(draft), GIVEN).status_code == 404


def test_forged_letter_is_refused(event):
    assert Client(enforce_csrf_checks=True).post(address(event), GIVEN).status_code == 403


def test_answer_is_read_under_the_address_and_follows_the_submission(
    reader, event, people, cast, version
):
    letter, secret = send(version, "date", text="It was in June.", source="A report.")
    world.change(event, title="Talks in June", by=cast.contributor)
    submission = world.submitted(event, by=cast.contributor)
    answer(
        letter, by=cast.editor, state=State.TAKEN_UP, text="You are right.", submission=submission
    )
    page = page_at(reader, f"/letters/{secret}/")
    assert "a correction is being prepared or reviewed" in page.text
    assert "You are right." in page.text
    approve_and_publish(submission, by=cast.editor, checksum=submission_checksum(submission))
    assert "published in edition 2" in page_at(reader, f"/letters/{secret}/").text


def test_answer_is_refused_where_it_does_not_hold(event, cast, version):
    letter, secret = send(version, "date", text="It was in June.", source="A report.")
    other = world.submitted(world.event("Other", by=cast.contributor), by=cast.contributor)
    for options, message in (
        ({"by": cast.contributor, "state": State.DECLINED, "text": "No."}, "is for editors"),
        ({"by": cast.editor, "state": State.DECLINED, "text": " "}, "Answer in a sentence"),
        ({"by": cast.editor, "state": State.TAKEN_UP, "text": "Yes."}, "in which submission"),
        (
            {"by": cast.editor, "state": State.TAKEN_UP, "text": "Yes.", "submission": other},
            f"does not hold {event.public_id}",
        ),
    ):
        with pytest.raises(Refused, match=message):
            answer(letter, **options)
    seen_before = letter_of(secret)
    answer(letter, by=cast.editor, state=State.DECLINED, text="The source says July.")
    with pytest.raises(Refused, match="Somebody else has just answered"):
        answer(seen_before, by=cast.chief_editor, state=State.DECLINED, text="No.")
    assert letter_of(secret).answer == "The source says July."


def test_database_refuses_what_says_nothing(version):
    for values in ({"text": ""}, {"source": ""}, {"state": State.DECLINED}):
        letter, _ = send(version, "date", text="It was in June.", source="A report.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**values)
