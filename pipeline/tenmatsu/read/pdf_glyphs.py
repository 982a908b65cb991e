"""The glyphs and ruled lines of one page, as pdfium gives them, turned so that every line of text runs to the right."""

from __future__ import annotations

import ctypes
import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tenmatsu.read.pdf_characters import UNKNOWN, repaired

_OBJECTS = 20_000  # objects of a page that are looked at for ruled lines and images
_RULES = 4_000  # ruled lines of a page; more are a drawing, and none is used
_DEPTH = 6  # forms within forms
_DOWNWARD = 8  # letters set one by one below each other that make a page's lines vertical
_THIN = 3.0  # points: a filled rectangle this thin is a line
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _MOVE_TO = 0, 2


@dataclass(slots=True)
class Glyph:
    """One character with its box and baseline, in points, lines running to the right and the page's foot at 0."""

    char: str
    left: float
    right: float
    base: float
    size: float
    face: int


@dataclass(slots=True)
class Rule:
    """A ruled line, level or upright: ``at`` is its height or its distance from the left, from ``start`` to ``end``."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Turned:
    """What stands in one direction on a page: quarter turns (0 to 3) that brought it upright, its glyphs and the rules."""

    quarter: int
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One page: its number from 1, size in points, what stands in each direction (most text first)."""

    number: int
    width: float
    height: float
    turned: list[Turned] = field(default_factory=list)
    images: int = 0
    unknown: int = 0
    outside: int = 0

    @property
    def characters(self) -> int:
        """The number of glyphs that are no blanks."""
        return sum(1 for one in self.turned for glyph in one.glyphs if not glyph.char.isspace())

    def place(self, quarter: int, left: float, bottom: float, right: float, top: float) -> str:
        """Return a box of turned coordinates as x0,y0,x1,y1 in points from the page's lower left corner."""
        corners = [_turn(x, y, -quarter) for x, y in ((left, bottom), (right, top))]
        xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
        return ",".join(f"{value:.1f}" for value in (xs[0], ys[0], xs[1], ys[1]))


def _turn(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Turn a point about the corner, counter-clockwise."""
    for _ in range(quarters % 4):
        x, y = -y, x
    return x, y


@dataclass(slots=True)
class _Raw:
    """A glyph as pdfium has it: characters, box, origin, size, quarter of its line, index of its text object."""

    char: str
    box: tuple[float, float, float, float]
    x: float
    y: float
    size: float
    angle: int
    face: int
    thing: int


def sheet(page: Any, number: int) -> Sheet:
    """Return page ``number`` (from 1), an open pypdfium2 page, with its glyphs and rules; nothing of it stays open."""
    left, bottom, right, top = page.get_bbox()
    made = Sheet(number, right - left, top - bottom)
    rules, made.images = _drawn(page, left, bottom)
    text = page.get_textpage()
    try:
        raw = list(_glyphs(text, left, bottom))
    finally:
        text.close()
    seen = []
    for one in raw:
        middle = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
        if -1 <= middle[0] <= made.width + 1 and -1 <= middle[1] <= made.height + 1:
            seen.append(one)
            made.unknown += one.char.count(UNKNOWN)
        elif not one.char.isspace():
            made.outside += 1
    groups: dict[int, Turned] = {}
    for one, down in zip(seen, _downward(seen), strict=True):
        quarter = 1 if down else -one.angle % 4
        groups.setdefault(quarter, Turned(quarter)).glyphs.append(_upright(one, quarter, down))
    made.turned = sorted(groups.values(), key=lambda group: (-len(group.glyphs), group.quarter))
    if made.turned:
        quarter = made.turned[0].quarter
        made.turned[0].rules = [_turned_rule(rule, quarter) for rule in rules]
    return made


def _glyphs(text: Any, left: float, bottom: float) -> Iterator[_Raw]:
    """The glyphs in the order of the file; what pdfium adds itself (blanks, line ends) is left out."""
    import pypdfium2.raw as pdfium

    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    thing, style, objects = 0, (1.0, 0, 0), 0
    high = 0
    for index in range(text.count_chars()):
        held = pdfium.FPDFText_GetTextObject(text, index)
        if not held:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = "-" if code == 2 and pdfium.FPDFText_IsHyphen(text, index) == 1 else chr(min(code, 0x10FFFF))
        address = ctypes.addressof(held.contents)
        if address != thing:
            thing, objects = address, objects + 1
            style = _style(pdfium, text, index, held, matrix)
        said = repaired(char)
        if not said:
            continue
        if not (pdfium.FPDFText_GetLooseCharBox(text, index, box) and pdfium.FPDFText_GetCharOrigin(text, index, x, y)):
            continue
        numbers = (
            box.left - left,
            box.bottom - bottom,
            box.right - left,
            box.top - bottom,
            x.value - left,
            y.value - bottom,
        )
        if sum(map(abs, numbers)) < 1e6:  # no number that is none, either
            yield _Raw(said, numbers[:4], numbers[4], numbers[5], *style, objects)


def _style(pdfium: Any, text: Any, index: int, held: Any, matrix: Any) -> tuple[float, int, int]:
    """The size in points, the quarter of the line's direction and the typeface of a text object."""
    size = pdfium.FPDFText_GetFontSize(text, index)
    angle = 0
    if pdfium.FPDFText_GetMatrix(text, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
        angle = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    size = abs(size)
    return (size if 0.5 <= size < 1000 else 1.0), angle, _face(pdfium, held)


def _face(pdfium: Any, held: Any) -> int:
    """A number for the typeface of a text object: its name without the mark of a subset (ABCDEF+)."""
    name = ctypes.create_string_buffer(128)
    font = pdfium.FPDFTextObj_GetFont(held)
    if not font or not pdfium.FPDFFont_GetBaseFontName(font, name, 128):
        return 1
    said = name.value
    return 1 + zlib.crc32(said[7:] if said[6:7] == b"+" else said)


def _downward(raw: list[_Raw]) -> list[bool]:
    """Which glyphs stand in a vertical line: those below each other in their text object, or else as most of the page."""
    votes: dict[int, Counter[bool]] = {}
    page: Counter[bool] = Counter()
    for before, one in itertools.pairwise(raw):
        if one.angle or before.angle or one.char.isspace() or before.char.isspace():
            continue
        across, along, size = one.x - before.x, one.y - before.y, max(one.size, before.size)
        down = abs(across) < 0.3 * size and -2.2 * size < along < -0.4 * size
        if not down and not (abs(along) < 0.3 * size and 0 < across < 3 * size):
            continue
        if one.thing == before.thing:
            votes.setdefault(one.thing, Counter())[down] += 1
        page[down] += 1
    mostly = page[True] >= _DOWNWARD and page[True] > 0.7 * page.total()
    told = {thing: count[True] > count[False] for thing, count in votes.items()}
    return [not one.angle and told.get(one.thing, mostly) for one in raw]


def _upright(one: _Raw, quarter: int, down: bool) -> Glyph:
    x0, y0, x1, y1 = one.box
    if down:
        # the origin of a vertical glyph is the middle of its head: the line's foot is taken half a size to the left
        return Glyph(one.char, -y1, -y0, one.x - 0.38 * one.size, one.size, one.face)
    corners = [_turn(x0, y0, quarter), _turn(x1, y1, quarter)]
    base = _turn(one.x, one.y, quarter)[1]
    left, right = sorted(corner[0] for corner in corners)
    return Glyph(one.char, left, right, base, one.size, one.face)


def _turned_rule(rule: Rule, quarter: int) -> Rule:
    ends = [(rule.start, rule.at), (rule.end, rule.at)] if rule.level else [(rule.at, rule.start), (rule.at, rule.end)]
    (x0, y0), (x1, y1) = (_turn(x, y, quarter) for x, y in ends)
    level = rule.level == (quarter % 2 == 0)
    return Rule(True, y0, *sorted((x0, x1))) if level else Rule(False, x0, *sorted((y0, y1)))


def _drawn(page: Any, left: float, bottom: float) -> tuple[list[Rule], int]:
    """The ruled lines of a page, and the number of its images; its bare letters are given a width."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    images = looked = 0
    identity = (1.0, 0.0, 0.0, 1.0, -left, -bottom)
    first = [(pdfium.FPDFPage_GetObject(page, at), identity, 0) for at in range(min(pdfium.FPDFPage_CountObjects(page), _OBJECTS))]  # fmt: skip
    queue = list(reversed(first))
    while queue and looked < _OBJECTS and len(rules) <= _RULES:
        held, outer, depth = queue.pop()
        looked += 1
        kind = pdfium.FPDFPageObj_GetType(held)
        if kind == _TEXT:
            _widen(pdfium, held)
        elif kind == _IMAGE:
            images += 1
        elif kind == _PATH:
            rules += _of_path(pdfium, held, outer)
        elif kind == _FORM and depth < _DEPTH:
            inner = _composed(_matrix(pdfium, held), outer)
            count = min(max(pdfium.FPDFFormObj_CountObjects(held), 0), _OBJECTS)
            queue += [(pdfium.FPDFFormObj_GetObject(held, at), inner, depth + 1) for at in reversed(range(count))]
    return (rules if len(rules) <= _RULES else []), images


def _widen(pdfium: Any, held: Any) -> None:
    """Give a text object without width a stroke's: pdfium takes it for nothing and would leave its letter out.

    That befalls a letter set by itself in a font that is neither in the file nor on the machine.
    """
    sides = [ctypes.c_float() for _ in range(4)]
    if pdfium.FPDFPageObj_GetBounds(held, *sides) and abs(sides[2].value - sides[0].value) < 0.01:
        pdfium.FPDFTextObj_SetTextRenderMode(held, pdfium.FPDF_TEXTRENDERMODE_STROKE)
        pdfium.FPDFPageObj_TransformF(held, pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0))  # the box is measured anew


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(pdfium: Any, held: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(held, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _composed(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _of_path(pdfium: Any, held: Any, outer: _Matrix) -> list[Rule]:
    """The level and upright lines of one path: its strokes, the edges of its rectangles, a thin rectangle as one line."""
    fill, stroke = ctypes.c_int(), pdfium.FPDF_BOOL()
    if not pdfium.FPDFPath_GetDrawMode(held, fill, stroke) or not (fill.value or stroke.value):
        return []
    a, b, c, d, e, f = _composed(_matrix(pdfium, held), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    paths: list[list[tuple[float, float]]] = []
    for at in range(min(pdfium.FPDFPath_CountSegments(held), _RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(held, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if not abs(point[0]) + abs(point[1]) < 1e6:
            continue
        if kind != _LINE_TO or not paths:
            paths.append([point])
        else:
            paths[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            paths[-1].append(paths[-1][0])
    return [rule for path in paths for rule in _straight(path)]


def _straight(path: list[tuple[float, float]]) -> Iterator[Rule]:
    xs, ys = [p[0] for p in path], [p[1] for p in path]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if wide >= 4 and high <= _THIN:
        yield Rule(True, (max(ys) + min(ys)) / 2, min(xs), max(xs))
    elif high >= 4 and wide <= _THIN:
        yield Rule(False, (max(xs) + min(xs)) / 2, min(ys), max(ys))
    else:
        for (x0, y0), (x1, y1) in itertools.pairwise(path):
            if abs(y1 - y0) <= 0.7 and abs(x1 - x0) >= 4:
                yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
            elif abs(x1 - x0) <= 0.7 and abs(y1 - y0) >= 4:
                yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
