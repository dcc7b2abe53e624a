"""What a map asks of the record: which places there are, where, and how much is at each.

Of events, those at one place are counted in the database: no event is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from chronicle import localised
from places.map.placing import Spot
from record.called import called
from record.collation import collation_key
from record.filter_fields import NONE
from record.filters import RecordFilter
from record.pages import COLUMNS, EntryPages
from record.reading import Record, document_of
from record.sorting import NAMES, as_read, in_order
from record.tallies import LinkTally, count
from record.types import Document

ITSELF = "itself"  # ``EntryPages.mapped_by``: the entries are places
MOST = 5000  # places that are read for one map


@dataclass(frozen=True)
class Found:
    """``places``: documents by id, in their order on the page. ``numbers``: what is mapped at each;
    ``events``: the events of the record there. ``nowhere``: entries without a place; ``left_out``:
    places that were too many to read.
    """

    places: Mapping[str, Document]
    numbers: Mapping[str, int]
    events: Mapping[str, int]
    nowhere: int = 0
    left_out: int = 0

    @property
    def located(self) -> list[Document]:
        return [document for document in self.places.values() if document["coordinates"]]

    @property
    def unlocated(self) -> list[Document]:
        return [document for document in self.places.values() if not document["coordinates"]]

    def number_at(self, places: Sequence[Document]) -> int:
        return sum(self.numbers[place["id"]] for place in places)


def found_by(pages: EntryPages, filters: RecordFilter) -> Found:
    """Two queries."""
    if pages.mapped_by == ITSELF:
        return _themselves(filters)
    return _counted(filters, pages.mapped_by)


def spots_of(found: Found, *, counted: bool) -> list[Spot]:
    """Places with coordinates, those where most happened first. ``counted``: they are told with
    what is mapped there."""
    spots = [_spot(place, found.numbers[place["id"]], counted) for place in found.located]
    order = {spot.id: collation_key(spot.label) for spot in spots}
    return sorted(spots, key=lambda spot: (-found.events.get(spot.id, 0), order[spot.id], spot.id))


def _themselves(filters: RecordFilter) -> Found:
    by_name, _ = in_order(filters.qs, as_read(NAMES, filters.type_name))
    versions = by_name.select_related(None).only(*COLUMNS)
    documents = [document_of(version) for version in versions[: MOST + 1]]
    left_out = filters.qs.count() - MOST if len(documents) > MOST else 0
    places = {document["id"]: document for document in documents[:MOST]}
    return Found(places, dict.fromkeys(places, 1), _events_at(filters.record), left_out=left_out)


def _events_at(record: Record) -> Mapping[str, int]:
    """Of the whole record, by place. One query."""
    links = record.links().filter(type="event", predicate="place").order_by()
    return dict(links.values_list("target").annotate(number=Count("pk")))


def _counted(filters: RecordFilter, by: str) -> Found:
    tally = filters.tallies()[by]
    if not isinstance(tally, LinkTally):
        raise TypeError(f"Nothing stands at a place by {by}.")
    values = count(filters.qs, {by: tally}).values[by]
    numbers = {public_id: number for public_id, number in values.items() if number}
    nowhere = numbers.pop(NONE, 0)
    most_first = sorted(numbers, key=lambda public_id: (-numbers[public_id], public_id))
    documents = filters.record.documents(most_first[:MOST])
    order = {public_id: collation_key(called(each).name) for public_id, each in documents.items()}
    shown = sorted(documents, key=lambda each: (-numbers[each], order[each], each))
    places = {public_id: documents[public_id] for public_id in shown}
    return Found(places, numbers, numbers, nowhere, len(most_first) - len(places))


def _spot(place: Document, number: int, counted: bool) -> Spot:
    where, label = place["coordinates"], called(place).name
    return Spot(
        id=place["id"],
        latitude=float(where["latitude"]),
        longitude=float(where["longitude"]),
        precision=where["precision"],
        number=number,
        label=label,
        said=f"{label}, {localised.number(number)}" if counted else label,
    )
