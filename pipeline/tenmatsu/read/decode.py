"""Bytes to text: plain text in UTF-8, unchanged, so that offsets count the file's own characters."""

from __future__ import annotations

import hashlib

from tenmatsu.read.layout import analyse
from tenmatsu.records import Document


class ReadError(ValueError):
    """A document that cannot be read; the message says what is wrong and what to do."""


def sha256(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes, path: str = "") -> Document:
    """Decode ``data`` as UTF-8 (a byte order mark is dropped) and return it with its layout.

    Raises ReadError for an empty document, for bytes that are not UTF-8, and for NUL bytes (no plain text).
    """
    if not data.strip():
        raise ReadError("the document is empty: give a file that holds text")
    if b"\x00" in data:
        raise ReadError(f"NUL byte at offset {data.index(0)}: this is no plain text; convert it to UTF-8 text first")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}): "
            "convert it first, e.g. iconv -f CP932 -t UTF-8"
        ) from error
    digest = sha256(data)
    lines, sentences = analyse(text)
    return Document(digest[:16], path, digest, "text/plain", "utf-8", text, lines, sentences)
