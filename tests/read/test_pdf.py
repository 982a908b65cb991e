"""The reader of PDFs: files typeset here, page by page, and what their text must be."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenmatsu.read.errors import ReadError
from tenmatsu.read.page import Page
from tenmatsu.read.pdf import read_pdf

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
WIDTH, HEIGHT = 595.0, 842.0
LEFT, SIZE, STEP = 85.0, 10.5, 18.0
MINCHO, GOTHIC = "HeiseiMin-W3", "HeiseiKakuGo-W5"


def made(*pages: Callable[[Any], None], upright: bool = False, **options: Any) -> bytes:
    """A PDF with a page for each function that draws on a canvas; ``upright``: Mincho is set in vertical lines."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    for name in (MINCHO, GOTHIC):
        pdfmetrics.registerFont(UnicodeCIDFont(name, isVertical=upright and name == MINCHO))
    file = io.BytesIO()
    drawn = canvas.Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    for page in pages:
        drawn.setFont(MINCHO, SIZE)
        page(drawn)
        drawn.showPage()
    drawn.save()
    return file.getvalue()


def lines(*told: str, top: float = 740.0, left: float = LEFT, size: float = SIZE) -> Callable[[Any], None]:
    """A page with lines below each other; a full-width blank at the head of one sets it in."""

    def draw(on: Any) -> None:
        on.setFont(MINCHO, size)
        for number, line in enumerate(told):
            bare = line.lstrip("\u3000")
            on.drawString(left + (len(line) - len(bare)) * size, top - number * STEP, bare)

    return draw


def text_of(*pages: Callable[[Any], None]) -> str:
    return read_pdf(made(*pages)).text.rstrip("\n")


def both(*draws: Callable[[Any], None]) -> Callable[[Any], None]:
    def draw(on: Any) -> None:
        for one in draws:
            one(on)

    return draw


PARAGRAPHS = (
    "当社は、2020年10月16日に、業務用サーバーの一部が第三者による不正アクセスを受けたことを確認いたしました。現在までに判明している事実と今後の対応について、2020年9月7日付の第1報に続きご報告いたします。",
    "外部の専門機関による調査の結果、攻撃者はVPN装置の脆弱性を悪用して侵入したことが判明しております。",
)


def broken(text: str, wide: int = 40) -> list[str]:
    """Lines of ``wide`` full-width characters at most, broken wherever they are full, in the midst of a date too."""
    out, room = [""], float(wide)
    for char in text:
        need = 0.5 if char < "\u007f" else 1.0
        if need > room and char not in "、。":
            out.append("")
            room = wide
        out[-1] += char
        room -= need
    return out


PROSE = tuple(line for told in PARAGRAPHS for line in broken("\u3000" + told))


def test_wrapped_lines_are_joined_and_set_in_ones_begin_a_paragraph() -> None:
    assert text_of(lines(*PROSE)).split("\n") == ["\u3000" + told for told in PARAGRAPHS]


def test_a_date_broken_over_the_line_end_comes_together() -> None:
    text = PARAGRAPHS[0]
    for wide in range(30, 45):
        assert (
            text_of(lines(*broken("\u3000" + text, wide), *broken("\u3000" + PARAGRAPHS[1], wide))).split("\n")[0]
            == "\u3000" + text
        )


def test_items_and_short_lines_stay_apart() -> None:
    told = (
        "・氏名",
        "・住所",
        "・電話番号及びメールアドレス（2020年10月16日から同月20日までに登録されたものに限",
        "\u3000る。）",
        "以上",
    )
    assert text_of(lines(*PROSE, *told)).split("\n")[2:] == ["・氏名", "・住所", "・電話番号及びメールアドレス（2020年10月16日から同月20日までに登録されたものに限る。）", "以上"]  # fmt: skip


def test_latin_words_keep_their_blank_at_the_line_end_and_lose_a_hyphen() -> None:
    told = ("The attackers entered the network of the company through a remote access de-", "vice on 7 September and moved to a server of the subsidiary. The company has in-", "formed the police.")  # fmt: skip

    def draw(on: Any) -> None:
        on.setFont("Helvetica", 11)
        for number, line in enumerate(told):
            on.drawString(LEFT, 700 - 15 * number, line)

    assert text_of(draw) == "The attackers entered the network of the company through a remote access device on 7 September and moved to a server of the subsidiary. The company has informed the police."  # fmt: skip


def test_day_and_sender_at_the_right_are_lines_of_their_own() -> None:
    def draw(on: Any) -> None:
        on.drawString(LEFT, 780, "各位")
        on.drawRightString(505, 780, "2020年10月20日")
        on.drawRightString(505, 762, "株式会社アカツキ商会")
        lines(*PROSE, top=700)(on)

    assert text_of(draw).split("\n")[:3] == ["各位", "2020年10月20日", "株式会社アカツキ商会"]


@pytest.mark.parametrize("said", ["お\u3000知\u3000ら\u3000せ", "お 知 ら せ"])
def test_a_heading_spaced_out_with_blanks_is_one_word(said: str) -> None:
    assert text_of(lines(said)) == "お知らせ"


def test_a_heading_spaced_out_by_its_setter_is_one_word() -> None:
    assert text_of(lambda on: on.drawString(LEFT, 700, "調査結果のご報告", charSpace=9)) == "調査結果のご報告"


def test_a_full_width_blank_between_names_stays() -> None:
    assert text_of(lines("代表取締役社長\u3000箕輪\u3000孝志")) == "代表取締役社長\u3000箕輪\u3000孝志"


def test_radicals_become_ideographs_and_signs_of_their_own_stay() -> None:
    assert text_of(lines("⽉⽇⾦⺠⻄⻑⻘⻤")) == "月日金民西長青鬼"
    assert text_of(lines("①㈱髙﨑ﾊﾞｯｸ㎡Ⅲ")) == "①㈱髙﨑ﾊﾞｯｸ㎡Ⅲ"


def test_glyphs_without_a_character_are_marked_and_told() -> None:
    page = read_pdf(made(lines("侵入\ue123検知\u00ad", "\uf06e対応")))
    assert page.text.split() == ["侵入〓検知", "■対応"]
    assert "1 glyphs have no character" in page.notes[0]


def test_a_letter_set_alone_in_a_font_that_is_not_in_the_file_is_read() -> None:
    assert text_of(lines("記", "た")) == "記\nた"


def grid(on: Any, rows: list[list[list[str]]], widths: list[float], top: float = 700.0) -> None:
    """A ruled table; a cell is its lines."""
    y = top
    for row in rows:
        high = 8 + 15 * max(len(cell) for cell in row)
        x = LEFT
        for cell, wide in zip(row, widths, strict=True):
            on.rect(x, y - high, wide, high)
            for number, line in enumerate(cell):
                on.drawString(x + 4, y - 14 - 15 * number, line)
            x += wide
        y -= high


def test_a_ruled_table_has_a_row_a_line_and_wrapped_cells_whole() -> None:
    rows = [
        [["日時"], ["内容"]],
        [["10月16日"], ["監視装置が異常な通信を検知", "し、当該サーバーを切り離した"]],
        [["2020年", "10月17日", "（土）"], ["警察に相談"]],
    ]
    assert text_of(lambda on: grid(on, rows, [80, 156])).split("\n") == [
        "日時\t内容",
        "10月16日\t監視装置が異常な通信を検知し、当該サーバーを切り離した",
        "2020年10月17日（土）\t警察に相談",
    ]


def test_a_cell_that_reaches_over_rows_is_told_once() -> None:
    def draw(on: Any) -> None:
        for x in (85, 165, 365):
            on.line(x, 700, x, 640)
        on.line(85, 700, 365, 700)
        on.line(165, 670, 365, 670)
        on.line(85, 640, 365, 640)
        on.drawString(89, 680, "10月16日")
        on.drawString(169, 680, "異常を検知")
        on.drawString(169, 650, "回線を遮断")

    assert text_of(draw) == "10月16日\t異常を検知\n\t回線を遮断"


def test_a_table_without_rules_has_its_columns() -> None:
    def draw(on: Any) -> None:
        for number, (day, what) in enumerate(
            [("10月16日", "異常を検知"), ("10月17日", "警察に相談"), ("10月20日", "公表")]
        ):
            on.drawString(LEFT, 700 - number * STEP, day)
            on.drawString(LEFT + 90, 700 - number * STEP, what)

    assert text_of(draw) == "10月16日\t異常を検知\n10月17日\t警察に相談\n10月20日\t公表"


def test_a_frame_around_a_text_is_no_table() -> None:
    def draw(on: Any) -> None:
        on.rect(80, 640, 440, 120)
        lines(*PROSE)(on)

    assert "\t" not in text_of(draw)


def test_a_head_of_a_table_printed_again_on_the_next_page_is_read_once() -> None:
    head = [["日時"], ["内容"]]
    first = [head, [["10月16日"], ["異常を検知"]]]
    second = [head, [["10月17日"], ["警察に相談"]]]
    pages = [lambda on: grid(on, first, [80, 144], 400), lambda on: grid(on, second, [80, 144], 700)]
    assert text_of(*pages) == "日時\t内容\n10月16日\t異常を検知\n10月17日\t警察に相談"


def test_page_numbers_and_running_lines_are_dropped_and_a_sentence_goes_on() -> None:
    def page(number: int, *told: str) -> Callable[[Any], None]:
        def draw(on: Any) -> None:
            lines(*told)(on)
            on.drawString(LEFT, 800, "株式会社アカツキ商会 ニュースリリース")
            on.drawCentredString(WIDTH / 2, 40, f"- {number} -")

        return draw

    told = text_of(page(1, *PROSE[:2]), page(2, *PROSE[2:]), page(3, "以上"))
    assert told.split("\n") == [*("\u3000" + told for told in PARAGRAPHS), "以上"]


@pytest.mark.parametrize("number", ["- 1 -", "1/3", "P.1", "1 / 1 ページ", "－１－"])
def test_the_number_of_a_single_page_is_dropped(number: str) -> None:
    assert text_of(both(lines("お知らせ"), lambda on: on.drawCentredString(WIDTH / 2, 30, number))) == "お知らせ"


def test_footnotes_follow_a_sentence_that_runs_over_the_page_end() -> None:
    note = lines("※1 社外の専門機関による。", top=90, size=8)
    told = text_of(both(lines(*PROSE[:2]), note), lines(*PROSE[2:]))
    assert told.split("\n")[0] == "\u3000" + PARAGRAPHS[0]
    assert "※1 社外の専門機関による。" in told
    parts = read_pdf(made(both(lines(*PROSE[:2]), note), lines(*PROSE[2:]))).parts
    assert [(part.kind, part.page) for part in parts][:3] == [("paragraph", 1), ("paragraph", 2), ("footnote", 1)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = ("先月16日に発生した不正アクセスについて、調査の", "結果がまとまりました。侵入の入口は、支店に残っ", "ていた古い中継装置で、修正を当てないまま三年に", "わたり動いていたことが分かりました。攻撃者は装", "置を通じて本店のサーバーに達し、二日の間に名簿")  # fmt: skip
    right = ("を写し取ったとみられます。当社は17日に装置を外", "し、警察に届け出ました。お客様には書面でお詫び", "し、窓口を設けております。再び起こさないよう、", "古い装置をすべて取り替え、出入りの記録を毎日確", "かめることにいたしました。")  # fmt: skip
    told = text_of(both(lines("不正アクセスの調査結果", top=780, left=60), lines(*left, left=60, size=9.5), lines(*right, left=310, size=9.5)))  # fmt: skip
    assert told.split("\n")[-1] == "".join(left + right)


def test_vertical_lines_are_read_from_the_right() -> None:
    told = (
        "十月十六日に検知した不正アクセスについて、調査の結果がまとまりましたので、お詫びとともにご報告いたします。攻撃者は九月七日に支店の中継装置から侵入していました。",
        "お客様の情報が外に出た形跡は認められておりません。今後は装置をすべて取り替え、見張りを強めます。",
    )

    def draw(on: Any) -> None:
        on.drawString(500, 760, "不正アクセスに関するお詫び")
        for number, line in enumerate(line for text in told for line in broken("\u3000" + text, 60)):
            on.drawString(460 - 20 * number, 760 - SIZE * line.startswith("\u3000"), line.strip())

    page = read_pdf(made(draw, upright=True))
    assert page.text.split() == ["不正アクセスに関するお詫び", *told]
    x0, y0, x1, y1 = map(float, str(page.parts[0].place).split(","))
    assert x1 - x0 < 30
    assert y1 - y0 > 100


def test_a_page_on_its_side_is_read() -> None:
    def draw(on: Any) -> None:
        on.rotate(90)
        on.translate(0, -WIDTH)
        for number, line in enumerate(PROSE):
            on.drawString(100, 500 - STEP * number, line)

    assert "2020年9月7日付の第1報" in text_of(draw)


def test_parts_quote_the_text_and_name_page_and_box() -> None:
    page = read_pdf(made(lines(*PROSE), lines("以上")))
    assert [(page.text[p.start : p.end], p.page) for p in page.parts][-1] == ("以上", 2)
    assert page.text[page.parts[0].start : page.parts[0].end] == PARAGRAPHS[0]
    x0, y0, x1, y1 = map(float, page.parts[-1].place.split(","))
    assert (x0, x1) == (85.0, 106.0)
    assert y0 < 740 < y1


def test_hidden_and_white_text_is_read_and_text_off_the_page_is_told() -> None:
    def draw(on: Any) -> None:
        text = on.beginText(LEFT, 700)
        text.setTextRenderMode(3)
        text.textLine("画像の下の文字")
        on.drawText(text)
        on.setFillColorRGB(1, 1, 1)
        on.drawString(LEFT, 600, "白い文字")
        on.drawString(-300, 500, "紙の外")

    page = read_pdf(made(draw))
    assert page.text.split() == ["画像の下の文字", "白い文字"]
    assert page.notes == ("text outside the page was left out: page 1",)


def picture(on: Any) -> None:
    from reportlab.lib.utils import ImageReader

    ppm = io.BytesIO(b"P6 2 2 255 " + bytes(12))
    on.drawImage(ImageReader(ppm), 50, 50, 400, 600)


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match=r"no text layer \(scanned\?\), 2 pages: run OCR first"):
        read_pdf(made(picture, picture))


def test_a_scanned_page_among_others_is_named() -> None:
    page = read_pdf(made(lines("お知らせ"), picture, picture, lines("以上")))
    assert page.text.split() == ["お知らせ", "以上"]
    assert page.notes == ("no text layer (scanned?) on pages 2-3: run OCR first (e.g. ocrmypdf) to read what is there",)


def test_what_of_the_file_is_not_in_the_rows_is_said_and_stored(tmp_path: Path) -> None:
    (tmp_path / "notice.pdf").write_bytes(made(lines("お知らせ"), picture))
    done = subprocess.run(
        [sys.executable, "-m", "tenmatsu", "extract", "notice.pdf", "--out", "out", "--workers", "0", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "notice.pdf: no text layer (scanned?) on page 2" in done.stderr
    row = json.loads((tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8"))
    assert row["notes"] == ["no text layer (scanned?) on page 2: run OCR first (e.g. ocrmypdf) to read what is there"]


def titled(title: str) -> str | None:
    def draw(on: Any) -> None:
        on.setTitle(title)
        lines("お知らせ")(on)

    return read_pdf(made(draw)).about.title


def test_the_title_of_the_file_is_kept_and_a_file_name_is_not() -> None:
    assert titled("不正アクセスに関するお知らせ（第2報）") == "不正アクセスに関するお知らせ（第2報）"
    for junk in ("Microsoft Word - 20201016_release.docx", "無題", "untitled", "release_v3", "文書1", ""):
        assert titled(junk) is None


def test_the_day_on_which_the_file_was_made_is_no_day_of_publication() -> None:
    assert read_pdf(made(lines("お知らせ"))).about.published is None


def test_a_locked_file_is_refused_and_one_without_a_user_password_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(ReadError, match="locked with a password"):
        read_pdf(made(lines("お知らせ"), encrypt=StandardEncryption("secret", "owner")))
    assert read_pdf(made(lines("お知らせ"), encrypt=StandardEncryption("", "owner", canCopy=0))).text == "お知らせ\n"


def test_a_file_without_its_table_of_objects_is_read_and_half_a_file_is_refused() -> None:
    whole = made(lines(*PROSE))
    assert "第1報" in read_pdf(whole[: whole.rindex(b"xref\n")]).text
    with pytest.raises(ReadError):
        read_pdf(whole[:200])


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"\x00" * 100, b"", b"%PDF" + b"\xff" * 5000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read_pdf(data)


def test_limits_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made(lines(*PROSE), lines("以上"))
    for name, value, says in (
        ("pdf.PAGES", 1, "2 pages"),
        ("limits.CHARACTERS", 50, "50 characters"),
        ("limits.BYTES", 9, "9: split"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"tenmatsu.read.{name}", value)
            with pytest.raises(ReadError, match=says):
                read_pdf(data)


def test_reading_twice_gives_the_same_and_closes_what_it_opens(capfd: pytest.CaptureFixture[str]) -> None:
    data = made(lines(*PROSE))
    assert read_pdf(data) == read_pdf(data)
    assert isinstance(read_pdf(data), Page)
    assert capfd.readouterr() == ("", "")


# -- files made to harm ---------------------------------------------------------------------------------------------


def raw(*objects: bytes, trailer: bytes = b"/Root 1 0 R", xref: bytes | None = None) -> bytes:
    """A PDF of the given objects, numbered from 1."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out + (xref or table) + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, at)
    )


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def page_of(content: bytes, **more: bytes) -> list[bytes]:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Resources %s /Contents 4 0 R >>"
    page %= (more.get("box", b"[0 0 595 842]"), more.get("resources", FONT))
    return [CATALOG, PAGES, page, content]


def stream(data: bytes, more: bytes = b"", length: int | None = None) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data) if length is None else length, more, data)


def zeros(count: int) -> bytes:
    engine = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join(engine.compress(piece) for _ in range(count >> 20)) + engine.flush()


SAY = b"BT /F 12 Tf 72 700 Td (Breach found) Tj ET"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "kids in a circle": lambda: raw(
        CATALOG,
        b"<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>",
    ),
    "a table of objects that points to itself": lambda: raw(
        *page_of(stream(SAY)), trailer=b"/Root 1 0 R /Prev 0"
    ).replace(b"/Prev 0", b"/Prev %d" % raw(*page_of(stream(SAY))).index(b"xref")),
    "a wrong length": lambda: raw(*page_of(stream(SAY, length=3))),
    "a length beyond the file": lambda: raw(*page_of(stream(SAY, length=2_000_000_000))),
    "a gigabyte of zeros": lambda: raw(*page_of(stream(zeros(1 << 30), b"/Filter /FlateDecode"))),
    "a gigabyte packed twice": lambda: raw(
        *page_of(stream(zlib.compress(zeros(1 << 30), 9), b"/Filter [/FlateDecode /FlateDecode]"))
    ),
    "a hundred thousand pages": lambda: raw(
        CATALOG,
        b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % (b"3 0 R " * 100_000),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ),
    "a count that lies": lambda: raw(
        CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", *page_of(stream(SAY))[2:]
    ),
    "deeply nested arrays": lambda: raw(CATALOG, PAGES, b"[" * 500_000 + b"]" * 500_000),
    "deeply nested operators": lambda: raw(*page_of(stream(b"q " * 2_000_000 + SAY))),
    "forms within themselves": lambda: raw(
        *page_of(stream(b"/X Do " + SAY), resources=b"<< /XObject << /X 5 0 R >> >>"),
        stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"),
    ),
    "garbage as an image": lambda: raw(
        *page_of(stream(b"/X Do " + SAY), resources=b"<< /XObject << /X 5 0 R >> %s" % FONT[3:]),
        stream(
            bytes(range(256)) * 40,
            b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode",
        ),
    ),
    "a page without a size": lambda: raw(*page_of(stream(SAY), box=b"[0 0 0 0]")),
    "a page without end": lambda: raw(*page_of(stream(SAY), box=b"[-1e30 -1e30 1e30 1e30]")),
    "letters of no size": lambda: raw(*page_of(stream(b"BT /F 0 Tf 0 0 0 0 72 700 Tm (Breach) Tj ET"))),
    "letters beyond all measure": lambda: raw(
        *page_of(stream(b"BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm (Breach) Tj ET"))
    ),
    "a hundred thousand lines": lambda: raw(
        *page_of(stream(b"".join(b"%d %d m %d 800 l S " % (i % 595, i % 800, i % 595) for i in range(100_000)) + SAY))
    ),
    "many words in disorder": lambda: raw(
        *page_of(
            stream(
                b"BT /F 4 Tf "
                + b"".join(b"1 0 0 1 %d %d Tm (ab) Tj " % (i * 7919 % 590, i * 104729 % 840) for i in range(30_000))
                + b"ET"
            )
        )
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_harm_ends_in_text_or_an_error_at_once(name: str, tmp_path: Any) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(HOSTILE[name]())
    code = textwrap.dedent(
        """
        import resource, sys
        resource.setrlimit(resource.RLIMIT_AS, (1500 << 20, 1500 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        from tenmatsu.read.errors import ReadError
        from tenmatsu.read.pdf import read_pdf
        try:
            print("text", len(read_pdf(open(sys.argv[1], "rb").read()).text))
        except ReadError as error:
            print("error", error)
        """
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
    assert done.stdout.startswith(("text", "error"))
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
