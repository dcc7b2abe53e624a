"""Whether words that somebody quotes stand in what the public may read, and what rests on them.

Only what is public anyhow is looked at: texts that sources let be read whole, passages that they
let be read with the words around, and the opening and closing words that citations have published.
So no answer depends on a text that is kept in private.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from unicodedata import category

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Concat, Length
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from chronicle import localised
from chronicle.limits import A_MINUTE, who_asks, within
from record.called import foreign
from record.canonical import selector_digest
from record.models import Opening, ShownPassage, ShownText, Version
from record.quotable import all_openings, words_of
from record.reading import Record, Reference, document_of
from record.rows import Value
from record.types import Document
from record.verbatim import fold, occurrences
from sources.cards import SpokenTo
from sources.fitting import (
    HOW,
    LEAST_LETTERS,
    LEAST_WORDS,
    READ,
    SELECTOR,
    fitting,
    fitting_in,
    is_enough,
)
from sources.keeping import IN_PUBLIC
from sources.passage import blocks_words
from sources.selectors import FoldedText
from sources.shown import text_let, text_read, text_url, with_rights_of_now
from sources.telling import Told

MOST_LETTERS = 800
LONGEST_WORDS = (
    3  # of a quotation, by which rows are chosen that are then compared letter by letter
)
MOST_TEXTS = 20  # looked through
MOST_ROWS = 500  # passages, and openings, that are compared
MOST_SHOWN = 20  # citations
MOST_ASKED = 30  # times a minute, by one who asks, on the page and in the API together
TOO_MANY = gettext_lazy("That was much in a short time. Please wait a minute and ask again.")

NOT_COMPARED = gettext_lazy(
    "Some of these words open or close a cited passage. The others were not compared, as its whole "
    "text may not be read here: they may stand there, or not."
)


class Fitting(NamedTuple):
    """A citation of a version, and how it fits."""

    version: Version
    citation: Document
    how: str


class Holding(NamedTuple):
    """A source whose text is read whole and holds the words, and the blocks that they stand in."""

    source: Document
    blocks: Sequence[int]
    text: FoldedText


@dataclass(frozen=True)
class LookedFor:
    """What was found, before it is told; ``more``: not all that holds such words was compared."""

    texts: Sequence[Holding]
    fitting: Sequence[Fitting]
    more: bool

    @property
    def found(self) -> bool:
        """Whether all the words stand in what the public may read."""
        return bool(self.texts) or any(each.how in (READ, SELECTOR) for each in self.fitting)

    @property
    def remark(self) -> str:
        return str(NOT_COMPARED) if self.fitting and not self.found else ""


class NotAQuotation(ValueError):
    """The words cannot be looked for; the message says why."""


@dataclass(frozen=True)
class InText:
    """A text that holds the words: where, in words, with the address of that place."""

    source: Value
    place: Value


@dataclass(frozen=True)
class CitedQuotation:
    """A citation whose passage the words are of; ``how``: as ``sources.fitting`` has it."""

    entry: Value
    citation: Value
    source: Reference
    claims: Sequence[SpokenTo]
    how: str


@dataclass(frozen=True)
class Found:
    """``more``: other citations are not shown, or not all that holds such words was compared."""

    found: bool
    texts: Sequence[InText]
    cited: Sequence[CitedQuotation]
    more: bool
    remark: str


def may_ask(request: HttpRequest) -> bool:
    """Whether whoever asks has not asked too often; to be called once a time."""
    return within(f"quotation:{who_asks(request)}", MOST_ASKED, A_MINUTE)


def read_quotation(text: str) -> str:
    """The words, folded, without quotation marks around them. ``NotAQuotation``."""
    if len(text) > MOST_LETTERS:
        message = gettext("These are %(number)s letters. Give %(most)d at most.")
        number = localised.number(len(text))
        raise NotAQuotation(message % {"number": number, "most": MOST_LETTERS})
    folded = fold(text)
    while len(folded) > 1 and folded[0] == folded[-1] and folded[0] in "\"'":
        folded = folded[1:-1].strip()
    if any(category(sign) in ("Cc", "Cs") for sign in folded):
        raise NotAQuotation(
            gettext("There are signs in it that no text holds. Type the words anew.")
        )
    if not is_enough(folded):
        message = gettext(
            "That is too short to be told from other words. Give at least %(words)d words, or "
            "%(letters)d letters."
        )
        raise NotAQuotation(message % {"words": LEAST_WORDS, "letters": LEAST_LETTERS})
    return folded


def find_quotation(record: Record, folded: str) -> Found:
    """Where the words stand, in what is public of the current record, and what rests on it.

    Five to ten queries, however much there is.
    """
    found = look_for(record, folded)
    shown = found.fitting[:MOST_SHOWN]
    told = Told(record, {each.version.pk: each.version for each in shown}.values())
    texts = [
        InText(
            Value(each.source["title"], "", foreign(each.source["language"])),
            Value(blocks_words(each.blocks), text_url(record, each.source, each.blocks[0])),
        )
        for each in found.texts
    ]
    cited = [
        CitedQuotation(
            told.entry(each.version),
            told.citation(each.version, each.citation),
            told.referred.names[each.citation["source"]],
            told.claims(each.version, each.citation),
            each.how,
        )
        for each in shown
    ]
    more = found.more or len(found.fitting) > MOST_SHOWN
    return Found(found.found, texts, cited, more, found.remark)


def look_for(record: Record, folded: str, *, source: str = "") -> LookedFor:
    """The same, not told yet; ``source``: the id of the only one that is asked about.

    Three to six queries.
    """
    sources = _showing(record, source)
    texts, more_texts = _in_texts(sources, folded, record.newest)
    read, more_read = _read(sources, folded)
    held = {public_id: None for public_id in sources if text_read(sources[public_id])} | {
        each.source["id"]: each.text for each in texts
    }
    found = _fitting(record, read, _begun(record, folded), held, folded)
    if source:
        found = [each for each in found if each.citation["source"] == source]
    return LookedFor(texts, found, more_texts or more_read)


def _showing(record: Record, only: str) -> dict[str, Document]:
    """The sources that let anything be read now: of what they let be read before, nothing is."""
    shown = Q(public_id__in=ShownText.objects.values("source")) | Q(
        public_id__in=ShownPassage.objects.values("source")
    )
    versions = record.versions("source").filter(shown).select_related(None).order_by()
    if only:
        versions = versions.filter(public_id=only)
    documents = map(document_of, versions.defer("search_text"))
    let = {document["id"]: document for document in documents}
    let = dict(with_rights_of_now(record, let)) if let else let
    return {public_id: document for public_id, document in let.items() if text_let(document)}


def _in_texts(
    sources: Mapping[str, Document], folded: str, newest: int
) -> tuple[list[Holding], bool]:
    """Texts that hold the words, and whether there are more that might."""
    whole = {text_read(document): document for document in sources.values()}
    rows = ShownText.objects.filter(source__in=sources, sha256__in=set(whole) - {""})
    found = []
    candidates = list(_with_words(rows, folded, "text").order_by("pk")[: MOST_TEXTS + 1])
    for row in candidates[:MOST_TEXTS]:
        source = sources[row.source]
        text = IN_PUBLIC.folded(row.sha256, tuple(row.headings), row.text, standing=newest)
        span = next(occurrences(text.text, folded), None)
        if span is None or text_read(source) != row.sha256:
            continue
        found.append(Holding(source, list(text.blocks_of(span)), text))
    return found, len(candidates) > MOST_TEXTS


def _read(sources: Mapping[str, Document], folded: str) -> tuple[list[ShownPassage], bool]:
    """Passages that are read with the words around, and hold these; whether there may be more.

    Every passage is looked at once: a quarter of a second for 200,000. By the sources' index, which
    the question would take if it named them, it would be twice as much.
    """
    rows = ShownPassage.objects.all()
    let = (
        row
        for row in _with_words(rows, folded, Concat("before", "passage", "after"))
        .order_by("pk")
        .iterator()
        if row.source in sources and text_let(sources[row.source]) == row.text
    )
    candidates = list(islice(let, MOST_ROWS))
    found = [row for row in candidates if next(occurrences(fold(row.words), folded), None)]
    return found, len(candidates) == MOST_ROWS


def _with_words(rows: QuerySet, folded: str, written: str | Concat) -> QuerySet:
    """The rows that hold the longest of the words, wherever: a few, to be compared."""
    rows = rows.annotate(words=Coalesce("bare", written))
    longest = sorted(set(words_of(folded)), key=lambda word: (-len(word), word))[:LONGEST_WORDS]
    for word in longest:
        rows = rows.filter(words__contains=word)
    return rows


def _begun(record: Record, folded: str) -> list[tuple[int, str]]:
    """Citations whose passage may begin within the words, by version; the likeliest first."""
    number = record.number
    stands = Q(version__superseded_in=None) | Q(version__superseded_in__gt=number)
    rows = Opening.objects.filter(
        stands, words__in=set(all_openings(folded)), version__edition__lte=number
    )
    likely = rows.order_by(Length("words").desc(), "pk")
    return list(likely.values_list("version", "citation")[:MOST_ROWS])


def _fitting(
    record: Record,
    read: Iterable[ShownPassage],
    begun: Iterable[tuple[int, str]],
    held: Mapping[str, FoldedText | None],
    folded: str,
) -> list[Fitting]:
    """The citations, as they stand now, that the words are of; the surest first. One query.

    ``held``: of sources that are read whole, the text where it holds the words. Their selectors do
    not answer, since every word was compared.
    """
    passages = {(row.public_id, row.citation): row.selector for row in read}
    openings = set(begun)
    versions = record.versions().filter(
        Q(pk__in={version for version, _ in openings})
        | Q(public_id__in={public_id for public_id, _ in passages})
    )
    found = []
    for version in versions.select_related(None).defer("search_text"):
        for citation in document_of(version).get("citations", ()):
            selector, key = citation["selector"], citation["key"]
            if not selector:
                continue
            if passages.get((version.public_id, key)) == selector_digest(selector):
                how = READ
            elif (version.pk, key) not in openings:
                continue
            elif citation["source"] in held:
                text = held[citation["source"]]
                how = fitting_in(text, selector, folded) if text else ""
            else:
                how = fitting(selector, folded)
            if how:
                found.append(Fitting(version, citation, how))
    return sorted(found, key=lambda each: HOW.index(each.how))
