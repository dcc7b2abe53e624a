"""A desk in the middle of its work: the rich examples, and something in every state there is."""

import datetime
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.test import Client
from django.urls import reverse

from desk.corrections import save_correction
from desk.models import Finding, Revision, SubmissionNote
from desk.notes import add_note, resolve_note
from desk.publishing import approve_and_publish
from desk.submissions import request_changes, submission_checksum, submit
from events.models import Event
from tests import world
from tests.conftest import Cast
from tests.examples import FullWorld
from tests.house.addresses import Addresses
from tests.pages import EntryForm, admin_url

SUMMARY = (
    "Delegations met by the lake, for the first time in ten years.\n\nThey agreed to meet again."
)
REASON = "The host's diary says so."
# One of each kind of page that all types of entries share is enough; these are the others.
SHARED = (
    *("_history", "_delete", "_withdraw", "_changes"),
    *("_correct", "_decide", "_evidence", "_submit"),
)
OTHERS = (
    *("vocabulary_term", "places_place", "sources_source", "actors_actor"),
    *("proposals_proposal", "sources_sourcetext", "auth_group"),
    *("account_emailaddress", "mfa_authenticator"),
)
SHARED_BY = tuple(f"admin:{model}_" for model in OTHERS)


@dataclass(frozen=True)
class DeskWorld:
    """``pages``: addresses by what they show."""

    full: FullWorld
    event: Event
    submission: int
    pages: dict[str, str]

    @property
    def review(self) -> str:
        return reverse("admin:desk_submission_change", args=[self.submission])


def desk_world(full: FullWorld, cast: Cast, client_of: Any) -> DeskWorld:
    """Work of each kind by the contributor and the editor, for the administrator to look at."""
    others = Addresses(full, cast.contributor).all()
    event, place = full.event, full.place
    world.change(
        event,
        by=cast.contributor,
        reason=REASON,
        summary=SUMMARY,
    )
    world.change(place, by=cast.contributor, reason="One more name.", editor_note="On the shore.")
    submission = submit(
        [event.public_id, place.public_id],
        by=cast.contributor,
        reason="The host's diary was found.",
        title="The lake, once more",
        reviewer=cast.editor,
        due_on=datetime.date(2024, 5, 6),
    )
    question = add_note(
        submission,
        by=cast.editor,
        text="Whose diary is it?",
        public_id=event.public_id,
        claim="summary",
    )
    add_note(submission, by=cast.contributor, text="The host's own.", parent=question)
    settled = add_note(submission, by=cast.editor, text="Say it of the place, too.")
    resolve_note(settled, by=cast.contributor)
    returned = world.submitted(
        world.event("A meeting to look at again", by=cast.administrator), by=cast.administrator
    )
    request_changes(returned, by=cast.editor, text="The day is missing.")
    draft = submit(
        [world.event("The walk", citations=[], by=cast.administrator).public_id],
        by=cast.administrator,
        reason="June.",
        title="For June",
        as_draft=True,
    )
    question_page = f"{reverse('admin:desk_submission_note', args=[submission.pk])}?answers="
    revision = Revision.objects.filter(public_id=event.public_id).latest("number")
    own = {
        "form from a list": f"{admin_url(event, 'change')}?list=changes",
        "review": reverse("admin:desk_submission_change", args=[submission.pk]),
        "returned": reverse("admin:desk_submission_change", args=[returned.pk]),
        "draft": reverse("admin:desk_submission_change", args=[draft.pk]),
        "answer": f"{question_page}{question.pk}",
        "describe": reverse("admin:desk_submission_describe", args=[submission.pk]),
        "request changes": reverse("admin:desk_submission_request_changes", args=[submission.pk]),
        "compare": reverse("admin:desk_revision_change", args=[revision.pk]),
        "submit": f"{admin_url(Event, 'submit')}?entry={event.public_id}&entry={place.public_id}",
        "filtered": f"{admin_url(Event, 'changelist')}?decade=1990&standing=changed",
        "nothing found": f"{admin_url(Event, 'changelist')}?q=zzzz",
        **{
            f"work list: {name}": f"/desk/work/{name}/"
            for name in ("returned", "review", "overdue", "drafts", "gaps", "passages", "findings")
        },
        "two texts": _two_texts(full),
        "decide": _undecided(cast),
        "join": _joined(cast, client_of),
        "style": "/desk/style/",
    }
    assert SubmissionNote.objects.count() > 3
    assert Finding.objects.exists()
    pages = _first_of_each(others, client_of(cast.administrator)) | own
    return DeskWorld(full, event, submission.pk, pages)


def _first_of_each(addresses: dict[str, str], client: Client) -> dict[str, str]:
    """Addresses of the desk that are pages: not what leads on, or answers only to forms.

    Of what all types of entries share, the events' pages alone.
    """
    return {
        name: address
        for name, address in addresses.items()
        if name.startswith("admin:")
        and not (name.endswith(SHARED) and name.startswith(SHARED_BY))
        and _is_page(client.get(address))
    }


def _is_page(answer: Any) -> bool:
    return answer.status_code == HTTPStatus.OK and answer["Content-Type"].startswith("text/html")


def _two_texts(full: FullWorld) -> str:
    """What differs between two texts of the source, with citations that are lost and moved."""
    old = full.source.texts.latest()
    new = world.hold_text(full.source, f"One more block.\n\n{old.text.partition('.')[2]}")
    compare = reverse("admin:sources_source_compare", args=[full.source.pk])
    return f"{compare}?before={old.pk}&after={new.pk}"


def _undecided(cast: Cast) -> str:
    """An entry of which a correction was published that goes against unfinished changes."""
    event = world.event("The second day", by=cast.contributor)
    world.publish_all(event, by=cast.contributor, approved_by=cast.editor)
    document = world.document(event)
    world.change(event, by=cast.contributor, title="The second day, unfinished")
    correction = save_correction(
        event, document | {"title": "The day after"}, by=cast.contributor, reason="A wrong title."
    )
    approve_and_publish(correction, by=cast.editor, checksum=submission_checksum(correction))
    return admin_url(event, "decide")


def _joined(cast: Cast, client_of: Any) -> str:
    """What the administrator typed while the contributor saved the same entry."""
    event = world.event("The third day", by=cast.contributor)
    form = EntryForm(client_of(cast.administrator), event)
    form.set(summary="They met in the rain.", title="The third day by the lake", reason="Mine.")
    world.change(event, by=cast.contributor, summary="They met indoors.", editor_note="It rained.")
    address: str = form.send()["Location"]
    return address
