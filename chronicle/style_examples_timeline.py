"""What the style page fills the components of a timeline with."""

from typing import Any

from chronicle.dates import OPEN_END, Bounds
from chronicle.style_examples_overview import OVERVIEW_EXAMPLES
from record.reading import Reference
from record.shown_as import Switch
from record.timeline.drawing import Told, drawn, ems
from record.timeline.picture import WIDTHS, Axis, Drawing, Picture, ShownLane, ShownTick
from record.timeline.placing import CELL, Item, placed
from record.timeline.scale import Scale
from record.timeline.showing import Beside, Timeline, Way
from record.timeline.window import Window
from record.together.counting import Pair
from record.together.drawing import arcs_of

WINDOW = Window(726_468, 728_293)  # 1990 to 1994
SCALES = {size: Scale(WINDOW, width) for size, width in WIDTHS.items()}
ITEMS = [
    Item(726_650, 726_650, id="E1", label="First day by the lake"),
    Item(726_833, 727_197, id="E2", label="A year of letters"),
    Item(727_300, 727_330, number=12),
    Item(727_600, OPEN_END, id="E3", label="The office opens"),
]
LASTING = Told(
    "A year of letters, 1991",
    "/events/",
    "A year of letters",
    "1991",
    lasting=Bounds(726_900, 727_100),
)
VIEWS = [Switch("List", "/events/", False), Switch("Timeline", "/timeline/events/", True)]


def _told(item: Item) -> Told:
    if item.id == "E2":
        return LASTING
    what, when = item.label or "12 events", "1992"
    return Told(f"{what}, {when}", "/events/", what, when)


def _picture(size: str) -> Picture:
    scale = SCALES[size]
    marks = placed(ITEMS, scale, rows=4, alike=3)
    height = ems(CELL * (1 + max(mark.row for mark in marks)))
    return Picture(size, height, [drawn(mark, scale, _told(mark.item)) for mark in marks])


def _axis(size: str) -> Axis:
    scale = SCALES[size]
    ticks = scale.ticks()
    return Axis(size, [ShownTick(scale.percent(scale.x(t.day)), t.label, "/") for t in ticks])


LANE = ShownLane("Lakeside", "/places/", "15", "/events/", [_picture(size) for size in WIDTHS])
TIMELINE = Timeline(
    window=WINDOW,
    within=15,
    drawing=Drawing([_axis(size) for size in WIDTHS], [LANE]),
    lanes=[],
    ways=[Way("earlier", "Earlier", ""), Way("nearer", "Nearer", "/timeline/events/")],
    before=Beside(0, ""),
    after=Beside(3, "/timeline/events/"),
    undated=Beside(2, "/events/"),
    listing="/events/",
)

NAMES = {
    each: Reference(each, "actor", name, "", "/actors/")
    for each, name in {
        "A1": "The Republic",
        "A2": "The Conference",
        "A3": "The envoy of the Conference by the lake",
    }.items()
}
PAIRS = [Pair("A1", "A2", 12), Pair("A2", "A3", 5), Pair("A1", "A3", 1)]
TOGETHER: dict[str, Any] = {
    "arcs": arcs_of(list(NAMES), PAIRS),
    "named": {
        each: {"name": name, "number": 12, "alone": "/events/"} for each, name in NAMES.items()
    },
    "pairs": [
        {
            "first": NAMES[pair.first],
            "second": NAMES[pair.second],
            "number": pair.number,
            "url": "/",
        }
        for pair in PAIRS
    ],
}

TIMELINE_EXAMPLES: dict[str, dict[str, Any]] = {
    **OVERVIEW_EXAMPLES,
    "_switch": {"label": "Shown as", "switches": VIEWS},
    "_timeline": {"timeline": TIMELINE, "entries": "15 events"},
    "_drawing": {"drawing": TIMELINE.drawing},
    "_timeline_table": {"drawing": TIMELINE.drawing, "title": "Events"},
    "_over_time": {"drawing": TIMELINE.drawing, "title": "The envoy over time"},
    "_together": TOGETHER,
}
