"""The table of roles: each cell is tried, through the door and in the browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from desk.gathering import describe
from desk.merge_plan import plan_merger
from desk.merging import request_merger
from desk.models import PreviewLink, Revision, Submission
from desk.notes import add_note
from desk.previewing import share
from desk.publishing import approve_and_publish
from desk.redaction import Then, request_redaction
from desk.refusals import Refused
from desk.revisions import restore
from desk.submissions import request_changes, retract, submission_checksum, submit
from desk.withdrawal import request_withdrawal
from events.models import Event
from record.models import Edition
from sources.models import SourceText
from tests import world
from tests.conftest import PASSWORD, member
from tests.pages import EntryForm, admin_url, form_of
from vocabulary.models import Term

pytestmark = pytest.mark.django_db

ROLES = ["outsider", "contributor", "editor", "chief_editor", "administrator"]
# Who may: the lowest role, and every one above it.
TABLE = {
    "edit an entry": "contributor",
    "submit": "contributor",
    "write a note": "contributor",
    "delete a draft": "editor",
    "keep a source's text": "editor",
    "approve": "editor",
    "request changes": "editor",
    "describe another's submission": "editor",
    "take back another's submission": "editor",
    "waive evidence": "editor",
    "share a preview": "editor",
    "withdraw": "chief_editor",
    "merge": "chief_editor",
    "redact": "chief_editor",
    "edit a term": "chief_editor",
    "add a person": "chief_editor",
    "make groups": "administrator",
}
CELLS = [
    pytest.param(role, action, ROLES.index(role) >= ROLES.index(lowest), id=f"{role}: {action}")
    for action, lowest in TABLE.items()
    for role in ROLES
]


class Desk:
    """Something that each action can be done to, made by somebody else than whoever tries."""

    def __init__(self) -> None:
        self.other = member("contributor", "somebody-else")
        self.approver = member("editor", "another-editor")

    def term(self, label: str = "Summit") -> Term:
        return world.term(label, by=self.other)

    def submission(self) -> Submission:
        return world.submitted(self.term(), by=self.other)

    def published(self) -> Term:
        term = self.term("Visit")
        world.publish_only(term, by=self.other, approved_by=self.approver)
        return term

    def with_and_without_waiver(self) -> tuple[Event, Revision]:
        waiver = [{"claim": "date", "reason": "Known."}]
        event = world.event(citations=[{"claims": ["entry"]}], waivers=waiver, by=self.other)
        first = Revision.objects.get(public_id=event.public_id)
        return world.change(event, waivers=[], by=self.other), first


@pytest.fixture
def desk(cast):
    return Desk()


# Through the door ---------------------------------------------------------------------------


def _approve(desk: Desk, by: User) -> None:
    submission = desk.submission()
    approve_and_publish(submission, by=by, checksum=submission_checksum(submission))


def _describe(desk: Desk, by: User) -> None:
    submission = desk.submission()
    given = {"reason": "x", "change": submission.change, "reviewer": None, "due_on": None}
    describe(submission, by=by, title="Mine", **given)


def _waive(desk: Desk, by: User) -> None:
    event, with_waiver = desk.with_and_without_waiver()
    restore(event, with_waiver, by=by, reason="Back.")


DOORS: dict[str, Callable[[Desk, User], Any]] = {
    "submit": lambda desk, by: submit([desk.term().public_id], by=by, reason="x"),
    "write a note": lambda desk, by: add_note(desk.submission(), by=by, text="Hm."),
    "approve": _approve,
    "request changes": lambda desk, by: request_changes(desk.submission(), by=by, text="Hm."),
    "describe another's submission": _describe,
    "take back another's submission": lambda desk, by: retract(desk.submission(), by=by),
    "waive evidence": _waive,
    "withdraw": lambda desk, by: request_withdrawal(
        [desk.published().public_id], by=by, reason="x"
    ),
    "merge": lambda desk, by: request_merger(
        desk.published().public_id, desk.published().public_id, by=by, reason="x"
    ),
    "share a preview": lambda desk, by: share(
        Revision.objects.get(public_id=desk.term().public_id), by=by, reader="An expert", days=1
    ),
    "redact": lambda desk, by: request_redaction(
        desk.published().public_id, editions=[1], then=Then.TOMBSTONE, by=by, reason="x"
    ),
}


def person(role: str, cast: Any) -> User:
    """The outsider is of the staff and in no group."""
    if role != "outsider":
        return getattr(cast, role)
    return User.objects.create_user("outsider", password=PASSWORD, is_staff=True)


@pytest.mark.parametrize(
    ("role", "action", "allowed"), [cell for cell in CELLS if cell.values[1] in DOORS]
)
def test_door_is_open_to_those_whom_the_table_names(role, action, allowed, desk, cast):
    by = person(role, cast)
    if allowed:
        DOORS[action](desk, by)
        return
    with pytest.raises(Refused):
        DOORS[action](desk, by)


# In the browser -----------------------------------------------------------------------------


def _of(submission: Submission, name: str) -> str:
    return reverse(f"admin:desk_submission_{name}", args=[submission.pk])


def _edits(desk: Desk, client: Any) -> bool:
    event = world.event(by=desk.other)
    given = EntryForm(_admin_client(), event).fields
    client.post(admin_url(event, "change"), given | {"title": "Another title", "reason": "x"})
    event.refresh_from_db()
    return event.title == "Another title"


def _submits(desk: Desk, client: Any) -> bool:
    term = desk.term()
    given = {"entry": [term.public_id], "reason": "x", "change": "correction"}
    client.post(admin_url(Term, "submit"), given)
    return Submission.objects.exists()


def _notes(desk: Desk, client: Any) -> bool:
    submission = desk.submission()
    client.post(_of(submission, "note"), {"text": "Hm."})
    return submission.notes.exists()


def _deletes(desk: Desk, client: Any) -> bool:
    event = world.event(by=desk.other)
    client.post(admin_url(event, "delete"), {"post": "yes"})
    return not Event.objects.exists()


def _keeps_text(desk: Desk, client: Any) -> bool:
    source = world.source(by=desk.other)
    given = {"source": source.public_id, "marked": "One block.", "_keep": "1"}
    client.post(admin_url(SourceText, "add"), given)
    return SourceText.objects.exists()


def _approves(desk: Desk, client: Any) -> bool:
    submission = desk.submission()
    shown = f"{submission.pk}:{submission_checksum(submission)}"
    client.post(reverse("admin:desk_submission_approve"), {"submission": shown})
    return Edition.objects.exists()


def _came_to(name: str, state: str, **given: str) -> Callable[[Desk, Any], bool]:
    def act(desk: Desk, client: Any) -> bool:
        submission = desk.submission()
        client.post(_of(submission, name), given)
        submission.refresh_from_db()
        return submission.state == state

    return act


def _describes(desk: Desk, client: Any) -> bool:
    submission = desk.submission()
    url = _of(submission, "describe")
    client.post(url, form_of(_admin_client().get(url)) | {"title": "Mine"})
    submission.refresh_from_db()
    return submission.title == "Mine"


def _waives(desk: Desk, client: Any) -> bool:
    event = world.event(citations=[{"claims": ["entry"]}], by=desk.other)
    form = EntryForm(_admin_client(), event)
    form.row("waivers", 0, claim="date", reason="Known.")
    client.post(form.url, form.fields)
    return event.waivers.exists()


def _withdraws(desk: Desk, client: Any) -> bool:
    client.post(admin_url(desk.published(), "withdraw"), {"reason": "x"})
    return Submission.objects.filter(change="withdrawal").exists()


def _merges(desk: Desk, client: Any) -> bool:
    loser, winner = desk.published(), desk.published()
    plan = plan_merger(loser.public_id, winner.public_id)
    given = {"winner_id": winner.public_id, "seen": plan.checksum, "reason": "x"}
    client.post(admin_url(loser, "merge"), given)
    return Submission.objects.filter(change="merge").exists()


def _shares(desk: Desk, client: Any) -> bool:
    client.post(admin_url(desk.term(), "links"), {"reader": "An expert", "days": 1})
    return PreviewLink.objects.exists()


def _edits_term(desk: Desk, client: Any) -> bool:
    term = desk.term()
    given = EntryForm(_admin_client(), term).fields
    client.post(admin_url(term, "change"), given | {"slug": "another", "reason": "x"})
    term.refresh_from_db()
    return term.slug == "another"


def _adds_person(desk: Desk, client: Any) -> bool:
    given = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("admin:auth_user_add"), given | {"usable_password": "true"})
    return User.objects.filter(username="new").exists()


def _makes_group(desk: Desk, client: Any) -> bool:
    client.post(reverse("admin:auth_group_add"), {"name": "new"})
    return Group.objects.filter(name="new").exists()


def _admin_client() -> Any:
    """Who sees every field, so that a form is posted whole by those who may not."""

    client = Client()
    client.force_login(User.objects.get(is_superuser=True))
    return client


PAGES: dict[str, Callable[[Desk, Any], bool]] = {
    "edit an entry": _edits,
    "submit": _submits,
    "write a note": _notes,
    "delete a draft": _deletes,
    "keep a source's text": _keeps_text,
    "approve": _approves,
    "request changes": _came_to("request_changes", "changes requested", text="Hm."),
    "describe another's submission": _describes,
    "take back another's submission": _came_to("retract", "withdrawn"),
    "waive evidence": _waives,
    "withdraw": _withdraws,
    "merge": _merges,
    "share a preview": _shares,
    "edit a term": _edits_term,
    "add a person": _adds_person,
    "make groups": _makes_group,
}


@pytest.mark.parametrize(
    ("role", "action", "allowed"), [cell for cell in CELLS if cell.values[1] in PAGES]
)
def test_pages_do_it_for_those_whom_the_table_names(role, action, allowed, desk, cast, client_of):
    with zeal_ignore():
        assert PAGES[action](desk, client_of(person(role, cast))) is allowed


def test_the_table_is_tried_whole():
    assert set(DOORS) | set(PAGES) == set(TABLE)
