"""Pages of entries say the language of each text that is in another one, and of nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import html

from chronicle.dates import PartialDate
from proposals.models import LineageKind, ResponseStance
from sources.models import Stance
from tests import world
from tests.house.test_told_languages import UNSPOKEN, language_of
from vocabulary.models import Vocabulary

pytestmark = pytest.mark.django_db

CYRILLIC, LATIN = re.compile("[а-яё]", re.I), re.compile("[a-z]{3}", re.I)
RU = {"language": "ru"}
TYPES = ["term", "source", "place", "actor", "event", "proposal"]


def russian(cast):
    """An entry of each type, and what they refer to, all of it told in Russian."""

    def term(label: str, vocabulary: Vocabulary) -> Any:
        rows = [{"label": label, "definition": f"{label}, а именно.", **RU}]
        return world.term(label, vocabulary=vocabulary, labels=rows, **RU)

    def actor(name: str, **options: Any) -> Any:
        names = [{"text": name, **RU}]
        return world.actor(name, names=names, **RU, **options)

    subject = term("Озёра", Vocabulary.SUBJECT)
    kind = term("Встреча", Vocabulary.EVENT_KIND)
    plan = term("План", Vocabulary.PROPOSAL_KIND)
    role = term("Посредник", Vocabulary.ROLE)
    topic = term("Границы", Vocabulary.TOPIC)
    relation = term("Член", Vocabulary.RELATION)
    source = world.source(
        "Переговоры у озера",
        publisher="Озёрная печать",
        container="Озёрный вестник",
        point_of_view="Написано хозяевами.",
        rights="Все права у печати.",
        editor_note="Второе издание.",
        subjects=[subject],
        **RU,
    )
    other = world.source("Письмо с озера", **RU)
    cited = [
        {"source": source, "start": "В июле", "end": "у озера.", "note": "Без имени хозяина."},
        {
            "source": other,
            "claims": ["summary"],
            "stance": Stance.DISPUTES,
            "asserts": "Никто не приехал.",
        },
    ]
    waived = [{"claim": "part_of", "reason": "Видно по карте."}]
    whole = world.place("Край", names=[{"text": "Край", "preferred": True, **RU}], **RU)
    place = world.place(
        "Приозёрье",
        names=[{"text": "Приозёрье", "preferred": True, **RU}, {"text": "Берег", **RU}],
        part_of=whole,
        waivers=waived,
        editor_note="Само озеро не здесь.",
        **RU,
    )
    body = actor("Совет озёр", offices=[{"title": "Председатель"}])
    envoy = actor(
        "Посланник",
        description="Говорил у озера.",
        offices=[{"title": "Особый посланник"}],
        tenures=[
            {"office": body.offices.get(), "organisation": body, "held": PartialDate("1993/2003")},
            {"role": "Глава делегации", "organisation": body, "held": PartialDate("1997")},
        ],
        relations=[{"kind": relation, "to": body}],
        subjects=[subject],
    )
    earlier = world.event("Подготовка", kind=kind, **RU)
    event = world.event(
        "Первый день",
        kind=kind,
        summary="Стороны встретились.",
        place=place,
        follows=[earlier],
        participants=[world.participant(envoy, role, tenure=envoy.tenures.first())],
        quantities=[{"what": "делегаты", "best": 40, "unit": "человек", "approximate": True}],
        editor_note="День спорный.",
        citations=cited,
        **RU,
    )
    first = world.proposal(
        "Старый план",
        kind=plan,
        provisions=[world.provision("Обе стороны считают.", topic)],
        **RU,
    )
    proposal = world.proposal(
        "План двух точек",
        kind=plan,
        summary="Две точки.",
        outcome="Отложен.",
        event=event,
        authors=[{"actor": envoy}],
        provisions=[world.provision("Обе стороны уходят.", topic)],
        lineage=[
            {"provision": 0, "kind": LineageKind.REVISES, "earlier": first.provisions.get()},
        ],
        responses=[
            {"actor": envoy, "to": 0, "stance": ResponseStance.ACCEPTS, "event": event},
            {
                "actor": body,
                "stance": ResponseStance.NONE_FOUND,
                "date": PartialDate("2024"),
                "looked_in": "Вестник, все тома.",
            },
        ],
        citations=[{"source": source, "note": "Без даты."}],
        **RU,
    )
    world.publish_all(event, proposal, by=cast.contributor, approved_by=cast.editor)
    return {
        "term": [subject, kind, topic],
        "source": [source, other],
        "place": [place, whole],
        "actor": [envoy, body],
        "event": [event, earlier],
        "proposal": [proposal, first],
    }


def said(page: str) -> Iterator[tuple[str, str]]:
    """Each run of text that is read on the page, with its language."""
    for element in html.fromstring(page).iter():
        if isinstance(element.tag, str):
            own, after = (element, element.text), (element.getparent(), element.tail)
            for where, text in (own, after):
                words = " ".join((text or "").split())
                if words and where is not None and where.tag not in UNSPOKEN:
                    yield words, language_of(where).partition("-")[0]


def wrongly_told(page: str, *, other: re.Pattern[str], language: str) -> list[str]:
    """Texts in the script of the other language that do not say so, and the page's that say it."""
    return [
        words
        for words, told in said(page)
        if (other.search(words) is not None) != (told == language)
        and (other.search(words) or LATIN.search(words) or CYRILLIC.search(words))
    ]


def address(entry: Any) -> str:
    model = type(entry)._meta
    plural = {"term": "terms"}.get(model.model_name, f"{model.model_name}s")
    return f"/{plural}/{entry.slug}/"


@pytest.mark.parametrize("type_name", TYPES)
def test_an_english_page_says_what_is_in_another_language(kept, reader: Client, type_name: str):
    for entry in kept(russian)[type_name]:
        page = reader.get(address(entry)).content.decode()
        assert CYRILLIC.search(page)
        assert wrongly_told(page, other=CYRILLIC, language="ru") == [], entry


@pytest.mark.parametrize("type_name", TYPES)
def test_a_page_in_the_language_of_the_record_tells_none(kept, reader: Client, type_name: str):
    for entry in kept(russian)[type_name]:
        page = reader.get("/ru" + address(entry)).content.decode()
        body = html.fromstring(page).find(".//main")
        told = [each.get("lang") for each in body.iter() if each.get("lang")]
        assert told == [], entry


@pytest.mark.parametrize("type_name", TYPES)
def test_a_history_says_what_is_in_another_language(kept, reader: Client, type_name: str):
    for entry in kept(russian)[type_name]:
        history = f"/entries/{entry.public_id}/history/"
        page = reader.get(history).content.decode()
        assert CYRILLIC.search(page)
        assert wrongly_told(page, other=CYRILLIC, language="ru") == [], entry
        body = html.fromstring(reader.get(f"/ru{history}").content.decode()).find(".//main")
        assert [each.get("lang") for each in body.iter() if each.get("lang")] == [], entry


def test_the_api_tells_no_language_within_its_lines(kept, reader: Client):
    (event, _) = kept(russian)["event"]
    changes = reader.get(f"/api/v1/entries/{event.public_id}/diff/").json()["result"]["changes"]
    where = [change["where"] for change in changes]
    assert "participant p1 (Посланник)" in where
