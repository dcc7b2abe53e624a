"""The API's description is what it was agreed to be, and what the API does."""

import copy
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from chronicle.api import description
from desk.publishing import withdraw
from record.types import entry_types
from tests.answers import API, answer, refusal

SNAPSHOT = Path(__file__).with_name("schema.yaml")
PLURALS = ["actors", "events", "places", "proposals", "sources", "terms"]
OTHERS = [
    *("activities/", "changes/", "compare/", "responses/", "verify-quote/"),
    *("citations/{entry}/{key}/annotation/", "entries/{public_id}/diff/"),
    "actors/{key}/offices/{office}/holders/",
]
ONE_OF = {
    "citations": "{entry}/{key}/",
    "editions": "{number}/",
    "entries/{public_id}/versions": "{edition}/",
}


def closed(schema):
    """The same with every object closed, so that a member it does not describe is an error."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and "type" in schema:
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            closed(inner)
    if isinstance(schema, list):
        for inner in schema:
            closed(inner)
    return schema


def check(body, address, status="200", media_type="application/json"):
    """Hold an answer against the description of its address."""
    served = copy.deepcopy(description())
    content = served["paths"][f"{API}/{address}"]["get"]["responses"][status]["content"]
    schema = closed(
        {
            **content[media_type]["schema"],
            "components": {"schemas": served["components"]["schemas"]},
        }
    )
    Draft202012Validator.check_schema(schema)
    errors = [
        f"{error.json_path}: {error.message[:200]}"
        for error in Draft202012Validator(schema).iter_errors(body)
    ]
    assert errors == []


def test_description_equals_its_snapshot():
    """`make schema` writes it anew, for a change that is meant."""
    assert description() == yaml.safe_load(SNAPSHOT.read_text())


def test_description_is_openapi_and_names_every_address(reader, db):
    response = reader.get(f"{API}/schema/")
    assert response["Content-Type"] == "application/json"
    body = response.json()
    assert body["openapi"] == "3.1.0"
    lists = [
        f"{API}/{plural}/{detail}"
        for plural in [*PLURALS, "citations", "editions", "entries/{public_id}/versions"]
        for detail in ("", ONE_OF.get(plural, "{key}/"))
    ]
    assert sorted(body["paths"]) == sorted([*lists, *(f"{API}/{other}" for other in OTHERS)])
    assert {frozenset(path) for path in body["paths"].values()} == {frozenset({"get"})}


def test_description_comes_as_yaml_when_asked_for(reader, db):
    response = reader.get(f"{API}/schema/", headers={"Accept": "application/vnd.oai.openapi"})
    assert response["Content-Type"] == "application/vnd.oai.openapi; charset=utf-8"
    assert yaml.safe_load(response.content) == description()


def test_page_of_the_description_has_every_operation_shape_and_parameter(reader, db):
    page = reader.get(f"{API}/docs/")
    text = page.content.decode()
    shapes = re.findall(r'id="shape-(\w+)"', text)
    assert shapes == list(description()["components"]["schemas"])
    assert set(re.findall(r'href="#shape-(\w+)"', text)) <= set(shapes)
    for path, methods in description()["paths"].items():
        of = methods["get"]
        section = text.partition(f'id="{of["operationId"].replace("_", "-")}"')[2]
        section = section.partition("For example")[0].partition('class="operation"')[0]
        assert f"</span> {path}<" in section
        names = re.findall(r"<dt><code>(\w+)</code>", section)
        assert names == [
            *(one["name"] for one in of.get("parameters", ())),
            *sorted(of["responses"]),
        ]
    assert page.cookies == {}


def test_examples_of_the_page_are_answered(reader, full):
    page = reader.get(f"{API}/docs/").content.decode()
    examples = re.findall(r'href="([^"]+)">Open it here', page)
    # Which actor has which office, nobody knows beforehand.
    assert len(examples) == len(description()["paths"]) - 1
    for example in examples:
        assert reader.get(example).status_code == 200, example


def test_parameters_are_those_that_are_taken(reader, db):
    for entry_type in entry_types():
        address = f"{entry_type.plural}/"
        body = refusal(reader, address, 400, colour="blue")
        described = description()["paths"][f"{API}/{address}"]["get"]["parameters"]
        assert sorted(body["errors"][0]["allowed"]) == [one["name"] for one in described]


@pytest.mark.django_db
def test_answers_are_as_described(reader, full):
    for entry in full.entries:
        plural = next(known.plural for known in entry_types() if known.letter == entry.public_id[0])
        body = answer(reader, f"{plural}/", limit=200)
        assert entry.public_id in [result["id"] for result in body["results"]]
        check(body, f"{plural}/")
        check(answer(reader, f"{plural}/{entry.public_id}/"), f"{plural}/{{key}}/")
    check(answer(reader, "editions/"), "editions/")
    check(answer(reader, "editions/1/"), "editions/{number}/")
    versions = f"entries/{full.event.public_id}/versions/"
    check(answer(reader, versions), "entries/{public_id}/versions/")
    check(answer(reader, f"{versions}1/"), "entries/{public_id}/versions/{edition}/")
    check(answer(reader, "changes/", limit=200), "changes/")
    for query in ("", "?since=0"):
        activities = reader.get(f"{API}/activities/{query}").json()
        check(activities, "activities/", media_type="application/activity+json")
    check(answer(reader, f"entries/{full.event.public_id}/diff/"), "entries/{public_id}/diff/")
    plans = [result["id"] for result in answer(reader, "proposals/")["results"]]
    check(answer(reader, "compare/", ids=",".join(plans)), "compare/")
    for query in ({}, {"proposal": full.proposal.public_id}):
        check(answer(reader, "responses/", on="1998", **query), "responses/")
    check(answer(reader, "terms/", fields="id"), "terms/")
    office = full.actor.offices.get()
    holders = f"actors/{full.actor.public_id}/offices/{office.key}/holders/"
    check(answer(reader, holders, on="1997"), "actors/{key}/offices/{office}/holders/")
    check(answer(reader, "citations/", count="exact"), "citations/")
    citation = f"citations/{full.event.public_id}/c1/"
    check(answer(reader, citation), "citations/{entry}/{key}/")
    annotation = reader.get(f"{API}/{citation}annotation/").json()
    of_it = "citations/{entry}/{key}/annotation/"
    check(annotation, of_it, media_type="application/ld+json")
    found = answer(reader, "verify-quote/", text="In July the delegations met by the lake")
    assert found["result"]["citations"]
    check(found, "verify-quote/")


@pytest.mark.django_db
def test_problems_are_as_described(reader, full, cast):
    withdraw(
        [full.proposal.public_id],
        by=cast.chief_editor,
        reason="Twice the same.",
        approved_by=cast.administrator,
    )
    problem = "application/problem+json"
    gone = refusal(reader, f"proposals/{full.proposal.public_id}/", 410)
    check(gone, "proposals/{key}/", "410", problem)
    check(refusal(reader, "proposals/none/", 404), "proposals/{key}/", "404", problem)
    wrong = refusal(reader, "events/", 400, within="nearly", limit=0)
    check(wrong, "events/", "400", problem)
    unacceptable = reader.get(f"{API}/events/", headers={"Accept": "text/html"})
    assert unacceptable.status_code == 406
    check(unacceptable.json(), "events/", "406", problem)


def test_every_answer_and_problem_has_an_example_that_is_as_described():
    of = description()
    for path, methods in of["paths"].items():
        for status, answered in methods["get"]["responses"].items():
            for media_type, body in answered.get("content", {}).items():
                examples = {
                    name: of["components"]["examples"][name]["value"]
                    if "$ref" in example
                    else example["value"]
                    for name, example in body.get("examples", {}).items()
                }
                assert examples or "example" in body, (path, status, media_type)
                for value in examples.values() or [body["example"]]:
                    check(value, path.removeprefix(f"{API}/"), status, media_type)


def test_every_operation_can_be_refused_a_token_and_further_requests():
    of = description()
    for methods in of["paths"].values():
        assert methods["get"]["security"] == [{}, {"token": []}]
        for answered in methods["get"]["responses"].values():
            assert {"RateLimit", "RateLimit-Policy"} <= set(answered["headers"])
        assert {"401", "429"} <= set(methods["get"]["responses"])
        assert "Retry-After" in methods["get"]["responses"]["429"]["headers"]


def test_answer_that_is_not_as_described_is_noticed(reader, db):
    body = answer(reader, "events/")
    with pytest.raises(AssertionError):
        check(body | {"colour": "blue"}, "events/")
    del body["checks"]
    with pytest.raises(AssertionError):
        check(body, "events/")
