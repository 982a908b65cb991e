"""The words of one block of a page: blanks collapsed as a browser does, but for line ends between Japanese characters."""

from __future__ import annotations

import re

from tenmatsu.read.html_tree import BREAK, Node

EDGE, LINK = "\x01", "\x02"  # beside a span, beside a link; no text has these characters
INLINE_SPANS = frozenset(("span", "time", "label", "small", "big", "cite", "img", "picture", "button"))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset(("html", "body", "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "section", "article", "main", "aside", "header", "footer", "nav", "figure", "figcaption", "blockquote", "pre", "address", "form", "fieldset", "legend", "hr", "center", "details", "summary", "menu", "dir", "hgroup", "search"))  # fmt: skip

_BLANKS = re.compile("[ \t\r\n\f\x01\x02]+")
_FIGURES = re.compile(r"[\s\u3000]*([0-9０-９]{1,2})[\s\u3000]*")


def lines_of(raw: str) -> list[str]:
    """The lines of a block: blanks collapsed, those at the edges dropped, at most one empty line between two."""
    lines: list[str] = []
    for line in _BLANKS.sub(_blank, raw).split(BREAK):
        line = line.strip(" ").replace("\u00a0", " ").rstrip(" \u3000")
        if line or (lines and lines[-1]):
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _blank(run: re.Match[str]) -> str:
    """What a run of blanks in the source is: one blank, or nothing for a line end beside a Japanese character."""
    told = run[0]
    if not told.strip(EDGE + LINK):
        return ""
    if "\n" not in told and "\r" not in told:
        return " "
    if EDGE in told or told.count(LINK) > 1:
        return " "  # between two spans (a day, a rubric) or two links stands a blank, whatever the language
    text, start, end = run.string, run.start(), run.end()
    if start and end < len(text) and text[start - 1] < "\u2e80" and text[end] < "\u2e80":
        return " "
    return ""


def edge(node: Node) -> str:
    """The mark beside an inline element, by which a line end of the source there is known to be a blank."""
    return EDGE if node.tag in INLINE_SPANS else LINK if node.tag == "a" else ""


def raised(node: Node, before: str) -> str:
    """The words of <sup>: a bare figure gets brackets, so that it is no part of the figure or the day ``before`` it.

    Powers and units (m², 10³) stay as they are.
    """
    told = " ".join(node.text(200).split())
    figures = _FIGURES.fullmatch(told)
    if figures and (node.anchors or not (before.isascii() and before.isalnum())):
        return f"[{figures[1]}]"
    return told


def last_of(pieces: list[str]) -> str:
    """The last character that was written, "" where there is none."""
    for piece in reversed(pieces[-8:]):
        plain = piece.rstrip(EDGE + LINK)
        if plain:
            return plain[-1]
    return ""


def flat(top: Node) -> str:
    """The words of an element on one line, as a cell of a table has them: items with their bullets, lines with a blank between."""
    pieces: list[str] = []
    stack: list[Node | str] = list(reversed(top.children))
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if one.out:
            continue
        if one.tag == "hr":
            pieces.append(BREAK)
        elif one.tag == "sup":
            pieces.append(raised(one, last_of(pieces)))
        elif one.tag == "q":
            stack += ["」", *reversed(one.children), "「"]
        else:
            mark = BREAK if one.tag in BLOCKS else edge(one)
            pieces.append(mark)
            if mark:
                stack.append(mark)
            stack.extend(reversed(one.children))
            if one.tag == "li":
                pieces.append(EDGE)
                stack.append("・")
    told = [line.strip("\u3000") for line in lines_of("".join(pieces)) if line.strip("\u3000")]
    return " ".join(re.sub("^・(?=[・•■□●◆※①-⑳(（])", "", line) for line in told)
