import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record.models import Edition, Version
from record.paging import BadCursor, Page, decode, edition_page, page
from record.reading import Record
from record.sorting import EDITIONS, VERSIONS

pytestmark = pytest.mark.django_db

# Some share a sort key, so that only the id tells them apart; "E10" sorts before "E2".
KEYS = ["0001", "0002", "0002", "0002", "0002", "0003", "", "9999999", "ə", "0002", "0003"]

# The rows are only read, so one set of them serves all examples.
over_the_same_rows = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def written() -> list[Version]:
    """Eleven versions in the order in which they are to be read."""
    write_edition(1)
    versions = Version.objects.bulk_create(
        Version(
            public_id=f"E{number}",
            type="event",
            edition_id=1,
            change="new",
            schema=1,
            document="{}",
            salt="0" * 32,
            checksum="0" * 64,
            label=f"Event {number}",
            slug=f"event-{number}",
            sort_key=key,
        )
        for number, key in enumerate(KEYS, start=1)
    )
    return sorted(versions, key=lambda version: (version.sort_key, version.public_id))


def write_edition(number: int) -> Edition:
    edition = Edition(
        number=number,
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
        reason="For paging.",
        by="editor",
        approved_by="editor",
        four_eyes=True,
        checksum=f"{number:064d}",
    )
    edition.save()
    return edition


def read(cursor: str | None, limit: int) -> Page:
    return page(Record(1).versions("event"), cursor=cursor, limit=limit)


def forward(limit: int) -> Iterator[Page]:
    found = read(None, limit)
    yield found
    while found.next:
        found = read(found.next, limit)
        yield found


@over_the_same_rows
@given(limit=st.integers(1, 13))
def test_pages_forward_give_each_entry_once(written, limit):
    seen = [version for found in forward(limit) for version in found.items]
    assert seen == written


@over_the_same_rows
@given(limit=st.integers(1, 13))
def test_pages_backward_give_what_they_gave_forward(written, limit):
    pages = list(forward(limit))
    found = pages[-1]
    for earlier in reversed(pages[:-1]):
        found = read(found.previous, limit)
        assert found.items == earlier.items
        assert found.next is not None
    assert found.previous is None


def test_first_page_has_no_previous_and_last_page_no_next(written):
    assert (read(None, 11).previous, read(None, 11).next) == (None, None)
    assert read(read(None, 10).next, 10).next is None


def test_page_costs_one_query_wherever_it_is(written, django_assert_num_queries):
    cursor = read(None, 3).next
    with django_assert_num_queries(1):
        read(cursor, 3)


def test_page_is_unmoved_by_entries_published_before_it(written):
    first = read(None, 4)
    Version.objects.bulk_create(
        [
            Version(
                public_id="E99",
                type="event",
                edition_id=1,
                change="new",
                schema=1,
                document="{}",
                salt="0" * 32,
                checksum="0" * 64,
                sort_key=first.items[0].sort_key,
            )
        ]
    )
    assert read(first.next, 4).items == written[4:8]


def test_page_past_the_end_leads_back_to_the_last_entry(written):
    last = written[-1]
    beyond = cursor_of("after", last.sort_key, last.public_id)
    empty = read(beyond, 4)
    assert (empty.items, empty.next) == ([], None)
    assert read(empty.previous, 4).items == written[-4:]


def test_page_before_the_start_leads_on_to_the_first_entry(written):
    first = written[0]
    empty = read(cursor_of("before", first.sort_key, first.public_id), 4)
    assert (empty.items, empty.previous) == ([], None)
    assert read(empty.next, 4).items == written[:4]


def test_editions_are_paged_from_the_newest():
    for number in range(1, 6):
        write_edition(number)
    first = edition_page(Edition.objects.all(), cursor=None, limit=2)
    second = edition_page(Edition.objects.all(), cursor=first.next, limit=2)
    third = edition_page(Edition.objects.all(), cursor=second.next, limit=2)
    back = edition_page(Edition.objects.all(), cursor=third.previous, limit=2)
    numbers = [[item.number for item in found.items] for found in (first, second, third, back)]
    assert numbers == [[5, 4], [3, 2], [1], [3, 2]]
    assert (first.previous, third.next) == (None, None)


@over_the_same_rows
@given(
    st.one_of(
        st.text(),
        st.binary().map(lambda data: base64.urlsafe_b64encode(data).decode()),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ).map(lambda value: cursor_of_json(value)),
        st.tuples(
            st.sampled_from(["after", "from", "before", "until", "beside"]),
            st.text() | st.integers(),
            st.text() | st.integers(),
        ).map(lambda parts: cursor_of(*parts)),
    )
)
def test_nonsense_is_no_cursor_of_either_list(written, text):
    for order in (VERSIONS, EDITIONS):
        with pytest.raises(BadCursor):
            decode(text, order)


def test_cursor_of_one_list_is_none_of_the_other(written):
    write_edition(2)
    of_versions = read(None, 1).next
    of_editions = edition_page(Edition.objects.all(), cursor=None, limit=1).next
    with pytest.raises(BadCursor):
        edition_page(Edition.objects.all(), cursor=of_versions, limit=1)
    with pytest.raises(BadCursor):
        read(of_editions, 1)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\0",
        "\ud800",
        "WyJhZnRlciIsIiIsIkUxIl0=",  # ours are not padded
    ],
)
def test_hostile_text_is_no_cursor(text):
    with pytest.raises(BadCursor):
        decode(text, VERSIONS)


@pytest.mark.parametrize(
    "parts",
    [
        ("after", "0001", "E0"),
        ("after", "0001", "e1"),
        ("after", "\0", "E1"),
        ("after", "x" * 161, "E1"),
        ("after", "0001"),
        ("after", "0001", "E1", "E2"),
        ("under", "0001", "E1"),
    ],
)
def test_key_that_no_version_has_is_no_cursor(parts):
    with pytest.raises(BadCursor):
        decode(cursor_of(*parts), VERSIONS)


@pytest.mark.parametrize("number", [0, -1, True, 2**31, 2**63, "1"])
def test_number_that_no_edition_has_is_no_cursor(number):
    with pytest.raises(BadCursor):
        decode(cursor_of("after", number), EDITIONS)


def cursor_of(*parts):
    return cursor_of_json(list(parts))


def cursor_of_json(value):
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode("utf-8", "replace")).rstrip(b"=").decode()
