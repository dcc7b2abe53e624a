import pytest

from tests import world
from tests.answers import answer

pytestmark = pytest.mark.django_db


def publish(cast, *entries):
    world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)


def rich_actor(number, parts=1):
    names = [f"{number}-{part}" for part in range(parts)]
    actor = world.actor(
        f"Actor {number}",
        tenures=[
            {"organisation": world.actor(f"Body {name}"), "role": f"Role {name}"} for name in names
        ],
        citations=[],
    )
    for name in names:
        world.cite(actor, source=world.source(f"Source {name}"), start=f"Words of {name}")
    return world.change(actor)


@pytest.mark.parametrize("entries", [1, 3])
def test_actor_list_queries_do_not_grow(reader, cast, django_assert_num_queries, entries):
    publish(cast, *(rich_actor(number) for number in range(entries)))
    with django_assert_num_queries(6):
        assert len(answer(reader, "actors/")["results"]) == 2 * entries
    with django_assert_num_queries(3):
        answer(reader, "actors/", kind="state", source="source-0-0", contested="false", q="actor")


@pytest.mark.parametrize("parts", [1, 3])
def test_actor_detail_queries_do_not_grow(reader, cast, django_assert_num_queries, parts):
    actor = rich_actor(0, parts)
    publish(cast, actor)
    with django_assert_num_queries(6):
        result = answer(reader, f"actors/{actor.public_id}/")["result"]
    assert len(result["tenures"]) == parts
