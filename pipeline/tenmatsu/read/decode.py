"""Bytes to a document: what they are, the reader for it, its text with layout. The one entry to reading."""

from __future__ import annotations

import hashlib

from tenmatsu.read import limits
from tenmatsu.read.errors import ReadError
from tenmatsu.read.kinds import HTML, PDF, kind_of
from tenmatsu.read.layout import analyse
from tenmatsu.read.page import Page
from tenmatsu.records import Document

__all__ = ["ReadError", "read", "sha256"]


def sha256(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes, path: str = "", *, media_type: str | None = None, charset: str | None = None) -> Document:
    """Return the document in ``data`` with its layout: plain text, Markdown, HTML or PDF.

    ``media_type`` and ``charset`` say what is known from outside (``text/html; charset=Shift_JIS`` gives both); without
    them the bytes decide, and the suffix of ``path`` where they leave it open. Of a plain text and of Markdown the text is
    the decoded file, unchanged but for a byte order mark. Nothing is fetched.

    Raises ReadError, one line that says what to do, for an empty document, one that is larger than ``read.limits`` allows,
    one in no encoding that is known, and for what is no document (an image, an archive, a program).
    """
    if len(data) > limits.BYTES:
        raise ReadError(
            f"{len(data):,} bytes, more than the {limits.BYTES:,} of one document: split it, or give its text alone"
        )
    if not data.strip():
        raise ReadError("the document is empty: give a file that holds text")
    kind = kind_of(data, path, media_type)
    page = _page(data, kind, charset or _charset_of(media_type))
    if len(page.text) > limits.CHARACTERS:
        raise ReadError(
            f"{len(page.text):,} characters, more than the {limits.CHARACTERS:,} of one document: split it into its parts"
        )
    if not page.text.strip():
        raise ReadError("the document is empty: give a file that holds text")
    digest = sha256(data)
    lines, sentences = analyse(page.text)
    return Document(
        digest[:16],
        path,
        digest,
        kind,
        page.encoding,
        page.text,
        lines,
        sentences,
        page.parts,
        page.about,
        page.replaced,
        page.notes,
    )


def _page(data: bytes, kind: str, charset: str | None) -> Page:
    """What the reader for a kind makes of the bytes; its libraries are loaded only where it is needed."""
    if kind == HTML:
        from tenmatsu.read.html import read_html

        return read_html(data, charset)
    if kind == PDF:
        from tenmatsu.read.pdf import read_pdf

        return read_pdf(data)
    from tenmatsu.read.encodings import decode

    found = decode(data, charset)
    if "\x00" in found.text:
        raise ReadError(
            f"NUL character at offset {found.text.index(chr(0))}: this is no plain text; convert it to UTF-8 text first"
        )
    return Page(found.text, encoding=found.encoding, replaced=found.replaced)


def _charset_of(media_type: str | None) -> str | None:
    """The label in ``text/html; charset=Shift_JIS``, None where there is none."""
    for parameter in (media_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
