"""The article of a page as text with parts, in the shape that the layout reads.

A line a block, a bullet before an item, a row of a table a line with tabs between its cells, a blank line around headings,
tables and running text. Nothing here recurses, whatever the depth of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tenmatsu.read import limits
from tenmatsu.read.errors import ReadError
from tenmatsu.read.html_inline import BLOCKS, HEADINGS, edge, flat, last_of, lines_of, raised
from tenmatsu.read.html_tables import Row, is_data, rows_of
from tenmatsu.read.html_tree import BREAK, Node
from tenmatsu.read.html_words import page_words
from tenmatsu.read.rows import is_date
from tenmatsu.read.sentences import may_run_on
from tenmatsu.records import Part

_BOLD_HEADING = 40  # code points of a paragraph in bold that is a heading
_PAIRED = 60  # code points of a <dd> that may stand on the line of its <dt>
_LISTS = ("ul", "ol", "menu", "dir")
_APART = (*HEADINGS, "section", "article", "table", "dl", "blockquote", "pre")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "marked": re.compile(
            r"[\s\u3000]*(?:[・•■□●◆◇▼▽○◯〇◎▪★☆▶►➢✓✔※*＊>＞①-⑳]|[(（]?[0-9０-９ア-コa-zA-Z]{1,2}[)）.．、]|第[0-9０-９一二三四五六七八九十]{1,2}\s"
            r"|[\[［]|[(（]?注[\s0-9０-９)）:：]|[†‡]|[-‐–—]\s)"
        ),
    }


def render(top: Node) -> tuple[str, tuple[Part, ...]]:
    """Return the text of what is not ``out`` below ``top``, and its parts in order.

    Every non-blank stretch lies in exactly one part. Raises ReadError for a text beyond the limits.
    """
    writer = _Writer()
    stack: list[_Step] = [top]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            writer.pieces.append(one)
        elif isinstance(one, _Leave):
            _leave(one.node, writer)
        elif isinstance(one, _Pair):
            writer.flush()
            writer.row([(one.term, one.name), (one.told, one.value)], one.sign)
        elif not one.out:
            stack.extend(reversed(_enter(one, writer)))
    return "".join(writer.out) + ("\n" if writer.out else ""), tuple(writer.parts)


@dataclass(slots=True)
class _Leave:
    """The end of an element."""

    node: Node


@dataclass(slots=True)
class _Pair:
    """A term and what is told of it, on one line with a sign between them."""

    term: Node
    told: Node
    name: str
    value: str
    sign: str


_Step = Node | str | _Leave | _Pair


class _Writer:
    """Collects the text: pieces of the block at hand, then its lines and what stands between them and those above."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size = 0
        self.parts: list[Part] = []
        self.pieces: list[str] = []
        self.blocks: list[Node] = []
        self.lists: list[tuple[str, list[int]]] = []  # the sign of each list that is open, and its next number
        self.kinds: list[str] = []  # of each open block, what its words are
        self.notes: list[Node] = []  # the open elements that hold footnotes
        self.bullet = ""
        self.gap = False  # whether a blank line must come next
        self.last = self.last_kind = ""

    def flush(self) -> None:
        """Write the block at hand, if it holds anything to read."""
        if not self.pieces:
            return
        lines = lines_of("".join(self.pieces))
        self.pieces = []
        if not lines:
            return
        kind = self.kinds[-1] if self.kinds else "paragraph"
        if self.lists:
            indent = "\u3000" * (len(self.lists) - 1)
            bullet = "" if _patterns()["marked"].match(lines[0]) else self.bullet
            lines = [indent + (bullet if place == 0 else "") + line for place, line in enumerate(lines)]
            self.bullet = ""
        self._between(lines[0], kind)
        self._put("\n".join(lines), kind, self.blocks[-1] if self.blocks else None)
        self.last, self.last_kind = lines[-1], kind

    def line(self, told: str, kind: str, node: Node) -> None:
        """Write a line that is a block of its own."""
        self._between(told, kind)
        self._put(told, kind, node)
        self.last, self.last_kind = told, kind

    def _between(self, line: str, kind: str) -> None:
        """Put the line end, and a blank line around headings and tables and where the line above might seem to go on.

        A short line with blanks on both sides reads as a heading, so paragraphs stand close together where they can.
        """
        apart = self.gap or "heading" in (kind, self.last_kind) or self.last_kind == "cell"
        if not apart and kind not in ("item", "footnote"):
            apart = may_run_on(self.last, line)
        if self.out:
            self._plain("\n\n" if apart else "\n")
        self.gap = False

    def _plain(self, text: str) -> None:
        self.out.append(text)
        self.size += len(text)
        if self.size > limits.CHARACTERS:
            raise ReadError(f"more than {limits.CHARACTERS:,} characters in one page: give the text of the page alone")

    def _put(self, text: str, kind: str, node: Node | None) -> None:
        if len(self.parts) >= limits.BLOCKS:
            raise ReadError(f"more than {limits.BLOCKS:,} blocks in one page: give the text of the page alone")
        start = self.size
        self._plain(text)
        self.parts.append(Part(start, self.size, kind, None, node.xpath() if node else None))

    def row(self, cells: Row, sign: str = "\t") -> None:
        """Write a row: its cells with ``sign`` between them, each a part; empty ones behind the last are left out."""
        while cells and not cells[-1][1]:
            cells.pop()
        if self.out:
            self._plain("\n" if self.last_kind == "cell" and not self.gap else "\n\n")
        self.gap = False
        for place, (node, told) in enumerate(cells):
            last = place + 1 == len(cells)
            # a colon belongs to the label before it
            if told:
                self._put(told + ("" if last or sign == "\t" else sign), "cell", node)
            if sign == "\t" and not last:
                self._plain("\t")
        self.last, self.last_kind = "", "cell"


def _enter(node: Node, writer: _Writer) -> list[_Step]:
    """Open an element and return what is to be done inside and behind it."""
    tag = node.tag
    if tag not in BLOCKS:
        return _inline(node, writer)
    writer.flush()
    if tag == "hr":
        writer.gap = True
        return []
    if tag == "table" and is_data(node):
        return _table(node, writer)
    if _is_note(node):
        writer.notes.append(node)
    writer.blocks.append(node)
    writer.kinds.append(_kind(tag, writer))
    if tag in _APART or _is_bold(node):
        writer.gap = True
    if tag in HEADINGS and not node.chars:
        return [_alternative(node), _Leave(node)]
    if tag in _LISTS:
        writer.lists.append((_sign(node), [_whole(node.attrs.get("start")) or 1]))
    elif tag == "li" and writer.lists:
        writer.bullet = _bullet(node, writer)
    elif tag == "pre":
        return [*_preformatted(node), _Leave(node)]
    elif tag == "dl":
        return [*_definitions(node), _Leave(node)]
    return [*node.children, _Leave(node)]


def _leave(node: Node, writer: _Writer) -> None:
    tag = node.tag
    if tag not in BLOCKS:
        writer.pieces.append(edge(node))
        return
    writer.flush()
    writer.blocks.pop()
    writer.kinds.pop()
    if writer.notes and writer.notes[-1] is node:
        writer.notes.pop()
    if tag in _APART or _is_bold(node):
        writer.gap = True
    elif tag in _LISTS:
        writer.lists.pop()
        writer.bullet = ""
        writer.gap = writer.gap or not writer.lists
    elif tag == "li":
        writer.bullet = ""


def _kind(tag: str, writer: _Writer) -> str:
    """What the words of an element are: as those of the element around it, unless its tag says more."""
    if tag in HEADINGS:
        return "heading"
    if tag in ("caption", "figcaption"):
        return "caption"
    if writer.notes:
        return "footnote"
    if tag in ("li", "dd", "dt"):
        return "item"
    return writer.kinds[-1] if writer.kinds and tag not in ("td", "th") else "paragraph"


def _is_bold(node: Node) -> bool:
    """Whether a paragraph is a heading in all but its tag: short, and all of it in bold."""
    if node.tag not in ("p", "div") or not 0 < node.chars <= _BOLD_HEADING:
        return False
    inner = [one for one in node.children if isinstance(one, Node) or one.strip()]
    return len(inner) == 1 and isinstance(inner[0], Node) and inner[0].tag in ("b", "strong")


def _is_note(node: Node) -> bool:
    if node.attrs.get("role", "") in ("doc-footnote", "doc-endnotes", "doc-endnote"):
        return True
    return any(page_words("note").search(name) for name in node.words())


def _inline(node: Node, writer: _Writer) -> list[_Step]:
    if node.tag == "sup":
        writer.pieces.append(raised(node, last_of(writer.pieces)))
        return []
    if node.tag == "q":
        return ["「", *node.children, "」"]
    mark = edge(node)
    if not mark:
        return list(node.children)
    writer.pieces.append(mark)
    return [*node.children, _Leave(node)]


def _alternative(node: Node) -> str:
    """The words of a heading that is a picture."""
    stack = [node]
    while stack:
        one = stack.pop()
        if one.tag == "img" and one.attrs.get("alt", "").strip():
            return one.attrs["alt"][:300]
        stack.extend(child for child in reversed(one.children) if isinstance(child, Node))
    return ""


def _preformatted(node: Node) -> list[str]:
    """The text of <pre>: its line ends and blanks stay."""
    found: list[str] = []
    stack: list[Node | str] = list(reversed(node.children))
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            told = one.replace("\r\n", "\n").replace("\n", BREAK).replace("\t", "\u00a0\u00a0")
            found.append(told.replace(" ", "\u00a0"))
        elif not one.out:
            stack.extend(reversed(one.children))
    return found


def _table(table: Node, writer: _Writer) -> list[_Step]:
    """Write a table of data: its caption above, a line a row."""
    for child in table.children:
        if isinstance(child, Node) and child.tag == "caption" and not child.out and (told := flat(child)):
            writer.gap = True
            writer.line(told, "caption", child)
    writer.gap = True
    for row in rows_of(table):
        writer.row(row)
    writer.gap = True
    return []


def _sign(node: Node) -> str:
    """What stands before the items of a list: ・, or how they are counted (1, a, A)."""
    return "・" if node.tag != "ol" else node.attrs.get("type", "1")[:1] or "1"


def _whole(told: str | None) -> int | None:
    told = (told or "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 5 else None


def _bullet(node: Node, writer: _Writer) -> str:
    sign, numbers = writer.lists[-1]
    if sign == "・":
        return sign
    number = _whole(node.attrs.get("value")) or numbers[0]
    numbers[0] = number + 1
    if writer.notes:
        return f"[{number}] "
    if sign in ("a", "A") and number <= 26:
        return f"{chr(ord(sign) + number - 1)}. "
    return f"{number}. "


def _definitions(node: Node) -> list[_Step]:
    """The terms of a <dl>: one with a single short explanation is a line with it (a day and its step, a label and its value)."""
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and not child.out:
            # a pair may stand in a <div> of its own
            inner = [one for one in child.children if isinstance(one, Node) and not one.out]
            wraps = child.tag == "div" and any(one.tag == "dt" for one in inner)
            children += inner if wraps else [child]
    found: list[_Step] = []
    at = 0
    while at < len(children):
        tags = [one.tag for one in children[at : at + 3]]
        pair = _pair(children[at], children[at + 1]) if tags[:2] == ["dt", "dd"] and tags[2:] != ["dd"] else None
        found.append(pair or children[at])
        at += 2 if pair else 1
    return found


def _pair(term: Node, told: Node) -> _Pair | None:
    """A term and its explanation on one line, None where they do not fit on one."""
    if term.chars > 30 or told.chars > 1500 or not term.chars or not told.chars:
        return None
    if any(isinstance(one, Node) and one.tag in BLOCKS and one.tag != "p" for one in told.children):
        return None
    if sum(one == BREAK or (isinstance(one, Node) and one.tag == "p") for one in told.children) > 1:
        return None
    name, value = flat(term), flat(told)
    if is_date(name):
        return _Pair(term, told, name, value, "\t")
    if len(value) > _PAIRED:
        return None
    return _Pair(term, told, name, value, "" if name[-1:] in "：:" else "：")
