import pytest

from tests import world
from tests.answers import answer

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def rich_source(number, parts=1):
    return world.source(
        f"Source {number}",
        authors=[{"family": f"Author {part}"} for part in range(parts)],
        subjects=[world.term(f"Subject {number}-{part}") for part in range(parts)],
    )


@pytest.mark.parametrize("entries", [1, 3])
def test_source_list_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    publish(cast, *(rich_source(number) for number in range(entries)))
    with django_assert_num_queries(5):
        assert len(answer(reader, "sources/")["results"]) == entries
    with django_assert_num_queries(3):
        answer(reader, "sources/", kind="report", subject="subject-0-0", q="source")


@pytest.mark.parametrize("parts", [1, 3])
def test_source_detail_queries_do_not_grow(reader, cast, django_assert_num_queries, parts):
    source = rich_source(0, parts)
    publish(cast, source)
    with django_assert_num_queries(5):
        result = answer(reader, f"sources/{source.public_id}/")["result"]
    assert len(result["authors"]) == len(result["subjects"]) == parts


def test_private_text_of_a_source_is_at_no_address(reader, cast):
    source = world.source("A letter")
    world.hold_text(source, "Nobody may read zzcanaryzz here.")
    event = world.event(citations=[{"source": source, "start": "Nobody may read"}])
    publish(cast, event)
    for address in ("sources/", f"sources/{source.public_id}/", "events/", "editions/1/"):
        assert "zzcanaryzz" not in str(answer(reader, address))
    assert answer(reader, "sources/", q="zzcanaryzz")["results"] == []
