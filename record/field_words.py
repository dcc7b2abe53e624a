"""What fields of documents are called, where their declaration says nothing else (``words``)."""

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from chronicle.kept_words import gettext

# Translators: names of fields as they stand before a colon, or by themselves in a list.
FIELD_WORDS: Mapping[str, object] = {
    "accessed_on": pgettext_lazy("field", "accessed on"),
    "actor": pgettext_lazy("field", "actor"),
    "approximate": pgettext_lazy("field", "approximate"),
    "archived_on": pgettext_lazy("field", "archived on"),
    "authors": pgettext_lazy("field", "authors"),
    "blocks": pgettext_lazy("field", "blocks"),
    "citations": pgettext_lazy("field", "citations"),
    "claim": pgettext_lazy("field", "claim"),
    # Translators: the journal, site or collection that a source stands in.
    "container": pgettext_lazy("field", "container"),
    "coordinates": pgettext_lazy("field", "coordinates"),
    "date": pgettext_lazy("field", "date"),
    "definition": pgettext_lazy("field", "definition"),
    "description": pgettext_lazy("field", "description"),
    # Translators: a note by the editors of this site, for readers.
    "editor_note": pgettext_lazy("field", "editor note"),
    # Translators: closing words of a passage.
    "end": pgettext_lazy("field", "end"),
    "event": pgettext_lazy("field", "event"),
    # Translators: family name.
    "family": pgettext_lazy("field", "family"),
    # Translators: which earlier events this one follows.
    "follows": pgettext_lazy("field", "follows"),
    # Translators: given name.
    "given": pgettext_lazy("field", "given"),
    "id": pgettext_lazy("field", "id"),
    "identifiers": pgettext_lazy("field", "identifiers"),
    "key": pgettext_lazy("field", "key"),
    "kind": pgettext_lazy("field", "kind"),
    "label": pgettext_lazy("field", "label"),
    "labels": pgettext_lazy("field", "labels"),
    "language": pgettext_lazy("field", "language"),
    "latitude": pgettext_lazy("field", "latitude"),
    # Translators: what provisions have come from earlier proposals.
    "lineage": pgettext_lazy("field", "lineage"),
    "longitude": pgettext_lazy("field", "longitude"),
    "names": pgettext_lazy("field", "names"),
    "note": pgettext_lazy("field", "note"),
    "office": pgettext_lazy("field", "office"),
    "offices": pgettext_lazy("field", "offices"),
    # Translators: the place of a term among others.
    "order": pgettext_lazy("field", "order"),
    "organisation": pgettext_lazy("field", "organisation"),
    "outcome": pgettext_lazy("field", "outcome"),
    "page": pgettext_lazy("field", "page"),
    # Translators: what a place or an event is part of.
    "part_of": pgettext_lazy("field", "part of"),
    "participants": pgettext_lazy("field", "participants"),
    "place": pgettext_lazy("field", "place"),
    # Translators: who speaks in a source, and from where.
    "point_of_view": pgettext_lazy("field", "point of view"),
    # Translators: what coordinates are the spot of.
    "precision": pgettext_lazy("field", "precision"),
    # Translators: whether a name is the one that pages show.
    "preferred": pgettext_lazy("field", "preferred"),
    # Translators: words before a passage.
    "prefix": pgettext_lazy("field", "prefix"),
    "provision": pgettext_lazy("field", "provision"),
    "provisions": pgettext_lazy("field", "provisions"),
    # Translators: when a source was published.
    "published": pgettext_lazy("field", "published"),
    "publisher": pgettext_lazy("field", "publisher"),
    "quantities": pgettext_lazy("field", "quantities"),
    "reason": pgettext_lazy("field", "reason"),
    # Translators: the id of a row in a data set.
    "record": pgettext_lazy("field", "record"),
    "relations": pgettext_lazy("field", "relations"),
    "responses": pgettext_lazy("field", "responses"),
    # Translators: whether a term is no longer used for new entries.
    "retired": pgettext_lazy("field", "retired"),
    # Translators: licence of a source, or who holds its rights.
    "rights": pgettext_lazy("field", "rights"),
    "role": pgettext_lazy("field", "role"),
    # Translators: of an identifier: DOI, ISBN …
    "scheme": pgettext_lazy("field", "scheme"),
    # Translators: of writing: Latin, Cyrillic …
    "script": pgettext_lazy("field", "script"),
    "section": pgettext_lazy("field", "section"),
    # Translators: whether an office is held by one person at a time.
    "single_holder": pgettext_lazy("field", "single holder"),
    # Translators: the name of an entry in its address.
    "slug": pgettext_lazy("field", "slug"),
    "source": pgettext_lazy("field", "source"),
    "stance": pgettext_lazy("field", "stance"),
    # Translators: opening words of a passage.
    "start": pgettext_lazy("field", "start"),
    "state": pgettext_lazy("field", "state"),
    "subjects": pgettext_lazy("field", "subjects"),
    # Translators: words after a passage.
    "suffix": pgettext_lazy("field", "suffix"),
    "summary": pgettext_lazy("field", "summary"),
    "tenures": pgettext_lazy("field", "tenures"),
    # Translators: of a name: how it is written.
    "text": pgettext_lazy("field", "text"),
    "timecode": pgettext_lazy("field", "timecode"),
    "title": pgettext_lazy("field", "title"),
    # Translators: whom a relation leads to.
    "to": pgettext_lazy("field", "to"),
    "topic": pgettext_lazy("field", "topic"),
    "type": pgettext_lazy("field", "type"),
    # Translators: of what a quantity is counted in.
    "unit": pgettext_lazy("field", "unit"),
    # Translators: how a name of a place is used.
    "usage": pgettext_lazy("field", "usage"),
    "value": pgettext_lazy("field", "value"),
    "vocabulary": pgettext_lazy("field", "vocabulary"),
    "waivers": pgettext_lazy("field", "waivers"),
    # Translators: what a quantity counts.
    "what": pgettext_lazy("field", "what"),
}


def field_words(name: str) -> str:
    """The field in words; its own name of one that nothing declares."""
    return str(FIELD_WORDS.get(name) or name.replace("_", " "))


def labelled(label: object, text: object) -> str:
    """``label: text``, as the language sets a colon."""
    # Translators: a name and what it is the name of: “role: mediator”, “citation 3: supports”.
    return gettext("%(label)s: %(text)s") % {"label": label, "text": text}


def yes_or_no(value: bool) -> str:
    return gettext("yes") if value else gettext("no")
