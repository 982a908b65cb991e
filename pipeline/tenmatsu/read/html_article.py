"""Which elements of a page are its article, and which are furniture: menus, side columns, lists of other pages, footers.

Names of elements, roles and classes say what is furniture; where the page has no such marks (tables as layout, ``<div>``
alone), the share of words inside links does. The article is the element that holds nearly all running text, and what
stands around it in ``<main>`` or ``<article>``: the title, the day, notes behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenmatsu.read.html_inline import BLOCKS
from tenmatsu.read.html_tables import is_data
from tenmatsu.read.html_tree import BREAK, Node
from tenmatsu.read.html_words import page_words

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HOLDERS = frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "td",
        "center",
        "form",
        "blockquote",
        "table",
        "tbody",
        "tr",
        "figure",
        "header",
        "details",
        "fieldset",
    ]
)
_PIECES = frozenset("ul ol dl li dt dd p blockquote figure details".split())
_ROLES_OUT = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "dialog",
        "alertdialog",
        "toolbar",
        "tablist",
    ]
)
_LISTS = frozenset(["ul", "ol", "dl", "div", "section", "table", "nav", "menu", "p", "tbody", "td", "tr"])
_NOTICES = frozenset(["div", "p", "td", "address", "small", "tr", "footer", "li", "center", "font"])
_DATE = re.compile(
    r"(?:19|20)[0-9０-９]{2}\s?[年./-]\s?[0-9０-９]{1,2}\s?[月./-]\s?[0-9０-９]{1,2}|(?:令和|平成)\s?[0-9０-９元]{1,2}\s?年"
)
# what stands beside the links of a list of pages: days, clocks, names of rubrics in brackets, separators
_BESIDE_LINKS = re.compile(
    r"[0-9０-９年月日時分./:：,、\s\-|｜()（）\[\]【】<>＜＞»›・●■]+|NEW|new|お知らせ|ニュース|プレスリリース"
)
_SENTENCE = re.compile("[。．]")
_SURE_TAGS = ("nav", "footer", "aside")
_LEFT = 0.1  # share of the running text that must be left when furniture is out
_SURE, _UNSURE = 0.85, 0.4  # share of the running text up to which an element is furniture by its tag, by its class
_MOST = 0.85  # share of the running text that lies in one child: the article is in there
_MARKED = 0.4  # the same for a child that says that it is the article
_LINKED = 0.66  # share of words in links from which a list leads to other pages


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
    core = _core(body)
    frame = _frame(core)
    _lists(core if core.chars else body)
    _around(body, core, frame, title or "")
    return core


def unmark(top: Node) -> None:
    """Take all of a page for its article."""
    stack = [top]
    while stack:
        node = stack.pop()
        node.out = False
        stack.extend(child for child in node.children if isinstance(child, Node))


def nodes(top: Node) -> Iterator[Node]:
    """All elements below and with ``top`` that are not out, parents first."""
    stack = [top]
    while stack:
        node = stack.pop()
        if node.out:
            continue
        yield node
        stack.extend(child for child in reversed(node.children) if isinstance(child, Node))


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
        beside = _mostly_links(node) or (node.anchors and not _SENTENCE.search(told) and len(told) < 200)
        return not inside or bool(beside) or page_words("rights").search(told) is not None
    if tag == "aside":
        return not inside or _mostly_links(node)
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
    return _mostly_links(node) or not any(page_words("content").search(name) for name in names)


def _within_heading(node: Node) -> bool:
    return node.parent is not None and (node.parent.tag in HEADINGS or node.parent.tag in ("dt", "summary"))


def _linked_whole(node: Node) -> bool:
    return node.chars > 0 and node.links == node.chars


def _mostly_links(node: Node) -> bool:
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


def _is_content(node: Node) -> bool:
    if node.tag in ("article", "main") or node.attrs.get("role", "").lower() in ("main", "article"):
        return True
    if node.attrs.get("itemprop", "").lower() == "articlebody":
        return True
    return node.tag in _HOLDERS and any(page_words("content").search(name) for name in node.words())


def _core(body: Node) -> Node:
    """The smallest element that holds nearly all running text of the page."""
    node = body
    while True:
        children = [child for child in node.children if isinstance(child, Node) and not child.out]
        if not children:
            break
        best = max(children, key=lambda child: child.weight)
        if best.weight < _MOST * node.weight:
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
    while found.parent is not None and found.tag not in _HOLDERS:
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
        if node.tag in _LISTS and node.anchors >= 3 and _mostly_links(node) and _leads_away(node):
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
        if not _mostly_links(child):
            break
        child.out = found = True
    return found


def _leads_away(node: Node) -> bool:
    """Whether the links of a list lead to other pages, not to files (添付資料 as PDF)."""
    return node.files * 2 < node.anchors


def _around(body: Node, core: Node, frame: Node | None, title: str) -> None:
    """Mark what stands outside the article and does not belong to it; its title, its day and its notes stay."""
    path: set[int] = set()
    node: Node | None = core
    framed: set[int] = set()
    above = False
    while node is not None:
        path.add(id(node))
        if above:
            framed.add(id(node))
        above = above or node is frame
        node = node.parent
    # framed: the elements around the frame; the others on the path lie within it
    here: Node | None = core
    while here is not None and here.parent is not None:
        parent = here.parent
        # without such marks the column that the article stands in is taken for its frame, if it is none of links
        column = (
            frame is None
            and here is core
            and parent.tag in ("td", "div", "section")
            and parent.links * 4 < parent.chars
        )
        within = column or (frame is not None and id(parent) not in framed)
        before = True
        for child in parent.children:
            if child is here:
                before = False
            elif isinstance(child, Node) and not child.out:
                child.out = not _kept(child, before, within, frame is not None, title)
        if not within:
            parent.children = [
                child
                for child in parent.children
                if isinstance(child, Node) or not child.strip() or _bare_text_kept(child, frame is not None)
            ]
        here = parent


def _bare_text_kept(text: str, framed: bool) -> bool:
    return not framed and bool(_SENTENCE.search(text) or _DATE.search(text)) and not page_words("rights").search(text)


def _kept(node: Node, before: bool, within: bool, framed: bool, title: str) -> bool:
    """Whether an element beside the article belongs to it."""
    if not node.chars:
        return before and within  # a title may be a picture
    told = node.text(400)
    if page_words("rights").search(told) and len(told) < 300:
        return False
    headed = [one for one in nodes(node) if one.tag in HEADINGS]
    if before and (
        (_repeats(told, title) and len(told) < 120) or any(_repeats(one.text(300), title) for one in headed)
    ):
        return True
    if _mostly_links(node):
        return False
    if before and len(told) <= 80 and _DATE.search(told) and node.anchors < 2:
        return True
    if within:
        return True
    if framed:
        return False
    if before:
        return (bool(headed) and node.anchors < 2) or bool(_SENTENCE.search(told) and node.links * 2 < node.chars)
    return bool(_SENTENCE.search(told)) and node.links * 3 < node.chars


def _repeats(told: str, title: str) -> bool:
    """Whether a heading holds the title of the page or is a good part of it."""
    told, title = "".join(told.split()), "".join(title.split())
    return len(told) >= 6 and len(title) >= 6 and (told in title or title in told)
