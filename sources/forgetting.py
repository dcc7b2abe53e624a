"""What the desk holds about texts of a source beside them, when the source is redacted."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.urls import reverse

from desk import drafts
from sources.models import Source, SourceText


def forget_texts(public_id: str, **_: Any) -> None:
    """Sent when an entry is redacted. Lines of the log about texts that are gone lose the title;
    any text that was typed and not kept goes, since nothing tells for sure which source it is of.
    """
    if not public_id.startswith(Source.letter):
        return
    held = SourceText.objects.annotate(name=Cast("pk", CharField())).values("name")
    content_type = ContentType.objects.get_for_model(SourceText)
    gone = LogEntry.objects.filter(content_type=content_type).exclude(object_id__in=held)
    gone.update(object_repr="", change_message="")
    drafts.forget_everywhere([reverse("admin:sources_sourcetext_add")], public_id)
