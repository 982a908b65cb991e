"""Page numbers and running heads and feet: lines that each page carries at the same height, whatever its text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tenmatsu.read.pdf_lines import Run

_ZONE = 0.12  # the share of a page's height at its head and foot in which such lines stand
_LINES = 3  # lines at the head and at the foot that are looked at


@cache
def _number() -> re.Pattern[str]:
    digit = "[0-9０-９]"
    return re.compile(
        rf"[-–—―‐－−ー~〜(（\[【・]*\s*(?:[PpＰｐ](?:age)?\s*[.．]?\s*)?(?:{digit}{{1,4}}|[ivxIVX]{{1,5}})"
        rf"\s*(?:(?:[/／]|of|／)\s*{digit}{{1,4}})?\s*(?:頁|ページ)?\s*[-–—―‐－−ー~〜)）\]】・]*$"
    )


def without_running(pages: list[tuple[list[Run], float, float]]) -> list[list[Run]]:
    """Return the runs of each page without its number and its running head and foot.

    A page is its runs, from the top down, and the heights of its foot and head in points. A line is running when the
    same words, whatever their figures, stand at the same height on more than half of the pages, and on two at least.
    A line of a page number's form is dropped at the very edge of a page, too, when it is alone there.
    """
    counts: Counter[tuple[str, int]] = Counter()
    lines = [_edges(*page) for page in pages]
    for found in lines:
        counts.update({key for line in found for key in _keys(line)[:1]})
    out = []
    for (runs, foot, head), found in zip(pages, lines, strict=True):
        dropped: set[int] = set()
        for line in found:
            often = max(
                sum(counts[(words, near)] for near in (height - 1, height, height + 1)) for words, height in _keys(line)
            )
            if often >= 2 and often > len(pages) / 2:
                dropped.update(id(run) for run in line)
            elif _outer(line, foot, head):
                dropped.update(id(run) for run in line if _is_number(run.text, len(pages)))
        out.append([run for run in runs if id(run) not in dropped])
    return out


def _edges(runs: list[Run], foot: float, head: float) -> list[list[Run]]:
    """The lines at the head and at the foot of a page."""
    rows: list[list[Run]] = []
    for run in runs:
        if rows and abs(rows[-1][0].base - run.base) <= 0.3 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    zone = _ZONE * (head - foot)
    top = [row for row in rows[:_LINES] if row[0].base > head - zone]
    low = [row for row in rows[-_LINES:] if row[0].base < foot + zone and row not in top]
    return top + low


def _keys(line: list[Run]) -> list[tuple[str, int]]:
    """What a line says, its figures left open, and its height in steps of three points."""
    words = re.sub(r"[0-9０-９]+|\b[ivx]+\b", "#", "".join("".join(run.text.split()) for run in line))
    return [(words, round(line[0].base / 3))]


def _outer(line: list[Run], foot: float, head: float) -> bool:
    edge = 0.09 * (head - foot)
    return line[0].base < foot + edge or line[0].base > head - edge


def _is_number(text: str, pages: int) -> bool:
    """Whether a line is a page's number; a bare figure is one only where there are several pages."""
    return _number().match(text) is not None and (pages > 1 or re.search(r"[^0-9０-９\s]", text) is not None)
