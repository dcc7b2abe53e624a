"""As of an edition, entries name others that have been redacted since."""

import pytest

from record.reading import Record
from record.types import type_of
from tests import world
from tests.walking import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast):
    """Of edition 1, in which its participant has been redacted since; edition 2 stands."""
    actor = world.actor("The host", description="A secret.")
    event = world.event(
        "Talks", participants=[world.participant(actor)], place=world.place(), kind=world.term()
    )
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    world.redact_first(actor, cast, description="Known to all.")
    return event


@pytest.mark.parametrize(
    "address",
    [
        "/events/",
        "/events/?actor={actor}",
        "/events/{slug}/",
        "/events/{slug}/citations/c1/",
        "/api/v1/events/",
        "/api/v1/events/?format=jsonld",
        "/api/v1/citations/",
    ],
)
def test_what_names_it_is_still_shown(event, reader, address):
    actor = event.participants.get().actor.public_id
    address = address.format(slug=event.slug, actor=actor)
    as_of = f"{address}{'&' if '?' in address else '?'}edition=1"
    answer = reader.get(as_of)
    text = (b"".join(answer) if answer.streaming else answer.content).decode()
    assert answer.status_code == 200
    assert actor in text
    assert "secret" not in text


@pytest.fixture
def citing(cast):
    """Of edition 1, in which the source that it cites has been redacted since."""
    event = world.event("Talks")
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    source = event.citations.get().source
    world.redact_first(source, cast, title="What may be told")
    return event


@pytest.mark.parametrize(
    "address",
    [
        "/events/",
        "/events/{slug}/",
        "/events/{slug}/citations/c1/",
        "/api/v1/events/?format=jsonld",
        "/api/v1/events/?format=bibtex",
        "/api/v1/citations/",
        "/api/v1/citations/{event}/c1/annotation/",
        "/entries/{event}/cite.json",
    ],
)
def test_what_cites_it_is_still_shown(citing, reader, address):
    address = address.format(slug=citing.slug, event=citing.public_id)
    answer = reader.get(f"{address}{'&' if '?' in address else '?'}edition=1")
    assert answer.status_code == 200
    assert citing.citations.get().source.public_id in answer.content.decode()


def test_stand_in_has_the_members_of_a_source(full):
    source = Record.current().documents([full.source.public_id])[full.source.public_id]
    assert set(type_of("S1").nothing_left("S1")) == set(source)


PLURALS = ("events", "actors", "proposals", "sources", "places", "terms")
START = [
    "/places/map/?edition=1",
    "/api/v1/citations/?edition=1&expand=entry,source&facets=source",
    "/api/v1/responses/?edition=1",
    "/api/v1/events/?edition=1&facets=actor,place,kind,source&expand=place,participants.actor",
    *(f"/{plural}/?edition=1" for plural in PLURALS),
    *(f"/api/v1/{plural}/?edition=1{as_}" for plural in PLURALS for as_ in ("", "&format=jsonld")),
    *(f"/api/v1/{plural}/?edition=1&format=csv" for plural in PLURALS),
]


@pytest.mark.parametrize("types", [("actor", "place", "source", "term"), ("event", "proposal")])
def test_all_that_is_left_of_an_edition_can_be_read(full, cast, reader, types):
    proposals = ",".join(each.public_id for each in Record(1).versions("proposal"))
    for name in types:
        stood = [version.public_id for version in Record(1).versions(name)]
        for entry in type(getattr(full, name)).objects.filter(public_id__in=stood):
            world.redact_first(entry, cast, editor_note="Looked at again.")
    reader.raise_request_exception = False
    compared = f"/proposals/compare/?edition=1&ids={proposals}"
    found = walk(reader, [*START, compared], within="edition=1")
    assert len(found) > 400
    assert [each for each, answer in found.items() if answer.status_code >= 500] == []
