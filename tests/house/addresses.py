"""Every address that the site answers, with something to show at each."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from desk.models import Finding, Revision, Submission
from desk.notes import add_note
from desk.previewing import share
from desk.roles import EDITOR
from exchange.formats import write_file
from exchange.models import ImportedFile, keep_file
from letters.writing import send
from record.models import Version
from sources.models import SelectorChange
from tests import world
from tests.conftest import member
from tests.examples import FullWorld
from tokens.models import Token


def patterns() -> Iterator[tuple[str, set[str]]]:
    """Each pattern by its name, or its route where it has none, and what its address takes."""
    yield from _walk(get_resolver(), "", "", set())


def _walk(
    resolver: URLResolver, route: str, namespace: str, taken: set[str]
) -> Iterator[tuple[str, set[str]]]:
    for found in resolver.url_patterns:
        whole = route + str(found.pattern)
        takes = taken | set(found.pattern.regex.groupindex)
        if isinstance(found, URLResolver):
            inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
            yield from _walk(found, whole, inner, takes)
        else:
            yield f"{namespace}{found.name}" if found.name else whole, takes


def _queued(full: FullWorld) -> SelectorChange:
    """A passage of the event that waits to be looked at."""
    return SelectorChange.objects.create(
        source=full.source,
        public_id=full.event.public_id,
        citation="c1",
        was="exact",
        now="missing",
        text="0" * 64,
        is_public=True,
        found_at=timezone.now(),
    )


def _uploaded(full: FullWorld, owner: User) -> ImportedFile:
    """A file that changes the event, on its way in."""
    tables = {"events": [["id", "summary"], [full.event.public_id, "Another summary."]]}
    data = write_file(tables, "csv")
    return keep_file(owner=owner, name="events.zip", data=data, of_another_desk=False, choices={})


def _token(issued_by: User) -> Token:
    return Token.objects.create(name="A mirror", limit=5, digest="0" * 64, issued_by=issued_by)


class Addresses:
    """Addresses by the names of their patterns; for each there is something to show."""

    def __init__(self, full: FullWorld, contributor: User) -> None:
        self.full = full
        self.entries = {entry._meta.model_name: entry for entry in full.entries}
        draft = world.event("A draft under review", by=contributor)
        self.submission = world.submitted(draft, by=contributor)
        self.note = add_note(self.submission, by=contributor, text="A note under review.")
        revision = Revision.objects.get(public_id=draft.public_id)
        sharer = member(EDITOR, "who-shares-a-preview")
        _, self.secret = share(revision, by=sharer, reader="An expert", days=1)
        version = Version.objects.get(public_id=full.event.public_id, superseded_in=None)
        letter, self.letter_secret = send(version, "date", text="It is wrong.", source="A report.")
        email = EmailAddress.objects.create(user=contributor, email="contributor@example.org")
        codes = RecoveryCodes.activate(contributor)
        samples: list[Any] = [
            *full.entries,
            full.source.texts.first(),  # type: ignore[attr-defined]
            _queued(full),
            _uploaded(full, contributor),
            letter,
            _token(contributor),
            full.actor.offices.get(),  # type: ignore[attr-defined]
            full.actor.tenures.first(),  # type: ignore[attr-defined]
            full.proposal.provisions.first(),  # type: ignore[attr-defined]
            Submission.objects.get(pk=self.submission.pk),
            Revision.objects.get(public_id=draft.public_id),
            contributor,
            contributor.groups.get(),
            email,
            codes.instance,
        ]
        self.sample = {type(sample): sample for sample in samples}

    def all(self) -> dict[str, str]:
        return {name: self._address(name, takes) for name, takes in patterns()}

    def _address(self, name: str, takes: set[str]) -> str:
        values = {
            "number": 1,
            "edition": 1,
            "pk": 1,
            "app_label": "events",
            "uidb36": "1",
            "rest": "nothing",
            "secret": self.secret,
            "url": "nothing",
            "worklist": "changes",
            "plural": "events",
            "form": "csv",
            "file": "md",
            "section": "events",
            "ending": "bib",
            "public_id": self.full.event.public_id,
            "facts": Finding.objects.filter(public_id=self.full.event.public_id)[0].pk,
            "content_type_id": ContentType.objects.get_for_model(type(self.full.event)).pk,
        }
        if name == "admin:view_on_site":
            values["object_id"] = self.full.event.pk
        elif name == "letters:letter":
            values["secret"] = self.letter_secret
        elif name.endswith(":office_holders"):
            office = self.full.actor.tenures.first().office  # type: ignore[attr-defined]
            key = office.key if name.startswith("actors:") else office.entry.public_id
            values |= {"slug": office.entry.slug, "key": key, "office": office.key}
        elif name.startswith("api:citation_"):
            values |= {"entry": self.full.event.public_id, "key": "c1"}
        elif name.startswith("reading:"):
            values["public_id"] = self.full.source.public_id
        elif name.startswith(("admin:", "desk/")):
            values |= self._object_of(name)
        elif entry := self.entries.get(name.partition(":")[2].partition("_")[0]):
            key = "c1" if name.endswith("_citation") else entry.public_id
            values |= {"slug": entry.slug, "key": key}
        else:
            values["key"] = "nonsense"
        given = {key: value for key, value in values.items() if key in takes}
        if "/" not in name:
            return reverse(name, kwargs=given)
        address = f"/{name}"
        for key, value in given.items():
            address = address.replace(f"<path:{key}>", str(value))
        return {
            r"api/v1/^(?P<rest>[\s\S]+)/$": "/api/v1/nothing/",
            "desk/(?P<url>.*)$": "/desk/nothing/",
            "^account/password/reset/": "/account/password/reset/",
        }.get(name, address)

    def _object_of(self, name: str) -> dict[str, Any]:
        """From ``admin:events_event_change`` or ``desk/events/event/<path:object_id>/``."""
        for model, sample in self.sample.items():
            label, model_name = model._meta.app_label, model._meta.model_name
            if f"{label}_{model_name}_" in name or f"/{label}/{model_name}/" in name:
                return {"object_id": sample.pk, "id": sample.pk, "note_id": self.note.pk}
        assert not any(f"_{model._meta.model_name}_" in name for model in apps.get_models()), (
            f"There is no sample for {name}."
        )
        return {}
