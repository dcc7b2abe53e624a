"""Events in schema.org's words."""

from record.linked_data import Data, Undisputed, dates_of, named
from record.referred import Referred
from record.types import Document


def thing(document: Document, referred: Referred) -> Data:
    said = Undisputed(document)
    return {
        "@type": "Event",
        "name": said.get("title"),
        "description": said.get("summary"),
        **dates_of(said.get("date"), "startDate", "endDate"),
        "location": named(referred.name(said.get("place")), "Place"),
        "superEvent": named(referred.name(said.get("part_of")), "Event"),
    }
