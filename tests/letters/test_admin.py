"""Letters at the desk."""

import pytest

from chronicle.dates import PartialDate
from events.models import Event
from letters.models import Letter, State
from letters.writing import send
from record.models import Version
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(people):
    event = world.event("Talks")
    world.publish_all(event, **people)
    version = Version.objects.get(public_id=event.public_id)
    return [
        send(version, "date", text=f"Wrong {number}.", source="A report.")[0] for number in range(3)
    ]


def test_home_says_how_many_wait(letters, cast, client_of):
    page = page_at(client_of(cast.contributor), "/desk/")
    assert "Letters from readers: 3 wait for an answer." in page.text
    assert page.link("Letters from readers") == "/desk/letters/letter/"


def test_list_shows_what_waits_until_something_else_is_asked_for(letters, cast, client_of):
    client = client_of(cast.editor)
    Letter.objects.filter(pk=letters[0].pk).update(
        state=State.DECLINED, answer="No.", answered_by=cast.editor, answered_at="2026-01-01T00:00Z"
    )

    def listed(query=""):
        page = page_at(client, f"/desk/letters/letter/{query}")
        return [row.text.split()[1] for row in page.all("th") if row.text.startswith("Letter ")]

    assert listed() == [str(letters[2].pk), str(letters[1].pk)]
    assert listed("?state=declined") == [str(letters[0].pk)]
    assert len(listed("?state=all")) == 3


def test_editor_answers_and_contributor_reads(letters, cast, client_of):
    [letter, *_] = letters
    there = f"/desk/letters/letter/{letter.pk}/change/"
    page = page_at(client_of(cast.contributor), there)
    assert "Wrong 0." in page.text
    assert "Answer" not in [button.text for button in page.all("button")]
    given = {"state": "declined", "text": "The source says July."}
    assert client_of(cast.contributor).post(there, given).status_code == 403
    client = client_of(cast.editor)
    wrong = client.post(there, given | {"state": "taken up"})
    assert "Say in which submission it is taken up." in wrong.content.decode()
    assert "The source says July." in wrong.content.decode()
    assert client.post(there, given)["Location"] == "/desk/letters/letter/"
    letter.refresh_from_db()
    assert (letter.state, letter.answer, letter.answered_by) == (
        "declined",
        "The source says July.",
        cast.editor,
    )


def test_letter_shows_what_stands_there_now(letters, cast, client_of, people):
    event = Event.objects.get()
    world.change(event, date=PartialDate("1997-06"))
    world.publish_all(event, **people)
    page = page_at(client_of(cast.editor), f"/desk/letters/letter/{letters[0].pk}/change/")
    assert "Now June 1997 (1997-06)" in page.text
    assert f"/entries/{event.public_id}/history/?from=1" in page.links


def test_only_a_chief_editor_deletes(letters, cast, client_of):
    there = f"/desk/letters/letter/{letters[0].pk}/delete/"
    assert client_of(cast.editor).get(there).status_code == 403
    client = client_of(cast.chief_editor)
    assert client.post(there, {"post": "yes"}).status_code == 302
    assert Letter.objects.count() == 2
