"""A desk that does one thing after another, at random, through the real doors."""

import random
from typing import Any, NamedTuple

from desk.merging import request_merger
from desk.publishing import approve_and_publish, withdraw
from desk.redaction import Then, redact
from desk.submissions import submission_checksum
from record.reading import Record
from tests import world


class Gone(NamedTuple):
    public_id: str
    slug: str
    redacted_in: int


class Desk:
    """Does one random thing after another; what it does stops after each edition.

    ``gone``: what was redacted, by the edition in which it stood.
    """

    def __init__(self, full: Any, cast: Any, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.cast, self.full, self.number = cast, full, 0
        self.people = {"by": cast.contributor, "approved_by": cast.editor}
        self.chief = {"by": cast.chief_editor, "reason": "For a reason."}
        self.gone = {}
        self.events = [self.event()]

    def event(self):
        self.number += 1
        actor = world.actor(f"Actor {self.number}", by=self.cast.contributor)
        event = world.event(
            f"A meeting at lake {self.number}",
            date=f"{1990 + self.number}-05",
            place=self.full.place,
            participants=[world.participant(actor, by=self.cast.contributor)],
            desk_note="xqznote",
            by=self.cast.contributor,
        )
        world.publish_all(event, **self.people)
        return event

    def change(self, entry, **fields):
        world.change(entry, by=self.cast.contributor, **fields)
        world.publish_only(entry, **self.people)

    def publish(self):
        self.events.append(self.event())
        yield

    def correct(self):
        self.number += 1
        title, slug = f"Talks by lake {self.number}", f"slug-{self.number}"
        self.change(self.random.choice(self.events), title=title, slug=slug)
        yield

    def rename(self):
        self.number += 1
        self.change(self.full.event.kind, labels=[{"label": f"Round {self.number}"}])
        yield

    def withdraw(self):
        event = self.event()
        yield
        withdraw([event.public_id], approved_by=self.cast.editor, **self.chief)
        yield

    def merge(self):
        one, other = self.event(), self.event()
        yield
        loser, winner = (each.participants.get().actor.public_id for each in (one, other))
        submission = request_merger(loser, winner, **self.chief)
        checksum = submission_checksum(submission)
        approve_and_publish(submission, by=self.cast.editor, checksum=checksum)
        yield

    def redact(self):
        """What an event said second; of what it says then, another version may stand."""
        event = self.event()
        self.change(event, title="A secret xqzgone at the lake")
        edition = Record.current().number
        yield
        then = self.random.choice([Then.STANDING, Then.TOMBSTONE])
        if then == Then.STANDING:
            self.change(event, title="What may be said of the lake")
            yield
        of = {"editions": [edition], "then": then, "approved_by": self.cast.editor}
        redacted_in = redact(event.public_id, **of, **self.chief).number
        self.gone[edition] = Gone(event.public_id, event.slug, redacted_in)
        yield
