"""Terms as pages show them: the codebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext

from chronicle.localised import language_name
from record.called import called, foreign
from record.pages import Reading
from record.referred import Referred
from record.rows import EntryRow, Value, fact
from record.types import Document
from vocabulary.document import label_shown
from vocabulary.uses import Uses, uses

VOCABULARIES = {
    "event kind": gettext_lazy("Kinds of events"),
    "proposal kind": gettext_lazy("Kinds of proposals"),
    "role": gettext_lazy("Roles of participants"),
    "relation": gettext_lazy("Relations between actors"),
    "topic": gettext_lazy("Topics of provisions"),
    "subject": gettext_lazy("Subjects"),
}


@dataclass(frozen=True)
class LabelRow:
    """``tag`` is the language's, where it is not the page's."""

    key: str
    label: str
    definition: str
    tag: str
    language: str


@dataclass(frozen=True, kw_only=True)
class TermDetail:
    vocabulary: str
    retired: bool
    definition: Value | None
    others: Sequence[LabelRow]
    uses: Uses


def row(document: Document, referred: Referred) -> EntryRow:
    title = called(document)
    others = [
        Value(part["label"], language=foreign(part["language"]))
        for part in document["labels"]
        if part["label"] != title.name
    ]
    return EntryRow(
        id=document["id"],
        type="term",
        url=referred.entry_page(document),
        title=title.name,
        title_language=title.language,
        language=foreign(label_shown(document)["language"]),
        kind=str(VOCABULARIES[document["vocabulary"]]),
        summary=label_shown(document)["definition"] or "",
        facts=[
            *fact(pgettext("fact: other names", "Also"), others),
            *fact(
                # Translators: of a term that is no longer used.
                pgettext("fact", "Retired"),
                [Value(gettext("kept for old entries only"))] if document["retired"] else [],
            ),
        ],
    )


def detail(reading: Reading) -> dict[str, Any]:
    document = reading.document
    term = TermDetail(
        vocabulary=str(VOCABULARIES[document["vocabulary"]]),
        retired=document["retired"],
        definition=_definition(document),
        others=[
            LabelRow(
                key=part["key"],
                label=part["label"],
                definition=part["definition"] or "",
                tag=foreign(part["language"]),
                language=language_name(part["language"]),
            )
            for part in document["labels"]
            if part["key"] != label_shown(document)["key"]
        ],
        uses=uses(reading.record, reading.version),
    )
    return {"entry": term}


def _definition(document: Document) -> Value | None:
    """In the language of the label that stands for the term."""
    shown = label_shown(document)
    if not shown["definition"]:
        return None
    return Value(shown["definition"], language=foreign(shown["language"]))
