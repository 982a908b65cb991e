"""The order of reading on a page: text set in columns is read column by column, a table never is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from tenmatsu.read.pdf_lines import Run
from tenmatsu.read.pdf_tables import Table

_GUTTER = 0.9  # least width between columns, in sizes of the type
_LINES = 4  # least lines in each column
_WIDE = 9.0  # least width of a column of prose, in sizes
_FULL = 0.25  # least share of full lines in one of two columns
_TRIES = 40  # gaps of a page that are tried as gutters
_DEPTH = 4


@dataclass(slots=True)
class Region:
    """What is read from the top down: its runs and tables, and the bounds of the room it has, in points."""

    things: list[Run | Table]
    left: float
    right: float
    column: bool = False


def regions(things: Sequence[Run | Table], left: float, right: float, depth: int = 0) -> list[Region]:
    """Return the regions of a page, or of the part of it between ``left`` and ``right``, in the order of reading."""
    ordered = sorted(things, key=lambda thing: -thing.top)
    if not ordered:
        return []
    cut = _best(ordered, (left, right)) if depth < _DEPTH else None
    if cut is None:
        return [Region(ordered, left, right, depth > 0)]
    above, first, second, below, gutter = cut
    return [
        *regions(above, left, right, depth),
        *regions(first, left, gutter, depth + 1),
        *regions(second, gutter, right, depth + 1),
        *regions(below, left, right, depth),
    ]


_Cut = tuple[list[Run | Table], list[Run | Table], list[Run | Table], list[Run | Table], float]


def _best(ordered: list[Run | Table], bounds: tuple[float, float]) -> _Cut | None:
    """The split at the gutter that the most lines keep to."""
    tried: set[tuple[int, int]] = set()
    best: tuple[int, _Cut] | None = None
    for gap in _gaps(ordered):
        key = (round(gap[1] / 3), round(gap[2] / 3))
        if key in tried:
            continue
        tried.add(key)
        if len(tried) > _TRIES:
            break
        grown = _grown(ordered, bounds, *gap)
        if grown is not None and (best is None or grown[0] > best[0]):
            best = grown
    return best[1] if best else None


def _gaps(ordered: list[Run | Table]) -> list[tuple[int, float, float]]:
    """Places between two runs beside each other: the number of the upper one, where the gap begins and ends."""
    found = []
    for place, one in enumerate(ordered):
        if not isinstance(one, Run):
            continue
        for other in ordered[place + 1 : place + 12]:
            if other.top <= one.bottom:
                break
            if not isinstance(other, Run):
                continue
            a, b = (one, other) if one.left < other.left else (other, one)
            if b.left - a.right >= _GUTTER * one.size:
                found.append((place, a.right, b.left))
    return found


def _grown(
    ordered: list[Run | Table], bounds: tuple[float, float], start: int, left: float, right: float
) -> tuple[int, _Cut] | None:
    """The stretch of the page around a gap that keeps it free, as a split; None where the sides are no prose."""
    size = next(thing.size for thing in ordered[start:] if isinstance(thing, Run))
    first = last = start
    for steps in (range(start, len(ordered)), range(start - 1, -1, -1)):
        for at in steps:
            thing = ordered[at]
            if thing.left < right and thing.right > left:
                # it reaches into the gap, which gets smaller from that side, or ends here
                after, before = right - thing.right, thing.left - left
                if max(after, before) < _GUTTER * size * 0.8:
                    break
                left, right = (thing.right, right) if after >= before else (left, thing.left)
            first, last = min(first, at), max(last, at)
    gutter = (left + right) / 2
    inside = ordered[first : last + 1]
    foot = _foot(inside)
    inside, last = inside[: len(inside) - foot], last - foot
    a = [thing for thing in inside if thing.right <= gutter]
    b = [thing for thing in inside if thing.left >= gutter]
    if not a or not b:
        return None
    above, below = list(ordered[:first]), list(ordered[last + 1 :])
    a, off = _without_tail(a, min(thing.bottom for thing in b))
    lines = _prose(a), _prose(b)
    if lines[0] and not lines[1] and _beside(a, b, lines[0], bounds):
        return lines[0][0], (above, a, b, off + below, gutter)
    if not lines[0] or not lines[1] or max(lines[0][1], lines[1][1]) < _FULL:
        return None
    wide = [max(t.right for t in side) - min(t.left for t in side) for side in (a, b)]
    if not 0.4 <= wide[0] / wide[1] <= 2.5:
        return None
    return min(lines[0][0], lines[1][0]), (above, a, b, off + below, gutter)


def _beside(a: list[Run | Table], b: list[Run | Table], lines: tuple[int, float], bounds: tuple[float, float]) -> bool:
    """Whether a long column of prose leaves the right half of the page to what stands there, be it short."""
    left, edge = min(thing.left for thing in a), max(thing.right for thing in a)
    half = left + 0.56 * (bounds[1] - (left - bounds[0]) - left)
    start = min(thing.left for thing in b)
    even = sum(1 for thing in b if thing.left - start <= 3) * 3 >= len(b)
    return lines[0] >= 8 and lines[1] >= 0.4 and edge <= half and even


def _foot(inside: list[Run | Table]) -> int:
    """How many things stand at the foot of the page, far below all others: no column reaches down to them."""
    low = float("inf")
    found = 0
    for place, thing in enumerate(inside):
        if place and isinstance(thing, Run) and low - thing.top > 1.5 * thing.size and len(inside) - place <= 4:
            found = len(inside) - place
            break
        low = min(low, thing.bottom)
    return found


def _without_tail(side: list[Run | Table], floor: float) -> tuple[list[Run | Table], list[Run | Table]]:
    """The left column, and what stands below both columns, off from it."""
    gaps = [above.bottom - thing.top for above, thing in itertools.pairwise(side)]
    widest = max((gap for gap, thing in zip(gaps, side[1:], strict=True) if thing.top >= floor), default=0.0)
    for place, thing in enumerate(side[1:], 1):
        if thing.top < floor and gaps[place - 1] > max(2.0 * (thing.top - thing.bottom), 1.25 * widest):
            return side[:place], side[place:]
    return side, []


def _prose(side: list[Run | Table]) -> tuple[int, float] | None:
    """The number of lines of a column and the share that are full; None where none breaks off in mid-sentence at the edge."""
    runs = [thing for thing in side if isinstance(thing, Run)]
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.base, run.left)):
        if rows and abs(rows[-1][0].base - run.base) <= 0.3 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    if len(rows) < _LINES or len(runs) > 1.4 * len(rows):
        return None
    size = sorted(run.size for run in runs)[len(runs) // 2]
    edges = sorted(row[-1].edge for row in rows)
    edge = edges[-max(1, len(edges) // 10)]
    if edge - min(run.left for run in runs) < _WIDE * size:
        return None
    full = [row for row in rows if row[-1].edge >= edge - 1.7 * size]
    broken = [row for row in full if row[-1].text[-1] not in "。．！？」"]
    if len(broken) < max(2, 0.1 * len(rows)) or len(broken) < 0.5 * len(full):
        return None
    return len(rows), len(full) / len(rows)
