"""Tables of a page that ruled lines make: which cells there are, merged ones too, and which runs stand in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tenmatsu.read.pdf_glyphs import Rule
from tenmatsu.read.pdf_lines import Run

_NEAR = 3.0  # points within which two lines meet or are one
_MOST = 700  # joined lines of a page; more are a drawing
_COLUMN_GAP = 1.0  # sizes of the type between columns that no line divides


@dataclass(slots=True)
class CellOf:
    """One cell: its box in points and its runs from the top down."""

    left: float
    bottom: float
    right: float
    top: float
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table: rows of cells; None stands where a cell from above or from the left reaches over."""

    left: float
    bottom: float
    right: float
    top: float
    rows: list[list[CellOf | None]]


def tables(rules: Sequence[Rule], runs: Sequence[Run]) -> tuple[list[Table], list[Run]]:
    """Return the tables that ruled lines make, and the runs outside them; a frame around a text is no table."""
    level = _joined([rule for rule in rules if rule.level])
    upright = _joined([rule for rule in rules if not rule.level])
    if len(level) + len(upright) > _MOST:
        return [], list(runs)
    found: list[Table] = []
    rest = list(runs)
    groups = _groups(level, upright)
    for across, down in sorted(groups, key=_area, reverse=True):
        table, left_over = _gridded(across, down, rest) if down else _banded(across, rest)
        if table is not None:
            found.append(table)
            rest = left_over
    return found, rest


def _joined(rules: list[Rule]) -> list[Rule]:
    """Lines that go on from each other, drawn cell by cell or twice, as one."""
    ordered = sorted(rules, key=lambda rule: (rule.at, rule.start))
    out: list[Rule] = []
    band: list[Rule] = []
    for rule in [*ordered, None]:
        if rule is not None and (not band or rule.at - band[0].at <= _NEAR * 0.6):
            band.append(rule)
            continue
        made: list[Rule] = []
        for one in sorted(band, key=lambda one: one.start):
            if made and one.start <= made[-1].end + _NEAR:
                made[-1].end = max(made[-1].end, one.end)
            else:
                made.append(Rule(one.level, one.at, one.start, one.end))
        out += made
        band = [] if rule is None else [rule]
    return out


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that cross or touch each other; level lines of one extent that no upright one touches are a group, too."""
    parent = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, one in enumerate(level):
        for j, other in enumerate(upright, len(level)):
            if one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR:
                parent[root(i)] = root(j)
    groups: dict[object, tuple[list[Rule], list[Rule]]] = {}
    touched = {root(at) for at in range(len(level), len(parent))}
    for i, one in enumerate(level):
        key: object = root(i) if root(i) in touched else ("level", round(one.start / 6), round(one.end / 6))
        groups.setdefault(key, ([], []))[0].append(one)
    for j, other in enumerate(upright, len(level)):
        groups.setdefault(root(j), ([], []))[1].append(other)
    return [group for group in groups.values() if len(group[0]) >= 2]


def _area(group: tuple[list[Rule], list[Rule]]) -> float:
    across = group[0]
    wide = max(rule.end for rule in across) - min(rule.start for rule in across)
    return wide * (max(rule.at for rule in across) - min(rule.at for rule in across))


def _places(values: list[float]) -> list[float]:
    """Distinct places, those nearer than a line's width as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _gridded(across: list[Rule], down: list[Rule], runs: list[Run]) -> tuple[Table | None, list[Run]]:
    """The table of a group with level and upright lines; a side without a line ends where the level lines end."""
    xs = _places([r.at for r in down] + [min(r.start for r in across), max(r.end for r in across)])
    ys = _places([r.at for r in across] + [min(r.start for r in down), max(r.end for r in down)])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > 20_000:
        return None, runs
    ys.reverse()  # from the top down
    wide, high = len(xs) - 1, len(ys) - 1
    owner = _merged(across, down, xs, ys)
    cells: dict[int, CellOf] = {}
    for place, at in enumerate(owner):
        row, column = divmod(place, wide)
        cell = cells.setdefault(at, CellOf(xs[column], ys[row + 1], xs[column + 1], ys[row]))
        cell.right, cell.bottom = max(cell.right, xs[column + 1]), min(cell.bottom, ys[row + 1])
    rest: list[Run] = []
    for run in runs:
        x, y = (run.left + run.right) / 2, run.base + 0.3 * run.size
        column_of = next((c for c in range(wide) if xs[c] <= x <= xs[c + 1]), None)
        row_of = next((r for r in range(high) if ys[r] >= y >= ys[r + 1]), None)
        if column_of is None or row_of is None:
            rest.append(run)
        else:
            cells[owner[row_of * wide + column_of]].runs.append(run)
    grid: list[list[CellOf | None]] = [
        [cells[owner[r * wide + c]] if owner[r * wide + c] == r * wide + c else None for c in range(wide)]
        for r in range(high)
    ]
    grid = _without_empty(grid)
    if sum(1 for row in grid for cell in row if cell and cell.runs) < 2 or not grid or len(grid[0]) < 2:
        return None, runs
    return Table(xs[0], ys[-1], xs[-1], ys[0], grid), rest


def _merged(across: list[Rule], down: list[Rule], xs: list[float], ys: list[float]) -> list[int]:
    """For each field of the grid the first field of the cell that it belongs to: no line stands between them."""
    wide, high = len(xs) - 1, len(ys) - 1
    owner = list(range(wide * high))

    def root(at: int) -> int:
        while owner[at] != at:
            at = owner[at]
        return at

    for row in range(high):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(1, wide):
            if not any(abs(r.at - xs[column]) <= _NEAR and r.start <= middle <= r.end for r in down):
                owner[max(root(row * wide + column), root(row * wide + column - 1))] = min(
                    root(row * wide + column), root(row * wide + column - 1)
                )
    for column in range(wide):
        middle = (xs[column] + xs[column + 1]) / 2
        for row in range(1, high):
            if not any(abs(r.at - ys[row]) <= _NEAR and r.start <= middle <= r.end for r in across):
                owner[max(root(row * wide + column), root((row - 1) * wide + column))] = min(
                    root(row * wide + column), root((row - 1) * wide + column)
                )
    return [root(at) for at in range(wide * high)]


def _without_empty(grid: list[list[CellOf | None]]) -> list[list[CellOf | None]]:
    """The rows and columns in which something stands."""
    rows = [row for row in grid if any(cell and cell.runs for cell in row)]
    kept = [c for c in range(len(grid[0])) if any(row[c] is not None and row[c].runs for row in rows)]  # type: ignore[union-attr]
    return [[row[c] for c in kept] for row in rows]


def _banded(across: list[Rule], runs: list[Run]) -> tuple[Table | None, list[Run]]:
    """The table of level lines alone: a row between two lines, columns where gaps go through all rows."""
    ys = sorted(_places([rule.at for rule in across]), reverse=True)
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    if len(ys) < 3:
        return None, runs
    inside = [
        run
        for run in runs
        if left - 2 <= run.left and run.right <= right + 2 and ys[-1] <= run.base + 0.3 * run.size <= ys[0]
    ]
    xs = _columns(inside, left, right)
    if len(xs) < 3:
        return None, runs
    grid: list[list[CellOf | None]] = [
        [CellOf(xs[c], ys[r + 1], xs[c + 1], ys[r]) for c in range(len(xs) - 1)] for r in range(len(ys) - 1)
    ]
    for run in inside:
        y = run.base + 0.3 * run.size
        row = next(r for r in range(len(ys) - 1) if ys[r] >= y >= ys[r + 1])
        column = next(c for c in range(len(xs) - 1) if run.left < xs[c + 1])
        cell = grid[row][column]
        if cell is not None:
            cell.runs.append(run)
    grid = _without_empty(grid)
    if sum(1 for row in grid if sum(1 for cell in row if cell and cell.runs) > 1) < 2:
        return None, runs
    held = {id(run) for run in inside}
    return Table(left, ys[-1], right, ys[0], grid), [run for run in runs if id(run) not in held]


def _columns(runs: list[Run], left: float, right: float) -> list[float]:
    """The bounds of the columns: the middles of the gaps that no run reaches into, and both ends."""
    bounds = [left]
    reach: float | None = None
    for run in sorted(runs, key=lambda run: run.left):
        if reach is not None and run.left - reach >= _COLUMN_GAP * run.size * 0.8:
            bounds.append((run.left + reach) / 2)
        reach = run.right if reach is None else max(reach, run.right)
    return [*bounds, right + 1]
