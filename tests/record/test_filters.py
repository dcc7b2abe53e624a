"""What holds for the filters of every type; what each type has of its own is with its room."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.filters import ActorFilter
from events.filters import EventFilter
from places.filters import PlaceFilter
from proposals.filters import ProposalFilter
from record.reading import Record
from sources.filters import SourceFilter
from tests import world
from vocabulary.filters import TermFilter
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

FILTERS = [EventFilter, ActorFilter, ProposalFilter, SourceFilter, PlaceFilter, TermFilter]


def filtered(query="", *, by=EventFilter, record=None):
    return by(QueryDict(query), record=record or Record.current())


def errors_of(filters):
    return {name: [str(error) for error in errors] for name, errors in filters.errors.items()}


def shown_of(filters):
    return [(one.name, one.value, one.shown) for one in filters.active()]


def labels(versions):
    return [version.label for version in versions]


@pytest.fixture
def published(contributor, editor):
    def publish(*entries, **options):
        return world.publish_all(*entries, by=contributor, approved_by=editor, **options)

    return publish


def two_talks(cast):
    """Two published events with one participant each."""
    lake = world.event("By the lake", participants=[world.participant(world.actor("The Kingdom"))])
    hill = world.event("On the hill", participants=[world.participant(world.actor("The Republic"))])
    world.publish_all(lake, hill, by=cast.contributor, approved_by=cast.editor)
    return lake, hill


@pytest.fixture
def talks(kept):
    return kept(two_talks)


def test_filters_read_the_edition_they_are_given(talks, published):
    lake, _ = talks
    world.change(lake, title="By the great lake", kind=world.term("Summit"))
    published(lake)
    query = "actor=the-kingdom&kind=meeting"
    assert labels(filtered(query, record=Record(1)).qs) == ["By the lake"]
    assert labels(filtered(query, record=Record(2)).qs) == []
    query = "actor=the-kingdom&kind=summit"
    assert errors_of(filtered(query, record=Record(1)))["kind"][0].startswith("There is no event")
    assert labels(filtered(query, record=Record(2)).qs) == ["By the great lake"]


def test_filters_see_no_drafts(talks):
    lake, hill = talks
    kingdom, republic = lake.participants.get().actor, hill.participants.get().actor
    world.change(hill, participants=[world.participant(kingdom)])  # and not published
    world.event("A draft", participants=[world.participant(kingdom)])
    assert [version.public_id for version in filtered("actor=the-kingdom").qs] == [lake.public_id]
    assert [version.public_id for version in filtered(f"actor={republic.public_id}").qs] == [
        hill.public_id
    ]


def test_unpublished_entry_cannot_be_named(talks):
    draft = world.actor("The Kin of Drafts")
    for text in (draft.slug, draft.public_id):
        assert errors_of(filtered(f"actor={text}"))["actor"][0].startswith(
            f"There is no actor “{text}”."
        )


def test_several_values_mean_any_of_them_however_they_are_written(talks):
    lake, hill = talks
    kingdom = lake.participants.get().actor.public_id
    for query in (
        f"actor={kingdom},the-republic",
        f"actor={kingdom}&actor=the-republic",
        f"actor=+{kingdom}+,+,the-republic,{kingdom}",
    ):
        assert [version.public_id for version in filtered(query).qs] == [
            lake.public_id,
            hill.public_id,
        ]


def test_old_slug_goes_on_naming_its_entry(talks, published):
    lake, _ = talks
    kingdom = lake.participants.get().actor
    world.change(kingdom, slug="the-late-kingdom")
    published(kingdom)
    filters = filtered("actor=the-kingdom")
    assert [version.public_id for version in filters.qs] == [lake.public_id]
    assert shown_of(filters) == [("actor", "the-late-kingdom", "The Kingdom")]


def test_many_unknown_entries_cost_no_more_queries_than_one(talks, django_assert_num_queries):
    record = Record.current()
    names = ",".join(f"nobody-{number}" for number in range(500))
    with django_assert_num_queries(2):
        assert errors_of(filtered(f"actor={names}&kind=meeting", record=record)) == {
            "actor": ["These are too many: at most 20 values."]
        }
    with django_assert_num_queries(4):
        assert list(errors_of(filtered("actor=nobody,noone,none", record=record))) == ["actor"]


def test_unknown_entry_is_refused_with_the_nearest_named(talks):
    kingdom = talks[0].participants.get().actor
    assert errors_of(filtered("actor=the-kingdon")) == {
        "actor": [
            (
                "There is no actor “the-kingdon”. Perhaps: the-kingdom "
                f"({kingdom.public_id}: The Kingdom)."
            )
        ]
    }


def test_unknown_entry_is_refused_with_those_that_hold_the_word(talks):
    republic = talks[1].participants.get().actor
    assert errors_of(filtered("actor=republic")) == {
        "actor": [
            (
                "There is no actor “republic”. Perhaps: the-republic "
                f"({republic.public_id}: The Republic)."
            )
        ]
    }


def test_entry_of_another_type_or_vocabulary_is_refused(talks):
    topic = world.term("Withdrawal", vocabulary=Vocabulary.TOPIC)
    assert errors_of(filtered(f"kind={topic.public_id}"))["kind"][0].startswith(
        f"There is no event kind “{topic.public_id}”. Perhaps: meeting "
    )
    event = talks[0]
    assert errors_of(filtered(f"actor={event.public_id}"))["actor"] == [
        f"There is no actor “{event.public_id}”. Give the id of one, like A1, or its slug."
    ]


def test_wrong_parameter_leaves_the_others_filtering(talks):
    filters = filtered("actor=the-kingdom&from=1997-13&contested=perhaps&kind=nonsense")
    assert [version.public_id for version in filters.qs] == [talks[0].public_id]
    assert sorted(filters.errors) == ["contested", "from", "kind"]
    assert shown_of(filters) == [("actor", "the-kingdom", "The Kingdom")]
    assert not filters.is_valid()


def test_reader_s_percent_signs_are_kept_in_errors(talks):
    assert errors_of(filtered("contested=100%25&actor=50%25s&within=%25(x)s")) == {
        "within": ["“%(x)s” is none of: possibly, certainly."],
        "actor": ["There is no actor “50%s”. Give the id of one, like A1, or its slug."],
        "contested": ["“100%” is none of: true, false."],
    }


def test_second_value_where_one_can_be_is_refused(talks):
    assert errors_of(filtered("q=lake&q=hill&within=certainly&within=certainly")) == {
        "q": ["Give this once."],
        "within": ["Give this once."],
    }


def test_active_filters_can_be_taken_away_one_by_one(talks):
    filters = filtered(
        "actor=the-kingdom,the-republic&from=1997&within=certainly&q=lake&cursor=abc&limit=3&to="
    )
    found = {(one.label, one.shown): one.query for one in filters.active()}
    assert found == {
        ("From", "1997"): "actor=the-kingdom,the-republic&within=certainly&q=lake&limit=3",
        ("Dates", "certainly within"): "actor=the-kingdom,the-republic&from=1997&q=lake&limit=3",
        ("Text", "lake"): "actor=the-kingdom,the-republic&from=1997&within=certainly&limit=3",
        ("Actor", "The Kingdom"): "actor=the-republic&from=1997&within=certainly&q=lake&limit=3",
        ("Actor", "The Republic"): "actor=the-kingdom&from=1997&within=certainly&q=lake&limit=3",
    }


def test_one_entry_under_two_names_is_one_active_filter(talks):
    kingdom = talks[0].participants.get().actor
    filters = filtered(f"actor=the-kingdom,{kingdom.public_id}")
    assert [(one.value, one.query) for one in filters.active()] == [("the-kingdom", "")]


def test_way_of_comparing_dates_is_no_filter_without_a_date(talks):
    assert shown_of(filtered("within=certainly")) == []
    assert filtered("within=certainly").qs.count() == 2


def test_unknown_parameters_are_named(talks):
    assert filtered("actors=x&q=lake&limit=1&zebra=2").unknown() == ["actors", "zebra"]
    assert filtered("zebra=2").unknown(known=["zebra"]) == []


def test_entries_of_all_parameters_are_found_in_one_query(talks, django_assert_num_queries):
    record = Record.current()
    query = "actor=the-kingdom,the-republic&kind=meeting&role=delegate&source=a-report-on-the-talks"
    with django_assert_num_queries(1):
        filters = filtered(query, record=record)
        assert filters.errors == {}
        filters.active()
        str(filters.qs.query)


def test_no_parameters_cost_no_query(talks, django_assert_num_queries):
    record = Record.current()
    with django_assert_num_queries(0):
        assert filtered("", record=record).errors == {}


@pytest.mark.parametrize("filter_class", FILTERS)
def test_text_finds_an_entry_by_its_own_words(filter_class, published):
    entry = getattr(world, filter_class.type_name)("Unheard-of zebras")
    other = getattr(world, filter_class.type_name)("Something else")
    published(entry, other)
    found = filtered("q=zebra", by=filter_class).qs
    assert [version.public_id for version in found] == [entry.public_id]


def test_text_is_found_with_whatever_white_space_it_was_copied(talks):
    for text in ("by\u00a0the\tlake", " by\r\nthe lake ", "by\u3000the\u200a lake"):
        query = QueryDict(mutable=True)
        query["q"] = text
        filters = EventFilter(query, record=Record.current())
        assert filters.errors == {}
        assert labels(filters.qs) == ["By the lake"]


def test_control_characters_are_refused(talks):
    for name in ("q", "actor", "from", "within"):
        assert errors_of(filtered(f"{name}=a%00b")) == {name: ["This holds control characters."]}


def test_text_without_a_letter_is_refused(talks):
    assert errors_of(filtered("q=...")) == {"q": ["Search for at least one letter or digit."]}


def test_too_many_words_are_refused_and_the_rest_still_filters(talks):
    filters = filtered(f"q={'+'.join(['lake'] * 21)}&actor=the-kingdom")
    assert errors_of(filters) == {
        "q": ["These are 21 words: at most 20 can be looked for at once."]
    }
    assert labels(filters.qs) == ["By the lake"]
    assert labels(filtered(f"q={'+'.join(['lake'] * 20)}").qs) == ["By the lake"]


def test_name_of_too_many_words_has_no_near_ones(talks):
    assert errors_of(filtered(f"actor=zz{'+kingdom' * 21}"))["actor"][0].endswith(
        "Give the id of one, like A1, or its slug."
    )


@pytest.mark.parametrize("filter_class", FILTERS)
def test_subject_is_a_filter_of_all(filter_class, published):
    subject = world.term("Water", vocabulary=Vocabulary.SUBJECT)
    entry = getattr(world, filter_class.type_name)("With a subject", subjects=[subject])
    other = getattr(world, filter_class.type_name)("Without")
    published(entry, other)
    found = filtered("subject=water", by=filter_class).qs
    assert [version.public_id for version in found] == [entry.public_id]


hostile = st.one_of(
    st.text(),
    st.text(st.characters(categories=["Cc", "Cs", "Nd", "Zs"])),
    st.sampled_from(
        ["\0", "9" * 5000, "x" * 10_000, "-1", "2" * 20, "A" + "9" * 30, "%s%(x)d", ","]
    ),
)


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), filter_class=st.sampled_from(FILTERS))
def test_any_text_in_any_parameter_is_a_filter_or_an_error(talks, data, filter_class):
    names = st.sampled_from(sorted(filter_class.base_filters))
    query = QueryDict(mutable=True)
    for name, values in data.draw(
        st.dictionaries(names, st.lists(hostile, max_size=3), max_size=4)
    ).items():
        query.setlist(name, values)
    filters = filter_class(query, record=Record.current())
    assert isinstance(list(filters.qs), list)
    filters.active()
    assert set(filters.errors) <= set(query)
