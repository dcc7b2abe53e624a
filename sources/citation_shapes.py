"""Citations as the API gives them: as their documents have them, and what a reader is told of them
on pages, in words."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from rest_framework import serializers

from record.models import Version
from record.reading import Reference
from record.referred import targets_in
from record.shapes import Serializer, result_object
from record.types import Document, Target, type_named
from sources.passage import locator_words, passage_url
from sources.reference import reference_of
from sources.resting import citing_types
from sources.telling import Told

ID_OF_ENTRY = r"[A-Z][1-9][0-9]*"
TOLD = (
    "A citation of one entry, as the entry’s document has it, with what it says in words. "
    "``claims_in_words`` are in the order of ``claims``; ``reference`` is the whole reference of "
    "the source, ``locator_in_words`` where to look in it. ``url`` is the citation’s page; "
    "``passage_url`` opens the source at the passage, where it has an address of the web; "
    "``annotation`` is the same as a W3C Web Annotation. How its selector was last checked "
    "stands in ``checks``, under ``id``."
)


class CitingEntry(serializers.RegexField):
    """The id of the entry that cites, of any type; ``shape``: what can stand in its place."""

    def __init__(self) -> None:
        super().__init__(f"^{ID_OF_ENTRY}$")

    @property
    def shape(self) -> type[Serializer]:
        return any_citing_entry()

    def targets(self, value: str) -> Iterator[Target]:
        """As of a reference; but the entry's own citation links to nothing by it."""
        return iter(())


@cache
def any_citing_entry() -> type[Serializer]:
    """What entries that cite hold, whichever type has it."""
    declared: dict[str, Any] = {}
    for name in reversed(citing_types()):
        declared |= result_object(name)().fields
    return type("CitingEntry", (serializers.Serializer,), declared)


@cache
def citation_object() -> type[Serializer]:
    """A citation as documents declare it, with what it says in words."""
    declared = type_named(citing_types()[0]).declaration().fields["citations"]
    return type(
        "CitationResult",
        (type(declared.child),),  # type: ignore[attr-defined]
        {
            "identity": ("id",),
            "id": serializers.RegexField(f"^{ID_OF_ENTRY}/c[1-9][0-9]*$"),
            "entry": CitingEntry(),
            "claims_in_words": serializers.ListField(child=serializers.CharField()),
            "reference": serializers.CharField(),
            "locator_in_words": serializers.CharField(allow_blank=True),
            "url": serializers.URLField(),
            "passage_url": serializers.CharField(allow_null=True),
            "annotation": serializers.URLField(),
            "__doc__": TOLD,
        },
    )


def citation_as_json(
    told: Told, version: Version, citation: Document, origin: str
) -> dict[str, Any]:
    """No query. ``origin`` (scheme and host) makes addresses absolute."""
    record, public_id, key = told.referred.record, version.public_id, citation["key"]
    document = told.documents[public_id]
    source = told.referred.documents[citation["source"]]
    words = told.words(public_id)
    annotation = record.address("api:citation_annotation", public_id, key)
    return {
        "id": f"{public_id}/{key}",
        "entry": public_id,
        **citation,
        "claims_in_words": [words(claim).name for claim in citation["claims"]],
        "reference": str(reference_of(source)),
        "locator_in_words": locator_words(citation["locator"]),
        "url": origin + told.referred.citation_page(document, key),
        "passage_url": passage_url(source["url"], citation["selector"]) or None,
        "annotation": origin + annotation,
    }


def named_by(
    told: Told, found: Iterable[tuple[Version, Document]], also: Iterable[str] = ()
) -> dict[str, Reference]:
    """Whatever citations name, and the entries that they are of. One query, or none."""
    wanted = set(also)
    for version, citation in found:
        document = told.documents[version.public_id]
        wanted |= {version.public_id, citation["source"], citation["cited_via"]}
        if citation["asserts"] is not None:
            wanted |= {each.id for each in targets_in(document) if each.predicate == "asserts"}
    return told.referred.record.references(wanted - {None})
