import pytest
from django.http import QueryDict

from chronicle.dates import PartialDate
from record.reading import Record
from sources.filters import SourceFilter
from sources.models import SourceKind
from tests import world

pytestmark = pytest.mark.django_db


def found(query):
    filters = SourceFilter(QueryDict(query), record=Record.current())
    assert filters.errors == {}
    return [version.label for version in filters.qs]


@pytest.fixture
def sources(cast):
    world.publish_all(
        world.source("A letter", kind=SourceKind.ARCHIVE_ITEM, published=PartialDate("1997")),
        world.source("B report", published=PartialDate("2005-03")),
        world.source("C page", kind=SourceKind.WEB_PAGE),
        by=cast.contributor,
        approved_by=cast.editor,
    )


def test_kind_has_the_words_of_the_declaration(sources):
    assert found("kind=web+page") == ["C page"]
    assert found("kind=archive+item,report") == ["A letter", "B report"]


def test_dates_are_those_of_publication(sources):
    assert found("from=2005") == ["B report"]
    assert found("to=2005&within=certainly") == ["A letter", "B report"]
