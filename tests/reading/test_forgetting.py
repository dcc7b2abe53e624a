"""A redaction of a source reaches what was typed beside its text, and sent in vain."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from desk.drafts import SESSION_KEY
from desk.redaction import Then, redact
from record.models import Version
from sources.models import SourceText
from tests import world

pytestmark = pytest.mark.django_db

WORD = "hoatzinhead"


def kept() -> str:
    """What all sessions hold of forms that could not be taken."""
    return str([session.get_decoded().get(SESSION_KEY) for session in Session.objects.all()])


def test_redacted_source_takes_along_what_was_typed_and_said_of_its_text(cast, client_of):
    source = world.source("A report on hoatzins")
    world.publish_all(source, by=cast.contributor, approved_by=cast.editor)
    desk = client_of(cast.editor)
    address = reverse("admin:sources_sourcetext_add")
    text = {"source": source.slug, "text": f"A {WORD}."}
    marked = desk.post(address, text).context["form"].data["marked"]
    held = desk.post(address, {"source": source.slug, "marked": marked, "_keep": "1"})
    assert held.status_code == 302
    browser, addresses = Client(), (address, reverse("reading:passage", args=[source.public_id]))
    for page in addresses:
        form_of = desk.get(page, {"words": WORD}).context["form_of"]
        browser.post(page, text | {"form_of": form_of, "words": WORD})
    assert [page in kept() for page in addresses] == [True, True]
    assert LogEntry.objects.filter(object_repr__contains="hoatzins").count() == 1

    redact(
        source.public_id,
        editions=[Version.objects.get(public_id=source.public_id).edition_id],
        then=Then.TOMBSTONE,
        by=cast.chief_editor,
        reason="By law.",
        approved_by=cast.editor,
    )

    assert SourceText.objects.count() == 0
    assert WORD not in kept()
    assert LogEntry.objects.filter(object_repr__contains="hoatzins").count() == 0
