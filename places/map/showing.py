"""What the page of a map says: the picture, the part of the earth it shows, all of it in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from chronicle import localised
from chronicle.localised import language_name
from places.coordinates import coordinates_words
from places.map.asking import Asked
from places.map.counting import ITSELF, Found, spots_of
from places.map.drawing import Outline, Picture, Told, drawn, outlines_of
from places.map.links import Links, listing
from places.map.placing import Mark, Spot, gathered, placed, several_in_words
from places.map.window import LEAST, LEAST_WHOLE, Window
from record.called import called, foreign
from record.choices import choice_label
from record.filters import RecordFilter
from record.pages import EntryPages, list_address, pages_of
from record.reading import Record
from record.rows import Value
from record.types import Document, type_named
from sources.marks import ClaimMarks, Claims

# Ems: on the smallest phone, on a tablet, and beside the filters. Which one is seen follows from
# the room there is (map.css).
WIDTHS = {"narrow": 21.0, "middling": 42.0, "wide": 60.0}
MOST_ROWS = 200  # places told in words below one picture
TABLE = "#places"


@dataclass(frozen=True)
class Way:
    """To another part; without an address where there is nothing more that way."""

    name: str
    label: str
    href: str


@dataclass(frozen=True)
class Name:
    """What a place is called: in which language, and how it is used."""

    text: str
    tag: str
    said: str
    marks: ClaimMarks


@dataclass(frozen=True)
class Row:
    """One place in words. ``own``: the names that its label is; ``others``: what else it is called;
    ``events``: those there."""

    id: str
    label: Value
    own: Sequence[Name]
    others: Sequence[Name]
    where: str
    stands_for: str
    marks: ClaimMarks
    events: Value


@dataclass(frozen=True)
class Beside:
    """So many that are not in the picture."""

    number: int
    href: str


@dataclass(frozen=True)
class Map:
    """``within``: entries in the picture; ``places``: places in it, of which ``rows`` are told;
    ``outside``: entries elsewhere; ``unlocated``: entries whose place has no coordinates."""

    title: str
    outlines: Sequence[Outline]
    pictures: Sequence[Picture]
    ways: Sequence[Way]
    within: int
    places: int
    outside: Beside
    unlocated: int
    nowhere: Beside
    left_out: int
    rows: Sequence[Row]


@dataclass(frozen=True)
class Composer:
    """Draws what is found, in words and in marks."""

    pages: EntryPages
    filters: RecordFilter
    found: Found
    url: str

    def map_of(self, asked: Asked) -> Map | None:
        """None where nothing has coordinates. No query."""
        spots = spots_of(self.found, counted=self._counted)
        if not spots:
            return None
        whole = Window.around([spot.point for spot in spots]).padded(LEAST_WHOLE)
        window = asked.window or whole
        links = Links(self.filters.data, self.url, window)
        seen = {spot.id for spot in spots if window.share(*spot.point)}
        shown = [place for place in self.found.located if place["id"] in seen]
        within = self.found.number_at(shown)
        return Map(
            title=window.words,
            outlines=outlines_of(window),
            pictures=[
                Picture(
                    size,
                    [
                        drawn(mark, width, self._told(mark, width, links))
                        for mark in placed(spots, window, width)
                    ],
                )
                for size, width in WIDTHS.items()
            ],
            ways=_ways(links, asked.window is not None),
            within=within,
            places=len(shown),
            outside=Beside(self.found.number_at(self.found.located) - within, links.at(None)),
            unlocated=self.found.number_at(self.found.unlocated),
            nowhere=Beside(self.found.nowhere, self._listing("none")),
            left_out=self.found.left_out,
            rows=self.rows_of(shown[:MOST_ROWS]),
        )

    def rows_of(self, places: Sequence[Document]) -> list[Row]:
        return [self._row(place) for place in places]

    @property
    def _counted(self) -> bool:
        return self.pages.mapped_by != ITSELF

    @property
    def _record(self) -> Record:
        return self.filters.record

    def _told(self, mark: Mark, width: float, links: Links) -> Told:
        if mark.alone:
            return self._of_one(mark.spots[0])
        words = several_in_words(mark)
        if len(mark.spots) == 2:
            words = localised.listed([spot.label for spot in mark.spots])
        if self._counted:
            words = f"{words}, {self.pages.number(mark.number)}"
        points = [spot.point for spot in mark.spots]
        nearer = links.opening(points)
        if nearer is not None and len(gathered(mark.spots, nearer, width)) > 1:
            return Told(gettext("%(words)s: nearer") % {"words": words}, links.at(nearer))
        only = Window.around(points).padded(LEAST)
        # Translators: where a mark of a map leads: to a table.
        said = gettext("%(words)s: in words") % {"words": words}
        return Told(said, links.at(only) + TABLE)

    def _of_one(self, spot: Spot) -> Told:
        place = self.found.places[spot.id]
        stands_for = localised.lower(choice_label("place", "coordinates.precision", spot.precision))
        words = [spot.label, stands_for]
        if Claims(place).of("coordinates").contested:
            # Translators: that a source disputes where a place lies.
            words.append(pgettext("of a claim", "contested"))
        href = self._page(place)
        if self._counted:
            words.insert(1, self.pages.number(spot.number))
            href = self._listing(place["slug"])
        return Told(", ".join(words), href, _tag_of(place, spot.label))

    def _row(self, place: Document) -> Row:
        url, label = self._page(place), called(place).name
        claims = Claims(place, url)
        names = [
            Name(
                text=part["text"],
                tag=foreign(part["language"]),
                said=f"{language_name(part['language'])}, "
                + localised.lower(choice_label("place", "names.usage", part["usage"])),
                marks=claims.of(part["key"]),
            )
            for part in place["names"]
        ]
        where = place["coordinates"]
        precision = choice_label("place", "coordinates.precision", where["precision"])
        return Row(
            id=place["id"],
            label=Value(label, url, _tag_of(place, label)),
            own=[name for name in names if name.text == label],
            others=[name for name in names if name.text != label],
            where=coordinates_words(where),
            stands_for=precision,
            marks=claims.of("coordinates"),
            events=self._events(place),
        )

    def unlocated(self) -> list[tuple[Value, str, str]]:
        """Places without coordinates, how many events are there, and the address of those."""
        return [
            (
                Value(label, self._page(place), _tag_of(place, label)),
                pages_of("event").number(self.found.events.get(place["id"], 0)),
                self._events(place).url,
            )
            for place in self.found.unlocated[:MOST_ROWS]
            for label in [called(place).name]
        ]

    def _events(self, place: Document) -> Value:
        number = self.found.events.get(place["id"], 0)
        if not number:
            return Value("0")
        if self._counted:
            return Value(localised.number(number), self._listing(place["slug"]))
        return Value(
            localised.number(number), list_address(self._record, "event", place=place["slug"])
        )

    def _page(self, place: Document) -> str:
        return self._record.page(type_named("place").url(place["slug"]))

    def _listing(self, *places: str) -> str:
        """The list of what is mapped, of these places."""
        values = {self.pages.mapped_by: places} if self._counted else {}
        return listing(self.filters.data, self.pages.list_url, **values)


def _tag_of(place: Document, label: str) -> str:
    """The language of a place's label, where it is not the page's."""
    return next((foreign(row["language"]) for row in place["names"] if row["text"] == label), "")


def _ways(links: Links, asked: bool) -> list[Way]:
    window = links.present
    around, up, down = window.is_all_around, window.north < 90, window.south > -90
    ways: list[tuple[str, str, Window | None]] = [
        (
            "nearer",
            pgettext("way over a map", "Nearer"),
            window.inner() if window.height > LEAST * 1.01 else None,
        ),
        ("farther", pgettext("way over a map", "Farther"), None if around else window.outer()),
        ("west", pgettext("way over a map", "West"), None if around else window.moved(-1, 0)),
        ("east", pgettext("way over a map", "East"), None if around else window.moved(1, 0)),
        ("north", pgettext("way over a map", "North"), window.moved(0, 1) if up else None),
        ("south", pgettext("way over a map", "South"), window.moved(0, -1) if down else None),
    ]
    found = [Way(name, label, links.at(to) if to else "") for name, label, to in ways]
    if asked:
        found.append(Way("whole", pgettext("way over a map", "All of it"), links.at(None)))
    return found
