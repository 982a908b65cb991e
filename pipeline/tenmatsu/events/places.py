"""Where the layout puts an organisation: columns, tags, headings, and where the article itself ends."""

from __future__ import annotations

import re
from bisect import bisect_left

from tenmatsu.events.phrases import Party
from tenmatsu.records import Document, Line, Sentence


def _on(line: Line, parties: list[Party], starts: list[int]) -> list[Party]:
    """The mentions on a line; ``starts`` are those of ``parties``."""
    return parties[bisect_left(starts, line.start) : bisect_left(starts, line.end)]


def headers(document: Document, parties: list[Party], starts: list[int]) -> dict[str, str]:
    """Column heads that name an organisation, with its entity."""
    found: dict[str, str] = {}
    for line in document.lines:
        if line.role == "header_row":
            for party in _on(line, parties, starts):
                found[document.text[party.start : party.end]] = party.entity
    return found


def article_end(document: Document) -> int:
    """The line of the credit that closes a retold article (引用元 …); what follows is the site's own and about others."""
    for line in document.lines:
        if line.role == "byline" and re.match("引用元|《", document.text[line.content : line.end]):
            return line.number
    return len(document.lines)


_OF_HEADING = re.compile(r"(?:グループ)?(?:の|での|における|において|から|側)|[)）]\s*$")


def heading_orgs(document: Document, parties: list[Party], starts: list[int]) -> dict[int, str]:
    """Headings that say whose affairs follow (委託先Xでの経緯, …について(X)), by line number."""
    found: dict[int, str] = {}
    text = document.text
    for line in document.lines:
        if line.role != "heading":
            continue
        named = [p for p in _on(line, parties, starts) if p.kind not in ("media", "blog", "authority", "police")]
        if len({p.entity for p in named}) == 1 and _OF_HEADING.match(text[named[-1].end : line.end]):
            found[line.number] = named[-1].entity
    return found


def column(line: Line, sentence: Sentence, headers: dict[str, str]) -> str | None:
    """The organisation that heads the column of the cell at hand."""
    return headed(line, sentence.cell, headers)


def headed(line: Line, place: int, headers: dict[str, str]) -> str | None:
    """The organisation that heads the column of cell number ``place`` of a row, None where none does."""
    if place < 0 or place >= len(line.cells):
        return None
    head = line.cells[place].header
    named = [name for name in headers if name in head]
    return headers[max(named, key=len)] if named else None


_WIDEST = 24  # columns of a table that people read; keeps the time linear
_ONLOOKERS = ("media", "blog", "authority", "police")
_TAG_WITHIN = 24  # characters of the item's beginning in which a tag 【…】 may open
_OTHERS = re.compile(r"先$|(?:委託|報告|通知|届出|届け出|取引|送付|連絡|相談|依頼|調査)先")
_OF_COLUMN = re.compile(r"会社|社名|法人|組織|団体|主体|対応者|実施者|拠点|施設|学校|病院|機関名|部署|事業者")


def row(line: Line, sentence: Sentence, parties: list[Party], starts: list[int]) -> str | None:
    """The organisation that fills a cell of the row, under a head that says that whose row it is stands there (会社)."""
    if sentence.cell < 0 or len(line.cells) < 2:
        return None
    for number, cell in enumerate(line.cells[:_WIDEST]):
        if number == sentence.cell or _OTHERS.search(cell.header):
            continue
        if number and not _OF_COLUMN.search(cell.header):
            continue
        at = bisect_left(starts, cell.start)
        if at < len(parties) and parties[at].start == cell.start and parties[at].end >= cell.end:
            # a name that fills the first cell heads its row whatever stands above it
            if _OF_COLUMN.search(cell.header) or parties[at].kind not in _ONLOOKERS:
                return parties[at].entity
    return None


def tag(line: Line, text: str, parties: list[Party], starts: list[int]) -> str | None:
    """The organisation named right behind 【 near the start of the item."""
    for hit in re.finditer("【", text[line.start : min(line.end, line.content + _TAG_WITHIN)]):
        at = line.start + hit.end()
        position = bisect_left(starts, at)
        if position < len(parties) and parties[position].start == at:
            return parties[position].entity
    return None
