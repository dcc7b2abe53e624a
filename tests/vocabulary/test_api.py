import pytest

from tests import world
from tests.answers import answer, ids_of

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def rich_term(number, parts=1):
    return world.term(
        f"Term {number}",
        labels=[{"label": f"Term {part}", "language": f"x{part}x"} for part in range(parts)],
        subjects=[world.term(f"Subject {number}-{part}") for part in range(parts)],
    )


@pytest.mark.parametrize("entries", [1, 3])
def test_term_list_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    publish(cast, *(rich_term(number) for number in range(entries)))
    with django_assert_num_queries(5):
        assert len(answer(reader, "terms/")["results"]) == 2 * entries
    with django_assert_num_queries(2):
        answer(reader, "terms/", vocabulary="event kind", q="term")


@pytest.mark.parametrize("parts", [1, 3])
def test_term_detail_queries_do_not_grow(reader, cast, django_assert_num_queries, parts):
    term = rich_term(0, parts)
    publish(cast, term)
    with django_assert_num_queries(5):
        result = answer(reader, f"terms/{term.public_id}/")["result"]
    assert len(result["labels"]) == parts


def test_terms_are_in_the_order_of_their_vocabulary(reader, cast):
    last = world.term("First by name", order=2)
    first = world.term("Second by name", order=1)
    publish(cast, last, first)
    assert ids_of(answer(reader, "terms/")) == [first.public_id, last.public_id]
