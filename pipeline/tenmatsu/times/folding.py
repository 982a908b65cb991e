"""Text as the rules read it: widths and look-alike characters folded, blanks inside a phrase taken out.

Offsets always lead back to the original text: folding keeps lengths, taking blanks out keeps a map.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@cache
def _table() -> dict[int, str]:
    ranges = [(0xFF01, 0xFF5F), (0x2F00, 0x2FD6), (0x3000, 0x3001)]
    table = {}
    for first, last in ranges:
        for code in range(first, last):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                table[code] = folded
    # The range signs and dashes in use; the katakana ー stays, for it also lengthens vowels.
    table.update(dict.fromkeys(map(ord, "〜∼∿˜"), "~"))
    table.update(dict.fromkeys(map(ord, "‐‑‒–—―─━−"), "-"))
    table.update(dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f"), " "))
    table[ord("○")] = "〇"
    table[0x2E9D] = "月"
    return table


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, map(chr, _table())))}]")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(" +")


@cache
def _blanks() -> re.Pattern[str]:
    # A blank between two ASCII words separates them, one behind 7/31 keeps a counter off it (7/31 個人情報), a tab is
    # the edge of a table cell. All stay.
    # One behind a number and its stop keeps the number of a line off its date (A1. 2月10日).
    # Where a blank stands behind every character, those between two single digits (１ ０ 時) go, too.
    return re.compile(
        r"(?<![0-9A-Za-z])(?!(?<=[0-9]\.) +[0-9]{1,4} ?[年月])[ ]+|(?<!/[0-9])(?<!/[0-9]{2})[ ]+(?![0-9A-Za-z ])"
        r"|(?<=[^0-9A-Za-z.,:/-] [0-9]) (?=[0-9] )|(?<=^[0-9]) (?=[0-9] [^0-9A-Za-z])|(?<= [0-9] [0-9]) (?=[0-9] )|(?<=[^0-9A-Za-z.,:/ -][0-9]) (?=[0-9] [^0-9A-Za-z ])"
    )


@cache
def _broken_lines() -> re.Pattern[str]:
    # a line that breaks inside a date: behind the year or month before the next figure, before a sign or a weekday
    return re.compile(
        r"(?<=[0-9]年)\n(?=[0-9]{1,2}月[0-9\n])|(?<=[0-9]月)\n(?=[0-9]{1,2}日)|(?<=[0-9])\n(?=[年月日][0-9(にのか])"
        r"|(?<=[0-9]日)\n(?=\([月火水木金土日][)・])|(?<=午[前後])\n(?=[0-9]{1,2}[時:])"
    )


@dataclass(frozen=True, slots=True)
class Folded:
    """``compact`` is what the rules read; ``starts``/``shifts`` map its offsets back, see ``original``."""

    compact: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def original(self, offset: int) -> int:
        """Return the offset in the original text of the character at ``offset`` of ``compact``."""
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of ``compact[start:end]``, which must not be empty; blanks at its edges stay out."""
        return self.original(start), self.original(end - 1) + 1


def fold(text: str) -> Folded:
    """Fold ``text`` for matching; time and memory linear in its length."""
    table = _table()
    folded = _foldable().sub(lambda match: table[ord(match[0])], text)
    blanks = list(_gone(folded))
    first = _without(folded, blanks)
    broken = [(first.original(place), first.original(place) + 1) for place in _breaks(first.compact)]
    return _without(folded, sorted(blanks + broken)) if broken else first


def _gone(folded: str) -> Iterator[tuple[int, int]]:
    """The blanks to take out. The literal is searched first, at the speed of a scan; the pattern then looks around it."""
    pattern = _blanks()
    for run in _runs().finditer(folded):
        at, end = run.span()
        while at < end:
            match = pattern.match(folded, at)
            if match:
                yield match.span()
            at = match.end() if match else at + 1


def _breaks(compact: str) -> Iterator[int]:
    """The line breaks inside a date."""
    pattern = _broken_lines()
    at = compact.find("\n")
    while at >= 0:
        if pattern.match(compact, at):
            yield at
        at = compact.find("\n", at + 1)


def _without(folded: str, gone: list[tuple[int, int]]) -> Folded:
    """Return ``folded`` without the spans ``gone``, which are sorted and apart."""
    pieces, starts, shifts = [], [0], [0]
    at = kept = 0
    for start, end in gone:
        pieces.append(folded[at:start])
        kept += start - at
        at = end
        starts.append(kept)
        shifts.append(at - kept)
    pieces.append(folded[at:])
    return Folded("".join(pieces), tuple(starts), tuple(shifts))
