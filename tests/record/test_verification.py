"""Each fault is made by hand, past the triggers, and named."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from django.db import connection, transaction

from desk.models import Submission
from desk.publishing import withdraw
from desk.roles import CHIEF_EDITOR, CONTRIBUTOR
from record import search
from record.canonical import canonical, version_checksum
from record.models import Change, Edition, EditionCounter, Link, State, Version
from record.verification import verify
from tests import world
from tests.conftest import Cast, member
from tests.examples import FullWorld, full_world

EDITION_1 = "Edition 1: its checksum does not fit what it holds."
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullWorld]:
    """Three editions: everything, a correction of the event, and a withdrawal.

    Made once for all tests here, each of which undoes what it does.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        author, reviewer = member(CONTRIBUTOR, "author"), member(CHIEF_EDITOR, "reviewer")
        made = full_world(by=author, approved_by=reviewer)
        world.change(made.event, by=author, title="First day by the great lake")
        world.publish_only(made.event, by=author, approved_by=reviewer)
        withdrawer = member(CHIEF_EDITOR, "withdrawer")
        ids = [made.proposal.public_id]
        withdraw(ids, by=withdrawer, reason="Not a proposal.", approved_by=reviewer)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def full(published: FullWorld, db: None) -> FullWorld:
    return published


@pytest.fixture
def past_the_triggers(full: FullWorld) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        for name, table in cursor.fetchall():
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER {name}{on}")


def of(entry: Any, edition: int = 1) -> Version:
    version: Version = Version.objects.get(public_id=entry.public_id, edition=edition)
    return version


def set_columns(row: Any, **values: Any) -> None:
    """Write columns of one row, whatever stands against it."""
    type(row).objects.filter(pk=row.pk).mark(**values)


def rewrite(version: Version, change: Callable[[Any], None]) -> None:
    """Change the document of a version, and its checksum with it."""
    document = orjson.loads(version.document)
    change(document)
    text = canonical(document)
    set_columns(version, document=text, checksum=version_checksum(version.salt, text))


def test_verify_finds_all_good_and_says_what_it_read(full: FullWorld) -> None:
    report = verify()
    assert report.faults == []
    assert dict(report.counts) == {
        "editions": 3,
        "versions": Version.objects.count(),
        "standing versions": Version.objects.filter(superseded_in=None).count(),
        "tombstones": 1,
        "redacted versions": 0,
        "links": Link.objects.count(),
        "references": Link.objects.values("version", "target", "part").distinct().count(),
        "search rows": Version.objects.count() - 1,
        "shown passages": 0,
    }


def test_verify_tells_how_far_it_is(full: FullWorld) -> None:
    told: list[tuple[str, int, int]] = []
    verify(lambda *what: told.append(what))
    count = Version.objects.count()
    assert told == [("reading versions", count, count)]


def test_verify_asks_a_bounded_number_of_queries(
    full: FullWorld, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        verify()
    more = [world.event(f"Meeting {number}", by=cast.contributor) for number in range(5)]
    world.publish_all(*more, by=cast.contributor, approved_by=cast.editor)
    with django_assert_max_num_queries(25):
        verify()


@pytest.mark.usefixtures("past_the_triggers")
class TestEditions:
    def test_verify_names_a_changed_reason(self) -> None:
        set_columns(Edition.objects.get(number=1), reason="Something else.")
        assert verify().faults == [EDITION_1]

    def test_verify_names_a_changed_checksum_and_the_chain_it_breaks(self) -> None:
        set_columns(Edition.objects.get(number=1), checksum="0" * 64)
        assert verify().faults == [EDITION_1, EDITION_1.replace("1", "2")]

    def test_verify_names_a_time_that_goes_back(self) -> None:
        first, second = Edition.objects.order_by("number")[:2]
        set_columns(second, published_at=first.published_at.replace(year=2001))
        assert verify().faults == [
            "Edition 2 was published before edition 1.",
            "Edition 2: its checksum does not fit what it holds.",
        ]

    def test_verify_names_a_gap_in_the_numbers(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE record_edition SET number = 5 WHERE number = 3")
        for model in (Version, Link):
            model.objects.filter(edition=3).mark(edition=5)
            model.objects.filter(superseded_in=3).mark(superseded_in=5)
        Submission.objects.filter(edition=3).update(edition=5)
        assert verify().faults == [
            "Edition 3 is missing before edition 5.",
            "Edition 5: its checksum does not fit what it holds.",
            "The counter of editions stands at 3, the newest edition is 5.",
        ]

    def test_verify_names_a_counter_that_is_ahead(self) -> None:
        EditionCounter.objects.update(value=7)
        assert verify().faults == ["The counter of editions stands at 7, the newest edition is 3."]

    def test_verify_names_a_counter_that_is_gone(self) -> None:
        EditionCounter.objects.all().delete()
        assert verify().faults == ["The counter of editions is gone."]

    def test_verify_names_an_edition_that_holds_nothing(self, full: FullWorld) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_version WHERE edition_id = 3")
        set_columns(of(full.proposal), superseded_in=None)
        Link.objects.filter(version=of(full.proposal)).mark(superseded_in=None)
        assert verify().faults == [
            "Edition 3 holds no version.",
            "Edition 3: its checksum does not fit what it holds.",
        ]


@pytest.mark.usefixtures("past_the_triggers")
class TestVersions:
    def test_verify_names_a_changed_document(self, full: FullWorld) -> None:
        version = of(full.term)
        set_columns(version, document=version.document.replace("one room", "two rooms"))
        assert verify().faults == [f"{version}: its document does not fit its checksum."]

    def test_verify_names_a_changed_checksum(self, full: FullWorld) -> None:
        version = of(full.term)
        set_columns(version, checksum="0" * 64)
        assert verify().faults == [
            EDITION_1,
            f"{version}: its document does not fit its checksum.",
        ]

    def test_verify_names_a_changed_salt(self, full: FullWorld) -> None:
        version = of(full.term)
        set_columns(version, salt="0" * 32)
        assert verify().faults == [f"{version}: its document does not fit its checksum."]

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ('{"id": "T1"}', "its document is not in canonical form."),
            ("{", "its document cannot be read: "),
            ("[]", "its id is not that of its document."),
        ],
    )
    def test_verify_names_what_is_no_document(self, full: FullWorld, text: str, fault: str) -> None:
        version = of(full.term)
        set_columns(version, document=text, checksum=version_checksum(version.salt, text))
        faults = verify().faults
        assert faults[0] == EDITION_1
        assert faults[1].startswith(f"{version}: {fault}")
        assert len(faults) == 2

    def test_verify_names_a_document_that_is_not_of_its_type(self, full: FullWorld) -> None:
        version = of(full.term)
        rewrite(version, lambda document: document.pop("labels"))
        assert verify().faults == [
            EDITION_1,
            f"{version}: its document is not one of its type (KeyError: 'labels').",
        ]

    @pytest.mark.parametrize("column", ["slug", "state"])
    def test_verify_names_a_column_that_is_not_the_documents(
        self, full: FullWorld, column: str
    ) -> None:
        version = of(full.proposal)
        set_columns(version, **{column: "withdrawn"})
        assert verify().faults[0] == f"{version}: its {column} is not that of its document."

    @pytest.mark.parametrize(
        ("column", "value"),
        [("label", "Another"), ("kind", "T99"), ("contested", False), ("sort_key", "0")],
    )
    def test_verify_names_what_does_not_follow_from_the_document(
        self, full: FullWorld, column: str, value: Any
    ) -> None:
        version = of(full.event)
        set_columns(version, **{column: value})
        if column == "sort_key":
            Link.objects.filter(version=version).mark(sort_key=value)
        keys = "other languages list it by other keys than those of its names."
        assert verify().faults == [
            f"{version}: what lists need does not follow from its document: {column}.",
            *([f"{version}: {keys}"] if column == "label" else []),
        ]

    @pytest.mark.parametrize(("column", "value"), [("earliest", 1), ("search_text", "other")])
    def test_verify_names_what_lists_and_search_need(
        self, full: FullWorld, column: str, value: Any
    ) -> None:
        version = of(full.event)
        set_columns(version, **{column: value})
        assert verify().faults == [
            f"{version}: what lists need does not follow from its document: {column}.",
            f"{version}: the search does not hold its words, or holds others.",
        ]

    def test_verify_names_a_version_that_ends_at_the_wrong_edition(self, full: FullWorld) -> None:
        version = of(full.event)
        set_columns(version, superseded_in=3)
        Link.objects.filter(version=version).mark(superseded_in=3)
        assert verify().faults == [
            f"{version} stands until edition 3; it should stand until edition 2."
        ]

    def test_verify_names_a_tombstone_that_says_something(self, full: FullWorld) -> None:
        version = of(full.proposal, 3)
        set_columns(version, label="A plan", search_text="a plan")
        assert verify().faults == [
            f"{version}: what lists need does not follow from its document: label, search_text."
        ]

    def test_verify_passes_over_what_is_redacted(self, full: FullWorld) -> None:
        version = of(full.event)
        Link.objects.filter(version=version)._raw_delete(using="default")  # as redaction does
        empty = {"document": "", "salt": "", "label": "", "search_text": "", "kind": ""}
        set_columns(version, redacted_in=3, state=State.REDACTED, **empty)
        search.rebuild()
        report = verify()
        assert report.faults == []
        assert report.counts["redacted versions"] == 1


@pytest.mark.usefixtures("past_the_triggers")
class TestReferences:
    def test_verify_names_a_link_that_is_missing(self, full: FullWorld) -> None:
        version = of(full.event)
        Link.objects.filter(version=version, predicate="place")._raw_delete(using="default")
        assert verify().faults == [
            f"{version}: its link to {full.place.public_id} as “place” is missing."
        ]

    def test_verify_names_a_link_that_is_made_up(self, full: FullWorld) -> None:
        version = of(full.event)
        link = version.links.get(predicate="place")
        link.pk, link.predicate, link._state.adding = None, "owner", True
        link.save()
        assert verify().faults == [
            f"{version}: a link to {full.place.public_id} as “owner” is not in its document."
        ]

    def test_verify_names_openings_that_are_not_the_documents(self, full: FullWorld) -> None:
        version = of(full.event)
        version.openings.all()._raw_delete(using="default")
        assert verify().faults == [
            f"{version}: quotations find its citations by other words than those of its document."
        ]

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("type", "actor"),
            ("public_id", "E99"),
            ("sort_key", "9"),
            ("edition", 2),
            ("superseded_in", 3),
        ],
    )
    def test_verify_names_a_link_that_differs_from_its_version(
        self, full: FullWorld, column: str, value: Any
    ) -> None:
        version = of(full.event)
        set_columns(version.links.get(predicate="place"), **{column: value})
        assert verify().faults == [
            f"{version}: its link to {full.place.public_id} as “place” does not stand as it does."
        ]

    def test_verify_names_a_reference_to_what_is_not_there(self, full: FullWorld) -> None:
        version = of(full.event)
        rewrite(version, lambda document: document.update(place="L99"))
        version.links.filter(predicate="place").mark(target="L99")
        assert verify().faults == [
            EDITION_1,
            f"{version}: it refers to L99, which does not stand in edition 1.",
        ]

    def test_verify_names_a_reference_that_outlives_its_target(self, full: FullWorld) -> None:
        """The event refers to its place still, in edition 3, where the place is withdrawn."""
        place, event = of(full.place), of(full.event, 2)
        tombstone = of(full.proposal, 3)
        text = tombstone.document.replace(tombstone.public_id, place.public_id)
        text = text.replace('"proposal"', '"place"').replace(tombstone.slug, place.slug)
        set_columns(place, superseded_in=3)
        Link.objects.filter(version=place).mark(superseded_in=3)
        Version.objects.bulk_create(
            [
                Version(
                    public_id=place.public_id,
                    type="place",
                    edition_id=3,
                    change=Change.WITHDRAWAL,
                    state=State.WITHDRAWN,
                    schema=1,
                    document=text,
                    salt="0" * 32,
                    checksum=version_checksum("0" * 32, text),
                    slug=place.slug,
                )
            ]
        )
        assert verify().faults == [
            "Edition 3: its checksum does not fit what it holds.",
            f"{event}: it refers to {place.public_id}, which does not stand in edition 3.",
        ]

    def test_verify_names_a_reference_to_a_part_that_is_gone(self, full: FullWorld) -> None:
        actor, key = of(full.actor), full.actor.tenures.first().key
        rewrite(actor, lambda document: document["tenures"].pop(0))
        faults = verify().faults
        part = f"{actor.public_id}/{key}"
        for edition in (1, 2):
            version = of(full.event, edition)
            assert f"{version}: it refers to {part}, which is not there in edition {edition}." in (
                faults
            )

    def test_verify_names_a_merger_into_nothing(self, full: FullWorld) -> None:
        version = of(full.proposal, 3)
        rewrite(version, lambda document: document.update(state="merged", merged_into="P99"))
        set_columns(version, state=State.MERGED)
        assert verify().faults == [
            "Edition 3: its checksum does not fit what it holds.",
            f"{version}: it was merged into P99, which does not stand in edition 3.",
        ]


class TestSearch:
    def test_verify_names_a_version_that_search_has_lost(self, full: FullWorld) -> None:
        version = of(full.term)
        others = Version.objects.exclude(pk=version.pk)
        with connection.cursor() as cursor:
            cursor.execute(search.CLEAR[connection.vendor])
        search.index(others.filter(state=State.PUBLISHED))
        assert verify().faults == [
            f"{version}: the search does not hold its words, or holds others."
        ]

    def test_verify_names_words_of_a_version_that_is_not_there(self, full: FullWorld) -> None:
        version = of(full.term)
        version.pk = 4_000_000
        search.index([version])
        assert verify().faults == [
            "The search holds words of a version (4000000) that is not there."
        ]

    def test_verify_names_a_tombstone_that_can_be_found(self, full: FullWorld) -> None:
        version = of(full.proposal, 3)
        version.search_text = "a plan"
        search.index([version])
        assert verify().faults == [
            f"{version}: the search does not hold its words, or holds others."
        ]
