"""Citations: footnotes that name an article, tables of sources, lines that point to an official release.

A mark in the text (*1, ※1, [1]) leads to its citation, and so to whom the text credits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tenmatsu.records import Citation, Line
from tenmatsu.times.calendar import is_day


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation mention as far as citations need it: span and entity name."""

    start: int
    end: int
    entity: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "date": re.compile(
            r"[(（]?\s*((?:19|20)[0-9]{2})\s?[年/.-]\s?([0-9]{1,2})\s?[月/.-]\s?([0-9]{1,2})\s?日?\s*[)）]?\s*$"
        ),
        "short": re.compile(r"\s*([0-9]{1,2}/[0-9]{1,2})\s*$"),
        "number": re.compile(r"\s*([0-9]{1,2})\s*$"),
        "url": re.compile(r"https?://[^\s)）」]+"),
        "mark": re.compile(r"[*＊※]\s?([0-9０-９]{1,2})|\[([0-9]{1,2})\](?![(\w])"),
        "foot": re.compile(r"\s*(?:[*＊※]\s?([0-9０-９]{1,2})|\[([0-9]{1,2})\]|注([0-9]{1,2}))"),
        "quoted": re.compile(
            r"[(（](.{2,30}?)(?:の)?(?:プレスリリース|リリース|記事|公式発表|発表|サイト|ニュース|報道)?より(?:引用|抜粋)[)）]"
        ),
        "credit": re.compile(r"(?:引用元|出典|引用|出所|ソース)\s*[:：]?\s*(.+)$"),
    }


def marks(text: str) -> list[str]:
    """Return the footnote marks in a stretch of text, as their numbers in ASCII digits, in order."""
    return [_digits(hit[1] or hit[2]) for hit in _patterns()["mark"].finditer(text)]


def _digits(number: str) -> str:
    return number.translate(str.maketrans("０１２３４５６７８９", "0123456789"))


def _date(body: str) -> tuple[str | None, str]:
    patterns = _patterns()
    hit = patterns["date"].search(body)
    if hit and is_day(int(hit[1]), int(hit[2]), int(hit[3])):
        return f"{int(hit[1]):04d}-{int(hit[2]):02d}-{int(hit[3]):02d}", body[: hit.start()].rstrip(" ,、　")
    hit = patterns["short"].search(body)
    if hit:
        month, day = hit[1].split("/")
        if not is_day(2000, int(month), int(day)):
            return None, body
        return f"XXXX-{int(month):02d}-{int(day):02d}", body[: hit.start()].rstrip(" ,、　")
    return None, body


def _publisher(names: list[Named], start: int, end: int, *, last: bool) -> str | None:
    inside = [name for name in names if start <= name.start and name.end <= end]
    if not inside:
        return None
    return inside[-1].entity if last else inside[0].entity


def is_citation(body: str) -> bool:
    """Whether a footnote's body names an article (title, publisher, date) and tells nothing itself."""
    date, title = _date(body.strip())
    return bool(_patterns()["url"].search(body)) or (
        date is not None
        and ("," in title or "、" in title or "，" in title or "「" in title or not title.endswith("。"))
    )


def find(doc_id: str, text: str, lines: tuple[Line, ...], names: list[Named]) -> list[Citation]:
    """Return the citations of a document in order of place; ``names`` are its organisation mentions."""
    patterns = _patterns()
    found: list[Citation] = []
    number: str | None = None
    publisher: str | None = None
    start = 0
    for line in lines:
        body = text[line.content : line.end].strip()
        if not body:
            continue
        if line.role == "footnote" and is_citation(body):
            mark = patterns["foot"].match(text, line.start)
            date, title = _date(body)
            found.append(
                _row(
                    doc_id,
                    _digits(next(g for g in mark.groups() if g)) if mark else None,
                    line.start,
                    line.end,
                    _publisher(names, line.content, line.end, last=True),
                    title.split(",")[0],
                    date,
                    body,
                )
            )
        elif line.role == "source":
            if patterns["number"].fullmatch(body):
                number, publisher, start = body.strip(), None, line.start
                continue
            date, title = _date(body)
            if date is None and number is not None and publisher is None:
                publisher = _publisher(names, line.content, line.end, last=False) or re.sub(r"^【[^】]*】", "", body)
                continue
            head = _publisher(names, line.content, line.end, last=False)
            if number is not None:
                found.append(_row(doc_id, number, start, line.end, publisher or head, title.strip(), date, body))
                number, publisher = None, None
            elif date is not None or "http" in body or head:
                found.append(_row(doc_id, None, line.content, line.end, head, title.strip(), date, body))
        elif line.role == "byline":
            quoted = patterns["quoted"].search(body) or patterns["credit"].search(body)
            if quoted:
                name = _publisher(names, line.start, line.end, last=False) or quoted[1].strip("《》 　")
                found.append(_row(doc_id, None, line.start, line.end, name, None, None, body))
    return found


def _row(
    doc_id: str,
    mark: str | None,
    start: int,
    end: int,
    publisher: str | None,
    title: str | None,
    date: str | None,
    body: str,
) -> Citation:
    url = _patterns()["url"].search(body)
    return Citation(
        doc_id, f"{doc_id}-c{start}", mark, start, end, publisher, title or None, date, url[0] if url else None
    )
