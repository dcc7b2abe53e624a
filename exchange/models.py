"""Files on their way in: kept from the upload to the confirmation, for whoever uploaded them."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from desk.refusals import Refused
from sources.bibliography.items import Item

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
    items = models.JSONField(
        default=list,
        help_text="Of a bibliography: its items as they were read, so that it is read once.",
    )
    typed = models.JSONField(
        default=dict, help_text="How the submission is described, as far as that is typed."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "file to import"
        verbose_name_plural = "import and export"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def kept_until(self) -> datetime.datetime:
        return self.uploaded_at + KEPT_FOR

    @property
    def read_items(self) -> list[Item]:
        return [Item(**each) for each in self.items]


class ImportedRow(models.Model):
    """What a row of a dataset said when it was last imported, by its identifier in the dataset.

    ``said`` is a digest. ``waits``: for the draft of a submission at the end of its import.
    """

    type = models.CharField(max_length=16)
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    public_id = models.CharField(max_length=16, db_index=True)
    said = models.CharField(max_length=64)
    waits = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "scheme", "value"], name="exchange_importedrow_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["type", "scheme"],
                condition=models.Q(waits=True),
                name="exchange_importedrow_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


def keep_rows(rows: Iterable[ImportedRow]) -> None:
    """In the place of what they said before."""
    ImportedRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["type", "scheme", "value"],
        update_fields=["public_id", "said", "waits"],
    )


def oldest_kept() -> datetime.datetime:
    """What was uploaded before is shown to nobody, and goes."""
    return timezone.now() - KEPT_FOR


def keep_file(
    *,
    owner: Any,
    name: str,
    data: bytes,
    of_another_desk: bool,
    choices: dict[str, str],
    items: Sequence[Item] = (),
) -> ImportedFile:
    """In the place of the owner's last one, which goes in the same transaction."""
    with transaction.atomic():
        ImportedFile.objects.filter(owner=owner).delete()
        return ImportedFile.objects.create(
            owner=owner,
            name=name[:200],
            data=data,
            of_another_desk=of_another_desk,
            choices=choices,
            items=[dataclasses.asdict(each) for each in items],
        )


def keep_typed(file: ImportedFile, *, choices: dict[str, str], typed: dict[str, str]) -> None:
    """What is chosen for the items, and typed beside them; nothing where the file has gone."""
    ImportedFile.objects.filter(pk=file.pk).update(choices=choices, typed=typed)


def take_file(file: ImportedFile) -> None:
    """Whoever imports it takes it first, in the same transaction. ``Refused`` where it has gone."""
    taken, _ = ImportedFile.objects.filter(pk=file.pk).delete()
    if not taken:
        raise Refused("This file has been imported or forgotten meanwhile, in another window.")


def forget_old_files(**_: Any) -> None:
    """Sent at each start and whenever somebody signs in: what nobody has confirmed in a day."""
    ImportedFile.objects.filter(uploaded_at__lte=oldest_kept()).delete()


def forget_files(*, public_id: str, **_: Any) -> None:
    """Sent when an entry is redacted: no program can tell which files hold its words."""
    ImportedFile.objects.all().delete()
    ImportedRow.objects.filter(public_id=public_id).delete()
