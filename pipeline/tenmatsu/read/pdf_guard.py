"""What a PDF's streams unpack to, measured before pdfium unpacks them: a small file can hold gigabytes of zeros."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache

from tenmatsu.read.errors import ReadError

STREAM = 64 * 1024 * 1024  # of one stream, unpacked
STREAMS = 512 * 1024 * 1024  # of all streams that are no images, unpacked

_PIECE = 128 * 1024
_HEAD = 2_000  # bytes before a stream in which its dictionary stands


@cache
def _patterns() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    # an image is unpacked only when it is drawn, and nothing is drawn here
    return re.compile(rb"stream(?:\r\n|\n|\r)"), re.compile(rb"/(?:FlateDecode|Fl)\b")


def guard(data: bytes) -> None:
    """Raise ReadError where a packed stream, images apart, unpacks to more than the limits.

    Linear in what is unpacked, in bounded memory. Streams that cannot be unpacked are left to pdfium.
    """
    opened, packed = _patterns()
    total = 0
    before = 0
    for found in opened.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            before = found.end()
            continue
        head = data[max(before, found.start() - _HEAD) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        layers = len(packed.findall(head))
        if layers and not re.search(rb"/Subtype\s*/Image\b", head):
            total += _size(data, found.end(), min(layers, 4), min(STREAM, STREAMS - total))
        before = found.end()


def _size(data: bytes, start: int, layers: int, limit: int) -> int:
    """The unpacked size of the stream that begins at ``start``; ReadError beyond ``limit`` bytes."""
    pieces: Iterator[bytes] = (data[at : at + _PIECE] for at in range(start, len(data), _PIECE))
    for _ in range(layers):
        pieces = _unpacked(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise ReadError(
                f"the PDF unpacks to more than {limit // 1024 // 1024:,} MiB (a stream at byte {start:,}): "
                "it is damaged or made to harm"
            )
    return size


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What packed pieces hold, a piece at a time, up to the end of the stream or to where it is damaged."""
    engine = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not engine.eof:
            try:
                out = engine.decompress(rest, _PIECE)
            except zlib.error:
                return
            rest = engine.unconsumed_tail
            if out:
                yield out
        if engine.eof:
            return
