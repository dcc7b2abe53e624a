"""The tokens that a process knows: read whole, and again after half a minute.

So a request with one costs no query, and a token that is revoked works nowhere half a minute later.
"""

import time
from datetime import date
from threading import Lock
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from record.canonical import digest
from tokens.models import Token

KEPT = 30  # seconds
SOONEST = 1  # seconds: a token that is not known may just have been issued
USED = "token:{}:used"


class Known(NamedTuple):
    """A token that stands: its row, and how often it may ask."""

    pk: int
    limit: int


class KnownTokens:
    def __init__(self) -> None:
        self.tokens: dict[str, Known] = {}
        self.read_at = float("-inf")
        self.used: dict[int, date] = {}
        self.lock = Lock()

    def get(self, secret: str) -> Known | None:
        """One query, each half a minute; more often, but once a second at most, where nobody is
        known by this."""
        mark = digest(secret)
        self._read(older_than=KEPT)
        known = self.tokens.get(mark)
        if known is None:
            self._read(older_than=SOONEST)
            known = self.tokens.get(mark)
        if known is not None:
            self._note(known.pk)
        return known

    def forget(self) -> None:
        self.tokens, self.read_at = {}, float("-inf")

    def _read(self, *, older_than: float) -> None:
        with self.lock:
            now = time.monotonic()
            if now - self.read_at < older_than:
                return
            rows = Token.objects.filter(revoked_on=None).order_by()
            found = {mark: Known(*row) for mark, *row in rows.values_list("digest", "pk", "limit")}
            self.tokens, self.read_at = found, now

    def _note(self, pk: int) -> None:
        """That it was used today: in the cache, as limits are, once a day by each process."""
        today = timezone.now().date()
        if self.used.get(pk) != today:
            self.used[pk] = today
            cache.set(USED.format(pk), today, None)


known_tokens = KnownTokens()


def last_used(pks: list[int]) -> dict[int, date]:
    """The day on which each was used last, as far as the cache still knows. One query."""
    found = cache.get_many([USED.format(pk) for pk in pks])
    return {pk: found[USED.format(pk)] for pk in pks if USED.format(pk) in found}
