"""Submissions, what is in them, and notes on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from desk.models.working import Revision
from record.models import Change, Edition, Version


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

    @property
    def called(self) -> str:
        """In lists of the desk: without a title, how its reason begins. Letters say neither."""
        return self.title or Truncator(self.reason).chars(80)


class SubmissionItem(models.Model):
    """One entry of a submission: which revision, and what kind of change it is."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="items")
    public_id = models.CharField(max_length=16)
    type = models.CharField(max_length=16)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="items")
    change = models.CharField(max_length=16, choices=Change)
    is_open = models.BooleanField(default=True)
    is_correction = models.BooleanField(default=False)
    redacts = models.ManyToManyField(
        Version,
        related_name="+",
        help_text="Versions of the entry whose contents go when this is published.",
    )

    class Meta:
        ordering = ["type", "public_id"]
        indexes = [models.Index(fields=["public_id"], name="desk_item_entry")]
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


class Merger(models.Model):
    """What a submission that merges one entry into another was made from.

    ``taken`` names what the winner takes over, as ``desk.takeover`` calls it; ``bases`` the
    edition of the version that each document was made from, by public id.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="merger")
    loser = models.CharField(max_length=16)
    winner = models.CharField(max_length=16)
    taken = models.JSONField()
    bases = models.JSONField()

    def __str__(self) -> str:
        return f"{self.loser} into {self.winner}"


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
