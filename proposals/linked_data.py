"""Peace proposals in schema.org's words: texts that somebody put forward."""

from record.linked_data import Data, Undisputed, exact_day, named
from record.referred import Referred
from record.types import Document


def thing(document: Document, referred: Referred) -> Data:
    said = Undisputed(document)
    return {
        "@type": "CreativeWork",
        "name": said.get("title"),
        "abstract": said.get("summary"),
        "dateCreated": exact_day(said.get("presented")),
        "author": [named(referred.names[row["actor"]], "Thing") for row in said.rows("authors")],
    }
