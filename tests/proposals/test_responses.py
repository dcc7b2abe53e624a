"""The response matrix."""

import pytest

from proposals import matrix_asked
from tests import world
from tests.page_reading import page_at
from tests.proposals.plans import answered_plan, answered_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(cast):
    def published(*entries, **options):
        return world.publish_all(*entries, by=cast.contributor, approved_by=cast.editor, **options)

    return published


def cells(page):
    return [element.text for element in page.elements if element.tag == "td"][1:]


def signs(page):
    """Those of the cells; before them stands what each means."""
    return [element.get("data-sign") for element in page.with_class("sign")][7:]


def matrix(reader, query=""):
    return page_at(reader, f"/proposals/responses/?{query}" if query else "/proposals/responses/")


def test_matrix_tells_answers_apart_in_word_and_shape(reader, publish):
    publish(answered_plan(), world.proposal("A later plan", presented="1999"))
    page = matrix(reader)
    assert [each.text for each in page.elements if each.get("scope") == "col"] == [
        "The Kingdom",
        "The Union",
    ]
    assert cells(page) == [
        "accepts with reservations[1] 3 November 1998, at The autumn talks",
        "none found[1] as of 2024, looked in The journal.",
        "not researched",
        "not researched",
    ]
    assert signs(page) == ["reservations", "none-found", "unresearched", "unresearched"]
    assert page.with_class("mark")[0].get("href") == "/proposals/the-answered-plan/#c1"


@pytest.mark.parametrize(
    ("on", "kingdom"),
    [
        ("1997", "rejects[1] September 1997"),
        ("1997-09", "rejects[1] September 1997"),
        ("1997-09-15", "possibly rejects[1] September 1997: perhaps later"),
        ("1997-08", "nothing by then"),
        ("1997-07-01", "nothing by then"),
    ],
)
def test_matrix_stands_as_of_a_day_of_the_events(reader, publish, on, kingdom):
    publish(answered_plan())
    page = matrix(reader, f"on={on}")
    assert cells(page)[0] == kingdom


def test_steps_lead_to_the_changes_around_and_say_who_moved(reader, publish):
    publish(answered_plan())
    page = matrix(reader, "on=1997-10")
    assert page.link("← 30 September 1997, the change before").endswith("?on=1997-09-30")
    assert page.link("3 November 1998 →, the change after").endswith("?on=1998-11-03")
    after = matrix(reader, "on=1998-11-03")
    (moved,) = after.with_class("moved")
    assert moved.text == (
        "The Kingdom on The answered plan: rejects →, then accepts with reservations"
    )


def test_provisions_of_one_proposal_are_rows_after_the_whole(reader, publish):
    publish(answered_plan())
    page = matrix(reader, "proposal=P1&on=1998-06")
    assert [each.text for each in page.elements if each.get("scope") == "row"][1] == (
        "Retreat Both sides withdraw."
    )
    assert cells(page) == [
        "rejects[1] September 1997",
        "not researched",
        "none found[1] as of 2024, looked in The journal.",
        "not researched",
        "possibly accepts[1] 1998: perhaps later",
        "not researched",
    ]


def test_proposal_that_was_not_yet_made_has_no_answers_to_wait_for(reader, publish):
    kingdom = world.actor("The Kingdom")
    early = world.proposal(
        "Early", presented="1997", responses=[{"actor": kingdom, "stance": "accepts"}]
    )
    publish(early, world.proposal("Late", presented="1999"))
    assert cells(matrix(reader, "on=1998"))[1] == "not yet presented"


@pytest.mark.parametrize(("on", "also"), [("1997", []), ("1998", ["and 1 to single provisions"])])
def test_answers_to_single_provisions_are_counted_as_of_the_day(reader, publish, on, also):
    kingdom = world.actor("The Kingdom")
    rows = [
        {"stance": "accepts", "date": world._date("1997")},
        {"stance": "rejects", "date": world._date("1998"), "to": 0},
        {"stance": "none found", "date": world._date("2024"), "looked_in": "Papers.", "to": 1},
    ]
    provisions = [world.provision("Both withdraw."), world.provision("Both disarm.")]
    answers = [row | {"actor": kingdom} for row in rows]
    publish(world.proposal("The plan", provisions=provisions, responses=answers))
    said = [each.text for each in matrix(reader, f"on={on}").with_class("stood-when")]
    assert said == ["1997", *also]


def test_second_page_is_kept_in_addresses_and_files(reader, publish, monkeypatch):
    monkeypatch.setattr(matrix_asked, "PROPOSALS", 1)
    responses = [{"actor": world.actor("The Kingdom"), "stance": "accepts"}]
    publish(
        *(
            world.proposal(f"Plan {one}", presented=f"199{one}", responses=responses)
            for one in (1, 2)
        )
    )
    first = matrix(reader)
    assert first.link("as Markdown") == "/proposals/responses.md?edition=1"
    second = page_at(reader, f"/proposals/responses/{first.link('Next')}&on=1995")
    (address,) = second.with_class("take-away-address")
    again = page_at(reader, address.text.removeprefix("http://testserver"))
    files = reader.get(second.link("as Markdown")).content.decode()
    for found in (second, again):
        assert [each.text for each in found.elements if each.get("scope") == "row"] == [
            "Plan 2 1992"
        ]
    assert files.splitlines()[0] == (
        "# Who answered how, as of the end of 1995 (not all proposals)"
    )
    assert ("Plan 1" in files, "Plan 2" in files) == (False, True)


def test_day_that_cannot_be_read_is_said_and_all_is_shown(reader, publish):
    publish(answered_plan())
    page = matrix(reader, "on=last+week")
    assert [each.text for each in page.with_class("notice")] == [
        (
            "“last week” is no day to look at: write a year, month or day, like 1997, 1997-07 or "
            "1997-07-20. All that is known is shown instead."
        )
    ]
    assert cells(page)[0].startswith("accepts with reservations")
    assert page.at("on").get("value") == "last week"
    notice = matrix(reader, "on=1997-02-30").with_class("notice")[0].text
    assert notice.startswith("“1997-02-30” does not exist")


@pytest.mark.parametrize("number", [1, 3])
def test_matrix_costs_the_same_for_1_and_3(reader, publish, number, django_assert_num_queries):
    publish(*answered_plans(number))
    with django_assert_num_queries(6):
        page = matrix(reader)
    assert len(cells(page)) == number * number * number
    with django_assert_num_queries(5):
        page = matrix(reader, "proposal=P1")
    assert len(page.with_class("stood")) == 2 * number


def test_nothing_recorded_says_so(reader, publish):
    assert matrix(reader).with_class("nothing")[0].text == (
        "No proposal has been published yet, so nobody can have answered to one here."
    )
    publish(world.proposal())
    assert matrix(reader).with_class("nothing")[0].text == (
        "No answer of a named actor is recorded to these proposals. Whether any was given has not "
        "been researched."
    )
