"""Files for the exchange, put together as an editor's spreadsheet would."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User

from desk.models import Submission
from exchange.formats import read_file, write_file
from exchange.importing import carry_out
from exchange.planning import Plan, plan
from exchange.problems import Faulty, Problem

Tables = Mapping[str, Sequence[Sequence[str]]]


def read(tables: Tables, kind: str = "csv") -> Any:
    return read_file(write_file(tables, kind), "upload.zip")


def planned(tables: Tables, **options: Any) -> Plan:
    return plan(read(tables), **options)


def problems(tables: Tables, **options: Any) -> list[Problem]:
    try:
        found = planned(tables, **options)
    except Faulty as faulty:
        return faulty.problems
    raise AssertionError(f"Nothing is wrong with it: {found}")


def imported(tables: Tables, *, by: User, **options: Any) -> Submission:
    submission = carry_out(planned(tables, **options), by=by, reason="From a spreadsheet.")
    assert submission is not None
    return submission
