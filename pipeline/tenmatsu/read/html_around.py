"""What stands around the article of a page and belongs to it: its title, its day, pieces of it that the markup set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenmatsu.read.html_inline import HEADINGS
from tenmatsu.read.html_tree import Node
from tenmatsu.read.html_words import page_words

HOLDERS = frozenset(("html", "body", "div", "section", "article", "main", "td", "center", "form", "table", "header", "fieldset"))  # fmt: skip
_DATE = re.compile(
    r"(?:19|20)[0-9０-９]{2}\s?[年./-]\s?[0-9０-９]{1,2}\s?[月./-]\s?[0-9０-９]{1,2}|(?:令和|平成)\s?[0-9０-９元]{1,2}\s?年"
)
# what stands beside the links of a list of pages: days, clocks, names of rubrics in brackets, separators
_BESIDE_LINKS = re.compile(
    r"[0-9０-９年月日時分./:：,、\s\-|｜()（）\[\]【】<>＜＞»›・●■]+|NEW|new|お知らせ|ニュース|プレスリリース"
)
_SENTENCE = re.compile("[。．]")
_LINKED = 0.66  # share of words in links from which a list leads to other pages
_LABEL = 120  # characters of a block before the article that may be its title, its day or who speaks


def nodes(top: Node) -> Iterator[Node]:
    """All elements below and with ``top`` that are not out, parents first."""
    stack = [top]
    while stack:
        node = stack.pop()
        if node.out:
            continue
        yield node
        stack.extend(child for child in reversed(node.children) if isinstance(child, Node))


def mostly_links(node: Node) -> bool:
    """Whether an element is a list of links: what stands outside them is days and names of rubrics."""
    if node.anchors == 0:
        return False
    if node.links >= _LINKED * node.chars:
        return True
    if node.anchors < 2 or node.links * 3 < node.chars or node.chars > 6000:
        return False
    rest = sum(len("".join(_BESIDE_LINKS.sub("", piece).split())) for piece in _outside_links(node))
    return node.links >= _LINKED * (node.links + rest)


def _outside_links(top: Node) -> Iterator[str]:
    stack: list[Node | str] = [top]
    seen = 0
    while stack and seen < 5000:
        one = stack.pop()
        seen += 1
        if isinstance(one, str):
            yield one
        elif not one.out and not (one.tag == "a" and "href" in one.attrs):
            stack.extend(one.children)


def repeats(told: str, title: str) -> bool:
    """Whether a heading holds the title of the page or is a good part of it."""
    told, title = "".join(told.split()), "".join(title.split())
    return len(told) >= 6 and len(title) >= 6 and (told in title or title in told)


def around(core: Node, frame: Node | None, title: str) -> None:
    """Mark as ``out`` what stands outside the article ``core`` and does not belong to it.

    ``frame`` is the element around it that says that it is an article, None where none does; in it all stays that is no
    list of links. Outside it only the title (``title`` is what the page says of it) and a day before the article stay.
    """
    within = frame is not None and core is not frame
    near = frame is None
    here = core
    while here.parent is not None:
        parent = here.parent
        before = True
        for child in parent.children:
            if child is here:
                before = False
            elif isinstance(child, Node) and not child.out:
                child.out = not _kept(child, here, before, within, near, title)
        if not within and not near:
            parent.children = [child for child in parent.children if isinstance(child, Node)]
        # the rows of a table for layout stand as near to a cell as blocks do to each other
        near = near and parent.tag in ("tr", "tbody", "thead", "tfoot")
        within = within and parent is not frame
        here = parent


def _kept(node: Node, core: Node, before: bool, within: bool, near: bool, title: str) -> bool:
    """Whether an element beside the article belongs to it."""
    if not node.chars:
        return before and within  # a title may be a picture
    told = node.text(400)
    if len(told) < 300 and (page_words("rights").search(told) or page_words("notice").search(told)):
        return False
    if before:
        headed = (one.text(300) for one in nodes(node) if one.tag in HEADINGS)
        if (len(told) <= _LABEL and repeats(told, title)) or any(repeats(one, title) for one in headed):
            return True
    if mostly_links(node):
        return False
    if within or (before and len(told) <= 80 and node.anchors < 2 and _DATE.search(told)):
        return True
    if not near or node.tag in ("td", "th"):
        return False
    if node.tag == "tr":
        return _SENTENCE.search(told) is not None or (before and node.anchors == 0 and len(told) <= _LABEL)
    if node.tag not in HOLDERS:
        return True
    return (before and len(told) <= _LABEL) or _alike(node, core)


def _alike(node: Node, core: Node) -> bool:
    """Whether an element is of the kind that the article is of, as one of several pieces."""
    return node.tag == core.tag and node.tag != "table" and node.attrs.get("class") == core.attrs.get("class")
