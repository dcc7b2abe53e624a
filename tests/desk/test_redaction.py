"""Redaction: what versions said goes from everywhere, and nothing else does."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.models import Revision, Submission, WorkingCopy
from desk.notes import add_note
from desk.publishing import publish, withdraw
from desk.redaction import Then, redact, request_redaction
from desk.revisions import add_revision
from desk.submissions import approve, submission_checksum, submit
from desk.types import entry_with_id
from desk.vacuuming import found_in_files
from record import search
from record.models import Edition, Link, Opening, Version
from record.reading import Gone, Record
from record.verification import verify
from tests import world
from tests.page_reading import page_at
from tests.pages import admin_url
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

SECRET = "Zorbelinsky"


@pytest.fixture
def chief(chief_editor, editor):
    return {"by": chief_editor, "approved_by": editor, "reason": "A court has ordered it."}


@pytest.fixture
def event(kept):
    """An event that named somebody in editions 1 and 2, and not in 3."""
    return kept(leaking_event)


def leaking_event(cast):
    return leaking({"by": cast.contributor, "approved_by": cast.editor})


def leaking(people):
    source = world.source(by=people["by"])
    citation = {"source": source, "note": f"Names {SECRET}."}
    event = world.event(
        f"A meeting with {SECRET}",
        by=people["by"],
        summary=f"{SECRET} spoke.",
        quantities=[{"what": f"Guards of {SECRET}", "best": 3}],
        citations=[citation],
    )
    submission = world.submitted(*world.with_what_they_need([event]), by=people["by"])
    add_note(submission, by=people["by"], text=f"Is {SECRET} right?", public_id=event.public_id)
    approve(submission, by=people["approved_by"], checksum=submission_checksum(submission))
    publish(submission, by=people["approved_by"])
    world.change(event, by=people["by"], summary=f"{SECRET} spoke twice.", reason=f"Ask {SECRET}.")
    world.publish_only(event, **people)
    world.change(
        event,
        by=people["by"],
        title="A meeting",
        slug="a-meeting-in-july",
        summary="A guest spoke.",
        quantities=[],
        citations=[{"source": source}],
    )
    world.publish_only(event, **people)
    LogEntry.objects.create(
        user=people["by"],
        content_type=ContentType.objects.get_for_model(type(event)),
        object_id=str(event.pk),
        object_repr=f"A meeting with {SECRET}",
        action_flag=CHANGE,
        change_message=json.dumps([{"changed": {"object": SECRET}}]),
    )
    return event


def tables_that_say(word: str) -> set[str]:
    """Tables of all models, and the search index, in which a row holds the word."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            if word.lower() in repr(row).lower():
                found.add(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT term FROM record_search_terms")
        else:
            cursor.execute("SELECT words::text FROM record_search")
        if any(word.lower() in text for (text,) in cursor.fetchall()):
            found.add("record_search")
    return found


def states(entry) -> list[tuple[int, str, int | None]]:
    versions = Version.objects.filter(public_id=entry.public_id).order_by("edition_id")
    return list(versions.values_list("edition_id", "state", "redacted_in_id"))


def test_the_word_stands_everywhere_before(event):
    assert tables_that_say(SECRET) == {
        "desk_revision",
        "desk_submissionnote",
        "django_admin_log",
        "events_historicalevent",
        "events_historicaleventcitation",
        "events_historicalquantity",
        "record_namekey",
        "record_search",
        "record_version",
    }


def test_redact_takes_the_words_from_everywhere_and_keeps_number_checksum_and_reason(event, chief):
    before = {version.pk: version.checksum for version in Version.objects.all()}
    editions = dict(Edition.objects.values_list("number", "checksum"))

    edition = redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)

    assert tables_that_say(SECRET) == set()
    assert states(event) == [
        (1, "redacted", 4),
        (2, "redacted", 4),
        (3, "published", None),
        (4, "published", None),
    ]
    assert {pk: Version.objects.get(pk=pk).checksum for pk in before} == before
    assert {n: Edition.objects.get(number=n).checksum for n in editions} == editions
    assert (edition.reason, edition.versions.get().change) == (chief["reason"], "redaction")
    assert Link.objects.filter(version__redacted_in=edition).count() == 0
    assert Opening.objects.filter(version__redacted_in=edition).count() == 0
    assert verify().faults == []
    assert verify().counts["redacted versions"] == 2
    # The desk goes on.
    copy = WorkingCopy.objects.get(public_id=event.public_id)
    assert copy.changed is False
    assert world.document(event) == json.loads(copy.revision.document)
    world.change(event, by=chief["by"], summary="A guest spoke again.")
    world.publish_only(event, by=chief["by"], approved_by=chief["approved_by"])
    assert verify().faults == []


def test_what_other_entries_say_stays(event, people, chief):
    other = world.event("Another meeting", by=people["by"], summary="Nobody spoke.")
    world.publish_all(other, **people)
    before = Revision.objects.exclude(public_id=event.public_id).count()
    history = type(event).history.filter(public_id=other.public_id).count()

    redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)

    assert Revision.objects.exclude(public_id=event.public_id).count() == before
    assert type(event).history.filter(public_id=other.public_id).count() == history
    found = search.matching(Record.current().versions(), "nobody", record=Record.current())
    assert [version.public_id for version in found] == [other.public_id]


def test_redact_publishes_the_working_copy_in_place_of_what_stands(people, chief):
    event = world.event(f"About {SECRET}", slug="the-talks", by=people["by"])
    world.publish_all(event, **people)
    said = refusal(lambda: redact(event.public_id, editions=[1], then=Then.WORKING, **chief))
    world.change(event, by=people["by"], title="The talks")

    redact(event.public_id, editions=[1], then=Then.WORKING, **chief)

    assert said == ["The working copy says what edition 1 says. Change it first."]
    assert tables_that_say(SECRET) == set()
    assert Record.current().get("event", "the-talks").label == "The talks"
    # The address holds nothing that has to go: the version that stands has it too.
    assert Version.objects.get(public_id=event.public_id, edition=1).slug == "the-talks"
    assert verify().faults == []


def test_redact_leaves_a_tombstone_and_nothing_at_the_desk(event, chief):
    redact(event.public_id, editions=[1, 2, 3], then=Then.TOMBSTONE, forget_address=True, **chief)

    assert tables_that_say(SECRET) == set()
    assert entry_with_id(event.public_id) is None
    assert not WorkingCopy.objects.filter(public_id=event.public_id).exists()
    assert [gone for gone in states(event) if gone[0] == 4] == [(4, "redacted", None)]
    with pytest.raises(Gone) as gone:
        Record.current().get("event", event.public_id)
    assert gone.value.version.edition_id == 4
    assert set(
        Version.objects.filter(public_id=event.public_id).values_list("slug", flat=True)
    ) == {
        "",
        "redacted-e1",
    }
    assert verify().faults == []
    # Its id is never given again.
    assert world.event("Another").public_id == "E2"


def test_address_that_is_forgotten_goes_from_what_was_redacted_before_too(people, chief):
    event = world.event(f"About {SECRET}", slug=f"the-{SECRET}", by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="The talks")
    world.publish_all(event, **people)
    redact(event.public_id, editions=[1], then=Then.STANDING, **chief)
    slugs = Version.objects.filter(public_id=event.public_id).values_list("edition", "slug")
    assert dict(slugs.all()) == {1: f"the-{SECRET}", 2: f"the-{SECRET}", 3: f"the-{SECRET}"}

    redact(event.public_id, editions=[2, 3], then=Then.TOMBSTONE, forget_address=True, **chief)

    assert dict(slugs.all()) == {1: "", 2: "", 3: "", 4: "redacted-e1"}
    assert tables_that_say(SECRET) == set()
    assert verify().faults == []


def test_withdrawn_entries_can_be_redacted(event, chief):
    withdraw([event.public_id], by=chief["by"], approved_by=chief["approved_by"], reason="No.")

    assert refusal(
        lambda: redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)
    ) == ["E1 is withdrawn: nothing of it is published that could stay."]
    redact(event.public_id, editions=[1, 2, 3], then=Then.TOMBSTONE, **chief)

    assert tables_that_say(SECRET) == set()
    assert states(event)[3:] == [(4, "withdrawn", None), (5, "redacted", None)]
    assert verify().faults == []


def test_merged_entries_go_on_leading_to_the_other(event, people, chief):
    other = world.event("The same meeting", by=people["by"])
    world.publish_all(other, **people)
    world.merge_by_hand(event, other, keys={}, **people)

    redact(event.public_id, editions=[1, 2], then=Then.TOMBSTONE, **chief)

    assert tables_that_say(SECRET) == set()
    assert Record.current().resolve("event", event.public_id).public_id == other.public_id
    assert verify().faults == []


def test_what_others_refer_to_does_not_go(event, people, chief):
    follower = world.event("What followed", by=people["by"], follows=[event])

    def attempt():
        return redact(event.public_id, editions=[1, 2, 3], then=Then.TOMBSTONE, **chief)

    assert refusal(attempt) == [
        f"E1 cannot go: the working copy of {follower.public_id} refers to it."
    ]
    world.publish_all(follower, **people)
    assert refusal(attempt) == [
        f"E1 cannot go: the working copy of {follower.public_id} refers to it.",
        f"E1 cannot go: {follower.public_id} refers to it.",
    ]
    assert states(event) == [(1, "published", None), (2, "published", None), (3, "published", None)]


def test_redaction_is_refused_where_it_would_do_nothing_or_leave_the_words(event, people, chief):
    def said(editions, then, public_id=event.public_id):
        return refusal(lambda: redact(public_id, editions=editions, then=then, **chief))

    never = world.event("Never published", by=people["by"])
    assert said([], Then.STANDING) == ["Choose at least one version."]
    assert said([1, 9], Then.STANDING) == ["Edition 9 has no text of E1 to redact."]
    assert said([3], Then.STANDING) == [
        "What is published now is to be redacted as well: choose what stands in its place."
    ]
    assert said([1], Then.TOMBSTONE) == [
        "Choose the version of edition 3 too: it is what is published now."
    ]
    assert said([1], Then.STANDING, never.public_id) == [
        f"{never.public_id} has never been published, so there is nothing to redact."
    ]
    redact(event.public_id, editions=[1], then=Then.STANDING, **chief)
    assert said([1], Then.STANDING) == ["Edition 1 has no text of E1 to redact."]


def test_redaction_takes_four_eyes_and_what_was_shown(event, cast, chief):
    submission = request_redaction(
        event.public_id, editions=[1, 2], then=Then.STANDING, by=cast.chief_editor, reason="Law."
    )
    checksum = submission_checksum(submission)
    assert refusal(lambda: approve(submission, by=cast.chief_editor, checksum=checksum)) == [
        "You made changes in this submission; somebody else has to approve it."
    ]
    submission.items.get().redacts.remove(Version.objects.get(public_id="E1", edition=2))
    assert refusal(lambda: approve(submission, by=cast.editor, checksum=checksum)) == [
        "The submission has changed since it was shown; look at it again."
    ]


def test_text_that_waits_to_be_joined_since_is_taken_too(event, cast):
    submission = request_redaction(
        event.public_id, editions=[1, 2], then=Then.STANDING, by=cast.chief_editor, reason="Law."
    )
    old = Revision.objects.filter(public_id=event.public_id, document__contains=SECRET).first()
    beside = add_revision(
        event.public_id,
        "event",
        old.document,
        by=cast.editor,
        reason="Typed since.",
        starts_from=old,
        kept_beside="correction",
    )

    approve(submission, by=cast.editor, checksum=submission_checksum(submission))
    publish(submission, by=cast.editor)

    beside.refresh_from_db()
    assert (SECRET in beside.document, beside.reason) == (False, "")
    assert tables_that_say(SECRET) == set()


def test_what_was_published_meanwhile_is_looked_at_first(event, people, cast):
    submission = request_redaction(
        event.public_id, editions=[1, 2], then=Then.STANDING, by=cast.chief_editor, reason="Law."
    )
    approve(submission, by=cast.editor, checksum=submission_checksum(submission))
    long_ago = submission.created_at - timedelta(days=1)
    Submission.objects.filter(pk=submission.pk).update(created_at=long_ago)

    assert refusal(lambda: publish(submission, by=cast.editor)) == [
        "E1 has been published anew since this redaction was asked for. Take it back and ask again."
    ]
    assert tables_that_say(SECRET) != set()


def test_an_entry_under_review_is_not_redacted(event, people, chief):
    world.change(event, by=people["by"], summary="A guest sang.")
    open_one = submit([event.public_id], by=people["by"], reason="x")
    assert refusal(
        lambda: redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)
    ) == [f"E1 is already in submission {open_one.pk}."]


def test_revisions_of_versions_that_stay_stay(event, people, chief):
    before = dict(Revision.objects.filter(public_id="E1").values_list("number", "checksum"))

    redact(event.public_id, editions=[2], then=Then.STANDING, **chief)

    after = dict(Revision.objects.filter(public_id="E1").values_list("number", "checksum"))
    assert [number for number in before if before[number] != after[number]] == [2]
    assert states(event)[:2] == [(1, "published", None), (2, "redacted", 4)]
    assert verify().faults == []


def test_the_index_goes_on_holding_what_it_should(event, chief):
    redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)
    assert search.differing() == set()


def test_titles_of_submissions_of_the_entry_alone_go(event, people, chief):
    first = Submission.objects.order_by("pk").first()
    own = Submission.objects.order_by("-pk").first()
    Submission.objects.filter(pk__in=[first.pk, own.pk]).update(title="A title")

    redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)

    assert [Submission.objects.get(pk=each.pk).title for each in (first, own)] == ["A title", ""]


# Files ----------------------------------------------------------------------------------------


def test_no_byte_of_the_words_stays_once_they_are_forgotten(
    threads, people, chief, tmp_path, capsys
):
    """With SQLite in its pages and write-ahead log; PostgreSQL's files are not ours to read."""
    event = leaking(people)
    words = tmp_path / "words"
    words.write_text(f"{SECRET}\n{SECRET.lower()}\n", encoding="utf-8")
    redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)
    if connection.vendor != "sqlite":
        call_command("forget_redacted")
        return
    assert found_in_files([SECRET, SECRET.lower(), "Zzz"]) == [SECRET, SECRET.lower()]

    call_command("forget_redacted", "--words", str(words))

    assert found_in_files([SECRET, SECRET.lower()]) == []
    assert found_in_files(["A guest spoke."]) == ["A guest spoke."]
    assert capsys.readouterr().out == (
        "The file has been written anew: it has no free page, and the write-ahead log is empty.\n"
        "None of 2 is in the files.\n"
    )


def test_forgetting_says_when_words_are_still_there(threads, people, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's files alone are looked at.")
    leaking(people)
    words = tmp_path / "words"
    words.write_text(SECRET, encoding="utf-8")
    with pytest.raises(CommandError, match=f"The files still hold: {SECRET}"):
        call_command("forget_redacted", "--words", str(words))


def test_command_redacts_and_says_what_to_run_then(event, chief, capsys):
    call_command(
        "redact", "E1", "--editions", "1", "2", "--then", "standing", "--reason", "Law.",
        "--by", "chief-editor", "--approved-by", "editor",
    )  # fmt: skip
    assert capsys.readouterr().out == (
        "Published edition 4: E1 redacted.\nNow run: python manage.py forget_redacted\n"
    )
    with pytest.raises(CommandError, match=r"Edition 1 has no text of E1 to redact\."):
        call_command(
            "redact", "E1", "--editions", "1", "--then", "standing", "--reason", "Law.",
            "--by", "chief-editor", "--approved-by", "editor",
        )  # fmt: skip


# Pages ----------------------------------------------------------------------------------------


def test_page_asks_for_a_redaction_and_shows_what_follows(event, cast, client_of):
    client = client_of(cast.chief_editor)
    url = admin_url(event, "redact")
    page = client.get(url).content.decode()
    for said in ("What follows from it", "What cannot be reached", "forget_redacted", SECRET):
        assert said in page

    again = client.post(url, {"editions": ["3"], "then": "standing", "reason": "Kept as typed."})
    assert "choose what stands in its place" in again.content.decode()
    assert "Kept as typed." in again.content.decode()
    assert 'value="3" checked' in " ".join(again.content.decode().split())

    answer = client.post(
        url, {"editions": ["1", "2"], "then": "standing", "reason": "A court has ordered it."}
    )
    submission = Submission.objects.latest("pk")
    assert (answer.status_code, submission.change) == (302, "redaction")
    review = client_of(cast.editor).get(answer["Location"]).content.decode()
    assert "What it said in editions 1, 2" in " ".join(review.split())

    checksum = submission_checksum(submission)
    client_of(cast.editor).post(
        reverse("admin:desk_submission_approve"), {"submission": f"{submission.pk}:{checksum}"}
    )
    submission.refresh_from_db()
    assert submission.state == "published"
    assert tables_that_say(SECRET) == set()


def test_page_names_who_refers_to_the_entry(event, people, cast, client_of):
    public = world.event("What followed", by=people["by"], follows=[event])
    world.publish_all(public, **people)
    world.event("A draft", by=people["by"], follows=[event])

    page = " ".join(
        client_of(cast.chief_editor).get(admin_url(event, "redact")).content.decode().split()
    )

    assert "<li>What followed (E2), in public</li>" in page
    assert "<li>What followed (E2), at the desk</li>" in page
    assert "<li>A draft (E3), at the desk</li>" in page


def test_page_costs_the_same_for_one_version_and_for_three(people, cast, client_of):
    event = world.event(by=people["by"])
    world.publish_all(event, **people)
    client, costs = client_of(cast.chief_editor), []
    for title in ("Two", "Three"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(admin_url(event, "redact")).status_code == 200
        costs.append(len(queries))
        world.change(event, by=people["by"], title=title)
        world.publish_only(event, **people)
    assert costs == [PAGE_QUERIES] * 2


PAGE_QUERIES = 9


def test_public_pages_say_what_was_redacted_and_why(event, chief, reader):
    redact(event.public_id, editions=[1, 2], then=Then.STANDING, **chief)

    entry = page_at(reader, f"/entries/{event.public_id}/history/").text
    edition = page_at(reader, "/editions/2/").text

    assert f"Redacted in edition 4: {chief['reason']}" in entry
    told = "A meeting E1 event Correction: what changed in A meeting redacted in edition 4"
    assert told in edition
    for address in ("/editions/", "/editions/1/", "/editions/4/", f"/events/{event.slug}/"):
        assert SECRET not in page_at(reader, address).text


def test_public_address_of_what_is_gone_says_so(event, chief, reader):
    redact(event.public_id, editions=[1, 2, 3], then=Then.TOMBSTONE, **chief)
    gone = reader.get("/events/E1/")
    assert gone.status_code == 410
    text = " ".join(gone.content.decode().split())
    assert "This entry has been redacted" in text
    assert chief["reason"] in text
    assert reader.get("/events/a-meeting-in-july/").status_code == 410
    assert reader.get("/events/a-meeting-with-zorbelinsky/").status_code == 404
