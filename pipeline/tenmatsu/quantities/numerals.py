"""Numbers as Japanese writes them: 18,746, ８万５千, 24.5万, 百二十五万, 数百, 十数; value and bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

KANJI_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10**4, "億": 10**8, "兆": 10**12}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a folded text: half-open span, the bounds it gives (equal unless vague), how it is written.

    ``style`` is arabic, kanji or vague (数百, 十数).
    """

    start: int
    end: int
    low: float
    high: float
    style: str


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table[0x3000] = table[0xA0] = " "
    table[0x301C] = "~"
    # text copied from PDF files writes these as Kangxi radicals
    table[0x2F00], table[0x2F06], table[0x2F08], table[0x2F0B], table[0x2F17] = "一", "二", "人", "八", "十"
    return table


def fold(text: str) -> str:
    """Return ``text`` with full-width ASCII, blanks and radicals folded one to one, so that offsets stay."""
    return text.translate(_table())


@cache
def pattern() -> re.Pattern[str]:
    """Return the pattern of a number in folded text; one blank may stand around 万 and its like."""
    arabic = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    vague = r"(?:[0-9]{1,6}|[十百千]{1,2})?数[十百千万億]{0,3}"
    mixed = rf"{arabic}(?: ?[十百千万億兆]+(?: ?{arabic})?)*"
    kanji = r"[〇一二三四五六七八九十百千][〇一二三四五六七八九十百千万億兆]*"
    return re.compile(rf"(?P<vague>{vague})|(?P<arabic>{mixed})|(?P<kanji>{kanji})")


def value(text: str) -> float:
    """Return the value of a number written in Arabic and kanji digits. Raises ValueError where it is none."""
    total, section = Decimal(0), Decimal(0)
    current: Decimal | None = None
    for piece in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|[〇一二三四五六七八九]+|[十百千万億兆]|[^ ]", text):
        if piece[0] in "0123456789":
            current = Decimal(piece.replace(",", ""))
        elif piece[0] in KANJI_DIGITS:
            current = Decimal("".join(str(KANJI_DIGITS[digit]) for digit in piece))
        elif piece in SMALL:
            section += (Decimal(1) if current is None else current) * SMALL[piece]
            current = None
        elif piece in BIG:
            section += current or 0
            total += (section or Decimal(1)) * BIG[piece]
            section, current = Decimal(0), None
        else:
            raise ValueError(f"not a number: {text!r}")
    return float(total + section + (current or 0))


def bounds(text: str) -> tuple[float, float]:
    """Return the least and greatest value that a number names: 数百 is 200 to 999, 十数 11 to 19, 24.5万 itself."""
    head, mark, tail = text.partition("数")
    if not mark:
        exact = value(text)
        return exact, exact
    scale = value(tail) if tail else 1.0
    if head:
        base = value(head)
        return base + scale, base + 10 * scale - 1
    return (2.0, 6.0) if scale == 1 else (2 * scale, 10 * scale - 1)


def read(match: re.Match[str]) -> Numeral:
    """Return the number that a match of ``pattern()`` found."""
    low, high = bounds(match[0])
    return Numeral(match.start(), match.end(), low, high, match.lastgroup or "arabic")
