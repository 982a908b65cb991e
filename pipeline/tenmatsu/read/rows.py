"""Rows of tables: the dates that open them, and their cells, divided by bars, by tabs or by blanks.

Columns set with blanks stand either at the same display column (a full-width character takes two) or behind the same
run of blanks; which of the two a table does is read from the whole table, and a table ends with its first other line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from tenmatsu.read.words import BLANK, section_of, words

Span = tuple[int, int]

_BETWEEN = 8  # lines that may stand under a dated row as rows of the same day; more are no table

_CLOCK = r"(?:午前|午後|AM|PM)?\s?[0-9０-９]{1,2}\s?(?:[:：]\s?[0-9０-９]{2}|時(?:\s?[0-9０-９]{1,2}\s?分|半)?)"
_WEEKDAY = r"(?:\s?[(（][月火水木金土日祝・]{1,3}(?:曜日?)?[)）])"
_YEAR = r"(?:(?:令和|平成|昭和|[RHS])\s?[0-9０-９元]{1,2}\s?[年.]\s?|[0-9０-９]{4}\s?[年/.-]\s?)"
_MONTH_DAY = r"[0-9０-９]{1,2}\s?月(?:\s?[0-9０-９]{1,2}\s?日|\s?[上中下]旬|末)?"
# 1.2 and 3-5 without a year are numbers of sections and ranges
_DAY = rf"(?:{_YEAR}?{_MONTH_DAY}|{_YEAR}[0-9０-９]{{1,2}}\s?[/.-]\s?[0-9０-９]{{1,2}}(?![0-9０-９./-])|[0-9０-９]{{1,2}}\s?[/／]\s?[0-9０-９]{{1,2}}(?![0-9０-９./-]))"
_RANGE = r"(?:\s?[~〜～]\s?(?:[0-9０-９]{1,4}\s?[年月/.-]\s?)*[0-9０-９]{1,2}(?:\s?日|(?=[ \t\u3000]|$)))"
_EDGE = r"(?=\*{0,2}(?:[ \t\u3000:：]|$))"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    part = r"(?:\s?(?:頃|ごろ|朝|昼|夕方?|夜|未明|早朝|深夜)(?=\*{0,2}(?:[ \t\u3000:：]|$)))?"
    tail = rf"(?:{_RANGE}|[ \u3000]{{0,2}}{_CLOCK}(?:頃|ごろ)?(?=[ \t\u3000]))?{part}"
    start = r"\*{0,2}[~〜～]?"
    return {
        "row": re.compile(rf"{start}{_DAY}{_WEEKDAY}?{tail}{_EDGE}"),
        "relative": re.compile(
            rf"(?:同日|翌日|翌々日|同月\s?[0-9０-９]{{1,2}}\s?日|[0-9０-９]{{1,2}}\s?日){_WEEKDAY}?{part}{_EDGE}"
        ),
        "cell": re.compile(
            r"(?=.*[0-9０-９一二三四五六七八九十]\s?[月日]|.*元年|[^0-9０-９]*(?:19|20|１９|２０)[0-9０-９]{2}\s?[年/.-]|[^0-9０-９]*[0-9０-９]{1,2}[/／][0-9０-９]{1,2}(?![0-9０-９/])|.*[同翌]日)"
            r"[0-9０-９元一二三四五六七八九十年月火水木金土日祝曜時分秒半/.:：~〜～\-－()（）令和平成昭RHSAPM午前後頃ごろ上中下旬末初以降翌同朝昼夕夜深未明早約よりから\s\u3000*まで]{3,40}"
        ),
        "value": re.compile(rf"(?:[(（]?[~〜～]\s?)?{_DAY}[^。]{{0,50}}。?$"),
        "open": re.compile(r"^[*\s]*[~〜～]|[~〜～*\s]$|まで|以降|から$"),
        "gap": re.compile(r"[ \u00a0]{2,}|[ \u00a0]*[\u3000\t][ \u00a0\u3000\t]*"),
        "split": re.compile(r"(?<=。)[ \u3000]+(?=[^*※\[ ])|[ \u3000\u00a0]{2,}(?=[^*※\[ ])"),
    }


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without the blanks at its edges."""
    while start < end and text[start] in BLANK:
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return start, end


def date_end(text: str, start: int, end: int, *, relative: bool = False) -> int | None:
    """Return where the date that opens a row ends, None where none does.

    A date with a particle behind its blanks (3月1日 に検知した) is prose. ``relative`` admits 同日 and the like, which
    open rows only inside a table.
    """
    hit = _patterns()["row"].match(text, start, end)
    if hit is None and relative:
        hit = _patterns()["relative"].match(text, start, end)
    if hit is None:
        return None
    rest = hit.end()
    while rest < end and text[rest] in BLANK:
        rest += 1
    if rest > hit.end() and words("particle").search(text[rest : min(end, rest + 6)]):
        return None
    return hit.end()


def is_date(text: str) -> bool:
    """Whether a cell holds a date, a range or a time of a date and nothing else."""
    return len(text) <= 40 and _patterns()["cell"].fullmatch(text) is not None


def is_day_value(text: str) -> bool:
    """Whether a short line gives a day or a period and tells nothing (令和7年11月25日, 4月1日から5月9日まで)."""
    if len(text) > 60 or (_patterns()["value"].match(text) is None and not is_date(text)):
        return False
    return words("predicate").search(text) is None


def is_open(text: str) -> bool:
    """Whether a date cell is open at an end (~3月5日, 3月5日以降)."""
    return _patterns()["open"].search(text.strip()) is not None


def bar_cells(text: str, start: int, end: int, columns: int = 0) -> list[Span]:
    """Return the cells of a row that bars or tabs divide; a bar at the very edge opens no cell.

    ``columns`` is the number of columns where it is known: a bar at the left edge opens an empty cell where that
    makes the row whole.
    """
    cells, at = [], start
    for index in range(start, end + 1):
        if index == end or text[index] in "|｜\t":
            if index > at or index < end:
                cells.append(trim(text, at, index))
            at = index + 1
    if cells and cells[0][0] == cells[0][1] and text[start] in "|｜" and len(cells) != columns:
        cells = cells[1:]
    return cells


@cache
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def width(text: str) -> int:
    """Return the display width: two for a full-width character, one for any other."""
    return len(text) if text.isascii() else sum(map(_width, text))


def pieces(text: str, start: int, end: int) -> list[Span]:
    """Return the stretches of a line that runs of blanks (two, or one full-width) or tabs divide."""
    start, end = trim(text, start, end)
    found, at = [], start
    for gap in _patterns()["gap"].finditer(text, start, end):
        if gap.start() > at:
            found.append((at, gap.start()))
        at = gap.end()
    if at < end:
        found.append((at, end))
    return found


@dataclass(slots=True)
class BlankTable:
    """A table that blanks divide: its heads, the cells of its rows by line number (from 0), and where it ends."""

    heads: list[str]
    rows: dict[int, list[Span]] = field(default_factory=dict)
    last: int = 0


def blank_table(text: str, raw: list[Span], number: int, heads: list[str]) -> BlankTable:
    """Return the table whose head is line ``number`` (from 0) and whose rows open with a date.

    It ends with the first line that is no row, a blank one where its rows stand close together; one line may stand
    between two rows, as the rest of a wrapped cell.
    """
    table = BlankTable(heads, last=number)
    dated: list[tuple[int, int]] = []  # line, end of its date
    undated: list[int] = []
    at = number + 1
    while at < len(raw):
        start, end = trim(text, *raw[at])
        if start == end and len(dated) > 1 and dated[-1][0] == dated[-2][0] + 1:
            break  # rows that stood close together end at a blank line
        if start < end:
            stop = date_end(text, start, end, relative=bool(dated))
            if stop is not None:
                dated.append((at, stop))
            elif dated and len(heads) > 1 and at - dated[-1][0] <= _BETWEEN and width(text[raw[at][0] : start]) > 4:
                undated.append(at)
            elif not dated or dated[-1][0] != at - 1 or not _rest_of_cell(text, raw, at):
                break
        at += 1
    if not dated:
        return table
    starts = _columns(text, raw, number, dated, len(heads))
    base = min((_gap(text, stop, raw[line][1]) for line, stop in dated if _gap(text, stop, raw[line][1])), default=1)
    even = len(dated) > 1 and all(len(pieces(text, stop, raw[line][1])) == len(heads) - 1 for line, stop in dated)
    for line, stop in dated:
        if even and not starts:
            table.rows[line] = [(trim(text, *raw[line])[0], stop), *pieces(text, stop, raw[line][1])]
        else:
            table.rows[line] = _cells(text, raw[line], stop, len(heads), starts, base)
        table.last = line
    for line in undated:
        if starts and line < table.last + 2:
            first = pieces(text, *raw[line])
            if first and _nearest(starts, _at(text, raw[line][0], first[0][0])) is not None:
                table.rows[line] = _aligned(text, raw[line], raw[line][0], len(heads), starts)
    return table


def _rest_of_cell(text: str, raw: list[Span], at: int) -> bool:
    """Whether a line between two rows is the rest of a wrapped cell: nothing opens with it, and a row follows."""
    start, end = trim(text, *raw[at])
    body = text[start : min(end, start + 60)]
    if text[trim(text, *raw[at - 1])[1] - 1] in "。．":
        return False
    if at + 1 >= len(raw) or body[0] in "■□◆●【<＜#・" or section_of(body) or words("table_head").search(body):
        return False
    return date_end(text, *trim(text, *raw[at + 1]), relative=True) is not None


def _gap(text: str, stop: int, end: int) -> int:
    """Return the number of blanks behind a row's date, 0 where nothing follows them."""
    rest = text[stop:end].lstrip(BLANK + ":：*")
    return len(text[stop:end]) - len(rest) if rest else 0


def _at(text: str, start: int, place: int) -> int:
    return width(text[start:place])


def _nearest(starts: list[int], column: int) -> int | None:
    """Return the column (from 1) that begins at a display column, None where none does."""
    for number, start in enumerate(starts, 1):
        if abs(start - column) <= 1:
            return number
    return None


def _columns(text: str, raw: list[Span], number: int, dated: list[tuple[int, int]], count: int) -> list[int]:
    """Return the display columns at which the columns behind the date begin, [] for a table that is not aligned."""
    if count < 2:
        return []
    rows = []
    for line, stop in dated:
        begin = raw[line][0]
        found = [_at(text, begin, a) for a, _ in pieces(text, stop, raw[line][1])]
        if found:
            rows.append(found)
    if not rows:
        return []
    longest = max(_at(text, raw[line][0], stop) for line, stop in dated)
    head = [_at(text, raw[number][0], a) for a, _ in pieces(text, *raw[number])]
    if len(head) == count and head[1] > longest and all(_nearest(head[1:], row[0]) for row in rows):
        return head[1:]
    # heads that are not aligned themselves: the rows are, when they all keep to the columns of one full row
    own = sorted({column for row in rows for column in row})
    full = next((row for row in rows if len(row) == count - 1), None)
    if count > 2 and full is not None and own == full and any(len(row) < count - 1 for row in rows):
        return full
    return []


def _cells(text: str, line: Span, stop: int, count: int, starts: list[int], base: int) -> list[Span]:
    if starts:
        return _aligned(text, line, stop, count, starts)
    return _spaced(text, line, stop, count, base)


def _aligned(text: str, line: Span, stop: int, count: int, starts: list[int]) -> list[Span]:
    """Cells by display column; a stretch that begins at no column runs on from the cell before it."""
    begin, end = trim(text, *line)
    cells = [(begin, stop) if stop > begin else (begin, begin)] + [(end, end)] * (count - 1)
    current = 1
    for a, b in pieces(text, stop, line[1]):
        column = _nearest(starts, _at(text, line[0], a))
        if column is not None:
            current = column
        cells[current] = (
            (a, b) if column is not None or cells[current][0] == cells[current][1] else (cells[current][0], b)
        )
    return cells


def _spaced(text: str, line: Span, stop: int, count: int, base: int) -> list[Span]:
    """Cells by runs of blanks: ``base`` is the table's smallest run behind a date, a longer one skips a cell."""
    start, end = trim(text, *line)
    first = stop
    while first < end and text[first] in BLANK + ":：*":
        first += 1
    cells = [(start, stop)]
    if count > 2 and first - stop > base:
        cells.append((stop, stop))
    at = first
    for gap in _patterns()["split"].finditer(text, first, end):
        if len(cells) >= count - 1:
            break
        cells.append((at, gap.start()))
        at = gap.end()
    if at < end:
        cells.append((at, end))
    while len(cells) < count:
        cells.append((end, end))
    return cells


def late_date_table(text: str, raw: list[Span], number: int) -> BlankTable | None:
    """Return the table whose head is line ``number`` and whose dates stand in a later column, None where it is none.

    Its heads say which column; each row has as many stretches as the head, a date or a ditto mark in that column.
    """
    heads = [text[a:b] for a, b in pieces(text, *raw[number])]
    column = date_column(heads)
    if not column or len(heads) > 6 or any(len(head) > 12 for head in heads):
        return None
    table = BlankTable(heads, last=number)
    for at in range(number + 1, len(raw)):
        if trim(text, *raw[at])[0] == trim(text, *raw[at])[1]:
            continue
        cells = pieces(text, *raw[at])
        if len(cells) != len(heads):
            break
        told = text[slice(*cells[column])]
        if not is_date(told) and not words("ditto").search(told):
            break
        table.rows[at] = cells
        table.last = at
    return table if table.rows else None


def date_column(heads: list[str]) -> int | None:
    """Return the column whose head says that it holds the dates (日時, 年月日), None where none or several do."""
    found = [place for place, head in enumerate(heads) if words("date_head").search(head.strip(BLANK + "*"))]
    if len(found) > 1:
        # a clock of the world beside that of Japan (JST | UTC)
        found = [place for place in found if re.search("JST|日本時", heads[place])]
    return found[0] if len(found) == 1 else None


@dataclass(slots=True)
class DatesOfRows:
    """Which cell dates each row of one table: the date column's, or the row above's where that cell repeats it."""

    column: int | None = None
    told: bool = False
    above: Span | None = None

    def of(self, text: str, cells: list[Span]) -> Span | None:
        """Return the span of the words that date a row; None where its cells do not say."""
        if self.column is None:
            dates = [place for place, cell in enumerate(cells) if is_date(text[slice(*cell)])]
            if len(dates) != 1:
                return None
            self.column = dates[0]
        if self.column >= len(cells):
            return None
        words_told = text[slice(*cells[self.column])]
        if is_date(words_told):
            self.above = cells[self.column]
        elif not words_told.strip(BLANK):
            # an empty cell repeats a day; what follows a date that is open at an end has no date of its own
            if not (self.told or self.column == 0) or self.above is None or is_open(text[slice(*self.above)]):
                return None
        elif not words("ditto").search(words_told.strip(BLANK)):
            self.above = None
        return self.above
