"""Letting the public read of a source's text what its rights allow."""

from collections.abc import Sequence

from desk.types import Evidence, Problem
from record.types import Document
from sources.models import SourceText, TextShown


def text_let(document: Document) -> str:
    """SHA-256 of the text that a source's document lets the public read of; else empty.

    Submissions may hold documents of schema 1, which name no text.
    """
    if document["text_shown"] == TextShown.NOTHING:
        return ""
    return document.get("text_sha256") or ""


def texts_held(documents: Sequence[Document]) -> Evidence:
    """That the desk holds each text that is to be shown. One query, or none."""
    let = {document["id"]: text_let(document) for document in documents}
    if not any(let.values()):
        return Evidence()
    held = set(
        SourceText.objects.filter(
            source__public_id__in=let, sha256__in=set(let.values()) - {""}
        ).values_list("source__public_id", "sha256")
    )
    found = Evidence()
    for public_id, text in let.items():
        if text and (public_id, text) not in held:
            message = f"{public_id}: the text that the public would read of is not at the desk."
            found.problems.append(Problem(public_id, "text_sha256", message))
    return found
