"""Pages of the desk's lists: the right rows in the right order, at the same cost each."""

import pytest
from django.contrib import admin

from desk import admin_paging
from events.models import Event
from tests import world
from tests.pages import admin_url


@pytest.fixture
def desk(cast, client_of, monkeypatch):
    """Lists of two entries a page."""
    monkeypatch.setattr(admin.site.get_model_admin(Event), "list_per_page", 2)
    return client_of(cast.contributor)


def titles(client, query=""):
    page = client.get(f"{admin_url(Event, 'changelist')}{query}")
    return [row.title for row in page.context["cl"].result_list]


@pytest.mark.parametrize("many", [0, 10_000])
def test_pages_are_those_of_the_whole_list_in_order(many, desk, db, monkeypatch):
    """Whether the keys of all that is found are read at once, or it is too many for that."""
    monkeypatch.setattr(admin_paging, "MANY", many)
    for day, title in enumerate(["Talks C", "Talks A", "Else", "Talks B"], start=1):
        world.event(title, date=f"1997-07-{day:02}")

    assert [titles(desk, f"?p={number}") for number in (1, 2)] == [
        ["Talks C", "Talks A"],
        ["Else", "Talks B"],
    ]
    assert [titles(desk, f"?q=talks&p={number}") for number in (1, 2)] == [
        ["Talks C", "Talks A"],
        ["Talks B"],
    ]
    assert titles(desk, "?o=-2") == ["Talks C", "Talks B"]
    assert titles(desk, "?q=else") == ["Else"]
    assert titles(desk, "?q=nothing") == []
    assert titles(desk, "?standing=new&o=2&p=2") == ["Talks B", "Talks C"]


@pytest.mark.parametrize(("query", "queries"), [("", 10), ("?p=2", 10), ("?q=talks&p=2", 9)])
def test_page_costs_the_same_of_two_and_of_four(
    query, queries, desk, db, django_assert_num_queries
):
    for number in range(3):
        world.event(f"Talks {number}")
    with django_assert_num_queries(queries):
        assert len(titles(desk, query)) == (1 if query else 2)
    for number in range(4):
        world.event(f"More talks {number}")
    with django_assert_num_queries(queries):
        assert len(titles(desk, query)) == 2


def test_autocomplete_pages_are_those_of_the_whole_list(cast, client_of, db):
    for number in range(25):
        world.term(f"Kind {number:02}")
    client = client_of(cast.contributor)
    asked = {"app_label": "events", "model_name": "event", "field_name": "kind", "term": "kind"}

    pages = [
        client.get("/desk/autocomplete/", asked | {"page": number}).json() for number in (1, 2)
    ]

    assert [len(page["results"]) for page in pages] == [20, 5]
    assert [page["pagination"]["more"] for page in pages] == [True, False]
    found = {row["id"] for page in pages for row in page["results"]}
    assert len(found) == 25
