"""The counter of editions: taking its row serialises everything that publishes."""

from django.db.models import F

from record.models import EditionCounter
from record.reading import Record


def lock_record() -> None:
    """What stands now stands until this transaction ends; others who publish wait for it.

    For transactions that publish, or rely on what is published, and do something before. Taken
    first, as ``publish`` does, so that no two wait for one another.
    """
    raise_counter(by=0)


def raise_counter(*, by: int) -> int:
    """The number of the newest edition, raised. Locks the counter until the transaction ends."""
    counter = EditionCounter.objects.filter(pk=1)
    if not counter.update(value=F("value") + by):
        EditionCounter.objects.get_or_create(pk=1, defaults={"value": Record.current().number})
        counter.update(value=F("value") + by)
    (number,) = counter.values_list("value", flat=True)
    return number
