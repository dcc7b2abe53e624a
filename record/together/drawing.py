"""Pairs as arcs beside a list of names: from one row to another, the wider the more entries.

All is in tenths of an em, so that the picture stands beside its rows however large text is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from record.together.counting import Pair

ROW = 28  # high: 2.8em, in which a link is easily touched
WIDTH = 90
PAD = 4  # on the left, for half of the widest line
THICKEST, THINNEST = 8.0, 1.0


@dataclass(frozen=True)
class Arc:
    path: str
    width: str
    first: str
    second: str
    number: int


@dataclass(frozen=True)
class Arcs:
    """``order``: whose row is where, from the top."""

    order: Sequence[str]
    arcs: Sequence[Arc]
    view_box: str
    height: str


def arcs_of(order: Sequence[str], pairs: Sequence[Pair]) -> Arcs:
    """Those that have most in common stand near each other; thin arcs are drawn over wide ones."""
    order = near_each_other(order, pairs)
    at = {public_id: ROW * row + ROW / 2 for row, public_id in enumerate(order)}
    most = max((pair.number for pair in pairs), default=1)
    height = ROW * len(order)
    arcs = [
        Arc(
            path=_path(at[pair.first], at[pair.second], height),
            width=f"{max(THINNEST, THICKEST * pair.number / most):.1f}",
            first=pair.first,
            second=pair.second,
            number=pair.number,
        )
        for pair in pairs
    ]
    return Arcs(order, arcs, f"0 0 {WIDTH} {height}", f"{height / 10:g}em")


def near_each_other(order: Sequence[str], pairs: Sequence[Pair]) -> list[str]:
    """Each beside whom it shares most with, of those that have a place: chains are joined at their
    ends, the strongest pairs first."""
    chains = {public_id: [public_id] for public_id in order}
    for pair in pairs:
        one, other = chains[pair.first], chains[pair.second]
        if one is other:
            continue
        if pair.first not in (one[0], one[-1]) or pair.second not in (other[0], other[-1]):
            continue
        if one[-1] != pair.first:
            one.reverse()
        if other[0] != pair.second:
            other.reverse()
        one += other
        for public_id in other:
            chains[public_id] = one
    kept: dict[int, list[str]] = {id(chain): chain for chain in chains.values()}
    rank = {public_id: number for number, public_id in enumerate(order)}
    in_order = sorted(kept.values(), key=lambda chain: min(map(rank.__getitem__, chain)))
    return [public_id for chain in in_order for public_id in chain]


def _path(start: float, end: float, height: float) -> str:
    top, bottom = sorted((start, end))
    reach = (WIDTH - PAD) * max(0.25, (bottom - top) / max(height - ROW, ROW))
    return f"M{WIDTH} {top:g}A{reach:.1f} {(bottom - top) / 2:g} 0 0 0 {WIDTH} {bottom:g}"
