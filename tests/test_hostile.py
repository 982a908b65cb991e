"""What an attacker may write into a page, a PDF, an archive or a batch: rows or one clear line, soon, and nothing fetched."""

import io
import json
import socket
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib

import pytest
from apart import apart
from fuzz import mutate
from fuzz.invariants import check_rows

from tenmatsu import inputs
from tenmatsu.pipeline import extract_document

SECONDS = 30.0  # of the processor: far more than is needed, far less than what is not linear takes
NOTICE = "2021年3月4日に株式会社鷺沢商事は不正アクセスを検知した。"


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """The rules and libraries are loaded before anything is timed."""
    extract_document(NOTICE.encode(), "a.txt")
    extract_document(f"<p>{NOTICE}</p>".encode(), "a.html")
    extract_document(mutate.pdf([NOTICE]), "a.pdf")


def survives(data, path, seconds=SECONDS):
    """The rows of a document, extracted in a process of its own within the time, every invariant held."""

    def work():
        extracted = extract_document(data, path)
        check_rows(extracted)
        return extracted.document, extracted.text

    (document, text), took, _ = apart(work, seconds=3 * seconds)
    assert took < seconds, f"{took:.1f} s"
    return document, text


# --- pages

DEEP = 100_000
PAGES = {
    "nested": "<div>" * DEEP + NOTICE + "</div>" * DEEP,
    "nested and unclosed": "<b><i><a href=x>" * (DEEP // 3) + NOTICE,
    "nested tables": "<table><tr><td>" * 5_000 + NOTICE,
    "nested lists": "<ul><li>" * 20_000 + NOTICE,
    "nested quotes of other kinds": "<blockquote><p><span>" * 20_000 + NOTICE,
    "unclosed tags": "<a " * DEEP + NOTICE,
    "signs": "<" * DEEP + NOTICE,
    "ends": "</div>" * DEEP + NOTICE,
    "comments": "<!--" * DEEP + NOTICE,
    "comments closed": "<!-- a -->" * DEEP + NOTICE,
    "ampersands": "&" * 300_000 + NOTICE,
    "entities": "&amp;&#12354;&nbsp;" * DEEP + NOTICE,
    "attributes": "<p " + " ".join(f"a{n}=b" for n in range(DEEP)) + ">" + NOTICE,
    "one attribute": '<p title="' + "a" * 5_000_000 + '">' + NOTICE,
    "scripts": "<script>document.write('<script>')</script>" * 30_000 + NOTICE,
    "one script": "<script>" + "a" * 5_000_000 + "</script>" + NOTICE,
    "script that is never closed": f"<p>{NOTICE}</p><script>" + "x" * DEEP,
    "styles": "<style>p{}</style>" * 30_000 + NOTICE,
    "spans of cells": "<table>" + "<tr><td colspan=100000 rowspan=100000>1" * 300 + f"</table>{NOTICE}",
    "rows": "<table>" + "<tr><td>10月2日<td>検知" * 4_000 + f"</table>{NOTICE}",
    "one row": "<table><tr>" + "<td>1" * 30_000 + f"</table>{NOTICE}",
    "list": "<ul>" + "<li>a" * 30_000 + f"</ul>{NOTICE}",
    "paragraphs": "<p>" * DEEP + NOTICE,
    "breaks": "<br>" * DEEP + NOTICE,
    "links": "<a href='/x'>関連</a> " * 20_000 + NOTICE,
    "metadata": "<meta property='og:title' content='x'>" * 20_000 + NOTICE,
    "JSON-LD": '<script type="application/ld+json">' + "[" * DEEP + "]" * DEEP + "</script>" + NOTICE,
    "JSON-LD of numbers": '<script type="application/ld+json">{"datePublished":' + "9" * 300_000 + "}</script>" + NOTICE,
    "times": "<time datetime='2021-03-04'>3月4日</time>" * 5_000 + NOTICE,
    "ruby": "<ruby>漢<rt>かん</rt></ruby>" * 10_000 + NOTICE,
    "conditional": "<!--[if IE]>" * 30_000 + NOTICE,
    "templates": "<template>" * 20_000 + NOTICE,
    "forms": "<select><option>" * 20_000 + NOTICE,
    "drawings": "<svg><math>" * 20_000 + NOTICE,
    "frames": "<frameset><frame src='http://example.invalid/'>" * 10_000 + NOTICE,
    "blanks in it": "<p>" + " " * 3_000_000 + NOTICE,
    "line ends in it": "<pre>" + "\n" * 1_000_000 + NOTICE,
    "bidi": "<p>" + "\u202e" * DEEP + NOTICE,
    "combining marks": "<p>か" + "\u3099" * DEEP + NOTICE,
    "names with control characters": "<p><b \x03\x04a=b \x1b>" * 1_000 + "<a\x01><p {a b=c }d {http://x}y=1>" * 1_000 + NOTICE,
    "NUL": "<p>\x00\x00" + "<\x00p>" * 10_000 + NOTICE,
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_a_bomb_is_read_or_refused_in_time(name):
    survives(PAGES[name].encode(), "bomb.html")


LAUGHS = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html [<!ENTITY a0 \"笑\">"
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + ']>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>笑</title></head><body><p>{}</p><p>&a11;</p></body></html>'
)


@pytest.mark.parametrize("path", ["laughs.xhtml", "laughs.html", "laughs"])
def test_a_billion_laughs_are_not_laughed(path):
    document, text = survives(LAUGHS.replace("{}", NOTICE).encode(), path, 10)
    assert len(text) < 100_000
    assert document.status == "error" or "検知" in text


def test_entities_of_quadratic_size_stay_small():
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "{"笑" * 50_000}">]><html><body><p>{NOTICE}{"&a;" * 50_000}</p></body></html>'
    _, text = survives(page.encode(), "a.xhtml", 10)
    assert len(text) < 2_000_000


# --- nothing is fetched


class _Listener:
    """A server on this machine that counts who comes."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.came = []
        self.socket.settimeout(0.05)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()
        return self

    def _serve(self):
        while not self.stop.is_set():
            try:
                other, _ = self.socket.accept()
            except TimeoutError:
                continue
            self.came.append(other.recv(200))
            other.close()

    def __exit__(self, *_):
        time.sleep(0.15)
        self.stop.set()
        self.thread.join()
        self.socket.close()


def test_reading_and_extracting_open_no_connection_and_no_other_file(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密の言葉", encoding="utf-8")
    with _Listener() as listener:
        at, local = listener.address, secret.as_uri()
        pages = [
            f'<!DOCTYPE html SYSTEM "{at}/a.dtd"><html><body><p>{NOTICE}</p></body></html>',
            f'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{at}/xhtml1.dtd" [<!ENTITY % p SYSTEM "{at}/p.ent">%p;'
            f'<!ENTITY x SYSTEM "{at}/x.txt"><!ENTITY y SYSTEM "{local}">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{NOTICE}&x;&y;</p></body></html>',
            f'<?xml version="1.0"?><?xml-stylesheet href="{at}/s.xsl" type="text/xsl"?><html xmlns:xi="http://www.w3.org/2001/XInclude"><body>'
            f'<xi:include href="{local}" parse="text"/><xi:include href="{at}/i.txt" parse="text"/><p>{NOTICE}</p></body></html>',
            f'<html><head><base href="{at}/"><link rel="stylesheet" href="s.css"><link rel="canonical" href="{at}/c"><meta http-equiv="refresh" content="0;url={at}/r">'
            f'<script src="{at}/s.js"></script><style>@import url({at}/i.css);</style></head><body background="{at}/b.png"><img src="{at}/p.png" srcset="{at}/2.png 2x">'
            f'<iframe src="{at}/f.html"></iframe><iframe src="{local}"></iframe><object data="{at}/o"></object><embed src="{at}/e"><video poster="{at}/v.png" src="{at}/v.mp4"></video>'
            f'<form action="{at}/q"></form><p>{NOTICE}</p></body></html>',
        ]

        def refused(*_, **__):
            raise AssertionError("a connection was opened")

        for name in (
            "socket.socket.connect",
            "socket.socket.connect_ex",
            "socket.create_connection",
            "socket.getaddrinfo",
            "socket.gethostbyname",
        ):
            monkeypatch.setattr(name, refused)
        link = f"<< /Type /Action /S /URI /URI ({at}/pdf) >>".encode()
        pdf = mutate.pdf([NOTICE]).replace(b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction " + link, 1)
        inputs_ = [(page.encode(), path) for page in pages for path in ("a.html", "a.xhtml", "a")]
        for data, path in [*inputs_, (pdf, "a.pdf"), (f"{NOTICE}\n{at}/plain\n![]({at}/m.png)\n".encode(), "a.md")]:
            extracted = extract_document(data, path)
            check_rows(extracted)
            assert "秘密" not in extracted.text
    assert not listener.came


# --- PDFs


def _pdf(objects, extra=b""):
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)


def _stream(content, entries=b""):
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def _flate(content):
    packed = zlib.compressobj(9)
    return _stream(packed.compress(content) + packed.flush(), b"/Filter /FlateDecode ")


def _glyphs(count):
    return b"BT /F1 9 Tf 50 700 Td " + b"(abc) Tj 1 0 Td " * count + b"ET"


PDFS = {
    "pages in a circle": lambda: _pdf([_CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>"]),
    "a million pages that are one": lambda: _pdf([_CATALOG, b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 1000000 >>", _PAGE, _stream(_glyphs(5)), _FONT, _FONT]),
    "many pages claimed": lambda: _pdf([_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", _PAGE, _stream(_glyphs(5)), _FONT, _FONT]),
    "cross references in a circle": lambda: _pdf([_CATALOG, _PAGES, _PAGE, _stream(_glyphs(5)), _FONT, _FONT], b"/Prev 9 "),
    "contents in a circle": lambda: _pdf([_CATALOG, _PAGES, _PAGE, b"[4 0 R 4 0 R]", _FONT, _FONT]),
    "a stream that unpacks to a gigabyte": lambda: _pdf([_CATALOG, _PAGES, _PAGE, _flate(b" " * 2**27), _FONT, _FONT]),
    "packed a hundred times": lambda: _pdf([_CATALOG, _PAGES, _PAGE, _stream(zlib.compress(_glyphs(5)), b"/Filter [" + b"/FlateDecode " * 100 + b"] "), _FONT, _FONT]),
    "very many glyphs": lambda: _pdf([_CATALOG, _PAGES, _PAGE, _flate(_glyphs(300_000)), _FONT, _FONT]),
    "nested arrays": lambda: _pdf([_CATALOG, _PAGES, _PAGE, _stream(b"BT /F1 9 Tf " + b"[" * 100_000 + b"] TJ ET"), _FONT, _FONT]),
    "nested dictionaries": lambda: _pdf([b"<< /A " * 50_000 + b"1" + b" >>" * 50_000, _PAGES]),
    "states saved": lambda: _pdf([_CATALOG, _PAGES, _PAGE, _stream(b"q " * 500_000 + _glyphs(5)), _FONT, _FONT]),
    "a length that is its own": lambda: _pdf([_CATALOG, _PAGES, _PAGE, b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream", _FONT, _FONT]),
    "a page of no size": lambda: _pdf([_CATALOG, _PAGES, _PAGE.replace(b"0 0 600 800", b"-1e30 1e30 NaN 0"), _stream(_glyphs(50)), _FONT, _FONT]),
}  # fmt: skip


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_is_a_bomb_is_read_or_refused_in_time(name):
    survives(PDFS[name](), "bomb.pdf")


def test_a_pdf_that_draws_itself_for_ever_costs_its_worker_and_not_its_neighbour(tmp_path):
    """The library goes through forms within forms without a limit of its own: here the time limit of a document is what helps."""
    bomb = _pdf(
        [
            _CATALOG,
            _PAGES,
            _PAGE,
            _stream(b"/X Do " * 50),
            _FONT,
            _stream(
                b"/X Do /X Do " + _glyphs(3),
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> ",
            ),
        ]
    )
    (tmp_path / "bomb.pdf").write_bytes(bomb)
    (tmp_path / "good.txt").write_text(NOTICE, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "tenmatsu", "extract", str(tmp_path), "--out", str(out), "--workers", "1", "--timeout", "4", "--memory", "2", "--quiet"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    rows = [json.loads(line) for line in (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    told = {row["path"].rsplit("/", 1)[-1]: row for row in rows}
    assert (told["bomb.pdf"]["status"], told["good.txt"]["status"]) == ("error", "ok")
    assert told["bomb.pdf"]["error"]


# --- archives and batches


def _sources(path, seconds=SECONDS, keep=True):
    """The sources of a path, found in a process of its own: (path, bytes or their number, error), and the peak memory."""

    def work():
        plan = inputs.plan([path])
        found = [(one.path, one.data if keep else len(one.data), one.error) for one in inputs.sources(plan.files)]
        return found + [(str(place), b"", reason) for place, reason in plan.problems]

    found, took, memory = apart(work, seconds=3 * seconds)
    assert took < seconds, f"{took:.1f} s"
    return found, memory


def _zipped(members, path=None):
    out = io.BytesIO() if path is None else path
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue() if path is None else None


def test_a_flat_zip_bomb_costs_itself_and_not_its_neighbour(tmp_path):
    path = tmp_path / "flat.zip"
    zeros = bytes(200 * 2**20)
    _zipped([("bomb.txt", zeros), ("bomb2.txt", b"a" * 2**25), ("good.txt", NOTICE.encode())], path)
    found, memory = _sources(path)
    assert [data for name, data, _ in found if name.endswith("good.txt")] == [NOTICE.encode()]
    assert all(error and not data for name, data, error in found if "bomb" in name.split("!/")[1])
    assert memory < 150 * 2**20


def test_nested_zip_bombs_are_not_opened(tmp_path):
    inner = _zipped([("0.txt", bytes(2**20))])
    for _ in range(6):
        inner = _zipped([(f"{n}.zip", inner) for n in range(16)])
    path = tmp_path / "nested.zip"
    path.write_bytes(inner)
    found, _ = _sources(path)
    assert found
    assert all(error for _, _, error in found)


def test_a_zip_whose_sizes_lie_unpacks_no_more_than_it_may(tmp_path):
    data = bytearray(_zipped([("bomb.txt", bytes(100 * 2**20)), ("good.txt", NOTICE.encode())]))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)  # the size that the list of members claims
    path = tmp_path / "lies.zip"
    path.write_bytes(data)
    found, memory = _sources(path)
    assert all(len(one) <= 10 for name, one, _ in found if "bomb" in name.split("!/")[1])
    assert [one for name, one, _ in found if name.endswith("good.txt")] == [NOTICE.encode()]
    assert memory < 150 * 2**20


def test_members_that_overlap_are_not_read_a_thousand_times(tmp_path):
    """One packed body to which all entries of the list of members point."""
    body = zlib.compress(bytes(20 * 2**20), 9)[2:-4]
    crc, names = zlib.crc32(bytes(20 * 2**20)), [f"{n:05d}.txt".encode() for n in range(5_000)]
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(body), 20 * 2**20, 9, 0) + names[0] + body
    listed = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(body), 20 * 2**20, 9, 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    path = tmp_path / "overlap.zip"
    path.write_bytes(
        local + listed + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 5_000, 5_000, len(listed), len(local), 0)
    )
    found, _ = _sources(path, keep=False)
    assert sum(data for _, data, _ in found) < 2**30


@pytest.mark.parametrize(
    "name", ["../up.txt", "../../../../tmp/up.txt", "/etc/up.txt", "C:\\up.txt", "..\\up.txt", "a/../../up.txt", "a\x00.txt", "\u202etxt.exe.txt", "a" * 5000 + ".txt", "./.././up.txt", "//server/up.txt"]
)  # fmt: skip
def test_names_of_members_lead_nowhere(tmp_path, name):
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    path = folder / "names.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, NOTICE)
        archive.writestr("good.txt", NOTICE)
    before = sorted(tmp_path.rglob("*"))
    found, _ = _sources(path)
    assert sorted(tmp_path.rglob("*")) == before
    assert [data for label, data, _ in found if label.endswith("good.txt")] == [NOTICE.encode()]
    for label, _, error in found:
        assert ".." not in label.split("!/")[-1].split("/") or error, label
        assert "\x00" not in label


LONG = 200 * 10**6


def test_a_line_of_200_megabytes_is_one_error(tmp_path):
    path = tmp_path / "line.txt"
    path.write_bytes(b"a" * LONG)
    found, memory = _sources(path)
    assert [bool(error) for _, _, error in found] == [True]
    assert memory < 100 * 2**20


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_row_of_200_megabytes_is_one_error_and_its_neighbours_are_read(tmp_path, kind):
    path = tmp_path / f"rows.{kind}"
    with path.open("wb") as file:
        if kind == "jsonl":
            good = json.dumps({"text": NOTICE}).encode() + b"\n"
            file.writelines([good, b'{"text": "', b"a" * LONG, b'"}\n', good])
        else:
            file.writelines([b"text\n", f"{NOTICE}\n".encode(), b'"', b"a" * LONG, b'"\n', f"{NOTICE}\n".encode()])
    found, memory = _sources(path, 60)
    assert [data.decode() for _, data, error in found if not error] == [NOTICE, NOTICE]
    assert len(found) == 3
    assert memory < 500 * 2**20


@pytest.mark.parametrize(
    "row",
    [
        '{"text": "\\ud800"}', '{"text": "a\\ud83d"}', '{"text": "\\udc00\\ud800"}', '{"\\ud800": 1, "text": 2}', '{"text": ["a"]}', "[" * 100_000, '{"text":' * 50_000, '{"text": "a", "published": "\\ud800"}',
        '{"text": "a", "title": "\\ud800"}', '{"text": "a", "media_type": "\\ud800"}', '{"text": "a", "id": "\\ud800"}', '{"text": "a", "id": 1e999}', '{"text": "\\u0000"}', "9" * 1_000_000, '{"text": NaN}', "\x00", "null",
        '{"text": "a", "path": "../../up.txt"}', '{"text": "a", "published": "2021-02-30"}', '{"text": "a", "published": {"a": 1}}', '{"text": "\\u202e\\u2066a"}', '{"text": "a", "media_type": "text/html; charset=\\u0000"}',
    ],
    ids=lambda row: ascii(row[:40]),
)  # fmt: skip
def test_a_row_of_json_that_is_broken_leaves_its_neighbours(tmp_path, row):
    path = tmp_path / "rows.jsonl"
    good = json.dumps({"text": NOTICE})
    path.write_text(f"{good}\n{row}\n{good}\n", encoding="utf-8")
    found = list(inputs.sources(inputs.plan([path]).files))
    assert len(found) == 3
    assert [found[0].data.decode(), found[2].data.decode()] == [NOTICE, NOTICE]
    for one in found:
        (one.path + (one.error or "") + (one.title or "") + (one.media_type or "")).encode("utf-8")
        assert "\n" not in (one.error or "")
        check_rows(extract_document(one.data, one.path, published=one.published))


def test_broken_archives_and_batches_are_errors_and_nothing_is_raised(tmp_path):
    import random

    for number in range(400):
        made = mutate.batch(random.Random(f"batch {number}"))
        path = tmp_path / made.path
        path.write_bytes(made.data)
        plan = inputs.plan([path])
        found = list(inputs.sources(plan.files))
        assert found or plan.problems, number
        for one in found:
            (one.path + (one.error or "") + (one.title or "") + (one.media_type or "") + (one.charset or "")).encode(
                "utf-8"
            )
            assert "\n" not in (one.error or "")
            assert not one.path.count("\x00")
            assert (
                number % 8
                or one.error
                or check_rows(extract_document(one.data, one.path, published=one.published)) is None
            )


# --- texts


@pytest.mark.parametrize(
    "unit",
    ["\u2028", "\x85", "\v", "\u00a0", "\u2003", "\u200b", "\u202e", "\u2066", "か\u3099", "\u3099", "😀", "\U00020BB7", "\ufffd", "⽉", "年月日", "2020年", "株式会社", "㈱", "）", "（）", "「」", "（「【『", "1月",
     "月", "日", "1日から2日", "同年同月", "令和", "第2報", "10:00 ", "1.", "１，", "万", "約", "から", "まで", "より", "は、", "が確認", "A", "Ab ", "A.B.", "https://", "http://a.jp/", "@", "%", "&amp;", "<p>", "[1]", "¹", "※",
     "・a\n", "> ", "# a\n", "|-", "\t\n", " \n", "\r", "\f", "\\", "“", "'", "…", "――", "〜", "→", "＝＝", "県", "大学", "病院", "銀行", "によると", "と述べた", "可能性", "ない", "なかった", "ず、", "漏えい", "不正アクセス", "件の", "氏名", "会員",
     "1月\u3000", "2020年\u2028", "（1月\u00a0", "流出\u3000\u3000"],
    ids=ascii,
)  # fmt: skip
def test_time_stays_linear_on_more_text_that_is_made_to_be_slow(unit):
    """``test_invariants`` has the usual suspects; these are the odd ones: blanks of all kinds, marks, half words."""

    def seconds(characters):
        begin = time.process_time()
        extract_document((unit * (characters // len(unit))).encode(), "made-up.txt")
        return time.process_time() - begin

    characters = 2_000
    while characters < 64_000 and seconds(characters) < 0.1:
        characters *= 2
    for _ in range(3):
        # twice the text takes twice as long, four times where a stage is quadratic; a busy machine may try again
        short, long = seconds(characters), seconds(2 * characters)
        if long < 3 * short + 0.1:
            break
    assert long < 3 * short + 0.1, f"{characters} characters {short:.2f} s, twice as many {long:.2f} s"
    assert long < 60 * characters / 32_000, f"{2 * characters} characters take {long:.2f} s"


@pytest.mark.parametrize(
    "text", ["\x00", f"{NOTICE}\x00", "\ud7ff\ue000\ufffe\uffff", "\u202e" + NOTICE + "\u2066", "\ufeff" * 5 + NOTICE]
)
def test_odd_characters_give_rows_or_one_line(text):
    extracted = extract_document(text.encode(), "odd.txt")
    check_rows(extracted)


def test_half_a_surrogate_pair_in_utf8_is_told_or_replaced():
    data = NOTICE.encode() + b"\xed\xa0\x80" + NOTICE.encode()
    check_rows(extract_document(data, "half.txt"))
