"""A mark as SVG takes it: all numbers are texts, along the line in per cent, otherwise in ems."""

from dataclasses import dataclass

from chronicle import localised
from chronicle.dates import Bounds
from record.timeline.placing import BESIDE, CELL, Mark, count_width
from record.timeline.scale import Scale

BASELINE = 1.3  # ems below the top of a row
TIP, BARB = 1.5, 0.35  # ems
BEYOND = 1.0  # ems outside the picture


@dataclass(frozen=True)
class Told:
    """What is said of a mark and where it leads. ``opens``: to the same picture, nearer.

    ``what`` and ``when`` say it in a table. ``lasting``: the days throughout which what it stands
    for certainly lasts.
    """

    words: str
    href: str
    what: str
    when: str
    language: str = ""
    opens: bool = False
    lasting: Bounds | None = None


@dataclass(frozen=True)
class Arrow:
    """Of an open end, in ems from where the mark stands: its line, where its barbs end, and the box
    of the number before it."""

    tail: str
    tip: str
    barb: str
    box: str
    box_width: str
    target: str


@dataclass(frozen=True)
class Drawn:
    """``x``: where a dot, an open end or a number stands, or a span begins. ``dx``: ems from
    there to where a narrow span begins. The width of other spans is in per cent. ``label_dx``: ems
    from ``label_x`` to where words begin or, where they stand before the mark, end. A core is what
    certainly lasts.
    """

    told: Told
    shape: str
    x: str
    dx: str
    narrow: bool
    width: str
    top: str
    middle: str
    baseline: str
    number: str
    number_x: str
    number_dx: str
    label: str
    label_x: str
    label_dx: str
    label_before: bool
    core_x: str
    core_width: str
    arrow: Arrow | None


def drawn(mark: Mark, scale: Scale, told: Told) -> Drawn:
    width, at = mark.right - mark.left, _anchor(mark)
    stretches = not mark.fixed
    label_from = mark.right if stretches and mark.label_at == "after" else at
    label_to = {"after": mark.after, "before": mark.before, "inside": mark.left + BESIDE}
    core = _core(told.lasting, scale) if stretches else None
    top = mark.row * CELL
    left, right = _bounds(mark, scale)
    return Drawn(
        told=told,
        shape=mark.shape,
        x=scale.percent(left if stretches else at),
        dx=ems(-mark.drawn / 2),
        narrow=mark.drawn > 0,
        width=scale.percent(right - left) if stretches else ems(mark.drawn or width),
        top=ems(top),
        middle=ems(top + CELL / 2),
        baseline=ems(top + BASELINE),
        number=localised.number(mark.item.number) if mark.item.number > 1 else "",
        number_x=scale.percent(mark.left + width / 2 if stretches else at),
        number_dx=ems(_number_dx(mark)),
        label=mark.label,
        label_x=scale.percent(label_from),
        label_dx=ems(label_to[mark.label_at] - label_from),
        label_before=mark.label_at == "before",
        core_x=scale.percent(core[0]) if core else "",
        core_width=scale.percent(core[1] - core[0]) if core else "",
        arrow=_arrow(mark) if mark.shape in ("from", "until") else None,
    )


def _number_dx(mark: Mark) -> float:
    """From ``number_x`` to the middle of the number."""
    if not mark.fixed:
        return 0
    half = count_width(mark.item.number) / 2
    return -half if mark.shape == "until" else half


def _arrow(mark: Mark) -> Arrow:
    way = -1 if mark.shape == "until" else 1
    box = count_width(mark.item.number) if mark.item.number > 1 else 0
    width = mark.right - mark.left
    return Arrow(
        tail=ems(way * box),
        tip=ems(way * (box + TIP)),
        barb=ems(way * (box + TIP - BARB)),
        box=ems(min(way * box, 0)),
        box_width=ems(box) if box else "",
        target=ems(min(way * width, 0)),
    )


def _bounds(mark: Mark, scale: Scale) -> tuple[float, float]:
    """Of a span: what reaches beyond the window is cut off, and has no end there."""
    begins_before = mark.left <= 0 and mark.item.first < scale.window.first
    ends_after = mark.right >= scale.width and mark.item.last > scale.window.last
    left = -BEYOND if begins_before else mark.left
    return left, scale.width + BEYOND if ends_after else mark.right


def _anchor(mark: Mark) -> float:
    """The one point of it that stays in its place however wide it is drawn."""
    if mark.drawn:
        return (mark.left + mark.right) / 2
    return mark.right if mark.shape == "until" else mark.left


def _core(lasting: Bounds | None, scale: Scale) -> tuple[float, float] | None:
    if lasting is None:
        return None
    window = scale.window
    start = 0 if lasting.first_day < window.first else scale.x(lasting.first_day)
    end = scale.width if lasting.last_day > window.last else scale.x(lasting.last_day + 1)
    return (start, end) if start < end else None


def ems(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "em"
