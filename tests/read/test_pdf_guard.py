"""Packed streams are measured before they are unpacked."""

import zlib

import pytest

from tenmatsu.read import pdf_guard
from tenmatsu.read.errors import ReadError
from tenmatsu.read.pdf_guard import guard


def packed(data, layers=1, more=b""):
    for _ in range(layers):
        data = zlib.compress(data, 9)
    filters = b"/FlateDecode " * layers
    return b"4 0 obj\n<< /Filter [%s] %s /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        filters,
        more,
        len(data),
        data,
    )


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stream_beyond_the_limit_is_refused_however_often_it_is_packed(monkeypatch, layers):
    monkeypatch.setattr(pdf_guard, "STREAM", 1_000_000)
    guard(packed(bytes(1_000_000), layers))
    with pytest.raises(ReadError, match="unpacks to more than"):
        guard(packed(bytes(1_000_001), layers))


def test_streams_are_counted_together(monkeypatch):
    monkeypatch.setattr(pdf_guard, "STREAMS", 2_500_000)
    guard(packed(bytes(1_000_000)) * 2)
    with pytest.raises(ReadError, match="unpacks to more than"):
        guard(packed(bytes(1_000_000)) * 3)


def test_an_image_is_not_unpacked_and_what_cannot_be_is_left_alone(monkeypatch):
    monkeypatch.setattr(pdf_guard, "STREAM", 1_000)
    guard(packed(bytes(5_000), more=b"/Subtype /Image"))
    guard(b"<< /Filter /FlateDecode >>\nstream\nno zlib at all\nendstream")
