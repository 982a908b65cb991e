"""An HTML page to its article as text, with the place of each block in the page, and what the page says of itself.

Nothing is fetched, and no entity is known beyond those of HTML.
"""

from __future__ import annotations

from tenmatsu.read.encodings import decode, html_charset
from tenmatsu.read.errors import ReadError
from tenmatsu.read.html_article import mark, unmark
from tenmatsu.read.html_meta import about_of, title_of
from tenmatsu.read.html_render import render
from tenmatsu.read.html_tree import parse
from tenmatsu.read.page import Page


def read_html(data: bytes, charset: str | None) -> Page:
    """Return the article of a page: its text, its blocks with their XPaths, title, site and day.

    ``charset`` is a label from outside (the header that the page came with); else the page's own declaration is asked.
    Raises ReadError for a page without text, one beyond ``read.limits``, and one in no encoding that is known.
    """
    found = decode(data.replace(b"\x00", b"") if _spoiled(data) else data, charset or html_charset(data))
    tree = parse(found.text)
    mark(tree.body, title_of(tree.root))
    text, parts = render(tree.body)
    if not text.strip():
        # a page of links alone is read as it is
        unmark(tree.body)
        text, parts = render(tree.body)
    if not text.strip():
        raise ReadError(
            "the page holds no text to read (a script may make it): save it from the browser when it is shown"
        )
    return Page(text, parts, about_of(tree.root), found.encoding, found.replaced)


def _spoiled(data: bytes) -> bool:
    """Whether a page has stray NUL bytes, which browsers pass over; in UTF-16 they are a part of every other character."""
    nuls = data.count(0)
    return 0 < nuls * 10 < len(data) and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
