"""How much of one document is read: beyond these a document is an error of its own, and its neighbours are spared."""

from __future__ import annotations

BYTES = 32 * 1024 * 1024  # of one document as given
CHARACTERS = 8_000_000  # code points of the text that is made from it
ELEMENTS = 500_000  # of an HTML page
BLOCKS = 300_000  # of a page: headings, paragraphs, items, cells
DEEP = 64  # elements of an XPath; what lies deeper has the place of the element that holds it
ATTRIBUTES = 2_000  # of one tag of an HTML page: the parser holds each against all before it
COLUMNS = 200  # that a cell of an HTML table may span
METADATA = 2_000_000  # code points of an HTML page's JSON-LD that are read
