"""Places in schema.org's words."""

from record.called import called
from record.linked_data import Data, Undisputed, filled, named, others
from record.referred import Referred
from record.types import Document

# The centre of a region or a country would be read as the spot where something happened.
PRECISE = frozenset({"point", "settlement"})


def thing(document: Document, referred: Referred) -> Data:
    said, name = Undisputed(document), called(document).name
    names = [row["text"] for row in said.rows("names")]
    return {
        "@type": "Place",
        "name": name if name in names else None,
        "alternateName": others(names, name),
        "geo": _geo(said.get("coordinates")),
        "containedInPlace": named(referred.name(said.get("part_of")), "Place"),
    }


def _geo(coordinates: Document | None) -> Data | None:
    if coordinates is None or coordinates["precision"] not in PRECISE:
        return None
    return filled(
        {
            "@type": "GeoCoordinates",
            "latitude": coordinates["latitude"],
            "longitude": coordinates["longitude"],
        }
    )
