"""Pages of editions."""

import pytest

from desk.publishing import withdraw
from record.models import Edition
from record.pages import LIMIT
from tests import world
from tests.page_reading import page_at, reason_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def day(edition):
    return f"{edition.published_at.day} {edition.published_at:%B %Y, %H:%M}"


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    for one in range(number):
        publish(world.term(f"Term {one}"))
    with django_assert_num_queries(3):
        page = page_at(reader, "/editions/")
    assert len(page.with_class("edition-row")) == number


def test_edition_after_the_one_asked_for_is_said_to_have_come_later(reader, publish):
    for one in range(3):
        publish(world.term(f"Term {one}"))
    page = reader.get("/editions/2/?edition=1")

    assert page.status_code == 404
    assert reason_of(page) == (
        "Edition 2 came after edition 1, which this address asks for. "
        "They are numbered from 1 to 3, the newest."
    )
    assert reason_of(reader.get("/editions/4/?edition=1")) == (
        "“4” is the number of no edition. They are numbered from 1 to 3, the newest."
    )
    answer = reader.get("/api/v1/editions/2/?edition=1")
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "There are editions 1 to 1 as of edition 1.",
    )


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*(world.term(f"Term {one}") for one in range(number)))
    with django_assert_num_queries(5) as queries:
        page = page_at(reader, "/editions/1/")
    assert len(page.all("tr")) == number + 1
    read = " ".join(query["sql"] for query in queries.captured_queries)
    assert ('"document"' in read, '"salt"' in read) == (True, False)


def test_list_tells_who_approved_and_whether_four_eyes_held(reader, publish, cast, settings):
    first = publish(world.term("Talks"), reason="The first.")
    settings.FOUR_EYES = False
    alone = world.publish_only(
        world.term("Parley", by=cast.editor),
        by=cast.editor,
        approved_by=cast.editor,
        reason="In a hurry.",
    )
    rows = [element.text for element in page_at(reader, "/editions/").with_class("edition-row")]
    by = "1 entry; published by editor, approved by editor"
    assert rows == [
        f"Edition 2 {day(alone)} UTC In a hurry. {by}, who had also made changes in it",
        f"Edition 1 {day(first)} UTC The first. {by}",
    ]
    assert "Yes: whoever approved it had made none" in page_at(reader, "/editions/1/").text
    assert "No: whoever approved it had also" in page_at(reader, "/editions/2/").text


def test_page_tells_what_it_contains_and_what_came_of_it(reader, publish, cast):
    kept, changed, gone = (world.term(name) for name in ("Kept", "Mended", "Gone"))
    publish(kept, changed, gone)
    world.change(changed, editor_note="A note.")
    publish(changed, reason="A note.")
    withdraw([gone.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="No.")

    def rows(number):
        page = page_at(reader, f"/editions/{number}/")
        return [element.text for element in page.all("tr")][1:]

    assert rows(1) == [
        f"Gone {gone.public_id} term New: what changed in Gone changed in edition 3",
        f"Kept {kept.public_id} term New: what changed in Kept current",
        f"Mended {changed.public_id} term New: what changed in Mended changed in edition 2",
    ]
    assert rows(2) == [
        f"Mended {changed.public_id} term Correction: what changed in Mended current"
    ]
    assert rows(3) == [f"Gone {gone.public_id} term Withdrawal: what changed in Gone withdrawn"]
    page = page_at(reader, "/editions/2/")
    assert "Contains Correction: 1" in page.text
    assert (page.link("Edition 1"), page.link("Edition 3")) == ("/editions/1/", "/editions/3/")
    checksums = [Edition.objects.get(number=number).checksum for number in (2, 1)]
    assert [element.text for element in page.with_class("digest")] == checksums


def test_contents_of_a_large_edition_come_in_pages(reader, publish):
    publish(*(world.term(f"Term {one:02}") for one in range(LIMIT + 1)))
    first = page_at(reader, "/editions/1/")
    assert f"Contains New: {LIMIT + 1}" in first.text
    second = page_at(reader, "/editions/1/" + first.link("Next"))
    assert (len(first.all("tr")), len(second.all("tr"))) == (LIMIT + 1, 2)


def test_merged_entry_leads_to_the_other(reader, publish, cast):
    loser, winner = world.place("Lakeside"), world.place("Lake Side", slug="the-lake-side")
    publish(loser, winner)
    world.merge_by_hand(
        loser, winner, keys={}, by=cast.chief_editor, approved_by=cast.administrator
    )
    for address in ("/places/lakeside/", f"/places/{loser.public_id}/"):
        response = reader.get(address)
        assert (response.status_code, response["Location"]) == (301, "/places/the-lake-side/")
