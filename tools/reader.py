"""One edition, as the tools read it: what every answer says of it, its entries, their citations."""

from typing import Any

from django.conf import settings

from record.as_of import no_number
from record.models import Edition, Version
from record.moves import why_gone
from record.reading import Gone, Moved, NotInRecord, Record
from record.serving import moment
from record.types import entry_types, type_of
from sources.cards import EvidenceCard, cards
from sources.telling import Told

Answer = dict[str, Any]


class NoAnswer(Exception):
    """What was asked for cannot be answered; the message says why."""


class Reader:
    """Reads one edition: the newest, or the one that is asked for. ``NoAnswer`` for none."""

    def __init__(self, number: int | None) -> None:
        current = Record.current()
        if number is not None and not 1 <= number <= current.number:
            raise NoAnswer(str(no_number(str(number), current.number)))
        self.record = current.at(number or current.number)
        edition = self.record.edition
        if edition is None:
            raise NoAnswer("Nothing has been published yet.")
        self.edition: Edition = edition

    def answer(self, **said: Any) -> Answer:
        """With the edition that it is of."""
        number = self.edition.number
        edition = {
            "number": number,
            "published_at": moment(self.edition.published_at),
            "url": self.whole(self.record.edition_address(number)),
            "newest": self.record.newest,
        }
        return {"edition": edition, **said}

    def whole(self, url: str) -> str:
        return f"{settings.SITE_URL}{url}" if url.startswith("/") else url

    def entry(self, public_id: str) -> tuple[Version, Moved | None]:
        """One that stands in the edition; mergers are followed, and told."""
        try:
            type_name = type_of(public_id).name
            return self.record.get(type_name, public_id), None
        except KeyError:
            like = ", ".join(f"{each.letter}1" for each in entry_types())
            raise NoAnswer(f"“{public_id}” is no id; ids are like {like}.") from None
        except NotInRecord:
            number = self.record.number
            raise NoAnswer(f"Edition {number} has no entry {public_id}.") from None
        except Moved as moved:
            return moved.version, moved
        except Gone as gone:
            raise NoAnswer(why_gone(gone.version)) from None

    def cards(self, told: Told, version: Version) -> list[EvidenceCard]:
        """Two queries at most."""
        document = told.documents[version.public_id]
        if not document.get("citations"):
            return []
        checks = self.record.checks([document])
        words = told.words(version.public_id)
        return cards(document, told.referred, checks, words, told.url(version))

    def citation(self, public_id: str, card: EvidenceCard) -> Answer:
        return {
            "id": f"{public_id}/{card.key}",
            "stance": card.stance,
            "claims": {claim.claim: claim.words for claim in card.claims},
            "source": card.source.id,
            "reference": str(card.reference),
            "locator": card.locator.name,
            "opening_words": card.opening,
            "closing_words": card.closing,
            "passage": card.context.passage if card.context else "",
            "check": card.check.words,
            "note": card.note,
            "url": self.whole(card.url),
        }
