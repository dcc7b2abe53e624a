"""Files on their way in: kept from the upload to the confirmation, for whoever uploaded them."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = datetime.timedelta(days=1)


class ImportedFile(models.Model):
    """A file that has been looked through and waits to be confirmed. Then it goes."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    of_another_desk = models.BooleanField(default=False)
    choices = models.JSONField(
        default=dict,
        help_text="Of a bibliography: what becomes of each item, by its number: new, skip or S3.",
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "file to import"
        verbose_name_plural = "import and export"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


def keep_file(
    *, owner: Any, name: str, data: bytes, of_another_desk: bool, choices: dict[str, str]
) -> ImportedFile:
    """In the place of the owner's last one. Forgets those that nobody has confirmed in a day."""
    old = models.Q(owner=owner) | models.Q(uploaded_at__lt=timezone.now() - KEPT_FOR)
    ImportedFile.objects.filter(old).delete()
    return ImportedFile.objects.create(
        owner=owner,
        name=name[:200],
        data=data,
        of_another_desk=of_another_desk,
        choices=choices,
    )


def forget_files(**_: Any) -> None:
    """Sent when an entry is redacted: no program can tell which files hold its words."""
    ImportedFile.objects.all().delete()
