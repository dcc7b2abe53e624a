"""Tokens by which programs may ask the API more often than others."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

MOST_A_MINUTE = 100_000


class Token(models.Model):
    """What one consumer of the API is known by. Of the token itself, its SHA-256 alone is here: it
    is shown once, to whoever issues it. It opens nothing that is not open to everybody.
    """

    name = models.CharField(max_length=80, help_text="Whose it is, and what for.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    limit = models.PositiveIntegerField(
        "requests a minute",
        default=6_000,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_MINUTE)],
        help_text="Each process of the server counts for itself.",
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    issued_on = models.DateField(auto_now_add=True)
    revoked_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "token of the API"
        verbose_name_plural = "tokens of the API"
        constraints = [
            models.CheckConstraint(
                condition=Q(limit__gte=1, limit__lte=MOST_A_MINUTE), name="tokens_token_limit"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="tokens_token_named"),
        ]

    def __str__(self) -> str:
        return self.name
