"""Who changed which row, when and why: simple-history with our attribution."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.utils import timezone
from simple_history.models import HistoricalRecords

ROWS = 500  # of a statement


@dataclass(frozen=True)
class Attribution:
    by: AbstractBaseUser | None
    reason: str


_attribution: ContextVar[Attribution | None] = ContextVar("attribution", default=None)


@contextmanager
def attributed(*, by: AbstractBaseUser | None, reason: str) -> Iterator[None]:
    """Every tracked row saved or deleted inside carries this user and reason."""
    token = _attribution.set(Attribution(by, reason))
    try:
        yield
    finally:
        _attribution.reset(token)


def remember_new(rows: Sequence[Any]) -> None:
    """The history of rows of one table that have been saved together, which tells nobody.

    Copied by the database, a statement for some hundreds of rows: it has them already.
    """
    attribution = _attribution.get()
    by, reason = (attribution.by, attribution.reason) if attribution else (None, None)
    model: Any = type(rows[0])
    quote = connection.ops.quote_name
    columns = ", ".join(quote(each.column) for each in model.history.model.tracked_fields)
    told = {
        "history_date": timezone.now(),
        "history_change_reason": reason,
        "history_type": "+",
        "history_user_id": by.pk if by else None,
    }
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS):
            keys = [row.pk for row in rows[start : start + ROWS]]
            cursor.execute(
                f"INSERT INTO {quote(model.history.model._meta.db_table)}"
                f" ({columns}, {', '.join(map(quote, told))})"
                f" SELECT {columns}, %s, %s, %s, %s FROM {quote(model._meta.db_table)}"
                f" WHERE id IN ({', '.join(['%s'] * len(keys))}) ORDER BY id",
                [*told.values(), *keys],
            )


def _user(instance: Any, request: Any = None, **_: Any) -> Any:
    attribution = _attribution.get()
    if attribution is not None:
        return attribution.by
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


class History(HistoricalRecords):
    """Tracks a model and all that inherit from it; rows name user and reason."""

    def __init__(self, **options: Any) -> None:
        super().__init__(inherit=True, get_user=_user, **options)

    def get_change_reason_for_object(
        self, instance: Any, history_type: str, using: str
    ) -> str | None:
        attribution = _attribution.get()
        if attribution is not None:
            return attribution.reason
        reason: str | None = super().get_change_reason_for_object(instance, history_type, using)
        return reason
