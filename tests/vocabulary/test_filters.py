import pytest
from django.http import QueryDict

from record.reading import Record
from tests import world
from vocabulary.filters import TermFilter
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db


def found(query):
    filters = TermFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


def test_vocabulary_is_one_or_several_of_the_declared_ones(cast):
    world.publish_all(
        world.term("Meeting"),
        world.term("Host", vocabulary=Vocabulary.ROLE),
        world.term("Water", vocabulary=Vocabulary.TOPIC),
        by=cast.contributor,
        approved_by=cast.editor,
    )
    assert found("vocabulary=role") == ["Host"]
    assert found("vocabulary=event+kind,topic") == ["Meeting", "Water"]


def test_unknown_vocabulary_is_refused_with_the_known_ones():
    filters = TermFilter(QueryDict("vocabulary=verbs"), record=Record.current())
    assert filters.errors == {
        "vocabulary": [
            "“verbs” is none of: event kind, proposal kind, role, relation, topic, subject."
        ]
    }
