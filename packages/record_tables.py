"""The tables of the record itself: its editions, versions, entries, and checks of passages."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from packages.columns import columns_of
from packages.describing import Described
from packages.shapes import ENTRIES, ForeignKey, Table
from record.differences import declared
from record.models import Change, CheckState, State
from record.shapes import SHA256

Serializer = serializers.Serializer[Any]


class EditionRow(Serializer):
    """The editions, each of which vouches for all before it."""

    number = serializers.IntegerField(help_text="Counted from 1, without gaps.")
    published_at = serializers.DateTimeField(help_text="In UTC.")
    reason = serializers.CharField()
    by = serializers.CharField(help_text="Role of who published.")
    approved_by = serializers.CharField(help_text="Role of who approved.")
    four_eyes = serializers.BooleanField(
        help_text="Whether approver and authors were different people."
    )
    checksum = serializers.RegexField(SHA256, help_text="SHA-256, over all that it holds.")
    previous = serializers.RegexField(
        SHA256, allow_null=True, help_text="Checksum of the edition before."
    )


class EntryRow(Serializer):
    """Every entry that the record has or had, as it stands in this edition."""

    id = serializers.CharField(help_text="Permanent, and never given again.")
    entry_type = serializers.CharField(help_text="What it is.")
    state = serializers.ChoiceField(
        State.choices, help_text="Whether it is there to read, or what became of it."
    )
    label = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="What it is called."
    )
    slug = serializers.CharField(allow_null=True, help_text="Last part of its address.")
    merged_into = serializers.CharField(allow_null=True, help_text="Where a merged entry went.")
    earliest = serializers.DateField(allow_null=True, help_text="The first day of its date.")
    latest = serializers.DateField(allow_null=True, help_text="The last day of its date.")
    contested = serializers.BooleanField(help_text="Whether a source disputes a claim of it.")
    edition = serializers.IntegerField(help_text="The edition that says this of it.")


class VersionRow(Serializer):
    """What each edition said about entries, without the documents, which stand in
    `record/versions.jsonl`.
    """

    id = serializers.CharField(help_text="Of the entry.")
    edition = serializers.IntegerField(help_text="The edition that says it.")
    entry_type = serializers.CharField(help_text="What the entry is.")
    change = serializers.ChoiceField(Change.choices, help_text="Why it stands there.")
    state = serializers.ChoiceField(State.choices)
    schema = serializers.IntegerField(help_text="Of the document.")
    superseded_in = serializers.IntegerField(
        allow_null=True, help_text="The edition that says something else of the entry."
    )
    redacted_in = serializers.IntegerField(
        allow_null=True,
        help_text="The edition that took its document away, which may be a later one than this.",
    )
    checksum = serializers.RegexField(SHA256, help_text="SHA-256 of salt and document.")


class CheckRow(Serializer):
    """How each passage that is cited was found when it was last looked for, up to this edition."""

    entry = serializers.CharField(help_text="Id of the entry that cites it.")
    citation = serializers.CharField(help_text="Key of the citation.")
    state = serializers.ChoiceField(CheckState.choices)
    checked_on = serializers.DateField()
    text_sha256 = serializers.RegexField(
        SHA256, help_text="SHA-256 of the text that it was looked for in."
    )


def record_tables(*, before: bool) -> Sequence[Table]:
    """``before``: those that the tables of entries refer to; or those that refer to them."""
    if not before:
        cited = ForeignKey(("entry", "citation"), "citations", ("entry", "key"))
        return [_table("checks", CheckRow, ("entry", "citation"), cited)]
    edition, entry = ("editions", ("number",)), (ENTRIES, ("id",))
    return [
        _table("editions", EditionRow, ("number",)),
        _table(
            ENTRIES,
            EntryRow,
            ("id",),
            ForeignKey(("merged_into",), *entry),
            ForeignKey(("id", "edition"), "versions", ("id", "edition")),
        ),
        _table(
            "versions",
            VersionRow,
            ("id", "edition"),
            ForeignKey(("id",), *entry),
            ForeignKey(("edition",), *edition),
            ForeignKey(("superseded_in",), *edition),
        ),
    ]


def _table(
    name: str, row: type[Serializer], primary_key: tuple[str, ...], *keys: ForeignKey
) -> Table:
    words = " ".join(str(row.__doc__).replace("``", "`").split())
    return Table(
        name=name,
        description=words,
        columns=columns_of(declared(row), Described("", "", None), lambda values: values),
        primary_key=primary_key,
        foreign_keys=keys,
    )
