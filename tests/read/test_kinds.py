"""What bytes are: their own marks first, the suffix only where they leave it open."""

import gzip
import io
import zipfile

import pytest

from tenmatsu.read.errors import ReadError
from tenmatsu.read.kinds import kind_of


def zipped(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "path", "kind"),
    [
        (b"%PDF-1.7\n", "a.txt", "application/pdf"),
        (b"\r\n%PDF-1.4", "", "application/pdf"),
        (b"<!DOCTYPE html><p>x", "a.txt", "text/html"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="http://www.w3.org/1999/xhtml">', "", "text/html"),
        ("\ufeff<html>".encode("utf-16"), "", "text/html"),
        (b"\xef\xbb\xbf  <HTML><BODY>", "", "text/html"),
        (b"<div class=a>x</div>", "", "text/html"),
        ("検知した。".encode(), "A.HTM", "text/html"),
        ("検知した。".encode(), "a.md", "text/markdown"),
        (b"<div align=center>logo</div>\n# x", "README.md", "text/markdown"),
        ("検知した。<br>と書かれた。".encode(), "a.txt", "text/plain"),
        ("<株式会社甲山>のお知らせ".encode(), "", "text/plain"),
        ("検知した。".encode(), "2024.5.1", "text/plain"),
    ],
)
def test_content_decides_before_the_suffix(data, path, kind):
    assert kind_of(data, path) == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG image: .*text layer"),
        (b"\xff\xd8\xff\xe0", "JPEG image"),
        (b"RIFF\x00\x00\x00\x00WEBP", "WebP image"),
        (gzip.compress(b"x", mtime=0), "gzip file: unpack"),
        (zipped("word/document.xml"), "docx.*save it as PDF or as text"),
        (zipped("xl/workbook.xml"), "xlsx.*save it as PDF"),
        (zipped("a.txt"), "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1", "Rich Text"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "web archive"),
    ],
)
def test_what_is_no_document_is_named_with_what_to_do(data, says):
    with pytest.raises(ReadError, match=says):
        kind_of(data, "a.txt")


def test_what_was_said_wins_and_what_is_not_known_is_passed_over():
    assert kind_of(b"x", "a.txt", "TEXT/HTML; charset=utf-8") == "text/html"
    assert kind_of(b"x", "a.md", "application/octet-stream") == "text/markdown"
