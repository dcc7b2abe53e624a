import pytest

from tests import world
from tests.answers import answer

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def rich_place(number, parts=1):
    names = [f"{number}-{part}" for part in range(parts)]
    place = world.place(
        f"Place {number}",
        names=[{"text": f"Place {name}", "preferred": name == names[0]} for name in names],
        part_of=world.place(f"Around {number}"),
        citations=[],
    )
    for name in names:
        world.cite(place, source=world.source(f"Source {name}"), start=f"Words of {name}")
    return world.change(place)


@pytest.mark.parametrize("entries", [1, 3])
def test_place_list_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    publish(cast, *(rich_place(number) for number in range(entries)))
    with django_assert_num_queries(6):
        assert len(answer(reader, "places/")["results"]) == 2 * entries
    with django_assert_num_queries(3):
        answer(reader, "places/", part_of="around-0", q="place")


@pytest.mark.parametrize("parts", [1, 3])
def test_place_detail_queries_do_not_grow(reader, cast, django_assert_num_queries, parts):
    place = rich_place(0, parts)
    publish(cast, place)
    with django_assert_num_queries(6):
        result = answer(reader, f"places/{place.public_id}/")["result"]
    assert len(result["names"]) == parts
