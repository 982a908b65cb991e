"""What the bytes of a document are: by their first bytes and their content, then by a suffix or what was said of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath

from tenmatsu.read.errors import ReadError

TEXT, MARKDOWN, HTML, PDF = "text/plain", "text/markdown", "text/html", "application/pdf"

_SUFFIXES = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
}
_TYPES = {
    TEXT: TEXT,
    "text/x-markdown": MARKDOWN,
    MARKDOWN: MARKDOWN,
    HTML: HTML,
    "application/xhtml+xml": HTML,
    PDF: PDF,
    "application/x-pdf": PDF,
}
_IMAGE = "give a text, or a PDF with a text layer (text recognition makes one)"
_OFFICE = "save it as PDF or as text first"
_ARCHIVE = "unpack it first"
# first bytes, what they are, what to do
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (b"GIF87a", "a GIF image", _IMAGE),
    (b"GIF89a", "a GIF image", _IMAGE),
    (b"II*\x00", "a TIFF image", _IMAGE),
    (b"MM\x00*", "a TIFF image", _IMAGE),
    (b"\x1f\x8b", "a gzip file", _ARCHIVE),
    (b"BZh", "a bzip2 file", _ARCHIVE),
    (b"\xfd7zXZ\x00", "an xz file", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", "a zstd file", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _ARCHIVE),
    (b"Rar!\x1a\x07", "a rar archive", _ARCHIVE),
    (b"{\\rtf", "a Rich Text file", _OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel, PowerPoint or Outlook file", _OFFICE),
    (b"PAR1", "a Parquet table", "give it with the suffix .parquet as a batch of documents"),
    (b"SQLite format 3\x00", "a SQLite database", "give the documents themselves"),
    (b"\x7fELF", "a program", "give the documents themselves"),
    (b"MZ\x90\x00", "a Windows program", "give the documents themselves"),
    (b"%!PS", "a PostScript file", "save it as PDF first"),
)
_ZIPPED = (
    (b"word/", "a Word file (docx)", _OFFICE),
    (b"xl/", "an Excel file (xlsx)", _OFFICE),
    (b"ppt/", "a PowerPoint file (pptx)", _OFFICE),
    (b"opendocument", "an OpenDocument file", _OFFICE),
    (b"epub+zip", "an EPUB book", _OFFICE),
)
_FIRST = 4096  # bytes that are looked at


def kind_of(data: bytes, path: str = "", media_type: str | None = None) -> str:
    """Return the media type of a document: text/plain, text/markdown, text/html or application/pdf.

    A ``media_type`` that names one of these wins (parameters such as ``; charset=`` are passed over); else the bytes
    decide, and the suffix of ``path`` only where they leave it open. Raises ReadError for what is no document that can be
    read (an image, an archive, an office file), by its name and with what to do.
    """
    told = (media_type or "").partition(";")[0].strip().lower()
    if told in _TYPES:
        return _TYPES[told]
    head = data[:_FIRST]
    if head.lstrip(b"\xef\xbb\xbf\x00 \t\r\n\f").startswith(b"%PDF-"):
        return PDF
    _refuse(data, head)
    known = told_by_name(path)
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if _patterns()["page"].match(start):
        return HTML
    if _patterns()["archive"].match(start):
        raise ReadError(
            "this is a web archive (MHTML) or an e-mail: save the page as HTML or the message as text first"
        )
    if known:
        return known
    # a page without a head, as an editor for the web saves it
    return HTML if _patterns()["fragment"].match(start) and b"</" in data else TEXT


def told_by_name(path: str) -> str | None:
    """Return the media type that the suffix of a path tells, None where it tells nothing that reading takes into account."""
    return _SUFFIXES.get(PurePosixPath(path.lower().replace("\\", "/")).suffix)


@cache
def _patterns() -> dict[str, re.Pattern[bytes]]:
    before = rb"(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*|<\?xml[^>]{0,300}\?>\s*|<\?xml-stylesheet[^>]{0,300}\?>\s*)*"
    return {
        "page": re.compile(before + rb"(?:<!doctype\s+html|<(?:html|head|body|frameset)[\s>])", re.IGNORECASE),
        "archive": re.compile(rb"(?:MIME-Version:|From: <Saved by|Return-Path:|Received: (?:from|by) )", re.IGNORECASE),
        "fragment": re.compile(
            before
            + rb"<(?:meta|title|link|script|style|table|div|article|main|section|header|nav|center|font|h[1-6]|ul|dl)(?:\s[^<>]{0,500})?>",
            re.IGNORECASE,
        ),
    }


def _refuse(data: bytes, head: bytes) -> None:
    """Raise ReadError for what its first bytes show to be no text."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        name, todo = "a zip archive", "give it with the suffix .zip, or unpack it first"
        for mark, zipped, what in _ZIPPED:
            if mark in head or mark in data[-65536:]:
                name, todo = zipped, what
                break
        raise ReadError(f"this is {name}: {todo}")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise ReadError(f"this is a WebP image: {_IMAGE}")
    if head[4:8] == b"ftyp":
        raise ReadError("this is a film or a photograph (MP4, HEIC): give a text, or a PDF with a text layer")
    if head[:2] == b"BM" and len(head) > 14 and head[6:10] == b"\x00\x00\x00\x00":
        raise ReadError(f"this is a bitmap image: {_IMAGE}")
    for mark, name, todo in _MAGIC:
        if head.startswith(mark):
            raise ReadError(f"this is {name}: {todo}")
