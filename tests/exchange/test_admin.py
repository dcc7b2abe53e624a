"""The exchange in the admin: upload, preview, confirm; and what goes out."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from desk.drafts import NOT_SAVED_YET
from desk.first_run import prepare
from desk.forgetting import forgotten
from desk.models import Submission
from desk.refusals import Refused
from exchange.exporting import export
from exchange.formats import LARGEST, write_file
from exchange.models import KEPT_FOR, ImportedFile, take_file
from tests import world
from tests.conftest import Cast
from tests.exchange.files import Tables
from tests.pages import admin_url, form_of

pytestmark = pytest.mark.django_db

HOME = reverse("admin:exchange_importedfile_changelist")


@pytest.fixture
def desk(cast: Cast, client_of: Any) -> Any:
    return client_of(cast.contributor)


def upload(client: Any, tables: Tables, *, kind: str = "csv", **fields: str) -> Any:
    file = SimpleUploadedFile("upload.zip", write_file(tables, kind))
    return client.post(HOME, {"file": file, **fields})


def titles(*pairs: tuple[Any, str]) -> Tables:
    rows = [[event.public_id, title] for event, title in pairs]
    return {"events": [["id", "title"], *rows]}


def confirm(client: Any, page: Any, **fields: str) -> Any:
    digest = page.context["preview"].plan.digest
    given = {"digest": digest, "reason": "From a spreadsheet.", "change": "correction"} | fields
    return client.post(page.request["PATH_INFO"], given)


def preview(client: Any, tables: Tables) -> Any:
    sent = upload(client, tables)
    assert sent.status_code == 302, sent.context["problems"]
    return client.get(sent["Location"])


def test_a_file_is_shown_and_then_imported_into_a_draft(full, desk, cast: Cast):
    page = preview(desk, titles((full.event, "Another title")))
    html = page.content.decode()

    assert "0 new entries, 1 changed, 0 as they are at the desk." in html
    assert "First day by the lake" in html
    full.event.refresh_from_db()
    assert full.event.title == "First day by the lake"

    done = confirm(desk, page, title="A better title")

    submission = Submission.objects.latest("pk")
    full.event.refresh_from_db()
    assert done["Location"] == admin_url(submission, "change")
    assert (submission.title, submission.reason) == ("A better title", "From a spreadsheet.")
    assert full.event.title == "Another title"
    assert ImportedFile.objects.count() == 0


def test_what_is_wrong_is_listed_and_nothing_kept(full, desk):
    page = upload(desk, {"events": [["id", "date"], [full.event.public_id, "1997-13"]]})

    assert page.status_code == 200
    [problem] = page.context["problems"]
    assert (problem.table, problem.row, problem.column) == ("events", 2, "date")
    assert "One thing in this file is wrong" in page.content.decode()
    assert ImportedFile.objects.count() == 0


def test_a_file_that_changes_nothing_is_told_so(full, desk):
    page = upload(desk, export([full.event.public_id]), kind="xlsx")

    assert page.context["form"].errors["file"] == [
        "All 1 entries of this file are as the desk has them: there is nothing to import."
    ]


def test_what_was_shown_is_what_is_imported(full, desk, cast: Cast):
    page = preview(desk, titles((full.event, "Another title")))
    world.change(full.event, by=cast.editor, summary="Somebody else was here.")

    again = confirm(desk, page, reason="Typed once.")

    assert again.status_code == 200
    assert again.context["form"].non_field_errors() == [
        "The desk has changed since this was shown. Look at it again."
    ]
    assert again.context["form"]["reason"].value() == "Typed once."
    assert Submission.objects.count() == 1
    assert confirm(desk, again).status_code == 302
    full.event.refresh_from_db()
    assert (full.event.title, full.event.summary) == ("Another title", "Somebody else was here.")


def test_an_import_without_a_reason_comes_back_as_it_was(full, desk):
    page = preview(desk, titles((full.event, "Another title")))

    again = confirm(desk, page, reason="", title="Kept")

    assert again.context["form"].errors["reason"] == ["This field is required."]
    assert again.context["form"]["title"].value() == "Kept"
    assert ImportedFile.objects.count() == 1


def test_a_file_is_its_owners_alone_and_can_be_forgotten(full, desk, cast: Cast, client_of):
    page = preview(desk, titles((full.event, "Another title")))
    address = page.request["PATH_INFO"]

    assert client_of(cast.editor).get(address).status_code == 404
    assert client_of(cast.editor).post(address, {"forget": "yes"}).status_code == 404
    assert desk.post(address, {"forget": "yes"})["Location"] == HOME
    assert ImportedFile.objects.count() == 0


def test_files_are_forgotten_when_an_entry_is_redacted(full, desk):
    preview(desk, titles((full.event, "Another title")))

    forgotten.send(sender=None, public_id=full.event.public_id)

    assert ImportedFile.objects.count() == 0


def test_a_file_that_is_too_large_is_not_read(desk):
    page = desk.post(HOME, {"file": SimpleUploadedFile("big.xlsx", b"x" * (LARGEST + 1))})

    assert page.context["form"].errors["file"] == [
        "This file has 10.0 MB; at most 10 MB are taken. Import it in several parts."
    ]


def test_preview_costs_the_same_for_one_entry_and_for_three(
    full, desk, cast: Cast, django_assert_num_queries
):
    events = [world.event(f"Event {number}", by=cast.contributor) for number in range(3)]
    for some in (events[:1], events):
        page = preview(desk, titles(*((event, f"{event.title} anew") for event in some)))
        with django_assert_num_queries(20):
            desk.get(page.request["PATH_INFO"])


def test_everything_of_a_type_goes_out(full, desk):
    response = desk.get(
        reverse("admin:exchange_importedfile_export"), {"types": ["event"], "format": "csv"}
    )

    assert response["Content-Disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist()[0] == "events.csv"
        assert full.event.slug in archive.read("events.csv").decode()
        assert "desk_note" not in archive.read("events.csv").decode()


def test_chosen_entries_go_out_from_their_list(full, desk):
    response = desk.post(
        admin_url(world.Event, "changelist"),
        {"action": "export_selected", "_selected_action": [full.event.pk]},
    )

    assert response["Content-Type"].startswith("application/vnd.openxmlformats")


def test_an_export_of_nothing_says_so(full, desk):
    response = desk.get(reverse("admin:exchange_importedfile_export"), follow=True)

    assert [str(each) for each in response.context["messages"]] == [
        "Nothing was exported. This field is required."
    ]


def test_a_page_of_the_file_is_turned_and_what_is_typed_stays(full, desk):
    page = preview(desk, titles((full.event, "Another title")))
    address = page.request["PATH_INFO"]

    turned = desk.post(address, {"turn": "2", "title": "Typed", "reason": "As we found."})

    assert turned["Location"] == f"{address}?p=2"
    form = desk.get(turned["Location"]).context["form"]
    assert (form["title"].value(), form["reason"].value()) == ("Typed", "As we found.")
    assert not form.is_bound


def test_what_is_typed_outlives_the_session(full, cast: Cast):
    browser = Client()
    browser.force_login(cast.contributor)
    page = preview(browser, titles((full.event, "Another title")))
    fields = form_of(page, action="")
    Session.objects.all().delete()

    browser.post(page.request["PATH_INFO"], fields | {"reason": ["Typed at length."]})
    assert ImportedFile.objects.count() == 1
    browser.force_login(cast.contributor)

    back = browser.get(page.request["PATH_INFO"])
    assert back.context["form"]["reason"].value() == "Typed at length."
    assert back.context["form"].non_field_errors() == [NOT_SAVED_YET]


def test_a_file_is_imported_once(full, desk):
    page = preview(desk, {"events": [["title", "kind"], ["New", full.term.slug]]})
    file = ImportedFile.objects.get()
    take_file(file)

    with pytest.raises(Refused):
        take_file(file)

    assert confirm(desk, page).status_code == 404


@pytest.mark.parametrize("passing", ["a start", "somebody who signs in"])
def test_files_go_by_themselves_after_a_day(passing, full, desk, cast: Cast):
    page = preview(desk, titles((full.event, "Another title")))
    until = ImportedFile.objects.get().kept_until
    assert date_format(timezone.localtime(until), "j F Y, H:i") in page.content.decode()
    ImportedFile.objects.update(uploaded_at=timezone.now() - KEPT_FOR)

    assert desk.get(page.request["PATH_INFO"]).status_code == 404
    assert desk.get(HOME).context["waiting"] is None
    if passing == "a start":
        prepare(Path("nowhere"), say=print)
    else:
        Client().force_login(cast.editor)

    assert ImportedFile.objects.count() == 0


def test_a_file_that_sets_back_alone_is_imported_without_a_submission(full, desk, cast: Cast):
    before = titles((full.event, full.event.title))
    world.change(full.event, by=cast.editor, title="Half a thought")
    submissions = Submission.objects.count()

    done = confirm(desk, preview(desk, before))

    assert (done["Location"], Submission.objects.count()) == (HOME, submissions)
    assert [str(each) for each in desk.get(HOME).context["messages"]] == [
        "1 entry says at the desk what is published again, so there is nothing to submit."
    ]
