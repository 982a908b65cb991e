"""Tables of a page: which of them hold data and which only arrange the page, and the cells of their rows."""

from __future__ import annotations

from collections.abc import Iterator

from tenmatsu.read import limits
from tenmatsu.read.html_inline import BLOCKS, flat
from tenmatsu.read.html_tree import Node

Row = list[tuple[Node | None, str]]

_LONG = 600  # characters of a cell that holds a page's column rather than a value
_SINGLE = 80  # characters of each cell of a table of one row


def own_rows(table: Node) -> list[Node]:
    """The rows of a table, without those of tables inside it."""
    found: list[Node] = []
    stack: list[Node] = [table]
    while stack:
        node = stack.pop()
        for child in reversed(node.children):
            if isinstance(child, Node) and not child.out and child.tag in ("thead", "tbody", "tfoot", "tr"):
                stack.append(child)
        if node.tag == "tr":
            found.append(node)
    return found


def cells_of(row: Node) -> list[Node]:
    """The cells of a row."""
    return [c for c in row.children if isinstance(c, Node) and not c.out and c.tag in ("td", "th")]


def is_data(table: Node) -> bool:
    """Whether a table holds data in rows and columns; one that holds tables, headings or whole columns of a page does not."""
    if table.attrs.get("role", "") in ("presentation", "none"):
        return False
    rows = [cells for row in own_rows(table) if (cells := cells_of(row))]
    if not rows or max(len(cells) for cells in rows) < 2:
        return False
    headed = False
    for cells in rows:
        for cell in cells:
            headed = headed or cell.tag == "th"
            if cell.chars > _LONG * (3 if headed else 1) or any(_arranges(one) for one in _blocks(cell)):
                return False
    if headed or len(rows) > 1:
        return headed or sum(sum(1 for cell in cells if cell.chars) > 1 for cells in rows) > 1
    return all(0 < cell.chars <= _SINGLE for cell in rows[0]) and not any(True for c in rows[0] for _ in _blocks(c))


def _arranges(node: Node) -> bool:
    return node.tag in ("table", "h1", "h2", "h3", "article", "main", "section")


def _blocks(cell: Node) -> Iterator[Node]:
    """The block elements in a cell, the first thousand elements of it."""
    stack, seen = [cell], 0
    while stack and seen < 1000:
        node = stack.pop()
        for child in node.children:
            if isinstance(child, Node) and not child.out:
                seen += 1
                stack.append(child)
                if child.tag in BLOCKS:
                    yield child


def rows_of(table: Node) -> Iterator[Row]:
    """The rows of a table as cells with their words, in columns: what spans several rows or columns leaves empty cells there.

    An empty cell under a day repeats the day, as the layout reads it. A row without any words is left out.
    """
    below: dict[int, int] = {}  # column: rows that a cell above still covers
    for row in own_rows(table):
        made: Row = []
        cells = cells_of(row)
        spans: dict[int, int] = {}
        for cell in cells:
            while below.get(len(made), 0):
                made.append((None, ""))
            wide = _span(cell.attrs.get("colspan"), limits.COLUMNS)
            deep = _span(cell.attrs.get("rowspan"), 65_534)
            for column in range(len(made), len(made) + wide):
                if deep > 1:
                    spans[column] = deep - 1
            made.append((cell, flat(cell)))
            made += [(None, "")] * (wide - 1)
        below = {column: left - 1 for column, left in below.items() if left > 1}
        below.update(spans)
        if any(words for _, words in made):
            yield made


def _span(told: str | None, most: int) -> int:
    told = (told or "").strip()
    return max(1, min(int(told), most)) if told.isascii() and told.isdigit() and len(told) < 8 else 1
