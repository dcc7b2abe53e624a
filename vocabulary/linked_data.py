"""Terms in schema.org's words: definitions of a set."""

from record.choices import choice_label
from record.linked_data import Data, others
from record.referred import Referred
from record.types import Document, type_named
from vocabulary.document import label_shown


def thing(document: Document, referred: Referred) -> Data:
    own = label_shown(document)
    name = own["label"]
    return {
        "@type": "DefinedTerm",
        "name": name,
        "alternateName": others((row["label"] for row in document["labels"]), name),
        "description": own["definition"],
        "termCode": document["id"],
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": choice_label("term", "vocabulary", document["vocabulary"]),
            "url": type_named("term").list_url,
        },
    }
