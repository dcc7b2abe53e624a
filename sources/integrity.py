"""What is looked for in the evidence of entries of every type, and among sources."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef
from django.db.models.functions import Coalesce

from desk.integrity import Found, IntegrityCheck, NamesAlike, Touched, is_certain
from desk.types import desk_types
from record.canonical import selector_digest
from record.models import Check, CheckState
from sources.models import Source, Stance

IDS = ("entry__public_id", "source__public_id")
SAME = ("entry", "source", "stance", "start", "end", "prefix", "suffix")
BATCH = 1000  # ids a statement
WORDING = {
    CheckState.MISSING: "are not to be found in",
    CheckState.AMBIGUOUS: "fit more than one passage of",
}


def _citations(name: str, touched: Touched) -> Any:
    """Of entries of one type."""
    for desk_type in desk_types():
        if desk_type.name == name:
            citations: Any = desk_type.model.citations.rel.related_model  # type: ignore[attr-defined]
            # Of an entry alone: what these checks tell does not change with a source.
            return touched.rows(citations._default_manager.order_by(), **{name: "entry"})
    raise KeyError(name)


class CitedCheck(IntegrityCheck):
    """A check of the citations of all types of entries that have some."""

    @property
    def types(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(each.name for each in desk_types() if hasattr(each.model, "citations"))

    def find(self, touched: Touched) -> Iterator[Found]:
        for name in self.types:
            if touched.ids(name) != set():  # else there is nothing to ask
                yield from self.find_in(_citations(name, touched))

    def find_in(self, citations: Any) -> Iterable[Found]:
        raise NotImplementedError


class LostPassage(CitedCheck):
    name = "lost-passage"
    title = "Passages that are no longer found"
    sentence = "{entry}: the words that {citation} quotes {state} the text of {source}."

    def find_in(self, citations: Any) -> Iterator[Found]:
        """By the newest check of the very words that the citation has now."""
        newer = Check.objects.filter(
            public_id=OuterRef("public_id"),
            citation=OuterRef("citation"),
            selector=OuterRef("selector"),
            pk__gt=OuterRef("pk"),
        )
        failed = Check.objects.exclude(state=CheckState.EXACT).filter(~Exists(newer))
        entries = citations.values("entry__public_id")
        states = {
            (check.public_id, check.citation, check.selector): CheckState(check.state)
            for check in failed.filter(public_id__in=entries).order_by()
        }
        if not states:
            return
        ids = {public_id for public_id, _, _ in states}
        rows = citations.filter(entry__public_id__in=ids).exclude(start="")
        for row in rows.select_related("entry", "source"):
            selector = {part: getattr(row, part) or None for part in ("prefix", "suffix", "end")}
            digest = selector_digest(selector | {"start": row.start})
            state = states.get((row.entry.public_id, row.key, digest))
            if state is not None:
                yield Found(
                    {"entry": row.entry.public_id, "source": row.source.public_id},
                    {"citation": row.key, "state": WORDING[state]},
                )


class OneSource(CitedCheck):
    name = "one-source"
    title = "Entries that rest on one source"
    sentence = "Everything that supports {entry} was read in one source, {source}."

    def find_in(self, citations: Any) -> Iterator[Found]:
        """What was cited second-hand was read in another source than it names."""
        supporting = citations.filter(stance=Stance.SUPPORTS)
        read_in = Coalesce("cited_via__public_id", "source__public_id")
        one = (
            supporting.values("entry__public_id")
            .annotate(number=Count(read_in, distinct=True), only=Min(read_in))
            .filter(number=1)
        )
        for public_id, source in one.values_list("entry__public_id", "only"):
            yield Found({"entry": public_id, "source": source}, {})


class PassageCitedTwice(CitedCheck):
    name = "passage-twice"
    title = "Passages cited twice for one claim"
    sentence = "{entry} cites one passage of {source} twice for {claims}: in {first} and {second}."

    def find_in(self, citations: Any) -> Iterator[Found]:
        """One query, and one a thousand entries that do."""
        quoting = citations.exclude(start="")
        # Grouped: asked row by row, SQLite looks through everything that cites the source.
        groups_of_several = quoting.values(*SAME).annotate(number=Count("pk")).filter(number__gt=1)
        entries = sorted({row["entry"] for row in groups_of_several})
        groups = defaultdict(list)
        for start in range(0, len(entries), BATCH):
            rows = quoting.filter(entry__in=entries[start : start + BATCH]).order_by("entry", "pk")
            for row in rows.values_list(*SAME, "key", "claims", *IDS):
                groups[row[: len(SAME)]].append(row[len(SAME) :])
        for group in groups.values():
            for (first, claims, entry, source), (second, others, *_) in combinations(group, 2):
                both = [claim for claim in claims if claim in others]
                if both:
                    yield Found(
                        {"entry": entry, "source": source},
                        {"claims": ", ".join(both), "first": first, "second": second},
                    )


class SourcesAlike(NamesAlike):
    name = "sources-alike"
    title = "Sources with titles alike"
    types = ("source",)
    model = Source
    text = "title"
    entry = ""
    group = "kind"


class PublishedBefore(IntegrityCheck):
    """A source that supports what happened after it came out. ``field``: the entry's date."""

    model: Any
    field: str

    def find(self, touched: Touched) -> Iterator[Found]:
        date = f"entry__{self.field}"
        rows = touched.rows(
            self.model.objects.order_by("pk").filter(
                stance=Stance.SUPPORTS,
                source__published_latest__lt=F(f"{date}_earliest"),
            ),
            **{self.types[0]: "entry", "source": "source"},
        )
        told = rows.values_list(*IDS, "key", date, "source__published")
        for entry, source, key, happened, published in told:
            if is_certain(happened, published):
                yield Found(
                    {"entry": entry, "source": source},
                    {"citation": key, "date": happened, "published": published},
                )


CHECKS = (LostPassage(), OneSource(), PassageCitedTwice(), SourcesAlike())
