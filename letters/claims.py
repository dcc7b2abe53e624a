"""The claims of a version that a reader may write about, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from record.claimed import EXISTENCE, claims_in
from record.field_words import labelled
from record.history import names_of
from record.models import State, Version
from record.reading import Record, document_of
from record.wording import Wording

LONGEST_SAID = 120  # letters in a list to choose from


@dataclass(frozen=True)
class ClaimInWords:
    claim: str
    words: str
    says: str

    @property
    def in_a_line(self) -> str:
        says = " ".join(self.says.split())
        if len(says) > LONGEST_SAID:
            says = f"{says[:LONGEST_SAID].rsplit(' ', 1)[0]} …"
        return labelled(self.words, says) if says else self.words


def claims_of(version: Version, record: Record) -> list[ClaimInWords]:
    """The entry itself first, then its fields and parts. One query, up to three more where parts
    of others are named. Nothing of what is redacted."""
    if version.state != State.PUBLISHED or version.redacted_in_id:
        return []
    document = document_of(version)
    words = Wording(version.type, [document], names_of([document], record))
    said = [
        ClaimInWords(key, words.claim(key), words.claimed(key, document).in_a_line)
        for key in claims_in(document)
    ]
    return [each for each in said if each.says or each.claim == EXISTENCE]


def claims_at(
    public_id: str, editions: Iterable[int], record: Record
) -> dict[int, dict[str, ClaimInWords]]:
    """The claims of those versions of an entry, by edition and by what addresses call them.

    One query, and for each version those of ``claims_of``.
    """
    versions = Version.objects.filter(public_id=public_id, edition__in=set(editions))
    return {
        version.edition_id: {each.claim: each for each in claims_of(version, record)}
        for version in versions
    }
