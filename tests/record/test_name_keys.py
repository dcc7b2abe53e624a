"""Lists of names in the order of the reader's language, by the names that readers are shown."""

import pytest
from django.apps import apps
from django.http import QueryDict
from django.utils.translation import override

from desk.redaction import Then, redact
from places.filters import PlaceFilter
from record.collation import collation_key
from record.models import NameKey, Version
from record.name_keys import rewrite
from record.paging import BadCursor
from record.reading import Record
from record.verification import verify
from tests import world
from tests.page_reading import page_at
from vocabulary.filters import TermFilter

pytestmark = pytest.mark.django_db

NAMES = {  # by language; the first is the label
    "Yemen": {"ru": "Йемен", "az": "Yəmən"},
    "Iran": {"ru": "Иран", "az": "İran"},
    "Zambia": {"ru": "Замбия", "fr": "Zambie"},
    "Ireland": {"az": "Irlandiya", "fr": "Irlande"},
    "Chad": {"az": "Çad", "ru": "Чад", "fr": "Tchad"},
    "Yerevan": {"hy": "Երևան"},
    "Echmiadzin": {"hy": "Էջմիածին"},
}
SHOWN = {
    "": ["Chad", "Echmiadzin", "Iran", "Ireland", "Yemen", "Yerevan", "Zambia"],
    "/fr": ["Echmiadzin", "Iran", "Irlande", "Tchad", "Yemen", "Yerevan", "Zambie"],
    "/ru": ["Замбия", "Иран", "Йемен", "Чад", "Echmiadzin", "Ireland", "Yerevan"],
    "/az": ["Çad", "Echmiadzin", "Irlandiya", "İran", "Yerevan", "Yəmən", "Zambia"],
    "/hy": ["Երևան", "Էջմիածին", "Chad", "Iran", "Ireland", "Yemen", "Zambia"],
}


def named(label: str) -> list[dict[str, object]]:
    rows = [{"text": label, "language": "en", "preferred": True}]
    for language, text in NAMES[label].items():
        rows.append({"text": text, "language": language, "preferred": True})
    return rows


def places_of_two_editions(cast):
    """All of ``NAMES``, the last two within one; in edition 2 that has another name in Russian."""
    whole = world.place("Yerevan", names=named("Yerevan"))
    first = [world.place(label, names=named(label)) for label in list(NAMES)[:5]]
    parts = [world.place("Echmiadzin", names=named("Echmiadzin"), part_of=whole)]
    who = {"by": cast.contributor, "approved_by": cast.editor}
    world.publish_all(whole, *first, *parts, **who)
    chad = first[-1]
    rows = [row for row in named("Chad") if row["language"] != "ru"]
    rows.append({"text": "Абад", "language": "ru", "preferred": True})
    world.change(chad, names=rows, citations=[{}])
    world.publish_only(chad, **who)
    return chad


@pytest.fixture
def chad(kept):
    return kept(places_of_two_editions)


@pytest.fixture
def publish(cast):
    def published(*entries):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor)

    return published


def listed(reader, address: str) -> list[str]:
    return [title.text for title in page_at(reader, address).with_class("entry-row-title")]


def pages(language: str, query: str, limit: int, *, backward: bool = False) -> list[list[str]]:
    """Ids on the pages of the list: from its beginning, or from its last page back."""
    with override(language):
        filters = PlaceFilter(QueryDict(query), record=Record.current())
        assert filters.errors == {}
        way, seen = "next", [filters.page(cursor=None, limit=limit)]
        while cursor := getattr(seen[-1], way):
            seen.append(filters.page(cursor=cursor, limit=limit))
        if backward:
            way, seen = "previous", seen[-1:]
            while cursor := getattr(seen[-1], way):
                seen.append(filters.page(cursor=cursor, limit=limit))
            seen.reverse()
    return [[version.public_id for version in found.items] for found in seen]


@pytest.mark.parametrize("prefix", SHOWN)
def test_lists_are_in_the_order_of_what_is_read(chad, reader, prefix: str):
    assert listed(reader, f"{prefix}/places/?edition=1") == SHOWN[prefix]


def test_lists_are_in_the_order_of_their_edition(chad, reader):
    others = [name for name in SHOWN["/ru"] if name != "Чад"]
    assert listed(reader, "/ru/places/") == ["Абад", *others]


@pytest.mark.parametrize(
    ("beside", "fitting"), [("", 7), ("part_of=none", 6), ("part_of=yerevan", 1), ("q=ir", 2)]
)
@pytest.mark.parametrize("language", ["fr", "ru", "az", "hy"])
def test_each_list_is_whole_forth_and_back_in_pages_of_any_size(
    chad, language: str, beside: str, fitting: int
):
    (whole,) = pages(language, beside, 100)
    assert len(whole) == fitting
    for limit in range(1, fitting + 1):
        forth = pages(language, beside, limit)
        assert [public_id for found in forth for public_id in found] == whole
        assert pages(language, beside, limit, backward=True) == forth


def test_a_cursor_is_of_one_language(chad):
    with override("ru"):
        russian = PlaceFilter(QueryDict(), record=Record.current()).page(cursor=None, limit=2)
    for language in ("az", "en-gb"):
        with override(language), pytest.raises(BadCursor):
            PlaceFilter(QueryDict(), record=Record.current()).page(cursor=russian.next, limit=2)


def test_terms_stay_in_the_order_of_their_vocabulary(publish):
    labels = [("First", "Ящик", 1), ("Second", "Яблоко", 2), ("Third", "Арбуз", 2)]
    for english, russian, order in labels:
        rows = [{"label": english}, {"label": russian, "language": "ru"}]
        publish(world.term(english, labels=rows, order=order))
    found = {}
    for language in ("en-gb", "ru"):
        with override(language):
            terms = TermFilter(QueryDict(), record=Record.current())
            found[language] = [each.label for each in terms.page(cursor=None, limit=5).items]
    assert found == {"en-gb": ["First", "Second", "Third"], "ru": ["First", "Third", "Second"]}


def test_the_api_has_labels_in_their_order(chad, reader):
    answer = reader.get("/api/v1/places/", headers={"Accept-Language": "ru"}).json()
    assert [each["names"][0]["text"] for each in answer["results"]] == SHOWN[""]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_as_many_queries_as_in_the_source_s_language(
    publish, reader, django_assert_num_queries, number: int
):
    publish(*(world.place(f"Place {each}") for each in range(number)))
    for prefix in ("", "/ru"):
        assert len(listed(reader, f"{prefix}/places/")) == number
        with django_assert_num_queries(2):
            reader.get(f"{prefix}/places/?sort=name")


def test_a_migration_writes_all_keys_anew(chad):
    def rows() -> set[tuple[object, ...]]:
        return set(NameKey.objects.values_list("version", "type", "language", "sort_key"))

    before = rows()
    assert len(before) == 4 * Version.objects.count()
    NameKey.objects.filter(language="ru").delete()
    NameKey.objects.filter(language="az").update(sort_key="")
    rewrite(apps, None)
    assert rows() == before


def test_a_redacted_name_is_in_no_key(chad, chief_editor, editor):
    def editions() -> list[int]:
        keys = NameKey.objects.filter(public_id=chad.public_id, language="ru").order_by("pk")
        return list(keys.values_list("version__edition", flat=True))

    assert editions() == [1, 2]
    redact(
        chad.public_id,
        editions=[1],
        then=Then.STANDING,
        by=chief_editor,
        approved_by=editor,
        reason="A court has ordered it.",
    )
    assert editions() == [2, 3]
    assert verify().faults == []


def test_verification_tells_of_other_keys(chad):
    assert verify().faults == []
    NameKey.objects.filter(public_id=chad.public_id, language="ru").delete()
    said = "other languages list it by other keys than those of its names."
    assert verify().faults == [
        f"{chad.public_id} in edition 1: {said}",
        f"{chad.public_id} in edition 2: {said}",
    ]


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("az", "1992, Çay, Dağ, Éa, Ələt, Xan, İsa, Qala, Şuşa, Zal, Омск"),
        ("fr", "1992, Éa, Ecu, œil, Of, Омск"),
        ("ru", "1992, Ёлка, Иран, Йемен, Кура, Lac"),
        ("hy", "Ա, Եա, Երևան, Էա, Փա, Քա, Օա, Ֆա, Lac"),
        ("ru", "Аб ва, Аба"),
        ("az", "Ab va, Aba"),
    ],
)
def test_names_are_in_the_order_of_the_readers_alphabet(language: str, ordered: str):
    names = ordered.split(", ")
    names.reverse()
    with override(language):
        assert ", ".join(sorted(names, key=collation_key)) == ordered
