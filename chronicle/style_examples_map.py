"""What the style page fills the components of a map with."""

from typing import Any

from places.map.drawing import Picture, Told, drawn, outlines_of
from places.map.placing import Spot, placed
from places.map.showing import WIDTHS, Beside, Map, Name, Row, Way
from places.map.window import Window
from record.rows import Value
from sources.marks import ClaimMarks

WINDOW = Window(4, 42, 16, 48).fitted()
SPOTS = [
    Spot("L1", 46.2, 6.15, "settlement", 1, "Lakeside", "Lakeside"),
    Spot("L2", 47.5, 11.0, "point", 1, "The hall", "The hall"),
    Spot("L3", 44.5, 13.0, "area", 1, "The Shire", "The Shire"),
    Spot("L4", 45.0, 9.0, "country", 1, "The Republic", "The Republic"),
    Spot("L5", 43.0, 5.5, "settlement", 1, "Port", "Port"),
    Spot("L6", 43.1, 5.6, "settlement", 1, "Harbour", "Harbour"),
]
TOLD = Told("A place", "/places/")
NO_MARKS = ClaimMarks("p1", "", [], "", "")
ROW = Row(
    id="L1",
    label=Value("Lakeside", "/places/"),
    own=[Name("Lakeside", "", "English, usual", NO_MARKS)],
    others=[Name("Bord-du-Lac", "fr", "French, official", NO_MARKS)],
    where="46.2° N, 6.15° E",
    stands_for="Centre of a settlement",
    marks=NO_MARKS,
    events=Value("12", "/events/"),
)
MAP = Map(
    title=WINDOW.words,
    outlines=outlines_of(WINDOW),
    pictures=[
        Picture(size, [drawn(mark, width, TOLD) for mark in placed(SPOTS, WINDOW, width)])
        for size, width in WIDTHS.items()
    ],
    ways=[Way("nearer", "Nearer", "/map/places/"), Way("north", "North", "")],
    within=6,
    places=6,
    outside=Beside(2, "/map/places/"),
    unlocated=0,
    nowhere=Beside(0, ""),
    left_out=0,
    rows=[ROW],
)

MAP_EXAMPLES: dict[str, dict[str, Any]] = {
    "_map": {"map": MAP, "entries": "6 places", "counted": False},
    "_map_table": {"rows": MAP.rows, "places": 1, "counted": False},
}
