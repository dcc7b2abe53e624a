"""Citing an entry or a claim: as text and for reference managers, in the edition that is read."""

import json

import bibtexparser
import pytest
import rispy

from desk.publishing import withdraw
from desk.redaction import Then, redact
from sources.bibliography.formats import read_bibliography
from tests import world
from tests.page_reading import page_at
from tests.sources.bibliography.csl_schema import CSL_JSON

pytestmark = pytest.mark.django_db

CANARY = "zzcanaryzz"
HOSTILE = [
    'Quotes " and ” and ‘ and \\ and \\\\ and \\end{document}',
    "Braces } {{ } 100 % #$&_^~ @article{x,",
    "TY  - BOOK ER  - </script><!-- <b>&amp;",
    "مذاكرات السلام \N{RIGHT-TO-LEFT OVERRIDE}evil\N{POP DIRECTIONAL FORMATTING} 🕊️ é ə İ",
    "[1](x) {{ 7 }} {% now %} ${x} `ls`",
]


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def lines_of(reader, address):
    page = page_at(reader, address)
    return page.at("cite-text").text


def file_at(reader, address, status=200):
    response = reader.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_entry_is_cited_with_edition_day_address_id_and_its_sources(reader, full):
    day = f"{full.edition.published_at:%-d %B %Y}"
    assert lines_of(reader, f"/entries/{full.event.public_id}/cite/") == (
        f"“{full.event.title}”. Chronicle, edition 1 ({day}), event {full.event.public_id}. "
        f"http://testserver/events/{full.event.public_id}/?edition=1"
        " Rests on: Writer, A.; Institute of the Lake (editor) (about March 2005). “The talks by "
        "the lake”. Journal of the Lake. Lake Press. Section “Opening of the talks”, block 3, "
        "page 3, at 00:01:00, record r1. Read in: A letter from the lake (undated)."
        " Disputed by: A letter from the lake (undated)."
        " Mentioned in: Writer, A.; Institute of the Lake (editor) (about March 2005). “The talks "
        "by the lake”. Journal of the Lake. Lake Press."
    )


def test_claim_is_cited_with_those_sources_alone_that_speak_to_it(reader, full):
    page = page_at(reader, f"/entries/{full.event.public_id}/cite/?claim=p1")
    assert page.headings[0] == (1, f"{full.event.title}: The Envoy (Delegate)")
    text = page.at("cite-text").text
    assert f"claim p1 of event {full.event.public_id}." in text
    assert f"/events/{full.event.public_id}/?edition=1#p1" in text
    assert "Rests on: Writer, A." in text
    assert "Disputed by" not in text
    ids = [row["id"] for row in json.loads(page.at("cite-json").text)]
    assert ids == [
        f"{full.event.public_id}-p1-edition-1",
        full.source.slug,
        "a-letter-from-the-lake",
    ]


def test_publisher_and_name_come_from_the_settings(reader, full, settings):
    settings.SITE_NAME, settings.SITE_PUBLISHER = "The Lake Chronicle", "Institute of the Lake"
    text = lines_of(reader, f"/entries/{full.place.public_id}/cite/")
    assert f"The Lake Chronicle, edition 1 ({full.edition.published_at:%-d %B %Y})" in text
    assert f"place {full.place.public_id}. Institute of the Lake. http://" in text
    [row, *_] = json.loads(file_at(reader, f"/entries/{full.place.public_id}/cite.json"))
    assert (row["container-title"], row["publisher"]) == (
        "The Lake Chronicle",
        "Institute of the Lake",
    )


@pytest.mark.parametrize("name", ["term", "source", "place", "actor", "event", "proposal"])
def test_every_type_is_read_by_other_readers(reader, full, name):
    entry = getattr(full, name)
    address = f"/entries/{entry.public_id}/cite"
    rows = json.loads(file_at(reader, f"{address}.json"))
    assert list(CSL_JSON.iter_errors(rows)) == []
    ris = rispy.loads(file_at(reader, f"{address}.ris"))
    bib = bibtexparser.parse_string(file_at(reader, f"{address}.bib"))
    assert bib.failed_blocks == []
    assert len(rows) == len(ris) == len(bib.entries)
    day = full.edition.published_at.date()
    assert (rows[0]["type"], rows[0]["version"], rows[0]["number"]) == (
        "webpage",
        "1",
        entry.public_id,
    )
    assert rows[0]["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert rows[0]["URL"].endswith(f"/{entry.public_id}/?edition=1")
    assert (ris[0]["type_of_reference"], ris[0]["edition"], ris[0]["accession_number"]) == (
        "ELEC",
        "1",
        entry.public_id,
    )
    assert ris[0]["date"] == f"{day:%Y/%m/%d}"
    fields = {key: field.value for key, field in bib.entries[0].fields_dict.items()}
    assert (bib.entries[0].entry_type, fields["version"], fields["number"], fields["date"]) == (
        "online",
        "1",
        entry.public_id,
        day.isoformat(),
    )


def test_source_is_cited_with_itself(reader, full):
    address = f"/entries/{full.source.public_id}/cite/"
    assert "Describes: Writer, A.; Institute of the Lake (editor)" in lines_of(reader, address)
    rows = json.loads(file_at(reader, f"/entries/{full.source.public_id}/cite.json"))
    assert [row["id"] for row in rows] == [f"{full.source.public_id}-edition-1", full.source.slug]


def test_hostile_titles_come_back_as_they_are(reader, publish):
    events = [world.event(title, date=None) for title in HOSTILE]
    publish(*events)
    for event in events:
        title = " ".join(event.title.split())
        for ending in ("bib", "ris", "json"):
            text = file_at(reader, f"/entries/{event.public_id}/cite.{ending}")
            first = read_bibliography(text.encode())[0]
            assert first.said["title"] == title
            assert first.said["url"].endswith(f"/events/{event.public_id}/?edition=1")
            if ending == "bib":
                assert bibtexparser.parse_string(text).failed_blocks == []
        page = page_at(reader, f"/entries/{event.public_id}/cite/")
        assert title in page.at("cite-text").text
        assert page.headings[0] == (1, title)


def test_old_edition_is_cited_as_it_was(reader, publish):
    event = world.event("Talks")
    publish(event)
    world.change(event, title="Long talks")
    publish(event)
    old = page_at(reader, f"/entries/{event.public_id}/cite/?edition=1")
    assert "“Talks”. Chronicle, edition 1 (" in old.at("cite-text").text
    assert old.link("Download as RIS (.ris)").endswith("cite.ris?edition=1")
    new = page_at(reader, f"/entries/{event.public_id}/cite/")
    assert "“Long talks”. Chronicle, edition 2 (" in new.at("cite-text").text
    assert new.link("Download as RIS (.ris)").endswith("cite.ris?edition=2")
    assert "Talks" in file_at(reader, f"/entries/{event.public_id}/cite.ris?edition=1")
    assert reader.get(f"/entries/{event.public_id}/cite/?edition=7").status_code == 404


def test_what_is_gone_says_so_and_can_be_cited_as_it_was(reader, cast, publish):
    withdrawn, redacted = world.event("Withdrawn talks"), world.event(f"{CANARY} talks")
    publish(withdrawn, redacted)
    withdraw(
        [withdrawn.public_id], by=cast.chief_editor, reason="Invented.", approved_by=cast.editor
    )
    redact(
        redacted.public_id,
        editions=[1],
        then=Then.TOMBSTONE,
        reason="A court.",
        by=cast.chief_editor,
        approved_by=cast.editor,
    )
    for entry in (withdrawn, redacted):
        for form in ("/", ".bib", ".ris", ".json"):
            page = file_at(reader, f"/entries/{entry.public_id}/cite{form}", status=410)
            assert CANARY not in page
    assert "“Withdrawn talks”" in lines_of(
        reader, f"/entries/{withdrawn.public_id}/cite/?edition=1"
    )
    address = f"/entries/{redacted.public_id}/cite/?edition=1"
    assert CANARY not in file_at(reader, address, status=410)


def test_merged_entry_and_its_claim_are_cited_where_they_are_now(reader, cast, publish):
    loser, winner = world.actor("The Realm"), world.actor("The Kingdom")
    publish(loser, winner)
    keys = {f"{loser.public_id}/p1": f"{winner.public_id}/p4"}
    world.merge_by_hand(loser, winner, keys=keys, by=cast.contributor, approved_by=cast.editor)
    where = f"/entries/{winner.public_id}/cite"
    for asked, there in {
        "/": "/",
        "/?claim=p1.text": "/?claim=p4.text",
        "/?claim=existed": "/",
        ".bib?claim=p1": ".bib?claim=p4",
    }.items():
        response = reader.get(f"/entries/{loser.public_id}/cite{asked}")
        assert (response.status_code, response["Location"]) == (301, f"{where}{there}")


@pytest.mark.parametrize(
    "claim", ["p9", "p1.nonsense", "citations", "slug", "date", "x" * 500, "."]
)
def test_claim_that_is_not_made_is_told_in_a_sentence(reader, publish, claim):
    event = world.event("Talks", date=None, participants=[world.participant(world.actor())])
    publish(event)
    for claim in ("p9", "p1.nonsense", "citations", "slug", "date", "x" * 500, "."):
        address = f"/entries/{event.public_id}/cite/?claim={claim}"
        page = page_at(reader, address, status=404)
        said = f"{event.public_id} makes no claim “{claim[:40]}” in edition 1"
        assert said in page.text
        assert f"event {event.public_id}. http://" in page.at("cite-text").text
        assert "Here is the whole entry." in page.text
        refused = file_at(reader, address.replace("cite/", "cite.bib"), status=404)
        assert refused == f"{said} that could be cited by itself.\n"


def test_unknown_ids_are_not_found(reader, full):
    for public_id in ("E99", "X1", "nonsense", "E" + "9" * 40, "E0x"):
        assert reader.get(f"/entries/{public_id}/cite/").status_code == 404
        assert reader.get(f"/entries/{public_id}/cite.ris").status_code == 404


def test_waived_claim_says_that_nothing_is_cited_for_it(reader, publish):
    waived = [{"claim": claim, "reason": "Plain from any map."} for claim in ("entry", "date")]
    event = world.event("Talks", waivers=waived, citations=[])
    publish(event)
    text = lines_of(reader, f"/entries/{event.public_id}/cite/?claim=date")
    assert text.endswith("No source is cited for it: its evidence was waived.")


def test_drafts_are_not_cited(reader, publish):
    event, draft = world.event("Talks"), world.event(CANARY)
    publish(event)
    world.change(event, title=CANARY, desk_note=CANARY)
    assert CANARY not in file_at(reader, f"/entries/{event.public_id}/cite/")
    assert reader.get(f"/entries/{draft.public_id}/cite/").status_code == 404


def test_pages_lead_to_citing(reader, full):
    entry = page_at(reader, f"/events/{full.event.slug}/")
    cite = f"/entries/{full.event.public_id}/cite/"
    assert entry.link("Cite this") == cite
    claims = {link.get("href") for link in entry.with_class("claim-cite")}
    assert claims == {
        f"{cite}?claim={claim}"
        for citation in world.document(full.event)["citations"]
        for claim in citation["claims"]
    }
    assert page_at(reader, "/events/?from=1990").link("Cite this list") == "/cite/events/?from=1990"
    found = page_at(reader, "/search/?q=lake")
    assert "/cite/events/?q=lake" in [link.get("href") for link in found.all("a")]


@pytest.mark.parametrize("number", [1, 3])
def test_citing_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    event = world.event(
        "Talks",
        participants=[world.participant(world.actor(f"Actor {one}")) for one in range(number)],
        citations=[{"source": world.source(f"Source {one}")} for one in range(number)],
    )
    publish(event)
    with django_assert_num_queries(5):
        page_at(reader, f"/entries/{event.public_id}/cite/")
    with django_assert_num_queries(3):  # names and editions are kept by now
        file_at(reader, f"/entries/{event.public_id}/cite.bib")
