"""What integrity checks have found, and which entries it is about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length


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
