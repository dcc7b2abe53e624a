"""The record: editions, versions and links, written once and read by everyone.

Only ``desk.publishing`` writes editions, versions and links. Checks are an append-only log
beside the documents.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import pgettext_lazy

from chronicle.fields import SortKeyField
from record.immutable import Immutable
from record.immutable import ImmutableQuerySet as ImmutableQuerySet
from record.immutable import RecordIsImmutable as RecordIsImmutable
from record.name_keys import NameKey as NameKey
from record.waiving import HoldsWaivers

LONGEST_SORT_KEY = 160


class EditionCounter(models.Model):
    """One row (id 1). Taking the next number locks it, which serialises publication."""

    value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.value)


class Edition(Immutable):
    """One atomic act of publication."""

    number = models.PositiveIntegerField(primary_key=True)
    published_at = models.DateTimeField()
    reason = models.TextField()
    by = models.CharField(max_length=40, help_text="Role of who published.")
    approved_by = models.CharField(max_length=40, help_text="Role of who approved.")
    four_eyes = models.BooleanField(help_text="Whether approver and authors were different people.")
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="record_edition_number_from_one"
            ),
            models.UniqueConstraint(fields=["checksum"], name="record_edition_checksum_unique"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"


class Change(models.TextChoices):
    """Kind of change: why a version stands where another stood."""

    NEW = "new", pgettext_lazy("kind of change", "New")
    CORRECTION = "correction", pgettext_lazy("kind of change", "Correction")
    CLARIFICATION = "clarification", pgettext_lazy("kind of change", "Clarification")
    NEW_EVIDENCE = "new evidence", pgettext_lazy("kind of change", "New evidence")
    WITHDRAWAL = "withdrawal", pgettext_lazy("kind of change", "Withdrawal")
    MERGE = "merge", pgettext_lazy("kind of change", "Merge")
    REDACTION = "redaction", pgettext_lazy("kind of change", "Redaction")


class State(models.TextChoices):
    """Whether a version is an entry to read, or the tombstone of one."""

    PUBLISHED = "published", pgettext_lazy("state of an entry", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an entry", "Withdrawn")
    MERGED = "merged", pgettext_lazy("state of an entry", "Merged")
    REDACTED = "redacted", pgettext_lazy("state of an entry", "Redacted")


# What lists of versions are sorted by, what their filters of dates and liveness ask, and what is
# counted beside them.
COVERED = [
    "sort_key",
    "public_id",
    "earliest",
    "latest",
    "edition",
    "superseded_in",
    "state",
    "contested",
]


class Version(Immutable):
    """What one edition says about one entry.

    ``checksum`` is the SHA-256 (hex) of ``salt`` followed by ``document``. ``earliest`` and
    ``latest`` are day numbers (``date.toordinal()``; sentinels in ``chronicle.dates``).
    Everything below ``checksum`` is derived from the document, for lists.
    """

    public_id = models.CharField(max_length=16)
    type = models.CharField(max_length=16)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="versions")
    superseded_in = models.ForeignKey(Edition, models.PROTECT, related_name="+", null=True)
    redacted_in = models.ForeignKey(Edition, models.PROTECT, related_name="+", null=True)
    change = models.CharField(max_length=16, choices=Change)
    state = models.CharField(max_length=16, choices=State, default=State.PUBLISHED)
    schema = models.PositiveSmallIntegerField()
    document = models.TextField()
    salt = models.CharField(max_length=32)
    checksum = models.CharField(max_length=64)
    label = models.TextField()
    slug = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    earliest = models.IntegerField(null=True)
    latest = models.IntegerField(null=True)
    sort_key = SortKeyField(max_length=LONGEST_SORT_KEY)
    contested = models.BooleanField(default=False)
    search_text = models.TextField()

    class Meta:
        ordering = ["sort_key", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id", "edition"], name="record_version_one_per_edition"
            ),
            models.UniqueConstraint(
                fields=["public_id"],
                condition=Q(superseded_in=None),
                name="record_version_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(superseded_in=None) | Q(superseded_in__gt=F("edition")),
                name="record_version_superseded_later",
            ),
            models.CheckConstraint(
                condition=Q(earliest=None, latest=None) | Q(earliest__lte=F("latest")),
                name="record_version_earliest_before_latest",
            ),
            models.CheckConstraint(
                condition=Q(redacted_in__isnull=False) | ~Q(salt=""),
                name="record_version_salted_unless_redacted",
            ),
        ]
        indexes = [
            # In the order of lists, so that a page ends where it is full, and with all that dates
            # and liveness are compared by, so that entries are counted in the index alone.
            models.Index(
                fields=["type", *COVERED],
                name="record_version_in_order",
            ),
            models.Index(
                fields=["type", "kind", *COVERED],
                name="record_version_kind_in_order",
            ),
            models.Index(fields=["type", "slug"], name="record_version_slug"),
            # Not of the edition itself, or SQLite takes it for lists by date as well.
            models.Index(
                "type", -F("edition"), "sort_key", "public_id", name="record_version_changed"
            ),
            models.Index(
                "change", -F("edition"), "sort_key", "public_id", name="record_version_corrected"
            ),
            # The changes feed, which goes on in the middle of an edition.
            models.Index(fields=["edition", "public_id"], name="record_version_in_editions"),
            # The same of one type, by its letter: by the type itself, SQLite would take it for
            # lists by date as well.
            models.Index(
                Left("public_id", 1), "edition", "public_id", name="record_version_of_type"
            ),
            # Of the few that hold a waiver, which their documents alone say.
            models.Index(
                "sort_key",
                "public_id",
                condition=Q(HoldsWaivers("document")),
                name="record_version_waiving",
            ),
        ]

    @property
    def went_in(self) -> Edition:
        """Of a tombstone, and of what was redacted since: the edition that took it, with why."""
        return self.redacted_in or self.edition

    def __str__(self) -> str:
        return f"{self.public_id} in edition {self.edition_id}"


class Link(Immutable):
    """A reference from a version to an entry (or to a part of one, then ``part`` is its key).

    Carries what the version's liveness and order are, so that one index walk serves lists.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="links")
    predicate = models.CharField(max_length=40)
    target = models.CharField(max_length=16)
    part = models.CharField(max_length=8, blank=True)
    type = models.CharField(max_length=16)
    public_id = models.CharField(max_length=16)
    sort_key = SortKeyField(max_length=LONGEST_SORT_KEY)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+", db_index=False)
    superseded_in = models.ForeignKey(Edition, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "predicate", "target", "part"], name="record_link_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["target", "predicate", "type", "sort_key", "public_id"],
                name="record_link_walk",
            ),
            # With all that counts over every entry of a type compare: those under each value of
            # a facet, and those that have any.
            models.Index(
                fields=["predicate", "type", "target", "version", "edition", "superseded_in"],
                name="record_link_facet",
            ),
            models.Index(
                fields=["predicate", "type", "version", "edition", "superseded_in"],
                name="record_link_having",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.predicate} {self.target}"


class Opening(Immutable):
    """How a passage begins that a version cites, so that a quotation finds what it may be of.

    ``words``: the first of the selector, as ``record.quotable`` takes them from the document.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="openings")
    citation = models.CharField(max_length=8)
    words = models.TextField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "citation"], name="record_opening_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.citation}"


class CheckState(models.TextChoices):
    EXACT = "exact", pgettext_lazy("what a check found", "Exact")
    AMBIGUOUS = "ambiguous", pgettext_lazy("what a check found", "Ambiguous")
    MISSING = "missing", pgettext_lazy("what a check found", "Missing")


class Check(Immutable):
    """One verification of one selector against one source text, on a day. Append-only."""

    public_id = models.CharField(max_length=16)
    citation = models.CharField(max_length=8)
    selector = models.CharField(max_length=64, help_text="SHA-256 of the canonical selector.")
    text = models.CharField(max_length=64, help_text="SHA-256 of the source text.")
    state = models.CharField(max_length=10, choices=CheckState)
    checked_on = models.DateField()
    known_from = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="The first edition whose data package has it; none: the first of all.",
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["public_id", "citation", "selector"], name="record_check_selector"
            ),
            # Of the few that found no passage, or several.
            models.Index(fields=["id"], condition=~Q(state="exact"), name="record_check_failing"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}/{self.citation}: {self.state} on {self.checked_on}"


class ShownText(Immutable):
    """A source's text that the public reads whole, once a version of the source has named it.

    ``headings`` may be marked anew: they are how it is shown, and no part of its digest.
    ``bare``: as ``record.verbatim`` has it, for quotations.
    """

    source = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, help_text="Of the text.")
    headings = models.JSONField(help_text="Numbers of the blocks that are section headings.")
    text = models.TextField()
    bare = models.TextField(null=True)  # noqa: DJ001 - few have any

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="record_showntext_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.sha256[:12]})"


class ShownPassage(Immutable):
    """A passage that a published citation cites, with the words around it, for the public to read.

    Keyed as checks are: by citation, its very selector, and the text that it was found in.
    """

    public_id = models.CharField(max_length=16)
    citation = models.CharField(max_length=8)
    selector = models.CharField(max_length=64, help_text="SHA-256 of the canonical selector.")
    source = models.CharField(max_length=16)
    text = models.CharField(max_length=64, help_text="SHA-256 of the source text.")
    block = models.PositiveIntegerField(help_text="Number of the block that it begins in.")
    before = models.TextField()
    passage = models.TextField()
    after = models.TextField()
    bare = models.TextField(null=True, help_text="Of all three, as of texts.")  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["public_id", "citation", "selector", "source", "text"],
                name="record_shownpassage_once",
            )
        ]
        indexes = [models.Index(fields=["source", "text"], name="record_shownpassage_source")]

    def __str__(self) -> str:
        return f"{self.public_id}/{self.citation} in {self.source}"
