"""What a declaration calls its fields, their choices and its rows.

``words``: by the name of a field, and ``one``: what a row of it is. Other fields have the words of
`record.field_words`.
"""

from collections.abc import Mapping
from typing import Any

from chronicle.kept_words import kept_words
from chronicle.languages import of_now
from record.differences import fields_of
from record.field_words import field_words


def label_of(serializer: Any, name: str) -> str:
    """What a field of a declaration is called."""
    return str(labels_of(serializer, of_now()).get(name) or field_words(name))


# Said of each row of a file, and looked up in a catalogue each time unless it is kept.


@kept_words
def labels_of(serializer: Any, language: str) -> Mapping[str, str]:
    words: Mapping[str, object] = getattr(serializer, "words", {})
    names = {*fields_of(serializer), *words}
    return {name: str(words.get(name) or field_words(name)) for name in names}


@kept_words
def choices_of(field: Any, language: str) -> Mapping[str, str]:
    return {value: str(label) for value, label in field.choices.items()}


@kept_words
def one_of(child: Any, language: str) -> str:
    """What a row of a list is, where its declaration says so."""
    return str(getattr(child, "one", ""))
