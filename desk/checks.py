"""Adding to the log of checks."""

from collections.abc import Iterable

from record.models import Check
from record.reading import Record

BATCH = 2000  # rows a statement


def log_checks(checks: Iterable[Check], *, edition: int | None = None) -> int:
    """Add the checks that say something new; how many. ``edition``: the one they are published
    with; else they are known from the next one on, so that no data package changes by them.

    One that says what the newest of its selector said, of the same text on the same day, is
    left out, so that verifying twice a day leaves no more than the day's check. One query, one for
    every two thousand entries, and one statement for as many checks.
    """
    checks = list(checks)
    newest: dict[tuple[str, str, str], tuple[object, ...]] = {}
    ids = sorted({check.public_id for check in checks})
    for start in range(0, len(ids), BATCH):
        found = Check.objects.filter(public_id__in=ids[start : start + BATCH]).order_by("id")
        for check in found:
            newest[check.public_id, check.citation, check.selector] = _said(check)
    new = [
        check
        for check in checks
        if newest.get((check.public_id, check.citation, check.selector)) != _said(check)
    ]
    known_from = edition or (Record.current().number + 1 if new else 0)
    for check in new:
        check.known_from = known_from
    Check.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _said(check: Check) -> tuple[object, ...]:
    return (check.text, check.state, check.checked_on)
