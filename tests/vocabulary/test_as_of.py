"""The codebook as of any edition."""

import pytest

from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(people):
    """A term that was called otherwise in edition 1, and one that came with edition 2."""
    term = world.term("Meeting", by=people["by"])
    world.publish_all(term, **people)
    world.change(
        term,
        by=people["by"],
        slug="talks",
        labels=[{"label": "Talks", "definition": "Two sides in one room."}],
    )
    world.publish_all(term, world.term("Visit", by=people["by"]), **people)
    return term


def test_list_is_of_the_edition_that_is_asked_for(renamed, reader):
    then, now = reader.get("/terms/?edition=1"), reader.get("/terms/")

    assert [row.title for row in then.context["rows"]] == ["Meeting"]
    assert [row.title for row in now.context["rows"]] == ["Talks", "Visit"]
    text = then.content.decode()
    assert "As it stood at" in text
    assert 'href="/terms/meeting/?edition=1"' in text
    assert '<input type="hidden" name="edition" value="1">' in text
    assert 'href="/terms/"' in text
    assert "As it stood at" not in now.content.decode()
    assert "?edition" not in now.content.decode()


def test_page_of_a_term_is_of_the_edition_and_leads_back_to_now(renamed, reader):
    page = reader.get("/terms/meeting/?edition=1")

    assert page.status_code == 200
    assert page.context["page"].title == "Meeting"
    assert page.context["as_of"].now_url == f"/terms/{renamed.public_id}/"
    assert page.context["breadcrumbs"][1].url == "/terms/?edition=1"
    by_id = reader.get(f"/terms/{renamed.public_id}/?edition=1")
    assert (by_id.status_code, by_id["Location"]) == (301, "/terms/meeting/?edition=1")
    # What the entry is called now was no address then.
    assert reader.get("/terms/talks/?edition=1").status_code == 404
    assert reader.get("/terms/meeting/?edition=2")["Location"] == "/terms/talks/?edition=2"


@pytest.mark.parametrize("edition", ["0", "3", "x", "-1", "1.0", "١", "9" * 30, ""])
def test_what_is_no_edition_is_not_found(renamed, reader, edition):
    assert Record.current().number == 2
    page = reader.get("/terms/", {"edition": edition})
    # An empty parameter is noise, which addresses to share do not have.
    assert page.status_code == (302 if edition == "" else 404)
    if edition:
        assert page.context["reason"] == (
            f"“{edition[:40]}” is the number of no edition. "
            "They are numbered from 1 to 2, the newest."
        )
        text = page.content.decode()
        assert "There is no such edition" in text
        assert 'href="/terms/"' in text


def test_filters_and_answers_of_editions_are_not_mixed_up(renamed, reader):
    for _ in range(2):
        for address, titles in {
            "/terms/?vocabulary=event+kind&edition=1": ["Meeting"],
            "/terms/?vocabulary=event+kind": ["Talks", "Visit"],
            "/terms/?vocabulary=event+kind&edition=2": ["Talks", "Visit"],
        }.items():
            page = reader.get(address)
            assert page.status_code == 200
            for title in ("Meeting", "Talks", "Visit"):
                there = f">{title}</a></dt>" in page.content.decode()
                assert there is (title in titles), address
    assert reader.get("/terms/?edition=1")["ETag"] != reader.get("/terms/?edition=2")["ETag"]


def test_what_uses_a_term_then_stands_on_its_page(people, reader):
    event = world.event("First title", by=people["by"])
    world.publish_all(event, **people)
    world.change(event, by=people["by"], title="Second title")
    world.publish_only(event, **people)

    page = reader.get(f"/terms/{event.kind.slug}/?edition=1")

    assert "First title" in page.content.decode()
    assert "Second title" not in page.content.decode()
