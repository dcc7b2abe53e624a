"""What was typed beside a source's text, when the source is redacted."""

from typing import Any

from django.urls import reverse

from desk import drafts
from sources.models import Source


def forget_typed(public_id: str, **_: Any) -> None:
    """Sent when an entry is redacted: words of the text that were sent and not kept go."""
    if public_id.startswith(Source.letter):
        drafts.forget_everywhere([reverse("reading:room", args=[public_id])], public_id)
