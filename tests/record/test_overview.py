import pytest

from record.overview import numbers
from record.reading import Record
from tests import world

pytestmark = pytest.mark.django_db


def test_numbers_count_what_is_published_by_type(cast, django_assert_num_queries):
    events = [world.event(f"Meeting {date}", date=date) for date in ("1997", "1998")]
    world.publish_all(*events, by=cast.editor, approved_by=cast.chief_editor)
    world.event("A draft")

    record = Record.current()
    with django_assert_num_queries(1):
        assert numbers(record) == {
            "actor": 0,
            "event": 2,
            "place": 0,
            "proposal": 0,
            "source": 1,
            "term": 1,
        }
