"""A sentence as it is read: the breaks of hard-wrapped lines left out, places translated both ways.

Mail and text taken from PDF break lines anywhere (閲覧⏎された). Patterns would have to allow for a break between any two
characters; leaving the breaks out once is simpler, and every span still leads back to the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# a break between two words of Latin letters divides them, one before a time or a bullet may divide two rows: both stay
_BREAK = re.compile(
    r"(?:(?<![A-Za-z0-9])[ \t\u3000]*(?:\r?\n|\r)[ \t\u3000]*|[ \t\u3000]*(?:\r?\n|\r)[ \t\u3000]*(?![A-Za-z0-9]))"
    r"(?![ \t\u3000]|[0-9０-９]|午[前後]|同日|翌|[・■□◆◇○●※(（【])"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """``text`` without the breaks; ``cuts`` are (offset into ``text``, code points left out up to there), ascending."""

    text: str
    start: int
    cuts: tuple[tuple[int, int], ...]

    def place(self, offset: int, *, closing: bool = False) -> int:
        """Return the place in the document of an offset into ``text``; ``closing`` for the end of a span."""
        gone = 0
        for at, total in self.cuts:
            if at > offset or (closing and at == offset):
                break
            gone = total
        return self.start + offset + gone

    def offset(self, place: int) -> int:
        """Return the offset into ``text`` of a place in the document (of what follows, where the place was left out)."""
        gone = 0
        for at, total in self.cuts:
            if self.start + at + total > place:
                return min(at, place - self.start - gone)
            gone = total
        return place - self.start - gone


def flow(text: str, start: int, end: int) -> Flow:
    """Return ``text[start:end]`` as it is read."""
    raw = text[start:end]
    if "\n" not in raw and "\r" not in raw:
        return Flow(raw, start, ())
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = gone = 0
    for found in _BREAK.finditer(raw):
        pieces.append(raw[at : found.start()])
        gone += found.end() - found.start()
        cuts.append((found.end() - gone, gone))
        at = found.end()
    pieces.append(raw[at:])
    return Flow("".join(pieces), start, tuple(cuts))
