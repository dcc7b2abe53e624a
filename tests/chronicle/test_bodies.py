"""How much may be sent to a page, and what is said of more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from sources.models import SourceText
from tests import world

pytestmark = pytest.mark.django_db
MUCH = "words " * 500_000  # 3 MB


@pytest.fixture
def desk(cast, client_of):
    return client_of(cast.editor)


def test_no_page_takes_much_but_those_that_take_texts_and_files(desk):
    source = world.source()
    for address in (
        reverse("admin:sources_source_change", args=[source.pk]),
        reverse("reading:passage", args=[source.public_id]),
        reverse("account_login"),
    ):
        answer = desk.post(address, {"title": MUCH})
        said = " ".join(answer.content.decode().split())
        assert answer.status_code == 413, address
        assert "What you sent has 2.9 MB; this page takes 2.5 MB at most." in said
        assert "Nothing has been saved." in said


def test_it_is_refused_before_anything_is_parsed(desk):
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"password": MUCH})
    assert answer.status_code == 413
    assert not hasattr(answer.wsgi_request, "_post")


def test_texts_and_files_are_taken(desk):
    source = world.source()
    address = reverse("admin:sources_sourcetext_add")
    text = ("words " * 99_000 + "\n\n") * 4
    page = desk.post(address, {"source": source.public_id, "text": text + " and" * 90_000})
    assert (page.status_code, len(page.context["blocks"])) == (200, 5)
    file = SimpleUploadedFile("book.csv", b"no,table\n" * 400_000)
    imported = desk.post(reverse("admin:exchange_importedfile_changelist"), {"file": file})
    assert (imported.status_code, SourceText.objects.count()) == (200, 0)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_more_than_can_be_read_is_said_to_be(desk):
    answer = desk.post(reverse("admin:sources_sourcetext_add"), {"text": "words " * 1000})
    assert answer.status_code == 400
    assert "What was sent could not be read" in answer.content.decode()
