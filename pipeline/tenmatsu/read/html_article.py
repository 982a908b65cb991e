"""Which elements of a page are its article, and which are furniture: menus, side columns, lists of other pages, footers.

Names of elements, roles and classes say what is furniture; where the page has no such marks (tables as layout, ``<div>``
alone), the share of words inside links does. The article is the element that holds nearly all running text, and what
stands around it in ``<main>`` or ``<article>``: the title, the day, notes behind it.
"""

from __future__ import annotations

import re

from tenmatsu.read.html_around import HOLDERS, around, mostly_links, nodes, repeats
from tenmatsu.read.html_inline import BLOCKS, HEADINGS
from tenmatsu.read.html_tables import is_data
from tenmatsu.read.html_tree import BREAK, Node
from tenmatsu.read.html_words import page_words

_PIECES = frozenset(("ul", "ol", "dl", "li", "dt", "dd", "p", "blockquote", "figure", "details"))  # fmt: skip
_ROLES_OUT = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog", "alertdialog", "toolbar", "tablist"))  # fmt: skip
_LISTS = frozenset(("ul", "ol", "dl", "div", "section", "table", "nav", "menu", "p", "tbody", "td", "tr"))  # fmt: skip
_NOTICES = frozenset(("div", "p", "td", "address", "small", "tr", "footer", "li", "center", "font"))  # fmt: skip
_SENTENCE = re.compile("[。．]")
_SURE_TAGS = ("nav", "footer", "aside")
_LEFT = 0.1  # share of the running text that must be left when furniture is out
_SURE, _UNSURE = 0.85, 0.4  # share of the running text up to which an element is furniture by its tag, by its class
_MOST = 0.85  # share of the running text that lies in one child: the article is in there
_TITLED = 0.5  # the same for a child that holds the title
_FOOT = 300  # characters of a page's foot
_MARKED = 0.4  # the same for a child that says that it is the article


def mark(body: Node, title: str | None) -> Node:
    """Mark as ``out`` what of a page is not its article, and return the element that holds most of the article.

    ``title`` is what the page says of its title; a heading outside the article that repeats it is kept. Linear in the
    number of elements.
    """
    _measure(body)
    whole, chars = body.weight, body.chars
    marked = _names(body, whole)
    if marked:
        _measure(body)
    if marked and body.weight < _LEFT * whole:
        # names that hold nearly everything say nothing: the elements for menus and footers alone are furniture
        for node in marked:
            node.out = node.tag in _SURE_TAGS
        _measure(body)
    if not body.chars and chars:
        for node in marked:
            node.out = False
        _measure(body)
    core = _core(body, _titled(body, title or ""))
    _lists(core if core.chars else body)
    _foot(core)
    around(core, _frame(core), title or "")
    return core


def unmark(top: Node) -> None:
    """Take all of a page for its article."""
    stack = [top]
    while stack:
        node = stack.pop()
        node.out = False
        stack.extend(child for child in node.children if isinstance(child, Node))


def _measure(top: Node) -> None:
    """Count the characters, those in links, and the weight of every element, from the leaves up."""
    order = list(nodes(top))
    linked: set[int] = set()
    for node in order:
        node.chars = node.links = node.anchors = node.files = node.heads = 0
        node.weight = 0.0
        if (node.tag == "a" and "href" in node.attrs) or (node.parent is not None and id(node.parent) in linked):
            linked.add(id(node))
    for node in reversed(order):
        inside = id(node) in linked
        for child in node.children:
            if isinstance(child, str):
                size = len("".join(child.split())) if child != BREAK else 0
                node.chars += size
                if inside:
                    node.links += size
                else:
                    node.weight += _weight(child, size)
            elif not child.out:
                node.chars += child.chars
                node.links += child.links
                node.anchors += child.anchors
                node.files += child.files
                node.heads += child.heads
                node.weight += child.weight
        if node.tag == "a" and "href" in node.attrs:
            node.anchors += 1
            node.files += _is_file(node.attrs["href"])
        elif node.tag == "h1" and node.links < node.chars:
            node.heads += 1


def _weight(text: str, size: int) -> float:
    """How much running text a piece is: it has sentences, addresses and slogans have none."""
    if _SENTENCE.search(text):
        return size
    return 0.0 if size < 300 and page_words("rights").search(text) else size * 0.3


def _is_file(href: str) -> bool:
    """Whether a link leads to a file or an address, not to another page."""
    path = re.split("[?#]", href[:2000], maxsplit=1)[0].strip().lower()
    return path.endswith((".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip")) or path.startswith(("mailto:", "tel:"))


def _names(body: Node, total: float) -> list[Node]:
    """Mark what its tag, role or class says is furniture, unless most of the page's running text lies in it; return it."""
    marked: list[Node] = []
    inside: set[int] = set()  # elements of an article
    for node in nodes(body):
        if node.tag in ("article", "main") or (node.parent is not None and id(node.parent) in inside):
            inside.add(id(node))
        if node is body or node.tag in ("html", "body", "main"):
            continue
        # a name of a class may mean anything, an element for menus and footers is one however short the article
        most = _SURE if node.tag in _SURE_TAGS else _UNSURE
        if node.weight <= most * total and _furniture(node, id(node) in inside):
            node.out = True
            marked.append(node)
    return marked


def _furniture(node: Node, inside: bool) -> bool:
    tag, role = node.tag, node.attrs.get("role", "").strip().lower()
    if tag == "nav" or role in _ROLES_OUT:
        return role not in ("tablist",) or node.links > node.chars / 2
    if tag == "footer":
        told = node.text(400)
        beside = mostly_links(node) or (node.anchors and not _SENTENCE.search(told) and len(told) < 200)
        return not inside or bool(beside) or page_words("rights").search(told) is not None
    if tag == "aside":
        named = any(page_words("person").search(name) or page_words("beside").search(name) for name in node.words())
        return not inside or named or mostly_links(node)
    if tag == "header" and not inside:
        return not node.heads or node.anchors > 3
    if tag == "form":
        return True
    if tag in ("button", "label", "legend"):
        return tag == "button" and not _within_heading(node)
    if tag not in BLOCKS or tag in HEADINGS or tag in ("html", "body", "tr", "tbody", "li", "dt", "dd"):
        return tag in ("span", "a") and any(name in ("sns", "share", "pagetop") for name in node.words())
    names = node.words()
    if not names or not any(page_words("beside").search(name) for name in names):
        return False
    # main-side, article-share: their links show what they are
    return mostly_links(node) or not any(page_words("content").search(name) for name in names)


def _within_heading(node: Node) -> bool:
    return node.parent is not None and (node.parent.tag in HEADINGS or node.parent.tag in ("dt", "summary"))


def _linked_whole(node: Node) -> bool:
    return node.chars > 0 and node.links == node.chars


def _is_content(node: Node) -> bool:
    if node.tag in ("article", "main") or node.attrs.get("role", "").lower() in ("main", "article"):
        return True
    if node.attrs.get("itemprop", "").lower() == "articlebody":
        return True
    return node.tag in HOLDERS and any(page_words("content").search(name) for name in node.words())


def _titled(body: Node, title: str) -> set[int]:
    """The elements that hold the page's title as a heading (by their ids): the one that repeats it, else the only first-level one."""
    found = next((n for n in nodes(body) if n.tag in HEADINGS and n.chars and repeats(n.text(300), title)), None)
    if found is None and body.heads == 1:
        found = next(n for n in nodes(body) if n.tag == "h1" and n.heads)
    held: set[int] = set()
    while found is not None:
        held.add(id(found))
        found = found.parent
    return held


def _core(body: Node, titled: set[int]) -> Node:
    """The smallest element that holds nearly all running text of the page, or most of it and the title."""
    node = body
    while True:
        children = [child for child in node.children if isinstance(child, Node) and not child.out]
        if not children:
            break
        best = max(children, key=lambda child: child.weight)
        if best.weight < _MOST * node.weight and not (id(best) in titled and best.weight >= _TITLED * node.weight):
            marked = [c for c in children if _is_content(c) and c.weight >= _MARKED * node.weight]
            if not marked:
                break
            best = max(marked, key=lambda child: child.weight)
        if best.weight <= 0:
            break
        node = best
    return _whole(node)


def _whole(node: Node) -> Node:
    """The element that holds the list, the quotation or the table of data that an element is a piece of."""
    found, above = node, node
    while above.parent is not None:
        if above.tag in _PIECES or (above.tag == "table" and is_data(above)):
            found = above.parent
        above = above.parent
    while found.parent is not None and found.tag not in HOLDERS:
        found = found.parent
    return found


def _frame(core: Node) -> Node | None:
    """The outermost element around the article that says that it is one, None where none does."""
    found: Node | None = None
    node: Node | None = core
    while node is not None:
        if node.tag in ("article", "main") or (_is_content(node) and node.tag not in ("html", "body")):
            found = node
        node = node.parent
    return found


def _lists(core: Node) -> None:
    """Mark lists of links to other pages inside the article, with their headings, and lines that lead elsewhere."""
    heading: Node | None = None
    for node in nodes(core):
        if node is core or node.out:
            continue
        if node.tag in _NOTICES and node.chars <= 300 and page_words("notice").search(node.text(400)):
            node.out = True
            continue
        if node.tag in _NOTICES and node.chars <= 200 and page_words("rights").search(told := node.text(400)):
            if not _SENTENCE.search(told) or node.chars <= 80:
                node.out = True
                continue
        if node.tag in HEADINGS or (node.tag in ("p", "div", "dt") and node.chars <= 30 and not _has_blocks(node)):
            told = node.text(100)
            if page_words("related").search(told) and _list_behind(node):
                node.out = True
                continue
            if page_words("navigation").search(told) and (node.anchors or node.tag not in HEADINGS):
                node.out = True
                continue
            if node.tag in HEADINGS or node.anchors == 0:
                heading = node
        if node.tag in _LISTS and node.anchors >= 3 and mostly_links(node) and _leads_away(node):
            if heading is None or not page_words("sources").search(heading.text(100)):
                node.out = True
        elif node.tag in ("div", "ul", "p") and node.anchors and _linked_whole(node) and node.chars <= 40:
            if page_words("navigation").search(node.text(100)):
                node.out = True


def _has_blocks(node: Node) -> bool:
    return any(isinstance(child, Node) and child.tag in BLOCKS for child in node.children)


def _list_behind(heading: Node) -> bool:
    """Whether a heading such as 関連記事 stands over links; they are marked with it, up to the next heading of its kind."""
    if heading.parent is None:
        return False
    siblings, found = heading.parent.children, False
    for at in range(heading.place + 1, len(siblings)):
        child = siblings[at]
        if isinstance(child, str) or child.out:
            continue
        if child.tag in HEADINGS and (heading.tag not in HEADINGS or child.tag <= heading.tag):
            break
        if not mostly_links(child):
            break
        child.out = found = True
    return found


def _leads_away(node: Node) -> bool:
    """Whether the links of a list lead to other pages, not to files (添付資料 as PDF)."""
    return node.files * 2 < node.anchors


def _foot(core: Node) -> None:
    """Mark the foot of a page without marks: what stands behind its last rule beside a notice of rights or a menu."""
    group: list[int] = []
    furniture = False
    for place in range(len(core.children) - 1, max(-1, len(core.children) - 40), -1):
        child = core.children[place]
        if isinstance(child, Node) and child.tag == "hr":
            break
        if isinstance(child, Node) and child.out:
            furniture = True
        else:
            group.append(place)
    else:
        return
    told = " ".join(c if isinstance(c, str) else c.text(400) for c in (core.children[place] for place in group))
    furniture = furniture or page_words("rights").search(told) is not None
    if not furniture or len(told) > _FOOT or _SENTENCE.search(told):
        return
    for place in group:
        child = core.children[place]
        if isinstance(child, Node):
            child.out = True
        else:
            core.children[place] = ""
