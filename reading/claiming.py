"""The citations that rest on a text, as the reading room shows them: what they claim, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from desk.models import WorkingCopy
from desk.naming import document_of, name_in, names_of
from desk.types import desk_type
from record.referred import targets_of_all
from record.wording import Wording
from sources.coverage import Cited
from sources.selectors import Span


@dataclass(frozen=True)
class Claimed:
    """One citation: of which entry, what it claims in words, and whether it supports or disputes.

    ``number``: what its passage is called beside the text, from 1.
    """

    number: int
    public_id: str
    key: str
    type: str
    entry: str
    url: str
    stance: str
    claims: Sequence[str]
    span: Span


class Entries:
    """The entries behind some citations. Two queries, however many there are."""

    def __init__(self, cited: Iterable[Cited]) -> None:
        ids = {each.citation.partition("/")[0] for each in cited}
        copies = WorkingCopy.objects.filter(public_id__in=ids).select_related("revision")
        self.documents = {copy.public_id: document_of(copy.revision) for copy in copies}
        self.names = names_of(target.id for target in targets_of_all(self.documents.values()))

    def claimed(self, cited: Sequence[Cited]) -> list[Claimed]:
        return [self._claimed(number, each) for number, each in enumerate(cited, start=1)]

    def _claimed(self, number: int, cited: Cited) -> Claimed:
        public_id, _, key = cited.citation.partition("/")
        document = self.documents[public_id]
        words = Wording(document["type"], [document], self.names)
        keys = [citation["key"] for citation in document.get("citations", ())]
        row = f"#citations-{keys.index(key)}" if key in keys else ""
        return Claimed(
            number=number,
            public_id=public_id,
            key=key,
            type=str(desk_type(document["type"]).model._meta.verbose_name),
            entry=name_in(document),
            url=f"{reverse('admin:desk_entry', args=[public_id])}{row}",
            stance=cited.stance,
            claims=[words.claim(claim) for claim in cited.claims],
            span=cited.span,
        )
