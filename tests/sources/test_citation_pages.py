"""The page that each citation has."""

import json
import re

import pytest

from desk.publishing import withdraw
from record.models import Version
from tests import examples, world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(cast):
    return examples.full_world(by=cast.contributor, approved_by=cast.editor)


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def address_of(event, key="c1"):
    return f"/events/{event.slug}/citations/{key}/"


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    actors = [world.actor(f"Actor {one}") for one in range(number)]
    event = world.event(
        "A meeting",
        participants=[world.participant(actor) for actor in actors],
        citations=[{"source": world.source(f"Source {one}")} for one in range(number)],
    )
    publish(event)
    with django_assert_num_queries(5):
        page = page_at(reader, address_of(event))
    assert len(page.with_class("side")) == number + 2


def test_page_says_all_that_is_known_of_a_citation(reader, full):
    page = page_at(reader, address_of(full.event))
    assert page.headings == [
        (1, "Citation 1: supports"),
        (2, "The passage"),
        (2, "What it speaks to"),
        (2, "How it was checked"),
        (2, "How to cite it"),
    ]
    for said in (
        f"Evidence for {full.event.title}",
        "Writer, A.; Institute of the Lake (editor) (about March 2005).",
        "Section “Opening of the talks”, block 3, page 3, at 00:01:00, record r1",
        "“In July the delegations […] the host said.”",
        "Before it stands “of the talks”. After it stands “The second day”.",
        "Last check found once in the source’s text,",
        f"the text with SHA-256 {full.source.texts.get().sha256}",
        "Read on 6 May 2024",
        "Archived copy https://archive.example.org/talks",
        "of 6 May 2024",
        "Cited via Read in A letter from the lake; this source itself was not seen",
        "Note The host is not named.",
        f"Public id {full.event.public_id}/c1, which never changes",
        f"Permanent address http://testserver/events/{full.event.public_id}/citations/c1/",
    ):
        assert said in page.text
    assert page.link("Open the source at this passage").startswith("https://example.org/talks#:~:")
    (canonical,) = page.all("link", rel="canonical")
    assert canonical.get("href") == address_of(full.event)


def test_page_tells_what_each_claim_says_and_who_else_speaks_to_it(reader, full):
    page = page_at(reader, address_of(full.event))
    sides = [side.text for side in page.with_class("side")]
    assert len(sides) == len(world.document(full.event)["citations"][0]["claims"])
    assert (
        "Date: about 2 July 1997 (in the source: “in early July”) cite correct "
        "[2] disputes, says instead: August 1997 “A letter from the lake”, undated"
    ) in sides
    assert "Place: Lakeside cite correct No other citation speaks to it." in sides
    assert page.link("Date") == f"/events/{full.event.slug}/#date"


def test_disputing_page_says_what_the_source_asserts_instead(reader, full):
    page = page_at(reader, address_of(full.event, "c2"))
    (side,) = page.with_class("side")
    assert side.text == (
        "Date: about 2 July 1997 (in the source: “in early July”) cite correct "
        "This source says instead: August 1997 "
        "[1] supports Writer, about March 2005, block 3, page 3, at 00:01:00, record r1"
    )


def test_each_card_leads_to_its_page_and_every_page_stands(reader, full):
    for entry, plural in (
        (full.place, "places"),
        (full.actor, "actors"),
        (full.event, "events"),
        (full.proposal, "proposals"),
    ):
        at = f"/{plural}/{entry.slug}/"
        page = page_at(reader, at)
        keys = [citation["key"] for citation in world.document(entry)["citations"]]
        links = [link for link in page.links if link.startswith(f"{at}citations/")]
        assert sorted(links) == [f"{at}citations/{key}/" for key in keys]
        for link in links:
            back = page_at(reader, link)
            assert {link.partition("#")[2] for link in back.links if link.startswith(f"{at}#")} <= (
                set(page.ids)
            )


def test_address_with_the_id_or_an_old_slug_leads_to_the_one_of_today(reader, publish):
    event = world.event("Old name")
    publish(event)
    world.change(event, slug="new-name")
    publish(event)
    for slug in ("old-name", event.public_id):
        response = reader.get(f"/events/{slug}/citations/c1/")
        assert (response.status_code, response["Location"]) == (301, address_of(event))


def test_citation_of_a_merged_entry_leads_to_where_it_is_now(reader, cast, publish, monkeypatch):
    kept, lost = world.event("Kept"), world.event("Lost")
    publish(kept, lost)
    withdraw(
        [lost.public_id], by=cast.chief_editor, approved_by=cast.administrator, reason="The same."
    )
    made = Version.objects.get(public_id=lost.public_id, superseded_in=None)
    document = json.loads(made.document) | {
        "state": "merged",
        "merged_into": kept.public_id,
        "keys": {f"{lost.public_id}/c1": f"{kept.public_id}/c2"},
    }
    read = Version.from_db.__func__

    def merged(cls, db, field_names, values):
        version = read(cls, db, field_names, values)
        if version.pk == made.pk:
            version.state, version.document = "merged", json.dumps(document)
        return version

    monkeypatch.setattr(Version, "from_db", classmethod(merged))
    moved, elsewhere = (reader.get(address_of(lost, key)) for key in ("c1", "c7"))
    assert (moved.status_code, moved["Location"]) == (301, address_of(kept, "c2"))
    assert (elsewhere.status_code, elsewhere["Location"]) == (301, "/events/kept/")


def test_citation_of_a_withdrawn_entry_is_gone_with_it(reader, cast, publish):
    event = world.event("A meeting")
    publish(event)
    withdraw(
        [event.public_id],
        by=cast.chief_editor,
        approved_by=cast.administrator,
        reason="It was not.",
    )
    page = page_at(reader, address_of(event), status=410)
    assert page.headings[0] == (1, "This entry has been withdrawn")


def test_citation_that_was_taken_out_is_gone_and_says_when_and_why(reader, publish):
    event = world.event("A meeting")
    publish(event)
    world.change(event, citations=[{}])
    (citation,) = world.document(event)["citations"]
    assert citation["key"] != "c1"
    publish(event, reason="A better passage was found.")
    page = page_at(reader, address_of(event), status=410)
    assert page.headings[0] == (1, "This citation no longer stands")
    assert "It was taken out in edition 2 of" in page.text
    assert "for this reason: A better passage was found." in page.text
    assert page_at(reader, address_of(event, citation["key"])).headings


def test_citation_that_never_was_is_not_found(reader, publish):
    event = world.event("A meeting")
    publish(event)
    for key in ("c99", "p1", "nonsense"):
        assert reader.get(address_of(event, key)).status_code == 404


def test_page_says_where_a_browser_may_not_arrive_at_the_passage(reader, publish):
    paper = world.source("A paper", url="https://example.org/paper.pdf")
    plain = world.source("A page", url="https://example.org/page")
    event = world.event(
        "A meeting",
        citations=[
            {"source": plain, "start": "They met", "end": "and parted."},
            {"source": plain, "start": "The chair’s words of the day"},
            {"source": paper, "start": "They met"},
        ],
    )
    publish(event)

    def hints(key):
        return [
            hint.text
            for hint in page_at(reader, address_of(event, key)).with_class("citation-hint")
            if "Search it" in hint.text
        ]

    assert hints("c1") == []
    assert hints("c2") == [
        (
            "A browser may open only the top of the page, as quotation marks or dashes can stand "
            "otherwise there. Search it for “words of the day”."
        )
    ]
    assert hints("c3") == ["A PDF opens at its beginning. Search it for “They met”."]
    assert page_at(reader, address_of(event, "c3")).link("Open the source")


def test_date_of_a_claim_is_in_the_language_of_the_page_and_texts_in_their_own(full, reader):
    page = reader.get(f"/ru/events/{full.event.slug}/citations/c1/").content.decode()

    assert set(re.findall(r'(lang="en">)?приблизительно', page)) == {""}
    assert set(re.findall(r'(lang="en">)?Delegations met', page)) == {'lang="en">'}


def test_section_that_is_cited_is_in_the_language_of_its_source(full, reader):
    russian = reader.get(f"/ru/events/{full.event.slug}/citations/c1/").content.decode()
    english = reader.get(f"/events/{full.event.slug}/citations/c1/").content.decode()

    assert set(re.findall(r"(<span[^>]*>)?Opening of the talks", russian)) == {'<span lang="en">'}
    assert set(re.findall(r"(<span[^>]*>)?Opening of the talks", english)) == {""}
