"""What the public sees of a term."""

from django.utils.translation import pgettext_lazy
from rest_framework import serializers

from chronicle.languages import of_now
from desk.documents import EntryDocument, PartDocument
from desk.references import targets_of
from desk.roles import CHIEF_EDITOR
from desk.types import DeskType
from desk.values import Code, Text
from record.called import called, main_part, rows_in
from record.folding import fold
from record.types import Document, EntryType, Facts
from vocabulary.models import Term, Vocabulary


class LabelDocument(PartDocument):
    needs_evidence = False
    one = pgettext_lazy("part of an entry", "label")
    known_by = ("label",)
    unique = ("language",)

    language = Code(required_text=True, max_length=12)
    label = Text(required_text=True, max_length=120)  # type: ignore[assignment]
    definition = Text()


class TermDocument(EntryDocument):
    """A term. Its claims need no evidence: definitions are the desk's own."""

    type_name = "term"
    must_have = ("labels",)
    never_merged_across = ("vocabulary",)

    vocabulary = serializers.ChoiceField(Vocabulary.choices)
    order = serializers.IntegerField(min_value=0, max_value=32767)
    retired = serializers.BooleanField()
    labels = LabelDocument(many=True)


def facts(document: Document) -> Facts:
    labels = document["labels"]
    own = [row for row in labels if row["language"] == document["language"]]
    label = (own or labels)[0]["label"]
    return Facts(
        label=label,
        sort_key=by_name(document, fold(label))[:160],
        kind=document["vocabulary"],
        names=tuple(row["label"] for row in labels),
        words=tuple(row["definition"] for row in labels if row["definition"]),
    )


def by_name(document: Document, key: str) -> str:
    return f"{document['vocabulary']} {document['order']:05d} {key}"


def name_in(document: Document, language: str) -> str:
    return next((row["label"] for row in rows_in(language, document["labels"])), "")


def label_shown(document: Document) -> Document:
    """The row of the label that stands for the term; of two alike, that of the page's language."""
    name = called(document).name
    rows = [row for row in document["labels"] if row["label"] == name]
    return next(iter(rows_in(main_part(of_now()), rows)), rows[0])


ENTRY_TYPE = EntryType(
    name="term",
    # Translators: a word of a vocabulary, with its definition.
    one=pgettext_lazy("type of entry", "term"),
    plural="terms",
    letter="T",
    schema=1,
    declaration=TermDocument,
    facts=facts,
    name_in=name_in,
    by_name=by_name,
    links=lambda document: targets_of(TermDocument, document),
)
DESK_TYPE = DeskType(model=Term, declaration=TermDocument, edited_by=CHIEF_EDITOR)
