"""Makes the outlines of maps: ``python -m places.outlines world-atlas.tgz land-50m.svg``.

Reads ``land-50m.json`` of the npm package world-atlas: TopoJSON of Natural Earth's land, of which
each coast line is an arc that rings name by number. Writes one SVG file of all the earth, in plate
carrée, so that a page shows a part of it by a viewBox. Land alone: of borders, nothing is read.
"""

import json
import sys
import tarfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

MEMBER = "package/land-50m.json"
UNITS = 20  # a degree: a twentieth is five kilometres, about as much as the data tells
# Half transparent, so that it is fit for light paper and for dark, and for forced colours.
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    ' preserveAspectRatio="none">'
    '<path fill="#857e72" fill-opacity=".28" fill-rule="evenodd" d="{path}"/></svg>\n'
)

Point = tuple[float, float]  # degrees east and north
Unit = tuple[int, int]  # from the left and from the top


def outline_of(topology: dict[str, Any]) -> str:
    """The SVG file of a topology's ``land``."""
    paths = (_path(_rounded(ring)) for whole in rings_of(topology) for ring in on_the_sheet(whole))
    return SVG.format(width=360 * UNITS, height=180 * UNITS, path="".join(paths))


def rings_of(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Closed lines, in degrees. A negative number is an arc backwards."""
    arcs = _arcs(topology)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        for polygon in polygons:
            for numbers in polygon:
                ring: list[Point] = []
                for number in numbers:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    ring += arc[1:] if ring else arc
                yield ring


def on_the_sheet(ring: Sequence[Point]) -> list[list[Point]]:
    """A ring as a flat sheet from -180 to 180 shows it: over the 180th meridian it goes on beyond
    the edge, so it is drawn once more from the other side; around a pole, it is closed along it."""
    points, turn = [ring[0]], 0.0
    for (before, _), (east, north) in pairwise(ring):
        if abs(east - before) > 180:
            turn += 360 if east < before else -360
        points.append((east + turn, north))
    if turn:
        pole = -90.0 if points[0][1] < 0 else 90.0
        points += [(points[-1][0], pole), (points[0][0], pole)]
    eastings = [east for east, _ in points]
    shifts = [0.0]
    shifts += [-360.0] if max(eastings) > 180 else []
    shifts += [360.0] if min(eastings) < -180 else []
    return [[(east + shift, north) for east, north in points] for shift in shifts]


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Each point is told as steps from the one before it."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for across, up in steps:
            x, y = x + across, y + up
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def _rounded(ring: Sequence[Point]) -> list[Unit]:
    """To whole units, each once."""
    points: list[Unit] = []
    for east, north in ring:
        point = round((east + 180) * UNITS), round((90 - north) * UNITS)
        if not points or point != points[-1]:
            points.append(point)
    return points[:-1] if points[0] == points[-1] else points


def _path(points: Sequence[Unit]) -> str:
    """In steps; what is no more than a line has no land in it."""
    if len(points) < 3:
        return ""
    steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def main(package: str, svg: str) -> None:
    with tarfile.open(package) as files:
        member = files.extractfile(MEMBER)
        if member is None:
            raise SystemExit(f"There is no {MEMBER} in {package}.")
        topology = json.load(member)
    Path(svg).write_text(outline_of(topology), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
