"""What can be cited of the record: an entry, a claim of it, or a set of entries, in an edition.

As text to copy, and as items that the writers of bibliographies take. What it stands on goes with
it, so that whoever cites the record cites the sources as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from chronicle import localised
from chronicle.dates import PartialDate, display
from record.models import Edition
from record.referred import Referred
from record.types import Document
from sources.bibliography.formats import FORMATS, write_bibliography
from sources.bibliography.items import Item, item_from, line
from sources.passage import locator_words
from sources.reference import reference_of

# Translators: how what is cited stands to a source, before the source’s reference.
STANDS_ON = {
    "supports": gettext_lazy("Rests on: %(source)s"),
    "disputes": gettext_lazy("Disputed by: %(source)s"),
    "mentions": gettext_lazy("Mentioned in: %(source)s"),
}
ENDINGS: Mapping[str, str] = {ending: kind for kind, (_, ending, _, _) in FORMATS.items()}


@dataclass(frozen=True)
class Written:
    """One way in which it is written out: to be read on the page, and as a file."""

    name: str
    ending: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Cited:
    """What is cited. ``name``: its id, ``E14`` or ``E14/p2``, or a set's checksum; ``what`` says
    it. ``address`` is whole and names the edition. ``stands_on``: what ``sources`` are to it, in
    sentences.
    """

    label: str
    name: str
    title: str
    what: str
    kind: str
    edition: Edition
    address: str
    language: str = ""
    stands_on: Sequence[str] = ()
    sources: Sequence[Item] = ()

    @property
    def day(self) -> str:
        return self.edition.published_at.date().isoformat()

    @property
    def lines(self) -> list[str]:
        """The citation, then what it stands on, source by source."""
        publisher = f" {settings.SITE_PUBLISHER}." if settings.SITE_PUBLISHER else ""
        place = f"{settings.SITE_NAME}, {self._in_edition}, {self.what}."
        return [f"“{line(self.title)}”. {place}{publisher} {self.address}", *self.stands_on]

    @property
    def items(self) -> list[Item]:
        """Itself, and each source that it stands on, as entries of a bibliography."""
        said = {
            "kind": self.kind,
            "title": line(self.title),
            "container": settings.SITE_NAME,
            "publisher": settings.SITE_PUBLISHER,
            "published": PartialDate(self.day).as_document(),
            "url": self.address,
            "language": self.language,
            "editor_note": " ".join(
                [f"{localised.capfirst(self.what)}, {self._in_edition}.", *self.stands_on]
            ),
        }
        said = {name: value for name, value in said.items() if value}
        own = Item(self.label, said, number=self.name, version=str(self.edition.number))
        return [own, *self.sources]

    def written(self) -> list[Written]:
        return [
            Written(name, ending, write_bibliography(self.items, kind))
            for kind, (name, ending, _, _) in FORMATS.items()
        ]

    @property
    def _in_edition(self) -> str:
        # Translators: %(day)s is a day as it stands by itself: “edition 7 (12 May 2024)”.
        said = gettext("edition %(edition)d (%(day)s)")
        return said % {"edition": self.edition.number, "day": display(self.day)}


def stands_on(citations: Iterable[Document], referred: Referred) -> list[str]:
    """A sentence for each source and stance, with where to look in it; those that support first."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for citation in citations:
        key = citation["stance"], citation["source"], citation["cited_via"] or ""
        where = places.setdefault(key, [])
        if (words := locator_words(citation["locator"])) and words not in where:
            where.append(words)
    order = list(STANDS_ON)
    return [
        _sentence(stance, source, via, places[stance, source, via], referred)
        for stance, source, via in sorted(places, key=lambda key: order.index(key[0]))
    ]


def _sentence(stance: str, source: str, via: str, where: list[str], referred: Referred) -> str:
    said = str(STANDS_ON[stance] % {"source": reference_of(referred.documents[source])})
    if where:
        words = "; ".join(where)
        said += f" {localised.capfirst(words)}."
    if via:
        # Translators: the other source in which one was read.
        read = gettext("Read in: %(source)s")
        said += f" {read % {'source': reference_of(referred.documents[via])}}"
    return said


def source_items(documents: Iterable[Document], slugs: Mapping[str, str]) -> list[Item]:
    """Sources as entries of a bibliography, each once. ``slugs``: of their subjects, by id."""
    return [
        item_from(document, slugs)
        for document in {document["id"]: document for document in documents}.values()
    ]


def slugs_of(referred: Referred) -> dict[str, str]:
    return {public_id: name.slug for public_id, name in referred.names.items()}
