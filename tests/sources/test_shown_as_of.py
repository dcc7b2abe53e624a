"""What may be read of a text as of an edition: what it let then, and no more than it lets now."""

import pytest

from tests import world
from tests.examples import TEXT

pytestmark = pytest.mark.django_db
WORDS = "the delegations met by the lake"
PASSAGE = {"start": "In July the", "end": "by the lake.", "blocks": [3], "claims": ["entry"]}


@pytest.fixture
def cited(people):
    """A text that edition 1 lets be read whole, and an event that cites it."""
    source = world.showing("all", TEXT, by=people["by"])
    event = world.event(
        "The talks", by=people["by"], citations=[{"source": source}, {"source": source, **PASSAGE}]
    )
    world.publish_all(source, event, **people)
    return source, event


def looks(reader, cited, edition=1):
    """Whether the text, the passage on the page of the event, and a quotation are shown."""
    source, event = cited
    asked = f"edition={edition}"
    text = reader.get(f"/sources/{source.slug}/text/?{asked}")
    page = reader.get(f"/events/{event.slug}/?{asked}").content.decode()
    quoted = reader.get(f"/verify/quotation/?words={WORDS.replace(' ', '+')}&{asked}")
    about = reader.get(f"/sources/{source.slug}/?{asked}").content.decode()
    return {
        "text": text.status_code == 200,
        "on the page": WORDS in page,
        "quoted": ">These words stand in a source<" in quoted.content.decode(),
        "named": "Read its text here" in about,
    }


def test_text_of_then_is_read_while_it_may_be(cited, reader, people):
    world.publish_all(world.place(by=people["by"]), **people)

    assert looks(reader, cited) == dict.fromkeys(("text", "on the page", "quoted", "named"), True)


@pytest.mark.parametrize("shown", ["short context", "nothing"])
def test_rights_of_now_decide(cited, reader, people, shown):
    world.change(cited[0], by=people["by"], text_shown=shown)
    world.publish_only(cited[0], **people)

    assert looks(reader, cited) == {
        "text": False,
        "on the page": shown != "nothing",
        "quoted": False,
        "named": False,
    }
