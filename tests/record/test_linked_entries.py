"""Entries as JSON-LD: as another program reads them, without the network."""

import json

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, XSD

from record.types import type_named
from tests import world
from tests.answers import API, answer

pytestmark = [
    pytest.mark.django_db,
    # Its reader of JSON-LD uses what it deprecates itself.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),
]

SDO = Namespace("https://schema.org/")
SITE = "http://testserver"
CONTEXT = f"{SITE}{API}/context.jsonld"
OWN = Namespace(f"{CONTEXT}#")


def data_at(client, address):
    response = client.get(f"{API}/{address}", headers={"Accept": "application/ld+json"})
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def graph_at(client, address):
    """The graph of an answer, with the context that it names as that is served."""
    data = data_at(client, address)
    assert data["@context"] == CONTEXT
    served = client.get(CONTEXT.removeprefix(SITE))
    assert served["Content-Type"] == "application/ld+json"
    graph = Graph()
    graph.parse(data=json.dumps(data | served.json()), format="json-ld", publicID=SITE)
    return graph


@pytest.mark.parametrize("name", ["term", "source", "place", "actor", "event", "proposal"])
def test_entries_of_every_type_are_told_whole(reader, full, name):
    entry, entry_type = getattr(full, name), type_named(name)
    graph = graph_at(reader, f"{entry_type.plural}/{entry.public_id}/")
    page = URIRef(f"{SITE}/{entry_type.plural}/{entry.public_id}/")
    thing = URIRef(f"{page}#entry")
    assert (page, RDF.type, SDO.WebPage) in graph
    assert (page, SDO.mainEntity, thing) in graph
    document = graph.value(page, OWN.document)
    assert str(document) == f"{SITE}{API}/entries/{entry.public_id}/versions/1/"
    assert graph.value(document, OWN.id) == Literal(entry.public_id)
    result = answer(reader, f"{entry_type.plural}/{entry.public_id}/")["result"]
    told = {predicate.removeprefix(OWN) for predicate in graph.predicates(document)}
    # A member that is empty says nothing; all others are there.
    assert told == {member for member, value in result.items() if value not in (None, "", [])}


def test_parts_citations_and_dates_are_what_the_record_has(reader, full):
    event = full.event.public_id
    graph = graph_at(reader, f"events/{event}/")
    result = answer(reader, f"events/{event}/")["result"]
    document = URIRef(f"{SITE}{API}/entries/{event}/versions/1/")
    page = f"{SITE}/events/{event}/"
    rows = {str(row): row for row in graph.objects(document, OWN.participants)}
    assert sorted(rows) == sorted(f"{page}#{row['key']}" for row in result["participants"])
    first = result["participants"][0]
    actor = graph.value(rows[f"{page}#{first['key']}"], OWN.actor)
    assert str(actor) == f"{SITE}/actors/{first['actor']}/#entry"
    [date] = graph.objects(document, OWN.date)
    edtf = graph.value(date, OWN.edtf)
    assert (str(edtf), str(edtf.datatype)) == (
        result["date"]["edtf"],
        "http://id.loc.gov/datatypes/edtf/EDTF",
    )
    assert graph.value(date, OWN.earliest).datatype == XSD.date
    citations = {str(row) for row in graph.objects(document, OWN.citations)}
    assert citations == {f"{page}#{row['key']}" for row in result["citations"]}
    told = {
        (str(graph.value(URIRef(row), OWN.stance)), str(claim))
        for row in citations
        for claim in graph.objects(URIRef(row), OWN.claims)
    }
    assert told == {
        (row["stance"], claim) for row in result["citations"] for claim in row["claims"]
    }


def test_what_is_disputed_is_in_the_document_alone_and_beside_its_dispute(reader, people):
    citations = [{"claims": ["entry", "date"]}, {"claims": ["date"], "stance": "disputes"}]
    event = world.event("Talks", date="1997-07-02", citations=citations)
    world.publish_all(event, **people)
    graph = graph_at(reader, f"events/{event.public_id}/")
    page = URIRef(f"{SITE}/events/{event.public_id}/")
    thing = URIRef(f"{page}#entry")
    assert graph.value(page, SDO.creativeWorkStatus) == Literal("contested")
    assert list(graph.objects(thing, SDO.startDate)) == []
    disputing = list(graph.subjects(OWN.stance, Literal("disputes")))
    assert [str(graph.value(each, OWN.claims)) for each in disputing] == ["date"]
    assert [str(each) for each in graph.objects(None, OWN.edtf)] == ["1997-07-02"]


def test_a_list_has_its_entries_each_as_its_own_answer(reader, full):
    data = data_at(reader, "events/?limit=2")
    assert data["@id"] == f"{SITE}{API}/events/?limit=2"
    one = data["hasPart"][0]
    alone = data_at(reader, f"events/{one['identifier']}/")
    assert {"@context": CONTEXT} | one == alone
    graph = graph_at(reader, "events/")
    parts = list(graph.objects(URIRef(f"{SITE}{API}/events/"), SDO.hasPart))
    assert len(parts) == len(answer(reader, "events/")["results"])


def test_the_context_is_cached_and_open(reader, db):
    response = reader.get(f"{API}/context.jsonld")
    assert response["Access-Control-Allow-Origin"] == "*"
    again = reader.get(f"{API}/context.jsonld", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
