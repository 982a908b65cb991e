"""Glyphs to runs: what stands on one baseline without a wide gap or a ruled line between, with its blanks set right."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenmatsu.read.pdf_characters import is_letter, is_wide
from tenmatsu.read.pdf_glyphs import Glyph, Rule

# widths of gaps, in sizes of the type
_BASE = 0.3  # baselines this near are one
_WORD = 0.17  # between words of Latin letters
_BLANK = 0.75  # between words of Japanese
_BREAK = 1.3  # what stands farther apart is another run
_SPACED = (0.2, 2.2)  # between the letters of a spaced-out heading
_HANGING = "、。，．,."


@dataclass(slots=True)
class Run:
    """Text on one baseline: ``lefts`` are the places of its code points; ``right``, the box and sizes in points.

    ``face`` is the typeface of its Japanese letters, 0 where it has none. ``reach`` is where the blanks behind it end.
    """

    text: str
    lefts: array[float]
    right: float
    base: float
    size: float
    face: int
    reach: float

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.lefts[0]

    @property
    def bottom(self) -> float:
        """The foot of its letters."""
        return self.base - 0.2 * self.size

    @property
    def top(self) -> float:
        """The head of its letters."""
        return self.base + 0.9 * self.size

    @property
    def edge(self) -> float:
        """Where it ends, without a full stop or comma that may hang in the margin."""
        return self.lefts[-1] if self.text[-1] in _HANGING and len(self.text) > 1 else self.right


def runs(glyphs: Iterable[Glyph], rules: Sequence[Rule]) -> list[Run]:
    """Return the runs of glyphs of one direction, from the top down and from the left.

    Upright ``rules`` divide runs, however near the words stand to each other.
    """
    found: list[Run] = []
    upright = [rule for rule in rules if not rule.level]
    for band in _bands(glyphs):
        for piece in _between_rules(band, upright):
            found += _runs(piece)
    found.sort(key=lambda run: (-run.base, run.left))
    return found


def _bands(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one baseline, from the left; small raised ones (marks of notes) go with the line that they stand at."""
    ordered = sorted(glyphs, key=lambda glyph: -glyph.base)
    bands: list[list[Glyph]] = []
    for glyph in ordered:
        if bands and abs(bands[-1][0].base - glyph.base) <= _BASE * min(max(bands[-1][0].size, 1.0), glyph.size):
            bands[-1].append(glyph)
        else:
            bands.append([glyph])
    for band in bands:
        band.sort(key=lambda glyph: glyph.left)
    return _raised(bands)


def _raised(bands: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put small glyphs into the band just below or above whose letters they touch."""
    kept: list[list[Glyph]] = []
    for place, band in enumerate(bands):
        size = max(glyph.size for glyph in band)
        for other in bands[place + 1 : place + 3] + kept[-1:]:
            high = max(glyph.size for glyph in other)
            middle = band[0].base + 0.35 * size
            if size > 0.8 * high or not other[0].base - 0.2 * high <= middle <= other[0].base + 0.95 * high:
                continue
            if all(_touches(glyph, band, other) for glyph in band):
                other.extend(band)
                other.sort(key=lambda glyph: glyph.left)
                break
        else:
            kept.append(band)
    return kept


def _touches(glyph: Glyph, band: list[Glyph], other: list[Glyph]) -> bool:
    reach = 0.6 * other[0].size + sum(one.right - one.left for one in band if len(band) <= 8)
    return any(one.left - reach <= glyph.left and glyph.right <= one.right + reach for one in other)


def _between_rules(band: list[Glyph], upright: list[Rule]) -> list[list[Glyph]]:
    """The parts of a band that upright lines divide."""
    if not upright:
        return [band]
    middle = band[0].base + 0.3 * band[0].size
    cuts = sorted(rule.at for rule in upright if rule.start - 1 <= middle <= rule.end + 1)
    parts: list[list[Glyph]] = [[]]
    at = 0
    for glyph in band:
        centre = (glyph.left + glyph.right) / 2
        while at < len(cuts) and centre > cuts[at]:
            at += 1
            parts.append([])
        parts[-1].append(glyph)
    return [part for part in parts if part]


@dataclass(slots=True)
class _Gap:
    """What is between two letters: the distance in sizes of the type, and the blanks that the file has there."""

    wide: float
    typed: str


def _runs(band: list[Glyph]) -> list[Run]:
    letters: list[Glyph] = []
    gaps: list[_Gap] = []
    typed = ""
    for glyph in band:
        if glyph.char.isspace():
            typed += glyph.char
            continue
        if letters:
            distance = glyph.left - max(letters[-1].right, letters[-1].left)
            gaps.append(_Gap(distance / max(glyph.size, letters[-1].size, 1.0), typed))
        letters.append(glyph)
        typed = ""
    if not letters:
        return []
    closed = _spaced(letters, gaps)
    made: list[Run] = []
    start = 0
    between = [""]
    for place, gap in enumerate(gaps):
        said = "" if place in closed else _blank(letters[place].char, letters[place + 1].char, gap)
        if said is None:
            made.append(_run(letters[start : place + 1], between))
            start, between = place + 1, [""]
        else:
            between.append(said)
    made.append(_run(letters[start:], between))
    if typed:
        made[-1].reach = max(made[-1].right, max(glyph.right for glyph in band))
    return made


def _blank(before: str, after: str, gap: _Gap) -> str | None:
    """What a gap says: nothing, a blank, or None for the end of a run."""
    full = gap.typed.count("\u3000")
    if full:
        return None if gap.wide > full + max(2.0, 0.25 * len(gap.typed)) else gap.typed.strip(" ")
    wide = is_wide(before[-1]) or is_wide(after[0])
    if gap.wide >= (_BREAK if len(gap.typed) != 1 else 2.0):
        return None
    if gap.wide >= _BLANK and not gap.typed and wide:
        return "\u3000"
    if gap.typed:
        return " " if gap.wide > 0.05 else ""
    return " " if not wide and gap.wide >= _WORD else ""


def _spaced(letters: list[Glyph], gaps: list[_Gap]) -> set[int]:
    """The gaps that only space a word out: three letters or more, each by itself and evenly set, or two that are alone."""
    closed: set[int] = set()
    single = [is_letter(glyph.char) or glyph.char in "・（）()「」" for glyph in letters]
    start = 0
    while start < len(gaps):
        end = start
        if single[start] and single[start + 1] and _SPACED[0] <= gaps[start].wide <= _SPACED[1]:
            while (
                end + 1 < len(gaps)
                and single[end + 2]
                and abs(gaps[end + 1].wide - gaps[start].wide) <= max(0.2, 0.15 * gaps[start].wide)
            ):
                end += 1
            if end > start:
                closed.update(range(start, end + 1))
        start = end + 1
    ideographs = [is_letter(glyph.char) and not "\u3041" <= glyph.char <= "\u30ff" for glyph in letters]
    # 以　上, and labels of two letters that are spaced out to the width of the others (住　　所　東京都…)
    if len(letters) >= 2 and ideographs[0] and ideographs[1] and 0.2 <= gaps[0].wide <= 4.2:
        if len(letters) == 2 or (gaps[1].wide >= 0.75 and not (len(gaps) > 2 and gaps[2].wide >= 0.75)):
            closed.add(0)
    return closed


def _run(letters: list[Glyph], between: list[str]) -> Run:
    """A run of letters, ``between`` being the blanks before each of them."""
    text: list[str] = []
    lefts: array[float] = array("f")
    for place, glyph in enumerate(letters):
        text += [between[place], glyph.char]
        lefts.extend([letters[place - 1].right if place else glyph.left] * len(between[place]))
        lefts.extend([glyph.left] * len(glyph.char))
    size = max(letters, key=lambda glyph: glyph.size).size
    main = [glyph for glyph in letters if glyph.size >= 0.95 * size]
    faces = Counter(glyph.face for glyph in letters if is_letter(glyph.char[0]))
    right = max(glyph.right for glyph in letters)
    return Run(
        "".join(text), lefts, right, main[0].base, size, max(faces, key=lambda f: (faces[f], f), default=0), right
    )
