"""Numbered parts of a document (事案１ …, （2）Ｘ, ■ Ｙ), each from its heading to the next of its kind or above it.

Where the headings of a document carry marks of different kinds, the kind that came first stands above. Only marks and
lengths are looked at here; whether the parts tell of different organisations is for those who know the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tenmatsu.records import Line

_LONGEST = 60  # code points of a heading that opens a part
_CASE = "case"
_MARK = re.compile(
    r"[ \t\u3000#]*(?:(?P<case>(?:事案|事例|案件|ケース)[ \u3000]?[0-9０-９一二三四五六七八九①-⑨A-ZＡ-Ｚ]{1,2}(?![0-9０-９件日月年つの]))"
    r"|(?P<chapter>第[0-9０-９一二三四五六七八九十]{1,2}章?)|(?P<paren>[(（][0-9０-９]{1,2}[)）])|(?P<circle>[①-⑳])"
    r"|(?P<number>[0-9０-９]{1,2}(?:[.．、:：]|(?=[ \u3000]))(?![0-9０-９]))|(?P<square>[■□])|(?P<dot>[●○])|(?P<lozenge>[◆◇])"
    r"|(?P<angle>[▼▽▶])|(?P<tag>【(?=[^】]*】[ \u3000]*$)))[ .．:：、\u3000]*"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One part: ``opens`` is where the words of its heading begin, ``head`` and ``last`` the numbers of its first and last line."""

    opens: int
    head: int
    last: int


def _mark(text: str, line: Line) -> tuple[str, int]:
    """Return the kind of mark that a heading carries (empty for none) and where its words begin."""
    hit = _MARK.match(text[line.start : line.end])
    return (hit.lastgroup or "", line.start + hit.end()) if hit else ("", line.start)


def blocks(text: str, lines: Sequence[Line]) -> list[list[Block]]:
    """Return the rows of parts, each of two or more, in order of their first heading. Linear in the number of lines."""
    heads: list[tuple[int, str, int]] = []  # number of the line, kind of mark, where its words begin
    for line in lines:
        if line.role == "blank" or line.end - line.start > _LONGEST:
            continue
        kind, opens = _mark(text, line)
        stops = text[line.start : line.end].rstrip().endswith("。")
        if line.role == "heading" or (kind == _CASE and not stops and line.role in ("paragraph", "label", "title")):
            heads.append((line.number, kind, opens))
    first: dict[str, int] = {}
    for at, (_, kind, _) in enumerate(heads):
        first.setdefault(kind, at)
    rows: list[list[Block]] = []
    open_: dict[str, list[tuple[int, int]]] = {}  # rows that still go on: (line, where its words begin) of each part
    last_line = lines[-1].number if lines else 0

    def close(kind: str, stop: int) -> None:
        parts = open_.pop(kind)
        if len(parts) > 1:
            ends = [number - 1 for number, _ in parts[1:]] + [stop]
            rows.append([Block(opens, number, end) for (number, opens), end in zip(parts, ends, strict=True)])

    bare_inside = False
    for number, kind, opens in heads:
        for other in list(open_):
            above = other != kind and first[kind] < first[other]
            # 再発防止に向けた取組 behind 事案２: a heading without a mark, where none stood inside the parts before
            behind = other == _CASE and not kind and len(open_[other]) > 1 and not bare_inside
            if above or behind:
                close(other, number - 1)
        if not kind:
            bare_inside = bare_inside or _CASE in open_
            continue
        open_.setdefault(kind, []).append((number, opens))
    for kind in list(open_):
        close(kind, last_line)
    return sorted(rows, key=lambda row: row[0].head)
