"""What readers without an account write about a claim, and what the desk answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from desk.models import Submission

LONGEST_TEXT, LONGEST_SOURCE = 5000, 1000


class State(models.TextChoices):
    RECEIVED = "received", "Received"
    TAKEN_UP = "taken up", "Taken up"
    DECLINED = "declined", "Not taken up"


class Letter(models.Model):
    """A suggestion to correct one claim, as it stood in one edition.

    Of who wrote it, nothing is kept: they follow it by an address with a secret of 128 bits, of
    which the SHA-256 alone is here. ``submission`` is where it was taken up.
    """

    public_id = models.CharField("entry", max_length=16)
    claim = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(help_text="In which it stood so.")
    text = models.TextField("what is wrong", max_length=LONGEST_TEXT)
    source = models.TextField("where it can be checked", max_length=LONGEST_SOURCE)
    secret = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)
    submission = models.ForeignKey(Submission, models.SET_NULL, related_name="letters", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(source=""), name="letters_letter_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED, answered_at=None, answer="")
                | ~Q(state=State.RECEIVED) & Q(answered_at__isnull=False) & ~Q(answer=""),
                name="letters_letter_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="letters_letter_state")]

    def __str__(self) -> str:
        return f"Letter {self.pk} on {self.public_id}"

    @property
    def published_in(self) -> int | None:
        """The edition that came of it, if one has. The submission has to have been read."""
        return self.submission.edition_id if self.submission else None
