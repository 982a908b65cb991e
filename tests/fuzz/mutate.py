"""Inputs made to be hostile, each a function of a ``random.Random``: pages, PDFs, archives, tables and texts, sound and broken.

``make`` gives one input; the hypothesis tests, the atheris targets and ``long.py`` all take theirs from here. What is made
is small (some kilobytes at most), so that a million of them can be run.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import generate


@dataclass(frozen=True)
class Made:
    """One input: what kind it is, its bytes, and how it is handed over."""

    kind: str
    data: bytes
    path: str
    media_type: str | None = None
    charset: str | None = None


PIECES = [
    "2020年9月7日", "９月１１日", "同日", "翌10月3日", "令和元年5月1日", "2月30日", "25:61", "13月5日", "令和99年", "、", "。", "\n", "\n\n", "・", "(1) ", "① ", "【甲製作所】",
    "株式会社鷺沢商事", "当社", "同社", "両社", "不正アクセス", "が発生した", "を確認", "と公表した", "流出", "は確認されておりません", "した可能性がある", "約24.5万台", "250件", "まで", "から",
    "*1", "※1 ", "|", "\t", "更新履歴\n", "⽉", "⺼", "（", "「", "」", "）", "お知らせ", "**", "# ", "---|---\n", "発生日時：", "■経緯\n", "第2報", "https://example.jp/a", "㈱", "①", "髙", "﨑",
    # control characters, bidi controls, zero width, combining marks, the edges of the surrogates, astral, NUL, line ends
    "\x00", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\r", "\r\n", "\f", "\v", *(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "か\u3099", "\u0301" * 5, "e\u0301", "\ud7ff", "\ue000", "\ufffd", "\ufffe", "\uffff", "\ufdd0", "😀", "👨\u200d👩\u200d👧", "\U00020BB7", "\U0010ffff", "\U000e0100",
]  # fmt: skip

_TAGS = ["p", "div", "table", "tr", "td", "th", "ul", "ol", "li", "h1", "h2", "h3", "a", "b", "br", "img", "script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "textarea", "title", "select", "option", "form", "input", "article", "main", "nav", "footer", "header", "section", "sup", "sub", "ruby", "rt", "rp", "dl", "dt", "dd", "pre", "code", "blockquote", "frameset", "frame", "base", "meta", "link", "body", "html", "head", "plaintext", "xmp", "time", "figure", "figcaption", "details", "summary", "xi:include", "x-a", "カ", "0", "p:q"]  # fmt: skip
_ATTRIBUTES = [' class="news"', " class='date'", ' id="main"', " colspan=9999999", " rowspan=-1", ' colspan="x"', ' style="display:none"', " hidden", ' href="javascript:alert(1)"', ' src="http://example.invalid/x.png"', " onload=alert(1)", ' datetime="2020-09-07"', ' datetime="9999-99-99"', ' xmlns="x"', " =", ' "', " a=b=c", ' charset="utf-16"', " 属性=値", "\x00", ' lang="ja"', ' itemprop="datePublished" content="2021-02-30"']  # fmt: skip
_ENTITIES = ["&amp;", "&lt;", "&nbsp;", "&#0;", "&#x110000;", "&#xD800;", "&#55357;&#56832;", "&#9999999999999999999;", "&#x;", "&", "&a", "&lol;", "&yen;", "&#12354;", "&zwj;", "&#x202e;"]  # fmt: skip
_HEADS = ['<meta charset="utf-8">', '<meta charset="shift_jis">', '<meta charset="x-none">', '<meta http-equiv="Content-Type" content="text/html; charset=EUC-JP">', '<meta property="article:published_time" content="2021-03-04T05:06:07+09:00">', '<meta property="article:published_time" content="-1">', '<meta property="og:title" content="題">', '<meta property="og:site_name" content="\u202e">', '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-04","headline":"題"}</script>', '<script type="application/ld+json">' + "[" * 500 + "</script>", '<script type="application/ld+json">{"datePublished":1e999,"headline":"\\ud800"}</script>', "<title>題</title>", "<title>", '<base href="http://example.invalid/">', "<?xml version='1.0' encoding='utf-7'?>", "<!--", "<![CDATA[", "]]>", '<!DOCTYPE html [<!ENTITY a "b">]>']  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "shift_jis", "euc_jp", "iso2022_jp", "utf-32", "utf-7", "latin-1"]  # fmt: skip
_TOKENS = [b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b$B", b"\x1b(B", b"\x81", b"\xfc\xfc", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"%PDF-1.4\n", b"%%EOF", b"PK\x03\x04", b"PAR1", b"<html>", b"<!DOCTYPE html>", b"<?xml version='1.0'?>", b"<", b">", b"&", b'"', b"'", b"\n", b"\r\n", b"/Kids [1 0 R]", b"/Length 999999999", b"/Prev 0", b"/Count -1", b" 0 R", b"endobj", b"stream\n", b"/Filter [/FlateDecode /FlateDecode]", b"9" * 30, b"-1", b"NaN", b"\\ud800", b"{", b"[", b"charset=", b"cp932"]  # fmt: skip


def text(draw: random.Random) -> str:
    """Return a text: pieces in disorder, or a made-up disclosure that was cut, doubled or shuffled."""
    way = draw.random()
    if way < 0.5:
        return "".join(draw.choice(PIECES) for _ in range(draw.randrange(1, 80)))
    whole = _disclosure(draw.randrange(400))
    lines = whole.splitlines(keepends=True)
    for _ in range(draw.randrange(1, 4)):
        act = draw.randrange(6)
        if act == 0 and lines:
            del lines[draw.randrange(len(lines))]
        elif act == 1 and lines:
            at = draw.randrange(len(lines))
            lines[at:at] = lines[at : at + draw.randrange(1, 4)] * draw.randrange(1, 4)
        elif act == 2:
            draw.shuffle(lines)
        elif act == 3 and lines:
            at = draw.randrange(len(lines))
            cut = draw.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + draw.choice(PIECES) + lines[at][cut:]
        elif act == 4 and lines:
            lines = lines[: draw.randrange(1, len(lines) + 1)]
        else:
            lines = [draw.choice(["", "\t", "　", "| ", "> ", "- ", "1. "]) + line for line in lines]
    return "".join(lines)


@cache
def _disclosure(seed: int) -> str:
    return generate.disclosure(seed)


@cache
def _page(seed: int) -> str:
    return generate.html_of(generate.page(seed))


def html(draw: random.Random) -> str:
    """Return a page: random tags, attributes and entities, unclosed and crossed, or a made-up page with such in it."""
    if draw.random() < 0.4:
        whole = _page(draw.randrange(200))
        for _ in range(draw.randrange(1, 6)):
            at = draw.randrange(len(whole))
            whole = whole[:at] + _markup(draw) + whole[at + draw.choice((0, 0, 1, 20)) :]
        return whole
    head = "".join(draw.choice(_HEADS) for _ in range(draw.randrange(4)))
    body = "".join(draw.choice((_markup, _words, _words))(draw) for _ in range(draw.randrange(1, 60)))
    return draw.choice(("<!DOCTYPE html>", "", "<html>", "<?xml version='1.0'?>")) + head + body


def _words(draw: random.Random) -> str:
    return draw.choice(PIECES)


def _markup(draw: random.Random) -> str:
    way = draw.random()
    if way < 0.15:
        return draw.choice(_ENTITIES)
    if way < 0.25:
        return draw.choice(_HEADS)
    tag = draw.choice(_TAGS)
    if way < 0.5:
        return f"</{tag}>"
    opened = f"<{tag}{''.join(draw.choice(_ATTRIBUTES) for _ in range(draw.choice((0, 0, 1, 2))))}>"
    if way < 0.53:
        return opened * draw.choice((10, 100, 300))  # deep, though not deep enough to be slow to make
    return opened


def encode(draw: random.Random, words: str) -> tuple[bytes, str | None]:
    """Return ``words`` in a random encoding, and a declaration that may be missing or wrong."""
    name = draw.choice(ENCODINGS) if draw.random() < 0.6 else "utf-8"
    declared = draw.choice((None, None, name, draw.choice(ENCODINGS), "x-none", "", "utf-8\x00"))
    return words.encode(name, draw.choice(("replace", "ignore", "xmlcharrefreplace"))), declared


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def pdf(lines: list[str], *, packed: bool = False) -> bytes:
    """Return a PDF of one page with ``lines`` in a font that is not embedded."""
    shown = b"".join(
        b"1 0 0 1 60 %d Tm <%s> Tj\n" % (800 - 14 * at, line.encode("utf-16-be").hex().encode())
        for at, line in enumerate(lines[:54])
    )
    content = b"BT /F1 10 Tf\n" + shown + b"ET\n"
    filters = b""
    if packed:
        content, filters = zlib.compress(content), b" /Filter /FlateDecode"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        b"<< /Title (A) /CreationDate (D:20210304050607+09'00') >>",
    ]
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += _object(number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 8 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


@cache
def _pdf(seed: int) -> bytes:
    return pdf(re.findall(".{1,45}", _disclosure(seed))[:24], packed=seed % 2 == 0)


@cache
def _zip(seed: int) -> bytes:
    draw = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name in draw.sample(["a.txt", "b/c.html", "../up.txt", "/root.txt", "C:\\x.txt", "d.pdf", "e.zip", "f.csv", "空 白.txt", "g.jsonl", "h/", "a.txt.exe"], 4):  # fmt: skip
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8)), _disclosure(seed).encode()[:300])
    return out.getvalue()


@cache
def _parquet(seed: int) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    rows = [_disclosure(seed + at)[:200] for at in range(3)]
    pq.write_table(pa.table({"text": rows, "published": ["2021-03-04", None, "x"]}), out)
    return out.getvalue()


def jsonl(draw: random.Random) -> bytes:
    """Return rows of JSON, some of them none."""
    rows = []
    for _ in range(draw.randrange(1, 5)):
        way = draw.randrange(6)
        row: object = {"text": text(draw), "published": draw.choice(("2021-03-04", "2021-02-30", None, 7, [], "x"))}
        if way == 0:
            rows.append(json.dumps(row, ensure_ascii=True).replace("\\u", draw.choice(("\\u", "\\ud800\\u", "\\")), 1))
        elif way == 1:
            rows.append(draw.choice(("[" * 2000, "{", "null", '"\\ud800"', '{"text": 1}', '{"text": {"text": "a"}}', "1e999", '{"text": "a", "text": "b"}', "NaN", "\x00")))  # fmt: skip
        else:
            rows.append(json.dumps(row, ensure_ascii=draw.random() < 0.5))
    return "\n".join(rows).encode("utf-8", "surrogatepass")


def csv(draw: random.Random) -> bytes:
    """Return rows of CSV, some of them broken."""
    cells = [text(draw) for _ in range(draw.randrange(1, 4))]
    head = draw.choice(("text", "text,published", "published,text", "id,text,text", "x", '"text', "text\x00"))
    rows = [draw.choice(('"{}"', '"{}",2021-03-04', '2021-03-04,"{}"', "{}", '"{}')).format(cell.replace('"', '""')) for cell in cells]  # fmt: skip
    return encode(draw, draw.choice(("\n", "\r\n", "\r")).join([head, *rows]))[0]


def broken(draw: random.Random, data: bytes, most: int = 6) -> bytes:
    """Return ``data`` with some of it flipped, cut out, doubled, moved, or overwritten with what readers look for."""
    out = bytearray(data)
    for _ in range(draw.randrange(1, most + 1)):
        at = draw.randrange(len(out) + 1)
        act = draw.randrange(7)
        if act == 0 and at < len(out):
            out[at] ^= 1 << draw.randrange(8)
        elif act == 1:
            out[at:at] = draw.randbytes(draw.randrange(1, 9))
        elif act == 2:
            del out[at : at + draw.choice((1, 2, 8, 64, 512))]
        elif act == 3:
            out[at:at] = out[at : at + draw.randrange(1, 200)] * draw.randrange(1, 5)
        elif act == 4:
            token = draw.choice(_TOKENS)
            out[at : at + draw.choice((0, len(token)))] = token
        elif act == 5:
            other = draw.randrange(len(out) + 1)
            out[at : at + 40] = out[other : other + 40]
        else:
            del out[draw.choice((at, max(0, len(out) - draw.randrange(1, 40)))) :]
    return bytes(out)


def _make_bytes(draw: random.Random) -> Made:
    data = draw.randbytes(draw.choice((0, 1, 2, 7, 60, 400)))
    if draw.random() < 0.6:
        data = b"".join(draw.choice((draw.choice(_TOKENS), draw.randbytes(4), draw.choice(PIECES).encode())) for _ in range(draw.randrange(1, 40)))  # fmt: skip
    suffix = draw.choice(("txt", "html", "pdf", "md", "zip", "parquet", "", "xhtml"))
    return Made("bytes", data, f"b.{suffix}", draw.choice((None, None, "text/plain", "text/html", "application/pdf", "text/markdown", "application/xhtml+xml", "image/png", "text/html; charset=x", "")), draw.choice((None, None, *ENCODINGS)))  # fmt: skip


def _make_text(draw: random.Random) -> Made:
    data, declared = encode(draw, text(draw))
    if draw.random() < 0.2:
        data = broken(draw, data)
    return Made("text", data, draw.choice(("t.txt", "t.md", "t", "t.text")), draw.choice((None, None, "text/plain", "text/markdown")), declared)  # fmt: skip


def _make_html(draw: random.Random) -> Made:
    data, declared = encode(draw, html(draw))
    if draw.random() < 0.2:
        data = broken(draw, data)
    return Made("html", data, draw.choice(("h.html", "h.htm", "h.xhtml", "h")), draw.choice((None, "text/html", "application/xhtml+xml")), declared)  # fmt: skip


def _make_pdf(draw: random.Random) -> Made:
    data = _pdf(draw.randrange(12))
    return Made("pdf", broken(draw, data) if draw.random() < 0.97 else data, "p.pdf", draw.choice((None, "application/pdf")))  # fmt: skip


DOCUMENTS: dict[str, tuple[Callable[[random.Random], Made], int]] = {
    "bytes": (_make_bytes, 2),
    "text": (_make_text, 3),
    "html": (_make_html, 4),
    "pdf": (_make_pdf, 3),
}


def document(draw: random.Random) -> Made:
    """Return one input for the readers of documents."""
    makers = [maker for maker, weight in DOCUMENTS.values() for _ in range(weight)]
    return draw.choice(makers)(draw)


def batch(draw: random.Random) -> Made:
    """Return one input for the readers of archives and tables."""
    way = draw.randrange(4)
    if way == 0:
        return Made("zip", broken(draw, _zip(draw.randrange(12))), "z.zip")
    if way == 1:
        return Made("parquet", broken(draw, _parquet(draw.randrange(6))), "q.parquet")
    if way == 2:
        data = jsonl(draw)
        return Made("jsonl", broken(draw, data) if draw.random() < 0.3 else data, "j.jsonl")
    data = csv(draw)
    return Made("csv", broken(draw, data) if draw.random() < 0.3 else data, "c.csv")


def numbered(seed: int, number: int) -> Made:
    """Return input ``number`` of the run with ``seed``: the same on every machine."""
    return document(random.Random(f"{seed} {number}"))
