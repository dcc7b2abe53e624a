"""Asking the API, and reading its answers as a stranger to our code would."""

import hashlib
import json
from typing import Any

from django.test import Client

API = "/api/v1"


def answer(client: Client, address: str, **query: Any) -> dict[str, Any]:
    """The body of a 200 from an address below the API's."""
    response = client.get(f"{API}/{address}", query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return response.json()


def refusal(client: Client, address: str, status: int, **query: Any) -> dict[str, Any]:
    """The problem details of an answer with this status."""
    response = client.get(f"{API}/{address}", query)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    return body


def ids_of(body: dict[str, Any]) -> list[str]:
    return [result["id"] for result in body["results"]]


def wrong_parameters(client: Client, address: str, **query: Any) -> list[str]:
    """The parameters that a 400 names."""
    return [error["parameter"] for error in refusal(client, address, 400, **query)["errors"]]


def canonical(value: Any) -> str:
    """RFC 8785, for documents: they hold no floats and ASCII names alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def document_text(result: dict[str, Any]) -> str:
    """The document of a result, in canonical form."""
    return canonical({name: value for name, value in result.items() if name != "version"})


def checksum_holds(result: dict[str, Any]) -> bool:
    version = result["version"]
    return sha256(version["salt"] + document_text(result)) == version["sha256"]
