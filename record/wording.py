"""Claims and values of a document in words: what a reader calls them, and what they say.

A declaration says itself what the rows of its lists are called (`record.labels` has its fields):
``known_by`` (the fields that tell one from the others), ``claim_fields`` (those that name claims),
``said`` (the whole in one phrase).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop
from rest_framework import serializers

from chronicle.dates import display
from chronicle.kept_words import gettext
from chronicle.languages import of_now
from chronicle.told import pieces, told, untold
from record.called import foreign
from record.date_words import date_in_words
from record.differences import EMPTY, by_identity, declared, fields_of, lists_of
from record.field_words import field_words, labelled, yes_or_no
from record.labels import choices_of, label_of, labels_of, one_of
from record.types import Document, Target, type_named

LONGEST_NAME = 60  # letters by which a row is told from others
# Translators: among what a citation speaks to: “the entry itself”, “date”, “place”.
EVERYTHING = gettext_noop("the entry itself")


@dataclass(frozen=True)
class Said:
    """A value in words: as text, or for a row its members, each with its label."""

    text: str = ""
    members: Sequence[tuple[str, str]] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.members)

    @property
    def in_a_line(self) -> str:
        return self.text or "; ".join(labelled(label, text) for label, text in self.members)


class Wording:
    """The words of one type's documents. ``documents``: where the parts that are named stand,
    the newest first. ``names``: by public id, and by ``A7/p4`` for parts of other entries.
    ``language``: that of the entry's texts, if lines are to carry it (`chronicle.told`)."""

    def __init__(
        self,
        type_name: str,
        documents: Iterable[Document | None],
        names: Mapping[str, str],
        *,
        language: str = "",
    ) -> None:
        self.schema: Any = declared(type_named(type_name).declaration)
        self.fields = fields_of(self.schema)
        self.names = names
        self.language = language
        self.rows: dict[str, tuple[str, Document]] = {}
        for document in documents:
            self._take_rows(document or {})

    def _take_rows(self, document: Document) -> None:
        for name, child in lists_of(self.schema).items():
            for identity, row in by_identity(child, document.get(name, [])).items():
                self.rows.setdefault(f"{name} {identity}", (name, row))
                if "key" in row:
                    self.rows.setdefault(row["key"], (name, row))

    # What things are called

    def where(self, path: Sequence[str]) -> str:
        """``date``, ``participants``, ``participant p2 (An envoy): role``."""
        first, *rest = path
        if not rest:
            return label_of(self.schema, first)
        words = self.row(f"{first} {rest[0]}")
        if len(rest) == 1:
            return words
        return labelled(words, self.member(path))

    def member(self, path: Sequence[str]) -> str:
        """Of a field of a row its own name alone."""
        return label_of(self.fields[path[0]].child, path[2])

    def claim(self, claim: str) -> str:
        """The same of a claim: ``entry``, ``date``, ``p2``, ``p2.role``."""
        key, _, member = claim.partition(".")
        if claim == "entry":
            return gettext(EVERYTHING)
        if key not in self.rows:
            return label_of(self.schema, key) if key in self.fields else claim
        rows, _ = self.rows[key]
        return self.where([rows, key, *([member] if member else [])])

    def row(self, name: str) -> str:
        """``name``: a key (``p2``), or the list's name and what identifies the row within it."""
        if name not in self.rows:
            return name
        rows, row = self.rows[name]
        child = self.fields[rows].child
        one = one_of(child, of_now()) or field_words(rows)
        if "key" not in row:
            known = [self.value(fields_of(child)[each], row[each]) for each in child.identity]
            if set(child.identity) <= set(getattr(child, "claim_fields", ())):
                return one % {"claim": self.claim(row[child.identity[0]])}
            return " ".join([one, *known])
        known_by = self._known_by(child, row)
        if not known_by:
            return f"{one} {row['key']}"
        # Translators: a part of an entry, its key, and what tells it from others:
        # “participant p2 (An envoy)”.
        message = gettext("%(what)s %(key)s (%(known_by)s)")
        return message % {"what": one, "key": row["key"], "known_by": known_by}

    def short(self, key: str) -> str:
        """What tells the part of that key from others, without its key; may be empty."""
        if key not in self.rows:
            return ""
        rows, row = self.rows[key]
        return self._known_by(self.fields[rows].child, row)

    def _known_by(self, child: Any, row: Document) -> str:
        known: list[str] = []
        for name in getattr(child, "known_by", ()):
            if row[name] in EMPTY:
                continue
            said = self._bare(fields_of(child)[name], row[name], self._language(row))
            if said and not any(untold(said) in untold(other) for other in known):
                known.append(said)
        words = " ".join(", ".join(known).split())
        bare = untold(words)
        if len(bare) <= LONGEST_NAME:
            return words
        return f"{bare[:LONGEST_NAME].rsplit(' ', 1)[0]} …"

    def _bare(self, field: Any, value: Any, language: str) -> str:
        """Without the id of what is named, where it has a name."""
        if hasattr(field, "targets"):
            return self.names.get(value, str(value))
        return self.value(field, value, language)

    def _language(self, row: Document) -> str:
        """Of the texts of a row, where that is to be told."""
        return foreign(row.get("language") or self.language) if self.language else ""

    def _language_quoted(self, row: Document) -> str:
        """Of what a citation takes from its source: that of the source's name."""
        return next((language for _, language in pieces(self.names.get(row["source"], ""))), "")

    # What they say

    def said(self, path: Sequence[str], value: Any) -> Said:
        """The value at ``path``; of a whole row its members."""
        if value in EMPTY:
            return Said()
        field: Any = self.fields.get(path[0])
        if field is None:  # the state of an entry that is gone
            return Said(str(value))
        if len(path) == 1:
            if isinstance(field, serializers.ListSerializer):  # the order of rows
                return Said("\n".join(self.row(f"{path[0]} {name}") for name in value))
            return Said(self.value(field, value, foreign(self.language)))
        if len(path) == 2:
            return self._whole_row(field.child, value)
        return Said(self._member(field.child, path[2], value, self.rows.get(path[1], ("", {}))[1]))

    def claimed(self, claim: str, document: Document) -> Said:
        """What the document says there; nothing for the entry itself."""
        key, _, member = claim.partition(".")
        if key in self.fields:
            return self.said([key], document.get(key))
        for name, child in lists_of(self.schema).items():
            row = by_identity(child, document.get(name, [])).get(key)
            if row is not None and "key" in row:
                path = [name, key, *([member] if member else [])]
                return self.said(path, row.get(member) if member else row)
        return Said()

    def _whole_row(self, child: Any, row: Document) -> Said:
        if hasattr(child, "said"):
            return Said(child.said(_told(child, row, self._language(row))))
        members = (
            (name, self._member(child, name, value, row))
            for name in fields_of(child)
            if (value := row.get(name)) not in EMPTY and name not in child.identity
        )
        labels = labels_of(child, of_now())
        return Said(members=[(labels[name], text) for name, text in members if text])

    def _member(self, child: Any, name: str, value: Any, row: Document) -> str:
        if value in EMPTY:
            return ""
        if name in getattr(child, "claim_fields", ()):
            claims = value if isinstance(value, list) else [value]
            return "\n".join(map(self.claim, claims))
        if name == "asserts":
            return self._asserted(value, row.get("claims", []))
        quotes = isinstance(value, dict) and "source" in row
        language = self._language_quoted(row) if quotes else self._language(row)
        return self.value(fields_of(child)[name], value, language)

    def _asserted(self, value: Any, claims: Sequence[str]) -> str:
        """What a citation has instead, in the words of the claim that it disputes."""
        field = self._field_of(claims[0]) if len(claims) == 1 else None
        if isinstance(field, serializers.Serializer) and isinstance(value, dict):
            said = self._whole_row(field, value) if hasattr(field, "identity") else None
            if said is not None:
                return said.in_a_line
        return self.value(field, value, foreign(self.language))

    def _field_of(self, claim: str) -> Any:
        key, _, member = claim.partition(".")
        if key in self.rows:
            child = self.fields[self.rows[key][0]].child
            return fields_of(child).get(member) if member else child
        return self.fields.get(key)

    def is_text(self, path: Sequence[str]) -> bool:
        """Whether words are said there, and not an id, a key or a choice."""
        field: Any = self.fields.get(path[0])
        if len(path) == 3 and field is not None:
            field = fields_of(field.child)[path[2]]
        elif len(path) != 1:
            return False
        return isinstance(field, serializers.CharField) and not hasattr(field, "targets")

    def language_at(self, path: Sequence[str]) -> str:
        """Of the text there, where that is to be told: a name may have one of its own."""
        row = self.rows.get(path[1], ("", {}))[1] if len(path) == 3 else {}
        return self._language(row) if self.is_text(path) else ""

    def value(self, field: Any, value: Any, language: str = "") -> str:
        """One value as text; ``field`` (``None``: not known) tells ids and choices from words.
        ``language``: that of words, where it is to be told."""
        match value:
            case None | "" | []:
                return ""
            case bool():
                return yes_or_no(value)
            case list():
                inner = getattr(field, "child", field)
                return ", ".join(self.value(inner, item, language) for item in value)
            case {"edtf": str()}:
                return date_in_words(value)
            case dict():
                return self._nested(field, value, language)
            case str() if hasattr(field, "targets"):
                return f"{self.names[value]} ({value})" if value in self.names else value
            case str() if hasattr(field, "part"):
                return self.row(value)
            case str() if isinstance(field, serializers.DateField):
                return display(value)
            case str() if hasattr(field, "choices"):
                return str(choices_of(field, of_now()).get(value, value))
        return told(str(value), language if _is_words(field) else "")

    def _nested(self, field: Any, value: Mapping[str, Any], language: str) -> str:
        if hasattr(field, "said"):
            text: str = field.said(_told(field, value, language))
            return text
        fields = fields_of(field)
        members = (
            (name, self.value(fields.get(name), inner, language)) for name, inner in value.items()
        )
        return "; ".join(labelled(label_of(field, name), text) for name, text in members if text)


def call_parts(
    parts: Iterable[Target],
    opened: Mapping[str, Document],
    names: dict[str, str],
    *,
    tells: bool = False,
) -> None:
    """Put into ``names`` what parts of others are called: ``A7/p4``, with the name of their entry.

    ``opened``: documents by id, ``names`` of what is referred to in them among others. ``tells``:
    with their language.
    """
    for target in parts:
        if target.id in opened:
            document = opened[target.id]
            language = document["language"] if tells else ""
            words = Wording(document["type"], [document], names, language=language)
            called = words.short(target.part)
            names[f"{target.id}/{target.part}"] = ", ".join(
                filter(None, [names[target.id], called])
            )


def _told(serializer: Any, values: Mapping[str, Any], language: str) -> Document:
    """The values of a row, its words with their language."""
    fields = fields_of(serializer)

    def is_words(name: str) -> bool:
        return isinstance(values[name], str) and _is_words(fields.get(name))

    return {
        name: told(value, language) if is_words(name) else value for name, value in values.items()
    }


def _is_words(field: Any) -> bool:
    """And not a key or a code, which is of no language."""
    wordless = hasattr(field, "wordless") or isinstance(field, serializers.RegexField)
    return isinstance(field, serializers.CharField) and not wordless
