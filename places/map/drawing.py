"""A map's marks as SVG takes them: where they stand in per cent, how large they are in ems."""

from dataclasses import dataclass

from chronicle import localised
from places.map.placing import Mark, label_at
from places.map.window import ALL_AROUND, ASPECT, Window
from record.timeline.drawing import ems

HIGH = 1000  # units that the picture of the coast lines is high
WIDE = HIGH * ASPECT


@dataclass(frozen=True)
class Told:
    """What is said of a mark and where it leads."""

    words: str
    href: str
    language: str = ""


@dataclass(frozen=True)
class Circle:
    """Around what has no spot: its radius in per cent of the width, and of the height."""

    rx: str
    ry: str


@dataclass(frozen=True)
class Drawn:
    """``shape``: of a precision, or ``count``. What is called after ``d`` is ems from there."""

    told: Told
    shape: str
    x: str
    y: str
    width: str
    dx: str
    number: str
    circle: Circle | None
    label: str
    side: str
    label_dx: str
    label_dy: str


@dataclass(frozen=True)
class Outline:
    """Where all of the earth's coast lines stand, in the picture's own units."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Picture:
    """The marks at one width, which ``size`` names."""

    size: str
    marks: list[Drawn]


def outlines_of(window: Window) -> list[Outline]:
    """Twice where the window reaches over the 180th meridian."""
    across, down = WIDE / window.width, HIGH / window.height
    turns = [0.0, ALL_AROUND] if window.east > ALL_AROUND / 2 else [0.0]
    return [
        Outline(
            x=f"{(turn - 180 - window.west) * across:.2f}",
            y=f"{(window.north - 90) * down:.2f}",
            width=f"{ALL_AROUND * across:.2f}",
            height=f"{180 * down:.2f}",
        )
        for turn in turns
    ]


def drawn(mark: Mark, width: float, told: Told) -> Drawn:
    """``width``: ems of the picture."""
    height = width / ASPECT
    label_x, label_y = label_at(mark, mark.side)
    return Drawn(
        told=told,
        shape=mark.spots[0].precision if mark.alone else "count",
        x=_percent(mark.x / width),
        y=_percent(mark.y / height),
        width=ems(mark.wide),
        dx=ems(-mark.wide / 2),
        number="" if mark.alone else localised.number(mark.number),
        circle=_circle(mark.radius, width) if mark.radius else None,
        label=mark.label,
        side=mark.side,
        label_dx=ems(label_x - mark.x),
        label_dy=ems(label_y - mark.y + BASELINE),
    )


BASELINE = 0.35  # ems from the middle of a word's height down to its line


def _circle(radius: float, width: float) -> Circle:
    return Circle(_percent(radius / width), _percent(radius * ASPECT / width))


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
