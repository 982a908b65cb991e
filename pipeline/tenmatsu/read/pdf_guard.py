"""What a PDF's streams unpack to, measured before pdfium unpacks them: a small file can hold gigabytes of zeros."""

from __future__ import annotations

import re
import zlib
from functools import cache

from tenmatsu.read.errors import ReadError

STREAM = 64 * 1024 * 1024  # of one stream, unpacked
STREAMS = 512 * 1024 * 1024  # of all streams that are no images, unpacked

_PIECE = 256 * 1024
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
    engines = [zlib.decompressobj() for _ in range(layers)]
    size = 0
    at = start
    fed = [b""] * layers
    try:
        while at < len(data) or any(fed):
            # the innermost layer that has something waiting is emptied first, so that no buffer grows
            depth = next((d for d in range(layers - 1, -1, -1) if fed[d]), 0)
            piece = fed[depth]
            if not piece:
                piece = data[at : at + 65_536]
                at += 65_536
            out = engines[depth].decompress(piece, _PIECE)
            # behind the end of a stream zlib goes on to tell what it was fed, and would for ever
            fed[depth] = b"" if engines[depth].eof else engines[depth].unconsumed_tail
            if depth + 1 < layers:
                fed[depth + 1] += out
                done = engines[depth].eof and not any(fed[depth + 1 :])
            else:
                size += len(out)
                done = engines[0].eof and not any(fed)
            if size > limit:
                raise ReadError(
                    f"the PDF unpacks to more than {limit // 1024 // 1024:,} MiB (a stream at byte {start:,}): it is damaged or made to harm"
                )
            if done:
                break
    except zlib.error:
        return size
    return size
