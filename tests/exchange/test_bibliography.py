"""Sources come in from a bibliography: new, the same as one that is there, or not at all."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desk.models import Submission
from exchange.admin_preview import CHOSEN_ANEW
from exchange.models import ImportedFile
from exchange.problems import Problem
from sources.bibliography.formats import FORMATS
from sources.models import Source
from tests import world
from tests.conftest import Cast
from tests.pages import admin_url

pytestmark = pytest.mark.django_db

HOME = reverse("admin:exchange_importedfile_changelist")
OUT = reverse("admin:exchange_importedfile_bibliography")
ITEMS = [
    {
        "id": "a",
        "type": "report",
        "title": "A report on the talks",
        "DOI": "10.1000/x",
        "author": [{"family": "Envoy", "given": "An"}],
        "volume": "3",
    },
    {"id": "b", "type": "webpage", "title": "Another name", "URL": "http://example.org/page"},
    {"id": "c", "type": "book", "title": "Quite new", "issued": {"date-parts": [[1994, 7]]}},
]


@pytest.fixture
def desk(cast: Cast, client_of: Any) -> Any:
    return client_of(cast.contributor)


@pytest.fixture
def held(cast: Cast) -> tuple[Source, Source]:
    by = cast.contributor
    return (
        world.source(by=by),
        world.source("A page", url="https://www.example.org/page/", by=by),
    )


def upload(client: Any, items: Any) -> Any:
    file = SimpleUploadedFile("zotero.json", json.dumps(items).encode())
    sent = client.post(HOME, {"file": file})
    assert sent.status_code == 302, sent.context["form"].errors
    return client.get(sent["Location"])


def confirm(client: Any, page: Any) -> Any:
    digest = page.context["preview"].plan.digest
    return client.post(
        page.request["PATH_INFO"],
        {"digest": digest, "reason": "From our library.", "change": "correction"},
    )


def test_each_item_is_offered_what_it_may_be(held, desk):
    page = upload(desk, ITEMS)

    report, web_page = (each.public_id for each in held)
    assert [
        (each.chosen, [value for value, _ in each.choices]) for each in page.context["offered"]
    ] == [
        ("new", ["new", report, "skip"]),
        (web_page, ["new", web_page, "skip"]),
        ("new", ["new", "skip"]),
    ]
    assert page.context["offered"][0].left == ["volume: 3"]
    assert list(page.context["offered"][1].differs) == ["title", "kind"]


def test_the_same_source_has_only_its_empty_fields_filled(held, desk):
    report, _ = held
    page = upload(desk, ITEMS)
    address = page.request["PATH_INFO"]

    desk.post(
        address, {"choose": "yes", "item-1": report.public_id, "item-2": "skip", "item-3": "new"}
    )
    done = confirm(desk, desk.get(address))

    submission = Submission.objects.get()
    new = Source.objects.latest("pk")
    assert done["Location"] == admin_url(submission, "change")
    assert {item.public_id for item in submission.items.all()} == {
        report.public_id,
        new.public_id,
    }
    document = world.document(report)
    assert document["identifiers"] == [{"scheme": "doi", "value": "10.1000/x"}]
    assert [(row["family"], row["given"]) for row in document["authors"]] == [("Envoy", "An")]
    assert (new.title, new.slug, new.kind, new.published.edtf) == (
        "Quite new",
        "quite-new",
        "book",
        "1994-07",
    )
    assert ImportedFile.objects.count() == 0


def test_nothing_is_imported_of_what_is_left_out(held, desk):
    page = upload(desk, ITEMS)
    address = page.request["PATH_INFO"]

    desk.post(address, {"choose": "yes", **{f"item-{n}": "skip" for n in (1, 2, 3)}})
    page = desk.get(address)

    assert page.context["preview"].plan.changed == []
    assert confirm(desk, page).context["form"].non_field_errors() == [
        "Nothing in this file differs from the desk."
    ]


TWICE = [{"scheme": "doi", "value": "10.1/x"}] * 2


@pytest.mark.parametrize(
    ("ours", "column", "message"),
    [
        (
            {"identifiers": TWICE},
            "identifiers",
            "The identifier “doi: 10.1/x” stands here twice. Leave one of the two out.",
        ),
        (
            {"identifiers": [{"scheme": "wikidata", "value": "x"}]},
            "value",
            "What wikidata calls things looks like Q7251.",
        ),
        ({"subjects": ["nope"]}, "subjects", "There is none of the terms called “nope”."),
    ],
)
def test_what_is_wrong_with_our_own_field_is_told_by_item_and_member(
    db, desk, ours, column, message
):
    items = [ITEMS[2], {"id": "d", "type": "book", "title": "Else", "custom": {"chronicle": ours}}]
    file = SimpleUploadedFile("zotero.json", json.dumps(items).encode())

    page = desk.post(HOME, {"file": file})

    assert page.context["problems"] == [Problem(message, "item", 2, column)]


@pytest.mark.parametrize(
    "rows",
    [
        [{"scheme": "zoo", "value": "1"}, {"scheme": "doi", "value": "10.1/x"}],
        [{"scheme": "", "value": None}],
    ],
)
def test_our_own_field_in_another_order_or_damaged_is_no_fault(db, desk, rows):
    ours = {"chronicle": {"identifiers": rows}}

    upload(desk, [{"id": "d", "type": "book", "title": "Else", "custom": ours}])


def test_nothing_chosen_is_lost_when_import_is_pressed_first(held, desk):
    report, _ = held
    page = upload(desk, ITEMS)
    address = page.request["PATH_INFO"]
    chosen = {"item-1": report.public_id, "item-2": "skip", "item-3": "new"}
    described = {"reason": "From our library.", "change": "correction", "title": "Our library"}
    digest = page.context["preview"].plan.digest

    again = desk.post(address, chosen | described | {"digest": digest})

    assert Submission.objects.count() == 0
    assert [each.chosen for each in again.context["offered"]] == [report.public_id, "skip", "new"]
    assert again.context["form"].non_field_errors() == [CHOSEN_ANEW]
    assert again.context["form"]["title"].value() == "Our library"
    opened = desk.get(address)
    assert [each.chosen for each in opened.context["offered"]] == [report.public_id, "skip", "new"]
    digest = again.context["preview"].plan.digest
    assert desk.post(address, chosen | described | {"digest": digest}).status_code == 302
    assert world.document(report)["identifiers"] == [{"scheme": "doi", "value": "10.1000/x"}]


def test_what_is_typed_stays_when_other_choices_are_shown(held, desk):
    page = upload(desk, ITEMS)
    address = page.request["PATH_INFO"]

    desk.post(
        address, {"choose": "yes", "item-3": "skip", "reason": "Typed", "due_on": "2999-01-02"}
    )
    page = desk.get(address)

    form = page.context["form"]
    assert (form["reason"].value(), form["due_on"].value()) == ("Typed", "2999-01-02")
    assert [each.chosen for each in page.context["offered"]][2] == "skip"


def test_a_bibliography_is_read_once(held, desk, monkeypatch):
    page = upload(desk, ITEMS)
    monkeypatch.setattr("exchange.incoming.read_bibliography", None)

    again = desk.get(page.request["PATH_INFO"])

    assert again.context["preview"].plan.digest == page.context["preview"].plan.digest


def test_an_item_without_a_title_is_told_by_its_number(held, desk):
    file = SimpleUploadedFile("zotero.json", json.dumps([{"id": 1, "type": "book"}]).encode())

    page = desk.post(HOME, {"file": file})

    [problem] = page.context["problems"]
    assert (problem.table, problem.row, problem.message) == ("item", 1, "It has no title.")


@pytest.mark.parametrize("kind", FORMATS)
def test_what_goes_out_is_found_again_and_changes_nothing(full, desk, kind: str):
    page = desk.get(OUT, {"format": kind, "source": full.source.public_id})
    file = SimpleUploadedFile("all", page.content)

    page = desk.get(desk.post(HOME, {"file": file})["Location"])
    address = page.request["PATH_INFO"]
    desk.post(address, {"choose": "yes", "item-1": full.source.public_id})

    plan = desk.get(address).context["preview"].plan
    assert (plan.changed, plan.unchanged) == ([], 1)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_source_comes_to_another_desk_as_it_was(full, desk, cast: Cast, kind: str):
    before = world.document(full.source)
    page = desk.get(OUT, {"format": kind, "source": full.source.public_id})
    page = desk.get(desk.post(HOME, {"file": SimpleUploadedFile("all", page.content)})["Location"])
    address = page.request["PATH_INFO"]
    desk.post(address, {"choose": "yes", "item-1": "new"})

    assert confirm(desk, desk.get(address)).status_code == 302

    after = world.document(Source.objects.latest("pk"))
    own = {"id": after["id"], "slug": after["slug"], "authors": []}
    assert after | own == before | own
    assert [row | {"key": ""} for row in after["authors"]] == [
        row | {"key": ""} for row in before["authors"]
    ]


def test_sources_go_out_from_their_list_and_their_form(full, desk):
    response = desk.post(
        admin_url(Source, "changelist"),
        {"action": "export_ris", "_selected_action": [full.source.pk]},
    )
    form = desk.get(admin_url(full.source, "change")).content.decode()

    assert response.content.decode().startswith("TY  - ")
    assert f"{OUT}?format=bibtex&amp;source={full.source.public_id}" in form


def test_choosing_costs_the_same_for_one_item_and_for_three(held, desk, django_assert_num_queries):
    items = [
        {"id": n, "type": "book", "title": name} for n, name in enumerate(("Red", "Sea", "Up"))
    ]
    for some in (items[:1], items):
        page = upload(desk, some)
        with django_assert_num_queries(18):
            desk.get(page.request["PATH_INFO"])
