"""Links by which somebody outside reads a revision, and what they wrote about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from desk.models.working import Revision


class PreviewLink(models.Model):
    """Leave for somebody without an account to read one revision, and to comment on it.

    The address holds a secret of 128 bits; here is its SHA-256 alone, so that nobody who reads
    the database, or a copy of it, has the address.
    """

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    secret = models.CharField(max_length=64, unique=True)
    reader = models.CharField("for whom", max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        permissions = [("share_preview", "Can let outsiders read an unpublished revision")]

    def __str__(self) -> str:
        return f"Link to {self.revision} for {self.reader}"


class PreviewComment(models.Model):
    """What somebody without an account wrote about a revision, reached by a link."""

    link = models.ForeignKey(PreviewLink, models.CASCADE, related_name="comments")
    name = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=5000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="desk_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} on {self.link}"
