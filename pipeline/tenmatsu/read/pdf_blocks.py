"""Lines of a region to blocks: wrapped lines of a paragraph come together, items, headings and rows stay apart.

Whether a line was broken because it was full is asked of the geometry: it was when the first thing of the next line
that may not be divided (a character with the marks that cling to it, a word, a number) had no room left in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from tenmatsu.read.pdf_characters import is_wide
from tenmatsu.read.pdf_columns import Region
from tenmatsu.read.pdf_lines import Run
from tenmatsu.read.pdf_tables import CellOf, Table
from tenmatsu.read.sentences import runs_on

Box = tuple[float, float, float, float]

_SAME = 0.6  # sizes of the type: lines that begin this near to each other begin at the same place
_CLOSE = 1.45  # a line farther below than this many usual steps stands apart
_HEADING = 1.12  # type this much larger than the text's is a heading's
_SMALL = 0.93  # type this much smaller is a footnote's


@dataclass(slots=True)
class Line:
    """One line with its place and what decides how it goes on: ``first`` is the room that its first words need."""

    text: str
    left: float
    right: float
    edge: float
    base: float
    size: float
    face: int
    first: float
    reach: float
    box: Box
    page: int
    quarter: int
    margin: float = 0.0  # where the region's lines begin
    limit: float = 0.0  # where they end
    step: float = 0.0  # from line to line, in sizes

    @property
    def indent(self) -> float:
        """How far it is set in, in sizes of its type."""
        return (self.left - self.margin) / self.size

    @property
    def room(self) -> float:
        """What is left free behind it, in points."""
        return self.limit - max(self.right, self.reach)

    @property
    def centred(self) -> bool:
        """Whether it is set in from both sides alike."""
        return self.indent >= 0.7 and abs((self.limit - self.right) - (self.left - self.margin)) <= 1.2 * self.size

    @property
    def at_right(self) -> bool:
        """Whether it stands at the right margin, far from the left one."""
        return self.left - self.margin >= 0.3 * (self.limit - self.margin) and self.limit - self.right <= 1.5 * self.size  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The type in which most of a document is set: its size in points and its face."""

    size: float
    face: int


@dataclass(slots=True)
class Cell:
    """A cell of a row with the places that it was read from."""

    text: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A paragraph, item, heading, footnote or line (``lines``), or a row of a table (``cells``)."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    apart: bool = False  # a wide gap or a change of type stands above it


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    digit = "[0-9０-９]"
    return {
        "mark": re.compile(
            rf"[・･•■□●◆◇▼▽○◯〇⚫◎▪‣★☆▶►➢✓✔➤☑※＊*⁃◦►◼◾](?!$)|[-–―－](?=[ \u3000])|[(（]\s?(?:{digit}{{1,2}}|[ア-コa-zイロハ一二三四五六七八九十]|[ivx]{{1,4}})\s?[)）]"
            rf"|[①-⑳❶-❿㈠-㈩⑴-⒇]|{digit}{{1,2}}[.．)）](?!{digit})|{digit}{{1,2}}[-－‐.．]{digit}{{1,2}}[.．]?[ \u3000]|{digit}{{1,2}}[ \u3000]+(?=\D)|第{digit}{{1,2}}[ \u3000条章]"
            rf"|[ア-コ][ \u3000]|[QＱAＡ]{digit}{{0,2}}[.．:：]|【[^】]{{1,30}}】|[<＜〈《][^>＞〉》]{{1,30}}[>＞〉》]$|注{digit}{{1,2}}[)）:： ]|[(（]注\s?{digit}{{0,2}}[)）]"
        ),
        "note": re.compile(
            rf"※|[*＊]{digit}|[(（]?注\s?{digit}*[)）:： ]|[\[［]{digit}{{1,2}}[\]］]|[¹²³⁴-⁹]|[†‡]|{digit}{{1,2}}[ \u3000]"
        ),
        "finished": re.compile(r"[。．！？!?][」』）)】]?$|[:：]$"),
        "dated": re.compile(
            rf"(?:同日|翌日|午前|午後|未明|早朝|朝|夕方|夜|深夜)[ \u3000]"
            rf"|(?:(?:午前|午後)?{digit}{{1,2}}[:：時]\s?{digit}{{2}}分?(?:頃|ごろ)?\s*[ \u3000])|(?:(?:令和|平成|20|19){digit}*[年./-])?\s?{digit}{{1,2}}\s?[月./-]\s?{digit}{{1,2}}\s?日?(?:[(（][^()（）]{{1,5}}[)）])?\s*[ \u3000:：]"
        ),
        "day": re.compile(rf"[(（]?(?:令和|平成|{digit}{{4}})\s?{digit}*\s?[年./-].{{0,14}}$"),
        "furniture": re.compile(r"(?:記|以\s*上|敬\s*具|謹\s*白|各\s*位)$"),
        "unit": re.compile(
            r"[「『（(【〔［\[《〈“‘]*(?:[!-&*-.0-;=?-Z^-z~]+|[0-9]+|.)[、。，．」』）)】〕］\]》〉”’・ー：；！？!?々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ%％]*"
        ),
        "date_goes_on": re.compile(rf"(?:[年月]|{digit}|令和|平成)$"),
        "date_rest": re.compile(rf"{digit}|[年月日]|[(（]"),
    }


def is_marked(text: str) -> bool:
    """Whether a line opens with a bullet, a number or the like."""
    return _patterns()["mark"].match(text) is not None


def line_of(runs: Sequence[Run], page: int, quarter: int) -> Line:
    """Return one line of runs that stand beside each other; a gap between two is an ideographic blank."""
    text = runs[0].text
    for run in runs[1:]:
        text += ("\u3000" if text[-1:] not in "\u3000" and run.text[:1] != "\u3000" else "") + run.text
    head = runs[0]
    size = max(run.size for run in runs)
    unit = _patterns()["unit"].match(head.text)
    end = unit.end() if unit else 1
    until = head.lefts[end] if end < len(head.lefts) else head.right
    box = (head.left, min(r.bottom for r in runs), runs[-1].right, max(r.top for r in runs))
    return Line(text, head.left, runs[-1].right, runs[-1].edge, head.base, size, head.face, until - head.left, runs[-1].reach, box, page, quarter)  # fmt: skip


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs of one baseline together, from the top down and from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.base, run.left)):
        if rows and abs(rows[-1][0].base - run.base) <= 0.3 * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def right_margin(lines: Sequence[Line]) -> float | None:
    """Return where the lines of a text end: the farthest place that several lines nearly reach; None for too few lines."""
    if len(lines) < 3:
        return None
    wide = max(line.edge for line in lines) - min(line.left for line in lines)
    long = sorted((line.edge, line.size) for line in lines if line.edge - line.left >= 0.5 * wide)
    for edge, size in reversed(long):
        near = sum(1 for other, _ in long if edge - 1.3 * size <= other <= edge + 0.01)
        if near >= max(2, 0.08 * len(long)):
            return edge
    return None


def goes_on(block: Block, line: Line, *, apart: bool = False) -> bool:
    """Whether ``line`` is the rest of the block's last line; ``apart``: on another page, or in the next column."""
    last, first = block.lines[-1], block.lines[0]
    patterns = _patterns()
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size) or block.cells:
        return False
    drop = last.base - line.base
    if not apart and not 0.3 * line.size < drop <= _CLOSE * line.step * max(last.size, line.size):
        return False
    if patterns["furniture"].match(last.text) or patterns["furniture"].match(line.text):
        return False
    if last.face and line.face and last.face != line.face and first.face == last.face and len(line.text) <= 40:
        return False  # a heading in another typeface, or what follows one
    finished = patterns["finished"].search(last.text) is not None
    marked = is_marked(line.text)
    dated = patterns["dated"].match(line.text) is not None
    if dated and patterns["dated"].match(first.text) and _near(first, line):
        return False
    if last.centred and line.centred and not apart:
        # a title that its setter broke where the sense allows
        wide = last.right - last.left >= 0.45 * (last.limit - last.margin)
        return not finished and not marked and wide and not patterns["day"].match(line.text)
    if last.at_right and len(block.lines) == 1:
        return False
    if (
        block.kind == "heading"
        and not apart
        and not marked
        and not finished
        and last.face == line.face
        and _near(last, line)
    ):
        return last.right - last.left >= 0.55 * (last.limit - last.margin)
    # a blank that ended a line is not always in the file
    slack = 0.5 if is_wide(last.text[-1]) != is_wide(line.text[0]) else 0.05
    if last.room >= line.first + slack * line.size or last.room < -2 * last.size:
        rest = not marked and not dated and not apart and line.indent <= last.indent + _SAME
        return rest and runs_on(last.text, line.text)
    if marked and (finished or not _inner_mark(line.text) or is_marked(first.text)):
        return False
    return _fits(block, line, finished, apart)


def _inner_mark(text: str) -> bool:
    """Whether what a line opens with may stand within a sentence, too."""
    return text[0] in "(（①②③④⑤⑥⑦⑧⑨⑩" or text[:1].isdigit() or text[0] == "第"


def _near(one: Line, other: Line) -> bool:
    return abs(one.indent - other.indent) <= _SAME


def _fits(block: Block, line: Line, finished: bool, apart: bool) -> bool:
    """Whether a line that may go on a full one begins where the rest of that paragraph or item begins."""
    first, last = block.lines[0], block.lines[-1]
    if line.at_right and not last.at_right and line.indent > last.indent + 6:
        return False
    if len(block.lines) >= 2:
        offset = line.indent - last.indent
        return abs(offset) <= _SAME or (offset > 0 and not finished and offset <= 6)
    offset = line.indent - first.indent
    if abs(offset) <= _SAME:
        # two lines that are both set in are two paragraphs when a sentence ends between them
        return not finished or (first.indent <= _SAME and not is_marked(first.text))
    if offset < 0:
        return not finished or (-offset <= 2.6 and not is_marked(first.text))
    if is_marked(first.text) or _is_dated(first.text):
        return offset <= 9
    return not finished and offset <= 9 and not apart


def _is_dated(text: str) -> bool:
    """Whether a line opens with a day and a blank, as those of a chronology do."""
    return _patterns()["dated"].match(text) is not None


def joined(lines: Sequence[Line]) -> str:
    """Return the text of lines that go on from each other."""
    text = ""
    for line in lines:
        text = join(text, line.text)
    return text


def join(text: str, rest: str) -> str:
    """Return ``text`` with what stood on its next line: a blank between words of Latin letters, none in Japanese.

    A hyphen that divides a word is dropped; one within numbers or between capitals stays, and so does an address whole.
    """
    if not text:
        return rest
    before, after = text[-1], rest[0]
    if before.isspace() or after.isspace() or is_wide(before) or is_wide(after):
        return text + rest
    if before in "-\u2010" and len(text) > 1 and text[-2].isalpha():
        return (text[:-1] if text[-2].islower() and after.islower() else text) + rest
    tail = text[-200:].split(" ")[-1]
    if before in "-\u2010/_@" or (before.isdigit() and after.isdigit()) or "://" in tail or after in "/-.,)":
        return text + rest
    return f"{text} {rest}"


Pool = list[tuple[float, float, int]]


def blocks(region: Region, page: int, quarter: int, body: Body, pool: Pool) -> list[Block]:
    """Return the blocks of a region in order. ``body`` is the type of the text, ``pool`` the margins seen on other pages.

    The margins of this region are put into ``pool`` when it has lines enough to show them.
    """
    runs = [thing for thing in region.things if isinstance(thing, Run)]
    rows = rows_of(runs)
    lines = [line_of(row, page, quarter) for row in rows]
    _set_margins(lines, region, pool)
    tabular = _tabular(rows, lines)
    tables = [thing for thing in region.things if isinstance(thing, Table)]
    made: list[Block] = []
    at = 0
    while at < len(rows) or tables:
        if tables and (at >= len(rows) or tables[0].top > rows[at][0].top - 0.1):
            made += _table(tables.pop(0), page, quarter)
            continue
        if at in tabular:
            until, found = tabular[at]
            made += found
            at = until
            continue
        for line in _parted(rows[at], lines[at]):
            _add(made, line, body)
        at += 1
    _headings(made, body)
    _footnotes(made, body)
    return made


def _set_margins(lines: list[Line], region: Region, pool: Pool) -> None:
    """Give every line the margins of its region and its usual step."""
    if not lines:
        return
    margin = _left_margin(lines)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    limit = right_margin(lines)
    far = max(line.edge for line in lines)
    known = [seen for seen in pool if abs(seen[0] - margin) <= 1.5 * size and seen[1] >= far - 0.6 * size]
    # a column fills its room, a page leaves as much at the right as at the left
    ends = region.right - (margin - region.left)
    narrow = limit is not None and limit < ends - max(4 * size, 0.18 * (ends - margin))
    if limit is not None and (not narrow or (not known and _evenly_full(lines, limit))):
        if len(lines) >= 5:
            pool.append((margin, limit, len(lines)))
    elif known:
        limit = max(known, key=lambda seen: seen[2])[1]
    elif not region.column and far < ends - max(2.5 * size, 0.1 * (ends - margin)):
        limit = ends
    else:
        limit = far
    step = _step(lines)
    for line in lines:
        line.margin, line.limit, line.step = margin, max(limit or far, margin + size), step


def _evenly_full(lines: list[Line], far: float) -> bool:
    """Whether lines break off in mid-sentence at the same place again and again: a narrow text without a wide margin."""
    full = [
        line for line in lines if abs(far - line.edge) <= 1.2 * line.size and line.edge - line.left >= 15 * line.size
    ]
    broken = [line for line in full if not _patterns()["finished"].search(line.text)]
    return len(full) >= 3 and len(broken) >= 0.6 * len(full) and not any(_is_dated(line.text) for line in broken)


def _left_margin(lines: list[Line]) -> float:
    """The place farthest to the left at which two lines begin, or else the farthest."""
    lefts = sorted(line.left for line in lines)
    for place, left in enumerate(lefts[:-1]):
        if lefts[place + 1] - left <= 0.4 * lines[0].size:
            return left
    return lefts[0]


def _step(lines: list[Line]) -> float:
    """The usual distance from line to line, in sizes of the type: the lower third of those that can be."""
    steps = sorted(
        (a.base - b.base) / max(a.size, b.size)
        for a, b in itertools.pairwise(lines)
        if abs(a.size - b.size) <= 0.12 * a.size and 0.9 * a.size <= a.base - b.base <= 3.2 * a.size
    )
    return max(1.1, steps[len(steps) // 3]) if steps else 1.7


def _parted(row: list[Run], line: Line) -> list[Line]:
    """The lines of a row: what stands at the right margin, far from the rest, is a line of its own."""
    if len(row) < 2:
        return [line]
    last, before = row[-1], row[-2]
    if (
        line.limit - last.right > 1.5 * last.size
        or last.left - before.right < 4 * last.size
        or line.limit <= line.margin
    ):
        return [line]
    parts = [line_of(row[:-1], line.page, line.quarter), line_of(row[-1:], line.page, line.quarter)]
    for part in parts:
        part.margin, part.limit, part.step = line.margin, line.limit, line.step
    return parts


def _add(made: list[Block], line: Line, body: Body) -> None:
    above = made[-1] if made else None
    if above is not None and above.lines and not above.cells and goes_on(above, line):
        above.lines.append(line)
        return
    made.append(Block(_kind(line, body), [line], apart=above is not None and _stands_apart(above, line)))


def _stands_apart(above: Block, line: Line) -> bool:
    if not above.lines:
        return True
    last = above.lines[-1]
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size):
        return True
    if last.page != line.page or not line.step:
        return False
    return last.base - line.base > _CLOSE * line.step * max(last.size, line.size)


def _kind(line: Line, body: Body) -> str:
    finished = _patterns()["finished"].search(line.text)
    if line.size >= _HEADING * body.size and not finished:
        return "heading"
    if is_marked(line.text):
        return "item"
    if line.at_right or (line.centred and line.indent > 3):
        return "line"
    return "paragraph"


def _headings(made: list[Block], body: Body) -> None:
    """Mark short lines in another face than the text's as headings, unless several stand together."""
    other = [_in_other_face(block, body) for block in made]
    for place, block in enumerate(made):
        if other[place] and not any(other[max(0, place - 1) : place]) and not any(other[place + 1 : place + 2]):
            block.kind = "heading"


def _in_other_face(block: Block, body: Body) -> bool:
    if block.cells or block.kind not in ("paragraph", "item") or not block.lines[0].face:
        return False
    text = joined(block.lines)
    return block.lines[0].face != body.face and len(text) <= 40 and not _patterns()["finished"].search(text)


def _footnotes(made: list[Block], body: Body) -> None:
    """Mark the small print at the foot of a region whose first line opens with the mark of a note."""
    start = len(made)
    while start and made[start - 1].lines and made[start - 1].lines[0].size <= _SMALL * body.size:
        start -= 1
    while start < len(made) and not _patterns()["note"].match(made[start].lines[0].text):
        start += 1
    for block in made[start:]:
        if block.lines and not block.cells:
            block.kind = "footnote"


# -- tables -------------------------------------------------------------------------------------------------------


def _table(table: Table, page: int, quarter: int) -> list[Block]:
    """The rows of a ruled table, a block each."""
    wide = max(len(row) for row in table.rows)
    pads = [_padding([row[c] for row in table.rows if c < len(row)]) for c in range(wide)]
    out: list[Block] = []
    for row in table.rows:
        cells = [_cell(cell, pads[c], page, quarter) for c, cell in enumerate(row)]
        if any(cell.text for cell in cells):
            out.append(Block("row", cells=cells, apart=not out))
    if out and max(sum(1 for cell in block.cells if cell.text) for block in out) < 2:
        for block in out:
            block.kind = "paragraph"
    return out


def _padding(cells: list[CellOf | None]) -> float:
    """The room between a column's edge and its words."""
    rooms = [run.left - cell.left for cell in cells if cell is not None for run in cell.runs]
    return min(max(min(rooms, default=0.0), 0.0), 12.0)


def _cell(cell: CellOf | None, pad: float, page: int, quarter: int) -> Cell:
    if cell is None or not cell.runs:
        return Cell("")
    lines = [line_of(row, page, quarter) for row in rows_of(cell.runs)]
    margin, limit, step = min(line.left for line in lines), cell.right - pad, _step(lines)
    for line in lines:
        line.margin, line.limit, line.step = margin, limit, max(step, 1.3)
    return _told(lines)


def _told(lines: list[Line]) -> Cell:
    """A cell of several lines: paragraphs and items in it are set off by a blank."""
    blocks: list[Block] = []
    for line in lines:
        if blocks and (goes_on(blocks[-1], line) or _one_date(blocks[-1].lines[-1].text, line.text)):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block("cell", [line]))
    text = ""
    for block in blocks:
        said = joined(block.lines)
        text += ("\u3000" if text and not text.endswith(("。", "\u3000")) else "") + said
    return Cell(text.replace("\t", " "), lines)


def _one_date(above: str, below: str) -> bool:
    """Whether a date is broken over the lines of a narrow cell (2020年 / 10月16日 / （金）)."""
    patterns = _patterns()
    if below[0] in "(（" and len(below) <= 8 and len(above) <= 14:
        return True
    return len(above) <= 12 and patterns["date_goes_on"].search(above) is not None and patterns["date_rest"].match(below) is not None and not re.match(r"[0-9０-９]{4}", below)  # fmt: skip


def _tabular(rows: list[list[Run]], lines: list[Line]) -> dict[int, tuple[int, list[Block]]]:
    """Stretches of rows whose runs stand below each other in columns: number of the first row, of the row after, blocks."""
    out: dict[int, tuple[int, list[Block]]] = {}
    at = 0
    while at < len(rows):
        until = _aligned_until(rows, lines, at)
        found = _aligned(rows[at:until], lines[at:until]) if until - at >= 2 else None
        if found is None:
            at += 1
        else:
            out[at] = (until, found)
            at = until
    return out


def _starts(row: list[Run]) -> list[float]:
    return [run.left for run in row]


def _aligned_until(rows: list[list[Run]], lines: list[Line], at: int) -> int:
    """The end of the table that begins with a row: rows with its columns, and the rest of wrapped cells between them."""
    if len(rows[at]) < 2:
        return at
    size = rows[at][0].size
    columns = _starts(rows[at])
    end = at + 1
    last_full = at + 1
    while end < len(rows):
        drop = lines[end - 1].base - lines[end].base
        if drop > 3.4 * size or abs(lines[end].size - size) > 0.2 * size:
            break
        shared = [_column(columns, run.left, size) for run in rows[end]]
        if len(rows[end]) >= 2:
            if sum(place is not None for place in shared) < 2:
                break
            for run in rows[end]:
                if _column(columns, run.left, size) is None:
                    columns = sorted([*columns, run.left])
            last_full = end + 1
        elif (
            shared[0] is None
            or (shared[0] == 0 and not _cell_wraps(rows, end))
            or drop > _CLOSE * lines[end].step * size
        ):
            break
        elif shared[0] != 0:
            last_full = end + 1
        end += 1
    return last_full


def _cell_wraps(rows: list[list[Run]], at: int) -> bool:
    """Whether a lone run in the first column is the rest of the cell above it: something stands beside that one."""
    above, run = rows[at - 1], rows[at][0]
    return len(above) >= 2 and run.right <= above[1].left - 0.5 * run.size and at + 1 < len(rows) and len(rows[at + 1]) >= 2  # fmt: skip


def _column(columns: list[float], left: float, size: float) -> int | None:
    return next((place for place, at in enumerate(columns) if abs(at - left) <= 0.6 * size), None)


def _aligned(rows: list[list[Run]], lines: list[Line]) -> list[Block] | None:
    """The rows of a table that no lines divide; None where it is but a list of labels and values."""
    size = rows[0][0].size
    columns: list[float] = []
    for row in rows:
        for run in row:
            if _column(columns, run.left, size) is None:
                columns.append(run.left)
    columns.sort()
    full = [row for row in rows if len(row) >= 2]
    digits = sum(1 for row in full if re.match(r"[0-9０-９同翌令平]", row[0].text))
    three = sum(1 for row in full if len(row) >= 3)
    if len(full) < 2 or not (digits >= max(2, len(full) - 1) or three * 2 > len(full)):
        return None
    bounds = [*columns[1:], max(run.right for row in rows for run in row) + 1]
    right = [max((r.right for row in rows for r in row if _slot(columns, r, size) == c), default=0.0) for c in range(len(columns))]  # fmt: skip
    made: list[list[list[Line]]] = []
    for row, whole in zip(rows, lines, strict=True):
        slots = [_slot(columns, run, size) for run in row]
        rest = len(row) == 1 and made and (slots[0] != 0 or not made[-1][0] or _wrapped(made[-1][0], row[0]))
        if not rest:
            made.append([[] for _ in columns])
        for run, slot in zip(row, slots, strict=True):
            line = line_of([run], whole.page, whole.quarter)
            limit = whole.limit if slot == len(columns) - 1 else min(right[slot], bounds[slot])
            line.margin, line.limit, line.step = columns[slot], limit, max(whole.step, 1.3)
            made[-1][slot].append(line)
    out: list[Block] = []
    for slots_of in made:
        cells = [_told(cell) if cell else Cell("") for cell in slots_of]
        out.append(Block("row", cells=cells, apart=not out))
    return out


def _wrapped(above: list[Line], run: Run) -> bool:
    return not is_marked(run.text) and not re.match(r"[0-9０-９同翌令平]", run.text)


def _slot(columns: list[float], run: Run, size: float) -> int:
    return max((place for place, at in enumerate(columns) if at <= run.left + 0.6 * size), default=0)
