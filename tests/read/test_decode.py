import hashlib

import pytest

from tenmatsu.pipeline import extract_document
from tenmatsu.read import limits
from tenmatsu.read.decode import ReadError, read
from tenmatsu.records import About

PAGE = """<!DOCTYPE html><html><head><meta charset="Shift_JIS"><title>不正アクセスについて | 甲山商事</title>
<meta property="article:published_time" content="{}"></head><body><main><h1>不正アクセスについて</h1>
<p>当社は10月2日に不正アクセスを検知しました。</p></main></body></html>"""


def test_text_is_unchanged_and_ids_come_from_the_bytes():
    data = "一行目\r\n二行目😀\n".encode()
    document = read(data, "a.txt")
    assert document.text == "一行目\r\n二行目😀\n"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.doc_id == document.sha256[:16] == read(data, "elsewhere.txt").doc_id
    assert (document.media_type, document.encoding, document.replaced) == ("text/plain", "utf-8", 0)
    assert document.parts == ()
    assert document.about == About()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (" \n".encode("utf-16"), "empty"),
        (b"\xff\xf0\x80" * 9, "not UTF-8"),
        (b"a\x00b\x00\x00\x01", "NUL"),
        ("検知\x00した".encode(), "NUL"),
        (b"\x89PNG\r\n\x1a\n....", "PNG image"),
        (b"<html><body><script>document.write('x')</script></body></html>", "no text"),
    ],
)
def test_what_cannot_be_read_says_why(data, says):
    with pytest.raises(ReadError, match=says) as caught:
        read(data)
    assert "\n" not in str(caught.value)


def test_byte_order_mark_is_dropped():
    assert read("\ufeff感染".encode()).text == "感染"


def test_other_encodings_are_read_and_named():
    document = read("㈱甲山は髙﨑①に検知の連絡をした。".encode("cp932"))
    assert (document.text, document.encoding) == ("㈱甲山は髙﨑①に検知の連絡をした。", "cp932")


def test_markdown_stays_as_it_is():
    document = read("# お知らせ\n\n- 検知した。\n".encode(), "a.md")
    assert (document.media_type, document.text) == ("text/markdown", "# お知らせ\n\n- 検知した。\n")


def test_a_page_is_its_article_with_the_place_of_each_block():
    document = read(PAGE.format("2020-12-11").encode("cp932"), "a")
    assert (document.media_type, document.encoding) == ("text/html", "cp932")
    told = [document.text[one.start : one.end] for one in document.parts]
    assert told == ["不正アクセスについて", "当社は10月2日に不正アクセスを検知しました。"]
    assert document.parts[0].place == "/html[1]/body[1]/main[1]/h1[1]"


def test_what_is_said_from_outside_wins():
    data = "<p>検知した。".encode("cp932")
    assert read(data, "a.txt", media_type="text/html; charset=Shift_JIS").text == "検知した。\n"
    assert read(data, "a.html", media_type="text/plain").text == "<p>検知した。"


def test_the_characters_that_could_not_be_read_are_counted_in_the_row():
    data = ("当社は2024年5月1日に不正アクセスを検知しました。" * 99).encode() + b"\xe6\xa4"
    row = extract_document(data, "a.txt").document
    assert (row.status, row.encoding, row.replaced) == ("ok", "utf-8", 1)


def test_the_day_of_the_page_dates_what_its_text_leaves_open():
    extracted = extract_document(PAGE.format("2020-12-11T01:00:00+09:00").encode("cp932"), "a.html")
    assert extracted.document.published == "2020-12-11"
    assert extracted.document.published_basis == "meta article:published_time"
    assert [one.date for one in extracted.events if one.type == "detection"] == ["2020-10-02"]


def test_a_day_in_the_text_goes_before_that_of_the_page():
    page = PAGE.format("2023-01-01").replace("<h1>", "<p>2020年12月11日</p><h1>")
    row = extract_document(page.encode("cp932"), "a.html").document
    assert (row.published, row.published_basis) == ("2020-12-11", "2020年12月11日")
    given = extract_document(page.encode("cp932"), "a.html", published="2021-01-05").document
    assert (given.published, given.published_basis) == ("2021-01-05", "given")


@pytest.mark.parametrize(("day", "shown"), [("2024-02-20", "2024-02-20"), ("2030-01-01", "[2024-02-10..2024-03-01]")])
def test_the_day_of_the_page_narrows_bounds_that_hold_it(day, shown, monkeypatch):
    from tenmatsu import times

    monkeypatch.setattr(
        times, "infer_published", lambda *_: times.Published("[2024-02-10..2024-03-01]", "2月10日に公表")
    )
    assert extract_document(PAGE.format(day).encode("cp932"), "a.html").document.published == shown


def test_what_is_too_large_names_the_limit(monkeypatch):
    monkeypatch.setattr(limits, "BYTES", 100)
    with pytest.raises(ReadError, match="more than the 100 of one document"):
        read(b"a" * 101)
    monkeypatch.setattr(limits, "BYTES", 10_000)
    monkeypatch.setattr(limits, "CHARACTERS", 50)
    with pytest.raises(ReadError, match="51 characters, more than the 50"):
        read(b"a" * 51)
    with pytest.raises(ReadError, match="more than 50 characters in one page"):
        read(("<p>" + "あ" * 60).encode(), "a.html")
