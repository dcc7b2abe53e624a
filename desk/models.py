"""The desk's own tables: counters, revisions, working copies, submissions and notes on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from record.models import Change, Edition


class Counter(models.Model):
    """The last number given out under a name: ``E`` for entries, ``E14/p`` for parts."""

    name = models.CharField(max_length=24, primary_key=True)
    value = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Revision(models.Model):
    """The document of a working entry as of one save. Written once."""

    public_id = models.CharField(max_length=16)
    type = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    document = models.TextField()
    checksum = models.CharField(max_length=64, help_text="Unsalted; never leaves the desk.")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    starts_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Of a revision beside the working copy: the one that it changes.",
    )

    class Meta:
        ordering = ["public_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id", "number"], name="desk_revision_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} revision {self.number}"


class WorkingCopy(models.Model):
    """Where the working copy of one entry stands against the record; kept by ``desk.revisions``."""

    public_id = models.CharField(max_length=16, primary_key=True)
    type = models.CharField(max_length=16)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    published = models.ForeignKey(
        Revision,
        models.PROTECT,
        related_name="+",
        null=True,
        help_text="The revision whose document stands in the record.",
    )
    changed = models.BooleanField(default=True, help_text="Differs from what is published.")
    gaps = models.PositiveIntegerField(default=0, help_text="Claims that still need evidence.")
    conflicts = models.JSONField(
        default=list,
        help_text="Claims that a published correction has otherwise, to be decided on.",
    )

    class Meta:
        verbose_name_plural = "working copies"
        indexes = [
            models.Index(fields=["type", "changed"], name="desk_workingcopy_changed"),
            # For lists that are worked through, in the order of public ids as people count them.
            *(
                models.Index(
                    "type",
                    Length("public_id"),
                    "public_id",
                    condition=condition,
                    name=f"desk_workingcopy_{name}_list",
                )
                for name, condition in [("new", Q(changed=True)), ("gaps", Q(gaps__gt=0))]
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Finding(models.Model):
    """Something that an integrity check found; kept by ``desk.findings``.

    An editor who has looked into it can say that it is so, and why. What is found anew, because
    its facts have changed, is another finding.
    """

    facts = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of its facts.")
    check_name = models.CharField("check", max_length=40)
    public_id = models.CharField(max_length=16, help_text="The entry whose form mends it.")
    type = models.CharField(max_length=16)
    sentence = models.TextField()
    found_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_reason = models.TextField("why it is so", blank=True)

    class Meta:
        ordering = ["type", Length("public_id"), "public_id", "facts"]
        permissions = [("accept_finding", "Can say that a finding is so, and why")]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_by=None, accepted_at=None, accepted_reason="")
                | Q(accepted_by__isnull=False, accepted_at__isnull=False) & ~Q(accepted_reason=""),
                name="desk_finding_accepted_by_someone_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                "type",
                Length("public_id"),
                "public_id",
                "facts",
                condition=Q(accepted_at=None),
                name="desk_finding_open",
            ),
            models.Index(
                "check_name",
                "type",
                Length("public_id"),
                "public_id",
                "facts",
                condition=Q(accepted_at=None),
                name="desk_finding_open_of_a_check",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class FindingEntry(models.Model):
    """An entry that a finding is about: its form shows it."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="entries")
    public_id = models.CharField(max_length=16, db_index=True)

    class Meta:
        verbose_name_plural = "finding entries"
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "public_id"], name="desk_finding_entry_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class SubmissionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    CHANGES_REQUESTED = "changes requested", "Changes requested"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    # By whoever made it: not to be taken for an entry that was withdrawn.
    WITHDRAWN = "withdrawn", "Taken back"


OPEN_STATES = [
    SubmissionState.DRAFT,
    SubmissionState.SUBMITTED,
    SubmissionState.CHANGES_REQUESTED,
    SubmissionState.APPROVED,
]


class Submission(models.Model):
    """Revisions, one per entry, put up for review together."""

    title = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    state = models.CharField(
        max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT, db_index=True
    )
    change = models.CharField(
        "kind of change",
        max_length=16,
        choices=Change,
        default=Change.CORRECTION,
        help_text="Of entries that have been published before; the others are new.",
    )
    is_correction = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions"
    )
    worded_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text="Who wrote its reason or chose its kind of change: authors, for four eyes.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_checksum = models.CharField(max_length=64, blank=True)
    edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, blank=True, related_name="submission"
    )

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("submit_entry", "Can submit entries for review"),
            ("approve_submission", "Can approve and publish submissions"),
            ("waive_evidence", "Can waive the evidence of a claim"),
            ("withdraw_entry", "Can ask for the withdrawal of published entries"),
            ("merge_entry", "Can ask for the merger of published entries"),
            ("redact_version", "Can redact what has been published"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="desk_submission_says_why"),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.PUBLISHED, edition__isnull=False)
                | (~Q(state=SubmissionState.PUBLISHED) & Q(edition=None)),
                name="desk_submission_published_in_an_edition",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SubmissionState.APPROVED, SubmissionState.PUBLISHED])
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_checksum=""),
                name="desk_submission_approved_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Submission {self.pk}"


class SubmissionItem(models.Model):
    """One entry of a submission: which revision, and what kind of change it is."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="items")
    public_id = models.CharField(max_length=16)
    type = models.CharField(max_length=16)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="items")
    change = models.CharField(max_length=16, choices=Change)
    is_open = models.BooleanField(default=True)
    is_correction = models.BooleanField(default=False)

    class Meta:
        ordering = ["type", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "public_id"], name="desk_item_one_per_entry"
            ),
            models.UniqueConstraint(
                fields=["public_id", "is_correction"],
                condition=Q(is_open=True),
                name="desk_item_one_open_submission_and_correction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} in submission {self.submission_id}"


class SubmissionNote(models.Model):
    """What somebody says about a submission, an entry of it or one claim; or answers to that.

    An answer stands under the first note of its thread. A thread is open until it is resolved.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="notes")
    public_id = models.CharField(max_length=16, blank=True)
    claim = models.CharField(max_length=64, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="desk_note_says_something"),
            models.CheckConstraint(
                condition=Q(claim="") | ~Q(public_id=""), name="desk_note_on_a_claim_of_an_entry"
            ),
            models.CheckConstraint(
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False, parent=None),
                name="desk_note_resolved_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"Note {self.pk} on submission {self.submission_id}"
