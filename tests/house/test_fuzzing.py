"""What the API answers to what nobody would ask: what its description says, and no error of ours.

Schemathesis makes requests from the description – whatever stands in it – and holds each answer
against it. The same few each time here; `make fuzz` makes new ones for ten minutes.
"""

import itertools
import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from record.models import Edition, Version
from record.types import entry_types
from tests.answers import API

FEW, MANY = 2, 40  # requests of each kind to each operation
MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))
POSITIVE, NEGATIVE, KNOWN = "as described", "not as described", "of what there is"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hypothesis would take values from all of our code, which would be others each day."""
    monkeypatch.setattr(providers, "_get_local_constants", providers.Constants)
    monkeypatch.setattr(providers, "CONSTANTS_CACHE", providers.LRUCache(1024))
    logging.disable(logging.WARNING)  # of each request that is refused
    # The connection is that of the test's transaction, as it is for Django's own client.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    logging.disable(logging.NOTSET)


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_wsgi(f"{API}/schema/", get_wsgi_application())
    return [found.ok() for found in schema.get_all_operations()]


def values(operation: Any) -> dict[str, Sequence[Any]]:
    """What parameters of that name can say that finds something, whatever the operation is."""
    place = operation.path.removeprefix(f"{API}/").partition("/")[0]
    type_name = next((each.name for each in entry_types() if each.plural == place), None)
    versions = Version.objects.filter(**{"type": type_name} if type_name else {})
    ids = sorted(set(versions.values_list("public_id", flat=True)))
    slugs = sorted(set(versions.values_list("slug", flat=True)))
    edition = [1, Edition.objects.count()]
    described = {
        name: [each["value"] for each in parameter.definition["examples"].values()]
        for parameters in (operation.path_parameters, operation.query)
        for parameter in parameters
        if "examples" in parameter.definition and (name := parameter.definition["name"])
    }
    return described | {
        "key": [*ids, *slugs] if type_name else ["c1", "c2"],
        "entry": [one for one in ids if one[0] in "EP"] or ids,
        "public_id": ids,
        "source": [one for one in ids if one[0] == "S"] or ["S1", "the-talks-by-the-lake"],
        "ids": [",".join(ids[:2])],
        "number": edition,
        "edition": edition,
        "limit": [1, 200],
        "block": [3, 6],
    }


def of_what_there_is(case: Any, known: Mapping[str, Sequence[Any]], draw: Any) -> None:
    """Makes of a request as described one that asks for less, and for what there is."""
    for name in case.path_parameters or ():
        if name in known:
            case.path_parameters[name] = draw(st.sampled_from(known[name]))
    required = {each.definition["name"] for each in case.operation.query if each.is_required}
    for name in list(case.query or ()):
        if name in known and (name in required or draw(st.booleans())):
            case.query[name] = draw(st.sampled_from(known[name]))
        elif name not in required and draw(st.integers(0, 3)):
            del case.query[name]


def ask(operation: Any, kind: str, number: int, start: int) -> list[int]:
    """That many requests; fails where one is answered otherwise than described. The statuses."""
    mode = GenerationMode.NEGATIVE if kind == NEGATIVE else GenerationMode.POSITIVE
    known = values(operation) if kind == KNOWN else {}
    statuses = []

    @seed(start)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data(), case=operation.as_strategy(generation_mode=mode))
    def asked(data: Any, case: Any) -> None:
        if kind == KNOWN:
            of_what_there_is(case, known, data.draw)
        statuses.append(case.call_and_validate(checks=CHECKS).status_code)

    asked()
    return statuses


def kinds_of_requests() -> Iterator[tuple[Any, str]]:
    for operation in operations():
        for kind in (POSITIVE, NEGATIVE, KNOWN):
            yield operation, kind


def test_every_operation_answers_as_described(full):
    statuses: dict[str, list[int]] = {POSITIVE: [], NEGATIVE: [], KNOWN: []}
    for operation, kind in kinds_of_requests():
        statuses[kind] += ask(operation, kind, FEW, start=1)
    assert statuses[KNOWN].count(200) > len(statuses[KNOWN]) / 2


@pytest.mark.skipif(not MINUTES, reason="make fuzz runs this, for ten minutes")
def test_every_operation_goes_on_answering_as_described(full):
    until, start, asked = time.monotonic() + 60 * MINUTES, int(time.time()), 0
    for each in itertools.cycle(list(kinds_of_requests())):
        asked += len(ask(*each, MANY, start))
        start += 1
        if time.monotonic() > until:
            break
    print(f"{asked:,} requests were answered as described.")  # noqa: T201 - for `make fuzz`
