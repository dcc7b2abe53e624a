"""The desk's home and its lists: what each person finds in them, and the way through."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.findings import accept_finding
from desk.models import Finding, Submission, SubmissionState
from tests import world
from tests.conftest import member
from tests.pages import EntryForm, admin_url

LISTS = ["returned", "review", "overdue", "drafts", "changes", "gaps", "passages", "findings"]
HOME_QUERIES = {"contributor": 22, "editor": 24}
WORK_QUERIES = {"submission": 6, "entry": 7}


def work_url(name: str, query: str = "") -> str:
    return reverse("admin:desk_work", args=[name]) + query


def names(client: Any, name: str, query: str = "") -> list[str]:
    page = client.get(work_url(name, query))
    assert page.status_code == 200
    return [line.name for line in page.context["lines"]]


def submission(title: str, *, by: Any, **columns: Any) -> Submission:
    """One submission of a new term, brought into the state wanted."""
    made = world.submitted(world.term(title, by=by), by=by, reason="New.")
    Submission.objects.filter(pk=made.pk).update(title=title, **columns)
    return made


def gap(title: str) -> Any:
    return world.event(title, citations=[])


@pytest.fixture
def submissions(cast):
    yesterday = timezone.localdate() - timedelta(days=1)
    other = member("editor", "other")
    by = cast.contributor
    submission("draft", by=by, state=SubmissionState.DRAFT)
    submission("returned", by=by, state=SubmissionState.CHANGES_REQUESTED)
    submission("for nobody", by=by)
    submission("for the editor", by=by, reviewer=cast.editor)
    submission("for another", by=by, reviewer=other, due_on=yesterday)
    shared = world.term("changed by the editor", by=by)
    world.change(shared, by=cast.editor, editor_note="A note.")
    mixed = world.submitted(shared, by=by, reason="New.")
    Submission.objects.filter(pk=mixed.pk).update(title="with a change of the editor’s")
    submission("the editor’s own", by=cast.editor, due_on=yesterday)
    submission("due today", by=by, reviewer=other, due_on=timezone.localdate())
    submission("taken back", by=by, due_on=yesterday, state=SubmissionState.WITHDRAWN)


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        (
            "contributor",
            {"drafts": ["draft"], "returned": ["returned"], "overdue": ["for another"]},
        ),
        (
            "editor",
            {
                "drafts": [],
                "returned": [],
                "review": ["for nobody", "for the editor"],
                "overdue": ["for another", "the editor’s own"],
            },
        ),
    ],
)
def test_each_person_finds_what_is_theirs(role, lists, submissions, cast, client_of):
    client = client_of(getattr(cast, role))

    assert {name: names(client, name) for name in lists} == lists
    shown = client.get("/desk/").context["mine"]
    assert {each.worklist.name: [line.name for line in each.lines] for each in shown} == lists


def test_review_is_for_those_who_may_approve(cast, client_of, reader):
    assert client_of(cast.contributor).get(work_url("review")).status_code == 403
    assert reader.get(work_url("changes")).status_code == 302
    assert client_of(cast.editor).get(work_url("nothing")).status_code == 404


def test_lists_of_entries_hold_what_is_to_do_in_the_order_of_ids(cast, client_of):
    client = client_of(cast.contributor)
    for number in range(1, 11):
        gap(f"Event {number}")
    settled = world.event("Settled")
    world.publish_all(settled, by=cast.contributor, approved_by=cast.editor)

    assert names(client, "gaps") == [f"Event {number}" for number in range(1, 11)]
    assert names(client, "changes", "?type=event") == names(client, "gaps")
    assert names(client, "changes", "?type=actor") == []
    assert names(client, "gaps", "?after=E9") == ["Event 10"]
    assert names(client, "gaps", "?after=nonsense&type=nonsense") == names(client, "gaps")


def test_findings_are_filtered_by_check_and_type_and_leave_when_accepted(cast, client_of):
    client = client_of(cast.editor)
    whole = world.event("A conference", date="1997")
    world.event("Its opening", date="1996", part_of=whole)
    world.place("Lakeside")
    world.place("LAKESIDE")

    assert names(client, "findings", "?check=part-outside-whole") == ["Its opening"]
    assert names(client, "findings", "?type=place&check=places-alike") == ["Lakeside"]
    assert names(client, "findings", "?type=place&check=part-outside-whole") == []
    home = client.get("/desk/")
    assert ("Places with names alike", 1) in [each[:2] for each in home.context["by_check"]]
    finding = Finding.objects.get(check_name="places-alike")
    page = client.post(reverse("admin:desk_finding", args=[finding.pk]), {"reason": "Two of them."})
    assert page.status_code == 302
    assert names(client, "findings", "?check=places-alike") == []
    form = client.get(admin_url(whole, "change")).content.decode()
    assert "What the checks say" in form
    place = client.get(reverse("admin:desk_entry", args=["L1"]), follow=True).content.decode()
    assert "Accepted by editor" in place
    assert "Two of them." in place


def test_accepting_a_finding_asks_for_a_reason_and_for_the_role(cast, client_of):
    world.place("Lakeside")
    world.place("LAKESIDE")
    finding = Finding.objects.get(check_name="places-alike")
    url = reverse("admin:desk_finding", args=[finding.pk])

    assert client_of(cast.contributor).get(url).status_code == 200
    assert client_of(cast.contributor).post(url, {"reason": "So."}).status_code == 403
    page = client_of(cast.editor).post(url, {"reason": " "})
    assert page.context["form"].errors == {"reason": ["This field is required."]}
    accept_finding(finding, by=cast.editor, reason="So.")
    page = client_of(cast.editor).post(url, {"reason": "Me too."})
    assert page.context["form"].non_field_errors() == [
        "This has been accepted already, or is no longer found."
    ]
    assert client_of(cast.editor).post(url, {"reopen": "yes"}).status_code == 302
    finding.refresh_from_db()
    assert finding.accepted_by is None
    assert client_of(cast.editor).get(reverse("admin:desk_finding", args=["0"])).status_code == 404


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_home_costs_the_same_for_one_of_each_and_for_three(
    role, cast, client_of, django_assert_num_queries
):
    client = client_of(getattr(cast, role))
    yesterday = timezone.localdate() - timedelta(days=1)
    for number in range(3):
        by = getattr(cast, role)
        for state in ("draft", "changes requested", "submitted"):
            submission(f"S {number} {state}", by=by, state=state, due_on=yesterday, reviewer=by)
        event = gap(f"Event {number}")
        world.publish_all(world.place(f"Place {number}"), by=by, approved_by=cast.chief_editor)
        assert event.pk
        if number in (0, 2):
            with django_assert_num_queries(HOME_QUERIES[role]):
                page = client.get("/desk/")
            assert len(page.context["editions"]) == number + 1
            assert "home-total" in page.content.decode()


def test_home_shows_the_newest_editions_first(cast, client_of):
    for number in range(6):
        place = world.place(f"Place {number}")
        world.publish_all(place, by=cast.contributor, approved_by=cast.editor)

    page = client_of(cast.contributor).get("/desk/")

    assert [edition.number for edition in page.context["editions"]] == [6, 5, 4, 3, 2]


@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_for_one_row_and_for_three(
    name, cast, client_of, django_assert_num_queries
):
    client = client_of(cast.editor)
    about = "submission" if name in LISTS[:4] else "entry"
    states = {"returned": "changes requested", "review": "submitted", "drafts": "draft"}
    whole = world.event("A conference", date="1997")
    for number in range(3):
        if about == "submission":
            state = states.get(name, "submitted")
            late = timezone.localdate() - timedelta(days=1)
            by = cast.editor
            submission(f"S{number}", by=by, reviewer=by, due_on=late, state=state)
        else:
            event = world.event(f"Part {number}", date="1996", part_of=whole, citations=[])
            Finding.objects.create(
                facts=f"{number:064}",
                check_name="lost-passage",
                public_id=event.public_id,
                type="event",
                sentence="Lost.",
                found_at=timezone.now(),
            )
        if number in (0, 2):
            query = "?type=event" + ("&check=part-outside-whole" if name == "findings" else "")
            with django_assert_num_queries(WORK_QUERIES[about]):
                found = names(client, name, query)
            assert len(found) == number + 1 + (name == "changes")


def test_empty_lists_say_why_and_what_next(cast, client_of):
    client = client_of(cast.editor)
    for name in LISTS:
        page = client.get(work_url(name))
        assert page.context["worklist"].nothing in page.content.decode(), name
    assert "Nothing has been published yet." in client.get("/desk/").content.decode()


# The way through ----------------------------------------------------------------------------


@pytest.fixture
def gaps(db):
    return [gap(f"Event {number}") for number in range(1, 4)]


def opened(client: Any, entry: Any, query: str) -> Any:
    return client.get(f"{admin_url(entry, 'change')}?{query}").context["work"]


def test_form_says_where_it_stands_in_the_list_and_what_is_beside(gaps, cast, client_of):
    client = client_of(cast.contributor)
    first, middle, last = gaps

    work = opened(client, middle, "list=gaps&type=event")
    assert (work.number, work.total) == (2, 3)
    assert work.previous == "/desk/entry/E1/?list=gaps&type=event"
    assert work.next == "/desk/entry/E3/?list=gaps&type=event"
    assert work.list_address == "/desk/work/gaps/?type=event"
    assert client.get(work.next).url == f"{admin_url(last, 'change')}?list=gaps&type=event"
    assert opened(client, first, "list=gaps").previous == ""
    assert opened(client, last, "list=gaps").next == ""
    assert opened(client, last, "") is None
    assert opened(client, last, "list=review") is None
    assert opened(client, last, "list=nonsense") is None


def test_place_in_a_list_costs_three_queries(gaps, cast, client_of):
    client = client_of(cast.contributor)
    costs = []
    for query in ("", "?list=gaps"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{admin_url(gaps[1], 'change')}{query}")
        costs.append(len(queries))

    assert costs[1] - costs[0] == 3


@pytest.mark.parametrize(
    ("button", "to"),
    [
        ("_next", "/desk/entry/E3/?list=gaps"),
        ("_save", "/desk/work/gaps/"),
        ("_continue", "/desk/events/event/{pk}/change/?list=gaps"),
    ],
)
def test_saving_keeps_to_the_list_though_the_entry_has_left_it(button, to, gaps, cast, client_of):
    client = client_of(cast.contributor)
    form = EntryForm(client, gaps[1])
    form.row("citations", 0, source=world.source().pk)
    form.fields[button] = ["yes"]
    form.url += "?list=gaps"
    response = form.send()

    assert response.status_code == 302
    assert response.url == to.format(pk=gaps[1].pk)
    work = opened(client, gaps[1], "list=gaps")
    assert (work.number, work.total) == (None, 2)
    assert [work.previous, work.next] == [f"/desk/entry/E{n}/?list=gaps" for n in (1, 3)]


def test_after_the_last_one_the_list_comes_back(gaps, cast, client_of):
    form = EntryForm(client_of(cast.contributor), gaps[2])
    form.fields["_next"] = ["yes"]
    form.url += "?list=gaps"

    assert form.send().url == "/desk/work/gaps/"


def test_submissions_are_worked_through_likewise(cast, client_of):
    first, second = (submission(f"S{n}", by=cast.contributor) for n in (1, 2))
    page = client_of(cast.editor).get(f"{admin_url(first, 'change')}?list=review")
    work = page.context["work"]

    assert (work.number, work.total, work.previous) == (1, 2, "")
    assert work.next == f"{admin_url(second, 'change')}?list=review"


def test_finding_s_place_is_its_own_among_several_of_an_entry(cast, client_of):
    client = client_of(cast.editor)
    whole = world.event("A conference", date="1997")
    for number in range(2):
        world.event(f"Part {number}", date="1996", part_of=whole, citations=[])
    findings = list(Finding.objects.filter(check_name="part-outside-whole"))
    query = f"list=findings&check=part-outside-whole&at={findings[0].pk}"
    work = opened(client, world.Event.objects.get(public_id="E2"), query)

    assert (work.number, work.total) == (1, 2)
    assert work.next.endswith(f"/desk/entry/E3/?{query.replace(findings[0].pk, findings[1].pk)}")
    assert client.get("/desk/entry/E99/").status_code == 404
    assert client.get("/desk/entry/X1/").status_code == 404
