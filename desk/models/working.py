"""Counters, revisions and working copies."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length


class Counter(models.Model):
    """The last number given out under a name: ``E`` for entries, ``E14/p`` for parts."""

    name = models.CharField(max_length=24, primary_key=True)
    value = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class KeptBeside(models.TextChoices):
    WORKING_COPY = "working copy"
    CORRECTION = "correction"


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
    kept_beside = models.CharField(
        max_length=16,
        blank=True,
        choices=KeptBeside.choices,
        help_text="What somebody else had saved meanwhile, so that this waits to be joined to it.",
    )

    class Meta:
        ordering = ["public_id", "-number"]
        indexes = [models.Index(fields=["saved_at", "id"], name="desk_revision_saved")]
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
    merged_into = models.CharField(
        max_length=16, blank=True, help_text="Where the entry went; it is edited no more."
    )

    class Meta:
        verbose_name_plural = "working copies"
        indexes = [
            models.Index(fields=["type", "changed"], name="desk_workingcopy_changed"),
            models.Index(fields=["type", "gaps"], name="desk_workingcopy_gaps"),
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
