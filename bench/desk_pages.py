"""What an editor opens at the desk, and how long each page takes.

Asked in this process, by a browser that is signed in: what is measured is Django and the database,
without a server in between.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.world import OF_NAMES, OF_TEXTS, words_of
from desk.models import Revision, Submission
from desk.types import desk_type, desk_types

Query = dict[str, Any]

MARK = 200  # milliseconds
PAGE = 50  # entries of a list
Say = Callable[[str], None]


@dataclass(frozen=True)
class Page:
    """``addresses``: the same question about different things, where there are different ones."""

    name: str
    addresses: Sequence[str]


@dataclass(frozen=True)
class Figure:
    """Medians. ``queries`` of the first address."""

    elapsed: float  # milliseconds
    cpu: float  # milliseconds of this process: of the database too, where that is SQLite
    queries: int


def all_pages() -> list[Page]:
    return [
        Page("desk home", [reverse("admin:index")]),
        *(page for each in desk_types() for page in _lists(each)),
        *_autocompletes(),
        *_of_an_event(),
        *_reviews(),
    ]


def _lists(of: Any) -> Iterator[Page]:
    """The list of a type: as it opens, and in every other way that it can be asked for."""
    opts = of.model._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    name = str(opts.verbose_name_plural)
    total = of.model._default_manager.count()
    texts = words_of(OF_TEXTS if name in ("events", "proposals") else OF_NAMES)[100:103]
    ways: dict[str, list[Query]] = {
        "first page": [{}],
        "late page": [{"p": max(1, total * 9 // 10 // PAGE)}],
        "with unpublished changes": [{"standing": "changed"}],
        "as published": [{"standing": "as published"}],
        "search": [{"q": text} for text in texts],
        "by its second column": [{"o": "2"}],
        "by its third column, latest first": [{"o": "-3"}],
    }
    if name == "events":
        ways |= {
            "of one kind": [{"kind__id__exact": pk} for pk in (1, 2, 3)],
            "of a decade": [{"decade": "2000"}],
            "lacking evidence": [{"evidence": "lacking"}],
            "by date, latest first": [{"o": "-4"}],
            "search for an id": [{"q": f"E{total // 2}"}],
            "search for two words": [{"q": " ".join(texts[:2])}],
        }
    for what, queries in ways.items():
        yield Page(f"{name}: {what}", [f"{address}?{urlencode(query)}" for query in queries])


def _autocompletes() -> Iterator[Page]:
    """What forms offer while somebody types: by field, and the letters typed."""
    names = words_of(OF_NAMES)[100:103]
    fields = {
        "actor": ("events", "participation", "actor", ["", "A100", *names]),
        "place": ("events", "event", "place", ["", *names]),
        "source": ("events", "eventcitation", "source", ["", "S10", *names]),
        "term": ("events", "event", "kind", ["", *names]),
        "event": ("events", "event", "part_of", ["", "E5000", *words_of(OF_TEXTS)[100:103]]),
    }
    for name, (app, model, field, typed) in fields.items():
        wanted = {"app_label": app, "model_name": model, "field_name": field}
        addresses = [
            f"{reverse('admin:autocomplete')}?{urlencode(wanted | {'term': term})}"
            for term in typed
        ]
        yield Page(f"{name}, chosen: nothing typed", addresses[:1])
        yield Page(f"{name}, chosen: something typed", addresses[1:])


def _of_an_event() -> Iterator[Page]:
    some = [number * 997 for number in (10, 30, 50, 70, 90)]
    found = desk_type("event").model._default_manager.filter(pk__in=some)
    pks = list(found.values_list("pk", flat=True)) or [1]
    for name, view, of in (
        ("form of an event", "change", pks),
        ("history of an event", "history", pks),
        ("form of an event saved a hundred times", "change", [1]),
        ("history of an event saved a hundred times", "history", [1]),
    ):
        yield Page(name, [reverse(f"admin:events_event_{view}", args=[pk]) for pk in of])
    yield Page("empty form of an event", [reverse("admin:events_event_add")])


def _reviews() -> Iterator[Page]:
    revisions = reverse("admin:desk_revision_changelist")
    total = Revision.objects.count()
    ways: dict[str, Query] = {
        "first page": {},
        "late page": {"p": total * 9 // 10 // PAGE},
        "of one type": {"type": "proposal"},
        "of one entry": {"q": "E1"},
        "by reason": {"q": "title"},
        "by id": {"o": "1"},
        "by author": {"o": "5"},
    }
    for what, query in ways.items():
        yield Page(f"revisions: {what}", [f"{revisions}?{urlencode(query)}"])
    newest = Revision.objects.filter(public_id="E1").order_by("-number").first()
    compared = [reverse("admin:desk_revision_change", args=[newest.pk])] if newest else []
    yield Page("two revisions compared", compared)
    submissions = reverse("admin:desk_submission_changelist")
    ways = {
        "first page": {},
        "waiting for my review": {"queue": "waiting"},
        "published": {"state__exact": "published"},
        "of one entry": {"q": "E1"},
        "by change": {"items__change": "correction"},
    }
    for what, query in ways.items():
        yield Page(f"submissions: {what}", [f"{submissions}?{urlencode(query)}"])
    waiting = Submission.objects.filter(state="submitted").values_list("pk", flat=True)[:3]
    address = "admin:desk_submission_change"
    yield Page("review of 50 entries", [reverse(address, args=[pk]) for pk in waiting])
    largest = Submission.objects.filter(state="published").order_by("pk")[1:2]
    yield Page("review of 10,000 published", [reverse(address, args=[s.pk]) for s in largest])


def measure_desk(user: User, *, rounds: int, only: str, say: Say) -> dict[str, Figure]:
    """Open every page whose name holds ``only``, ``rounds`` times after once to warm it."""
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(user)
    figures = {}
    for page in all_pages():
        if only not in page.name:
            continue
        queries = [_open(browser, address)[2] for address in page.addresses]
        taken = [_open(browser, address) for address in page.addresses for _ in range(rounds)]
        figures[page.name] = figure = Figure(
            elapsed=median(elapsed for elapsed, _, _ in taken),
            cpu=median(cpu for _, cpu, _ in taken),
            queries=max(queries),
        )
        say(f"{page.name}: {figure.elapsed:.0f} ms")
    return figures


def _open(browser: Client, address: str) -> tuple[float, float, int]:
    """Milliseconds that passed, those of processor time, and queries."""
    counted = count()

    def counting(execute: Any, *arguments: Any) -> Any:
        next(counted)
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        began, cpu = time.perf_counter(), time.process_time()
        answer = browser.get(address)
        elapsed, cpu = time.perf_counter() - began, time.process_time() - cpu
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return elapsed * 1000, cpu * 1000, next(counted)


def desk_table(figures: dict[str, Figure]) -> str:
    """In Markdown, with what misses the mark in bold."""
    lines = [f"| desk, medians in ms (mark: {MARK}) | ms | of processor time | queries |"]
    lines.append("|---|---|---|---|")
    for name, figure in figures.items():
        cell = f"{figure.elapsed:.0f}"
        if figure.elapsed > MARK:
            cell = f"**{cell}**"
        lines.append(f"| {name} | {cell} | {figure.cpu:.0f} | {figure.queries} |")
    return "\n".join(lines)
