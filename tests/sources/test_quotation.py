"""Checking a quotation: what is public answers, and nothing else does."""

import pytest

from desk.publishing import withdraw
from desk.redaction import Then, redact
from record.models import Opening, ShownPassage, ShownText
from record.quotable import openings
from record.reading import Record
from record.verbatim import fold
from sources.fitting import BEGUN, ENDS, READ, SELECTOR, fitting, is_enough
from sources.quotation import (
    MOST_LETTERS,
    NOT_COMPARED,
    NotAQuotation,
    find_quotation,
    read_quotation,
)
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db

LAKE = (
    "The talks\n\nIt rained all day there. In July the delegations met by the “great” lake, the "
    "host said. Nobody else was there – or so it seems.\n\nA block with a hoatzinhead that nobody "
    "cites here."
)
PASSAGE = "In July the delegations met by the “great” lake"
UNCITED = "A block with a hoatzinhead that nobody cites here."


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def citing(source, title="Talks", **fields):
    selector = {"start": "In July the delegations", "end": "lake"} | fields
    return world.event(title, citations=[{"source": source, **selector}])


@pytest.fixture
def let(publish):
    """A function: an event that cites a source which lets so much of its text be read."""

    def made(shown, text=LAKE):
        source = world.showing(shown, text, title="A report") if shown else world.source("A report")
        if not shown:
            world.hold_text(source, text)
        event = citing(source)
        publish(event, source)
        return event

    return made


def ask(reader, words):
    return reader.get("/verify/quotation/", {"words": words})


def found(words):
    """How it is found: how many texts hold it, and how citations fit, by entry."""
    answer = find_quotation(Record.current(), read_quotation(words))
    hows = [cited.how for cited in answer.cited]
    assert answer.found == bool(answer.texts or {READ, SELECTOR} & set(hows))
    assert bool(answer.remark) == bool(hows and not answer.found)
    return len(answer.texts), [(cited.entry.name, cited.how) for cited in answer.cited]


def surely(words):
    return find_quotation(Record.current(), read_quotation(words)).found


@pytest.mark.parametrize(
    ("shown", "words", "texts", "how"),
    [
        ("all", PASSAGE, 1, READ),
        ("all", UNCITED, 1, None),
        ("all", "'In July  the delegations met by the \"great\" lake'", 1, READ),
        ("all", "else was there - or so it seems", 1, READ),
        ("all", "in july the delegations met by the great lake", 0, None),
        ("all", "the delegations met by the lake", 0, None),
        ("all", "In July the delegations quarrelled all day", 0, None),
        ("all", "In July the delegations quarrelled at the lake", 0, None),
        ("all", "It rained all day there. " + PASSAGE + ", the host", 1, READ),
        ("all", "ugust the delegations met by the", 0, None),
        ("short context", PASSAGE, 0, READ),
        ("short context", "Nobody else was there – or so it seems.", 0, READ),
        ("short context", UNCITED, 0, None),
        ("short context", "In July the delegations quarrelled at the lake", 0, ENDS),
        ("", PASSAGE, 0, ENDS),
        ("", "On a day “In July the delegations came to a lake”, it says", 0, ENDS),
        ("", "In July the delegations quarrelled all day", 0, BEGUN),
        ("", "In July the delegations", 0, SELECTOR),
        ("", "the delegations met by the “great” lake", 0, None),
        ("", "delegations met by the “great”", 0, None),
        ("", UNCITED, 0, None),
    ],
)
def test_words_are_found_where_the_public_may_read_them(let, shown, words, texts, how):
    let(shown)
    assert found(words) == (texts, [("Talks", how)] if how else [])


def test_page_leads_to_the_text_the_claims_and_the_evidence(reader, let):
    event = let("all")
    page = page_at(reader, "/verify/quotation/?words=In+July+the+delegations+met+by+the")
    text = event.citations.get().source.slug
    assert {
        f"/sources/{text}/text/#b2",
        f"/events/{event.slug}/",
        f"/events/{event.slug}/citations/c1/",
        f"/events/{event.slug}/#date",
    } <= set(page.links)
    assert next(heading for heading in page.headings if heading[0] == 2) == (
        2,
        "These words stand in a source",
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("In July the", "That is too short to be told from other words."),
        ("«a - b - c»", "That is too short to be told from other words."),
        ("a" * (MOST_LETTERS + 1), f"These are {MOST_LETTERS + 1} letters."),
        ("In July the\x07 delegations met", "There are signs in it that no text holds."),
        ("In July the\x00 delegations met", "There are signs in it that no text holds."),
    ],
)
def test_what_cannot_be_looked_for_says_why_and_stays(reader, let, words, problem):
    let("all")
    answer = ask(reader, words)
    page = page_at(reader, answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"])
    [error] = page.with_class("field-error")
    assert error.text.startswith(problem)
    [box] = page.all("textarea")
    assert box.get("aria-invalid") == "true"
    assert box.text.startswith(words[:9])


@pytest.mark.parametrize("sign", ["\x07", "\x85x\x80", "\ud800"])
def test_signs_that_no_text_holds_are_refused(sign):
    with pytest.raises(NotAQuotation, match="There are signs in it"):
        read_quotation(f"In July the delegations{sign} met")


def test_long_words_of_few_are_enough():
    assert read_quotation("Donaudampfschifffahrtsgesellschaft") == (
        "Donaudampfschifffahrtsgesellschaft"
    )
    with pytest.raises(NotAQuotation):
        read_quotation("  ")


def test_a_private_text_cannot_be_read_out(reader, let):
    """Word by word: whoever guesses the next word rightly is told the same as who guesses wrongly.

    The citation's opening and closing words are published, and all that is ever answered for.
    """
    event = let("")
    words = LAKE.replace("\n\n", " ").split()
    opening, closing = "In July the delegations", "lake"
    assert len(words) > 30
    for start in range(len(words)):
        for end in range(start + 4, min(start + 12, len(words)) + 1):
            rightly = " ".join(words[start:end])
            if not is_enough(fold(rightly)):
                continue  # a dash is no word
            public = opening in rightly or opening.startswith(rightly)
            assert bool(found(rightly)[1]) == public, rightly
            # Nor is it said to stand there, but for the published words alone.
            assert surely(rightly) == (rightly in opening), rightly
            # The last word is another one: nothing changes unless it is a published one.
            if not words[end - 1].startswith(closing) and words[end - 1] not in opening:
                wrongly = " ".join([*words[start : end - 1], "zebrafinch"])
                assert found(wrongly) == found(rightly), (rightly, wrongly)
                assert not surely(wrongly)
    for middle in ("met by the “great”", "zebrafinch"):
        assert found(f"{opening} {middle} {closing}") == (0, [("Talks", ENDS)])
        assert found(f"{opening} {middle}") == (0, [("Talks", BEGUN)])
    page = ask(reader, f"{opening} met by the").content.decode()
    assert "Only some of these words were found" in page
    assert str(NOT_COMPARED) in page
    for answer in (ask(reader, UNCITED), ask(reader, "Nobody else was there – or so it")):
        assert "were not found" in answer.content.decode()
    assert event.citations.get().source.texts.count() == 1


def test_signs_that_nobody_sees_do_not_count(let):
    let("all", f"{LAKE}\n\nگفت که می\u200cشود \u200fرفت\u200e آنجا. It rained on ‹all› of us.")
    for words in (
        "گفت که می\u200cشود \u200fرفت\u200e آنجا.",
        "گفت که میشود رفت آنجا",
        "It rained on 'all' of us",
    ):
        assert found(words) == (1, []), words


@pytest.mark.parametrize(("shown", "texts"), [("all", 1), ("short context", 0)])
def test_words_are_found_whatever_signs_part_them(let, shown, texts):
    parted = LAKE.replace("delegations", "dele\u00adga\u00adtions").replace(
        "Nobody", "No\u200bbody"
    )
    let(shown, parted)
    assert found(PASSAGE) == (texts, [("Talks", READ)])
    assert found("Nobody else was there – or so it seems.") == (texts, [("Talks", READ)])


def test_what_a_source_no_longer_shows_is_not_answered_from(publish, let):
    event = let("all")
    source = event.citations.get().source
    assert found(UNCITED) == (1, [])
    world.change(source, text_shown="nothing")
    publish(source)
    assert ShownText.objects.count() == 1
    assert ShownPassage.objects.count() == 1
    assert found(UNCITED) == (0, [])
    assert found("Nobody else was there – or so it") == (0, [])
    assert found(PASSAGE) == (0, [("Talks", ENDS)])


def test_a_newer_private_text_is_not_answered_from(let):
    event = let("all")
    world.hold_text(event.citations.get().source, f"{LAKE}\n\nThe zebrafinch was here all day.")
    assert found("The zebrafinch was here all day") == (0, [])


def test_what_was_withdrawn_corrected_or_redacted_is_not_found(publish, cast):
    source = world.source("A report")
    event, other = citing(source), citing(source, "Others", start="On the lakeside they")
    publish(event, other)
    assert found(PASSAGE) == (0, [("Talks", ENDS)])
    assert found("On the lakeside they met a lake") == (0, [("Others", ENDS)])
    world.change(event, citations=[{"source": source, "start": "It rained all day there"}])
    publish(event)
    assert found(PASSAGE) == (0, [])
    assert found("It rained all day there") == (0, [("Talks", SELECTOR)])
    chiefs = {"by": cast.chief_editor, "approved_by": cast.administrator}
    redact(event.public_id, editions=[1, 2], then=Then.TOMBSTONE, reason="For safety.", **chiefs)
    assert found("It rained all day there.") == (0, [])
    assert Opening.objects.filter(version__public_id=event.public_id).count() == 0
    withdraw([other.public_id], reason="No.", **chiefs)
    assert found("On the lakeside they met a lake") == (0, [])


def test_drafts_answer_nothing(publish, let):
    event = let("")
    world.change(event, citations=[{"start": "The zebrafinch was here"}])
    assert found("The zebrafinch was here") == (0, [])


@pytest.mark.parametrize("number", [1, 3])
def test_quotations_cost_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    source = world.showing("all", LAKE, title="A report")
    publish(source, *[citing(source, f"Talks {one}") for one in range(number)])
    with django_assert_num_queries(9):
        page = page_at(reader, f"/verify/quotation/?words={PASSAGE}")
    assert len(page.with_class("second-look")) == number
    with django_assert_num_queries(1):
        page_at(reader, "/verify/quotation/")


def test_too_many_in_a_minute_are_asked_to_wait(reader, let, still_clock):
    let("")
    for number in range(30):
        assert ask(reader, f"words that stand nowhere {number}").status_code == 200
    answer = ask(reader, "words that stand nowhere 31")
    assert answer.status_code == 429
    assert "Please wait a minute" in answer.content.decode()
    assert "ETag" not in answer.headers
    assert ask(reader, "").status_code == 200


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("They met by the lake", ENDS),
        ("It says: They met by a lake.", ENDS),
        ("They met", SELECTOR),
        ("met by", SELECTOR),
        ("lake", SELECTOR),
        ("They met by a hill", ""),
        ("They met by the lakeside", ""),
        ("There they met by the lake", ""),
        ("met by the lake They", ""),
        ("lake They met by the", ""),
    ],
)
def test_fitting_compares_whole_words_in_order(words, how):
    selector = {"start": "They met by", "end": "lake", "prefix": None, "suffix": None}
    assert fitting(selector, words) == how


def test_a_passage_without_closing_words_is_no_more_than_its_opening():
    selector = {"start": "They met by the lake", "end": None, "prefix": None, "suffix": None}
    assert fitting(selector, "They met by the lake") == SELECTOR
    assert fitting(selector, "They met by the lake, and nobody signed") == BEGUN
    assert fitting({**selector, "start": "They met"}, "They met by the hill") == ""


def test_of_a_text_that_is_read_another_passage_that_opens_alike_is_not_cited(publish):
    rain = "It rained. " * 60
    text = f"In May they met by the lake again.\n\n{rain}\n\nIn July they met by the lake."
    source = world.showing("all", text)
    event = citing(source, start="they met by the", end="lake", prefix="In July")
    publish(event, source)
    assert found("In July they met by the lake") == (1, [("Talks", READ)])
    assert found("It rained. In July they met by the lake") == (1, [("Talks", READ)])
    assert found("In May they met by the lake") == (1, [])


def test_openings_are_the_first_words_without_signs():
    selector = {"start": "“It’s well-known”, he said", "end": None, "prefix": None, "suffix": None}
    document = {"citations": [{"key": "c1", "selector": selector}, {"key": "c2", "selector": None}]}
    assert openings(document) == {"c1": "It s well"}
