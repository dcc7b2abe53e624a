"""A timeline put together: of a filtered list, in a window, by lanes; at each of two widths."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from chronicle import localised
from chronicle.dates import PartialDate, display
from record.called import foreign
from record.filter_fields import NONE
from record.filters import DatedFilter
from record.pages import EntryPages, counted_words
from record.reading import Reference
from record.timeline.counting import items_in
from record.timeline.drawing import Drawn, Told, drawn, ems
from record.timeline.lanes import Lane, LanesBy, in_lane, lanes_of
from record.timeline.links import Links
from record.timeline.placing import CELL, Item, Mark, placed
from record.timeline.scale import Scale
from record.timeline.window import Window, days_in_words
from record.types import Document

# Ems: on the smallest phone, and beside the filters. Which one is seen follows from the room there
# is (timeline.css).
WIDTHS = {"narrow": 21.0, "wide": 46.0}
ROWS, MOST_ROWS, LEAST_ROWS = 42, 14, 4  # of all lanes together; of one, at most and at least
ALIKE = 3  # marks in one cell, at most; more are one, with their number
CELLS = int(WIDTHS["wide"] / CELL)


@dataclass(frozen=True)
class ShownTick:
    """A day that is marked; ``href``: the timeline up to the next one."""

    x: str
    label: str
    href: str


@dataclass(frozen=True)
class Axis:
    """``size`` is the name of the width that it is of."""

    size: str
    ticks: Sequence[ShownTick]


@dataclass(frozen=True)
class Picture:
    """The marks of one lane, at one width."""

    size: str
    height: str
    marks: Sequence[Drawn]


@dataclass(frozen=True)
class ShownLane:
    """``url``: the page of what it is of; ``href``: the list of what stands in it; ``language``: of
    the name, where it is not the page's."""

    name: str
    url: str
    number: str
    href: str
    pictures: Sequence[Picture]
    language: str = ""

    @property
    def widest(self) -> Picture:
        """Where fewest are one mark."""
        return self.pictures[-1]


@dataclass(frozen=True)
class Drawing:
    axes: Sequence[Axis]
    lanes: Sequence[ShownLane]


def picture_of(
    size: str, scale: Scale, marks: Sequence[Mark], tell: Callable[[Item], Told]
) -> Picture:
    rows = 1 + max((mark.row for mark in marks), default=0)
    return Picture(size, ems(rows * CELL), [drawn(mark, scale, tell(mark.item)) for mark in marks])


def several_in_words(number: str, item: Item) -> str:
    """``number``: how many of what, in words."""
    # Translators: a mark of a timeline that stands for several: “12 events, 1992 – 1994”.
    return gettext("%(number)s, %(days)s") % {
        "number": number,
        "days": days_in_words(item.first, item.last),
    }


def axis_of(size: str, scale: Scale, opening: Callable[[Window], str]) -> Axis:
    """``opening``: where the time up to the next tick is shown; empty for nowhere."""
    ticks = [
        ShownTick(scale.percent(scale.x(tick.day)), tick.label, opening(tick.until))
        for tick in scale.ticks()
    ]
    return Axis(size, ticks)


@dataclass(frozen=True)
class Composer:
    """Draws what ``filters`` leave within a window, in which there are ``number`` entries."""

    pages: EntryPages
    filters: DatedFilter
    by: LanesBy | None
    window: Window
    number: int
    links: Links

    def draw(self) -> Drawing:
        """Two queries; with lanes those of ``lanes_of`` besides: what stands in them, and the
        documents of what stands alone."""
        scales = {size: Scale(self.window, width) for size, width in WIDTHS.items()}
        lanes, items = self._lanes()
        rows = max(min(ROWS // max(len(lanes), 1), MOST_ROWS), LEAST_ROWS)
        marks = [
            {size: placed(each, scale, rows=rows, alike=ALIKE) for size, scale in scales.items()}
            for each in items
        ]
        told = self._told(mark for lane in marks for size in lane.values() for mark in size)
        names = self.filters.record.references(lane.ids[0] for lane in lanes if lane.is_one)
        shown = []
        for lane, of_lane, in_it in zip(lanes, marks, items, strict=True):
            values = self._values(lane, names)
            pictures = [
                picture_of(size, scales[size], of_lane[size], self._teller(told, values))
                for size in WIDTHS
            ]
            shown.append(self._shown(lane, names, in_it, values, pictures))
        axes = [axis_of(size, scale, self.links.opening) for size, scale in scales.items()]
        return Drawing(axes, shown)

    def _lanes(self) -> tuple[list[Lane], list[list[Item]]]:
        within = self.filters.qs.filter(self.window.possibly)
        if self.by is None:
            return [Lane(())], items_in([within], self.window, self.number, cells=CELLS)
        lanes = lanes_of(self.filters, within, self.by)
        of_each = [in_lane(self.filters, within, self.by, lane) for lane in lanes]
        return lanes, items_in(of_each, self.window, self.number, cells=CELLS)

    def _told(self, marks: Iterable[Mark]) -> Mapping[str, Told]:
        """What is said of those that stand alone, by id. One query."""
        record = self.filters.record
        documents = record.documents({mark.item.id for mark in marks if mark.item.number == 1})
        return {public_id: self._of(document) for public_id, document in documents.items()}

    def _of(self, document: Document) -> Told:
        entry_type = self.pages.entry_type
        edtf = document[self.pages.dated_by]["edtf"]
        what, when = entry_type.facts(document).label, display(edtf)
        return Told(
            words=f"{what}, {when}",
            href=self.filters.record.page(entry_type.url(document["slug"])),
            what=what,
            when=when,
            language=foreign(document["language"]),
            lasting=PartialDate(edtf).lasting,
        )

    def _teller(
        self, told: Mapping[str, Told], values: Mapping[str, Sequence[str]]
    ) -> Callable[[Item], Told]:
        return lambda item: told[item.id] if item.number == 1 else self._several(item, values)

    def _several(self, item: Item, values: Mapping[str, Sequence[str]]) -> Told:
        """They open to a nearer picture, or to their list where that would show no more."""
        window = Window.of_days(item.first, item.last, within=self.window)
        nearer = self.links.opening(window)
        number, when = self.pages.number(item.number), days_in_words(item.first, item.last)
        words = several_in_words(number, item)
        if nearer:
            # Translators: where a mark leads: “12 events, 1992 – 1994: nearer”.
            said = gettext("%(words)s: nearer") % {"words": words}
            return Told(said, nearer, number, when, opens=True)
        # Translators: where a mark leads: “12 events, 12 May 1994: as a list”.
        said = gettext("%(words)s: as a list") % {"words": words}
        return Told(said, self.links.listing(window, **values), number, when)

    def _values(self, lane: Lane, names: Mapping[str, Reference]) -> Mapping[str, Sequence[str]]:
        """What the list of a lane is filtered by besides."""
        if self.by is None or self.by.referring or lane.others:
            return {}
        return {self.by.name: [names[lane.ids[0]].slug if lane.is_one else NONE]}

    def _shown(
        self,
        lane: Lane,
        names: Mapping[str, Reference],
        items: Sequence[Item],
        values: Mapping[str, Sequence[str]],
        pictures: Sequence[Picture],
    ) -> ShownLane:
        number = sum(item.number for item in items)
        name = url = href = language = ""
        if self.by is not None and lane.is_one:
            _, _, name, _, url, language = names[lane.ids[0]]
        elif self.by is not None:
            others, none = self.by.others, str(self.by.none)
            name = counted_words(others, lane.others) if lane.others else none
        if values:
            href = self.links.listing(self.window, **values)
        return ShownLane(name, url, localised.number(number), href, pictures, language)
