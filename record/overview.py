"""What the record holds at a glance: how many entries of each type."""

from django.db.models import Count

from record.reading import Record
from record.types import entry_types


def numbers(record: Record) -> dict[str, int]:
    """How many entries there are of each type, by its name. One query."""
    rows = record.versions().order_by().values_list("type").annotate(number=Count("pk"))
    return {entry_type.name: 0 for entry_type in entry_types()} | dict(rows)
