"""`/data/`: what is offered, and that nothing else is ever served."""

import io

import pytest
from django.core.management import call_command

from packages.kept import kept
from record.models import Edition
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def build():
    return lambda: call_command("build_data", verbosity=0, stdout=io.StringIO())


def test_page_lists_what_was_made_with_sizes_and_sums(full, reader, build):
    before = reader.get("/data/")
    assert "Not made into files yet" in before.text
    assert reader.get("/data/", headers={"If-None-Match": before["ETag"]}).status_code == 304
    build()
    page = reader.get("/data/", headers={"If-None-Match": before["ETag"]})
    assert page.status_code == 200
    [row] = kept(Edition.objects.all())
    for file in row.files:
        assert f"/data/chronicle-edition-1.{file.form}" in page.text
        assert file.sha256 in page.text


def test_page_takes_as_many_queries_with_one_edition_as_with_three(
    full, reader, cast, django_assert_num_queries
):
    reader.get("/data/")  # names the newest edition, which is kept
    with django_assert_num_queries(3):
        reader.get("/data/")
    for number in (2, 3):
        world.change(full.event, editor_note=f"Said {number}.")
        world.publish_only(full.event, by=cast.contributor, approved_by=cast.editor)
    reader.get("/data/")  # names the newest edition, which is kept
    with django_assert_num_queries(3):
        page = reader.get("/data/")
    assert page.text.count('class="edition-row"') == 3


def test_files_come_as_they_are_kept(full, reader, build, django_assert_num_queries):
    build()
    [row] = kept(Edition.objects.all())
    for file in row.files:
        with django_assert_num_queries(3):
            response = reader.get(f"/data/chronicle-edition-1.{file.form}")
        assert b"".join(response.streaming_content) == file.path.read_bytes()
        assert int(response["Content-Length"]) == file.size
        assert response["ETag"] == f'"{file.sha256}"'
        again = reader.get(
            f"/data/chronicle-edition-1.{file.form}", headers={"If-None-Match": response["ETag"]}
        )
        assert again.status_code == 304
        assert (again["ETag"], again["Cache-Control"]) == (
            response["ETag"],
            response["Cache-Control"],
        )
        required = reader.get(
            f"/data/chronicle-edition-1.{file.form}", headers={"If-Match": '"another"'}
        )
        assert (required.status_code, required["Cache-Control"]) == (412, "no-store")


def test_what_was_not_made_or_is_gone_is_said_to_be(full, reader, build, data_dir):
    assert "have not been made into a file yet" in _missing(reader, "/data/chronicle-edition-1.zip")
    assert "is the number of no edition" in _missing(reader, "/data/chronicle-edition-2.zip")
    assert "is the number of no edition" in _missing(reader, f"/data/chronicle-edition-{9**40}.zip")
    build()
    for path in data_dir.rglob("*.zip"):
        path.unlink()
    assert "have not been made into a file yet" in _missing(reader, "/data/chronicle-edition-1.zip")


def _missing(reader, address):
    response = reader.get(address)
    assert response.status_code == 404
    return response.text


def test_page_of_an_empty_record_says_so(db, reader):
    assert "Nothing has been published yet" in reader.get("/data/").text
