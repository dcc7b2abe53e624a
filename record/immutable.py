"""Rows that are written once, whoever asks: what the models of the record are made on."""

from typing import Any, NoReturn

from django.db import models


class RecordIsImmutable(Exception):
    """Something tried to change or delete what has been published."""


class ImmutableQuerySet(models.QuerySet[Any]):
    """Refuses bulk changes; ``desk.publishing`` alone goes round it, by name."""

    def update(self, **values: Any) -> NoReturn:
        raise RecordIsImmutable(f"{self.model.__name__} rows never change.")

    def delete(self) -> NoReturn:
        raise RecordIsImmutable(f"{self.model.__name__} rows never disappear.")

    delete.alters_data = True  # type: ignore[attr-defined]
    update.alters_data = True  # type: ignore[attr-defined]

    def mark(self, **values: Any) -> int:
        """Set the columns that may change (liveness, redaction). For ``desk.publishing``."""
        return super().update(**values)

    def forget(self) -> int:
        """Delete rows, which the database lets go with a redacted version alone; how many.

        For ``desk.publishing``.
        """
        deleted: int = self._raw_delete(self.db)
        return deleted


class Immutable(models.Model):
    """A row that is inserted once. ``RecordIsImmutable`` on any later save or delete."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise RecordIsImmutable(f"{self} has been written and never changes.")
        super().save(force_insert=True, using=options.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RecordIsImmutable(f"{self} has been written and never disappears.")
