"""An HTML page as a tree of plain nodes, without what is never shown: scripts, styles, hidden elements, controls of forms.

lxml parses; nothing is fetched and no entity beyond those of HTML is known to it. The tree is built without recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from tenmatsu.read import limits
from tenmatsu.read.errors import ReadError
from tenmatsu.read.html_words import page_words

_NEVER = frozenset(("script", "style", "template", "noscript", "iframe", "frame", "noframes", "svg", "math", "canvas", "object", "embed", "applet", "audio", "video", "map", "select", "option", "input", "textarea", "datalist", "progress", "meter", "rt", "rp", "rtc", "param", "source", "track", "link", "meta", "base", "dialog"))  # fmt: skip
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# what no reader sees: control characters, soft hyphens, blanks without width; references such as &#1; make some too
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")
BREAK = "\x03"  # a line end that the page asks for (<br>); no text has this character
_NOTHING: dict[str, str] = {}


@dataclass(slots=True, eq=False)
class Node:
    """An element: its tag in lower case, attributes, and children in order (elements and strings).

    ``step`` is its part of an XPath: the tag and which of its siblings with that tag it is, from 1; ``place`` its place among
    its parent's children. What is in it: ``chars`` the non-blank characters, ``links`` those of them inside links,
    ``anchors`` the links, ``files`` those to files, ``heads`` the first-level headings that are no link, ``weight`` how
    much running text. ``out`` marks furniture.
    """

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    step: str = "html[1]"
    place: int = 0
    children: list[Node | str] = field(default_factory=list)
    chars: int = 0
    links: int = 0
    anchors: int = 0
    files: int = 0
    heads: int = 0
    weight: float = 0.0
    out: bool = False

    def xpath(self) -> str:
        """The path of the element from the root: ``/html[1]/body[1]/div[2]``."""
        steps = []
        node: Node | None = self
        while node is not None:
            steps.append(f"/{node.step}")
            node = node.parent
        # what lies deeper has the place of the element that holds it
        return "".join(steps[: -limits.DEEP - 1 : -1])

    def words(self) -> list[str]:
        """The words of class and id, whole and split at hyphens, underscores and capitals, in lower case."""
        return _name_words(f"{self.attrs.get('class', '')} {self.attrs.get('id', '')}")

    def text(self, longest: int = 2000) -> str:
        """The text in it, blanks collapsed, cut at about ``longest`` characters."""
        found: list[str] = []
        size = 0
        stack: list[Node | str] = [self]
        while stack and size < longest:
            one = stack.pop()
            size += 1
            if isinstance(one, str):
                found.append(one)
                size += len(one)
            else:
                stack.extend(reversed(one.children))
        return " ".join("".join(found).replace(BREAK, " ").split())


@lru_cache(maxsize=4096)
def _name_words_cached(names: str) -> tuple[str, ...]:
    found: list[str] = []
    for name in names.split():
        found.append(name.lower())
        found += [part.lower() for part in re.split(r"[-_:]+", _CAMEL.sub("-", name)) if part]
    return tuple(dict.fromkeys(found))


def _name_words(names: str) -> list[str]:
    names = names.strip()
    if not names:
        return []
    if len(names) > 300:
        names = names[:300]
    return list(_name_words_cached(names))


@dataclass(slots=True)
class Tree:
    """A parsed page: its body as nodes, and the elements of lxml for the metadata."""

    body: Node
    root: etree._Element


def parse(text: str) -> Tree:
    """Return the page in ``text``. Raises ReadError for what holds no element and for a page beyond the limits."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(f"not readable as HTML ({error}): save the page again, or give its text") from error
    if root is None:
        raise ReadError("the page is empty: save it again with its content")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals()):
        raise ReadError("elements nested deeper than 2,048: give the text of the page alone")
    return Tree(_nodes(root), root)


def _nodes(root: etree._Element) -> Node:
    """The tree of nodes below an element; what is never shown is left out, but counted among its siblings."""
    top = Node(str(root.tag).lower(), dict(root.attrib.items()), None, f"{root.tag}[1]")
    stack: list[tuple[etree._Element, Node]] = [(root, top)]
    seen = 0
    if root.text:
        top.children.append(_CONTROL.sub("", root.text))
    # children are taken one element at a time, so that depth costs no recursion
    while stack:
        element, node = stack.pop()
        counts: dict[str, int] = {}
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            seen += 1
            if seen > limits.ELEMENTS:
                raise ReadError(f"more than {limits.ELEMENTS:,} elements: give the text of the page alone")
            number = counts[tag] = counts.get(tag, 0) + 1
            counts["*"] = counts.get("*", 0) + 1
            # XPath knows no name with a colon in a page without namespaces (o:p)
            step = f"{tag}[{number}]" if _PLAIN_NAME.fullmatch(tag) else f"*[{counts['*']}]"
            tag = tag.lower()
            if tag == "br":
                node.children.append(BREAK)
            elif not _unseen(child, tag):
                made = Node(tag, dict(child.attrib.items()) if len(child.attrib) else _NOTHING, node, step)
                if child.text:
                    made.children.append(_CONTROL.sub("", child.text))
                made.place = len(node.children)
                node.children.append(made)
                stack.append((child, made))
            if child.tail:
                node.children.append(_CONTROL.sub("", child.tail))
    return top


def _unseen(element: etree._Element, tag: str) -> bool:
    """Whether an element is never shown."""
    if tag in _NEVER or tag == "head":
        return True
    if tag in ("html", "body"):
        return False  # pages hide their body until a script has run
    attrs = element.attrib
    if not attrs:
        return False
    if "hidden" in attrs and attrs["hidden"] != "until-found":
        return True
    if attrs.get("aria-hidden", "").strip().lower() == "true":
        return True
    style = attrs.get("style")
    if style and _HIDING.search(style):
        return True
    names = attrs.get("class")
    return bool(names) and any(page_words("hidden").search(name) for name in names.split())
