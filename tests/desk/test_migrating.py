"""Submissions that were made before they had a kind of change, and authors of their words."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from desk.models import Submission
from desk.withdrawal import request_withdrawal
from record.models import Change
from tests import world

BEFORE = ("desk", "0001_initial")


@pytest.mark.django_db(transaction=True)
def test_submissions_get_their_kind_of_change_and_who_worded_them(cast):
    term = world.term("Visit", by=cast.contributor)
    world.publish_only(term, by=cast.contributor, approved_by=cast.editor)
    new = world.submitted(world.term("Summit", by=cast.editor), by=cast.editor)
    world.change(term, by=cast.contributor, editor_note="More.")
    clearer = world.submitted(term, by=cast.contributor, kind=Change.CLARIFICATION)
    other = world.term("Talk", by=cast.contributor)
    world.publish_only(other, by=cast.contributor, approved_by=cast.editor)
    asked = request_withdrawal([other.public_id], by=cast.chief_editor, reason="No word.")

    MigrationExecutor(connection).migrate([BEFORE])
    call_command("migrate", verbosity=0)

    assert {
        submission.pk: (submission.change, [user.username for user in submission.worded_by.all()])
        for submission in Submission.objects.exclude(state="published")
    } == {
        new.pk: ("correction", ["editor"]),
        clearer.pk: ("clarification", ["contributor"]),
        asked.pk: ("withdrawal", ["chief-editor"]),
    }
