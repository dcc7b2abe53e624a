"""Pages of events."""

from decimal import Decimal

import pytest

from chronicle.dates import PartialDate
from sources.models import Stance
from tests import world
from tests.page_reading import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def rich_event(number, **options):
    """An event with everything, others of its own to refer to among it."""
    office = world.actor(f"Body {number}", offices=[{"title": f"Chair {number}"}])
    envoy = world.actor(
        f"Envoy {number}",
        tenures=[{"office": office.offices.get(), "held": PartialDate("1997")}],
    )
    return world.event(
        f"Event {number}",
        date=f"199{number}",
        place=world.place(f"Place {number}"),
        participants=[world.participant(envoy, tenure=envoy.tenures.get())],
        quantities=[{"what": "delegates", "best": Decimal(number)}],
        citations=[{"source": world.source(f"Source {number}"), "blocks": [number]}],
        **options,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*(rich_event(one) for one in range(1, number + 1)))
    with django_assert_num_queries(10):
        page = page_at(reader, "/events/")
    assert len(page.with_class("entry-row")) == number
    with django_assert_num_queries(2):  # choices of filters are counted once an edition
        reader.get("/events/")


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    whole = world.event("The whole", date="1997")
    numbers = range(1, number + 1)
    events = [rich_event(one, part_of=whole, follows=[whole]) for one in numbers]
    actors = [event.participants.get().actor for event in events]
    proposals = [
        world.proposal(
            f"Plan {one}",
            event=whole,
            responses=[{"actor": actors[one - 1], "stance": "accepts", "event": whole}],
        )
        for one in numbers
    ]
    world.change(
        whole,
        participants=[world.participant(actor, tenure=actor.tenures.get()) for actor in actors],
    )
    claims = world.claims_to_support(whole)
    sources = [world.source(f"Other {one}") for one in numbers]
    world.change(whole, citations=[{"source": source, "claims": claims} for source in sources])
    publish(*events, *proposals)
    with django_assert_num_queries(10):
        page = page_at(reader, "/events/the-whole/")
    assert len(page.with_class("linked-item")) == 4 * number
    assert len(page.with_class("citation")) == number


def test_page_shows_everything_the_document_says(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    assert page.headings == [
        (1, full.event.title),
        (2, "Who appears in it"),
        (2, "Figures"),
        (2, "Proposals presented here"),
        (2, "Responses to proposals given here"),
        (2, "About this entry"),
        (2, "Evidence"),
        (3, "Where sources disagree"),
        (
            3,
            (
                "Writer, A.; Institute of the Lake (editor) (about March 2005). "
                "“The talks by the lake”. Journal of the Lake. Lake Press."
            ),
        ),
        (4, "Citation [1] Supports"),
        (4, "Citation [3] Mentions"),
        (3, "A letter from the lake (undated)."),
        (4, "Citation [2] Disputes"),
        (3, "Waivers"),
        (2, "How to check this page"),
    ]
    assert page.at("kind").text.startswith("Round of talks")
    assert page.at("date").text == (
        "Date about 2 July 1997 (inferred; in the source: “in early July”)[1][2] contested "
        "Approximate: near this date; exactly when is not known. "
        "Inferred: worked out by the editors; the sources do not give it as the date of this."
    )
    assert page.at("part_of").text == "Part of The talks of 1997[1] evidence waived: why"
    assert page.at("follows").text == "Follows Preparation of the talks[1]"
    (envoy, kingdom) = (page.at(part.key) for part in full.event.participants.all())
    assert envoy.text == (
        "The Envoy[1] Delegate Chair of the Conference, Conference of States 1993 – 2003 "
        "(in the source: “for ten years”)"
    )
    assert kingdom.text == "The Kingdom[1] Delegate"
    assert [page.at(part.key).text for part in full.event.quantities.all()] == [
        "delegates about 40 persons[1]",
        "flags 2.5–3.25[1]",
    ]


def test_marks_have_names_that_say_what_the_passage_does(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    marks = [element for element in page.with_class("mark") if element.get("href") == "#c2"]
    assert [mark.get("aria-label") for mark in marks] == ["citation 2: disputes"]
    first = next(element for element in page.with_class("mark") if element.text == "[1]")
    assert first.get("aria-label") == (
        "citation 1: supports that it happened, section “Opening of the talks”, block 3, page 3, "
        "at 00:01:00, record r1"
    )


def test_heading_has_each_citation_of_the_entry_and_its_title_once(reader, publish):
    source = world.source("The Source")
    citations = [
        {"source": source, "claims": ["entry", "title", "date"]},
        {"source": source, "claims": ["title"], "stance": "disputes"},
        {"source": source, "claims": ["date"]},
    ]
    publish(world.event("A meeting", citations=citations))
    page = page_at(reader, "/events/a-meeting/")
    assert page.at("entry").text == "A meeting [1][2] contested"
    assert page.at("title").text == "A meeting"
    names = [mark.get("aria-label") for mark in page.with_class("mark")]
    assert names[:2] == [
        "citation 1: supports that it happened and title",
        "citation 2: disputes title",
    ]


def test_card_says_what_a_reader_asks_first(reader, full):
    card = page_at(reader, f"/events/{full.event.slug}/").at("c1").text
    assert "section “Opening of the talks”, block 3, page 3, at 00:01:00, record r1" in card
    assert "“In July the delegations […] the host said.”" in card
    assert "Speaks to that it happened" in card
    assert "The Envoy (Delegate)" in card
    assert "Last check found once in the source’s text," in card
    assert "Read in A letter from the lake; this source itself was not seen" in card
    assert "Note The host is not named." in card


def test_card_opens_the_source_at_the_passage(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    assert page.link("Open the source at this passage") == (
        "https://example.org/talks#:~:text=of%20the%20talks-,"
        "In%20July%20the%20delegations,the%20host%20said.,-The%20second%20day"
    )


def test_disputing_card_says_what_it_asserts_instead(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    assert "Says instead: August 1997 Speaks to date cite correct Last check" in page.at("c2").text


def test_either_side_of_a_disagreement_stands_before_the_evidence(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    assert [element.text for element in page.with_class("disagreement")] == [
        (
            "Date [1] Writer, about March 2005 supports what stands here "
            "[2] “A letter from the lake”, undated disputes it and says instead: August 1997"
        )
    ]


def test_evidence_says_what_rests_on_one_source_alone(reader, publish):
    one, other = world.source("One"), world.source("Other")
    publish(
        world.event("Of one", citations=[{"source": one}]),
        world.event("Of two", citations=[{"source": one}, {"source": other, "claims": ["entry"]}]),
    )

    def alone(slug):
        return [element.text for element in page_at(reader, slug).with_class("evidence-alone")]

    assert alone("/events/of-one/") == ["All of it rests on one source."]
    assert alone("/events/of-two/") == ["1 of 2 claims with evidence rests on one source alone."]


def test_selector_without_a_text_is_unchecked(reader, publish):
    publish(world.event("A meeting", citations=[{"start": "They met"}]))
    card = page_at(reader, "/events/a-meeting/").at("c1").text
    assert "Last check unchecked: no copy of the source’s text has been compared" in card


def test_waiver_is_told_with_its_reason(reader, full):
    page = page_at(reader, f"/events/{full.event.slug}/")
    assert page.link("evidence waived: why") == "#waiver-part_of"
    assert page.at("waiver-part_of").text == "part of Follows from the title of the talks."


def test_disputed_reference_is_named(reader, publish):
    lake, hill = world.place("Lakeside"), world.place("Hilltop")
    event = world.event(
        "A meeting",
        place=lake,
        citations=[
            {},
            {"claims": ["place"], "stance": Stance.DISPUTES, "asserts": hill.public_id},
        ],
    )
    publish(event, hill)
    page = page_at(reader, "/events/a-meeting/")
    assert "Says instead: Hilltop Speaks to place cite correct Last check" in page.at("c2").text
    assert page.link("Hilltop") == "/places/hilltop/"
    (contested,) = page.with_class("contested")
    assert contested.get("href") == "#c2"


def test_long_lists_of_what_refers_to_it_say_so_and_lead_to_all(reader, publish, monkeypatch):
    monkeypatch.setattr("record.backlinks.MOST", 1)
    whole = world.event("The whole", date="1990")
    kingdom = world.actor("The Kingdom")
    given = [{"actor": kingdom, "stance": "accepts", "event": whole}]
    publish(
        *(world.event(f"Day {n}", part_of=whole) for n in range(2)),
        *(world.event(f"Later {n}", follows=[whole]) for n in range(3)),
        *(world.proposal(f"Plan {n}", event=whole) for n in range(4)),
        *(world.proposal(f"Answered {n}", responses=given) for n in range(5)),
    )
    page = page_at(reader, "/events/the-whole/")
    assert [element.text for element in page.with_class("linked-cut")] == [
        "Only the first 1 of 2 stand here: all of them.",
        "Only the first 1 of 3 stand here: all of them.",
        "Only the first 1 of 4 stand here: all of them.",
        "Only the first 1 of 5 stand here: all of them.",
    ]
    assert [link.get("href") for link in page.all("a") if link.text == "all of them"] == [
        "/events/?part_of=the-whole",
        "/events/?follows=the-whole",
        "/proposals/?event=the-whole",
        "/proposals/?responded_at=the-whole",
    ]


def test_undated_event_says_so(reader, publish):
    publish(world.event("A meeting", date=None))
    assert page_at(reader, "/events/a-meeting/").at("date").text == "Date undated"
    assert "undated" in page_at(reader, "/events/").with_class("entry-row-when")[0].text


def test_exact_dates_alone_are_machine_readable(reader, publish):
    publish(world.event("Exact", date="1997-07"), world.event("Vague", date="1997-08~"))
    (time,) = [
        time for time in page_at(reader, "/events/exact/").all("time") if "July" in time.text
    ]
    assert time.get("datetime") == "1997-07"
    assert page_at(reader, "/events/vague/").at("date").text == (
        "Date about August 1997[1] Approximate: near this date; exactly when is not known."
    )
    times = [time.text for time in page_at(reader, "/events/vague/").all("time")]
    assert "about August 1997" not in times


def test_text_of_another_language_says_so(reader, publish):
    publish(world.event("Görüş", slug="gorus", language="az", summary="Görüşdülər."))
    page = page_at(reader, "/events/gorus/")
    assert page.at("title").get("lang") == "az"
    assert [each.text for each in page.all("span", lang="az")] == ["Görüş", "Görüşdülər."]
    (title,) = page_at(reader, "/events/").with_class("entry-row-title")
    assert title.get("lang") == "az"
    publish(world.event("English"))
    assert page_at(reader, "/events/english/").at("title").get("lang") is None


def test_list_shows_the_citations_of_each_item(reader, full):
    page = page_at(reader, "/events/?kind=round-of-talks")
    citations = [
        (element.text, element.get("href")) for element in page.with_class("short-citation")
    ]
    (evidence,) = page.with_class("entry-row-citations")
    assert evidence.text == (
        "Writer, about March 2005: [1] block 3, page 3, at 00:01:00, record r1, [3] mentions "
        "“A letter from the lake”, undated: [2] disputes"
    )
    at = f"/events/{full.event.slug}/"
    assert citations == [
        ("[1] block 3, page 3, at 00:01:00, record r1", f"{at}#c1"),
        ("[3] mentions", f"{at}#c3"),
        ("[2] disputes", f"{at}#c2"),
    ]
    (when,) = page.with_class("entry-row-when")
    assert when.text.endswith("contested")


def test_words_are_escaped(reader, publish):
    publish(world.event("<b>Bold</b> & bare", slug="bold", summary="<script>alert(1)</script>"))
    html = reader.get("/events/bold/").content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; bare" in html
    assert "<script>alert" not in html
