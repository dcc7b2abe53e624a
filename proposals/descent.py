"""Lineage as a picture: lines that lead from provision to provision, through proposals in time.

Proposals stand side by side in the order of their dates. Each line is one provision and what was
made of it; whatever is on the picture also stands as rows, which say it in words.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

from proposals.cited import CitationNumbers
from proposals.reading import beginning, earlier_of
from record.field_words import labelled
from record.referred import Referred
from record.rows import Value
from record.types import Document, date_sort_key
from sources.marks import ClaimMarks

LABEL, COLUMN, LINE, HEAD = 168, 150, 34, 40  # widths and heights in pixels
SHORT_LABEL, SHORT_TITLE = 22, 19  # letters that fit there
LONGEST = 120  # letters of a provision in the name of its mark
# Translated where both are put in. Translators: “The plan of 1994 revises The plan of 1992”, names
# as they stand by themselves, or “what it says” of a name.
SENTENCES = {
    "same as": gettext_noop("%(later)s is the same as %(earlier)s"),
    "revises": gettext_noop("%(later)s revises %(earlier)s"),
    "replaces": gettext_noop("%(later)s replaces %(earlier)s"),
    "drops": gettext_noop("%(later)s drops %(earlier)s"),
}

Node = tuple[str, str]  # a proposal, and the key of its provision or "" for the whole


@dataclass(frozen=True)
class Dot:
    """A provision, or what drops one. Places are text, so that no language sets marks in them."""

    x: str
    y: str
    title: str
    url: str
    dropped: bool = False


@dataclass(frozen=True)
class Line:
    """From the earlier to the later one."""

    x1: str
    y1: str
    x2: str
    y2: str
    kind: str
    title: str


@dataclass(frozen=True)
class Heading:
    """A column's; ``short`` is what fits there of ``title``."""

    x: str
    short: str
    title: str
    url: str


@dataclass(frozen=True)
class Thread:
    """One provision through proposals; ``short`` is what fits of the topic at its beginning."""

    y: str
    short: str
    topic: str
    lines: Sequence[Line]
    dots: Sequence[Dot]


@dataclass(frozen=True)
class Descends:
    """A line in words: what the later proposal does with what the earlier one has; ``sentence`` is
    one of ``SENTENCES``."""

    topic: str
    earlier: Value
    before: str
    sentence: str
    later: Value
    after: str
    marks: Sequence[ClaimMarks]


@dataclass(frozen=True)
class Descent:
    width: str
    height: str
    headings: Sequence[Heading]
    threads: Sequence[Thread]
    rows: Sequence[Descends]


@dataclass
class _Link:
    earlier: Node
    later: Node
    row: Document
    document: Document


@dataclass
class _Thread:
    links: list[_Link] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)


def descent_of(
    documents: Sequence[Document], referred: Referred, numbers: CitationNumbers
) -> Descent | None:
    """What leads from one of the documents to another; ``None`` where nothing does. No query."""
    in_order = sorted(
        documents, key=lambda each: (date_sort_key(each["presented"]), int(each["id"][1:]))
    )
    links = [
        _Link((public_id, key), (each["id"], row["provision"] or _dropping(row)), row, each)
        for each in in_order
        for row in each["lineage"]
        for public_id, key in [earlier_of(row)]
        if public_id in {other["id"] for other in documents}
    ]
    if not links:
        return None
    return _Drawing(in_order, referred, numbers).draw(_threads(links))


def _dropping(row: Document) -> str:
    """Of a proposal that drops a provision, something to draw in its place: the row itself."""
    return row["key"] if row["earlier"] else ""


def _threads(links: Sequence[_Link]) -> list[_Thread]:
    """Links that share a provision belong together. In the order in which they begin."""
    of_node: dict[Node, _Thread] = {}
    for link in links:
        thread, other = of_node.get(link.earlier), of_node.get(link.later)
        thread = thread or other or _Thread()
        if other is not None and other is not thread:
            thread.links += other.links
            thread.nodes += other.nodes
            of_node |= dict.fromkeys(other.nodes, thread)
        thread.links.append(link)
        for node in (link.earlier, link.later):
            if node not in thread.nodes:
                thread.nodes.append(node)
            of_node[node] = thread
    return list({id(thread): thread for thread in of_node.values()}.values())


class _Drawing:
    def __init__(
        self, documents: Sequence[Document], referred: Referred, numbers: CitationNumbers
    ) -> None:
        self.referred, self.numbers = referred, numbers
        self.documents: Mapping[str, Document] = {each["id"]: each for each in documents}
        self.x = {
            each["id"]: LABEL + COLUMN * place + COLUMN // 2 for place, each in enumerate(documents)
        }
        self.parts: Mapping[Node, Document] = {
            (each["id"], part["key"]): part
            for each in documents
            for part in (*each["provisions"], *each["lineage"])
        }

    def draw(self, threads: Sequence[_Thread]) -> Descent:
        drawn, top = [], HEAD
        for thread in threads:
            found, height = self._thread(thread, top)
            drawn.append(found)
            top += height
        return Descent(
            width=str(LABEL + COLUMN * len(self.documents)),
            height=str(top),
            headings=[
                Heading(
                    str(self.x[public_id]),
                    beginning(each["title"], SHORT_TITLE),
                    each["title"],
                    self.numbers.page_of(each),
                )
                for public_id, each in self.documents.items()
            ],
            threads=drawn,
            rows=[self._in_words(link) for thread in threads for link in thread.links],
        )

    def _thread(self, thread: _Thread, top: int) -> tuple[Thread, int]:
        """What is drawn of it below ``top``, and how high that is."""
        places: dict[Node, tuple[int, int]] = {}
        stacked: dict[str, int] = defaultdict(int)
        for node in thread.nodes:
            slot = stacked[node[0]]
            stacked[node[0]] += 1
            places[node] = self.x[node[0]], top + LINE * slot + LINE // 2
        topic = self._topic(thread.links[0])
        lines = []
        for link in thread.links:
            (x1, y1), (x2, y2) = places[link.earlier], places[link.later]
            said = self._in_words(link)
            names = {"later": said.later.name, "earlier": said.earlier.name}
            title = gettext(said.sentence) % names
            kind = link.row["kind"].replace(" ", "-")
            lines.append(Line(str(x1), str(y1), str(x2), str(y2), kind, title))
        dropping = {link.later for link in thread.links if link.row["kind"] == "drops"}
        dots = [
            Dot(str(x), str(y), self._title(node), self._value(node).url, node in dropping)
            for node, (x, y) in sorted(places.items(), key=lambda item: item[1])
        ]
        drawn = Thread(str(top + LINE // 2), beginning(topic, SHORT_LABEL), topic, lines, dots)
        return drawn, LINE * max(stacked.values())

    def _topic(self, link: _Link) -> str:
        part = self.parts.get(link.earlier)
        return self.referred.names[part["topic"]].name if part else gettext("The whole")

    def _title(self, node: Node) -> str:
        document = self.documents[node[0]]
        part = self.parts.get(node)
        if part is None:
            return gettext("%(proposal)s, the whole") % {"proposal": document["title"]}
        if "summary" not in part:
            # Translators: a proposal that drops an earlier provision.
            return gettext("%(proposal)s: drops it") % {"proposal": document["title"]}
        return labelled(document["title"], beginning(part["summary"], LONGEST))

    def _value(self, node: Node) -> Value:
        document = self.documents[node[0]]
        page = self.numbers.page_of(document)
        return Value(document["title"], f"{page}#{node[1]}" if node[1] else page)

    def _summary(self, node: Node) -> str:
        part: Any = self.parts.get(node) or {}
        return str(part.get("summary", ""))

    def _in_words(self, link: _Link) -> Descends:
        return Descends(
            self._topic(link),
            self._value(link.earlier),
            self._summary(link.earlier),
            SENTENCES[link.row["kind"]],
            self._value(link.later),
            self._summary(link.later),
            self.numbers.of(link.document, link.row["key"]),
        )
