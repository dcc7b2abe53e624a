"""Claims and citations of several entries in words, each leading to where it stands."""

from collections.abc import Iterable

from django.utils.translation import gettext

from record.called import called
from record.field_words import labelled
from record.models import Version
from record.pages import pages_of, words_of
from record.reading import Record, document_of
from record.referred import Referred
from record.rows import Value
from record.types import Document, WordsForClaim
from sources.cards import SpokenTo, spoken_to
from sources.marks import number_of, stance_words


class Told:
    """Versions of a page whose claims are told one by one. Two to four queries in all."""

    def __init__(self, record: Record, versions: Iterable[Version]) -> None:
        self.versions = list(versions)
        self.documents = {each.public_id: document_of(each) for each in self.versions}
        self.referred = Referred(record, self.documents.values())

    def words(self, public_id: str) -> WordsForClaim:
        document = self.documents[public_id]
        return words_of(pages_of(document["type"]), document, self.referred)

    def url(self, version: Version) -> str:
        return self.referred.entry_page(self.documents[version.public_id])

    def entry(self, version: Version) -> Value:
        title = called(self.documents[version.public_id])
        return Value(title.name, self.url(version), title.language)

    def citation(self, version: Version, citation: Document) -> Value:
        document = self.documents[version.public_id]
        url = self.referred.citation_page(document, citation["key"])
        number = gettext("citation %(number)s") % {"number": number_of(citation)}
        return Value(labelled(number, stance_words(citation["stance"])), url)

    def claims(self, version: Version, citation: Document) -> list[SpokenTo]:
        """What the citation speaks to."""
        words, url = self.words(version.public_id), self.url(version)
        return [spoken_to(claim, words, url) for claim in citation["claims"]]
