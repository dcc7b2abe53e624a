"""A mirror equals the record after each poll, wherever it began, whatever happened meanwhile."""

import random

import orjson
import pytest

from packages.building import build
from record.models import Edition, State, Version
from record.reading import Record
from tests.random_desk import Desk

pytestmark = pytest.mark.django_db
SEED = 1
GONE = b"xqzgone"  # what is redacted says this


def record_up_to(began, place):
    """What a mirror holds that stands at this place: versions after ``began``, by edition and id.

    ``place``: the edition and id that it ends with.
    """
    return {
        (version.edition_id, version.public_id): (
            version.type,
            version.change,
            version.state,
            version.schema,
            version.salt or None,
            version.checksum,
            version.redacted_in_id,
            version.document or None,
        )
        for version in Version.objects.filter(edition__gt=began)
        if (version.edition_id, version.public_id) <= place
    }


def held(mirror):
    columns = "edition, id, type, change, state, schema, salt, checksum, redacted_in, document"
    rows = mirror.database.execute(f"SELECT {columns} FROM versions").fetchall()  # noqa: S608
    return {tuple(row)[:2]: tuple(row)[2:] for row in rows}


def place_of(mirror):
    number, _, public_id = mirror.cursor.partition("/")
    return int(number), public_id or "~"


def assert_equal(mirror):
    """The mirror and the record, at the place where the mirror stands, which is its newest."""
    has, newest = held(mirror), Record.current()
    expected = record_up_to(mirror.began, place_of(mirror))
    assert {place: row for place, row in has.items() if place[0] > mirror.began} == expected
    # Of what it began with, it holds what stood then; it has forgotten what was redacted since.
    everything = record_up_to(0, place_of(mirror))
    assert {place: everything[place] for place in has} == has
    assert mirror.edition == newest.number
    standing = (orjson.loads(version.document) for version in newest.versions())
    assert list(mirror.entries()) == sorted(standing, key=lambda document: document["id"])
    is_said = Version.objects.filter(document__contains=GONE.decode()).exists()
    assert (GONE in mirror.path.read_bytes()) == is_said
    assert mirror.verify().faults == []


def editions_held(mirror):
    rows = mirror.database.execute("SELECT number, checksum FROM editions ORDER BY number")
    return [tuple(row) for row in rows]


def test_mirror_equals_the_record_after_each_poll(full, cast, site, mirror_at, tmp_path):
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    desk = Desk(full, cast, SEED)
    acts = [desk.publish, desk.correct, desk.rename, desk.withdraw, desk.merge, desk.redact]
    chance.shuffle(acts)
    always, slowly, sometimes = (mirror_at(name) for name in ("always", "slowly", "sometimes"))
    mirrors = [always, sometimes]
    for number, act in enumerate(acts):
        for _ in act():
            always.follow(site, limit=chance.choice([3, 200]))
            assert_equal(always)
            # One that is broken off in the middle of editions, and holds what is redacted later.
            slowly._take(site.changes(slowly.cursor, limit=chance.choice([2, 7, 11])))
            if chance.random() < 0.4:
                sometimes.follow(site, limit=5)
                assert_equal(sometimes)
        if number in (1, 3):
            asked = chance.randint(1, Edition.objects.count())
            of_lists = mirror_at(f"lists-{number}")
            of_lists.start_from_lists(site, edition=asked)
            assert (of_lists.edition, of_lists.began) == (asked, asked)
            of_package = mirror_at(f"package-{number}")
            build(asked, tmp_path / f"{number}.zip")
            of_package.start_from_package(tmp_path / f"{number}.zip")
            assert (of_package.edition, of_package.began) == (asked, 0)
            mirrors += [of_lists, of_package]
    for mirror in [*mirrors, slowly]:
        mirror.follow(site, limit=chance.choice([4, 50]))
        assert_equal(mirror)
    assert Version.objects.filter(state=State.REDACTED).exists()
    chain = list(Edition.objects.order_by("number").values_list("number", "checksum"))
    for mirror in mirrors:
        assert editions_held(mirror) == [each for each in chain if each[0] >= mirror.began]
