"""Cards of evidence: everything that is known of the citations of one entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from chronicle import localised
from chronicle.dates import display
from record.called import foreign
from record.date_words import in_the_source
from record.field_words import field_words, yes_or_no
from record.models import Check
from record.phrases import labelled_value
from record.reading import Reference
from record.referred import Referred, targets_in
from record.rows import Value
from record.types import Document, WordsForClaim
from sources.marks import number_of, stance_words
from sources.passage import briefly_located, findable, is_pdf, located, passage_url
from sources.reference import FormattedReference, reference_of, short_reference
from sources.shown import Context, contexts

PROSE = frozenset({"title", "summary", "description", "outcome"})  # names nothing by id
# Translators: what was found when a passage was looked up, in lower case.
CHECK_WORDS = {
    "exact": gettext_lazy("found once in the source’s text"),
    "ambiguous": gettext_lazy("found more than once in the source’s text"),
    "missing": gettext_lazy("not found in the source’s text"),
}


@dataclass(frozen=True)
class SpokenTo:
    """A claim in words, and where it is made on the entry's page; ``cite_url``: how to cite it,
    ``correct_url``: where to suggest a correction of it, both empty of what is not published."""

    claim: str
    said: Value
    href: str
    cite_url: str = ""
    correct_url: str = ""

    @property
    def words(self) -> str:
        return self.said.name


@dataclass(frozen=True)
class CheckResult:
    """The last verification of a passage; without ``text``, why there is none."""

    words: str
    state: str
    day: Any = None
    text: str = ""


@dataclass(frozen=True)
class Asserted:
    """A value that is claimed, or one member of it. ``language``: where it is not the page's."""

    label: str
    text: str
    url: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class EvidenceCard:
    """Everything that is known of one citation; ``url`` is of its own page.

    ``findable``: words to search the source's page for, where a browser may not arrive at them.
    ``language``: of the source, ``told_in``: of the entry, where that is not the page's.
    """

    key: str
    url: str
    number: str
    stance: str
    stance_words: str
    source: Reference
    reference: FormattedReference
    short: str
    locator: Value
    brief: Value
    names_blocks: bool
    language: str
    opening: str
    closing: str
    before: str
    after: str
    passage_url: str
    at_passage: bool
    is_pdf: bool
    findable: str
    archived_url: str
    archived_on: str
    context: Context | None
    claims: Sequence[SpokenTo]
    asserts: Sequence[Asserted]
    check: CheckResult
    accessed_on: str
    cited_via: Reference | None
    note: str
    told_in: str = ""


def cards(
    document: Document,
    referred: Referred,
    checks: Mapping[str, Check],
    words: WordsForClaim,
    url: str = "",
) -> list[EvidenceCard]:
    """The evidence of one entry. ``checks`` as ``Record.checks`` gives them; ``url`` is of the
    entry's page, empty on that page itself. One query where a source lets its text be read."""
    around = contexts(document, referred)
    return [
        _card(
            document,
            citation,
            referred,
            checks.get(f"{document['id']}/{citation['key']}"),
            around.get(citation["key"]),
            [
                replace(
                    spoken_to(claim, words, url),
                    cite_url=referred.cite_page(document, claim),
                    correct_url=referred.correction_page(document, claim),
                )
                for claim in citation["claims"]
            ],
        )
        for citation in document["citations"]
    ]


def _card(
    document: Document,
    citation: Document,
    referred: Referred,
    check: Check | None,
    context: Context | None,
    claims: Sequence[SpokenTo],
) -> EvidenceCard:
    source = referred.documents[citation["source"]]
    selector = citation["selector"] or {}
    pdf, language = is_pdf(source["url"]), foreign(source["language"])
    return EvidenceCard(
        key=citation["key"],
        url=referred.citation_page(document, citation["key"]),
        number=number_of(citation),
        stance=citation["stance"],
        stance_words=localised.capfirst(stance_words(citation["stance"])),
        source=referred.names[citation["source"]],
        reference=reference_of(source),
        short=short_reference(source),
        locator=located(citation["locator"], language),
        brief=briefly_located(citation["locator"], language),
        names_blocks=bool(citation["locator"]["blocks"]),
        language=language,
        opening=selector.get("start") or "",
        closing=selector.get("end") or "",
        before=selector.get("prefix") or "",
        after=selector.get("suffix") or "",
        passage_url=passage_url(source["url"], citation["selector"]),
        at_passage=bool(selector) and not pdf,
        is_pdf=pdf,
        findable=findable(citation["selector"], pdf=pdf),
        archived_url=passage_url(source["archived_url"], citation["selector"]),
        archived_on=source["archived_on"] or "",
        context=context,
        claims=claims,
        asserts=_asserted(document, citation, referred),
        check=_check(citation, check),
        accessed_on=citation["accessed_on"] or "",
        cited_via=referred.name(citation["cited_via"]),
        note=citation["note"] or "",
        told_in=foreign(document["language"]),
    )


def _check(citation: Document, check: Check | None) -> CheckResult:
    if citation["selector"] is None and citation["locator"]["record"]:
        said = gettext("not by a program: a record has no words to look for")
        return CheckResult(said, "unchecked")
    if citation["selector"] is None:
        said = gettext("no words are given that could be looked for")
        return CheckResult(said, "unchecked")
    if check is None:
        said = gettext("unchecked: no copy of the source’s text has been compared")
        return CheckResult(said, "unchecked")
    return CheckResult(str(CHECK_WORDS[check.state]), check.state, check.checked_on, check.text)


def _asserted(document: Document, citation: Document, referred: Referred) -> list[Asserted]:
    ids = {target.id for target in targets_in(document) if target.predicate == "asserts"}
    return _value(citation["asserts"], ids, referred, foreign(document["language"]))


def claimed(document: Document, claim: str, referred: Referred) -> list[Asserted]:
    """What the entry says there: the value of a field; of the entry itself or a whole part,
    which words tell as well, nothing."""
    name, _, field = claim.partition(".")
    if field:
        rows = [row for value in document.values() if isinstance(value, list) for row in value]
        part = next(row for row in rows if isinstance(row, dict) and row.get("key") == name)
        value = part[field]
    else:
        value = document.get(name)
    ids = set() if name in PROSE else {target.id for target in targets_in(document)}
    return _value(value, ids, referred, foreign(document["language"]))


def _value(value: Any, ids: set[str], referred: Referred, language: str) -> list[Asserted]:
    """``language``: of texts, which is the entry's; empty where it is the page's."""
    if value is None:
        return []
    if isinstance(value, dict) and "edtf" not in value:
        return [
            _said(field_words(label), inner, ids, referred, language)
            for label, inner in value.items()
            if inner is not None
        ]
    return [
        _said("", inner, ids, referred, language)
        for inner in (value if isinstance(value, list) else [value])
    ]


def _said(label: str, value: Any, ids: set[str], referred: Referred, language: str) -> Asserted:
    if isinstance(value, dict) and "edtf" in value:
        given = f" ({in_the_source(value['as_given'])})" if value["as_given"] else ""
        return Asserted(label, display(value["edtf"]) + given)
    if isinstance(value, bool):
        return Asserted(label, yes_or_no(value))
    if isinstance(value, str) and value.partition("/")[0] in ids:
        name = referred.names[value.partition("/")[0]]
        return Asserted(label, name.name, name.url, name.language)
    is_text = isinstance(value, str) and any(map(str.isalpha, value))
    return Asserted(label, str(value), language=language if is_text else "")


def claim_words(
    entry: str, parts: Mapping[str, Value], fields: Mapping[str, str] | None = None
) -> WordsForClaim:
    """Says claims in words: ``entry`` for that of existence, ``parts`` by key, ``fields`` by
    name where the name alone would not do."""
    fields = fields or {}

    def words(claim: str) -> Value:
        name, _, field = claim.partition(".")
        if claim == "entry":
            return Value(entry)
        said = parts.get(name) or Value(fields.get(name) or field_words(name))
        return labelled_value(said, Value(field_words(field))) if field else said

    return words


def spoken_to(claim: str, words: WordsForClaim, url: str = "") -> SpokenTo:
    return SpokenTo(claim, words(claim), f"{url}#{claim.partition('.')[0]}")
