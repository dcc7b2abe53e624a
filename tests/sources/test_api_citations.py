"""Citations in the API: what rests on a source or a block of it, one by one, and as annotations."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import RDF, RDFS, Namespace
from zeal import zeal_ignore

from desk.publishing import withdraw
from record.reading import Record, document_of
from sources.resting import citing_types
from tests import world
from tests.answers import API, answer, refusal, wrong_parameters

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own parser of JSON-LD uses what rdflib has deprecated.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"),
]

OA = Namespace("http://www.w3.org/ns/oa#")
VOCABULARY = Path(__file__).parent / "web_annotation/oa.nq"
# Of the W3C's context, the terms that are used here: others would mean nothing to a client.
CONTEXT = {
    "oa": str(OA),
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "FragmentSelector": "oa:FragmentSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "linking": "oa:linking",
    "describing": "oa:describing",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "conformsTo": {"@type": "@id", "@id": "dcterms:conformsTo"},
    "format": "dc:format",
    "language": "dc:language",
    "created": {"@type": "xsd:dateTime", "@id": "dcterms:created"},
    "value": "rdf:value",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}
REFERENCE = (
    "Writer, A.; Institute of the Lake (editor) (about March 2005). “The talks by the lake”. "
    "Journal of the Lake. Lake Press."
)
LIKE = "Their ids are like these: L1, A1, E1, P1."
CANARY = "zzcanaryzz"


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


@pytest.fixture
def chiefs(cast):
    return {"by": cast.chief_editor, "approved_by": cast.administrator}


def ids(body):
    return [result["id"] for result in body["results"]]


def found(reader, **query):
    return ids(answer(reader, "citations/", **query))


def test_every_citation_is_listed_entry_by_entry(reader, full):
    body = answer(reader, "citations/", limit=200, count="exact")
    record = Record.current()
    stored = [
        f"{version.public_id}/{citation['key']}"
        for name in citing_types()
        for version in record.versions(name)
        for citation in document_of(version)["citations"]
    ]
    assert ids(body) == stored
    assert body["total"] == len(stored) > 10
    assert list(body) == ["edition", "next", "previous", "total", "results", "references", "checks"]
    assert (body["next"], body["previous"]) == (None, None)


def test_citations_hold_what_is_asked_for(reader, full):
    whole = answer(reader, "citations/")["results"]
    some = answer(reader, "citations/", fields="claims,selector.start")["results"]
    assert some == [
        {
            "id": each["id"],
            "claims": each["claims"],
            "selector": each["selector"] and {"start": each["selector"]["start"]},
        }
        for each in whole
    ]
    assert any(each["selector"] for each in some)
    [less, *_] = answer(reader, "citations/", omit="note,locator.page")["results"]
    assert set(whole[0]) - set(less) == {"note"}
    assert set(whole[0]["locator"]) - set(less["locator"]) == {"page"}
    refusal(reader, "citations/?fields=colour", 400)


def test_citation_is_the_documents_own_with_what_it_says_in_words(reader, full):
    event, source = full.event, full.source
    body = answer(reader, f"citations/{event.public_id}/c1/")
    assert list(body) == ["edition", "result", "references", "checks", "url"]
    result = body["result"]
    stored = document_of(Record.current().get("event", event.public_id))["citations"][0]
    assert {name: result[name] for name in stored} == stored
    told = {name: result[name] for name in result if name not in stored}
    page = f"http://testserver/events/{event.slug}/citations/c1/"
    assert told == {
        "id": f"{event.public_id}/c1",
        "entry": event.public_id,
        "claims_in_words": told["claims_in_words"],
        "reference": REFERENCE,
        "locator_in_words": "section “Opening of the talks”, block 3, page 3, at 00:01:00, "
        "record r1",
        "url": page,
        "passage_url": "https://example.org/talks#:~:text=of%20the%20talks-,In%20July%20the%20"
        "delegations,the%20host%20said.,-The%20second%20day",
        "annotation": f"http://testserver{API}/citations/{event.public_id}/c1/annotation/",
    }
    assert len(told["claims_in_words"]) == len(stored["claims"])
    assert body["url"] == page
    assert sorted(body["references"]) == sorted(
        {event.public_id, source.public_id, stored["cited_via"]}
    )
    assert list(body["checks"]) == [f"{event.public_id}/c1"]
    assert body["checks"][f"{event.public_id}/c1"]["state"] == "exact"
    assert result in answer(reader, "citations/", entry=event.public_id)["results"]


def test_what_rests_on_a_block_is_found(reader, publish):
    source, other = world.source("A report"), world.source("Another")
    first = world.event("First", citations=[{"source": source, "blocks": [15]}])
    several = world.event(
        "Several",
        citations=[
            {"source": source, "blocks": [14, 15, 16]},
            {"source": source, "blocks": [1, 5], "claims": ["date"], "stance": "mentions"},
            {"source": other, "blocks": [15], "claims": ["title"], "stance": "disputes"},
        ],
    )
    place = world.place("There", citations=[{"source": source, "blocks": [150, 15]}])
    publish(first, several, place, world.event("Elsewhere", citations=[{"source": other}]))
    s, e1, e2, p = (each.public_id for each in (source, first, several, place))
    assert found(reader, source=s, block=15) == [f"{p}/c1", f"{e1}/c1", f"{e2}/c1"]
    assert found(reader, source=source.slug, block=15, entry=e2) == [f"{e2}/c1"]
    assert found(reader, source=s, block=1) == [f"{e2}/c2"]
    assert found(reader, source=s, block=50) == []
    assert found(reader, source=s) == [f"{p}/c1", f"{e1}/c1", f"{e2}/c1", f"{e2}/c2"]
    assert found(reader, source=s, stance="mentions") == [f"{e2}/c2"]
    assert found(reader, stance="disputes") == [f"{e2}/c3"]
    body = answer(reader, "citations/", source=s, block=15, count="exact")
    assert (body["total"], sorted(body["references"])) == (3, sorted([s, e1, e2, p]))


def test_pages_are_of_entries_and_lead_back(reader, publish):
    source = world.source("A report")
    events = [world.event(f"{n}", citations=[{"source": source}]) for n in range(3)]
    publish(world.actor("Somebody", citations=[{"source": source}]), *events)
    for asked in ({}, {"source": source.public_id}):
        whole = found(reader, **asked)
        pages, back = [], []
        body = answer(reader, "citations/", limit=2, **asked)
        while True:
            pages.append(ids(body))
            if body["next"] is None:
                break
            body = reader.get(body["next"]).json()
        while True:
            back.insert(0, ids(body))
            if body["previous"] is None:
                break
            body = reader.get(body["previous"]).json()
        assert [one for each in pages for one in each] == whole
        assert back == pages
        assert {f"{event.public_id}/c1" for event in events} <= set(whole)


@pytest.fixture
def three(publish):
    """Citations of a report, of another source and of both, in two editions."""
    report, other = world.source("A report"), world.source("Another")
    via = {"source": other, "cited_via": report, "claims": ["date"], "stance": "disputes"}
    event = world.event("Talks", citations=[{"source": report, "start": "It rained"}, via])
    actor = world.actor("A host", citations=[{"source": report}])
    publish(event)
    publish(actor)
    return SimpleNamespace(
        report=report.public_id, other=other.public_id, event=event.public_id, actor=actor.public_id
    )


def test_citations_are_found_by_their_own_ids(reader, three):
    second, only = f"{three.event}/c2", f"{three.actor}/c1"
    body = answer(
        reader, "citations/", ids=f"{second},{only},E999/c1,{three.event}/c9", count="exact"
    )
    assert (ids(body), body["total"]) == ([only, second], 2)
    assert found(reader, ids=f"{second},{only}", source=three.report) == [only]
    detail = "“E14” is not the id of a citation, like E14/c3."
    assert refusal(reader, "citations/?ids=E14", 400)["errors"][0]["detail"] == detail
    many = ",".join(f"E{number}/c1" for number in range(1, 202))
    assert wrong_parameters(reader, "citations/", ids=many) == ["ids"]


def test_citations_are_found_by_words_of_their_entries(reader, three):
    # The actor is a participant of no event: its own name alone finds it.
    assert found(reader, q="host") == [f"{three.actor}/c1"]
    assert found(reader, q="talk*", stance="disputes") == [f"{three.event}/c2"]
    assert found(reader, q="zebra") == []
    assert wrong_parameters(reader, "citations/", q="!") == ["q"]


def test_newest_evidence_comes_first_where_that_is_asked_for(reader, three, publish, cast):
    whole = [f"{three.actor}/c1", f"{three.event}/c1", f"{three.event}/c2"]
    assert found(reader) == found(reader, sort="entry") == found(reader, sort="changed") == whole
    place = world.place("There", citations=[{"source": world.source("A map")}])
    publish(place)
    newest = [f"{place.public_id}/c1", *whole]
    assert found(reader, sort="changed") == newest
    assert found(reader, sort="changed", source=three.report) == whole[:2]
    first = answer(reader, "citations/", sort="changed", limit=2)
    rest = reader.get(first["next"]).json()
    assert ids(first) + ids(rest) == newest
    assert reader.get(rest["previous"]).json()["results"] == first["results"]
    cursor = first["next"].partition("cursor=")[2]
    assert wrong_parameters(reader, "citations/", cursor=cursor) == ["cursor"]
    said = refusal(reader, "citations/?sort=title", 400)["errors"][0]
    assert (said["detail"], said["allowed"]) == (
        "“title” is none of: entry, changed.",
        ["entry", "changed"],
    )


def test_facets_count_citations_under_all_but_their_own(reader, three):
    def counted(**query):
        return answer(reader, "citations/", facets="stance,source", **query)

    body = counted()
    everything = {
        "stance": {"supports": 2, "disputes": 1},
        "source": {three.report: 2, three.other: 1},
    }
    assert body["facets"] == everything
    assert {three.report, three.other} <= body["references"].keys()
    assert counted(stance="disputes")["facets"] == {
        "stance": {"supports": 2, "disputes": 1},
        "source": {three.other: 1},
    }
    assert counted(source=three.report)["facets"] == everything | {"stance": {"supports": 2}}
    assert counted(q="host", edition=1)["facets"] == {"stance": {}, "source": {}}
    assert wrong_parameters(reader, "citations/", facets="kind") == ["facets"]
    assert wrong_parameters(reader, "citations/", facets="stance", ids="E1/c1") == ["facets"]


def test_entries_and_sources_stand_in_place_of_their_ids(reader, three):
    asked = {"entry": three.event, "expand": "entry,source,cited_via"}
    first, second = answer(reader, "citations/", **asked)["results"]
    event = answer(reader, f"events/{three.event}/")["result"]
    report = answer(reader, f"sources/{three.report}/")["result"]
    assert (first["entry"], first["source"], first["cited_via"]) == (event, report, None)
    assert (second["entry"], second["cited_via"]) == (event, report)
    fields = "entry.title,entry.names.text,source.title,claims"
    body = answer(reader, "citations/", expand="entry,source", fields=fields)
    assert body["results"][:2] == [
        {
            "id": f"{three.actor}/c1",
            "entry": {
                "id": three.actor,
                "type": "actor",
                "names": [{"key": "p1", "text": "A host"}],
            },
            "source": {"id": three.report, "type": "source", "title": "A report"},
            "claims": body["results"][0]["claims"],
        },
        {
            "id": f"{three.event}/c1",
            "entry": {"id": three.event, "type": "event", "title": "Talks"},
            "source": {"id": three.report, "type": "source", "title": "A report"},
            "claims": body["results"][1]["claims"],
        },
    ]
    # What the entries in place name is told beside them, and how all their passages were checked.
    body = answer(reader, "citations/", stance="disputes", expand="entry")
    assert event["kind"] in body["references"]
    assert list(body["checks"]) == [f"{three.event}/c1"]
    assert list(answer(reader, "citations/", stance="disputes")["checks"]) == []
    wrong = {"expand": "entry", "limit": 51}
    assert wrong_parameters(reader, "citations/", **wrong) == ["limit"]
    assert wrong_parameters(reader, "citations/", expand="claims") == ["expand"]
    assert wrong_parameters(reader, "citations/", fields="entry.title") == ["fields"]


def test_one_citation_is_given_as_it_is_asked_for(reader, three):
    address = f"citations/{three.event}/c2/"
    whole = answer(reader, address)
    some = answer(reader, address, fields="stance,source.title", expand="source")
    assert some["result"] == {
        "id": f"{three.event}/c2",
        "stance": "disputes",
        "source": {"id": three.other, "type": "source", "title": "Another"},
    }
    assert some["url"] == whole["url"]
    less = answer(reader, address, omit="note")["result"]
    assert set(whole["result"]) - set(less) == {"note"}
    assert wrong_parameters(reader, address, fields="colour") == ["fields"]
    assert wrong_parameters(reader, f"{address}annotation/", omit="note") == ["omit"]


def test_wrong_parameters_are_refused_with_sentences(reader, full):
    source = full.source.public_id
    ask = {"source": "S999", "block": "0", "stance": "loud", "entry": "S1", "colour": "blue"}
    body = refusal(reader, "citations/", 400, **ask, limit=0, count="all")
    assert [(error["parameter"], error["detail"]) for error in body["errors"]] == [
        ("colour", "This address has no such parameter."),
        ("source", "“S999” is the id or slug of no source in edition 1."),
        (
            "entry",
            f"“S1” is the id of no entry in edition 1 that could cite. {LIKE}",
        ),
        ("stance", "“loud” is none of: supports, disputes, mentions."),
        ("block", "This is the number of a block, from 1."),
        ("limit", "This is a whole number from 1 to 200."),
        ("count", "This is “exact”, or left out."),
    ]
    assert wrong_parameters(reader, "citations/", block=3) == ["block"]
    assert wrong_parameters(reader, "citations/", entry="E999") == ["entry"]
    assert wrong_parameters(reader, "citations/", source=[source, source]) == ["source"]
    cursor = answer(reader, "events/", limit=1)["next"].partition("cursor=")[2]
    assert wrong_parameters(reader, "citations/", cursor=cursor) == ["cursor"]


@pytest.mark.parametrize("name", ["E999/c1", "X1/c1", "talks/c1", "S1/c1", "E1\x00/c1", "E²/c1"])
def test_what_is_unknown_is_not_found(reader, full, name):
    for rest in ("", "annotation/"):
        detail = refusal(reader, f"citations/{name}/{rest}", 404)["detail"]
        assert detail.startswith(f"Edition 1 has no citation “{name}”.")
    refusal(reader, f"citations/{full.event.public_id}/c9/", 404)


def test_what_is_gone_says_so(reader, publish, chiefs):
    source = world.source("A report")
    rows = [{"source": source}, {"source": source, "claims": ["date"], "stance": "mentions"}]
    event = world.event("Talks", citations=rows)
    publish(event)
    event.citations.get(key="c2").delete()
    world.change(event)
    publish(event)
    detail = refusal(reader, f"citations/{event.public_id}/c2/", 410)["detail"]
    assert detail == f"{event.public_id} has had no citation c2 since edition 2."
    assert answer(reader, f"citations/{event.public_id}/c2/", edition=1)["edition"] == 1
    withdraw([event.public_id], reason="Twice the same.", **chiefs)
    detail = refusal(reader, f"citations/{event.public_id}/c1/", 410)["detail"]
    assert detail == f"{event.public_id} was withdrawn in edition 3: Twice the same."
    assert found(reader, source=source.public_id) == []


def test_citation_of_a_merged_entry_leads_to_where_it_is(reader, publish, cast):
    loser, winner = world.event("Talks"), world.event("Talks", citations=[{}, {}])
    publish(loser, winner)
    keys = {f"{loser.public_id}/c1": f"{winner.public_id}/c2"}
    world.merge_by_hand(
        loser, winner, keys=keys, by=cast.chief_editor, approved_by=cast.administrator
    )
    for rest in ("", "annotation/", "?edition=2&fields=claims"):
        response = reader.get(f"{API}/citations/{loser.public_id}/c1/{rest}")
        there = f"{API}/citations/{winner.public_id}/c2/{rest}"
        assert (response.status_code, response["Location"]) == (301, there)
    refusal(reader, f"citations/{loser.public_id}/c9/", 410)


def test_citation_and_claim_are_followed_through_each_merger_of_the_edition(reader, publish, cast):
    first, second, third = (world.actor(name) for name in ("One", "Two", "Three"))
    publish(first, second, third)
    one, two, three = (actor.public_id for actor in (first, second, third))
    people = {"by": cast.chief_editor, "approved_by": cast.administrator}
    keys = {f"{one}/{key}": f"{two}/{key[0]}2" for key in ("c1", "p1")}
    world.merge_by_hand(first, second, keys=keys, **people)
    keys = {f"{two}/{key}": f"{three}/{key[0]}3" for key in ("c2", "p2")}
    world.merge_by_hand(second, third, keys=keys, **people)
    for address, there in {
        f"{API}/citations/{one}/c1/": f"{API}/citations/{three}/c3/",
        f"{API}/citations/{one}/c1/annotation/": f"{API}/citations/{three}/c3/annotation/",
        f"/actors/{one}/citations/c1/": "/actors/three/citations/c3/",
        f"/actors/{one}/citations/c1/?edition=2": "/actors/two/citations/c2/?edition=2",
        f"/entries/{one}/cite/?claim=p1.text": f"/entries/{three}/cite/?claim=p3.text",
    }.items():
        with zeal_ignore():  # each tombstone says where the next is
            response = reader.get(address)
        assert (response.status_code, response["Location"]) == (301, there)
    refusal(reader, f"citations/{two}/c9/", 410)


def test_drafts_are_not_there(reader, publish):
    event = world.event("Talks")
    publish(event)
    source = world.source(CANARY)
    world.change(event, citations=[{"source": source, "note": CANARY, "blocks": [7]}])
    draft = world.event("Draft", citations=[{"source": event.citations.get().source}])
    assert CANARY not in str(answer(reader, "citations/"))
    assert f"{draft.public_id}/c1" not in found(reader)
    assert wrong_parameters(reader, "citations/", source=source.public_id) == ["source"]


def test_list_is_of_the_edition_that_is_asked_for(reader, publish):
    event = world.event("Talks")
    publish(event)
    publish(world.change(event, citations=[{"blocks": [4]}]))
    then = answer(reader, "citations/", edition=1)
    assert ids(then) == [f"{event.public_id}/c1"]
    assert then["results"][0]["annotation"].endswith("/annotation/?edition=1")
    assert ids(answer(reader, "citations/")) == [f"{event.public_id}/c2"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(reader, publish, number, django_assert_num_queries):
    source = world.source("A report")
    publish(
        *[
            world.event(f"{each}", citations=[{"source": source, "blocks": [2], "start": "Some"}])
            for each in range(number)
        ]
    )
    asked = {"source": source.public_id, "block": 2, "count": "exact"}
    Record.current().references([source.public_id])
    with django_assert_num_queries(11):
        assert len(answer(reader, "citations/", **asked)["results"]) == number
    with django_assert_num_queries(7):
        answer(reader, "citations/", **asked)
    with django_assert_num_queries(9):
        answer(reader, "citations/", **asked, facets="stance", expand="entry,source")
    with django_assert_num_queries(3):
        answer(reader, "citations/E1/c1/")


# Annotations ------------------------------------------------------------------------------------


def annotation(reader, public_id, key="c1"):
    response = reader.get(f"{API}/citations/{public_id}/{key}/annotation/")
    assert response.status_code == 200
    assert response["Content-Type"] == (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    )
    return response.json()


def graph_of(body):
    """The annotation as RDF, by the terms that the W3C gives them; nothing is fetched."""
    assert body["@context"] == "http://www.w3.org/ns/anno.jsonld"
    graph = Graph()
    graph.parse(data=json.dumps(body | {"@context": CONTEXT}), format="json-ld")
    return graph


def names_in(value):
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from names_in(inner)
    if isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


def test_annotation_leads_from_the_passage_to_the_claims(reader, full):
    event = full.event
    body = annotation(reader, event.public_id)
    assert body["target"] == {
        "type": "SpecificResource",
        "source": "https://example.org/talks",
        "selector": {
            "type": "FragmentSelector",
            "conformsTo": "https://wicg.github.io/scroll-to-text-fragment/",
            "value": ":~:text=of%20the%20talks-,In%20July%20the%20delegations,the%20host%20said.,"
            "-The%20second%20day",
        },
    }
    claims = document_of(Record.current().get("event", event.public_id))["citations"][0]["claims"]
    places = {claim.partition(".")[0] for claim in claims}
    assert [part["type"] for part in body["body"]] == [
        "TextualBody",
        *["SpecificResource"] * len(places),
    ]
    assert body["body"][0]["value"].startswith("Supports, of “First day by the lake”: ")
    assert f"http://testserver/events/{event.slug}/#date" in str(body["body"])


def test_annotation_is_the_graph_that_the_recommendation_means(reader, full):
    body = annotation(reader, full.event.public_id)
    assert set(names_in(body)) - {"@context"} <= set(CONTEXT)
    graph = graph_of(body)
    this = URIRef(body["id"])
    assert (this, RDF.type, OA.Annotation) in graph
    assert (this, OA.motivatedBy, OA.linking) in graph
    assert len(list(graph.objects(this, OA.hasBody))) == len(body["body"])
    [target] = graph.objects(this, OA.hasTarget)
    assert graph.value(target, OA.hasSource) == URIRef("https://example.org/talks")
    selector = graph.value(target, OA.hasSelector)
    assert graph.value(selector, RDF.type) == OA.FragmentSelector
    assert str(graph.value(selector, RDF.value)) == body["target"]["selector"]["value"]


def strangers(graph, vocabulary):
    """Statements that use a term which the W3C's vocabulary has not, or not in this place."""
    above = vocabulary.transitive_objects
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            fits = not str(value).startswith(OA) or (value, RDF.type, RDFS.Class) in vocabulary
        elif not str(predicate).startswith(OA):
            fits = True
        else:
            fits = (predicate, RDF.type, RDF.Property) in vocabulary
            for place, relation in ((subject, RDFS.domain), (value, RDFS.range)):
                wanted = vocabulary.value(predicate, relation)
                if wanted is None or not str(wanted).startswith(OA):  # text
                    continue
                kinds = [*graph.objects(place, RDF.type), *vocabulary.objects(place, RDF.type)]
                fits &= any(wanted in above(kind, RDFS.subClassOf) for kind in kinds)
        if not fits:
            yield subject, predicate, value


def test_annotations_keep_to_the_vocabulary_of_the_w3c(reader, full, publish):
    source = world.showing("all", "In July they met by the lake.", title="A report")
    quoted = {"source": source, "start": "they", "end": "met", "prefix": "July", "suffix": "by"}
    publish(world.event("Talks", citations=[quoted]), source)
    vocabulary = Graph()
    for statement in Dataset().parse(VOCABULARY, format="nquads").quads():
        vocabulary.add(statement[:3])
    cited = answer(reader, "citations/")["results"]
    graphs = [graph_of(annotation(reader, each["entry"], each["key"])) for each in cited]
    assert {each for graph in graphs for each in graph.objects(None, RDF.type)} == {
        *(OA.Annotation, OA.TextualBody, OA.SpecificResource),
        *(OA.FragmentSelector, OA.TextQuoteSelector),
    }
    assert [list(strangers(graph, vocabulary)) for graph in graphs] == [[]] * len(cited)
    wrong = graphs[0]
    for statement in (
        (URIRef(cited[0]["annotation"]), OA.hasSelector, OA.linking),
        (URIRef(cited[0]["annotation"]), OA.motivatedBy, OA.Annotation),
        (URIRef(cited[0]["annotation"]), OA.hasColour, OA.linking),
    ):
        wrong.add(statement)
        assert list(strangers(wrong, vocabulary)) == [statement]
        wrong.remove(statement)


@pytest.mark.parametrize(
    ("shown", "selector", "quote"),
    [
        ("", {"start": "In July they met"}, "In July they met"),
        ("", {"start": "In July they", "end": "the lake"}, None),
        (
            "short context",
            {"start": "In July they", "end": "the lake"},
            "In July they met by the lake",
        ),
        ("all", {"start": "In July they", "end": "the lake"}, "In July they met by the lake"),
        ("", {}, ""),
    ],
)
def test_annotation_quotes_what_is_public_and_no_more(reader, publish, shown, selector, quote):
    text = "It rained. In July they met by the lake and went home."
    source = world.showing(shown, text, title="A report") if shown else world.source("A report")
    if not shown:
        world.hold_text(source, text)
    event = world.event("Talks", citations=[{"source": source, **selector}])
    publish(event, source)
    body = annotation(reader, event.public_id)
    target = body["target"]
    assert graph_of(body)
    assert target["source"] == f"http://testserver/sources/{source.slug}/"
    if quote == "":
        assert "selector" not in target
    elif quote is None:
        assert target["selector"]["value"] == ":~:text=In%20July%20they,the%20lake"
        assert "met by" not in str(body)
    else:
        assert target["selector"] == {"type": "TextQuoteSelector", "exact": quote}


def test_annotation_is_answered_where_it_is_accepted(reader, full):
    address = f"{API}/citations/{full.event.public_id}/c1/"
    wanted = {"Accept": 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'}
    asked = reader.get(address, headers=wanted)
    assert asked.json() == annotation(reader, full.event.public_id)
    assert "Accept" in asked["Vary"]
    plain = reader.get(address)
    assert plain["Content-Type"] == "application/json"
    assert plain["ETag"] != asked["ETag"]
    refused = reader.get(address, headers={"Accept": "text/csv"})
    assert refused.status_code == 406
