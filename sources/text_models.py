"""What the desk holds of sources' texts: the texts, what is set aside, what a newer one lost."""

import hashlib
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q, Subquery, Value

from desk.bases import Tracked, normalised
from record.models import CheckState
from sources.fields import BlocksField
from sources.keeping import AT_THE_DESK
from sources.selectors import FoldedText


class SourceTextQuerySet(models.QuerySet["SourceText"]):
    def to_read(self) -> Self:
        """With what tells `SourceText.folded` whether a text has gone: ids are not used again."""
        every = SourceText.objects.order_by().values(all=Value(True))
        return self.annotate(
            texts_held=Subquery(every.annotate(number=Count("pk")).values("number")),
            last_held=Subquery(every.annotate(last=Max("pk")).values("last")),
        )


class SourceText(models.Model):
    """The desk's copy of a source's text, to check selectors against. Private; written once."""

    source = models.ForeignKey("sources.Source", models.CASCADE, related_name="texts")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False)
    headings = BlocksField(help_text="Numbers of the blocks that are section headings.")
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = SourceTextQuerySet.as_manager()
    texts_held: int  # of those asked for with ``to_read``
    last_held: int

    class Meta:
        ordering = ["source", "-loaded_at", "-pk"]
        get_latest_by = ["loaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="sources_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.sha256[:12]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = normalised(self.text)
        self.sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        super().save(*args, **kwargs)

    def folded(self) -> FoldedText:
        """Kept by this process, of rows that were asked for with ``to_read``."""
        standing = (self.texts_held, self.last_held)
        return AT_THE_DESK.folded(self.sha256, tuple(self.headings), self.text, standing=standing)


class SetAside(Tracked):
    """A block of a source's text, or a passage of it, that nothing is claimed from, and why.

    The desk's own book-keeping of what has been read (``sources.coverage``); in no document.
    """

    entry = models.ForeignKey("sources.Source", models.CASCADE, related_name="set_aside")
    block = models.PositiveIntegerField(help_text="Number of the block, from 1.")
    start = models.CharField(
        "opening words",
        max_length=300,
        blank=True,
        help_text="Of the passage; left empty, the whole block.",
    )
    end = models.CharField("closing words", max_length=300, blank=True)
    reason = models.TextField(help_text="Why nothing is claimed from it.")

    class Meta:
        verbose_name = verbose_name_plural = "set aside"
        ordering = ["block", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "block", "start", "end"], name="sources_set_aside_once"
            ),
            models.CheckConstraint(
                condition=Q(block__gte=1), name="sources_set_aside_block_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(start="") | Q(end=""),
                name="sources_set_aside_selector_starts",
                violation_error_message="Closing words need opening words.",
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.block}" + (f" from “{self.start}”" if self.start else "")


class SelectorChange(models.Model):
    """A citation whose passage a newer text of its source no longer gives as it was.

    Kept by ``sources.queue``: one row a citation. Done once the passage is found again
    (``settled_at``) or somebody has said why it can stay (``seen_at``).
    """

    source = models.ForeignKey("sources.Source", models.CASCADE, related_name="+")
    public_id = models.CharField("entry", max_length=16)
    citation = models.CharField(max_length=8)
    was = models.CharField(max_length=10, help_text="A state of checks, or unchecked.")
    now = models.CharField(max_length=10, choices=CheckState)
    text = models.CharField(max_length=64, help_text="SHA-256 of the source text.")
    is_public = models.BooleanField("published", help_text="Whether the public reads it so.")
    found_at = models.DateTimeField("found")
    settled_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seen_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "selector to look at"
        verbose_name_plural = "selectors to look at"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id", "citation"], name="sources_selectorchange_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(settled_at=None, seen_at=None),
                name="sources_selectorchange_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_id}/{self.citation}"
